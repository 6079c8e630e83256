"""Scales: round numbers beside a plot, and words that are set side by side on one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
"""A step of a scale is one of these times a power of ten."""


def round_step(span: float, about: float) -> float:
    """Return the round step that divides a span into at most about so many parts."""
    rough = span / about
    unit = 10.0 ** floor(log10(rough))
    return next(factor * unit for factor in STEPS if factor * unit >= rough * (1 - 1e-9))


def counting_ticks(most: float, about: float = 3.5) -> list[float]:
    """Return whole round numbers from zero to the first at or above the largest count."""
    if most <= 0:
        return [0.0, 1.0]
    step = max(round_step(most, about), 1.0)
    return [step * index for index in range(-int(-most // step) + 1)]


def ticks_around(low: float, high: float, about: float = 4.0) -> list[float]:
    """Return round numbers from at or below a low end to at or above a high one; zero is always among them."""
    low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        return [0.0]
    step = round_step(high - low, about)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [step * index for index in range(first, last + 1)]


def decimals_between(ticks: Sequence[float]) -> int:
    """Return the decimals that tell the numbers of a scale apart."""
    if len(ticks) < 2:
        return 0
    step = ticks[1] - ticks[0]
    return next(places for places in range(9) if abs(round(step, places) - step) < 1e-6 * step)


@dataclass(frozen=True)
class Scale:
    """A straight scale from values to places on the sheet.

    Attributes:
        first: Lowest value.
        last: Highest value.
        start: Where the lowest stands [inches].
        end: Where the highest stands [inches].
    """

    first: float
    last: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return where a value stands [inches]."""
        if self.last == self.first:
            return self.start
        return float(self.start + (self.end - self.start) * (value - self.first) / (self.last - self.first))

    def within(self, value: float) -> float:
        """Return where a value stands, or the end beyond which it lies [inches]."""
        low, high = sorted((self.start, self.end))
        return min(max(self.at(value), low), high)


def spread_out(wanted: Sequence[float], widths: Sequence[float], low: float, high: float) -> list[float] | None:
    """Return middles for words on one line, each as near as may be to where it is wanted; None where they do not fit.

    Args:
        wanted: Middles wanted, ascending [inches].
        widths: Widths of the words, with the space beside them [inches].
        low: Where the line begins [inches].
        high: Where it ends [inches].
    """
    if sum(widths) > high - low + 1e-9:
        return None
    placed: list[float] = []
    free_from = low
    for middle, wide in zip(wanted, widths, strict=True):
        placed.append(max(middle, free_from + wide / 2))
        free_from = placed[-1] + wide / 2
    free_to = high
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = min(placed[index], free_to - widths[index] / 2)
        free_to = placed[index] - widths[index] / 2
    return placed
