"""What falls due in a municipality, person by person, and then by day."""

from __future__ import annotations

from simulator.delivery.fast.chance import BLOCK, WORD
from simulator.delivery.fast.contact import (
    CODE,
    DATES_FROM,
    DATES_TO,
    DROPS_FROM,
    DROPS_TO,
    PER_TICK,
    STEP_COLUMNS,
    STEPS_FROM,
    STEPS_TO,
    TYPE,
    IntArray,
)
from simulator.delivery.fast.jit import Int64, UInt64, compiled
from simulator.delivery.fast.people import draw_for_persons, persons_before
from simulator.delivery.fast.reach import (
    BEFORE,
    BEFORE_CARRIED,
    DUE_OF,
    DUE_OF_CARRIED,
    FROM,
    HAS_RATE,
    MEETING,
    PURPOSE,
    TO,
    WHOSE,
    Part,
    begin,
    reach_by_rate,
    reach_dates,
)
from simulator.delivery.fast.scratch import (
    BROUGHT,
    CARRIER,
    CODE_SHIFT,
    DUE_MASK,
    LEFT,
    LISTED,
    NUMBER,
    NUMBER_SHIFT,
    PART,
    PASSED,
    PERSON_SHIFT,
    POSITION,
    POSITION_BEFORE,
    ROW,
    ROWS,
    TICK,
    Scratch,
    UInt64Array,
)
from simulator.delivery.fast.tables import Tables
from simulator.demand import rules
from simulator.streams import TYPES, Purpose

_PHASE = int(Purpose.PHASE) * TYPES
FULL = -1
"""There was no room for all conversations: a fault of the bound in `contact.py`, which the engine reports."""

_ticks_until = compiled(rules.ticks_until)
_is_owed = compiled(rules.is_owed)


@compiled
def brought(ahead: IntArray, row: int, nth: int, count: int) -> int:
    """List whom a row brings the conversation of a number, counted from 1, out of those whom it brings the former."""
    found = 0
    for each in range(count):
        at = UInt64(each)
        who = at if nth == 1 else UInt64(ahead[BROUGHT + at])
        ahead[BROUGHT + UInt64(found)] = who
        found += Int64(ahead[row + PASSED + who] >= nth)
    return found


@compiled
def put(room: tuple[IntArray, UInt64Array], part: Part, who: int, whose: int, due: int) -> None:
    """List a conversation, given type, group and number; one that is not owed goes to a day after all others."""
    ahead, listed = room
    spot = ahead[LISTED + who]
    ahead[LISTED + who] = spot + 1
    owed = Int64(_is_owed(due, ahead[LEFT + who], part.until))
    day = due * owed + part.until * (1 - owed)
    listed[UInt64(spot)] = (UInt64(part.person) + who) << PERSON_SHIFT | whose | UInt64(day)


@compiled
def list_by_rate(tables: Tables, plan: IntArray, part: Part, row: int, room: tuple[IntArray, UInt64Array]) -> int:
    """List what the steps of a rhythm bring; return the next row."""
    ahead, due_of = room[0], tables.contact.due_of
    carried = plan[DUE_OF_CARRIED] - plan[DUE_OF]
    for each in range(part.size):
        at = UInt64(each)
        ahead[NUMBER + at] = 0
    for step in range(plan[FROM], plan[TO]):
        per_tick = tables.contact.step[UInt64(STEP_COLUMNS * step) + PER_TICK]
        nth, found = 1, brought(ahead, row, 1, part.size)
        while found > 0:
            for each in range(found):
                at = UInt64(each)
                who = UInt64(ahead[BROUGHT + at])
                tick = ahead[row + TICK + who] + _ticks_until(nth, ahead[row + POSITION_BEFORE + who], per_tick) - 1
                due = Int64(due_of[UInt64(plan[DUE_OF] + carried * ahead[CARRIER + who] + tick)])
                number = UInt64(ahead[NUMBER + who] + nth - 1)
                put(room, part, who, UInt64(plan[WHOSE]) | number << NUMBER_SHIFT, due)
            nth += 1
            found = brought(ahead, row, nth, found)
        for each in range(part.size):
            at = UInt64(each)
            ahead[NUMBER + at] += ahead[row + PASSED + at]
        row += ROW
    return row


@compiled
def list_dates(plan: IntArray, part: Part, row: int, room: tuple[IntArray, UInt64Array]) -> int:
    """List what fixed days of the spell bring; return the next row."""
    ahead = room[0]
    for date in range(plan[FROM], plan[TO]):
        whose = UInt64(plan[WHOSE]) | UInt64(date - plan[FROM]) << NUMBER_SHIFT
        for each in range(brought(ahead, row, 1, part.size)):
            who = UInt64(ahead[BROUGHT + UInt64(each)])
            put(room, part, who, whose, ahead[row + TICK + who])
        row += ROW
    return row


