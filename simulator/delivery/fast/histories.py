"""Histories of the conversations that are held, where the ground asks for them: as `delivery/histories.py` says."""

from __future__ import annotations

from simulator.delivery import rules
from simulator.delivery.counts import NOT_HELD
from simulator.delivery.fast.cases import CLOSED_SHIFT, STATE_MASK
from simulator.delivery.fast.chance import BLOCK, WORD
from simulator.delivery.fast.contact import AFTER_ALL, STEPS_FROM, STEPS_TO, TYPE
from simulator.delivery.fast.jit import Int64, compiled
from simulator.delivery.fast.people import draw_for_persons, persons_before
from simulator.delivery.fast.scratch import CODE_SHIFT, DAY_MASK, DUE_MASK, NOTED, PERSON_SHIFT, START_SHIFT, Scratch
from simulator.delivery.fast.tables import DAY_ZERO, Tables
from simulator.demand.rules import had_before
from simulator.streams import TYPES, Purpose

_PHASE = int(Purpose.PHASE) * TYPES
_had_before = compiled(had_before)
_history_of = compiled(rules.history_of)
_weeks_late = compiled(rules.weeks_late)


@compiled
def born(scratch: Scratch, person: int) -> int:
    """Return the day on which the spell of a person began."""
    return Int64(scratch.life[person] >> START_SHIFT & DAY_MASK) - DAY_ZERO


@compiled
def count_before(tables: Tables, place: int, until: int, key: tuple[int, int], scratch: Scratch) -> None:
    """Count what each person of a place was owed before the first simulated day, by the baseline's contact rule."""
    people, contact, before = tables.people, tables.contact, scratch.before
    groups = people.stock.shape[1]
    first = people.edges[place * groups]
    for group in range(groups):
        low, high = persons_before(people, place, group, until)
        for start in range(low, high, BLOCK):
            count = min(BLOCK, high - start)
            for at in range(start - first, start - first + count):
                before[at] = 0
            for row in range(contact.edges[group], contact.edges[group + 1]):
                has_rate = contact.rhythm[row, STEPS_FROM] < contact.rhythm[row, STEPS_TO]
                if has_rate:
                    purpose = _PHASE + contact.rhythm[row, TYPE]
                    draw_for_persons(people, (start, count), people.stock[place, group], purpose, key, scratch.draws)
                for at in range(count):
                    person = start + at - first
                    phase = Int64(scratch.draws[WORD[0] + at]) * has_rate
                    before[person] += _had_before(phase, contact.earlier[row, max(-born(scratch, person), 0)])


@compiled
def is_held(scratch: Scratch, where: tuple[int, int], at: int, days: int) -> tuple[bool, int]:
    """Return whether the conversation at a place of the list is held in an arm, and the day on which it ended.

    Args:
        scratch: Working memory after the arm has run.
        where: The arm, and that whose list it shares.
        at: Place in the list.
        days: Number of simulated days.
    """
    if Int64(scratch.listed[where[1], at] & DUE_MASK) >= days:
        return False, AFTER_ALL
    record = Int64(scratch.record[where[0], scratch.spot[where[1], at]])
    if record & STATE_MASK == rules.NEVER_DUE:
        return False, AFTER_ALL
    return record & STATE_MASK == rules.HELD, record >> CLOSED_SHIFT


@compiled
def tell_person(scratch: Scratch, where: tuple[int, int], part: tuple[int, int], days: int) -> None:
    """Write down the histories of the conversations of one person, from the first to before the second of the list."""
    listed, history, since = scratch.listed[where[1]], scratch.history[where[0]], AFTER_ALL
    person = listed[part[0]] >> PERSON_SHIFT
    for at in range(part[0], part[1]):
        if at > part[0] and listed[at] >> CODE_SHIFT != listed[at - 1] >> CODE_SHIFT:
            since = AFTER_ALL
        history[at] = 0
        held, day = is_held(scratch, where, at, days)
        if day == AFTER_ALL:
            continue
        since = min(since, Int64(listed[at] & DUE_MASK))
        if held:
            before = Int64(scratch.before[person])
            for other in range(part[0], part[1]):
                was_held, then = is_held(scratch, where, other, days)
                before += was_held and (then < day or (then == day and other < at))
            history[at] = _history_of(before, day - born(scratch, person), _weeks_late(day, since))
            since = AFTER_ALL


@compiled
def tell_histories(tables: Tables, scratch: Scratch, days: int) -> None:
    """Write down the histories of what is held in each arm."""
    for arm in range(len(scratch.sizes)):
        where, size, low = (arm, tables.desks.demand_of[arm]), scratch.sizes[arm], 0
        listed = scratch.listed[where[1]]
        while low < size:
            high = low + 1
            while high < size and listed[high] >> PERSON_SHIFT == listed[low] >> PERSON_SHIFT:
                high += 1
            tell_person(scratch, where, (low, high), days)
            low = high


@compiled
def note(scratch: Scratch, cell: int, forms: tuple[int, int], at: tuple[int, int]) -> None:
    """Note where a conversation that is held in either arm was counted, and its histories.

    Args:
        scratch: Working memory with the histories.
        cell: Where it was counted in the joint table.
        forms: Form in each arm.
        at: Its place in the list of each arm.
    """
    if len(scratch.noted) == 0 or (forms[0] == NOT_HELD and forms[1] == NOT_HELD):
        return
    was = Int64(scratch.history[0, at[0]]) if forms[0] != NOT_HELD else 0
    now = Int64(scratch.history[len(scratch.sizes) - 1, at[1]]) if forms[1] != NOT_HELD else 0
    number = scratch.tally[0, NOTED]
    scratch.noted[number] = (cell * rules.HISTORIES + was) * rules.HISTORIES + now
    scratch.tally[0, NOTED] = number + 1
