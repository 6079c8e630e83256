"""The reference engine on hand-made cases: order, minutes, debt, lapse, no-show, and what replaces what."""

from __future__ import annotations

import pytest

from simulator.delivery import rules
from simulator.delivery.outcome import OPEN
from simulator.delivery.reference import run_place
from tests.engines.hand_made import NO, YES, House, Talk, conditions_of, held_days, run, task_of

MISSED = (NO, NO, NO, YES)
SELDOM = 1e-9
"""A share of no-show that catches the word 0 and, in these cases, no second try."""


def test_what_falls_due_on_a_meeting_day_is_held_that_day_when_there_is_room() -> None:
    assert held_days(House(), Talk(1, due=0), Talk(2, due=4), Talk(3, due=7)) == [0, 4, 7]


def test_the_next_conversation_starts_while_a_minute_is_left() -> None:
    """240 minutes: 80 + 80 + 80 leave nothing for a fourth; 241 leave one minute, and the fourth starts."""
    four = [Talk(person, due=0) for person in range(4)]
    assert held_days(House(a_day=240), *four) == [0, 0, 0, 1]
    assert held_days(House(a_day=241), *four) == [0, 0, 0, 0]


def test_the_overrun_is_a_debt_of_the_next_meeting_day() -> None:
    """100 minutes: two talks take 160, debt 60; Tuesday has 40, one talk (80), debt 40; Wednesday has 60, one."""
    talks = [Talk(person, due=0) for person in range(4)]
    assert held_days(House(a_day=100), *talks) == [0, 0, 1, 2]


def test_a_debt_waits_over_the_weekend_and_may_take_a_whole_day() -> None:
    """Friday: 1 minute, a talk of 80, debt 79. Monday has 79 - 79 = 0: nobody. Tuesday has 79: one talk."""
    row = [0] * 28
    row[4], row[7], row[8] = 1, 79, 79
    house = House(minutes=(tuple(row),))
    assert held_days(house, Talk(1, due=4), Talk(2, due=4)) == [4, 8]


def test_a_debt_larger_than_a_day_runs_on() -> None:
    """Debt 79 after Friday; 30 minutes a day: 49, 19 owed; on the third day 11 are left, and a talk starts."""
    row = [0] * 28
    row[4] = 1
    row[7:12] = [30] * 5
    assert held_days(House(minutes=(tuple(row),)), Talk(1, due=4), Talk(2, due=4)) == [4, 9]


def test_unused_minutes_are_lost() -> None:
    """Nobody on Monday; on Tuesday three talks, 80 minutes: one a day, as if Monday had not been."""
    talks = [Talk(person, due=1) for person in range(3)]
    assert held_days(House(a_day=80), *talks) == [1, 2, 3]


def test_the_queue_stands_by_priority_then_due_day_then_person() -> None:
    house = House(a_day=80, priority=(1, 0))
    late_but_first = Talk(9, due=1, type=1)
    talks = [Talk(2, due=0), Talk(1, due=0), Talk(0, due=1), late_but_first]
    assert held_days(house, *talks) == [2, 0, 3, 1]


def test_an_earlier_due_day_goes_before_a_smaller_person() -> None:
    talks = [Talk(5, due=0), Talk(6, due=0), Talk(1, due=1)]
    assert held_days(House(a_day=80), *talks) == [0, 1, 2]


def test_conversations_of_one_person_on_one_day_stand_by_type() -> None:
    assert held_days(House(a_day=80), Talk(1, due=0, type=1), Talk(1, due=0), Talk(2, due=0)) == [1, 0, 2]


@pytest.mark.parametrize("again", [0, 1])
def test_a_second_try_and_a_first_one_of_the_same_person_and_day_stand_by_type(again: int) -> None:
    """One was missed on day 0 and comes again on day 7, when the other falls due: type 0 goes first either way."""
    talks = [
        Talk(1, due=7 * (kind != again), type=kind, words=MISSED if kind == again else (NO,) * 4) for kind in (0, 1)
    ]
    assert held_days(House(a_day=80, no_show=SELDOM), *talks) == [7, 8]


def test_the_head_is_never_skipped_for_a_shorter_one() -> None:
    """The first is physical (80), the second would be a call (65): the order is that of the queue."""
    calls = (YES, NO, NO, NO)
    house = House(a_day=80, exception=0.5)
    assert held_days(house, Talk(1, due=0), Talk(2, due=0, words=calls)) == [0, 1]


