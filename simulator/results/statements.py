"""Statements: what may be said of a figure that is not known exactly, by rule.

The interval decides: how many digits a figure bears, whether it is *about* or *of the order of*, whether a figure is
given at all. Rules have names here, and a language has the words.

- **Digits.** Figures are rounded to 1 or 5 times a power of ten: the figure itself to at most a third of the width of
  its interval, the ends of the interval to at most a quarter and outwards, so that what is printed is never narrower
  than what was found.
- **Word.** `about` where half the interval is at most a quarter of the figure, `order_of_magnitude` where it is more.
  `no_point`: no figure is given, only the interval, where it reaches to both sides of 0, or where the figure is so
  small that it would be rounded to 0.
- **Sign.** `open` where the interval reaches to both sides of 0. `assumed` where every draw was made so that the sign
  could not be another, and `computed` else.
- **Interval.** `interval` only where every distribution has a source; a single one of our own makes it a `span`.

    >>> told = statement_of(Found(-5.03e6, -8.1e6, -2.3e6), sourced=False, sign_assumed=True)
    >>> told.word, told.point, told.low, told.high, told.interval, told.sign
    ('order_of_magnitude', -5000000.0, -9000000.0, -2000000.0, 'span', 'assumed')
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

ABOUT, ORDER_OF_MAGNITUDE, NO_POINT = "about", "order_of_magnitude", "no_point"
COMPUTED, ASSUMED, OPEN = "computed", "assumed", "open"
SPAN, INTERVAL, NO_INTERVAL = "span", "interval", "none"
UNDER, OVER = "under", "over"
CHANCE, SHARE_OF_DRAWS = "chance", "share_of_draws"

STEPS_OF_POINT, STEPS_OF_ENDS = 3, 4
"""So many steps of rounding an interval is wide at least."""
FINEST = Decimal("1e-12")
"""No figure is told to more than this share of its size, however narrow the interval."""
ABOUT_SHARE = 0.25
"""Half an interval that is at most this share of the figure leaves it `about`."""
CHANCE_STEPS = (0.01, 0.05, 0.1)
"""Chances are told to the nearest of one of these."""


@dataclass(frozen=True)
class Found:
    """A figure and its range from knowledge, in any unit; the ends None where no value carries a distribution."""

    point: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Statement:
    """What may be said of a figure, in its unit.

    Attributes:
        word: about, order_of_magnitude or no_point.
        sign: computed, assumed or open.
        interval: span, interval, or none where no value carries a distribution that moves the figure.
        step: What the figure is rounded to; None where there is no interval, and the language's own rounding holds.
        end_step: What the ends are rounded to; None where there are none.
        point: The figure, rounded; None where none is given.
        low: Lower end, rounded down; None where there is no interval.
        high: Upper end, rounded up.
    """

    word: str
    sign: str
    interval: str
    step: float | None
    end_step: float | None
    point: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class ToldChance:
    """How often a loss is larger than something.

    Attributes:
        kind: chance where every distribution has a source, and else share_of_draws: how many of the draws, no more.
        word: about, under or over.
        share: The share to be printed [0-1]; neither 0 nor 1.
    """

    kind: str
    word: str
    share: float


def statement_of(found: Found, sourced: bool, sign_assumed: bool = False) -> Statement:
    """Return what may be said of a figure.

    Args:
        found: The figure and its range.
        sourced: Whether every distribution behind the range has a source other than our own assumption.
        sign_assumed: Whether no draw could have had another sign.

    Raises:
        ValueError: A number is not finite, only one end is given or they are not in order.
    """
    low, high = found.low, found.high
    if (low is None) != (high is None) or not all(map(math.isfinite, (found.point, low or 0.0, high or 0.0))):
        raise ValueError(f"a range has two finite ends or none: {found}")
    if low is None or high is None or low == high:
        sign = ASSUMED if sign_assumed else COMPUTED
        return Statement(ORDER_OF_MAGNITUDE, sign, NO_INTERVAL, None, None, found.point, None, None)
    if low > high:
        raise ValueError(f"the ends of a range must be in order: {found}")
    end_step = step_of(low, high, STEPS_OF_ENDS)
    ends = _rounded(low, end_step, ROUND_FLOOR), _rounded(high, end_step, ROUND_CEILING)
    step = step_of(low, high, STEPS_OF_POINT)
    if not ends[0] <= _rounded(found.point, step, ROUND_HALF_UP) <= ends[1]:
        step = end_step
    point = float(_rounded(found.point, step, ROUND_HALF_UP))
    sign = OPEN if low < 0 < high else ASSUMED if sign_assumed else COMPUTED
    word = _word(found.point, low, high, nothing=sign == OPEN or point == 0)
    return Statement(
        word=word,
        sign=sign,
        interval=INTERVAL if sourced else SPAN,
        step=float(step),
        end_step=float(end_step),
        point=None if word == NO_POINT else point,
        low=float(ends[0]),
        high=float(ends[1]),
    )


def step_of(low: float, high: float, steps: int) -> Decimal:
    """Return the largest 1 or 5 times a power of ten of which a range is at least so many steps wide."""
    widest = max((Decimal(high) - Decimal(low)) / steps, Decimal(max(abs(low), abs(high))) * FINEST)
    power = Decimal(1).scaleb(widest.adjusted())
    return power * 5 if power * 5 <= widest else power


def chance_of_loss(draws: Iterable[float], more_than: float) -> float:
    """Return the share of draws in which the loss is larger than something [0-1].

    Args:
        draws: The figure over draws, minus is a loss; at least one.
        more_than: Size of the loss, in the same unit, plus for a loss.

    Raises:
        ValueError: There are no draws.
    """
    larger = [value < -more_than for value in draws]
    if not larger:
        raise ValueError("there are no draws")
    return sum(larger) / len(larger)


def told_chance(share: float, draws: int, sourced: bool) -> ToldChance:
    """Return how a chance is told: to as much as its draws bear, and never as impossible or certain.

    It is rounded to 1, 5 or 10 per cent, the first that is at least twice its standard error over so many independent
    draws (which overstates that of Sobol draws).

    Args:
        share: Share of the draws [0-1].
        draws: How many draws.
        sourced: Whether every distribution has a source other than our own assumption.

    Raises:
        ValueError: The share is none, or there are no draws.
    """
    if not 0 <= share <= 1 or draws < 1:
        raise ValueError(f"no share of draws: {share} of {draws}")
    error = math.sqrt(max(share * (1 - share), 1 / draws) / draws)
    step = Decimal(str(next((one for one in CHANCE_STEPS if one >= 2 * error), CHANCE_STEPS[-1])))
    kind, told = CHANCE if sourced else SHARE_OF_DRAWS, _rounded(share, step, ROUND_HALF_UP)
    if told < step:
        return ToldChance(kind, UNDER, float(step))
    if told > 1 - step:
        return ToldChance(kind, OVER, float(1 - step))
    return ToldChance(kind, ABOUT, float(told))


def _word(point: float, low: float, high: float, nothing: bool) -> str:
    if nothing:
        return NO_POINT
    return ABOUT if (high - low) / 2 <= ABOUT_SHARE * abs(point) else ORDER_OF_MAGNITUDE


def _rounded(value: float, step: Decimal, how: str) -> Decimal:
    """Return a number rounded to whole steps, as the decimal number that it prints as; never a negative zero."""
    return (Decimal(repr(float(value))) / step).quantize(Decimal(1), how) * step + 0
