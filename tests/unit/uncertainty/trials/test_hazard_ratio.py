"""Hazard ratios: what they refuse, and what does not change them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from simulator.uncertainty.trials.compared import Compared
from simulator.uncertainty.trials.hazard_ratio import log_hazard_ratio, piecewise_log_ratio, spells_of

DAYS, EVENT, TREATED = [1, 3, 4, 7, 2, 2, 5, 6], [1, 1, 0, 1, 1, 1, 1, 0], [0, 0, 0, 0, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: log_hazard_ratio([], [], []), "one a person"),
        (lambda: log_hazard_ratio([1.5, 2], [1, 1], [0, 1]), "days must be whole numbers"),
        (lambda: log_hazard_ratio([-1, 2], [1, 1], [0, 1]), "none below 0"),
        (lambda: log_hazard_ratio([1, 2, 3], [1, 1], [0, 1]), "3 days for 2 persons"),
        (lambda: log_hazard_ratio([1, 2], [1, 2], [0, 1]), "an exit is seen or not"),
        (lambda: log_hazard_ratio([1, 2], [1, 1], [0, 3]), "treated or not"),
        (lambda: log_hazard_ratio([1, 2], [1, 0], [0, 1]), "1 exits of control and 0 of treated; each arm must have"),
        (lambda: log_hazard_ratio([1, 1, 5, 6], [1, 1, 1, 1], [0, 0, 1, 1]), "no finite hazard ratio fits"),
        (lambda: log_hazard_ratio(DAYS, EVENT, TREATED, [1, 2, 3]), "3 labels of clusters for 8 persons"),
        (lambda: log_hazard_ratio(DAYS, EVENT, TREATED, [1, 1, 1, 1, 2, 2, 3, 3]), "one cluster alone"),
        (lambda: log_hazard_ratio(DAYS, EVENT, TREATED, alpha=0), "alpha is 0"),
        (lambda: piecewise_log_ratio(DAYS, EVENT, TREATED, 0), "width_days is 0; allowed: at least 1"),
    ],
)
def test_what_has_no_ratio_is_refused(ask: Callable[[], Compared], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ask()


def test_who_leaves_on_a_day_is_there_that_day() -> None:
    spells = spells_of([0, 2, 2, 3], [1, 0, 1, 1], [0, 0, 1, 1])
    assert spells.there.tolist() == [[2, 1, 1, 0], [2, 2, 2, 1]]
    assert spells.left.tolist() == [[1, 0, 0, 0], [0, 0, 1, 1]]


def test_days_without_exits_change_nothing() -> None:
    """Cox asks only for the order of exits."""
    found = log_hazard_ratio(DAYS, EVENT, TREATED)
    later = log_hazard_ratio(np.array(DAYS) * 10, EVENT, TREATED)
    assert later.estimate == pytest.approx(found.estimate)
    assert later.std_error == pytest.approx(found.std_error)


def test_who_is_last_seen_before_the_first_exit_changes_nothing() -> None:
    found = log_hazard_ratio([day + 5 for day in DAYS], EVENT, TREATED)
    more = log_hazard_ratio([day + 5 for day in DAYS] + [2, 3], [*EVENT, 0, 0], [*TREATED, 0, 1])
    assert more == found
