"""Meetings that lead persons out, by hand: the clock of a person, the day she leaves, and what she is owed no more."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.delivery import rules
from simulator.delivery.clocks import Clock
from simulator.delivery.exits import exit_cells
from simulator.delivery.fates import fates_of
from simulator.delivery.leaving import EXIT_AXES, FORM, LOST, SAVED, Leaving, Led, exit_shape
from simulator.delivery.reference import run_place
from simulator.demand.spells import survival_of
from simulator.streams import WORD_EXIT, Purpose, counter_of, philox
from tests.engines.hand_made import CHANCE, House, Rule, Talk, conditions_of, run, task_of
from tests.unit.delivery.made_up_outcomes import GROUPS, JOB, SPAN, TYPES, Fate, delivery_of
from tests.unit.demand.made_up import scenario_of

WHOLE, ONE = rules.WHOLE, rules.BY_ITSELF
HALF = WHOLE // 2
KEPT = WHOLE - 1
"""A raise that does not fade: as much as has room."""


def days_until(survivors: int, leaving: list[int], excess: int = 0, kept: int = KEPT) -> int:
    """Return the day on which a clock that begins on day 0 with everybody alive stops."""
    clock = Clock(born=0, day=0, alive=WHOLE, survivors=survivors, excess=excess)
    assert clock.is_over(10**6, leaving, kept)
    return clock.day


def test_where_half_leaves_each_day_a_quarter_is_left_after_two() -> None:
    daily = [HALF] * 40
    assert days_until(WHOLE // 2, daily) == 1
    assert days_until(WHOLE // 4, daily) == 2
    assert days_until(WHOLE // 4 - 1, daily) == 3


def test_a_hazard_twice_as_high_leaves_a_quarter_where_half_was_left() -> None:
    """1/8 a day is 1/4 with a raise by itself: 0.75 x 0.75 = 0.5625 instead of 0.875 x 0.875 = 0.765625."""
    assert rules.next_day(WHOLE, 0, WHOLE // 8, KEPT) == (WHOLE * 7 // 8, 0)
    alive, excess = rules.next_day(WHOLE, ONE, WHOLE // 8, HALF)
    assert (alive, excess) == (WHOLE * 3 // 4, ONE // 2)
    assert rules.next_day(alive, excess, WHOLE // 8, HALF)[0] == WHOLE * 3 // 4 * 13 // 16
    assert days_until(int(WHOLE * 0.6), [WHOLE // 8] * 40) == 4, "0.875 ** 4 = 0.586"
    assert days_until(int(WHOLE * 0.6), [WHOLE // 8] * 40, ONE) == 2, "0.75 ** 2 = 0.5625"


def test_a_raise_beyond_the_whole_ends_the_spell_and_products_have_room() -> None:
    assert rules.next_day(WHOLE, rules.MOST_EXCESS, WHOLE // 2, KEPT)[0] == 0
    assert rules.next_day(WHOLE, rules.MOST_EXCESS, WHOLE, KEPT)[0] == 0
    assert WHOLE * rules.MOST_EXCESS < 1 << 63
    assert rules.pushed(rules.MOST_EXCESS - 5, 9) == rules.MOST_EXCESS
    assert rules.pushed(3, 4) == 7


def test_a_clock_that_nothing_raises_is_the_table_of_survivors() -> None:
    """Day by day the same whole numbers, so nobody leaves on another day than was drawn."""
    survival = survival_of(scenario_of("").baseline.values, "dagpenge")
    alive, leaving = survival.alive.tolist(), survival.leaving.tolist()
    assert len(leaving) == len(alive) - 1
    running = alive[0]
    for age, daily in enumerate(leaving):
        running, _ = rules.next_day(running, 0, daily, 5)
        assert running == alive[age + 1]
    words = np.array([0, 1, 10**6, 2**31, 2**32 - 1], dtype=np.uint32)
    for age in (0, 3, 100, 700):
        drawn = survival.age_at_exit(np.full(len(words), age), words)
        for word, end in zip(words.tolist(), drawn.tolist(), strict=True):
            clock = Clock(0, age, alive[age], word * alive[age] >> 32)
            assert not clock.is_over(end - 1, leaving, KEPT)
            assert clock.is_over(end, leaving, KEPT)
            assert clock.day == end


HOUSE = House(days=56, a_day=480)
SEGMENTS = len(HOUSE.span.segments)


def led(push: int, phone: int = 0, daily: int = WHOLE // 64) -> Led:
    """Return meetings that push alike in both groups, physical and by phone; an even hazard."""
    table = np.zeros((SEGMENTS, 3, 2, 2, 8), dtype=np.int64)
    table[:, 0], table[:, 1] = push, phone
    ages, running = [daily] * 200 + [WHOLE], [WHOLE]
    for leaves in ages:
        running.append(rules.next_day(running[-1], 0, leaves, 0)[0])
    return Led(Leaving(table, KEPT), [ages, ages], [running, running])


def outcome(*talks: Talk, by: Led | None):  # type: ignore[no-untyped-def]
    return run_place([task_of(HOUSE, list(talks))], [conditions_of(HOUSE)], HOUSE.span, True, by)[0]


def talks_of(person: int) -> list[Talk]:
    """Return a conversation a week; the drawn day of leaving is that of the person's word."""
    by, begun = led(0), -10
    word = philox(counter_of(1616, person, Purpose.ELAPSED), CHANCE)[WORD_EXIT]
    alive = by.alive[0]
    survivors = word * alive[10] >> 32
    leaves = next(age for age in range(10, len(alive)) if alive[age] <= survivors) + begun
    days = [day for day in range(0, 56, 7) if day < leaves]
    return [Talk(person, day, number=at, leaves=leaves, began=begun) for at, day in enumerate(days)]


