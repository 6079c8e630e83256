"""Hazard ratios beside published ones, a direct search of the likelihood, and residuals person by person."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from scipy import optimize

from simulator.uncertainty.trials.clustered import Cells, alike, error_of
from simulator.uncertainty.trials.hazard_ratio import (
    _Ties,
    log_hazard_ratio,
    piecewise_log_ratio,
    score_residuals,
    spells_of,
)

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
DRUG = [6, 6, 6, 7, 10, 13, 16, 22, 23]
DRUG_STILL_WELL = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
"""Weeks of remission of 42 children with leukaemia: Freireich and others, Blood 21 (1963), as Gehan, Cox and many
textbooks print them."""


def remissions() -> tuple[IntArray, npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return weeks, whether the illness came back, and whether the child had the drug."""
    weeks = np.array(PLACEBO + DRUG + DRUG_STILL_WELL)
    return weeks, np.arange(42) < 30, np.arange(42) >= 21


def spread_out(seed: int, persons: int) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Return days with many ties, exits, arms and clusters."""
    chance = np.random.default_rng(seed)
    treated = chance.integers(0, 2, persons)
    cluster = chance.integers(0, 6, persons)
    pace = np.exp(0.4 * treated) * np.array([0.7, 1.3, 1.0, 0.8, 1.2, 1.0])[cluster]
    days = np.floor(chance.exponential(12 / pace)).astype(np.int64)
    return np.minimum(days, 25), (days < 25).astype(np.int64), treated, cluster


def test_remissions_as_published() -> None:
    """Efron's ties give -1.572 (0.412), and Breslow's, which a piece of one week each is, -1.509 (0.410)."""
    efron = log_hazard_ratio(*remissions())
    assert efron.estimate == pytest.approx(-1.572, abs=5e-4)
    assert efron.std_error == pytest.approx(0.412, abs=5e-4)
    breslow = piecewise_log_ratio(*remissions(), width_days=1)
    assert breslow.estimate == pytest.approx(-1.509, abs=5e-4)
    assert breslow.std_error == pytest.approx(0.410, abs=5e-4)


def test_four_exits_by_hand() -> None:
    """Treated leave on days 1 and 3, control on 2 and 4.

    With ratio r the score is 2 - 2r / (2 + 2r) - r / (2 + r) - r / (1 + r) - 0, and 0 where 2 / (1 + r) = r / (2 + r),
    that is r^2 - r - 4 = 0.
    """
    found = log_hazard_ratio([1, 3, 2, 4], [1, 1, 1, 1], [1, 1, 0, 0])
    assert np.exp(found.estimate) == pytest.approx((1 + 17**0.5) / 2, rel=1e-9)


def efron_likelihood(beta: float, days: IntArray, event: IntArray, treated: IntArray) -> float:
    """Return the logarithm of Efron's partial likelihood, person by person."""
    total, pace = 0.0, np.exp(beta * treated)
    for day in np.unique(days[event == 1]):
        now = (days == day) & (event == 1)
        whole, leaving, count = pace[days >= day].sum(), pace[now].sum(), int(now.sum())
        total += beta * treated[now].sum()
        total -= sum(np.log(whole - turn / count * leaving) for turn in range(count))
    return float(total)


def test_a_direct_search_of_the_likelihood_finds_the_same_top() -> None:
    days, event, treated, _ = spread_out(1, 300)
    found = log_hazard_ratio(days, event, treated)

    def against(beta: float) -> float:
        return -efron_likelihood(beta, days, event, treated)

    top = optimize.minimize_scalar(against, bounds=(-2, 2), method="bounded", options={"xatol": 1e-9}).x
    assert found.estimate == pytest.approx(top, abs=1e-6)
    step = 1e-3
    bend = (against(top + step) - 2 * against(top) + against(top - step)) / step**2
    assert found.std_error == pytest.approx(bend**-0.5, rel=1e-4)


