"""A distribution is made of what is written, or refused with all that is wrong."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.distributions import Given, distribution_names, distribution_of, fitting
from simulator.facts.units import UNITS, bounds_of, outside

ANY, FACTOR, SHARE = (-math.inf, math.inf), (0.0, math.inf), (0.0, 1.0)


def test_eight_distributions_can_be_named() -> None:
    names = ("beta", "empirical", "fixed", "lognormal", "normal", "pert", "triangular", "uniform")
    assert distribution_names() == names


@pytest.mark.parametrize(
    ("given", "mean", "sd"),
    [
        ({"name": "fixed", "value": 0.3}, 0.3, 0.0),
        ({"name": "uniform", "low": 1.0, "high": 3.0}, 2.0, 2 / math.sqrt(12)),
        ({"name": "uniform", "mean": 5.0, "sd": 1.0}, 5.0, 1.0),
        ({"name": "triangular", "low": 0.0, "mode": 0.0, "high": 3.0}, 1.0, math.sqrt(9 / 18)),
        ({"name": "triangular", "low": 0.0, "mode": 1.0, "high": 2.0}, 1.0, math.sqrt(1 / 6)),
        # A PERT over 0, 1, 4 is 4 x beta(2, 4): mean 4/3, variance 16 x 8 / (36 x 7).
        ({"name": "pert", "low": 0.0, "mode": 1.0, "high": 4.0}, 4 / 3, math.sqrt(128 / 252)),
        ({"name": "beta", "a": 2.0, "b": 3.0}, 0.4, 0.2),
        ({"name": "beta", "a": 1.0, "b": 1.0, "low": -1.0, "high": 1.0}, 0.0, 1 / math.sqrt(3)),
        ({"name": "beta", "mean": 0.65, "sd": 0.1}, 0.65, 0.1),
        ({"name": "beta", "mean": 2.0, "sd": 0.5, "low": 1.0, "high": 4.0}, 2.0, 0.5),
        ({"name": "normal", "mean": -1.0, "sd": 2.0}, -1.0, 2.0),
        # 1.959964 standard deviations to either side hold 95 per cent.
        ({"name": "normal", "low": -1.959964, "high": 1.959964, "interval": 0.95}, 0.0, 1.0),
        ({"name": "lognormal", "mean": 2.0, "sd": 1.0}, 2.0, 1.0),
        ({"name": "lognormal", "log_mean": 0.0, "log_sd": 1.0}, math.exp(0.5), math.sqrt((math.e - 1) * math.e)),
        ({"name": "empirical", "values": [1.0, 2.0, 6.0]}, 3.0, math.sqrt(14 / 3)),
        ({"name": "empirical", "values": [4.0, 0.0], "weights": [1.0, 3.0]}, 1.0, math.sqrt(3)),
    ],
)
def test_mean_and_sd_are_those_worked_out_by_hand(given: Given, mean: float, sd: float) -> None:
    found = distribution_of(given, ANY)
    assert found.name == given["name"]
    assert (found.mean, found.sd) == (pytest.approx(mean, abs=1e-7), pytest.approx(sd, rel=1e-7))


@pytest.mark.parametrize(
    ("given", "bounds"),
    [
        ({"name": "normal", "low": 2.0, "high": 5.0, "interval": 0.9}, ANY),
        ({"name": "lognormal", "low": 0.5, "high": 8.0, "interval": 0.9}, FACTOR),
        ({"name": "beta", "low": 0.02, "high": 0.11, "interval": 0.9}, SHARE),
        ({"name": "beta", "low": 0.3, "high": 0.999, "interval": 0.9}, SHARE),
        ({"name": "beta", "low": 0.001, "high": 0.999, "interval": 0.9}, SHARE),
    ],
)
def test_an_interval_has_equally_much_below_and_above(given: Given, bounds: tuple[float, float]) -> None:
    low, high = distribution_of(given, bounds).quantile(np.array([0.05, 0.95]))
    assert (low, high) == (pytest.approx(given["low"], rel=1e-7), pytest.approx(given["high"], rel=1e-7))


@pytest.mark.parametrize(
    ("given", "bounds", "told"),
    [
        ({}, SHARE, ["needs a `name`", "allowed: beta, empirical, fixed"]),
        ({"name": 3.0}, SHARE, ["must be a word, not 3.0"]),
        ({"name": "trangular", "low": 0.0}, SHARE, ["no distribution is called 'trangular'", "mean triangular?"]),
        (
            {"name": "pert", "low": 0.0, "mod": 0.1, "high": "x"},
            SHARE,
            ["did you mean mode?", "finite number, not 'x'"],
        ),
        ({"name": "pert", "low": 0.0, "high": 1.0}, SHARE, ["needs `low`, `mode` and `high`, but is given `high` and"]),
        ({"name": "pert"}, SHARE, ["but is given nothing"]),
        ({"name": "normal", "low": 0.0, "high": 1.0}, ANY, ["say nothing without the meaning", "add `interval`"]),
        ({"name": "lognormal", "low": 0.1, "high": 1.0}, FACTOR, ["say nothing without the meaning"]),
        (
            {"name": "beta", "low": 0.1, "high": 0.2},
            SHARE,
            ["meaning of the interval", "or `mean` and `sd`, which make"],
        ),
        (
            {"name": "beta", "low": 0.1, "high": 0.2, "interval": 95.0},
            SHARE,
            ["below 1, but is 95; did you mean 0.95?"],
        ),
        ({"name": "beta", "low": -0.1, "high": 0.2, "interval": 0.9}, SHARE, ["must lie above 0 and below 1"]),
        ({"name": "beta", "mean": 0.5, "sd": 0.6}, SHARE, ["`sd` must be below 0.5 at this mean"]),
        ({"name": "beta", "mean": 1.5, "sd": 0.1}, SHARE, ["`mean` must lie between `low` (0) and `high` (1)"]),
        ({"name": "beta", "a": 0.0, "b": -1.0}, SHARE, ["`a` must be above 0", "`b` must be above 0"]),
        ({"name": "normal", "mean": 0.5, "sd": 0.01}, SHARE, ["nothing is cut off", "pert, triangular, uniform"]),
        ({"name": "normal", "mean": 9.0, "sd": 0.1}, FACTOR, ["be at least 0 and nothing", "fixed, lognormal, pert"]),
        ({"name": "normal", "mean": 9.0, "sd": 0.0}, ANY, ["`sd` must be above 0, but is 0; where the value does not"]),
        ({"name": "lognormal", "mean": 0.5, "sd": 0.1}, SHARE, ["goes from 0 and has no highest value"]),
        ({"name": "lognormal", "low": 0.0, "high": -1.0, "interval": 0.9}, FACTOR, ["`low` must be", "`high` must be"]),
        ({"name": "lognormal", "mean": 1e-300, "sd": 1e300}, FACTOR, ["too large to be worked with"]),
        ({"name": "uniform", "low": 0.3, "high": 0.3}, SHARE, ["above `low` (0.3), but is 0.3; where", "name: fixed"]),
        (
            {"name": "uniform", "low": -0.1, "high": 2.0},
            SHARE,
            ["goes from -0.1 to 2, but this value must lie between"],
        ),
        ({"name": "uniform", "low": True, "high": math.nan}, SHARE, ["not True", "not nan"]),
        ({"name": "triangular", "low": 0.2, "mode": 0.1, "high": 0.4}, SHARE, ["`mode` must lie between `low` (0.2)"]),
        ({"name": "fixed", "value": 2.0}, SHARE, ["fixed is 2, but this value must lie between 0 and 1"]),
        ({"name": "empirical", "values": 3.0}, SHARE, ["must be a list of numbers, not 3.0"]),
        ({"name": "empirical", "values": []}, SHARE, ["must be a list of numbers, not []"]),
        (
            {"name": "empirical", "values": [0.1], "weights": [0.0, 1.0]},
            SHARE,
            ["as many as `values` (1)", "one is 0;"],
        ),
    ],
)
def test_wrong_input_is_refused_with_what_is_allowed(
    given: Given, bounds: tuple[float, float], told: list[str]
) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        distribution_of(given, bounds)
    assert [part for part in told if part not in str(caught.value)] == [], str(caught.value)


def test_what_is_made_in_code_is_checked_as_well() -> None:
    from simulator.distributions.uniform import Uniform

    with pytest.raises(ValueError, match="uniform: `high` must be above `low`"):
        Uniform(1.0, 0.0)


def test_the_distributions_that_fit_follow_from_the_bounds() -> None:
    ends = ("beta", "empirical", "fixed", "pert", "triangular", "uniform")
    assert fitting(SHARE) == ends
    assert set(fitting(FACTOR)) == {*ends, "lognormal"}
    assert fitting(ANY) == distribution_names()


@pytest.mark.parametrize("unit", [*UNITS, "a unit that nobody knows"])
def test_bounds_are_what_a_number_in_the_unit_may_be(unit: str) -> None:
    low, high = bounds_of(unit)
    for end, beyond in ((low, -1e-6), (high, 1e-6)):
        if math.isfinite(end):
            assert not outside(end, unit)
            assert outside(end + beyond, unit)
        else:
            assert not outside(1e12 * math.copysign(1, end), unit)


@pytest.mark.parametrize("name", distribution_names())
def test_quantiles_come_in_the_shape_of_their_shares_however_often_each_is_asked_for(name: str) -> None:
    given: dict[str, Given] = {
        "fixed": {"value": 0.2},
        "normal": {"mean": 0.0, "sd": 1.0},
        "lognormal": {"mean": 1.0, "sd": 1.0},
        "beta": {"a": 2.0, "b": 3.0},
        "empirical": {"values": [0.2, 0.4]},
        "uniform": {"low": 0.0, "high": 1.0},
    }
    found = distribution_of({"name": name, **given.get(name, {"low": 0.0, "mode": 0.1, "high": 1.0})})
    shares = np.array([[0.3, 0.9, 0.3], [0.1, 0.3, 0.9]])
    values = found.quantile(shares)
    assert values.shape == (2, 3)
    assert [[one.item() for one in row] for row in values] == [
        [found.quantile(np.array([share])).item() for share in row] for row in shares
    ]
    assert found.quantile(np.empty((0, 2))).shape == (0, 2)


def test_an_empirical_value_is_one_of_the_list_and_as_frequent_as_its_weight() -> None:
    found = distribution_of({"name": "empirical", "values": [3.0, 1.0, 2.0], "weights": [1.0, 1.0, 2.0]}, ANY)
    shares = np.array([1e-12, 0.25, 0.2500001, 0.75, 0.7500001, 1 - 1e-12])
    assert found.quantile(shares).tolist() == [1.0, 1.0, 2.0, 2.0, 3.0, 3.0]