PERSON = next(person for person in range(100) if 45 < talks_of(person)[0].leaves < 55)
"""Somebody who leaves late in the span if nothing leads her out."""


def test_meetings_that_push_lead_out_and_later_conversations_are_never_due() -> None:
    talks = talks_of(PERSON)
    plain, pushed = outcome(*talks, by=None), outcome(*talks, by=led(3 * ONE))
    assert plain.state == [rules.HELD] * len(talks)
    clock = pushed.clocks[PERSON]
    assert clock.day < talks[0].leaves
    for talk, state in zip(talks, pushed.state, strict=True):
        assert state == (rules.HELD if talk.due < clock.day else rules.NEVER_DUE)
    assert rules.NEVER_DUE in pushed.state
    assert pushed.worked_minutes[0] == 80 * pushed.state.count(rules.HELD)


def test_meetings_that_push_nobody_leave_no_clock() -> None:
    talks = talks_of(PERSON)
    still = outcome(*talks, by=led(0))
    assert (still.clocks, still.state) == ({}, outcome(*talks, by=None).state)


def test_a_meeting_by_phone_pushes_by_its_own_part() -> None:
    house = House(days=56, a_day=480, rules=(Rule("digital_only"),))
    talks = talks_of(PERSON)
    for push, phone, clocks in ((3 * ONE, 0, set()), (0, 3 * ONE, {PERSON})):
        found = run_place([task_of(house, talks)], [conditions_of(house)], house.span, True, led(push, phone))[0]
        assert set(found.clocks) == clocks


def test_who_waits_and_is_led_out_by_another_conversation_lapses() -> None:
    """Both are due on day 0; the second type waits for its minutes while the first leads the person out."""
    house = House(days=28, minutes=((480,) * 28, (0,) * 20 + (480,) * 8), office_of_type=(0, 1))
    talks = [Talk(0, 0, type=0, began=-10, leaves=60), Talk(0, 0, type=1, began=-10, leaves=60)]
    table = np.zeros((len(house.span.segments), 3, 2, 2, 8), dtype=np.int64)
    table[:, 0] = rules.MOST_EXCESS
    by = Led(Leaving(table, KEPT), led(0).leaving, led(0).alive)
    found = run_place([task_of(house, talks)], [conditions_of(house)], house.span, True, by)[0]
    assert found.state == [rules.HELD, rules.LAPSED]
    assert found.census[-1] == [0, 0]


def test_without_a_push_the_rest_of_the_reference_is_untouched() -> None:
    assert run(HOUSE, Talk(0, 3)).clocks == {}


