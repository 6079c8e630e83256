"""What a trial sees of a life, by hand."""

from __future__ import annotations

import numpy as np

from simulator.uncertainty.trials.outcomes import lives_shown, outcomes_of, stayed

WORDS = 1 << 32


def test_who_leaves_otherwise_is_in_no_employment_and_seen_no_more() -> None:
    found = outcomes_of(np.array([[70, 70]]), np.array([True, False]))
    assert found["exit_by_week_26"].tolist() == [[1.0, 0.0]]
    assert found["weeks_in_26"].tolist() == [[16.0, 0.0]]
    assert found["weeks_in_52"].tolist() == [[42.0, 0.0]]
    assert found["hazard_ratio"].tolist() == [[70.0, 70.0]]
    assert found["job"].tolist() == [[1.0, 0.0]]


def test_follow_up_ends_after_a_year() -> None:
    found = outcomes_of(np.array([[182, 183, 364, 365]]), np.array([True] * 4))
    assert found["exit_by_week_26"].tolist() == [[1.0, 0.0, 0.0, 0.0]]
    assert found["job"].tolist() == [[1.0, 1.0, 1.0, 0.0]]
    assert found["hazard_ratio"].tolist() == [[182.0, 183.0, 364.0, 364.0]]
    assert found["weeks_in_52"].tolist() == [[26.0, 181 / 7, 0.0, 0.0]]


def test_everybody_is_shown_as_drawn_where_nobody_crosses() -> None:
    treated, word = np.array([True, False]), np.array([0, 0])
    assert lives_shown(treated, word, (0.0, 0.0)).tolist() == [1, 0]
    assert lives_shown(treated, word, (1.0, 1.0)).tolist() == [0, 1]
    assert lives_shown(treated, word, (1.0, 0.0)).tolist() == [1, 1]


def test_crossing_and_losing_follow_the_word() -> None:
    treated, word = np.array([False] * 4), (np.arange(4) * WORDS) // 4
    assert lives_shown(treated, word, (0.5, 0.0)).tolist() == [1, 1, 0, 0]
    assert stayed(treated, word, (0.25, 0.9)).tolist() == [False, True, True, True]
    assert stayed(~treated, word, (0.25, 0.0)).tolist() == [True] * 4
