"""What falls due in a municipality, person by person, and then by day."""

from __future__ import annotations

from typing import NamedTuple

from simulator.delivery.fast.chance import BLOCK, WORD
from simulator.delivery.fast.contact import (
    AFTER,
    AGE_BEFORE,
    AGE_FROM,
    DATES_FROM,
    DATES_TO,
    DROPS_FROM,
    DROPS_TO,
    FIRST,
    KEPT,
    PER_TICK,
    SPELL_DAY,
    STEP_COLUMNS,
    STEPS_FROM,
    STEPS_TO,
    TYPE,
    Contact,
    Int32Array,
    IntArray,
)
from simulator.delivery.fast.jit import Int64, UInt64, compiled
from simulator.delivery.fast.people import draw_for_persons, persons_before
from simulator.delivery.fast.scratch import (
    CODE_SHIFT,
    DAY_MASK,
    DUE_MASK,
    EXIT_SHIFT,
    NUMBER_SHIFT,
    PERSON_SHIFT,
    START_SHIFT,
    Scratch,
    UInt64Array,
)
from simulator.delivery.fast.tables import DAY_ZERO, Tables
from simulator.demand import rules
from simulator.streams import GROUPS, TYPES, Purpose

_PHASE = int(Purpose.PHASE) * TYPES
FULL = -1
"""There was no room for all conversations, which cannot be."""

_weekday_from = compiled(rules.weekday_from)
_moved_on = compiled(rules.moved_on)
_whole_conversations = compiled(rules.whole_conversations)
_part_of_a_conversation = compiled(rules.part_of_a_conversation)
_ticks_until = compiled(rules.ticks_until)
_is_owed = compiled(rules.is_owed)


WHOSE, BEFORE, BEFORE_CARRIED, DAY_OF, DAY_OF_CARRIED, MEETING, FROM, TO, HAS_RATE, HAS_PHASE = range(10)
"""What a rhythm means in a place: its type and group in a word; where the ticks before a day, the days of ticks (for a
citizen, and for one whom the clock carries through closures) and the meeting days begin; its steps or dates; whether it
has a rate, and whether its phase matters."""


class Life(NamedTuple):
    """A person: word of her conversations, phase, first day of the spell, entry, exit, and whether a carrier.

    Conversations are listed that fall due before `until`.
    """

    word: int
    phase: int
    start: int
    entry: int
    exit: int
    until: int
    carrier: bool


@compiled
def is_dropped(contact: Contact, date: int, day: int, phase: int) -> bool:
    """Return whether a dated change drops a conversation on a fixed day of the spell."""
    for drop in range(contact.date[date, DROPS_FROM], contact.date[date, DROPS_TO]):
        row = contact.drop[drop]
        if row[FIRST] <= day < row[AFTER] and phase >= row[KEPT]:
            return True
    return False


@compiled
def owe_on_dates(
    tables: Tables, plan: IntArray, meeting_from: Int32Array, life: Life, listed: UInt64Array, found: int
) -> int:
    """List the conversations on fixed days of the spell; a closed weekday drops one, but for carriers."""
    contact, days = tables.contact, life.until
    for date in range(plan[FROM], plan[TO]):
        day = _weekday_from(life.start + contact.date[date, SPELL_DAY])
        if day < max(life.entry, 0) or day >= min(days, life.exit) or is_dropped(contact, date, day, life.phase):
            continue
        due = Int64(meeting_from[UInt64(plan[MEETING] + day)])
        if (due == day or life.carrier) and _is_owed(due, life.exit, days):
            if found == len(listed):
                return FULL
            number = UInt64(date - plan[FROM])
            listed[UInt64(found)] = life.word | number << NUMBER_SHIFT | UInt64(due)
            found += 1
    return found


@compiled
def owe_by_rate(
    tables: Tables, plan: IntArray, meeting_from: Int32Array, life: Life, listed: UInt64Array, found: int
) -> int:
    """List the conversations that fall due as the cumulated rate passes a whole."""
    contact, position, number = tables.contact, life.phase, UInt64(0)
    before, day_of = plan[BEFORE], plan[DAY_OF]
    if life.carrier:
        before, day_of = plan[BEFORE_CARRIED], plan[DAY_OF_CARRIED]
    for step in range(plan[FROM], plan[TO]):
        at = UInt64(STEP_COLUMNS * step)
        first, after = contact.step[at + FIRST], contact.step[at + AFTER]
        low = min(max(life.start + contact.step[at + AGE_FROM], life.entry, first), after)
        high = min(max(min(life.start + contact.step[at + AGE_BEFORE], life.exit), low), after)
        per_tick, tick = contact.step[at + PER_TICK], Int64(contact.before[UInt64(before + low)])
        moved = _moved_on(position, per_tick, Int64(contact.before[UInt64(before + high)]) - tick)
        passed = _whole_conversations(moved)
        if found + passed > len(listed):
            return FULL
        for nth in range(1, passed + 1):
            day = contact.day_of[UInt64(day_of + tick + _ticks_until(nth, position, per_tick) - 1)]
            due = Int64(meeting_from[UInt64(plan[MEETING] + day)])
            if _is_owed(due, life.exit, life.until):
                listed[UInt64(found)] = life.word | (number + UInt64(nth - 1)) << NUMBER_SHIFT | UInt64(due)
                found += 1
        position = _part_of_a_conversation(moved)
        number += UInt64(passed)
    return found


