"""The arithmetic of demand, by hand: each rule for one number, and the same for an array of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.demand import rules
from simulator.streams import WORD_RANGE

WHOLE, HALF, QUARTER = WORD_RANGE, WORD_RANGE // 2, WORD_RANGE // 4
"""A conversation, half of one, a quarter: 65 a year are a quarter on each of 260 meeting days."""
LAST = WORD_RANGE - 1
WORD = st.integers(0, LAST)
PER_TICK = st.integers(1, WHOLE)
TICKS = st.integers(0, 4000)


@pytest.mark.parametrize(
    ("word", "alive", "survivors"),
    [
        (0, WHOLE, 0),
        (LAST, WHOLE, LAST),
        (HALF, WHOLE, HALF),
        (HALF, HALF, QUARTER),
        (LAST, HALF, HALF - 1),
        (3, HALF, 1),
        (LAST, 1, 0),
        (LAST, 0, 0),
    ],
)
def test_a_spell_ends_evenly_between_none_and_those_alive_now(word: int, alive: int, survivors: int) -> None:
    """Word x alive / 2**32, rounded down: 3 x a half is 1.5, so 1; the last word of half a range is its last number."""
    assert rules.still_running(word, alive) == survivors


@pytest.mark.parametrize(
    ("day", "weekday"),
    [
        (0, 0),
        (3, 3),
        (4, 4),
        (5, 7),
        (6, 7),
        (7, 7),
        (11, 11),
        (12, 14),
        (13, 14),
        (-1, 0),
        (-2, 0),
        (-3, -3),
        (-9, -7),
    ],
)
def test_a_weekend_moves_to_monday(day: int, weekday: int) -> None:
    """Day 0 is a Monday: 5 and 6, 12 and 13, and -2 and -1 are weekends, and so is -9, the Saturday before."""
    assert rules.weekday_from(day) == weekday


@pytest.mark.parametrize(
    ("position", "per_tick", "ticks", "moved"),
    [(0, QUARTER, 0, 0), (0, QUARTER, 4, WHOLE), (HALF, QUARTER, 3, WHOLE + QUARTER), (7, 0, 1000, 7)],
)
def test_the_clock_moves_on_by_the_same_on_each_tick(position: int, per_tick: int, ticks: int, moved: int) -> None:
    assert rules.moved_on(position, per_tick, ticks) == moved


@pytest.mark.parametrize(
    ("position", "whole", "part"),
    [(0, 0, 0), (LAST, 0, LAST), (WHOLE, 1, 0), (WHOLE + QUARTER, 1, QUARTER), (3 * WHOLE + LAST, 3, LAST)],
)
def test_a_position_is_whole_conversations_and_a_part_of_the_next(position: int, whole: int, part: int) -> None:
    assert rules.whole_conversations(position) == whole
    assert rules.part_of_a_conversation(position) == part


@pytest.mark.parametrize(
    ("number", "position", "per_tick", "ticks"),
    [
        (1, 0, QUARTER, 4),
        (2, 0, QUARTER, 8),
        (1, HALF, QUARTER, 2),
        (2, HALF, QUARTER, 6),
        (1, LAST, QUARTER, 1),
        (2, LAST, QUARTER, 5),
        (1, 1, QUARTER, 4),
        (1, 0, WHOLE, 1),
        (3, 0, WHOLE, 3),
        (1, 0, WHOLE // 3, 4),
        (1, 1, WHOLE // 3, 3),
        (1, 0, WHOLE // 3 + 1, 3),
        (1, 0, 1, WHOLE),
    ],
)
def test_a_conversation_falls_due_on_the_tick_that_makes_it_whole(
    number: int, position: int, per_tick: int, ticks: int
) -> None:
    """Three thirds rounded down lack one part of 2**32, so the fourth tick has it; a phase of one part mends that."""
    assert rules.ticks_until(number, position, per_tick) == ticks


@pytest.mark.parametrize(
    ("due", "leaves", "owed"),
    [(0, 1, True), (9, 10, True), (9, 9, False), (9, 8, False), (55, 99, True), (56, 99, False), (56, 20, False)],
)
def test_a_conversation_is_owed_in_the_span_to_who_has_not_left(due: int, leaves: int, owed: bool) -> None:
    """The span has days 0 to 55; who leaves on a day is no longer there on it."""
    assert bool(rules.is_owed(due, leaves, 56)) is owed


@given(number=st.integers(1, 50), position=WORD, per_tick=PER_TICK)
def test_the_tick_of_a_conversation_is_the_first_by_which_so_many_are_whole(
    number: int, position: int, per_tick: int
) -> None:
    tick = rules.ticks_until(number, position, per_tick)
    passed = [rules.whole_conversations(rules.moved_on(position, per_tick, ticks)) for ticks in (tick - 1, tick)]
    assert passed[0] < number <= passed[1]


@given(position=WORD, per_tick=PER_TICK, first=TICKS, later=TICKS)
def test_ticks_in_two_stretches_give_what_they_give_in_one(
    position: int, per_tick: int, first: int, later: int
) -> None:
    at_once = rules.moved_on(position, per_tick, first + later)
    between = rules.moved_on(position, per_tick, first)
    after = rules.moved_on(rules.part_of_a_conversation(between), per_tick, later)
    assert rules.whole_conversations(between) + rules.whole_conversations(after) == rules.whole_conversations(at_once)
    assert rules.part_of_a_conversation(after) == rules.part_of_a_conversation(at_once)


SAME: list[tuple[str, Callable[..., Any], tuple[st.SearchStrategy[int], ...], type]] = [
    ("still running", rules.still_running, (WORD, st.integers(0, WHOLE)), np.uint64),
    ("weekday from", rules.weekday_from, (st.integers(-5000, 5000),), np.int64),
    ("moved on", lambda position, ticks: rules.moved_on(position, 12_345_678, ticks), (WORD, TICKS), np.int64),
    ("whole conversations", rules.whole_conversations, (st.integers(0, 1 << 60),), np.int64),
    ("part of a conversation", rules.part_of_a_conversation, (st.integers(0, 1 << 60),), np.int64),
    ("ticks until", lambda position: rules.ticks_until(3, position, 7_654_321), (WORD,), np.int64),
    ("is owed", lambda due, left: rules.is_owed(due, left, 56), (st.integers(0, 99), st.integers(-9, 99)), np.int64),
]


@pytest.mark.parametrize(("name", "rule", "takes", "kind"), SAME, ids=[name for name, *_ in SAME])
@given(data=st.data())
def test_many_numbers_at_once_give_what_they_give_one_by_one(
    name: str, rule: Callable[..., Any], takes: tuple[st.SearchStrategy[int], ...], kind: type, data: st.DataObject
) -> None:
    """Which is why a rule can be written once, for columns and for scalars."""
    rows = data.draw(st.lists(st.tuples(*takes), min_size=1, max_size=20))
    columns = [np.array(column, dtype=kind) for column in zip(*rows, strict=True)]
    assert rule(*columns).tolist() == [rule(*row) for row in rows]