def test_a_call_is_shorter_so_a_fourth_fits() -> None:
    """65 + 65 + 65 = 195 of 200 minutes leave 5 for a fourth; 80 + 80 + 80 leave none."""
    calls = [Talk(person, due=0, words=(YES, NO, NO, NO)) for person in range(4)]
    outcome = run(House(a_day=200, exception=0.5), *calls)
    assert outcome.closed == [0] * 4
    assert outcome.worked_minutes == [260]


def test_offices_have_minutes_of_their_own() -> None:
    house = House(a_day=80, office_of_type=(0, 1))
    outcome = run(house, Talk(1, due=0), Talk(1, due=0, type=1))
    assert outcome.closed == [0, 0]
    assert outcome.worked_minutes == [80, 80]


def test_one_who_has_left_is_dropped_at_the_moment_of_service_and_takes_no_minutes() -> None:
    """Person 1 leaves on day 1 and is next in line then: dropped, and person 2 has the same minutes."""
    house = House(a_day=80)
    outcome = run(house, Talk(0, due=0), Talk(1, due=0, leaves=1), Talk(2, due=0))
    assert outcome.state == [rules.HELD, rules.LAPSED, rules.HELD]
    assert outcome.closed == [0, 1, 1]
    assert outcome.worked_minutes == [160]


def test_the_last_day_before_leaving_still_counts() -> None:
    assert run(House(a_day=80), Talk(0, due=0), Talk(1, due=0, leaves=2)).state == [rules.HELD, rules.HELD]


def test_who_has_left_waits_in_the_books_until_the_office_comes_to_them() -> None:
    """No minutes left on day 0 nor on the weekend: the drop is noted on Monday, when the desk opens."""
    row = [0] * 28
    row[4], row[7] = 80, 80
    outcome = run(House(minutes=(tuple(row),)), Talk(0, due=4), Talk(1, due=4, leaves=5))
    assert (outcome.state[1], outcome.closed[1]) == (rules.LAPSED, 7)


def test_a_no_show_takes_its_full_minutes_and_comes_again_seven_days_later() -> None:
    house = House(a_day=80, no_show=SELDOM)
    outcome = run(house, Talk(0, due=0, words=MISSED), Talk(1, due=0))
    assert outcome.closed == [7, 1], "the missed one filled the day; the second try is on the next Monday"
    assert outcome.no_shows == [(0, 0, rules.PHYSICAL)]
    assert outcome.worked_minutes == [240]
    assert outcome.log is not None
    assert [(day, conversation, attempt, came) for day, _, conversation, attempt, _, came in outcome.log] == [
        (0, 0, 0, 0),
        (1, 1, 0, 1),
        (7, 0, 1, 1),
    ]


def test_a_new_appointment_is_on_the_next_planned_meeting_day() -> None:
    """Day 7 (Monday) and 8 are a planned closure: the try after day 0 is on Wednesday, day 9."""
    house = House(no_show=SELDOM, closed=frozenset({7, 8}))
    assert held_days(house, Talk(0, due=0, words=MISSED)) == [9]


def test_three_days_after_a_thursday_is_a_sunday_so_the_appointment_is_on_monday() -> None:
    assert held_days(House(no_show=SELDOM, rebook_days=3), Talk(0, due=3, words=MISSED)) == [7]


def test_a_new_appointment_stands_in_line_by_its_own_day() -> None:
    """Back on day 7 behind person 9, who has been due since day 4 and waits."""
    row = [0] * 28
    row[0], row[7], row[8] = 80, 80, 80
    house = House(minutes=(tuple(row),), no_show=SELDOM)
    assert held_days(house, Talk(0, due=0, words=MISSED), Talk(9, due=4)) == [8, 7]


@pytest.mark.parametrize("tries", [1, 2, 3])
def test_a_conversation_is_given_up_when_the_tries_are_used_up(tries: int) -> None:
    house = House(no_show=1.0, tries=tries)
    outcome = run(house, Talk(0, due=0, words=MISSED))
    assert outcome.state == [rules.CANCELLED_TRIES]
    assert outcome.closed == [7 * (tries - 1)]
    assert [day for _, day, _ in outcome.no_shows] == [7 * at for at in range(tries)]
    assert outcome.worked_minutes == [80 * tries]


def test_a_new_appointment_beyond_the_span_waits() -> None:
    house = House(days=14, no_show=1.0)
    outcome = run(house, Talk(0, due=8, words=MISSED))
    assert (outcome.state, outcome.closed) == ([rules.WAITING], [OPEN])


def test_a_conversation_replaces_the_former_one_that_still_waits() -> None:
    house = House(a_day=80)
    talks = [Talk(0, due=0), Talk(1, due=0), Talk(1, due=1, number=1), Talk(2, due=0)]
    outcome = run(house, *talks)
    assert outcome.state == [rules.HELD, rules.CANCELLED_REPLACED, rules.HELD, rules.HELD]
    assert outcome.closed == [0, 1, 2, 1], "the new one stands behind person 2, who was due before it"


