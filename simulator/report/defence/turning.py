"""What one must believe: the number of each value at which the estimate is nothing, half or double."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.report.blocks import Block, Bullets, Heading, Line, Paragraph, Table
from simulator.report.defence.figures import Figures
from simulator.report.reading import Row

GOALS = ("zero", "half", "double")
AT = "at"
NUMERIC = (False, True, True, True, True, True)


def turning(figures: Figures) -> Iterator[Block]:
    """Yield the break-evens in words and as a table; nothing where the run has none."""
    told = {key: goals for key, goals in figures.turns.items() if any(row["kind"] == AT for row in goals.values())}
    if not told:
        return
    yield Heading(2, figures.say("turns.heading"))
    yield Paragraph(figures.say("turns.text"))
    yield Bullets(
        tuple(figures.say("turns.sentence", name=figures.name(key), parts=_parts(figures, key)) for key in told)
    )
    lines = tuple(Line(tuple(_cells(figures, key, goals))) for key, goals in told.items())
    caption = figures.telling.numbered("table", figures.say("turns.caption"))
    yield Table(
        caption, tuple(figures.words.find("defence.turns.columns")), lines, NUMERIC, (figures.say("turns.remark"),)
    )


def parts_of(figures: Figures, key: str) -> str:
    """Return in a sentence what turns the estimate, without its full stop; empty where the value is not turned."""
    goals = figures.turns.get(key)
    if not goals or not any(row["kind"] == AT for row in goals.values()):
        return ""
    return figures.words.text("defence.turns.it", parts=_parts(figures, key))


def _parts(figures: Figures, key: str) -> str:
    goals = figures.turns[key]
    return figures.words.listed([_part(figures, goal, goals[goal]) for goal in GOALS if goal in goals])


def _part(figures: Figures, goal: str, row: Row) -> str:
    if row["kind"] != AT:
        return figures.say("turns.part_never", never=figures.say(f"turns.never.{goal}"))
    name = "part" if row["inside"] == "1" or not row["low"] else "part_outside"
    return figures.say(f"turns.{name}", goal=figures.say(f"turns.goals.{goal}"), at=figures.told(row, "at"))


def _cells(figures: Figures, key: str, goals: Mapping[str, Row]) -> Iterator[str]:
    first = next(iter(goals.values()))
    yield figures.name(key)
    yield figures.told(first, "value")
    yield figures.range_of(first)
    for goal in GOALS:
        row = goals.get(goal)
        yield figures.missing if row is None else _cell(figures, row)


def _cell(figures: Figures, row: Row) -> str:
    if row["kind"] != AT:
        return str(figures.words.find("defence.turns.kinds")[row["kind"]])
    at = figures.told(row, "at", named=False)
    return at if row["inside"] == "1" or not row["low"] else figures.say("turns.outside", at=at)
