"""What information is worth, beside published exact values: the normal case, and a small case by brute force.

The values are those of the normal model of a published overview of value-of-information methods: p1 ~ N(1, 1),
p2 ~ N(0, 2), one option worth nothing and the other k p1 - p2. With fixed seeds the estimates may lie 4 standard errors
off, which one estimate in 16,000 would by chance.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.distributions import Distribution, distribution_of
from simulator.draws import DrawPlan, DrawTable, design_points, draw_table
from simulator.uncertainty import evpi_normal
from simulator.uncertainty.information.regression import Sampled, Worth, everything, sample, sampled, some

DRAWS = 16_384
EVPI = {1: 0.4798107, 2: 0.3992825, 3: 0.4094634}
EVPPI_P1 = {1: 0.0833155, 2: 0.1666309, 3: 0.2499464}
EVPPI_P2 = 0.3955931
EVSI = {10: 0.0723251, 100: 0.0821176, 1000: 0.0831946}
ERRORS = 4


def normal(mean: float, sd: float) -> Distribution:
    return distribution_of({"name": "normal", "mean": mean, "sd": sd})


@pytest.fixture(scope="module", params=["random", "sobol"])
def table(request: pytest.FixtureRequest) -> DrawTable:
    return draw_table(DrawPlan({"p1": normal(1, 1), "p2": normal(0, 2)}, DRAWS, 1, request.param))


def values(table: DrawTable, k: int) -> Sampled:
    p1, p2 = table.points["p1"], table.points["p2"]
    return sampled(np.stack([np.zeros(table.count), k * p1 - p2], axis=1), table.parts)


def near(found: Worth, exact: float) -> bool:
    assert found.std_error is not None
    return abs(found.value - exact) <= ERRORS * found.std_error


@pytest.mark.parametrize(("k", "exact"), EVPI.items())
def test_everything_in_closed_form(k: int, exact: float) -> None:
    assert evpi_normal(k, math.sqrt(k * k + 4)) == pytest.approx(exact, abs=5e-8)


def test_a_part_in_closed_form() -> None:
    assert [evpi_normal(k, k) for k in EVPPI_P1] == pytest.approx(list(EVPPI_P1.values()), abs=5e-8)
    assert evpi_normal(1, 2) == pytest.approx(EVPPI_P2, abs=5e-8)


def test_a_sample_in_closed_form() -> None:
    found = [evpi_normal(1, math.sqrt(n / (n + 1))) for n in EVSI]
    assert found == pytest.approx(list(EVSI.values()), abs=5e-8)


@pytest.mark.parametrize("k", EVPI)
def test_regression_recovers_the_exact_values(table: DrawTable, k: int) -> None:
    drawn = values(table, k)
    perfect = everything(drawn)
    first, second = (some(drawn, table.points[key][:, None], perfect.value) for key in ("p1", "p2"))
    assert near(perfect, EVPI[k])
    assert near(first, EVPPI_P1[k])
    assert near(second, evpi_normal(k, 2))
    assert max(first.value, second.value) <= perfect.value


def test_all_together_are_worth_what_everything_is(table: DrawTable) -> None:
    drawn = values(table, 1)
    both = np.stack([table.points["p1"], table.points["p2"]], axis=1)
    assert some(drawn, both, 9.0).value == pytest.approx(everything(drawn).value, abs=1e-9)


def test_regression_recovers_the_worth_of_samples(table: DrawTable) -> None:
    drawn, p1 = values(table, 1), table.points["p1"][:, None]
    noise = normal(0, 1).quantile(design_points("random", DRAWS, ["a", "b"], 1))
    results = np.concatenate([noise, -noise], axis=1)
    most = some(drawn, p1, 9.0).value
    found = [sample(drawn, p1 + results / math.sqrt(n), most) for n in EVSI]
    assert all(near(one, exact) for one, exact in zip(found, EVSI.values(), strict=True))
    assert found[0].value < found[1].value < found[2].value <= most


def test_a_product_of_shares_beside_brute_force() -> None:
    """Two treatments: one worth nothing, the other 100 p q - 30, with beta shares; nested integration on a grid."""
    known = {key: distribution_of({"name": "beta", "a": a, "b": b}) for key, a, b in (("p", 2, 3), ("q", 4, 2))}
    drawn_as = draw_table(DrawPlan(known, DRAWS, 3, "random"))
    p, q = drawn_as.points["p"], drawn_as.points["q"]
    drawn = sampled(np.stack([np.zeros(DRAWS), 100 * p * q - 30], axis=1), drawn_as.parts)
    shares = (np.arange(20_000) + 0.5) / 20_000
    given_p = 100 * known["p"].quantile(shares) * known["q"].mean - 30
    exact_p = float(np.maximum(given_p, 0).mean() - max(given_p.mean(), 0))
    assert near(some(drawn, p[:, None], everything(drawn).value), exact_p)

    # A result shows p with an error of 0.2: for each result the mean of p by Bayes, on a grid of both.
    grid = known["p"].quantile((np.arange(400) + 0.5) / 400)
    shown = np.linspace(-1, 2, 1201)
    weights = np.exp(-((shown[:, None] - grid) ** 2) / (2 * 0.2**2))
    chance = weights.sum(axis=1) / weights.sum()
    expected = 100 * (weights @ grid) / weights.sum(axis=1) * known["q"].mean - 30
    exact_sample = float(chance @ np.maximum(expected, 0) - max(chance @ expected, 0))
    noise = normal(0, 0.2).quantile(design_points("random", DRAWS, ["a", "b", "c", "d"], 3))
    assert near(sample(drawn, p[:, None] + noise, exact_p * 2), exact_sample)
