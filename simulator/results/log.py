"""The log of assumptions: every value that a run reads, who answers for it, its evidence, and whether it is signed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from simulator.facts.standing import grades
from simulator.results.standing import is_used, key_of, status_of

COLUMNS = (
    *("key", "value", "unit", "low", "high", "kind", "grade", "source", "date", "owner", "expiry"),
    *("signed_off_by", "signed_off_on", "signed_value", "status", "note", "reason"),
)
SHOWN = COLUMNS[:-2]
"""Columns that are narrow enough to be printed side by side."""
NUMBERS = frozenset(("value", "low", "high", "signed_value"))


def log_rows(rows: Iterable[Mapping[str, Any]], on: str) -> list[dict[str, str]]:
    """Return the log of the values that were read.

    Args:
        rows: Rows of the table of assumptions.
        on: Day on which a value must still hold, as an ISO date.
    """
    return [_row(row, on) for row in rows if is_used(row)]


def _row(row: Mapping[str, Any], on: str) -> dict[str, str]:
    told = {name: _text(row.get(name), number=name in NUMBERS) for name in COLUMNS}
    return told | {"key": key_of(row), "grade": grade_in_words(row), "status": status_of(_filled(row), on)}


def grade_in_words(row: Mapping[str, Any]) -> str:
    """Return the step of evidence of a value by number and name, and whether it follows from a rule."""
    step = next((one for one in grades() if one.number == int(row.get("grade") or 0)), None)
    if step is None:
        return ""
    return f"{step.number} {step.name}" + ("" if int(row.get("grade_given") or 0) else ", by rule")


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row in which an empty number is nothing."""
    return {name: None if isinstance(cell, float) and math.isnan(cell) else cell for name, cell in row.items()}


def _text(cell: Any, *, number: bool) -> str:
    if cell is None or cell == "" or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if not number:
        return str(cell)
    value = float(cell)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
