"""Exact moments: mean, variance and its whole decomposition, where a figure is a sum of products of independent values.

Conversations x share x weeks x kroner is a straight line in each of its factors. Of such a figure mean and variance
follow from the means and variances of its values alone, whatever their distributions, and so does which part of the
variance is whose: no draw is needed, and Monte Carlo beside it has something to be held to.

Written in scores u = (value - mean) / sd, the figure is a sum of terms a_S x (product of the u of S). Its mean is the
term of no value, its variance the sum of all other a_S squared; the share of the term of one value alone is its first
order index, the share of all terms in which it stands is its total index.

    >>> from simulator.distributions import distribution_of
    >>> known = {key: distribution_of({"name": "normal", "mean": mean, "sd": 1.0}) for key, mean in
    ...          (("conversations", 2.0), ("weeks", 3.0))}
    >>> found = exact_moments(lambda points: points.prod(axis=1), known, seed=1)
    >>> round(found.mean, 9), round(found.variance, 9), round(found.first["conversations"], 9)
    (6.0, 14.0, 0.642857143)

Source:
    L. A. Goodman, On the exact variance of products, Journal of the American Statistical Association 55(292), 1960,
    doi:10.1080/01621459.1960.10483369; I. M. Sobol, Global sensitivity indices for nonlinear mathematical models and
    their Monte Carlo estimates, Mathematics and Computers in Simulation 55, 2001, doi:10.1016/S0378-4754(00)00270-6.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.distributions import Distribution
from simulator.draws import Estimated, design_points, mean_of, variance_of
from simulator.uncertainty.multilinear import Multilinear, Term, written_out

FloatArray = npt.NDArray[np.float64]
Figure = Callable[[FloatArray], FloatArray]

AGREES = 1e-8
"""How far a figure may lie from a straight line, as a share of the largest size seen."""

TRIED = 64
"""Points at which the terms are tried out, drawn from the distributions themselves."""

BUDGET = 1 << 16
"""Most points at which a figure is asked for its terms."""

MIDDLE = 0.38
"""Share below the third place at which a value is tried alone."""

FAR = 1e-3
"""Share beyond the ends of the box of a value that has no lowest or highest one."""


@dataclass(frozen=True)
class Moments:
    """What is exactly known of a figure.

    Attributes:
        mean: Its mean, in its unit.
        variance: Its variance, in the square of its unit.
        first: Share of the variance that goes with each value alone, by key [0-1]; 0 where there is no variance.
        total: Share in which each value takes part, by key [0-1].
        parts: Share of each combination of keys, largest first; all together 1.
    """

    mean: float
    variance: float
    first: Mapping[str, float]
    total: Mapping[str, float]
    parts: Mapping[tuple[str, ...], float]

    @property
    def sd(self) -> float:
        """Standard deviation, in the unit of the figure."""
        return math.sqrt(self.variance)


@dataclass(frozen=True)
class NoMoments:
    """Why a figure has no exact moments.

    Attributes:
        why: The reason in words.
        key: The value that the figure is not a straight line in; empty where it is none alone.
    """

    why: str
    key: str = ""


@dataclass(frozen=True)
class Beside:
    """Monte Carlo beside the exact moments.

    Attributes:
        mean: Mean over the draws, with its error.
        sd: Standard deviation over the draws, with its error.
        mean_difference: Mean over the draws less the exact one.
        sd_difference: Standard deviation over the draws less the exact one.
        agrees: Whether the exact ones lie in the intervals of both; None where the draws tell no error.
    """

    mean: Estimated
    sd: Estimated
    mean_difference: float
    sd_difference: float
    agrees: bool | None


def exact_moments(
    figure: Figure, known: Mapping[str, Distribution], seed: int, correlated: bool = False
) -> Moments | NoMoments:
    """Return the exact moments of a figure, or why it has none.

    Whether the figure is a straight line in each value is tried: at the ends of the box of all values, at points spread
    over it, and at points drawn from the distributions. A bend that is narrower than all of these would be missed.

    Args:
        figure: Returns the figure, shape (point,), at values of the keys in sorted order, shape (point, key).
        known: Distribution of each value, by key; the values are independent.
        seed: Seed of the points at which it is tried.
        correlated: Whether values are correlated: then there are none.
    """
    if correlated:
        return NoMoments("the values are correlated")
    keys = sorted(known)
    found = written_out(lambda points: {"figure": figure(points)}, _box(known, keys), BUDGET)
    bend = _bend(figure, known, keys, seed, found)
    if bend is not None or found is None:
        return bend or NoMoments(f"no sum of products was found at {BUDGET} points")
    return _moments(found, known, keys)


def beside(exact: Moments, values: FloatArray, parts: Sequence[int]) -> Beside:
    """Return Monte Carlo beside the exact moments.

    Args:
        exact: The exact moments.
        values: The figure over draws, shape (draw,).
        parts: How many draws each independent part has.

    Raises:
        ValueError: The parts are not those of the values.
    """
    mean, variance = mean_of(values, parts), variance_of(values, parts)
    sd = Estimated(
        math.sqrt(variance.value),
        None if variance.std_error is None else variance.std_error / (2 * math.sqrt(variance.value) or 1.0),
        _root(variance.low),
        _root(variance.high),
    )
    pairs = ((mean, exact.mean), (sd, exact.sd))
    inside = [_holds(one, truth) for one, truth in pairs]
    return Beside(mean, sd, mean.value - exact.mean, sd.value - exact.sd, None if None in inside else all(inside))


def _holds(found: Estimated, truth: float) -> bool | None:
    if found.low is None or found.high is None:
        return None
    slack = AGREES * abs(truth)
    return found.low - slack <= truth <= found.high + slack


def _root(variance: float | None) -> float | None:
    return None if variance is None else math.sqrt(max(variance, 0.0))


def _box(known: Mapping[str, Distribution], keys: Sequence[str]) -> FloatArray:
    """Return the ends of each value, or where nearly all of it lies; shape (2, key)."""
    ends = []
    for key in keys:
        far = known[key].quantile(np.array([FAR, 0.5, 1 - FAR]))
        pair = (far[1], far[1]) if known[key].sd == 0 else known[key].support
        ends.append([end if math.isfinite(end) else beyond for end, beyond in zip(pair, far[[0, 2]], strict=True)])
    return np.array(ends).reshape(len(keys), 2).T


def _bend(
    figure: Figure, known: Mapping[str, Distribution], keys: list[str], seed: int, found: Multilinear | None
) -> NoMoments | None:
    """Return which value bends the figure at points drawn from the distributions, None where none does.

    With terms in hand they foretell the figure at all points; without, each value is tried alone at its ends and
    between while the others stand at drawn ones.
    """
    points = _drawn(known, keys, seed, TRIED)
    if found is not None:
        true = figure(points)
        off = np.abs(found.at(points)[:, 0] - true).max(initial=0.0)
        if off <= AGREES * np.abs(true).max(initial=0.0):
            return None
    worst, culprit = AGREES, ""
    for at, key in enumerate(keys):
        low, high = _box(known, [key])[:, 0]
        middle = float(known[key].quantile(np.array([MIDDLE]))[0])
        share = _bent(figure, points, at, (low, middle, high))
        if share > worst:
            worst, culprit = share, key
    if culprit:
        return NoMoments(f"the figure is no straight line in {culprit}", culprit)
    return NoMoments("the figure is no sum of products of its values") if found is not None else None


def _bent(figure: Figure, points: FloatArray, at: int, places: tuple[float, float, float]) -> float:
    """Return how far a figure lies from a straight line in one value, as a share of its size."""
    if places[0] == places[2]:
        return 0.0
    moved = np.repeat(points, 3, axis=0)
    moved[:, at] = np.tile(places, len(points))
    low, middle, high = figure(moved).reshape(-1, 3).T
    line = low + (high - low) * (places[1] - places[0]) / (places[2] - places[0])
    size = max(float(np.abs(low).max()), float(np.abs(high).max()))
    return float(np.abs(middle - line).max()) / size if size > 0 else 0.0


def _drawn(known: Mapping[str, Distribution], keys: list[str], seed: int, count: int) -> FloatArray:
    """Return points drawn from the distributions, keyed by name, shape (point, key)."""
    shares = design_points("random", count, [f"exact moments/{key}" for key in keys], seed)
    return np.column_stack([known[key].quantile(shares[:, at]) for at, key in enumerate(keys)] or [shares])


def _moments(found: Multilinear, known: Mapping[str, Distribution], keys: list[str]) -> Moments:
    """Return the moments of a sum of products."""
    scores: dict[Term, float] = dict(zip(found.terms, found.factors[:, 0].tolist(), strict=True))
    for at, key in enumerate(keys):
        if found.step[at] > 0:
            middle = (known[key].mean - float(found.start[at])) / float(found.step[at])
            scores = _in_scores(scores, at, middle, known[key].sd / float(found.step[at]))
    mean = scores.pop((), 0.0)
    squares = {term: factor * factor for term, factor in scores.items() if factor}
    variance = math.fsum(squares.values())
    shares = {term: square / variance for term, square in sorted(squares.items(), key=lambda one: (-one[1], one[0]))}
    return Moments(
        mean=mean,
        variance=variance,
        first={key: shares.get((at,), 0.0) for at, key in enumerate(keys)},
        total={key: math.fsum(part for term, part in shares.items() if at in term) for at, key in enumerate(keys)},
        parts={tuple(keys[at] for at in term): share for term, share in shares.items()},
    )


def _in_scores(terms: dict[Term, float], at: int, middle: float, wide: float) -> dict[Term, float]:
    """Return terms in which one value stands as its score: a step of it is middle + wide x score."""
    found: dict[Term, float] = {}
    for term, factor in terms.items():
        if at not in term:
            found[term] = found.get(term, 0.0) + factor
            continue
        without = tuple(key for key in term if key != at)
        found[without] = found.get(without, 0.0) + factor * middle
        found[term] = found.get(term, 0.0) + factor * wide
    return found