@compiled
def give_room(ahead: IntArray, count: int, found: int) -> int:
    """Give each person room in the list for all that she is brought; return where the room ends."""
    for each in range(count):
        at = UInt64(each)
        brings = ahead[LISTED + at]
        ahead[LISTED + at] = found
        found += brings
    return found


@compiled
def owe_part(
    tables: Tables, where: tuple[int, int, int], part: Part, rhythms: int, found: int, scratch: Scratch
) -> int:
    """List what falls due for persons of a group, in the order of person, type and number.

    Args:
        tables: What all replications share.
        where: Arm, place, and the first of the persons in the register.
        part: The persons.
        rhythms: How many the group has; the plan in the working memory is that of the group.
        found: How many conversations are listed already.
        scratch: Working memory.

    Returns:
        How many are listed, or FULL.
    """
    ahead, listed, row = scratch.ahead, scratch.listed[where[0]], ROWS
    begin(tables, part, where[2], scratch)
    for rhythm in range(rhythms):
        plan = scratch.plan[rhythm]
        for each in range(part.size):
            at = UInt64(each)
            ahead[POSITION + at] = scratch.phase[UInt64(rhythm), UInt64(part.at) + at]
        if plan[HAS_RATE]:
            row = reach_by_rate(tables, plan, part.size, row, ahead)
        else:
            row = reach_dates(tables, plan, tables.desks.meeting_from[where[0], where[1]], part.size, row, ahead)
    found = give_room(ahead, part.size, found)
    if found > len(listed):
        return FULL
    row = ROWS
    for rhythm in range(rhythms):
        if scratch.plan[rhythm, HAS_RATE]:
            row = list_by_rate(tables, scratch.plan[rhythm], part, row, (ahead, listed))
        else:
            row = list_dates(scratch.plan[rhythm], part, row, (ahead, listed))
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
        plan[WHOSE] = row[CODE] << Int64(CODE_SHIFT)
        plan[BEFORE], plan[BEFORE_CARRIED] = (clock + place) * (days + 1), (clock + contact.places - 1) * (days + 1)
        due_of = (arm * tables.desks.minutes.shape[1] + kind) * 2 * (contact.places - 1) + place
        plan[DUE_OF], plan[DUE_OF_CARRIED] = due_of * contact.ticks, (due_of + contact.places - 1) * contact.ticks
        plan[MEETING] = kind * (days + 1)
        plan[HAS_RATE] = 1 if row[STEPS_FROM] < row[STEPS_TO] else 0
        plan[FROM], plan[TO] = row[STEPS_FROM], row[STEPS_TO]
        plan[PURPOSE] = plan[HAS_RATE] * (_PHASE + row[TYPE])
        if plan[HAS_RATE] == 0:
            plan[FROM], plan[TO] = row[DATES_FROM], row[DATES_TO]
            for date in range(row[DATES_FROM], row[DATES_TO]):
                if contact.date[date, DROPS_FROM] < contact.date[date, DROPS_TO]:
                    plan[PURPOSE] = _PHASE + row[TYPE]
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
                purpose = scratch.plan[rhythm, PURPOSE]
                if purpose > 0:
                    draw_for_persons(people, (start, count), stock, purpose, key, scratch.draws)
                    for at in range(count):
                        scratch.phase[rhythm, at] = scratch.draws[WORD[0] + at]
            for at in range(0, count, PART):
                part = Part(start + at - first, at, min(PART, count - at), until)
                found = owe_part(tables, (arm, place, start + at), part, rhythms, found, scratch)
                if found == FULL:
                    return FULL
    return found


@compiled
def order_by_day(scratch: Scratch, arm: int, to_find: bool) -> None:
    """Put the conversations in the order of their days; those of a day stay in their order.

    Where they are to be found again from the list that is not in this order, their places are noted.
    """
    listed, spot, owed, first = scratch.listed[arm], scratch.spot[arm], scratch.owed[arm], scratch.first[arm]
    one, two = UInt64(1), UInt64(2)
    for day in range(len(first)):
        first[day] = 0
    for at in range(scratch.sizes[arm]):
        first[(listed[at] & DUE_MASK) + one] += 1
    for day in range(1, len(first)):
        first[day] += first[day - 1]
    nobody, life = UInt64(len(spot)), scratch.life
    last_word, last_place = UInt64(0), nobody
    for at in range(scratch.sizes[arm]):
        word = listed[at]
        due = word & DUE_MASK
        place = UInt64(first[due])
        first[due] += 1
        if to_find:
            spot[at] = place
        owed[two * place] = word
        former = last_place if word >> CODE_SHIFT == last_word >> CODE_SHIFT else nobody
        owed[two * place + one] = life[word >> PERSON_SHIFT] | former
        last_word, last_place = word, place
    for day in range(len(first) - 1, 0, -1):
        first[day] = first[day - 1]
    first[0] = 0
