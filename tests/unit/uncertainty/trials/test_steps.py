"""What a plan of a stepped wedge foretells, and what is no plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simulator.uncertainty.trials.steps import wedge_variance, wedge_variance_unequal

PLAN = [[0, 1, 1], [0, 0, 1]]


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: wedge_variance([], 1, 1), "the plan must say"),
        (lambda: wedge_variance([0, 1], 1, 1), "the plan must say"),
        (lambda: wedge_variance([[0, 2]], 1, 1), "the plan must say"),
        (lambda: wedge_variance([[0, 0.5], [0, 1]], 1, 1), "treated or not in this formula"),
        (lambda: wedge_variance(PLAN, 0, 1), "a variance of 0 within cells; allowed: above 0"),
        (lambda: wedge_variance(PLAN, 1, -1), "a variance of -1 between clusters; allowed: at least 0"),
        (lambda: wedge_variance([[0, 1], [0, 1]], 1, 1), "some clusters must step over before others"),
        (lambda: wedge_variance([[0, 0], [0, 0]], 1, 1), "some clusters must step over before others"),
        (lambda: wedge_variance_unequal(PLAN, [[1, 2], [3, 4]], 1), "persons of shape"),
        (lambda: wedge_variance_unequal(PLAN, [[1, 2, -1], [3, 4, 5]], 1), "none may be below 0"),
        (lambda: wedge_variance_unequal(PLAN, [[1, 2, 3], [3, 4, 5]], 0), "within cells"),
        (lambda: wedge_variance_unequal(PLAN, [[1, 2, 3], [3, 4, 5]], 1, 1, -1), "of clusters in a period"),
        (lambda: wedge_variance_unequal([[0, 1], [0, 1]], [[3, 3], [4, 4]], 1), "before others do"),
        (lambda: wedge_variance_unequal(PLAN, [[1, 0, 3], [3, 0, 5]], 1), "before others do"),
    ],
)
def test_what_is_no_plan_is_refused(ask: Callable[[], float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ask()


def test_a_cell_without_persons_tells_nothing_and_disturbs_nothing() -> None:
    plan, persons = [[0, 1, 1, 1], [0, 0, 1, 1], [0, 0, 0, 1]], [[9, 9, 9], [9, 9, 9], [9, 9, 9]]
    without = wedge_variance_unequal([row[:3] for row in plan], persons, 4.0, 0.2)
    assert wedge_variance_unequal(plan, [[*row, 0] for row in persons], 4.0, 0.2) == pytest.approx(without)
    assert wedge_variance_unequal(plan, [[*row, 5] for row in persons], 4.0, 0.2) < without


def test_what_a_cluster_has_in_a_period_alone_costs() -> None:
    persons = [[100, 100, 100], [100, 100, 100]]
    assert wedge_variance_unequal(PLAN, persons, 1.0, period_variance=0.01) == pytest.approx(
        2 * wedge_variance_unequal(PLAN, persons, 1.0)
    )
