"""Stepped wedges: what they refuse, and a case without any luck."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from simulator.uncertainty.trials.compared import Compared
from simulator.uncertainty.trials.waves import step_effect

CLUSTER, PERIOD = [1, 1, 1, 2, 2, 2, 3, 3, 3], [1, 2, 3] * 3
STEPS = [0, 1, 1, 0, 0, 1, 0, 0, 0]


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: step_effect([], [], [], []), "one each a person"),
        (lambda: step_effect([1] * 9, STEPS, CLUSTER, PERIOD[:8]), "9 clusters and 8 periods for 9 persons"),
        (lambda: step_effect([1] * 9, STEPS, CLUSTER[:8], PERIOD), "8 clusters and 9 periods for 9 persons"),
        (lambda: step_effect([1] * 9, STEPS, [1.5] * 9, PERIOD), "whole numbers"),
        (lambda: step_effect([1] * 9, [0.5] * 9, CLUSTER, PERIOD), "treated or not"),
        (lambda: step_effect([1] * 9, [0] * 9, CLUSTER, PERIOD), "the plan tells no effect"),
        (lambda: step_effect([1] * 9, [0, 1, 1] * 3, CLUSTER, PERIOD), "the plan tells no effect"),
        (lambda: step_effect([1] * 9, [1, 1, 1, 0, 0, 0, 0, 0, 0], CLUSTER, PERIOD), "the plan tells no effect"),
        (lambda: step_effect([1] * 9, STEPS, CLUSTER, [4] * 9), "treated unlike"),
        (lambda: step_effect([1] * 3, [0, 1, 1], [1, 2, 3], [4] * 3), "the plan tells no effect"),
        (lambda: step_effect([1, 2, 3, 5], [0, 1, 0, 0], [1, 1, 2, 2], [1, 2, 1, 2]), "hangs on one cluster alone"),
        (lambda: step_effect(range(9), [0, 1, 1, 0, 0, 0, 0, 0, 0], CLUSTER, PERIOD), "hangs on one cluster alone"),
        (lambda: step_effect([1, 2, 3], [0, 1, 1], [1, 1, 2], [1, 1, 1]), "treated unlike"),
        (lambda: step_effect([1] * 9, STEPS, CLUSTER, PERIOD, alpha=2), "alpha is 2"),
    ],
)
def test_what_tells_no_effect_is_refused(ask: Callable[[], Compared], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ask()


def test_place_and_time_are_taken_out() -> None:
    """Whatever each cluster and each period has of its own, an effect of 2 is 2."""
    outcome = [5.0 * place + 3 * time**2 + 2 * step for place, time, step in zip(CLUSTER, PERIOD, STEPS, strict=True)]
    found = step_effect(outcome, STEPS, CLUSTER, PERIOD)
    assert found.estimate == pytest.approx(2)
    assert found.std_error == pytest.approx(0, abs=1e-9)


def test_periods_and_clusters_without_persons_are_no_matter() -> None:
    chance = np.random.default_rng(1)
    outcome = chance.normal(size=9)
    found = step_effect(outcome, STEPS, CLUSTER, PERIOD)
    moved = step_effect(outcome, STEPS, np.array(CLUSTER) * 3, np.array(PERIOD) * 2)
    assert moved.estimate == pytest.approx(found.estimate)
    assert moved.std_error == pytest.approx(found.std_error)
