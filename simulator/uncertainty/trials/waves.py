"""The effect in a stepped wedge: clusters are compared with themselves, and time is taken out by period.

Each cluster and each period has an effect of its own, and cells count by their persons, so that the estimate is the
regression of persons' outcomes on both and the treatment. What is left within a cluster hangs together; the error is
CR2 over clusters (see `clustered.py`), here with matrices of periods x periods, since every cluster has a plan of its
own. CR1 with as many degrees of freedom as clusters rejects too often where a few clusters are large.

Source:
    Hussey and Hughes (2007), as `steps.py`.
    J. E. Pustejovsky, E. Tipton, Small-sample methods for cluster-robust variance estimation and hypothesis testing in
    fixed effects models, Journal of Business and Economic Statistics 36 (2018), doi:10.1080/07350015.2016.1247004.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.uncertainty.trials.clustered import BoolArray, FloatArray, IntArray, numbered
from simulator.uncertainty.trials.compared import Compared, columns, compared_of
from simulator.uncertainty.trials.steps import NOTHING_TOLD

_NOTHING = 1e-9
"""A share of the treatment that is left when time and place are taken out, below which the plan tells no effect."""
_ROUNDING = 1e-6
"""A share of what moves the estimate that rounding explains."""


@dataclass(frozen=True)
class Waves:
    """What a stepped wedge has seen, by cluster and period.

    Attributes:
        persons: Shape (cluster, period).
        means: Mean outcome, 0 where there is nobody, shape (cluster, period).
        treated: Whether the cluster is treated then, shape (cluster, period).
    """

    persons: FloatArray
    means: FloatArray
    treated: FloatArray


def step_effect(
    outcome: npt.ArrayLike,
    treated: npt.ArrayLike,
    cluster: npt.ArrayLike,
    period: npt.ArrayLike,
    alpha: float = 0.05,
) -> Compared:
    """Return the effect of the treatment in a stepped wedge.

    Args:
        outcome: Outcome of each person [any unit], shape (person,).
        treated: Whether each is treated, the same for all of a cluster in a period, shape (person,).
        cluster: Label of each person's cluster, whole numbers, shape (person,).
        period: Label of each person's period, whole numbers, shape (person,).
        alpha: Level of the two-sided test and of the interval, above 0 and below 1.

    Raises:
        ValueError: The columns do not fit each other, persons of one cluster and period are treated unlike, or the plan
            tells no effect from time.

    Example:
        >>> outcome = [5, 6, 8, 9, 3, 4, 4, 8, 2, 3, 3, 4]
        >>> treated = [0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0]
        >>> cluster, period = [1] * 4 + [2] * 4 + [3] * 4, [1, 2, 3, 4] * 3
        >>> round(step_effect(outcome, treated, cluster, period).estimate, 4)
        2.4
    """
    values, arm = columns(outcome, treated)
    waves = waves_of(values, arm, cluster, period)
    return effect_of(waves, alpha)


def waves_of(outcome: FloatArray, treated: BoolArray, cluster: npt.ArrayLike, period: npt.ArrayLike) -> Waves:
    """Return what was seen by cluster and period.

    Raises:
        ValueError: The columns do not fit each other, or persons of one cluster and period are treated unlike.
    """
    (places, clusters), (times, periods) = numbered(cluster), numbered(period)
    if places.shape != outcome.shape or times.shape != outcome.shape:
        raise ValueError(
            f"{len(places)} clusters and {len(times)} periods for {len(outcome)} persons; one each is needed"
        )
    shape, cell = (clusters, periods), places * periods + times
    persons = _counted(cell, None, shape)
    room = np.maximum(persons, 1.0)
    means = _counted(cell, outcome - outcome[0], shape) / room
    share = _counted(cell, treated.astype(np.float64), shape) / room
    if not np.isin(share, (0.0, 1.0)).all():
        raise ValueError("persons of one cluster and period are treated unlike; a whole cluster steps over at once")
    return Waves(persons, means, share)


def effect_of(waves: Waves, alpha: float = 0.05) -> Compared:
    """Return the effect of the treatment, its CR2 error over clusters and Satterthwaite's freedom.

    Args:
        waves: What was seen.
        alpha: Level of the two-sided test and of the interval, above 0 and below 1.

    Raises:
        ValueError: The plan tells no effect from time, or hangs on one cluster.
    """
    filled = np.ix_(waves.persons.any(axis=1), waves.persons.any(axis=0))
    roots, treated, means = (one[filled] for one in (np.sqrt(waves.persons), waves.treated, waves.means))
    clusters, periods = roots.shape
    whole = np.linalg.norm(roots, axis=1)
    own = roots / whole[:, None]
    # Columns in whitened form, each less its mean in the cluster: periods (but one), the treatment, the outcome.
    dummies = roots[:, :, None] * np.eye(periods)[:, 1:]
    times = dummies - own[:, :, None] * np.einsum("gp,gpk->gk", own, dummies)[:, None, :]
    step, seen = (_less_mean(roots * one, own).ravel() for one in (treated, means))
    spans = _spanned(times.reshape(clusters * periods, periods - 1), float(whole.max()))
    step_left, seen_left = (one - spans @ (spans.T @ one) for one in (step, seen))
    told = float(step_left @ step_left)
    if told <= _NOTHING * float((roots**2 * treated).sum()) or told == 0:
        raise ValueError(NOTHING_TOLD)
    estimate = float(step_left @ seen_left) / told
    spans = np.column_stack([spans, step_left / np.sqrt(told)]).reshape(clusters, periods, -1)
    moved, residuals = (one.reshape(roots.shape) for one in (step_left / told, seen_left - estimate * step_left))
    variance, freedom = _error(own, spans, moved, residuals)
    return compared_of(estimate, variance, freedom, alpha)


def _less_mean(values: FloatArray, own: FloatArray) -> FloatArray:
    """Return whitened values less their mean in the cluster."""
    left: FloatArray = values - own * (own * values).sum(axis=1, keepdims=True)
    return left


def _spanned(columns: FloatArray, size: float) -> FloatArray:
    """Return columns at right angles, of length 1, that span the same; shape (cluster and period, column)."""
    left, lengths, _ = np.linalg.svd(columns, full_matrices=False)
    spans: FloatArray = left[:, lengths > _NOTHING * size]
    return spans


def _error(own: FloatArray, spans: FloatArray, moved: FloatArray, residuals: FloatArray) -> tuple[float, float]:
    """Return CR2 over clusters and its freedom.

    Args:
        own: The clusters' own column, of length 1 in each, shape (cluster, period).
        spans: The other columns of the regression, at right angles and of length 1, shape (cluster, period, column).
        moved: What a residual moves the estimate by, shape (cluster, period).
        residuals: Shape (cluster, period).

    Raises:
        ValueError: The effect hangs on one cluster, whose residuals cannot tell its error.
    """
    hat = own[:, :, None] * own[:, None, :] + spans @ spans.transpose(0, 2, 1)
    values, vectors = np.linalg.eigh(np.eye(own.shape[1]) - hat)
    open_, turned = values > _NOTHING, np.einsum("gpk,gp->gk", vectors, moved)
    if np.abs(turned[~open_]).max(initial=0.0) > _ROUNDING * np.linalg.norm(moved):
        raise ValueError("the effect hangs on one cluster alone, which tells no error; two or more must step over")
    weights = np.einsum("gpk,gk->gp", vectors, turned * np.where(open_, np.abs(values), np.inf) ** -0.5)
    variance = float(((weights * residuals).sum(axis=1) ** 2).sum())
    shared = np.einsum("gpk,gp->gk", spans, weights)
    inner = np.diag((weights**2).sum(axis=1)) - shared @ shared.T  # the weights are at right angles to `own`
    return variance, float(np.trace(inner) ** 2 / (inner**2).sum())


def _counted(cell: IntArray, weights: FloatArray | None, shape: tuple[int, int]) -> FloatArray:
    return np.bincount(cell, weights=weights, minlength=shape[0] * shape[1]).astype(np.float64).reshape(shape)