def residuals_one_by_one(
    ratio: float, days: IntArray, event: IntArray, treated: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Return score residuals and expected exits as Efron's turns define them, person by person and turn by turn."""
    pace = np.where(treated == 1, ratio, 1.0)
    scores, expected = np.zeros(len(days)), np.zeros(len(days))
    for day in np.unique(days[event == 1]):
        now = (days == day) & (event == 1)
        count = int(now.sum())
        for turn in range(count):
            part = np.where(now, 1 - turn / count, 1.0) * (days >= day)
            whole = float((part * pace).sum())
            mean = float((part * pace * treated).sum()) / whole
            scores += now * (treated - mean) / count - part * pace / whole * (treated - mean)
            expected += part * pace / whole
    return scores, expected


def test_score_residuals_one_by_one() -> None:
    days, event, treated, _ = spread_out(2, 200)
    found = log_hazard_ratio(days, event, treated)
    spells = spells_of(days, event, treated)
    scores, expected = score_residuals(spells, _Ties.of(spells), float(np.exp(found.estimate)))
    by_hand = residuals_one_by_one(float(np.exp(found.estimate)), days, event, treated)
    assert scores == pytest.approx(by_hand[0], abs=1e-10)
    assert expected == pytest.approx(by_hand[1], abs=1e-10)
    assert scores.sum() == pytest.approx(0, abs=1e-9)
    assert expected.sum() == pytest.approx(event.sum())


def test_the_sandwich_over_many_small_clusters_is_that_of_lin_and_wei() -> None:
    """Where every person is a cluster of her own no share is made up for, and the sandwich is the plain one."""
    days, event, treated, _ = spread_out(3, 2_000)
    plain = log_hazard_ratio(days, event, treated)
    scores, _ = residuals_one_by_one(float(np.exp(plain.estimate)), days, event, treated)
    sandwich = plain.std_error**2 * float((scores**2).sum()) ** 0.5
    found = log_hazard_ratio(days, event, treated, np.arange(2_000))
    assert found.estimate == plain.estimate
    assert found.std_error == pytest.approx(sandwich, rel=2e-3)


@pytest.mark.parametrize("whole", [False, True], ids=["within clusters", "whole clusters"])
def test_the_sandwich_over_clusters(whole: bool) -> None:
    """Scores by arm and cluster, in units of a rate's residuals, made up for as persons' residuals are."""
    days, event, each, cluster = spread_out(4, 600)
    cluster = np.where(np.arange(600) < 200, 0, cluster)
    treated = cluster % 2 if whole else each
    plain = log_hazard_ratio(days, event, treated)
    scores, expected = residuals_one_by_one(float(np.exp(plain.estimate)), days, event, treated)
    totals = np.bincount(treated, weights=expected)
    moved = scores * plain.std_error**2 * np.where(treated == 1, totals[1], -totals[0])
    sums, weights = np.zeros((2, 6)), np.zeros((2, 6))
    np.add.at(sums, (treated, cluster), moved)
    np.add.at(weights, (treated, cluster), expected)
    ratio = alike(Cells(sums, weights), float((moved**2).sum() / expected.sum()))
    found = log_hazard_ratio(days, event, treated, cluster)
    assert ratio > 0
    assert (found.std_error**2, found.freedom) == pytest.approx(error_of(Cells(sums, weights), ratio))
    sandwich = plain.std_error**2 * float((np.bincount(cluster, weights=scores) ** 2).sum()) ** 0.5
    assert 1.03 < found.std_error / sandwich < 2.0
    assert 1 < found.freedom < 6


def test_a_hazard_ratio_far_from_one_is_found() -> None:
    """Four treated leave first of 54: a full step of Newton's method from no effect would go past all finding back."""
    days, exits = np.concatenate([np.arange(1, 51), [1, 1, 2, 3]]), np.ones(54, dtype=np.int64)
    treated = np.repeat([0, 1], [50, 4])
    found = log_hazard_ratio(days, exits, treated)
    top = optimize.minimize_scalar(
        lambda beta: -efron_likelihood(beta, days, exits, treated), bounds=(-9, 9), method="bounded"
    ).x
    assert top > 3
    assert found.estimate == pytest.approx(top, abs=1e-4)


def test_weeks_of_constant_pace_agree_with_cox() -> None:
    chance = np.random.default_rng(5)
    treated = chance.integers(0, 2, 20_000)
    days = np.floor(chance.exponential(200 / np.where(treated == 1, 0.9, 1.0))).astype(np.int64)
    event, days = (days < 364).astype(np.int64), np.minimum(days, 364)
    cox, weekly = log_hazard_ratio(days, event, treated), piecewise_log_ratio(days, event, treated)
    assert cox.estimate == pytest.approx(weekly.estimate, abs=0.002)
    assert cox.std_error == pytest.approx(weekly.std_error, rel=0.001)
    assert cox.estimate == pytest.approx(np.log(0.9), abs=3 * cox.std_error)
