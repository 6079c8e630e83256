"""Sizes of trials refuse what has no size, and load nothing to be asked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

import simulator.uncertainty
from simulator.uncertainty.trials import sizes


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: sizes.n_two_proportions(1.2, 0.5), "p1 is 1.2; allowed: a share, 0 to 1"),
        (lambda: sizes.n_two_proportions(0.5, -0.1), "p2 is -0.1; allowed: a share, 0 to 1"),
        (lambda: sizes.n_two_proportions(0.5, float("nan")), "p2 is nan; allowed: a share"),
        (lambda: sizes.n_two_proportions(0.5, 0.5), "must differ"),
        (lambda: sizes.n_two_proportions(0.5, 0.4, power=1.0), "power is 1; allowed: above alpha, which is 0.05"),
        (lambda: sizes.n_two_proportions(0.5, 0.4, power=0.05), "power is 0.05; allowed: above alpha"),
        (lambda: sizes.n_two_proportions(0.5, 0.4, alpha=0.0), "alpha is 0; allowed: above 0 and below 1"),
        (lambda: sizes.power_two_proportions(0, 0.5, 0.4), "n is 0; allowed: a number above 0"),
        (lambda: sizes.power_two_proportions(float("inf"), 0.5, 0.4), "n is inf; allowed: a number above 0"),
        (lambda: sizes.detectable_proportion(100, 1.0), "p1 is 1; allowed: a share above 0 and below 1"),
        (lambda: sizes.detectable_proportion(-3, 0.5), "n is -3"),
        (lambda: sizes.n_two_means(0, 1), "difference is 0, and must be another number"),
        (lambda: sizes.n_two_means(1, 0), "sd is 0; allowed: a number above 0"),
        (lambda: sizes.n_two_means(1, 1, ratio=0), "ratio is 0"),
        (lambda: sizes.power_of(float("inf"), 1.0), "difference is inf; allowed: a number"),
        (lambda: sizes.power_of(1.0, 0.0), "std_error is 0; allowed: a number above 0"),
        (lambda: sizes.detectable(-1.0), "std_error is -1"),
        (lambda: sizes.schoenfeld_events(0), "hr is 0; allowed: a hazard ratio above 0"),
        (lambda: sizes.schoenfeld_events(1), "hr is 1, and must be another number"),
        (lambda: sizes.schoenfeld_events(2, share=1), "share is 1; allowed: above 0 and below 1"),
        (lambda: sizes.power_schoenfeld(0, 2), "events is 0"),
        (lambda: sizes.design_effect(0.5, 0, 0.02), "mean_size is 0.5; allowed: a number of persons, at least 1"),
        (lambda: sizes.design_effect(50, -1, 0.02), "cv is -1; allowed: a number, at least 0"),
        (lambda: sizes.design_effect(50, 0, 2), "icc is 2; allowed: a share, 0 to 1"),
    ],
)
def test_what_has_no_size_is_refused(ask: Callable[[], float], says: str) -> None:
    with pytest.raises(ValueError, match=says.replace(".", r"\.")):
        ask()


def test_no_effect_is_found_as_often_as_the_level_says() -> None:
    assert sizes.power_of(0.0, 2.0, alpha=0.1, both_tails=True) == pytest.approx(0.1)
    assert sizes.power_two_proportions(50, 0.3, 0.3, both_tails=True) == pytest.approx(0.05)
    assert sizes.power_two_means(50, 0.0, 1.0, both_tails=True) == pytest.approx(0.05)
    assert sizes.power_schoenfeld(50, 1.0, both_tails=True) == pytest.approx(0.05)
    assert sizes.power_schoenfeld(50, 1.0) == pytest.approx(0.025)


def test_shares_that_are_certain_are_told_apart_by_a_few() -> None:
    assert sizes.power_two_proportions(10, 0.0, 1.0) == 1.0
    assert sizes.power_two_proportions(1, 0.0, 1.0) == 0.0
    assert sizes.power_two_proportions(10, 1.0, 1.0) == 0.0


def test_a_trial_that_is_too_small_finds_no_share() -> None:
    assert sizes.detectable_proportion(3, 0.5) is None
    assert sizes.detectable_proportion(300, 0.9) is not None
    assert sizes.detectable_proportion(20, 0.9) is None
    below = sizes.detectable_proportion(20, 0.9, above=False)
    assert below is not None
    assert sizes.power_two_proportions(20, 0.9, below) == pytest.approx(0.8)


def test_the_room_shows_the_sizes_and_loads_nothing_for_them() -> None:
    assert {"n_two_proportions", "schoenfeld_events", "design_effect"} <= set(simulator.uncertainty.__all__)
    code = "import sys, simulator.uncertainty; assert not {'numpy', 'scipy', 'pandas'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
