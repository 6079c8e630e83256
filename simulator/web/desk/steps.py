"""The steps of a slider: some tens of round stops over a range, each written as the text that a setting is.

>>> steps_of(0.1, 1.0, "factor")
Steps(step=0.01, decimals=2)
>>> steps_of(230000.0, 450000.0, "kr per person-year")
Steps(step=2500.0, decimals=0)
>>> steps_of(1.0, 4.0, "tries")
Steps(step=1.0, decimals=0)
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

MOST_STOPS = 100
ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
WHOLE = ("days", "weeks", "whole weeks", "persons", "full_time_persons", "full-time persons", "year", "tries")
"""Units of which a slider gives whole numbers, where the range does."""
MOST_DECIMALS = 12


class Steps(NamedTuple):
    """The length of a step, and the decimals with which stops are written."""

    step: float
    decimals: int


def steps_of(low: float, high: float, unit: str) -> Steps | None:
    """Return the steps of a range, whose stops are `low + n x step`; None where the range is a point."""
    if not low < high:
        return None
    ends = Decimal(repr(low)), Decimal(repr(high))
    whole = unit in WHOLE and all(end == end.to_integral_value() for end in ends)
    step = nice((ends[1] - ends[0]) / MOST_STOPS)
    if whole:
        step = max(step, Decimal(1))
        step = step if step == step.to_integral_value() else _next_whole(step)
    decimals = max(decimals_of(step), decimals_of(ends[0]))
    return Steps(float(step), min(decimals, MOST_DECIMALS))


def nice(number: Decimal, *, down: bool = False) -> Decimal:
    """Return the number of 1, 2, 2.5 and 5 times a power of ten that is next above a positive number, or below it."""
    sizes = [part * Decimal(1).scaleb(number.adjusted()) for part in ROUND]
    return max(one for one in sizes if one <= number) if down else next(one for one in sizes if one >= number)


def _next_whole(step: Decimal) -> Decimal:
    return next(part for part in (Decimal(5), Decimal(10)) if part >= step)


def decimals_of(number: Decimal) -> int:
    """Return how many decimals a number has."""
    exponent = number.normalize().as_tuple().exponent
    assert isinstance(exponent, int), "ends of a range are finite"
    return max(-exponent, 0)
