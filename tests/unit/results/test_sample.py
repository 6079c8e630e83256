"""Means, standard errors and controls, against figures worked out by hand."""

from __future__ import annotations

import math

import pytest

from simulator.results.sample import Sample, divided

THREE = Sample([{"kr": -9.0, "n": 3.0}, {"kr": -12.0, "n": 4.0}, {"kr": -15.0, "n": 5.0}], {"kr": -10.0, "n": 5.0})


def test_a_mean_stands_with_its_standard_error_and_its_control() -> None:
    found = THREE.estimate("kr", 1e-3)
    assert found == pytest.approx(
        {"mean": -0.012, "std_error": 0.003 / math.sqrt(3), "low": None, "high": None, "control": -0.010}
    )


def test_one_replication_has_no_standard_error() -> None:
    assert Sample([{"kr": 2.0}], {}).estimate("kr")["std_error"] is None


def test_a_figure_without_control_says_so() -> None:
    assert Sample([{"kr": 2.0}], {}).estimate("kr")["control"] is None


def test_a_ratio_is_that_of_the_means() -> None:
    found = THREE.ratio("kr", "n", -1.0)
    assert found["mean"] == 3.0
    assert found["std_error"] == 0.0, "every replication has the same ratio"
    assert found["control"] == 2.0


def test_the_error_of_a_ratio_is_that_of_its_residuals() -> None:
    found = Sample([{"top": 2.0, "n": 1.0}, {"top": 2.0, "n": 3.0}], {}).ratio("top", "n")
    # Mean ratio 1, residuals (2 - 1) / 2 and (2 - 3) / 2; their deviation is sqrt(0.5), over the root of two.
    assert found["mean"] == 1.0
    assert found["std_error"] == pytest.approx(0.5)


def test_nothing_divided_by_nothing_is_none() -> None:
    found = Sample([{"kr": 0.0, "n": 0.0}], {"kr": 0.0, "n": 0.0}).ratio("kr", "n")
    assert found == {"mean": None, "std_error": None, "low": None, "high": None, "control": None}
    assert divided(0.0, 0.0) is None


def test_there_is_no_minus_zero() -> None:
    found = Sample([{"kr": 0.0}, {"kr": 0.0}], {"kr": 0.0}).estimate("kr", -1.0)
    signs = [math.copysign(1.0, number) for number in found.values() if isinstance(number, float)]
    assert signs == [1.0, 1.0, 1.0]
