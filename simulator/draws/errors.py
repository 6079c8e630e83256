"""How far off a mean or a quantile over draws may be.

Independent draws have closed forms: Student's t for a mean, order statistics for a quantile, which hold whatever the
distribution. Points of a Sobol or Latin hypercube design depend on each other, and a formula for independent ones
would claim too large an error; they are therefore made in independent parts, and what the parts give is as far apart as
chance makes it: Student's t over the parts. The quantile of all draws and the mean of those of the parts differ,
because a quantile of few draws is biased; their difference is added to the error. Where a part has less than one draw
in the tail beyond a quantile, it cannot tell the quantile, and the order statistics of all draws are used, which claim
too much. Draws in one part say nothing about their error, and None is given for it.

Source:
    P. L'Ecuyer, M. K. Nakayama, A. B. Owen, B. Tuffin, Confidence intervals for randomized quasi-Monte Carlo
    estimators, Winter Simulation Conference 2023, doi:10.1109/WSC60868.2023.10408613: the t interval over parts.
    H. A. David, H. N. Nagaraja, Order statistics, 3rd edition, 2003, doi:10.1002/0471722162, section 7.1.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
SURE = 0.95
"""Share of all tables whose error interval holds the true figure."""

BATCHES = 20
"""Parts into which independent draws are cut for a figure that has no closed form of its error."""


@dataclass(frozen=True)
class Estimated:
    """A figure over draws, and how far off it may be.

    Attributes:
        value: The figure, in the unit of the draws.
        std_error: Its standard error; None where nothing tells it.
        low: Lower end of the interval that holds the true figure in 95 of 100 tables; None where nothing tells it.
        high: Its upper end.
    """

    value: float
    std_error: float | None
    low: float | None
    high: float | None


def mean_of(values: FloatArray, parts: Sequence[int]) -> Estimated:
    """Return the mean of a figure over draws.

    Args:
        values: The figure, shape (draw,).
        parts: How many draws each independent part has.

    Raises:
        ValueError: The parts are not those of the values.
    """
    _check(values, parts)
    if _all_alone(parts):
        mean, count = _mean(values), len(values)
        return _around(mean, math.sqrt(_variance(values) / count) if count > 1 else None, count)
    return _over_parts(values, parts, _mean)


def variance_of(values: FloatArray, parts: Sequence[int]) -> Estimated:
    """Return the variance of a figure over draws, exactly 0 where it is the same in all.

    Args:
        values: The figure, shape (draw,).
        parts: How many draws each independent part has.

    Raises:
        ValueError: The parts are not those of the values.
    """
    _check(values, parts)
    if _all_alone(parts):
        cut = BATCHES if len(values) >= BATCHES * 2 else 1
        parts = [len(one) for one in np.array_split(values, cut)]
    return _over_parts(values, parts, _variance)


def quantile_of(values: FloatArray, share: float, parts: Sequence[int]) -> Estimated:
    """Return the value below which a share of the draws lies.

    Args:
        values: The figure, shape (draw,).
        share: The share [0-1], neither 0 nor 1.
        parts: How many draws each independent part has.

    Returns:
        The quantile. For independent draws an end of its interval is None where the draws are too few for it.

    Raises:
        ValueError: The parts are not those of the values, or the share is not between 0 and 1.
    """
    _check(values, parts)
    if not 0 < share < 1:
        raise ValueError(f"the share of a quantile must lie between 0 and 1, not {share:g}")
    if _all_alone(parts) or (len(parts) > 1 and min(parts) * min(share, 1 - share) < 1):
        return _by_order(values, share)
    return _over_parts(values, parts, lambda part: float(np.quantile(part, share, method="hazen")))


def spread_of(values: FloatArray, parts: Sequence[int], share: float = SURE) -> tuple[Estimated, Estimated]:
    """Return the two values between which a central share of the draws lies.

    Args:
        values: The figure, shape (draw,).
        parts: How many draws each independent part has.
        share: The share between them [0-1].

    Raises:
        ValueError: As `quantile_of`.
    """
    tail = (1 - share) / 2
    return quantile_of(values, tail, parts), quantile_of(values, 1 - tail, parts)


def ends_of(values: FloatArray, parts: Sequence[int], share: float = SURE) -> tuple[float, float]:
    """Return the values of `spread_of` without how far off they may be."""
    _check(values, parts)
    tail = (1 - share) / 2
    low, high = np.quantile(values, (tail, 1 - tail), method="hazen").tolist()
    return low, high


def _mean(values: FloatArray) -> float:
    # Around the first, so that equal values have exactly that mean.
    return float(values[0] + (values - values[0]).mean())


def _variance(values: FloatArray) -> float:
    return float(np.var(values - values[0], ddof=1)) if len(values) > 1 else 0.0


def _check(values: FloatArray, parts: Sequence[int]) -> None:
    if values.ndim != 1 or not len(values) or sum(parts) != len(values) or min(parts) < 1:
        raise ValueError(f"{values.shape} values have not {sum(parts)} draws in {len(parts)} parts")


def _all_alone(parts: Sequence[int]) -> bool:
    return max(parts) == 1


def _over_parts(values: FloatArray, parts: Sequence[int], figure: Callable[[FloatArray], float]) -> Estimated:
    """Return a figure of all draws, with its error from the same figure of each part."""
    whole = figure(values)
    if len(parts) == 1:
        return _around(whole, None, 1)
    each = np.array([figure(part) for part in np.split(values, np.cumsum(parts)[:-1])])
    return _around(whole, math.hypot(math.sqrt(_variance(each) / len(each)), whole - _mean(each)), len(each))


def _around(value: float, std_error: float | None, count: int) -> Estimated:
    """Return a figure with the interval of Student's t with one degree of freedom less than the count."""
    if std_error is None:
        return Estimated(value, None, None, None)
    from scipy.special import stdtrit

    half = float(stdtrit(count - 1, (1 + SURE) / 2)) * std_error
    return Estimated(value, std_error, value - half, value + half)


def _by_order(values: FloatArray, share: float) -> Estimated:
    """Return a quantile of independent draws between two of them, found by the binomial distribution.

    The number of draws below the true quantile is binomial, so it lies between the draws that stand at two quantiles
    of that number. Half the width of the interval in units of the normal one is given as standard error.
    """
    from scipy.special import bdtr, ndtri

    ordered, count = np.sort(values), len(values)
    below = bdtr(np.arange(count, dtype=np.float64), count, share)
    tail = (1 - SURE) / 2
    # The largest rank with at most a tail below it, and the smallest with at most a tail above it.
    low = int(np.searchsorted(below, tail, side="right")) - 1
    high = int(np.searchsorted(below, 1 - tail, side="left"))
    ends = ordered[low] if low >= 0 else None, ordered[high] if high < count else None
    value = float(np.quantile(ordered, share, method="hazen"))
    if ends[0] is None or ends[1] is None:
        return Estimated(value, None, *(None if end is None else float(end) for end in ends))
    return Estimated(value, float((ends[1] - ends[0]) / 2 / ndtri(1 - tail)), float(ends[0]), float(ends[1]))