def cells_of(baseline: list[Fate], proposal: list[Fate], pushes: tuple[int, int]) -> dict[tuple[int, ...], int]:
    """Return the days by (line, segment, type, group, spell class); a digital meeting pushes by the second."""
    push = np.zeros((len(SPAN.segments), 3, len(TYPES), len(GROUPS), 8), dtype=np.int64)
    push[:, 0], push[:, 1:] = pushes
    daily = [WHOLE // 64] * 400 + [WHOLE]
    running = [WHOLE]
    for leaves in daily:
        running.append(rules.next_day(running[-1], 0, leaves, 0)[0])
    groups = len(GROUPS)
    by = Led(Leaving(push, KEPT), [daily] * groups, [running] * groups)
    delivery = delivery_of(baseline, proposal, [-70])
    clocks = []
    for fates in (baseline, proposal):
        clock = Clock(-70, 0, running[70], running[250])
        for fate in sorted(fates, key=lambda fate: fate.closed):
            if fate.state == rules.HELD:
                clock.is_over(fate.closed, daily, KEPT)
                clock.excess += pushes[fate.form != rules.PHYSICAL]
        clocks.append({0: clock})
    cells = exit_cells(fates_of(delivery.demands, delivery.outcomes), (clocks[0], clocks[1]), by, SPAN)
    assert (cells.axes, cells.shape) == (EXIT_AXES, exit_shape(SPAN))
    index = np.unravel_index(cells.code, cells.shape)
    return dict(zip(zip(*(column.tolist() for column in index), strict=True), cells.total.tolist(), strict=True))


def where(line: int, day: int, spell_class: int = 2) -> tuple[int, ...]:
    return line, int(SPAN.segment_of_day[day]), JOB, 0, spell_class


FIRST, SECOND = Fate(0, 30, closed=30), Fate(0, 50, closed=50, number=1)


def by_phone(fate: Fate) -> Fate:
    return Fate(fate.person, fate.due, closed=fate.closed, form=rules.PHONE, number=fate.number)


def test_all_days_of_a_person_stand_at_the_first_conversation_that_parts_the_arms() -> None:
    """Both conversations change form; the loss stands with the first, inside the line of form."""
    found = cells_of([FIRST, SECOND], [by_phone(FIRST), by_phone(SECOND)], (ONE, 0))
    ((cell, days),) = found.items()
    assert cell == where(FORM, 30)
    assert days < 0
    once = cells_of([FIRST, SECOND], [by_phone(FIRST), SECOND], (ONE, 0))
    assert days < once[where(FORM, 30)] < 0
    second = cells_of([FIRST, SECOND], [FIRST, by_phone(SECOND)], (ONE, 0))
    assert list(second) == [where(FORM, 50)]


def test_a_conversation_held_in_one_arm_alone_is_volume() -> None:
    cancelled = Fate(0, 30, rules.CANCELLED_RULE, closed=30)
    assert list(cells_of([FIRST], [cancelled], (ONE, ONE))) == [where(LOST, 30)]
    assert list(cells_of([cancelled], [FIRST], (ONE, ONE))) == [where(SAVED, 30)]
    lost, saved = cells_of([FIRST], [cancelled], (ONE, ONE)), cells_of([cancelled], [FIRST], (ONE, ONE))
    assert sum(lost.values()) == -sum(saved.values()) < 0


def test_a_form_that_pushes_alike_parts_nothing() -> None:
    assert cells_of([FIRST], [by_phone(FIRST)], (ONE, ONE)) == {}


def test_the_same_meeting_held_later_costs_its_delay_in_the_line_of_form() -> None:
    """It counts on the day of the proposal, as in the joint table; later it has less time to lead anybody out."""
    later = Fate(0, 30, closed=44)
    found = cells_of([FIRST], [later], (ONE, ONE))
    assert list(found) == [where(FORM, 44)]
    assert sum(found.values()) < 0


@pytest.mark.parametrize("push", [0, ONE])
def test_nothing_parts_two_arms_that_are_alike(push: int) -> None:
    assert cells_of([FIRST, SECOND], [FIRST, SECOND], (push, 0)) == {}
