"""Exact moments beside products, sums and ladders worked out by hand, and beside Monte Carlo."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from simulator.distributions import Distribution, distribution_of
from simulator.draws import DrawPlan, draw_table
from simulator.uncertainty.exact import Moments, NoMoments, beside, exact_moments

FloatArray = npt.NDArray[np.float64]


def normal(mean: float, sd: float) -> Distribution:
    return distribution_of({"name": "normal", "mean": mean, "sd": sd})


def exact(figure: object, known: dict[str, Distribution]) -> Moments:
    found = exact_moments(figure, known, seed=1)  # type: ignore[arg-type]
    assert isinstance(found, Moments), found
    return found


def product(points: FloatArray) -> FloatArray:
    return points.prod(axis=1)


def test_a_product_of_two_by_hand() -> None:
    """(10 +- 1) x (2 +- 0.5): variance 100 x 0.25 + 4 x 1 + 1 x 0.25 = 29.25."""
    found = exact(product, {"a": normal(10, 1), "b": normal(2, 0.5)})
    assert (found.mean, found.variance) == (pytest.approx(20), pytest.approx(29.25))
    assert found.first == pytest.approx({"a": 4 / 29.25, "b": 25 / 29.25})
    assert found.total == pytest.approx({"a": 4.25 / 29.25, "b": 25.25 / 29.25})
    assert list(found.parts) == [("b",), ("a",), ("a", "b")]
    assert sum(found.parts.values()) == pytest.approx(1)


def test_the_chain_of_a_clerk_by_hand() -> None:
    """10,000 x 0.35 x -0.05 x 6,000 with all four uncertain: the mean of a product is the product of the means."""
    known = {
        "conversations": distribution_of({"name": "triangular", "low": 8000, "mode": 10000, "high": 12000}),
        "lost": distribution_of({"name": "beta", "mean": 0.35, "sd": 0.1}),
        "weeks": normal(-0.05, 0.02),
        "kr": distribution_of({"name": "lognormal", "mean": 6000, "sd": 600}),
    }
    found = exact(product, known)
    assert found.mean == pytest.approx(10000 * 0.35 * -0.05 * 6000)
    squares = {key: (one.mean**2, one.sd**2) for key, one in known.items()}
    whole = math.prod(mean + var for mean, var in squares.values()) - math.prod(mean for mean, _ in squares.values())
    assert found.variance == pytest.approx(whole)
    for key, (_, var) in squares.items():
        others = [squares[other] for other in squares if other != key]
        assert found.first[key] == pytest.approx(var * math.prod(mean for mean, _ in others) / whole)
        assert found.total[key] == pytest.approx(var * math.prod(mean + own for mean, own in others) / whole)


def test_a_ladder_of_sums_by_hand() -> None:
    """Value x (3 a + 2 b - c) + d: the rungs add up, and only what is multiplied works together."""
    known = {key: normal(1, sd) for key, sd in zip("abcd", (1, 2, 3, 4), strict=True)} | {"value": normal(10, 1)}
    found = exact(lambda x: x[:, 4] * (3 * x[:, 0] + 2 * x[:, 1] - x[:, 2]) + x[:, 3], known)
    # Means 1: the ladder is 4. Alone: 30^2, 40^2, 30^2, 4^2 and 4^2; with the value 9, 16 and 9.
    squares = {"a": 900, "b": 1600, "c": 900, "d": 16, "value": 16}
    whole = sum(squares.values()) + 34
    assert (found.mean, found.variance) == (pytest.approx(41), pytest.approx(whole))
    assert found.first == pytest.approx({key: square / whole for key, square in squares.items()})
    assert found.total["value"] == pytest.approx((16 + 34) / whole)
    assert found.total["d"] == pytest.approx(16 / whole)
    assert found.parts[("b", "value")] == pytest.approx(16 / whole)


def test_every_term_of_any_sum_of_products_is_found() -> None:
    """A figure of all 31 products of five values with counted factors; its terms worked out a second time by corners.

    The Moebius transform over the corners mean and mean + sd gives each a_S directly.
    """
    known = {key: normal(0.3 * at - 0.5, 0.4 + 0.1 * at) for at, key in enumerate("abcde")}
    sets = [one for length in range(6) for one in combinations(range(5), length)]

    def figure(points: FloatArray) -> FloatArray:
        return sum((1 + (7 * at) % 11) * points[:, list(one)].prod(axis=1) for at, one in enumerate(sets))  # type: ignore[return-value]

    means, sds = (np.array([getattr(known[key], name) for key in "abcde"]) for name in ("mean", "sd"))
    corner = {one: figure((means + sds * np.isin(np.arange(5), one))[None])[0] for one in sets}
    score = {
        one: sum((-1) ** (len(one) - len(part)) * corner[part] for part in sets if set(part) <= set(one))
        for one in sets
    }
    found = exact(figure, known)
    whole = sum(score[one] ** 2 for one in sets[1:])
    assert (found.mean, found.variance) == (pytest.approx(score[()]), pytest.approx(whole))
    for one in sets[1:]:
        assert found.parts[tuple("abcde"[at] for at in one)] == pytest.approx(score[one] ** 2 / whole, rel=1e-6)


def test_sixteen_factors_are_no_burden() -> None:
    known = {f"k{at:02}": distribution_of({"name": "uniform", "low": 0.5, "high": 1.5}) for at in range(8)}
    known |= {f"m{at:02}": normal(1, 0.1) for at in range(8)}
    found = exact(lambda x: x[:, :8].prod(axis=1) + x[:, 8:].sum(axis=1), known)
    assert found.variance == pytest.approx((13 / 12) ** 8 - 1 + 0.08)


@pytest.mark.parametrize(("design", "count"), [("sobol", 4096), ("random", 20_000), ("latin_hypercube", 8000)])
def test_monte_carlo_agrees_within_its_error(design: str, count: int) -> None:
    """Both intervals hold the exact figure; each does in 95 of 100 seeds."""
    known = {
        "a": distribution_of({"name": "uniform", "low": 1.0, "high": 3.0}),
        "b": distribution_of({"name": "pert", "low": 0.0, "mode": 0.2, "high": 1.0}),
        "c": normal(5.0, 1.0),
    }
    found = exact(lambda x: x[:, 0] * x[:, 1] * x[:, 2] - x[:, 2], known)
    table = draw_table(DrawPlan(known, count, 4, design))
    near = beside(found, table.points["a"] * table.points["b"] * table.points["c"] - table.points["c"], table.parts)
    assert near.agrees
    assert near.mean_difference == near.mean.value - found.mean
    assert abs(near.sd_difference) < 0.02 * found.sd
    assert near.mean.std_error is not None
    assert near.mean.std_error < found.sd / 100
    off = Moments(found.mean + 1, found.variance, found.first, found.total, found.parts)
    assert beside(off, table.points["a"] + table.points["b"], table.parts).agrees is False
    assert beside(found, table.points["a"][:16], (16,)).agrees is None


def test_with_all_values_fixed_the_variance_is_0() -> None:
    known = {key: distribution_of({"name": "fixed", "value": 0.1}) for key in "abc"}
    found = exact(product, known)
    assert (found.mean, found.variance, found.sd, found.parts) == (pytest.approx(0.001), 0.0, 0.0, {})
    assert found.first == found.total == {"a": 0.0, "b": 0.0, "c": 0.0}
    assert beside(found, np.full(64, 0.1**3), (8,) * 8).agrees
    assert exact(lambda x: x[:, 0] * 0 + 7, {"a": normal(0, 1)}).variance == 0


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        (lambda x: x[:, 0] * x[:, 1] ** 2, "no straight line in b"),
        (lambda x: x[:, 0] + np.maximum(x[:, 1], 0.95), "no straight line in b"),
        (lambda x: np.exp(x[:, 0]) * x[:, 1], "no straight line in a"),
        (lambda x: x[:, 0] + np.where(x[:, 1] > 0.9, 1e-3, 0.0), "no straight line in b"),
    ],
)
def test_what_bends_has_no_exact_moments_and_says_where(figure: object, why: str) -> None:
    known = {key: distribution_of({"name": "uniform", "low": 0.0, "high": 1.0}) for key in "ab"}
    found = exact_moments(figure, known, seed=1)  # type: ignore[arg-type]
    assert isinstance(found, NoMoments)
    assert why in found.why
    assert found.key == why[-1]


def test_correlated_values_have_no_exact_moments() -> None:
    found = exact_moments(product, {"a": normal(1, 1), "b": normal(1, 1)}, seed=1, correlated=True)
    assert isinstance(found, NoMoments)
    assert "correlated" in found.why
