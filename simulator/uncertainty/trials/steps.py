"""The error of the effect in a stepped wedge, before anyone is enrolled: closed form and its general case.

Clusters step over from control to treatment one wave after another, and are compared with themselves and with those who
have not stepped yet. Calendar time is taken out by an effect of each period, so a change of season or of incidence that
all share does not count as an effect; what only some share does.

Source:
    M. A. Hussey, J. P. Hughes, Design and analysis of stepped wedge cluster randomized trials, Contemporary Clinical
    Trials 28 (2007), doi:10.1016/j.cct.2006.05.007.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.uncertainty.trials.clustered import FloatArray

NOTHING_TOLD = "the plan tells no effect from time; some clusters must step over before others do"
"""What is wrong with a plan in which nobody, or all at once, step over."""


def wedge_variance(treated: npt.ArrayLike, cell_variance: float, cluster_variance: float) -> float:
    """Return the variance of the effect in a stepped wedge whose cells are all as large: the published formula.

    I s (s + T t) / ((I U - W) s + (U^2 + I T U - T W - I V) t), with I clusters, T periods, s and t the two variances,
    U the treated cells, W the squares of the treated clusters of each period added up, and V those of the treated
    periods of each cluster.

    Args:
        treated: Whether each cluster is treated in each period, shape (cluster, period).
        cell_variance: Variance of the mean of a cell, that of a person over the persons in it, above 0.
        cluster_variance: Variance between clusters, at least 0 [as above].

    Raises:
        ValueError: A variance is not what is allowed, or the plan tells no effect (nobody, or all at once, step over).

    Example:
        >>> plan = [[0, 1, 1], [0, 0, 1]]
        >>> round(wedge_variance(plan, 1.0, 0.5), 4)
        2.5

    Source:
        Hussey and Hughes (2007), formula 8.
    """
    plan = _plan(treated)
    if not np.isin(plan, (0.0, 1.0)).all():
        raise ValueError("a cell is treated or not in this formula, 0 or 1; wedge_variance_unequal takes shares")
    _check_variances(cell_variance, cluster_variance, 0.0)
    clusters, periods = plan.shape
    cells, by_period, by_cluster = plan.sum(), (plan.sum(axis=0) ** 2).sum(), (plan.sum(axis=1) ** 2).sum()
    within = clusters * cells - by_period
    between = cells**2 + clusters * periods * cells - periods * by_period - clusters * by_cluster
    told = within * cell_variance + between * cluster_variance
    if told <= 1e-12 * (cell_variance + cluster_variance):
        raise ValueError(NOTHING_TOLD)
    return float(clusters * cell_variance * (cell_variance + periods * cluster_variance) / told)


def wedge_variance_unequal(
    treated: npt.ArrayLike,
    persons: npt.ArrayLike,
    person_variance: float,
    cluster_variance: float | None = None,
    period_variance: float = 0.0,
) -> float:
    """Return the variance of the effect in a stepped wedge whose cells are as large as they are.

    Weighted least squares with an effect of each period; that of each cluster is drawn with a variance, or is taken out
    whole, which is the limit of a large variance and what `waves.step_effect` does.

    Args:
        treated: Whether each cluster is treated in each period, or the share of its persons who are [0-1], shape
            (cluster, period).
        persons: Persons in each cell, 0 where there is nobody, shape (cluster, period).
        person_variance: Variance of a person's outcome within a cell, above 0.
        cluster_variance: Variance between clusters, at least 0; None takes the clusters' effects out whole.
        period_variance: Variance of what a cluster has in a period alone, at least 0.

    Raises:
        ValueError: The tables do not fit each other, a number is not what is allowed, or the plan tells no effect.

    Example:
        >>> plan, persons = [[0, 1, 1], [0, 0, 1]], [[20, 20, 20], [20, 20, 20]]
        >>> round(wedge_variance_unequal(plan, persons, 20.0, 0.5), 4)
        2.5

    Source:
        Hussey and Hughes (2007), section 3, for cells of any size.
    """
    plan, counts = _plan(treated), np.asarray(persons, dtype=np.float64)
    if counts.shape != plan.shape or not np.isfinite(counts).all() or (counts < 0).any():
        raise ValueError(f"persons of shape {counts.shape} for a plan of {plan.shape}; none may be below 0")
    _check_variances(person_variance, cluster_variance or 0.0, period_variance)
    told, left = _information(plan, counts / (person_variance + period_variance * counts), cluster_variance)
    if not left > 1e-9 * max(told, 1e-300):
        raise ValueError(NOTHING_TOLD)
    return 1 / left


def _information(plan: FloatArray, weights: FloatArray, cluster_variance: float | None) -> tuple[float, float]:
    """Return the information on the effect when time is known, and what is left of it when time is not."""
    clusters, periods = plan.shape
    columns = np.concatenate([np.broadcast_to(np.eye(periods), (clusters, periods, periods)), plan[:, :, None]], axis=2)
    weighted = weights[:, :, None] * columns
    summed, whole = weighted.sum(axis=1), weights.sum(axis=1)
    # The inverse of a diagonal plus a constant (Sherman and Morrison): 1 / (1 / variance + weights of the cluster).
    shared = _inverse(whole) if cluster_variance is None else cluster_variance / (1 + cluster_variance * whole)
    told = np.einsum("gpk,gpl->kl", weighted, columns) - np.einsum("g,gk,gl->kl", shared, summed, summed)
    time = told[:-1, -1] @ np.linalg.pinv(told[:-1, :-1], hermitian=True) @ told[:-1, -1]
    return float(told[-1, -1]), float(told[-1, -1] - time)


def _inverse(values: FloatArray) -> FloatArray:
    """Return one over each, and 0 for 0."""
    return np.divide(1.0, values, out=np.zeros_like(values), where=values > 0)


def _plan(treated: npt.ArrayLike) -> FloatArray:
    plan = np.asarray(treated, dtype=np.float64)
    if plan.ndim != 2 or not plan.size or not ((plan >= 0) & (plan <= 1)).all():
        raise ValueError("the plan must say for each cluster (rows) and period (columns) whether it is treated, 0 to 1")
    return plan


def _check_variances(own: float, cluster: float, period: float) -> None:
    if not (np.isfinite(own) and own > 0):
        raise ValueError(f"a variance of {own:g} within cells; allowed: above 0")
    for name, one in (("between clusters", cluster), ("of clusters in a period", period)):
        if not (np.isfinite(one) and one >= 0):
            raise ValueError(f"a variance of {one:g} {name}; allowed: at least 0")
