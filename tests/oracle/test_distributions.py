"""Distributions beside those of scipy: every quantile, mean and standard deviation."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from simulator.distributions import Given, distribution_of

SHARES = np.array([1e-9, 0.001, 0.025, 0.2, 0.4, 0.5, 0.77, 0.975, 0.999, 1 - 1e-9])


def theirs(name: str, *shapes: float, loc: float = 0.0, scale: float = 1.0) -> Any:
    from scipy import stats

    return getattr(stats, name)(*shapes, loc=loc, scale=scale)


@pytest.mark.parametrize(
    ("given", "oracle"),
    [
        ({"name": "uniform", "low": 2.0, "high": 5.0}, ("uniform", (), 2.0, 3.0)),
        ({"name": "triangular", "low": 1.0, "mode": 2.0, "high": 6.0}, ("triang", (0.2,), 1.0, 5.0)),
        ({"name": "triangular", "low": 1.0, "mode": 6.0, "high": 6.0}, ("triang", (1.0,), 1.0, 5.0)),
        ({"name": "triangular", "low": 1.0, "mode": 1.0, "high": 6.0}, ("triang", (0.0,), 1.0, 5.0)),
        ({"name": "beta", "a": 0.9, "b": 3.0, "low": -1.0, "high": 3.0}, ("beta", (0.9, 3.0), -1.0, 4.0)),
        ({"name": "pert", "low": 1.0, "mode": 2.0, "high": 6.0}, ("beta", (1.8, 4.2), 1.0, 5.0)),
        ({"name": "normal", "mean": -2.0, "sd": 0.5}, ("norm", (), -2.0, 0.5)),
        ({"name": "lognormal", "log_mean": 1.0, "log_sd": 0.7}, ("lognorm", (0.7,), 0.0, math.e)),
    ],
)
def test_quantiles_and_moments_are_those_of_scipy(
    given: Given, oracle: tuple[str, tuple[float, ...], float, float]
) -> None:
    name, shapes, loc, scale = oracle
    other, found = theirs(name, *shapes, loc=loc, scale=scale), distribution_of(given)
    assert found.quantile(SHARES) == pytest.approx(other.ppf(SHARES), rel=1e-9, abs=1e-9)
    assert (found.mean, found.sd) == (pytest.approx(other.mean()), pytest.approx(other.std()))
    assert found.support == pytest.approx(other.support())
