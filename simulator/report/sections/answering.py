"""Who answers for a value, and how good its evidence is: the columns of the log of assumptions."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.report.blocks import foreign
from simulator.report.bound import bare
from simulator.report.reading import Row, quantity
from simulator.report.sections.telling import Telling

COLUMNS = ("grade", "date", "owner", "expiry", "signed_off_by")
"""Columns of the log, by the names that they have in the table of the run."""


def filled(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the columns of the log that some value fills; none of a run of an older kind."""
    return tuple(column for column in COLUMNS if any(row.get(column) not in (None, "", "0") for row in rows))


def heads(telling: Telling, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the headings of columns."""
    return tuple(telling.say(f"annex.log.{column}") for column in columns)


def cells(telling: Telling, rows: Sequence[Row], columns: Sequence[str]) -> tuple[str, ...]:
    """Return what a group of values says in columns: the lowest grade and the last day, or what they have in common."""
    return tuple(_grade(telling, rows) if column == "grade" else _told(telling, rows, column) for column in columns)


def _grade(telling: Telling, rows: Sequence[Row]) -> str:
    grades = [quantity(row, "grade") for row in rows if row.get("grade") not in (None, "", "0")]
    if not grades:
        return telling.words.number(None)
    low, high = (telling.words.number(grade) for grade in (min(grades), max(grades)))
    return low if bare(low) == bare(high) else telling.say("annex.to", low=low, high=high)


def _told(telling: Telling, rows: Sequence[Row], column: str) -> str:
    said = sorted({row.get(column, "") for row in rows} - {""})
    if not said:
        return telling.words.number(None)
    if column in ("date", "expiry"):
        # Of several days the one that matters: the last on which a number was set, the first on which one expires.
        return said[-1] if column == "date" else said[0]
    return foreign(said[0]) if len(said) == 1 else telling.say("annex.log.several", count=len(said))
