"""A conversation on a day: whose it is, which rule holds for it, how it ends and where it is counted."""

from __future__ import annotations

from typing import NamedTuple

from simulator.calendars.span import DAYS_A_WEEK
from simulator.delivery.fast.chance import BLOCK, COUNTER, WORD, draw
from simulator.delivery.fast.jit import Int64, UInt64, compiled, inlined
from simulator.delivery.fast.law import (
    BANDS,
    BOUNDS,
    CALLED,
    CALLED_BOUNDS,
    CELL,
    GROUP_OF,
    OCCASIONS,
    TELLS_FIRST,
    TYPE_OF,
    VOLUNTEERS,
    BoolArray,
    Int16Array,
    Int32Array,
    IntArray,
)
from simulator.delivery.fast.scratch import (
    CODE_MASK,
    CODE_SHIFT,
    DAY_MASK,
    DUE_MASK,
    NUMBER_MASK,
    NUMBER_SHIFT,
    PERSON_SHIFT,
    START_SHIFT,
    WAITING,
    UInt32Array,
    UInt64Array,
)
from simulator.delivery.fast.tables import DAY_ZERO, Int8Array
from simulator.delivery.rules import occasion_of
from simulator.demand.rules import had_one_before
from simulator.streams import ATTEMPTS, TYPES, WORD_VOLUNTARY, Purpose

_CONVERSATION, _PHASE = int(Purpose.CONVERSATION) * TYPES, int(Purpose.PHASE) * TYPES
_had_one_before = compiled(had_one_before)
_occasion_of = compiled(occasion_of)
STATE_MASK = 7
FORM_SHIFT, FORM_MASK = 3, 3
LATE = 1 << 5
"""The conversation waited at the end of the period."""
ASKED, WANTED = 1 << 6, 1 << 7
"""Whether it is known if contact is wanted during a suspension, and whether it is."""
ATTEMPT_SHIFT, ATTEMPT_MASK = 8, ATTEMPTS - 1
CLOSED_SHIFT = 16
"""The record of a conversation: state, form, marks, attempts made, day on which it ended."""
# An attempt in the log, in two words that read as a row of `engines.ATTEMPT`.
LOG_PLACE, LOG_DAY, LOG_KIND, LOG_ATTEMPT, LOG_FORM, LOG_CAME = 8, 16, 32, 40, 48, 56
LOG_TYPE, LOG_GROUP, LOG_NUMBER = 32, 40, 48
"""Where they begin, in bits."""


class Place(NamedTuple):
    """A municipality in an arm and replication.

    Attributes:
        stock: Its first stock number.
        key: Key of the replication.
        number: Number of each of its persons in the stock, shape (person,).
        owed: As in `Scratch`; so are the others without a word of their own.
        room: Room of each queue in `line`.
        basis: Why conversations inside the period had their form, shape (basis x pair x spell class,), the first class.
        waits: Conversations due inside the period and held, and their days, shape (office kind x 2,).
        law: The small tables of the arm.
        moved: How far the position of a person moves by each age of the spell, shape (type and group x age,).
        share: Thresholds of exception and of take-up of each rule, shape (rule x 2 x type and group,).
        meeting_from: First planned meeting day on or after a day, shape (office kind x day + 1,).
        spell_class: Spell class by age [weeks].
        width: Number of types and groups that occur x spell classes.
        codes: Number of types and groups that occur.
        where: Arm and place as they stand in the log.
        counted: Whether the arm is the one whose reasons are counted.
        leaving: What a meeting does to the hazard of leaving, see `leaving.py`; empty where it does nothing.
    """

    stock: int
    key: tuple[int, int]
    number: UInt32Array
    owed: UInt64Array
    first: IntArray
    record: UInt32Array
    next: UInt32Array
    line: UInt32Array
    ends: IntArray
    later: UInt32Array
    tally: IntArray
    log: IntArray
    draws: UInt32Array
    gathered: IntArray
    passed: UInt32Array
    room: int
    basis: IntArray
    waits: IntArray
    law: IntArray
    moved: IntArray
    share: IntArray
    meeting_from: Int32Array
    spell_class: Int8Array
    width: int
    codes: int
    where: int
    counted: int
    moved_by_meeting: BoolArray
    luck: IntArray
    leaving: IntArray


class Today(NamedTuple):
    """The day, and the rules in force on it.

    Attributes:
        day: Day index.
        period_from: First day of the period.
        period_to: Last day of the period.
        rule: Rule in force, shape (type and group x band x occasion,).
        suspends: Whether one of them suspends something.
        lift: Threshold of those who take the phone for fear of infection.
        ill: Threshold of the appointments that illness keeps from being held in person.
        cells: Table of the arm and place on this day, shape (entry x pair x spell class,).
        late: The same for what is counted as of the first or last day of the period.
        segment: Segment of the day.
    """

    day: int
    period_from: int
    period_to: int
    rule: Int16Array
    suspends: bool
    lift: int
    ill: int
    cells: Int32Array
    late: Int32Array
    segment: int


