"""Differences between arms: what they refuse, and what happens at the edges."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from simulator.uncertainty.trials.compared import Compared, compared_of, difference


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: difference([], []), "one each a person"),
        (lambda: difference([[1, 2]], [[0, 1]]), "one each a person"),
        (lambda: difference([1, 2, 3], [0, 1]), "one each a person"),
        (lambda: difference([1, 2, 3, math.nan], [0, 0, 1, 1]), "an outcome is not a number"),
        (lambda: difference([1, 2, 3, 4], [0, 0, 1, 2]), "treated or not"),
        (lambda: difference([1, 2, 3, 4], [0, 0, 0, 1]), "3 control and 1 treated persons; each arm must have two"),
        (lambda: difference([1, 2, 3, 4], [0, 0, 0, 0]), "4 control and 0 treated"),
        (lambda: difference([1, 2, 3, 4], [0, 0, 1, 1], [1, 2, 3]), "3 labels of clusters for 4 persons"),
        (lambda: difference([1, 2, 3, 4], [0, 0, 1, 1], [1.5, 2, 3, 4]), "whole numbers"),
        (lambda: difference([1, 2, 3, 4], [0, 0, 1, 1], [1, 1, 2, 3]), "an arm is one cluster alone"),
        (lambda: difference([1, 2, 3, 4], [0, 0, 1, 1], alpha=1.0), "alpha is 1; allowed: above 0 and below 1"),
    ],
)
def test_what_cannot_be_compared_is_refused(ask: Callable[[], Compared], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ask()


def test_outcomes_that_never_differ_are_certain() -> None:
    same = difference([3, 3, 3, 3], [0, 0, 1, 1])
    assert (same.estimate, same.std_error, same.p) == (0, 0, 1)
    apart = difference([3, 3, 5, 5], [0, 0, 1, 1], [1, 2, 3, 4])
    assert (apart.estimate, apart.low, apart.high, apart.p) == (2, 2, 2, 0)


def test_labels_of_clusters_are_names_not_numbers() -> None:
    chance = np.random.default_rng(1)
    outcome, cluster = chance.normal(size=60), np.arange(60) // 6
    treated = cluster % 2
    found = difference(outcome, treated, cluster)
    for labels in (cluster * 10**9 - 7, (cluster + 3) % 10, cluster.astype(np.uint16)):
        other = difference(outcome, treated, labels)
        assert (other.std_error, other.freedom) == pytest.approx((found.std_error, found.freedom))


def test_a_known_error_is_tested_by_the_normal_distribution() -> None:
    found = compared_of(1.959964, 1.0)
    assert found.p == pytest.approx(0.05, abs=1e-7)
    assert (found.low, found.high) == (pytest.approx(0, abs=1e-6), pytest.approx(3.919928))
    assert compared_of(1.959964, 1.0, 5.0).p == pytest.approx(0.1073, abs=1e-4)


def test_another_unit_changes_the_figures_and_not_the_test() -> None:
    found = difference([1.0, 2.0, 4.0, 6.0, 7.0, 9.0], [0, 0, 0, 1, 1, 1])
    less = found.times(-7.0)
    assert (less.estimate, less.std_error) == (-7 * found.estimate, 7 * found.std_error)
    assert (less.low, less.high) == (-7 * found.high, -7 * found.low)
    assert (less.p, less.freedom) == (found.p, found.freedom)
