"""Scoring rules, against numbers by hand and against their definition as an integral."""

from __future__ import annotations

import math

import pytest

from simulator.forecast.rules import crps_normal, interval_score


@pytest.mark.parametrize(("came", "score"), [(100, 20), (90, 20), (112, 20 + 40 * 2), (85, 20 + 40 * 5)])
def test_the_interval_score_is_the_width_and_a_fine_for_what_lies_outside(came: float, score: float) -> None:
    """A range of 95 per cent fines 2 / 0.05 = 40 times the distance."""
    assert interval_score(90, 110, 0.95, came) == pytest.approx(score)


def test_crps_of_a_normal_number_by_hand() -> None:
    """At the mean sqrt(2/pi) - 1/sqrt(pi) = 0.2337; at one deviation 0.6827 + 0.4839 - 0.5642 = 0.6024."""
    assert crps_normal(0, 1, 0) == pytest.approx(0.233695, abs=1e-6)
    assert crps_normal(0, 1, 1) == pytest.approx(0.602441, abs=1e-6)
    assert crps_normal(500, 10, 510) == pytest.approx(6.02441, abs=1e-5)
    assert crps_normal(500, 0, 510) == 10


def test_crps_is_the_integral_of_the_squared_distance_between_distributions() -> None:
    mean, sd, came, step = 3.0, 2.0, 4.5, 0.001
    points = [-17 + step * (at + 0.5) for at in range(int(40 / step))]
    below = [0.5 * (1 + math.erf((point - mean) / sd / math.sqrt(2))) for point in points]
    area = sum((share - (point >= came)) ** 2 for point, share in zip(points, below, strict=True)) * step
    assert crps_normal(mean, sd, came) == pytest.approx(area, abs=1e-4)
