"""Kroner by type of conversation and by place: a computational split, told to colleagues alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from simulator.report.blocks import Block, Heading, Line, Paragraph, Table
from simulator.report.columns import decimals_of, is_nothing
from simulator.report.reading import WITHIN, quantity
from simulator.report.sections.telling import Telling
from simulator.report.story import in_headline

PHYSICAL = "physical"
PLACES = 10
"""Places with the largest amounts that have a row."""


def split(telling: Telling) -> Iterator[Block]:
    """Yield kroner by type and by place; nothing in a brief that is not internal, or without an effect."""
    if not telling.internal:
        return
    tables = [table for table in (by_type(telling), by_place(telling)) if table is not None]
    if tables:
        yield Heading(2, telling.say("split.heading"))
        yield Paragraph(telling.say("split.text"))
        yield from tables


def by_type(telling: Telling) -> Table | None:
    """Return the headline by type of conversation; None where it is nothing."""
    found: defaultdict[str, float] = defaultdict(float)
    concept = telling.run.headline.get("concept")
    for row in telling.run.table("saldo"):
        if row["concept"] == concept and in_headline(row, telling.story):
            found[row["type"]] += quantity(row, "kr")
    named = {telling.words.name("types", name): kr for name, kr in found.items()}
    return _table(telling, "type", named)


def by_place(telling: Telling) -> Table | None:
    """Return the places where most physical conversations are avoided, with their shares; None without any."""
    counted: defaultdict[str, float] = defaultdict(float)
    for row in telling.run.table("places"):
        if row["quantity"] == PHYSICAL and row["arm"] in ("baseline", "proposal"):
            number = quantity(row, "value")
            counted[row["municipality"]] += number if row["arm"] == "baseline" else -number
    whole = sum(counted.values())
    if abs(whole) < WITHIN:
        return None
    largest = sorted(counted, key=lambda name: (-counted[name], name))[:PLACES]
    return _table(telling, "place", {name: telling.story.effect_kr * counted[name] / whole for name in largest})


def _table(telling: Telling, what: str, amounts: dict[str, float]) -> Table | None:
    shown = {name: kr for name, kr in amounts.items() if not is_nothing(kr)}
    if not shown:
        return None
    decimals = decimals_of(max(map(abs, shown.values())))
    return Table(
        caption=telling.numbered("table", telling.say(f"split.{what}")),
        columns=(telling.say(f"split.{what}_column"), telling.say("split.amount")),
        lines=tuple(Line((name, telling.cell(kr, decimals))) for name, kr in shown.items()),
        numeric=(False, True),
        notes=(telling.say("split.remark"),),
        name=f"split_{what}",
    )
