"""How meetings lead persons out, where the ground says so: the clocks of `delivery/leaving.py`, in arrays."""

from __future__ import annotations

from simulator.calendars.span import DAYS_A_WEEK
from simulator.delivery import rules
from simulator.delivery.fast.cases import FORM_MASK, FORM_SHIFT, Case, Place, Today
from simulator.delivery.fast.chance import BLOCK, COUNTER, WORD, draw
from simulator.delivery.fast.contact import AFTER_ALL
from simulator.delivery.fast.histories import born, is_held
from simulator.delivery.fast.jit import Int64, UInt64, compiled, inlined
from simulator.delivery.fast.joint import next_word
from simulator.delivery.fast.law import CELL, GROUP_OF, IntArray
from simulator.delivery.fast.scratch import (
    CLOCK,
    CODE_MASK,
    CODE_SHIFT,
    DAY_MASK,
    DUE_MASK,
    EXIT_SHIFT,
    PERSON_SHIFT,
    START_SHIFT,
    Scratch,
)
from simulator.delivery.fast.tables import AGES, ALIVE_AT, DAY_ZERO, KEPT, LEAVING_AT, PUSH_AT, Tables
from simulator.delivery.leaving import FORM, LOST, SAVED
from simulator.demand.rules import still_running
from simulator.streams import TYPES, WORD_EXIT, Purpose

_ELAPSED = int(Purpose.ELAPSED) * TYPES
_still_running = compiled(still_running)
_next_day = compiled(rules.next_day)
_pushed = compiled(rules.pushed)
_has_left = compiled(rules.has_left)
DAY, ALIVE, EXCESS, SURVIVORS = range(4)
"""Where the clock of a person stands: day, survivors and raise on that day, survivors at which the person leaves."""


@compiled
def has_led_out(place: Place, case: Case, day: int) -> bool:
    """Let the clock of a person whom a meeting has moved go on to a day, and return whether she has left by then."""
    numbers, luck, at = place.leaving, place.luck, CLOCK * Int64(case.word >> PERSON_SHIFT)
    start = Int64(case.life >> START_SHIFT & DAY_MASK) - DAY_ZERO
    first = LEAVING_AT + place.law[UInt64(GROUP_OF) + case.code] * numbers[AGES] - start
    shows, alive, excess = luck[at + DAY], luck[at + ALIVE], luck[at + EXCESS]
    while shows < day and alive > luck[at + SURVIVORS]:
        alive, excess = _next_day(alive, excess, numbers[first + shows], numbers[KEPT])
        shows += 1
    luck[at + DAY], luck[at + ALIVE], luck[at + EXCESS] = shows, alive, excess
    is_over: bool = alive <= luck[at + SURVIVORS]
    return is_over


@inlined
def is_gone(place: Place, case: Case, day: int) -> bool:
    """Return whether the person of a conversation has left by a day."""
    if len(place.moved_by_meeting) > 0 and place.moved_by_meeting[case.word >> PERSON_SHIFT]:
        return has_led_out(place, case, day)
    return _has_left(Int64(case.life >> EXIT_SHIFT) - DAY_ZERO, day)


@compiled
def begin_clock(place: Place, case: Case, at: int) -> None:
    """Set the clock of a person to the first day that she is there; `at` is where it stands."""
    numbers, draws = place.leaving, place.draws
    group = place.law[UInt64(GROUP_OF) + case.code]
    start = Int64(case.life >> START_SHIFT & DAY_MASK) - DAY_ZERO
    age = max(-start, 0)
    draws[COUNTER[0] + BLOCK] = place.stock + group
    draws[COUNTER[1] + BLOCK] = place.number[case.word >> PERSON_SHIFT]
    draws[COUNTER[2] + BLOCK] = _ELAPSED
    draws[COUNTER[3] + BLOCK] = 0
    draw(draws, BLOCK, 1, place.key)
    alive = numbers[numbers[ALIVE_AT] + group * numbers[AGES] + age]
    survivors = _still_running(UInt64(draws[WORD[WORD_EXIT] + BLOCK]), UInt64(alive))
    place.luck[at + DAY], place.luck[at + ALIVE] = start + age, alive
    place.luck[at + EXCESS], place.luck[at + SURVIVORS] = 0, Int64(survivors)


@compiled
def meet(place: Place, today: Today, case: Case, form: int) -> None:
    """Let a conversation that was held raise the hazard of its person to leave."""
    numbers, age = place.leaving, UInt64(max(case.age, 0)) // UInt64(DAYS_A_WEEK)
    cell = (today.segment * rules.NO_FORM + form) * place.width + place.law[UInt64(CELL) + case.code]
    push = numbers[numbers[PUSH_AT] + cell + Int64(place.spell_class[age])]
    if push == 0:
        return
    person = case.word >> PERSON_SHIFT
    at = CLOCK * Int64(person)
    if not place.moved_by_meeting[person]:
        begin_clock(place, case, at)
        place.moved_by_meeting[person] = True
    has_led_out(place, case, today.day)
    place.luck[at + EXCESS] = _pushed(place.luck[at + EXCESS], push)