def test_one_who_waits_for_a_new_appointment_is_replaced_too() -> None:
    house = House(no_show=SELDOM)
    outcome = run(house, Talk(0, due=0, words=MISSED), Talk(0, due=3, number=1))
    assert outcome.state == [rules.CANCELLED_REPLACED, rules.HELD]
    assert outcome.closed == [3, 3]
    assert outcome.worked_minutes == [160], "nobody sits at the appointment of day 7"


def test_a_conversation_of_another_type_or_person_replaces_nothing() -> None:
    house = House(a_day=80)
    outcome = run(house, Talk(0, due=0), Talk(1, due=0), Talk(1, due=1, type=1), Talk(2, due=1))
    assert rules.CANCELLED_REPLACED not in outcome.state


def test_a_held_conversation_is_not_replaced() -> None:
    assert held_days(House(), Talk(1, due=0), Talk(1, due=1, number=1)) == [0, 1]


def test_the_waiting_are_counted_before_the_period_after_it_and_at_the_end() -> None:
    """One talk every Monday, four due on day 0: three wait before day 7, two after day 13, none after day 27."""
    house = House(minutes=(tuple(80 if day % 7 == 0 else 0 for day in range(28)),))
    outcome = run(house, *[Talk(person, due=0) for person in range(4)])
    assert [row[0] for row in outcome.census] == [3, 2, 0]
    assert outcome.last_day == 27


def test_an_unplanned_closure_makes_conversations_wait() -> None:
    """Due on each day of a week without minutes: all are held when the office opens, in the order they were due."""
    row = [0] * 5 + [0, 0] + [160] * 5 + [0] * 16
    talks = [Talk(person, due=person) for person in range(5)]
    assert held_days(House(minutes=(tuple(row),)), *talks) == [7, 7, 8, 8, 9]


def test_a_run_goes_on_until_the_queues_of_both_arms_have_met() -> None:
    """The proposal lets five talks a week wait from day 7; it clears one a Monday, the last on day 35."""
    weekly = tuple(400 if day % 7 == 0 and day != 7 else 0 for day in range(70))
    slow = tuple(80 if day % 7 == 0 and day != 7 else 0 for day in range(70))
    talks = [Talk(person, due=7) for person in range(4)]
    houses = [House(days=70, minutes=(row,), least_days=21) for row in (weekly, slow)]
    found = run_place([task_of(h, talks) for h in houses], [conditions_of(h) for h in houses], houses[0].span)
    assert found[0].closed == [14, 14, 14, 14]
    assert found[1].closed == [14, 21, 28, 35]
    assert [outcome.last_day for outcome in found] == [41, 41], "the whole week in which they met"


def test_a_run_whose_queues_never_meet_stops_at_the_stated_day() -> None:
    never, weekly = (0,) * 42, tuple(80 if day % 7 == 0 else 0 for day in range(42))
    houses = [House(days=42, minutes=(row,), least_days=21) for row in (weekly, never)]
    found = run_place(
        [task_of(h, [Talk(0, due=7)]) for h in houses], [conditions_of(h) for h in houses], houses[0].span
    )
    assert [outcome.last_day for outcome in found] == [41, 41]
    assert found[1].state == [rules.WAITING]
    assert [outcome.census[-1] for outcome in found] == [[0, 0], [1, 0]]


def test_a_run_with_equal_queues_stops_at_the_least_number_of_days() -> None:
    house = House(days=42, least_days=21)
    found = run_place([task_of(house, [])] * 2, [conditions_of(house)] * 2, house.span)
    assert [outcome.last_day for outcome in found] == [20, 20]


def test_the_log_stands_by_day_and_office_and_then_in_the_order_of_service() -> None:
    """Calls of the second office end before meetings of the first, and the first still stands first."""
    call = (YES, NO, NO, NO)
    talks = [Talk(0, due=1), Talk(2, due=0), Talk(1, due=0)]
    calls = [Talk(person, due=0, type=1, words=call) for person in (3, 4)]
    outcome = run(House(office_of_type=(0, 1), exception=0.5), *talks, *calls)
    assert outcome.log is not None
    assert [row[:3] for row in outcome.log] == [(0, 0, 1), (0, 0, 2), (0, 1, 3), (0, 1, 4), (1, 0, 0)]


def test_no_log_is_kept_unless_it_is_asked_for() -> None:
    assert run(House(log=False), Talk(0, due=0)).log is None