@compiled
def owe_block(
    tables: Tables, where: tuple[int, int, int], rhythms: int, block: tuple[int, int, int], scratch: Scratch, found: int
) -> int:
    """List what falls due for a block of persons of a group.

    Args:
        tables: What all replications share.
        where: Arm, place, and the day before which a conversation falls due.
        rhythms: How many the group has.
        block: First person, how many, and the first of the place.
        scratch: Working memory; its plan is that of the group.
        found: How many conversations are listed already.

    Returns:
        How many are listed, or FULL.
    """
    listed, meeting_from = scratch.listed[where[0]], tables.desks.meeting_from[where[0], where[1]]
    for at in range(block[1]):
        person = block[0] + at - block[2]
        life = scratch.life[person]
        start, left = Int64(life >> START_SHIFT & DAY_MASK) - DAY_ZERO, Int64(life >> EXIT_SHIFT) - DAY_ZERO
        entry = Int64(tables.people.entry[block[0] + at])
        for rhythm in range(rhythms):
            plan = scratch.plan[rhythm]
            word = UInt64(person) << PERSON_SHIFT | UInt64(plan[WHOSE])
            own = Life(word, Int64(scratch.phase[rhythm, at]), start, entry, left, where[2], scratch.carrier[person])
            if plan[HAS_RATE]:
                found = owe_by_rate(tables, plan, meeting_from, own, listed, found)
            else:
                found = owe_on_dates(tables, plan, meeting_from, own, listed, found)
            if found == FULL:
                return FULL
    return found


@compiled
def plan_for(tables: Tables, arm: int, place: int, group: int, scratch: Scratch) -> int:
    """Write down what the rhythms of a group mean in a place, and return how many there are."""
    contact, days = tables.contact, tables.days.days
    first = contact.edges[arm * tables.people.stock.shape[1] + group]
    count: int = contact.edges[arm * tables.people.stock.shape[1] + group + 1] - first
    for rhythm in range(count):
        plan, row = scratch.plan[rhythm], contact.rhythm[first + rhythm]
        kind = tables.desks.kind[row[TYPE]]
        clock = (arm * tables.desks.minutes.shape[1] + kind) * contact.places
        plan[WHOSE] = (row[TYPE] * GROUPS + group) << Int64(CODE_SHIFT)
        plan[BEFORE], plan[BEFORE_CARRIED] = (clock + place) * (days + 1), (clock + contact.places - 1) * (days + 1)
        plan[DAY_OF], plan[DAY_OF_CARRIED] = (
            (clock + place) * contact.ticks,
            (clock + contact.places - 1) * contact.ticks,
        )
        plan[MEETING] = kind * (days + 1)
        plan[HAS_RATE] = 1 if row[STEPS_FROM] < row[STEPS_TO] else 0
        plan[FROM], plan[TO] = row[STEPS_FROM], row[STEPS_TO]
        plan[HAS_PHASE] = plan[HAS_RATE]
        if plan[HAS_RATE] == 0:
            plan[FROM], plan[TO] = row[DATES_FROM], row[DATES_TO]
            for date in range(row[DATES_FROM], row[DATES_TO]):
                if contact.date[date, DROPS_FROM] < contact.date[date, DROPS_TO]:
                    plan[HAS_PHASE] = 1
    return count


@compiled
def owe(tables: Tables, where: tuple[int, int], until: int, key: tuple[int, int], scratch: Scratch) -> int:
    """List what falls due before a day in an arm and place, and return how many conversations that is, or FULL."""
    arm, place = where
    people = tables.people
    groups, found = people.stock.shape[1], Int64(0)
    first = people.edges[place * groups]
    for group in range(groups):
        low, high = persons_before(people, place, group, until)
        rhythms, stock = plan_for(tables, arm, place, group, scratch), people.stock[place, group]
        for start in range(low, high, BLOCK):
            count = min(BLOCK, high - start)
            for rhythm in range(rhythms):
                if scratch.plan[rhythm, HAS_PHASE]:
                    purpose = _PHASE + (scratch.plan[rhythm, WHOSE] >> Int64(CODE_SHIFT)) // GROUPS
                    draw_for_persons(people, (start, count), stock, purpose, key, scratch.draws)
                    for at in range(count):
                        scratch.phase[rhythm, at] = scratch.draws[WORD[0] + at]
            found = owe_block(tables, (arm, place, until), rhythms, (start, count, first), scratch, found)
            if found == FULL:
                return FULL
    return found


@compiled
def order_by_day(scratch: Scratch, arm: int) -> None:
    """Put the conversations in the order of their days; those of a day stay in their order."""
    listed, spot, owed, first = scratch.listed[arm], scratch.spot[arm], scratch.owed[arm], scratch.first[arm]
    one, two = UInt64(1), UInt64(2)
    for day in range(len(first)):
        first[day] = 0
    for at in range(scratch.sizes[arm]):
        first[(listed[at] & DUE_MASK) + one] += 1
    for day in range(1, len(first)):
        first[day] += first[day - 1]
    nobody = UInt64(len(spot))
    last_word, last_place = UInt64(0), nobody
    for at in range(scratch.sizes[arm]):
        word = listed[at]
        due = word & DUE_MASK
        place = UInt64(first[due])
        first[due] += 1
        owed[two * place], spot[at] = word, place
        owed[two * place + one] = last_place if word >> CODE_SHIFT == last_word >> CODE_SHIFT else nobody
        last_word, last_place = word, place
    for day in range(len(first) - 1, 0, -1):
        first[day] = first[day - 1]
    first[0] = 0