class Case(NamedTuple):
    """A conversation: its place in the list, its two words, type and group, and the age of the spell."""

    conversation: int
    word: int
    life: int
    code: int
    age: int


@inlined
def case_of(place: Place, conversation: int, day: int) -> Case:
    """Return the case of a conversation on a day."""
    at = UInt64(2) * UInt64(conversation)
    word, life = place.owed[at], place.owed[at + UInt64(1)]
    age = day - (Int64(life >> START_SHIFT & DAY_MASK) - DAY_ZERO)
    return Case(conversation, word, life, word >> CODE_SHIFT & CODE_MASK, age)


@inlined
def type_of(place: Place, code: int) -> int:
    """Return the type of a type and group."""
    return UInt64(place.law[UInt64(TYPE_OF) + code])


@compiled
def is_first(place: Place, case: Case) -> bool:
    """Return whether a conversation is the first of its type in the spell of the person."""
    age = DAY_ZERO - Int64(case.life >> START_SHIFT & DAY_MASK)
    if case.word >> NUMBER_SHIFT & NUMBER_MASK:
        return False
    if age <= 0:
        return True
    draws, ages = place.draws, len(place.moved) // place.codes
    draws[COUNTER[0] + BLOCK] = place.stock + place.law[UInt64(GROUP_OF) + case.code]
    draws[COUNTER[1] + BLOCK] = place.number[case.word >> PERSON_SHIFT]
    draws[COUNTER[2] + BLOCK] = _PHASE + Int64(type_of(place, case.code))
    draws[COUNTER[3] + BLOCK] = 0
    draw(draws, BLOCK, 1, place.key)
    moved = place.moved[Int64(case.code) * ages + age]
    return not _had_one_before(Int64(draws[WORD[0] + BLOCK]), moved)


@compiled
def occasion_for(place: Place, case: Case) -> int:
    """Return the occasion of a conversation."""
    law, due, called = place.law, Int64(case.word & DUE_MASK), 0
    for at in range(law[CALLED_BOUNDS]):
        called += Int64(law[CALLED + at] <= due)
    tells_first = law[TELLS_FIRST]
    return _occasion_of(called, tells_first, tells_first != 0 and is_first(place, case))


@inlined
def rule_for(place: Place, today: Today, case: Case) -> int:
    """Return the rule in force for a conversation today."""
    bands = place.law[BANDS]
    row = Int64(case.code) * bands
    for band in range(bands - 1):
        row += Int64(case.age >= place.law[UInt64(BOUNDS + band)])
    occasions = place.law[OCCASIONS]
    if occasions > 1:
        row = row * occasions + occasion_for(place, case)
    return UInt64(today.rule[UInt64(row)])


@inlined
def add(place: Place, cells: Int32Array, entry: int, case: Case) -> None:
    """Count a conversation."""
    first = entry * place.width + place.law[UInt64(CELL) + case.code]
    cells[UInt64(first + place.spell_class[UInt64(max(case.age, 0)) // UInt64(DAYS_A_WEEK)])] += 1


@inlined
def state_of(place: Place, conversation: int) -> int:
    """Return the state of a conversation."""
    return Int64(place.record[conversation]) & STATE_MASK


@inlined
def close(place: Place, today: Today, case: Case, record: int, entry: int) -> None:
    """Note how a conversation ended, and count it; the record has its state and form."""
    place.record[case.conversation] = record | today.day << CLOSED_SHIFT
    place.tally[UInt64(WAITING) + type_of(place, case.code)] -= 1
    add(place, today.cells, entry, case)


@inlined
def is_wanted(place: Place, case: Case) -> bool:
    """Return whether contact is wanted during a suspension; drawn when it is first asked."""
    record = Int64(place.record[case.conversation])
    if not record & ASKED:
        draws = place.draws
        draws[COUNTER[0] + BLOCK] = place.stock + place.law[UInt64(GROUP_OF) + case.code]
        draws[COUNTER[1] + BLOCK] = place.number[case.word >> PERSON_SHIFT]
        draws[COUNTER[2] + BLOCK] = _CONVERSATION + Int64(type_of(place, case.code))
        draws[COUNTER[3] + BLOCK] = Int64(case.word >> NUMBER_SHIFT & NUMBER_MASK) * ATTEMPTS
        draw(draws, BLOCK, 1, place.key)
        wanted = Int64(draws[WORD[WORD_VOLUNTARY] + BLOCK]) < place.law[VOLUNTEERS]
        record |= ASKED | WANTED * Int64(wanted)
        place.record[case.conversation] = record
    return record & WANTED != 0
