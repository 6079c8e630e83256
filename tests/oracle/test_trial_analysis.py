"""Analyses of trials beside other programs, published figures and direct computation with matrices."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from scipy import linalg, stats

from simulator.uncertainty.trials.clustered import alike, cells_of, error_of
from simulator.uncertainty.trials.compared import difference

FloatArray = npt.NDArray[np.float64]
SIZES = np.array([3, 4, 5, 7, 8, 12, 20, 31])


def power_of_matrix(matrix: FloatArray, power: float) -> FloatArray:
    """Return a power of a symmetric matrix, 0 staying 0."""
    roots, vectors = linalg.eigh(matrix)
    raised = np.where(roots > 1e-10, np.abs(roots), 1.0) ** power * (roots > 1e-10)
    return np.asarray(vectors @ np.diag(raised) @ vectors.T)


def cr2(
    design: FloatArray, wanted: FloatArray, outcome: FloatArray, cluster: npt.NDArray[np.int64], likeness: FloatArray
) -> tuple[float, float, float]:
    """Return CR2 with matrices as Bell and McCaffrey write it, its freedom, and true variance over its mean.

    Args:
        design: The columns of the regression, shape (person, column).
        wanted: What of the coefficients is wanted, shape (column,).
        outcome: Shape (person,).
        cluster: Label of each person's cluster.
        likeness: Covariance of the persons' errors, shape (person, person), for the last figure alone.
    """
    bread = linalg.pinv(design.T @ design)
    leave = np.eye(len(outcome)) - design @ bread @ design.T
    residuals = leave @ outcome
    rows = []
    for label in np.unique(cluster):
        own = np.flatnonzero(cluster == label)
        made_up = power_of_matrix(leave[np.ix_(own, own)], -0.5)
        rows.append(leave[own].T @ made_up @ design[own] @ bread @ wanted)
    weights = np.array(rows)
    variance = float(((weights @ residuals) ** 2).sum())
    inner = weights @ weights.T
    true = wanted @ bread @ design.T @ likeness @ design @ bread @ wanted
    return (
        variance,
        float(np.trace(inner) ** 2 / np.trace(inner @ inner)),
        float(true / np.trace(weights @ likeness @ weights.T)),
    )


def persons_of(seed: int, *, within: bool) -> tuple[FloatArray, npt.NDArray[np.bool_], npt.NDArray[np.int64]]:
    """Return outcomes, arms and clusters; whole clusters are treated, or every third person."""
    chance = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(len(SIZES)), SIZES)
    treated = np.arange(len(cluster)) % 3 == 0 if within else cluster % 2 == 1
    outcome = chance.normal(size=len(cluster)) + 2 * chance.normal(size=len(SIZES))[cluster]
    return outcome, treated, cluster


def test_independent_persons_as_welch() -> None:
    chance = np.random.default_rng(1)
    outcome = np.concatenate([chance.normal(0.0, 1.0, 30), chance.normal(0.3, 4.0, 17)])
    treated = np.arange(47) >= 30
    found = difference(outcome, treated)
    welch = stats.ttest_ind(outcome[treated], outcome[~treated], equal_var=False)
    assert found.p == pytest.approx(welch.pvalue, rel=1e-12)
    assert found.freedom == pytest.approx(welch.df, rel=1e-12)
    assert (found.low, found.high) == pytest.approx(tuple(welch.confidence_interval()), rel=1e-12)
    assert found.estimate / found.std_error == pytest.approx(welch.statistic, rel=1e-12)


@pytest.mark.parametrize("within", [False, True], ids=["whole clusters", "within clusters"])
def test_clusters_as_cr2_with_matrices(within: bool) -> None:
    outcome, treated, cluster = persons_of(2, within=within)
    design = np.column_stack([np.ones(len(outcome)), treated])
    means = np.array([outcome[~treated].mean(), outcome[treated].mean()])
    residuals = outcome - means[treated.astype(int)]
    cells = cells_of(residuals, treated, cluster, len(SIZES))
    filled = cells.weights > 0
    within_cells = residuals - (cells.sums / np.maximum(cells.weights, 1))[treated.astype(int), cluster]
    ratio = alike(cells, float((within_cells**2).sum()) / (len(outcome) - int(filled.sum())))
    same = (cluster[:, None] == cluster).astype(float)
    variance, freedom, made_up = cr2(
        design, np.array([0.0, 1.0]), outcome, cluster, np.eye(len(outcome)) + ratio * same
    )
    assert error_of(cells) == pytest.approx((variance, freedom), rel=1e-9)
    assert ratio > 0.1, "or the next line says nothing"
    found = difference(outcome, treated, cluster)
    assert found.std_error**2 == pytest.approx(variance * made_up, rel=1e-9)
    assert found.freedom == pytest.approx(freedom, rel=1e-9)


def test_likeness_of_equal_clusters_is_that_of_the_analysis_of_variance() -> None:
    """Between 10 equal clusters of an arm and within them: F = 1 + size x ratio."""
    chance = np.random.default_rng(3)
    cluster = np.repeat(np.arange(10), 6)
    outcome = chance.normal(size=60) + chance.normal(size=10)[cluster]
    both, codes = np.concatenate([outcome, outcome]), np.concatenate([cluster, cluster + 10])
    treated = np.arange(120) >= 60
    cells = cells_of(both - outcome.mean(), treated, codes, 20)
    groups = outcome.reshape(10, 6)
    ratio = alike(cells, float(groups.var(axis=1, ddof=1).mean()))
    assert ratio == pytest.approx((float(stats.f_oneway(*groups).statistic) - 1) / 6)
