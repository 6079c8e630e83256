"""The ratio of the hazards of two arms: how many times faster the treated leave.

Cox's partial likelihood asks, for each exit, who of those still there it was. Days are whole, so many leave on one: of
several exits on a day each is asked with the others already on their way out in part (Efron). All is counted by day, so
that the work grows with days and exits and not with their product with persons.

`piecewise_log_ratio` supposes a constant pace within each week instead; the two agree where weeks are short.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.uncertainty.trials.clustered import BoolArray, Cells, FloatArray, IntArray, alike, error_of, numbered
from simulator.uncertainty.trials.compared import Compared, columns, compared_of

_STEPS = 50
_LONGEST = 1.0
"""The longest step of the logarithm at a time: the likelihood has one top, which a longer one could pass over."""
_FLAT = 1e-9
"""Information below this share of the exits is rounding: the likelihood rises for ever."""
_REACHED = 1e-11
"""A step shorter than this ends the search."""


@dataclass(frozen=True)
class Spells:
    """What a trial has seen, by day.

    Attributes:
        days: Day on which each person was last seen, shape (person,).
        event: Whether she left on that day, shape (person,).
        treated: Shape (person,).
        there: Persons still there at the start of each day, shape (2, day): control, treated.
        left: Persons who leave on each day, shape (2, day).
    """

    days: IntArray
    event: BoolArray
    treated: BoolArray
    there: FloatArray
    left: FloatArray


def log_hazard_ratio(
    days: npt.ArrayLike,
    event: npt.ArrayLike,
    treated: npt.ArrayLike,
    cluster: npt.ArrayLike | None = None,
    alpha: float = 0.05,
) -> Compared:
    """Return the logarithm of the hazard ratio, treated over control, by Cox's partial likelihood with Efron's ties.

    Args:
        days: Whole days until each person left or was last seen, shape (person,).
        event: Whether she left then, shape (person,); who is last seen on a day is there all that day.
        treated: Whether each is treated, shape (person,).
        cluster: Label of each person's cluster, whole numbers, for a sandwich error (Lin and Wei) over clusters, made
            up for few and unequal ones as `clustered.py` does with expected exits in place of persons.
        alpha: Level of the two-sided test and of the interval, above 0 and below 1.

    Raises:
        ValueError: The columns do not fit each other, or an arm has no exit, so that no finite ratio fits.

    Example:
        >>> found = log_hazard_ratio([1, 3, 4, 7, 2, 2, 5, 6], [1, 1, 0, 1, 1, 1, 1, 0], [0, 0, 0, 0, 1, 1, 1, 1])
        >>> round(found.estimate, 4), round(found.std_error, 4)
        (0.3042, 0.9268)

    Source:
        D. R. Cox, Journal of the Royal Statistical Society B 34 (1972), doi:10.1111/j.2517-6161.1972.tb00899.x.
        B. Efron, Journal of the American Statistical Association 72 (1977), doi:10.1080/01621459.1977.10480613.
        D. Y. Lin, L. J. Wei, the same 84 (1989), doi:10.1080/01621459.1989.10478874.
    """
    spells = spells_of(days, event, treated)
    ties = _Ties.of(spells)
    estimate, information = _top(float(spells.left[1].sum()), ties.treated_share)
    if cluster is None:
        return compared_of(estimate, 1 / information, math.inf, alpha)
    cells, spread = _cells(spells, ties, (estimate, information), cluster)
    variance, freedom = error_of(cells, alike(cells, spread))
    return compared_of(estimate, variance, freedom, alpha)


def piecewise_log_ratio(
    days: npt.ArrayLike, event: npt.ArrayLike, treated: npt.ArrayLike, width_days: int = 7, alpha: float = 0.05
) -> Compared:
    """Return the logarithm of the hazard ratio when the pace of leaving is constant within each piece of time.

    Args:
        days: Whole days until each person left or was last seen, shape (person,).
        event: Whether she left then, shape (person,).
        treated: Whether each is treated, shape (person,).
        width_days: Length of a piece [days], at least 1.
        alpha: Level of the two-sided test and of the interval, above 0 and below 1.

    Raises:
        ValueError: As `log_hazard_ratio`, or a piece has no length.

    Source:
        M. Friedman, Piecewise exponential models for survival data with covariates, Annals of Statistics 10 (1982),
        doi:10.1214/aos/1176345693.
    """
    if width_days < 1:
        raise ValueError(f"width_days is {width_days}; allowed: at least 1")
    spells = spells_of(days, event, treated)
    starts = np.arange(0, spells.there.shape[1], width_days)
    exposed = np.add.reduceat(spells.there, starts, axis=1)
    left = np.add.reduceat(spells.left.sum(axis=0), starts)

    def share(ratio: float) -> tuple[FloatArray, FloatArray]:
        return exposed[1] * ratio / (exposed[0] + exposed[1] * ratio), left

    estimate, information = _top(float(spells.left[1].sum()), share)
    return compared_of(estimate, 1 / information, math.inf, alpha)


def spells_of(days: npt.ArrayLike, event: npt.ArrayLike, treated: npt.ArrayLike) -> Spells:
    """Return what was seen, counted by day.

    Raises:
        ValueError: The columns do not fit each other, or an arm has no exit.
    """
    last = np.asarray(days)
    if last.ndim != 1 or last.dtype.kind not in "iu" or (len(last) and last.min() < 0):
        raise ValueError("days must be whole numbers, none below 0, one a person")
    exits, arm = columns(event, treated)
    if last.shape != exits.shape:
        raise ValueError(f"{len(last)} days for {len(exits)} persons; one each is needed")
    if not ((exits == 0) | (exits == 1)).all():
        raise ValueError("an exit is seen or not: true or false, 1 or 0")
    seen, last = exits.astype(np.bool_), last.astype(np.int64, copy=False)
    length = int(last.max()) + 1
    place = last + length * arm
    ended = np.bincount(place, minlength=2 * length).reshape(2, length).astype(np.float64)
    left = np.bincount(place[seen], minlength=2 * length).reshape(2, length).astype(np.float64)
    if not (left.sum(axis=1) > 0).all():
        raise ValueError(f"{left[0].sum():g} exits of control and {left[1].sum():g} of treated; each arm must have one")
    there = ended[:, ::-1].cumsum(axis=1)[:, ::-1]
    return Spells(last, seen, arm, there, left)


@dataclass(frozen=True)
class _Ties:
    """The exits one by one: those of a day are asked in turn, each with a larger part of the day's others gone.

    Attributes:
        gone: Part of the day's exits that is gone when it is asked [0-1], shape (exit,), in order of the days.
        there: Persons there when it is asked, shape (2, exit).
        busy: Days on which someone leaves, shape (busy day,).
        first: Number of the first exit of each, shape (busy day,).
    """

    gone: FloatArray
    there: tuple[FloatArray, FloatArray]
    busy: IntArray
    first: IntArray

    @classmethod
    def of(cls, spells: Spells) -> _Ties:
        whole = spells.left.sum(axis=0)
        busy = np.flatnonzero(whole)
        count = whole[busy].astype(np.int64)
        first = count.cumsum() - count
        gone = (np.arange(int(count.sum())) - np.repeat(first, count)) / np.repeat(count, count)
        control, treated = (
            np.repeat(there[busy], count) - gone * np.repeat(left[busy], count)
            for there, left in zip(spells.there, spells.left, strict=True)
        )
        return cls(gone, (control, treated), busy, first)

    def treated_share(self, ratio: float) -> tuple[FloatArray, FloatArray | None]:
        """Return the chance that each exit is of the treated; each counts once."""
        hazard = self.there[1] * ratio
        return hazard / (self.there[0] + hazard), None


def _top(seen: float, share: Callable[[float], tuple[FloatArray, FloatArray | None]]) -> tuple[float, float]:
    """Return where the likelihood is largest, by Newton's method, and its information there.

    Args:
        seen: Exits of the treated.
        share: From the ratio, the chance that an exit is of the treated, and how many exits have that chance.

    Raises:
        ValueError: It has no top.
    """
    place = 0.0
    for _ in range(_STEPS):
        chance, count = share(math.exp(place))
        spread = chance * (1 - chance)
        expected, information = (
            (float(chance.sum()), float(spread.sum()))
            if count is None
            else (float(chance @ count), float(spread @ count))
        )
        if information <= _FLAT * (expected + 1):
            break
        step = (seen - expected) / information
        place += min(max(step, -_LONGEST), _LONGEST)
        if abs(step) < _REACHED * max(1.0, abs(place)):
            return place, information
    raise ValueError("no finite hazard ratio fits: the arms are never there together when someone leaves")


def _cells(spells: Spells, ties: _Ties, top: tuple[float, float], cluster: npt.ArrayLike) -> tuple[Cells, float]:
    """Return the clusters' score residuals as those of a difference between two rates, and their spread.

    The logarithm of a rate has the variance 1 over the expected exits, which are therefore the weights.
    """
    codes, clusters = numbered(cluster)
    if codes.shape != spells.days.shape:
        raise ValueError(f"{len(codes)} labels of clusters for {len(spells.days)} persons; one each is needed")
    scores, expected = score_residuals(spells, ties, math.exp(top[0]))
    place = codes + clusters * spells.treated
    weights = _summed(place, expected, clusters)
    whole = weights.sum(axis=1)
    # A score moves the estimate by itself over the information, a residual of an arm by itself over the arm's weight.
    factor = np.array([-1.0, 1.0]) * whole / top[1]
    moved = scores * factor[spells.treated.astype(np.int64)]
    sums = _summed(place, moved, clusters)
    return Cells(sums, weights), float((moved**2).sum() / whole.sum())


def _summed(place: IntArray, values: FloatArray, clusters: int) -> FloatArray:
    return np.bincount(place, weights=values, minlength=2 * clusters).astype(np.float64).reshape(2, clusters)


def score_residuals(spells: Spells, ties: _Ties, ratio: float) -> tuple[FloatArray, FloatArray]:
    """Return what each person adds to the score, and her expected exits, at a hazard ratio.

    Who leaves with others on a day counts for the rest of each turn as what is not gone yet, as in Efron's likelihood.

    Args:
        spells: What was seen.
        ties: Its exits one by one.
        ratio: The hazard ratio.

    Returns:
        The scores, which add up to nothing at the top of the likelihood, and the exits, which add up to those seen.
    """

    def by_day(values: FloatArray) -> FloatArray:
        summed = np.zeros(spells.there.shape[1])
        summed[ties.busy] = np.add.reduceat(values, ties.first)
        return summed

    chance, _ = ties.treated_share(ratio)
    hazard = 1 / (ties.there[0] + ties.there[1] * ratio)
    passed, kept = by_day(hazard), by_day(hazard * ties.gone)
    passed_treated, kept_treated = by_day(chance * hazard), by_day(chance * hazard * ties.gone)
    mean_chance = by_day(chance) / np.maximum(spells.left.sum(axis=0), 1.0)
    tables = np.empty((2, 2, 2, spells.there.shape[1]))  # score or expected exits; whether she left; arm; day
    for arm, pace in enumerate((1.0, ratio)):
        tables[0, :, arm] = -pace * (arm * passed - passed_treated).cumsum()
        tables[0, 1, arm] += arm - mean_chance + pace * (arm * kept - kept_treated)
        tables[1, :, arm] = pace * passed.cumsum()
        tables[1, 1, arm] -= pace * kept
    place = spells.days + tables.shape[3] * (spells.treated + 2 * spells.event)
    scores, expected = tables.reshape(2, -1)
    return scores[place], expected[place]
