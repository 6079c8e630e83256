"""The rules of a conversation, one sentence each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.delivery import rules
from simulator.facts.read import words
from simulator.streams import WORD_RANGE, threshold

LOW, HIGH = 0, WORD_RANGE - 1
HALF = threshold(0.5)
WORD = st.integers(0, HIGH)


@pytest.mark.parametrize(
    ("rule", "exception_word", "take_up_word", "basis"),
    [
        (rules.PHYSICAL_ONLY, HIGH, LOW, rules.ATTENDED),
        (rules.PHYSICAL_ONLY, LOW, LOW, rules.EXCEPTION),
        (rules.CHOSEN, LOW, LOW, rules.EXCEPTION),
        (rules.CHOSEN, HIGH, LOW, rules.CHOICE),
        (rules.CHOSEN, HIGH, HIGH, rules.ATTENDED),
        (rules.DIGITAL_ONLY, LOW, LOW, rules.ORDERED),
        (rules.DIGITAL_ONLY, HIGH, HIGH, rules.ORDERED),
        (rules.SUSPENDED, LOW, LOW, rules.VOLUNTARY),
        (rules.SUSPENDED, HIGH, HIGH, rules.VOLUNTARY),
    ],
)
def test_why_a_conversation_has_its_form(rule: int, exception_word: int, take_up_word: int, basis: int) -> None:
    assert rules.basis_of(rule, HALF, HALF, exception_word, take_up_word) == basis


def test_an_event_happens_when_its_word_lies_below_the_threshold_and_not_on_it() -> None:
    assert rules.basis_of(rules.PHYSICAL_ONLY, HALF, 0, HALF - 1, 0) == rules.EXCEPTION
    assert rules.basis_of(rules.PHYSICAL_ONLY, HALF, 0, HALF, 0) == rules.ATTENDED
    assert rules.basis_of(rules.CHOSEN, 0, HALF, HIGH, HALF - 1) == rules.CHOICE
    assert rules.basis_of(rules.CHOSEN, 0, HALF, HIGH, HALF) == rules.ATTENDED
    assert rules.turnout_of(HALF, 0, 0, HALF - 1) == rules.MISSED
    assert rules.turnout_of(HALF, 0, 0, HALF) == rules.CAME
    assert rules.form_of(rules.CHOICE, HALF, HALF - 1) == rules.VIDEO
    assert rules.form_of(rules.CHOICE, HALF, HALF) == rules.PHONE


@given(words=st.tuples(WORD, WORD))
def test_shares_of_none_and_of_all_are_exact(words: tuple[int, int]) -> None:
    none, all_ = threshold(0.0), threshold(1.0)
    assert rules.basis_of(rules.CHOSEN, none, none, *words) == rules.ATTENDED
    assert rules.basis_of(rules.CHOSEN, none, all_, *words) == rules.CHOICE
    assert rules.basis_of(rules.CHOSEN, all_, all_, *words) == rules.EXCEPTION
    assert rules.turnout_of(none, none, none, words[0]) == rules.CAME
    assert rules.turnout_of(all_, all_, all_, words[0]) == rules.MISSED
    assert rules.turnout_of(none, all_, none, words[0]) == rules.PUT_OFF
    assert rules.turnout_of(none, all_, all_, words[0]) == rules.CALLED_OFF


@pytest.mark.parametrize("basis", [rules.EXCEPTION, rules.CHOICE, rules.ORDERED, rules.VOLUNTARY, rules.ISOLATED])
def test_every_basis_but_attending_is_digital(basis: int) -> None:
    assert rules.form_of(basis, HALF, LOW) == rules.VIDEO
    assert rules.form_of(basis, HALF, HIGH) == rules.PHONE
    assert rules.form_of(rules.ATTENDED, HALF, LOW) == rules.PHYSICAL


def test_only_a_suspension_keeps_a_conversation_waiting_and_not_from_volunteers() -> None:
    assert not rules.may_be_held(rules.SUSPENDED, volunteers=False)
    assert rules.may_be_held(rules.SUSPENDED, volunteers=True)
    for rule in (rules.PHYSICAL_ONLY, rules.CHOSEN, rules.DIGITAL_ONLY):
        assert rules.may_be_held(rule, volunteers=False)


def test_forms_are_numbered_as_the_words_are_and_kinds_and_states_apart() -> None:
    """Tables are indexed by these numbers: forms in the order of the facts, then one for none."""
    assert [rules.PHYSICAL, rules.PHONE, rules.VIDEO, rules.NO_FORM] == [0, 1, 2, 3]
    assert list(words()["forms"]) == ["physical", "phone", "video"]
    kinds = (rules.PHYSICAL_ONLY, rules.CHOSEN, rules.DIGITAL_ONLY, rules.SUSPENDED)
    reasons = (rules.ATTENDED, rules.EXCEPTION, rules.CHOICE, rules.ORDERED, rules.VOLUNTARY, rules.ISOLATED)
    states = (rules.WAITING, rules.HELD, rules.LAPSED, rules.CANCELLED_RULE, rules.CANCELLED_REPLACED)
    assert [kinds, reasons] == [tuple(range(4)), tuple(range(6))]
    assert (*states, rules.CANCELLED_TRIES, rules.CANCELLED_ILLNESS) == tuple(range(7))
    assert tuple(range(4)) == (rules.MISSED, rules.CAME, rules.CALLED_OFF, rules.PUT_OFF)


def test_minutes_by_form() -> None:
    forms = (rules.PHYSICAL, rules.PHONE, rules.VIDEO)
    assert [rules.minutes_of(form, rules.CAME, 80, 65) for form in forms] == [80, 65, 65]
    assert [rules.minutes_of(form, rules.MISSED, 80, 65) for form in forms] == [80, 65, 65], "a no-show takes as many"
    assert [rules.minutes_of(rules.PHYSICAL, why, 80, 65) for why in (rules.CALLED_OFF, rules.PUT_OFF)] == [0, 0]


def test_one_word_parts_an_appointment_in_missed_called_off_put_off_and_come() -> None:
    """No-show 8 per cent; of the other 92, a tenth are ill; of these a quarter are called off: 8, 2.3, 6.9 and 82.8."""
    shares = (threshold(0.08), threshold(0.1), threshold(0.25))
    edges = {rules.MISSED: (0.0, 0.08), rules.CALLED_OFF: (0.08, 0.103), rules.PUT_OFF: (0.103, 0.172)}
    for turnout, (low, high) in {**edges, rules.CAME: (0.172, 1.0)}.items():
        for share in (low + 1e-6, high - 1e-6):
            assert rules.turnout_of(*shares, threshold(share)) == turnout, share


def test_only_where_somebody_chooses_the_phone_is_taken_instead_of_a_meeting_kept_off_by_illness() -> None:
    turnouts = (rules.MISSED, rules.CAME, rules.CALLED_OFF, rules.PUT_OFF)
    assert [rules.takes_the_phone(rules.CHOSEN, one) for one in turnouts] == [False, False, True, True]
    assert not any(rules.takes_the_phone(rules.PHYSICAL_ONLY, one) for one in turnouts)


def test_a_share_of_the_rest_never_goes_above_the_whole() -> None:
    """0.45 who choose, and a fifth of the other 0.55 from fear: 0.56."""
    assert rules.share_of_rest(threshold(0.45), threshold(0.2)) / WORD_RANGE == pytest.approx(0.56, abs=1e-9)
    assert rules.share_of_rest(threshold(0.45), 0) == threshold(0.45)
    assert rules.share_of_rest(threshold(0.45), threshold(1.0)) == WORD_RANGE


@pytest.mark.parametrize(
    ("called", "tells_first", "is_first", "occasion"),
    [(0, 0, False, 0), (2, 0, True, 2), (0, 1, True, 0), (0, 1, False, 1), (2, 1, True, 4), (2, 1, False, 5)],
)
def test_occasions_are_numbered_by_day_of_calling_and_then_first_before_later(
    called: int, tells_first: int, is_first: bool, occasion: int
) -> None:
    assert rules.occasion_of(called, tells_first, is_first) == occasion


def test_a_person_has_left_from_the_day_of_exit() -> None:
    assert [rules.has_left(10, day) for day in (9, 10, 11)] == [False, True, True]


def test_three_tries_are_attempts_0_1_and_2() -> None:
    assert [rules.may_try_again(attempt, 3) for attempt in (0, 1, 2)] == [True, True, False]
    assert not rules.may_try_again(0, 1)


def test_a_debt_is_taken_from_the_next_day() -> None:
    assert rules.minutes_left(240, 35) == 205
    assert rules.minutes_left(30, 79) == -49


def test_the_take_up_of_offices_is_even_around_that_of_the_country() -> None:
    """0.45 x (1 - 0.1) to 0.45 x (1 + 0.1): 0.405 to 0.495, even between, mean 0.45."""
    take_up, spread = threshold(0.45), threshold(0.1)
    words = [(2 * at + 1) * WORD_RANGE // 2000 for at in range(1000)]
    found = np.array([rules.office_take_up(take_up, spread, word) for word in words]) / WORD_RANGE
    assert rules.office_take_up(take_up, spread, LOW) / WORD_RANGE == pytest.approx(0.405, abs=1e-9)
    assert rules.office_take_up(take_up, spread, HIGH) / WORD_RANGE == pytest.approx(0.495, abs=1e-9)
    assert found.mean() == pytest.approx(0.45, abs=1e-9)
    assert np.diff(found) == pytest.approx(0.09 / 1000, abs=1e-9)


@given(word=WORD, take_up=st.floats(0, 1), spread=st.floats(0, 1))
def test_without_a_spread_offices_are_alike_and_none_falls_below_0(word: int, take_up: float, spread: float) -> None:
    assert rules.office_take_up(threshold(take_up), 0, word) == threshold(take_up)
    assert 0 <= rules.office_take_up(threshold(take_up), threshold(spread), word) <= 2 * threshold(take_up)