@compiled
def meeting_in(tables: Tables, scratch: Scratch, where: tuple[int, int], at: int, days: int) -> tuple[int, int, int]:
    """Return day, push and cell of the conversation at a place of an arm's list; AFTER_ALL where it was not held.

    Args:
        tables: What all replications share.
        scratch: Working memory after both arms have run.
        where: The arm, and that whose list it shares.
        at: Place in the list.
        days: Number of simulated days.
    """
    held, day = is_held(scratch, where, at, days)
    if not held:
        return AFTER_ALL, 0, 0
    word, numbers = scratch.listed[where[1], at], tables.leaving[0]
    form = Int64(scratch.record[where[0], scratch.spot[where[1], at]]) >> FORM_SHIFT & FORM_MASK
    age = max(day - born(scratch, word >> PERSON_SHIFT), 0) // DAYS_A_WEEK
    pair = tables.law.lists[0, UInt64(CELL) + (word >> CODE_SHIFT & CODE_MASK)]
    who, segment = pair + Int64(tables.days.spell_class[age]), Int64(tables.days.segment[day])
    push = numbers[numbers[PUSH_AT] + (segment * rules.NO_FORM + form) * tables.days.width + who]
    return day, push, segment * tables.days.width + who


@compiled
def exit_in(numbers: IntArray, scratch: Scratch, arm: int, person: int, group: int) -> int:
    """Return the day from which a person has left in an arm if she has no further meeting after the simulated days.

    Args:
        numbers: What a meeting does in her municipality.
        scratch: Working memory after both arms have run.
        arm: The arm.
        person: The person.
        group: Her group.
    """
    if not scratch.moved_by_meeting[arm, person]:
        return Int64(scratch.life[person] >> EXIT_SHIFT) - DAY_ZERO
    luck, at = scratch.luck[arm], CLOCK * person
    first = LEAVING_AT + group * numbers[AGES] - born(scratch, person)
    day, alive, excess = luck[at + DAY], luck[at + ALIVE], luck[at + EXCESS]
    while alive > luck[at + SURVIVORS]:
        alive, excess = _next_day(alive, excess, numbers[first + day], numbers[KEPT])
        day += 1
    exit_day: int = day
    return exit_day


@compiled
def settle(numbers: IntArray, scratch: Scratch, person: int, group: int, apart: int) -> None:
    """Count the days by which the spell of a person ends earlier in the proposal, where the arms first part."""
    was = exit_in(numbers, scratch, 0, person, group)
    scratch.exits[apart] += was - exit_in(numbers, scratch, len(scratch.sizes) - 1, person, group)


@compiled
def first_moved(was: tuple[int, int, int], now: tuple[int, int, int]) -> int:
    """Return the first day on which a conversation moved the person in one arm and otherwise, or not, in the other."""
    before, after = was[0] if was[1] else AFTER_ALL, now[0] if now[1] else AFTER_ALL
    return AFTER_ALL if before == after and was[1] == now[1] else min(before, after)


@compiled
def count_exits(tables: Tables, scratch: Scratch, place: int, days: int) -> None:
    """Count the person-days by which spells end earlier in the proposal."""
    other = len(scratch.sizes) - 1
    demand, cells = tables.desks.demand_of[other], len(scratch.exits) // (LOST + 1)
    first, last = scratch.listed[0], scratch.listed[demand]
    sizes, one, two = (scratch.sizes[0], scratch.sizes[other]), 0, 0
    person, group, parted, apart = Int64(-1), Int64(0), Int64(AFTER_ALL), Int64(0)
    numbers = tables.leaving[tables.people.pace[place]]
    while one < sizes[0] or two < sizes[1]:
        word = next_word(first, last, (one, two), sizes)
        was, now = (AFTER_ALL, 0, 0), (AFTER_ALL, 0, 0)
        if one < sizes[0] and first[one] | DUE_MASK == word:
            was = meeting_in(tables, scratch, (0, 0), one, days)
            one += 1
        if two < sizes[1] and last[two] | DUE_MASK == word:
            now = meeting_in(tables, scratch, (other, demand), two, days)
            two += 1
        if Int64(word >> PERSON_SHIFT) != person:
            if parted != AFTER_ALL:
                settle(numbers, scratch, person, group, apart)
            person, parted = Int64(word >> PERSON_SHIFT), Int64(AFTER_ALL)
            group = tables.law.lists[0, UInt64(GROUP_OF) + (word >> CODE_SHIFT & CODE_MASK)]
        when = first_moved(was, now)
        if when < parted:
            parted = when
            line = SAVED if was[0] == AFTER_ALL else LOST if now[0] == AFTER_ALL else FORM
            apart = line * cells + (was[2] if now[0] == AFTER_ALL else now[2])
    if parted != AFTER_ALL:
        settle(numbers, scratch, person, group, apart)
