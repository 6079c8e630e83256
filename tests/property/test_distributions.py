"""Laws of every distribution, on numbers chosen at random."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.distributions import Distribution, distribution_names, distribution_of

CELLS = 20_000
EDGE = 1e-12
SHAPES = st.floats(0.8, 40.0)
"""Below 0.8 most of a beta distribution lies so near its ends that the midpoint rule no longer sees it."""


@st.composite
def distributions(draw: st.DrawFn, names: tuple[str, ...] = distribution_names()) -> Distribution:
    """Return any distribution, in any of its forms."""
    low = draw(st.floats(-1e6, 1e6))
    wide = draw(st.floats(1e-3, 1e6))
    inside = low + wide * draw(st.floats(0, 1))
    spread = draw(st.floats(0.01, 1.5))
    values = draw(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8))
    weights = draw(st.lists(st.floats(0.01, 10.0), min_size=len(values), max_size=len(values)))
    corners = {"low": low, "mode": min(inside, low + wide), "high": low + wide}
    ends = {"low": low, "high": low + wide}
    interval = draw(st.floats(0.4, 0.999))
    small = draw(st.floats(0.001, 0.5))
    forms = {
        "fixed": [{"value": low}],
        "uniform": [ends, {"mean": low, "sd": wide}],
        "triangular": [corners],
        "pert": [corners],
        "normal": [{"mean": low, "sd": wide}, {**ends, "interval": interval}],
        "lognormal": [
            {"log_mean": low / 1e5, "log_sd": spread},
            {"mean": wide, "sd": wide * spread},
            {"low": wide, "high": wide * (1 + small), "interval": interval},
        ],
        "beta": [{"a": draw(SHAPES), "b": draw(SHAPES), **ends}, {"low": small, "high": small + 0.2, "interval": 0.95}],
        "empirical": [{"values": values}, {"values": values, "weights": weights}],
    }
    name = draw(st.sampled_from(names))
    return distribution_of({"name": name, **draw(st.sampled_from(forms[name]))})


@settings(max_examples=60)
@given(distributions(), st.lists(st.floats(EDGE, 1 - EDGE), min_size=2, max_size=50))
def test_more_of_it_lies_below_a_larger_value_and_all_of_it_in_the_support(one: Distribution, at: list[float]) -> None:
    shares = np.sort(np.array([EDGE, *at, 1 - EDGE]))
    values = one.quantile(shares)
    low, high = one.support
    slack = 1e-9 * max(1.0, abs(values).max())
    assert np.isfinite(values).all()
    assert (np.diff(values) >= -slack).all()
    assert values.min() >= low - slack
    assert values.max() <= high + slack


@settings(max_examples=60)
@given(distributions())
def test_mean_and_sd_are_those_of_the_quantiles(one: Distribution) -> None:
    """Both are integrals of the quantile over all shares: the midpoint rule on cells that grow finer towards the ends.

    A share u = t^3 (10 - 15 t + 6 t^2) lies ever denser where the quantile of an unbounded distribution runs away.
    """
    t = (np.arange(CELLS) + 0.5) / CELLS
    values, weights = one.quantile(t**3 * (10 - 15 * t + 6 * t**2)), 30 * t**2 * (1 - t) ** 2 / CELLS
    mean = float(values @ weights)
    rounding = 1e-9 * abs(one.mean) + 1e-12
    assert mean == pytest.approx(one.mean, abs=3e-3 * one.sd + rounding)
    spread = math.sqrt(float((values - one.mean) ** 2 @ weights))
    assert spread == pytest.approx(one.sd, rel=5e-3, abs=rounding)


@settings(max_examples=60)
@given(distributions())
def test_it_is_made_again_from_its_description(one: Distribution) -> None:
    assert distribution_of(one.described()) == one


@settings(max_examples=60)
@given(distributions(("uniform", "triangular", "pert", "beta", "empirical")))
def test_what_fits_its_own_support_is_refused_by_anything_narrower(one: Distribution) -> None:
    low, high = one.support
    assert distribution_of(one.described(), (low, high)) == one
    with pytest.raises(ValueError, match="nothing is cut off"):
        distribution_of(one.described(), (low + 1e-6 * max(1.0, abs(low)), math.inf))


@given(st.floats(-1e3, 1e3), st.floats(1e-6, 1e3), st.floats(-1e3, 1e3))
def test_a_normal_distribution_is_refused_wherever_there_is_a_bound(mean: float, sd: float, end: float) -> None:
    for bounds in ((end, math.inf), (-math.inf, end), (end, end + 1)):
        with pytest.raises(ValueError, match="nothing is cut off"):
            distribution_of({"name": "normal", "mean": mean, "sd": sd}, bounds)
