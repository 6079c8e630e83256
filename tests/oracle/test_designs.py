"""Designs beside what others publish: the Sobol sequence of scipy, and the error that theory gives."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.draws.designs import design_points
from simulator.draws.designs.sobol import _sequence

TABLES = 60


@pytest.mark.parametrize("levels", [1, 6, 9])
def test_the_sobol_sequence_is_that_of_scipy(levels: int) -> None:
    """Its points come in another order (of a Gray code), so they are compared as sets."""
    from scipy.stats import qmc

    theirs = qmc.Sobol(d=512, scramble=False).random(1 << levels)
    ours = np.stack([_sequence(dimension, levels) for dimension in range(512)], axis=1) / (1 << levels)
    assert sorted(map(tuple, theirs.tolist())) == sorted(map(tuple, ours.tolist()))


def errors_of(name: str, count: int) -> float:
    """Return the root mean square error of the mean of a smooth figure of four values whose mean is 1."""
    points = [design_points(name, count, list("abcd"), seed) for seed in range(TABLES)]
    means = [np.prod(1 + (one - 0.5), axis=1).mean() for one in points]
    return float(np.sqrt(np.mean((np.array(means) - 1) ** 2)))


def test_the_mean_over_scrambled_sobol_points_is_far_more_exact() -> None:
    """Error about count**-1.5 for scrambled nets, count**-0.5 for random points (here 0.61 / sqrt(count)).

    The root mean square of 60 errors is off by 9 per cent (one standard error); the bounds lie 4 of them away.
    """
    few, many = errors_of("sobol", 64), errors_of("sobol", 1024)
    random, hypercube = errors_of("random", 1024), errors_of("latin_hypercube", 1024)
    assert random == pytest.approx(np.sqrt((13 / 12) ** 4 - 1) / 32, rel=0.36)
    assert many < hypercube / 3
    assert hypercube < random / 2
    assert few / many > 20, "sixteen times the points: 64 times the exactness in theory, 4 times for random ones"


def test_a_scrambled_point_is_uniform_and_pairs_of_columns_are_independent() -> None:
    """Point 5 over 4,000 scramblings: the mean of a uniform has standard error 0.0046, a correlation 0.016 (4 each)."""
    points = np.array([design_points("sobol", 8, ["a", "b"], seed)[5] for seed in range(4000)])
    assert np.abs(points.mean(axis=0) - 0.5).max() < 4 * 0.0046
    assert np.abs((points**2).mean(axis=0) - 1 / 3).max() < 4 * 0.0047
    assert abs(np.corrcoef(points.T)[0, 1]) < 4 * 0.016
