"""Analyses of trials beside other programs, published figures and direct computation with matrices."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from scipy import linalg, stats

from simulator.uncertainty.trials.clustered import alike, cells_of, error_of
from simulator.uncertainty.trials.compared import difference
from simulator.uncertainty.trials.encouraged import chosen_effect
from simulator.uncertainty.trials.likeness import likeness_of
from simulator.uncertainty.trials.steps import wedge_variance_unequal
from simulator.uncertainty.trials.waves import step_effect

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


def test_likeness_by_hand() -> None:
    """Sizes 2, 3 and 5 around 2, 4 and 6: n0 = (10 - 38 / 10) / 2 = 3.1, and the mean is (4 + 12 + 30) / 10 = 4.6.

    Between: (2 x 2.6^2 + 3 x 0.6^2 + 5 x 1.4^2) / 2 = 24.4 / 2 = 12.2; within: (2 + 2 + 10) / 7 = 2.
    """
    found = likeness_of([1, 3, 3, 4, 5, 4, 5, 6, 7, 8], [7, 7, 4, 4, 4, 9, 9, 9, 9, 9])
    assert found.unbounded == pytest.approx((12.2 - 2) / (12.2 + 2.1 * 2))
    assert (found.clusters, found.mean_size) == (3, pytest.approx(10 / 3))
    assert found.cv == pytest.approx((14 / 9) ** 0.5 / (10 / 3))


def test_an_effect_is_not_taken_for_likeness() -> None:
    """What `likeness_of` and the made-up error of `difference` call alike is the same."""
    outcome, treated, cluster = persons_of(4, within=False)
    apart = likeness_of(outcome + 100 * treated, cluster, treated)
    assert apart.unbounded == pytest.approx(likeness_of(outcome, cluster, treated).unbounded)
    residuals = outcome - np.where(treated, outcome[treated].mean(), outcome[~treated].mean())
    cells = cells_of(residuals, treated, cluster, len(SIZES))
    own = residuals - (cells.sums.sum(axis=0) / SIZES)[cluster]
    ratio = alike(cells, float((own**2).sum()) / (len(outcome) - len(SIZES)))
    assert apart.icc == pytest.approx(ratio / (1 + ratio))


def test_two_stage_least_squares_by_hand() -> None:
    """The encouraged do 4 better, half of them more take it: 8 for each who follows.

    What is left, outcome - 8 x taken, is 1, 2, 3, -4 and -2, -1, 0, 5; each arm has the mean 0.5 and the squares
    29 and 29 about it: variance (29 / 3 + 29 / 3) / 4, over the first stage of 0.5 squared.
    """
    outcome, encouraged = [1, 2, 3, 4, 6, 7, 8, 5], [0, 0, 0, 0, 1, 1, 1, 1]
    found = chosen_effect(outcome, encouraged, [0, 0, 0, 1, 1, 1, 1, 0])
    assert found.effect.estimate == pytest.approx(8)
    assert found.effect.std_error**2 == pytest.approx(29 / 6 / 0.25)
    assert found.effect.freedom == pytest.approx(6)
    assert (found.encouragement.estimate, found.first_stage.estimate) == (4, 0.5)
    # Shares of 1/4 and 3/4 have squares of 3/4 in each arm: variance (1/4 + 1/4) / 4 = 1/8, F = 0.25 x 8 = 2.
    assert found.first_stage_f == pytest.approx(2)
    assert found.weak


def test_two_stage_least_squares_with_matrices_over_clusters() -> None:
    """The sandwich with instruments, made up for small clusters as that of a difference is."""
    outcome, encouraged, cluster = persons_of(5, within=False)
    chance = np.random.default_rng(6)
    took = chance.random(len(outcome)) < 0.2 + 0.5 * encouraged
    instruments = np.column_stack([np.ones(len(outcome)), encouraged])
    regressors = np.column_stack([np.ones(len(outcome)), took])
    beta = linalg.solve(instruments.T @ regressors, instruments.T @ outcome)
    left = outcome - regressors @ beta
    scores = np.array([instruments[cluster == one].T @ left[cluster == one] for one in range(len(SIZES))])
    bread = linalg.inv(instruments.T @ regressors)
    plain = bread @ scores.T @ scores @ bread.T
    found = chosen_effect(outcome, encouraged, took, cluster)
    assert found.effect.estimate == pytest.approx(beta[1])
    shares = SIZES / np.array([SIZES[::2].sum(), SIZES[1::2].sum()])[np.arange(len(SIZES)) % 2]
    parts = np.array([(bread @ one)[1] ** 2 for one in scores])
    assert parts.sum() == pytest.approx(plain[1, 1])
    alone = difference(left, encouraged, cluster)
    cells = cells_of(left, encouraged, cluster, len(SIZES))
    assert error_of(cells)[0] / found.first_stage.estimate**2 == pytest.approx((parts / (1 - shares)).sum())
    assert found.effect.std_error == pytest.approx(alone.std_error / abs(found.first_stage.estimate))


def wedge_of(seed: int) -> tuple[FloatArray, npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return a stepped wedge of 7 clusters and 4 periods with unequal cells: outcome, arm, cluster and period."""
    chance = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(7), [9, 12, 15, 20, 24, 30, 60])
    period = chance.integers(0, 4, len(cluster))
    treated = (period >= np.array([1, 2, 3, 1, 2, 3, 2])[cluster]).astype(np.int64)
    own = chance.normal(size=7)[cluster] + 0.3 * period
    return chance.normal(size=len(cluster)) + own, treated, cluster, period


def test_a_stepped_wedge_as_regression_with_cr2_by_matrices() -> None:
    outcome, treated, cluster, period = wedge_of(7)
    design = np.column_stack([treated, np.eye(7)[cluster], np.eye(4)[period][:, 1:]]).astype(float)
    wanted = np.eye(design.shape[1])[0]
    variance, freedom, _ = cr2(design, wanted, outcome, cluster, np.eye(len(outcome)))
    found = step_effect(outcome, treated, cluster, period)
    assert found.estimate == pytest.approx(float(linalg.lstsq(design, outcome)[0][0]))
    assert found.std_error**2 == pytest.approx(variance, rel=1e-9)
    assert found.freedom == pytest.approx(freedom, rel=1e-9)


def test_the_error_that_a_plan_foretells_is_that_of_the_regression() -> None:
    """Clusters' effects taken out whole: sigma^2 (X'X)^-1 of the regression on clusters, periods and treatment."""
    _, treated, cluster, period = wedge_of(7)
    design = np.column_stack([treated, np.eye(7)[cluster], np.eye(4)[period][:, 1:]]).astype(float)
    cells = np.zeros((2, 7, 4))
    np.add.at(cells[0], (cluster, period), treated)
    np.add.at(cells[1], (cluster, period), 1)
    foretold = wedge_variance_unequal(cells[0] / np.maximum(cells[1], 1), cells[1], 2.5)
    assert foretold == pytest.approx(2.5 * linalg.inv(design.T @ design)[0, 0])
    with_time = np.array(
        [wedge_variance_unequal(cells[0] / np.maximum(cells[1], 1), cells[1], 2.5, tau) for tau in (0.5, 1e7)]
    )
    same = (cluster[:, None] == cluster).astype(float)
    weight = linalg.inv(2.5 * np.eye(len(cluster)) + 0.5 * same)
    columns = np.column_stack([treated, np.eye(4)[period]]).astype(float)
    assert with_time[0] == pytest.approx(linalg.inv(columns.T @ weight @ columns)[0, 0])
    assert with_time[1] == pytest.approx(foretold, rel=1e-5)
