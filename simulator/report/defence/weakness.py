"""How well a number is known: a step of evidence from 1, a guess, to 5, official; see `facts/grades.py`."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.report.reading import Row

WEAKEST, STRONGEST = 1, 5
NO_SOURCE = ("", "none-found")
STRONG = {"fact": 4, "derived": 3}
JUDGED = 2


def grade(row: Row) -> int:
    """Return the grade of a row of the table of assumptions: its own, or of an older run by kind and source."""
    given = row.get("grade", "").strip()
    if given.isdigit() and int(given):
        return min(max(int(given), WEAKEST), STRONGEST)
    if row["kind"] in STRONG:
        return STRONG[row["kind"]]
    return WEAKEST if row["kind"] == "assumption" and row["source"] in NO_SOURCE else JUDGED


def grade_of(key: str, assumptions: Iterable[Row]) -> int:
    """Return the weakest grade of the values of a family that the run read; the weakest of all where it read none."""
    rows = [row for row in assumptions if row["key"] == key or row["key"].startswith(f"{key}.")]
    read = [row for row in rows if row.get("used") in ("1", "True")] or rows
    return min((grade(row) for row in read), default=WEAKEST)
