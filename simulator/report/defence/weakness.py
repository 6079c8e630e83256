"""How well a number is known: a grade from 1, a guess, to 5, a published number."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.report.reading import Row

WEAKEST, STRONGEST = 1, 5
NO_SOURCE = ("", "none-found")
OWN = "own-derivation"
STRONG = {"fact": STRONGEST, "derived": 4}


def grade(row: Row) -> int:
    """Return the grade of a row of the table of assumptions: its own where it has one, else by kind and source."""
    given = row.get("grade", "").strip()
    if given.isdigit():
        return min(max(int(given), WEAKEST), STRONGEST)
    if row["kind"] in STRONG:
        return STRONG[row["kind"]]
    if row["kind"] == "calibrated" or row["source"] == OWN:
        return 2
    return WEAKEST if row["source"] in NO_SOURCE else 3


def grade_of(key: str, assumptions: Iterable[Row]) -> int:
    """Return the weakest grade of the values of a family that the run read; the weakest of all where it read none."""
    rows = [row for row in assumptions if row["key"] == key or row["key"].startswith(f"{key}.")]
    read = [row for row in rows if row.get("used") in ("1", "True")] or rows
    return min((grade(row) for row in read), default=WEAKEST)
