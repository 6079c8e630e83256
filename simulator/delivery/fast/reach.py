"""What the steps of the contact clock bring some persons, worked out side by side."""

from __future__ import annotations

from typing import NamedTuple

from simulator.delivery.fast.contact import (
    AFTER,
    AGE_BEFORE,
    AGE_FROM,
    DROPS_FROM,
    DROPS_TO,
    FIRST,
    KEPT,
    PER_TICK,
    SPELL_DAY,
    STEP_COLUMNS,
    Contact,
    Int32Array,
    IntArray,
)
from simulator.delivery.fast.jit import Int64, UInt64, compiled
from simulator.delivery.fast.scratch import (
    BEGUN,
    CARRIER,
    DAY_MASK,
    ENTRY,
    EXIT_SHIFT,
    HIGH,
    LEFT,
    LISTED,
    LOW,
    PASSED,
    POSITION,
    POSITION_BEFORE,
    ROW,
    START_SHIFT,
    TICK,
    Scratch,
)
from simulator.delivery.fast.tables import DAY_ZERO, Tables
from simulator.demand import rules

_weekday_from = compiled(rules.weekday_from)
_moved_on = compiled(rules.moved_on)
_whole_conversations = compiled(rules.whole_conversations)
_part_of_a_conversation = compiled(rules.part_of_a_conversation)

WHOSE, BEFORE, BEFORE_CARRIED, DUE_OF, DUE_OF_CARRIED, MEETING, FROM, TO, HAS_RATE, PURPOSE = range(10)
"""What a rhythm means in a place: its type and group in a word; where the ticks before a day, the due days of ticks
(for a citizen, and for one whom the clock carries through closures) and the meeting days begin; its steps or dates;
whether it has a rate; the purpose of its phase, 0 where that does not matter."""


class Part(NamedTuple):
    """Persons of a group who are worked on together.

    Attributes:
        person: The first, counted from the first of the place.
        at: The same, counted from the first of the block.
        size: How many.
        until: Conversations are listed that fall due before this day.
    """

    person: int
    at: int
    size: int
    until: int


@compiled
def begin(tables: Tables, part: Part, first: int, scratch: Scratch) -> None:
    """Write down the spells of a part; `first` is its first person in the register."""
    ahead = scratch.ahead
    for each in range(part.size):
        at = UInt64(each)
        life = scratch.life[UInt64(part.person) + at]
        ahead[BEGUN + at] = Int64(life >> START_SHIFT & DAY_MASK) - DAY_ZERO
        ahead[LEFT + at] = min(Int64(life >> EXIT_SHIFT) - DAY_ZERO, part.until)
        ahead[ENTRY + at] = tables.people.entry[UInt64(first) + at]
        ahead[CARRIER + at] = scratch.carrier[UInt64(part.person) + at]
        ahead[LISTED + at] = 0


@compiled
def reach_by_rate(tables: Tables, plan: IntArray, count: int, row: int, ahead: IntArray) -> int:
    """Work out how many conversations each step of a rhythm brings, as the cumulated rate passes a whole."""
    step, before = tables.contact.step, tables.contact.before
    carried = plan[BEFORE_CARRIED] - plan[BEFORE]
    for number in range(plan[FROM], plan[TO]):
        column = UInt64(STEP_COLUMNS * number)
        first, after, per_tick = step[column + FIRST], step[column + AFTER], step[column + PER_TICK]
        age_from, age_before = step[column + AGE_FROM], step[column + AGE_BEFORE]
        for each in range(count):
            at = UInt64(each)
            begun, clock = ahead[BEGUN + at], plan[BEFORE] + carried * ahead[CARRIER + at]
            low = min(max(begun + age_from, ahead[ENTRY + at], first), after)
            ahead[LOW + at] = clock + low
            ahead[HIGH + at] = clock + min(max(min(begun + age_before, ahead[LEFT + at]), low), after)
        for each in range(count):
            at = UInt64(each)
            tick = Int64(before[UInt64(ahead[LOW + at])])
            ahead[HIGH + at] = Int64(before[UInt64(ahead[HIGH + at])]) - tick
            ahead[row + TICK + at] = tick
        for each in range(count):
            at = UInt64(each)
            position = ahead[POSITION + at]
            moved = _moved_on(position, per_tick, ahead[HIGH + at])
            passed = _whole_conversations(moved)
            ahead[row + PASSED + at], ahead[row + POSITION_BEFORE + at] = passed, position
            ahead[POSITION + at] = _part_of_a_conversation(moved)
            ahead[LISTED + at] += passed
        row += ROW
    return row


@compiled
def is_dropped(contact: Contact, date: int, day: int, phase: int) -> bool:
    """Return whether a dated change drops a conversation on a fixed day of the spell."""
    for drop in range(contact.date[date, DROPS_FROM], contact.date[date, DROPS_TO]):
        row = contact.drop[drop]
        if row[FIRST] <= day < row[AFTER] and phase >= row[KEPT]:
            return True
    return False


@compiled
def reach_dates(tables: Tables, plan: IntArray, meeting_from: Int32Array, count: int, row: int, ahead: IntArray) -> int:
    """Work out whom fixed days of the spell bring a conversation; a closed weekday drops it, but for carriers."""
    contact = tables.contact
    for date in range(plan[FROM], plan[TO]):
        for each in range(count):
            at = UInt64(each)
            day = _weekday_from(ahead[BEGUN + at] + contact.date[date, SPELL_DAY])
            wanted = (day >= ahead[ENTRY + at]) & (day >= 0) & (day < ahead[LEFT + at])
            due = Int64(meeting_from[UInt64(plan[MEETING] + day * wanted)])
            wanted &= (due == day) | (ahead[CARRIER + at] == 1)
            if plan[PURPOSE] > 0:
                wanted &= not is_dropped(contact, date, day, ahead[POSITION + at])
            ahead[row + TICK + at], ahead[row + PASSED + at] = due, Int64(wanted)
            ahead[LISTED + at] += Int64(wanted)
        row += ROW
    return row
