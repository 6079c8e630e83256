"""The units of values, and the numbers that each can be."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """What a number in this unit can be.

    Attributes:
        lowest: Smallest possible number; None for no bound.
        highest: Largest possible number; None for no bound.
        per_cent: Whether people write it as a percentage.
    """

    lowest: float | None = 0.0
    highest: float | None = None
    per_cent: bool = False


# Weeks may be negative: an effect of employment can be a loss. A weekly hazard of 7 ends every spell on its first day.
UNITS = {
    "year": Unit(),
    "share": Unit(highest=1.0, per_cent=True),
    "factor": Unit(per_cent=True),
    "per day": Unit(),
    "per week": Unit(highest=7.0),
    "per year": Unit(),
    "weeks": Unit(lowest=None),
    "whole weeks": Unit(lowest=1.0),
    "utilisation": Unit(lowest=0.01, per_cent=True),
    "tries": Unit(lowest=1.0, highest=100.0),
    "days": Unit(),
    "hours": Unit(),
    "minutes": Unit(),
    "kr": Unit(),
    "kr/hour": Unit(),
    "kr per hour": Unit(),
    "kr per week": Unit(),
    "kr per month": Unit(),
    "kr per year": Unit(),
    "euro": Unit(),
    "kr per euro": Unit(),
    "growth": Unit(lowest=-0.5, highest=1.0, per_cent=True),
    "kr per person-year": Unit(),
    "persons": Unit(),
    "full_time_persons": Unit(),
    "number": Unit(),
    "per 100k": Unit(lowest=1.0),
    "index": Unit(),
}
_ANY = Unit(lowest=None)
WHOLE = ("year", "whole weeks", "tries")
"""Units whose numbers are counted: between two of them is nothing."""


def takes_per_cent(unit: str) -> bool:
    """Return whether a number in this unit may be written as a percentage."""
    return UNITS.get(unit, _ANY).per_cent


def bounds_of(unit: str) -> tuple[float, float]:
    """Return the smallest and largest number that a unit allows, in the unit; infinite where there is no bound.

    Args:
        unit: A unit of the catalogue; one that is not there has no bounds.
    """
    bounds = UNITS.get(unit, _ANY)
    highest = math.inf if bounds.highest is None else bounds.highest
    lowest = -math.inf if math.isinf(highest) else 0.0
    return lowest if bounds.lowest is None else bounds.lowest, highest


def outside(number: float, unit: str) -> str:
    """Return what is wrong with a number in this unit, or an empty text.

    Args:
        number: The number, in the unit.
        unit: A unit of the catalogue.
    """
    if not math.isfinite(number):
        return f"must be a finite number (unit: {unit}), but is {number:g}"
    bounds = UNITS.get(unit, _ANY)
    if bounds.highest is not None and not (bounds.lowest or 0.0) <= number <= bounds.highest:
        hint = f"; did you mean {number:g} %?" if 1 < number <= 100 and bounds.per_cent else ""
        return f"must lie between {bounds.lowest or 0:g} and {bounds.highest:g} (unit: {unit}), but is {number:g}{hint}"
    if bounds.lowest is not None and number < bounds.lowest:
        return f"must be at least {bounds.lowest:g} (unit: {unit}), but is {number:g}"
    return ""
