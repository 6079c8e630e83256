"""Sensitivity indices against exact answers and against scipy: Ishigami, Sobol G, products and straight lines.

Seeds are fixed. A tolerance of 0.02 is about four times the error that the first seeds showed; intervals are asked to
hold the exact index in at least nine of ten cases, where 95 of 100 are promised.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from scipy.special import ndtri
from scipy.stats import sobol_indices, uniform

from simulator.uncertainty.sensitivity import Choice, Factor, Indices, found_by

FloatArray = npt.NDArray[np.float64]
ISHIGAMI = [Factor(name, -math.pi, math.pi, today=0.5) for name in ("x1", "x2", "x3")]
ISHIGAMI_S1, ISHIGAMI_ST = (0.313905, 0.442411, 0.0), (0.557589, 0.442411, 0.243684)
G_WEIGHTS = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
G_S1 = (0.716192, 0.179048, 0.023676, 0.007162, 0.0000716, 0.0000716, 0.0000716, 0.0000716)
G = [Factor(f"x{at}", 0.0, 1.0, today=0.25) for at in range(8)]


def ishigami(points: FloatArray) -> FloatArray:
    one, two, three = points.T
    return np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)


def sobol_g(points: FloatArray) -> FloatArray:
    return np.prod((np.abs(4 * points - 2) + G_WEIGHTS) / (1 + G_WEIGHTS), axis=1)


def found(name: str, function, factors: list[Factor], **choice) -> Indices:  # type: ignore[no-untyped-def]
    result = found_by(name, function, factors, Choice(**choice))
    assert isinstance(result, Indices)
    return result


@pytest.mark.parametrize("seed", [0, 1, 20211219])
def test_ishigami_has_its_exact_indices(seed: int) -> None:
    result = found("sobol", ishigami, ISHIGAMI, count=4096, seed=seed, second_order=True)
    assert result.columns["S1"] == pytest.approx(ISHIGAMI_S1, abs=0.02)
    assert result.columns["ST"] == pytest.approx(ISHIGAMI_ST, abs=0.02)
    assert result.pairs["S2"]["x1", "x3"] == pytest.approx(0.243684, abs=0.03)
    assert result.pairs["S2"]["x1", "x2"] == pytest.approx(0.0, abs=0.03)
    assert result.centre == pytest.approx(3.5, abs=0.02), "the mean of the function"
    assert result.evaluations == 4096 * (2 * 3 + 2)


def test_sobol_g_has_its_exact_indices() -> None:
    result = found("sobol", sobol_g, G, count=4096, seed=1)
    assert result.columns["S1"] == pytest.approx(G_S1, abs=0.02)
    variance = np.prod(1 + 1 / (3 * (1 + G_WEIGHTS) ** 2)) - 1
    own = 1 / (3 * (1 + G_WEIGHTS) ** 2)
    assert result.columns["ST"] == pytest.approx(own * (variance + 1) / (1 + own) / variance, abs=0.02)
    assert result.evaluations == 4096 * (8 + 2)


def test_scipy_finds_the_same() -> None:
    """Another program, with its own points."""
    ranges = [uniform(loc=-math.pi, scale=2 * math.pi)] * 3
    other = sobol_indices(func=lambda x: ishigami(x.T), n=4096, dists=ranges, rng=np.random.default_rng(3))
    result = found("sobol", ishigami, ISHIGAMI, count=4096, seed=3)
    assert result.columns["S1"] == pytest.approx(other.first_order, abs=0.03)
    assert result.columns["ST"] == pytest.approx(other.total_order, abs=0.03)


def test_intervals_hold_the_exact_index() -> None:
    """Of 20 seeds x 6 indices at least 108 are held; with 95 per cent each, fewer come with probability below 0.02."""
    exact = np.array([ISHIGAMI_S1, ISHIGAMI_ST])
    held = 0
    for seed in range(20):
        result = found("sobol", ishigami, ISHIGAMI, count=256, seed=seed)
        near = np.array([result.columns["S1"], result.columns["ST"]]) - exact
        wide = np.array([result.columns["S1_conf"], result.columns["ST_conf"]])
        held += int((np.abs(near) <= wide).sum())
    assert held >= 108


def test_groups_are_moved_together() -> None:
    """x1 and x3 work together in Ishigami, so as a group they have no interaction left."""
    factors = [Factor(one.key, one.low, one.high, group="odd" if one.key != "x2" else "") for one in ISHIGAMI]
    result = found("sobol", ishigami, factors, count=4096, seed=1)
    assert result.names == ("odd", "x2")
    for column in ("S1", "ST"):
        assert result.columns[column] == pytest.approx((0.557589, 0.442411), abs=0.02)


def test_a_product_of_three_factors_by_hand() -> None:
    """Var = prod(m^2 + s^2) - prod m^2; with m = 1 and s^2 = c of each the first order is c / ((1 + c)^3 - 1)."""
    spreads = [lambda share, sd=sd: 1 + sd * ndtri(share) for sd in (0.1, 0.2, 0.4)]
    factors = [Factor(f"x{at}", 0.0, 2.0, 1.0, spread) for at, spread in enumerate(spreads)]
    result = found("sobol", lambda points: -5e6 * points.prod(axis=1), factors, count=4096, seed=5)
    squares = np.array([0.01, 0.04, 0.16])
    variance = np.prod(1 + squares) - 1
    assert result.columns["S1"] == pytest.approx(squares / variance, abs=0.02)
    total = squares * np.prod(1 + squares) / (1 + squares) / variance
    assert result.columns["ST"] == pytest.approx(total, abs=0.02)
    assert result.centre == pytest.approx(-5e6, rel=0.01)


@pytest.mark.parametrize("seed", [0, 7])
def test_morris_is_exact_on_straight_lines(seed: int) -> None:
    factors = [Factor("a", 0.0, 10.0), Factor("b", -1.0, 1.0), Factor("c", 5.0, 6.0)]
    result = found("morris", lambda points: points @ np.array([2.0, -30.0, 0.0]), factors, count=8, seed=seed)
    assert result.columns["mu_star"] == pytest.approx([20.0, 60.0, 0.0])
    assert result.columns["mu"] == pytest.approx([20.0, -60.0, 0.0])
    assert result.columns["sigma"] == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)
    assert result.evaluations == 8 * 4


def test_morris_orders_sobol_g_and_sees_interaction() -> None:
    result = found("morris", sobol_g, G, count=100, seed=1)
    assert result.ordered("mu_star")[:4] == ("x0", "x1", "x2", "x3")
    assert result.columns["sigma"][0] > result.columns["mu_star_conf"][0] > 0


def test_morris_moves_groups() -> None:
    factors = [Factor("a", 0.0, 1.0, group="both"), Factor("b", 0.0, 1.0), Factor("c", 0.0, 1.0, group="both")]
    result = found("morris", lambda points: points[:, 1] * 3, factors, count=8, seed=1)
    assert result.names == ("both", "b")
    assert result.columns["mu_star"] == pytest.approx([0.0, 3.0])


def test_pawn_orders_sobol_g_and_knows_its_noise() -> None:
    result = found("pawn", sobol_g, G, count=4096, seed=2)
    assert result.ordered("median")[:3] == ("x0", "x1", "x2")
    assert result.noise is not None
    assert (result.columns["median"][4:] < 1.5 * result.noise).all(), "four that hardly matter are not told from chance"
    assert result.columns["median"][0] > 5 * result.noise


def test_pawn_of_correlated_draws_sees_what_goes_along() -> None:
    """The second input does nothing itself but goes with the first; a third does nothing and goes with nobody."""
    chance = np.random.default_rng(11)
    one, other = chance.standard_normal(2000), chance.standard_normal(2000)
    draws = np.column_stack([one, 0.9 * one + math.sqrt(1 - 0.81) * other, chance.standard_normal(2000)])
    factors = [Factor(name, -3.0, 3.0) for name in ("itself", "along", "alone")]
    from simulator.uncertainty.sensitivity.methods.pawn import indices_of_draws

    result = indices_of_draws(factors, draws, draws[:, 0] ** 3, seed=0)
    itself, along, alone = result.columns["median"]
    assert itself > along > 3 * alone
