"""The drivers: which assumptions move the estimate most, and what each must be for another answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from simulator.report.blocks import Block, Heading, Line, Paragraph, Table, foreign
from simulator.report.columns import decimals_of
from simulator.report.language import MIO
from simulator.report.plugs import fits
from simulator.report.reading import Row, quantity
from simulator.report.sections.reckoning import figure
from simulator.report.sections.telling import Telling
from simulator.report.sections.values import in_unit, is_fitted

GOALS = ("zero", "half", "double")
AT = "at"
TOLD = 3
"""Assumptions that are named in the text."""
LISTED = 8
"""Assumptions that have a row in the tables."""
LEAST_MIO = 0.0005
"""A smaller swing moves nothing that is printed [mio. kr.]."""


def drivers(telling: Telling) -> Iterator[Block]:
    """Yield what moves the estimate, in words, as a figure and as a table; nothing where the run does not hold it."""
    rows = [row for row in telling.run.table("drivers") if row["swing_mio_kr"]]
    moving = [row for row in rows if quantity(row, "swing_mio_kr") >= LEAST_MIO][:LISTED]
    if not moving:
        return
    yield Heading(3, telling.say("drivers.heading"))
    yield Paragraph(" ".join(sentences(telling, moving)))
    if fits("tornado", telling.run):
        yield figure(telling, "tornado")
    yield drivers_table(telling, moving)
    yield from turns(telling)


def name_of(telling: Telling, key: str) -> str:
    """Return what a value is called; its key where the language has no word for it."""
    return telling.words.key_name(key) or f"`{foreign(key)}`"


def sentences(telling: Telling, rows: Sequence[Row]) -> Iterator[str]:
    """Yield which assumptions matter most, and how they were moved."""
    told = [
        telling.say(
            "drivers.one",
            name=name_of(telling, row["key"]),
            low=telling.amount(quantity(row, "low_figure_mio_kr") * MIO),
            high=telling.amount(quantity(row, "high_figure_mio_kr") * MIO),
        )
        for row in rows[:TOLD]
        if row["low_figure_mio_kr"] and row["high_figure_mio_kr"]
    ]
    if told:
        yield telling.say("drivers.most", drivers=telling.words.listed(told))
    yield telling.say("drivers.moved")


def drivers_table(telling: Telling, rows: Sequence[Row]) -> Table:
    """Return the assumptions with the largest swings: the estimate at both ends of their ranges."""
    ends = ("low_figure_mio_kr", "high_figure_mio_kr")
    decimals = decimals_of(max(abs(quantity(row, end)) * MIO for row in rows for end in ends if row[end]))
    return Table(
        caption=telling.numbered("table", telling.say("drivers.caption")),
        columns=tuple(telling.words.find("brief.drivers.columns")),
        lines=tuple(
            Line(
                (
                    name_of(telling, row["key"]),
                    *(range_end(telling, row, end) for end in ("low", "high")),
                    *(telling.cell(quantity(row, end) * MIO, decimals) if row[end] else "" for end in ends),
                )
            )
            for row in rows
        ),
        numeric=(False, True, True, True, True),
        notes=(telling.say("drivers.remark"),),
        name="drivers",
    )


def range_end(telling: Telling, row: Row, end: str) -> str:
    """Return an end of the range of an assumption; empty where its values have ends of their own."""
    return in_unit(telling, [quantity(row, end)], row["unit"]) if row[end] else ""


def turns(telling: Telling) -> Iterator[Block]:
    """Yield what each assumption alone must be for the answer to be nothing, half or double."""
    by_key: defaultdict[str, dict[str, Row]] = defaultdict(dict)
    for row in telling.run.table("turns"):
        by_key[row["key"]].setdefault(row["goal"], row)
    told = {key: goals for key, goals in by_key.items() if any(row["kind"] == AT for row in goals.values())}
    if not told:
        return
    if fits("breakeven", telling.run):
        yield figure(telling, "breakeven")
    yield Table(
        caption=telling.numbered("table", telling.say("turns.caption")),
        columns=tuple(telling.words.find("brief.turns.columns")),
        lines=tuple(turn_line(telling, key, goals) for key, goals in list(told.items())[:LISTED]),
        numeric=(False, True, True, True, True),
        notes=(telling.say("turns.remark"),),
        name="turns",
    )


def turn_line(telling: Telling, key: str, goals: dict[str, Row]) -> Line:
    """Return the row of one assumption: its number today, and that of each answer."""
    first = next(iter(goals.values()))
    now = telling.words.number(None)
    if any(is_fitted(telling, row) for row in telling.run.table("assumptions") if row["key"].startswith(key)):
        now = telling.say("turns.not_told")
    elif first["value"]:
        now = in_unit(telling, [quantity(first, "value")], first["unit"])
    return Line((name_of(telling, key), now, *(turn_cell(telling, goals.get(goal)) for goal in GOALS)))


def turn_cell(telling: Telling, row: Row | None) -> str:
    """Return the number of an answer; that it is not possible, or lies outside the range."""
    if row is None or row["kind"] != AT:
        return telling.say("belief.impossible")
    told = in_unit(telling, [quantity(row, "at")], row["unit"])
    return told if row["inside"] == "1" else telling.say("turns.outside", value=told)
