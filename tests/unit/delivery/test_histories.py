"""Histories by hand: how many conversations a person had before, in which week of the spell, and how late."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from simulator.delivery import rules
from simulator.delivery.fates import fates_of
from simulator.delivery.histories import HISTORY_AXES, SHARE_SHAPE, history_cells, history_shape
from tests.unit.delivery.made_up_outcomes import HELD, JOB, LAPSED, SPAN, TYPES, WAIT, Fate, delivery_of

PHYSICAL, PHONE, NOT_HELD = rules.PHYSICAL, rules.PHONE, rules.NO_FORM
CV = TYPES.index("cv_samtale")
BEGAN = -70
"""The spell is in week 10 on day 0."""


def told(baseline: list[Fate], proposal: list[Fate], before: tuple[int, ...] = (0,)) -> list[tuple[int, ...]]:
    """Return (form, form, history, history) of the arms, each history as (held before, week, weeks late)."""
    starts = [BEGAN] * len(before)
    delivery = delivery_of(baseline, proposal, starts)
    cells = history_cells(fates_of(delivery.demands, delivery.outcomes), np.array(before), SPAN)
    assert cells.axes == HISTORY_AXES
    assert cells.shape == history_shape(SPAN)
    columns = [cells.column(axis).tolist() for axis in ("baseline", "proposal", *HISTORY_AXES[-2:])]
    apart = [[tuple(int(n) for n in np.unravel_index(one, SHARE_SHAPE)) for one in column] for column in columns[2:]]
    rows = zip(*columns[:2], *apart, cells.total.tolist(), strict=True)
    return [row[:-1] for row in sorted(rows) for _ in range(row[-1])]


def test_a_history_holds_its_three_parts_and_what_has_no_room_counts_as_the_most() -> None:
    assert np.unravel_index(rules.history_of(3, 71, 2), SHARE_SHAPE) == (3, 10, 2)
    assert np.unravel_index(rules.history_of(0, 0, 0), SHARE_SHAPE) == (0, 0, 0)
    assert np.unravel_index(rules.history_of(70, 7000, 70), SHARE_SHAPE) == tuple(most - 1 for most in SHARE_SHAPE)
    assert rules.history_of(0, -3, 0) == 0


def test_the_first_is_held_on_its_day_and_the_second_a_fortnight_late() -> None:
    """Due on days 7 and 28, held on days 7 and 42: the second has one before it, in week 16 of the spell."""
    fates = [Fate(0, 7, closed=7), Fate(0, 28, closed=42, number=1)]
    assert told(fates, fates) == [
        (PHYSICAL, PHYSICAL, (0, 11, 0), (0, 11, 0)),
        (PHYSICAL, PHYSICAL, (1, 16, 2), (1, 16, 2)),
    ]


def test_what_was_owed_before_the_first_day_counts_as_held_in_both_arms() -> None:
    fates = [Fate(0, 7, closed=7), Fate(1, 7, closed=7)]
    assert [row[2][0] for row in told(fates, fates, before=(4, 0))] == [0, 4]


def test_conversations_of_all_types_count_in_the_order_of_their_days() -> None:
    """A job conversation on day 9 comes after the CV conversation of day 8, and before that of day 10."""
    fates = sorted(
        [Fate(0, 9, closed=9), Fate(0, 8, closed=8, type=CV), Fate(0, 10, closed=10, type=CV, number=1)],
        key=lambda fate: (fate.type, fate.number),
    )
    found = {row[2] for row in told(fates, fates)}
    assert found == {(0, 11, 0), (1, 11, 0), (2, 11, 0)}


def test_of_two_on_one_day_the_later_type_has_one_more_before_it() -> None:
    fates = sorted([Fate(0, 9, closed=9), Fate(0, 9, closed=9, type=CV)], key=lambda fate: fate.type)
    assert sorted(row[2][0] for row in told(fates, fates)) == [0, 1]


@pytest.mark.parametrize("state", [rules.CANCELLED_RULE, rules.CANCELLED_REPLACED, rules.CANCELLED_TRIES])
def test_one_that_is_cancelled_makes_the_next_late_by_the_time_between_them(state: int) -> None:
    """Due on days 7 and 28 and held on its day: three weeks after the meeting was planned."""
    cancelled = [Fate(0, 7, state, closed=9), Fate(0, 28, closed=28, number=1)]
    assert told(cancelled, cancelled) == [(PHYSICAL, PHYSICAL, (0, 14, 3), (0, 14, 3))]


def test_one_on_its_day_after_a_late_one_is_not_late() -> None:
    fates = [Fate(0, 7, closed=27), Fate(0, 28, closed=28, number=1)]
    assert [row[2][2] for row in told(fates, fates)] == [2, 0]


def test_lateness_is_told_type_by_type() -> None:
    """The CV conversation was never held; the job conversation on its day is not late for that."""
    fates = sorted(
        [Fate(0, 7, LAPSED, closed=9, type=CV), Fate(0, 28, closed=28)], key=lambda fate: (fate.type, fate.number)
    )
    assert told(fates, fates) == [(PHYSICAL, PHYSICAL, (0, 14, 0), (0, 14, 0))]


def test_each_arm_has_its_own_history_and_none_where_it_does_not_hold() -> None:
    """The proposal cancels the first, holds the second by phone and misses the third."""
    days = (7, 28, 49)
    baseline = [Fate(0, day, closed=day, number=at) for at, day in enumerate(days)]
    proposal = [
        Fate(0, 7, rules.CANCELLED_RULE, closed=7),
        Fate(0, 28, closed=28, form=PHONE, number=1),
        Fate(0, 49, WAIT, number=2),
    ]
    assert told(baseline, proposal) == [
        (PHYSICAL, PHONE, (1, 14, 0), (0, 14, 3)),
        (PHYSICAL, NOT_HELD, (0, 11, 0), (0, 0, 0)),
        (PHYSICAL, NOT_HELD, (2, 17, 0), (0, 0, 0)),
    ]


def test_what_is_held_in_neither_arm_has_no_history() -> None:
    fates = [Fate(0, 7, LAPSED, closed=9)]
    assert told(fates, fates) == []


def test_the_conversations_of_another_person_do_not_count() -> None:
    fates = [Fate(person, 7 + 7 * person, closed=7 + 7 * person, type=JOB) for person in range(3)]
    assert [row[2][0] for row in told(fates, fates, before=(0, 0, 0))] == [0, 0, 0]


def test_weeks_late_are_whole_weeks() -> None:
    assert [rules.weeks_late(day, 10) for day in (10, 16, 17, 23, 24)] == [0, 0, 1, 1, 2]
    assert all(a <= b for a, b in pairwise(rules.weeks_late(day, 0) for day in range(60)))
    assert HELD == rules.HELD
