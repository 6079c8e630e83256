"""Shares that an incidence moves, by hand and for any incidence, and which conversation is the first of a spell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.demand import rules
from simulator.infection import away_share, moved_by
from simulator.streams import WORD_RANGE
from tests.property.scenes import christmas

WORD = st.integers(0, WORD_RANGE - 1)
INCIDENCE = st.floats(0, 100_000)


def away(incidence: float, *sets: str) -> float:
    """Return the share of appointments that illness or isolation keeps from being held."""
    return float(away_share(christmas(*sets).baseline, np.array([incidence]))[0])


def test_half_of_the_most_is_moved_at_the_half() -> None:
    found = moved_by(np.array([0.0, 500.0, 1500.0]), 0.8, 500.0)
    assert found.tolist() == pytest.approx([0.0, 0.4, 0.6])


@given(low=INCIDENCE, high=INCIDENCE, most=st.floats(0, 1))
def test_more_incidence_moves_more_and_never_more_than_the_most(low: float, high: float, most: float) -> None:
    first, last = moved_by(np.array(sorted((low, high))), most, 500.0).tolist()
    assert 0 <= first <= last <= most


def test_who_is_away_by_hand() -> None:
    """700 in seven days are 100 a day of 100,000: 0.001, found by half 0.002; x 2 persons x 7 days x 2 sides: 0.056."""
    sets = [f"infection.illness.{said}" for said in ("found_share=0.5", "contacts_per_case=1", "days_away=7")]
    assert away(700, *sets, "infection.illness.caseworker_factor=1") == pytest.approx(0.056 / 1.056)
    assert away(700, *sets, "infection.illness.caseworker_factor=0") == pytest.approx(0.028 / 1.028)
    assert away(0, *sets) == 0


def test_no_incidence_keeps_more_than_all_away() -> None:
    assert 0.9 < away(100_000, "infection.illness.found_share=0.05") < 1


@given(began=WORD, moved=st.integers(0, 3 * WORD_RANGE))
def test_one_fell_due_before_where_the_position_has_passed_a_whole(began: int, moved: int) -> None:
    """Told from the position of the first simulated day alone, whatever it was when the spell began."""
    position = rules.moved_on(began, 1, moved)
    phase = rules.part_of_a_conversation(position)
    assert bool(rules.had_one_before(phase, moved)) is (rules.whole_conversations(position) >= 1)
