"""The working memory of the kernel, for one municipality at a time, and where its counts go."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.delivery.counts import BASES, FORMS
from simulator.delivery.fast.chance import BLOCK, DRAWS
from simulator.delivery.fast.contact import DATES_FROM, DATES_TO, STEPS_FROM, STEPS_TO, Contact
from simulator.delivery.fast.jit import UInt64
from simulator.delivery.fast.law import CODES, LINE_OF
from simulator.delivery.fast.tables import Tables
from simulator.delivery.leaving import LOST

Int32Array = npt.NDArray[np.int32]
UInt32Array = npt.NDArray[np.uint32]
UInt64Array = npt.NDArray[np.uint64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

PLAN = 16
"""Room for what a rhythm means in a place."""
CLOCK = 4
"""Numbers of the clock of a person, see `leaving.py`."""
MOMENTS = 3
"""Before the period, after it, and after the last simulated day."""

# A spell in one word: day from which the person has left, day it began. The second word of a conversation is that of
# its person's spell, with the place of the former conversation of its person and type at the end.
EXIT_SHIFT, START_SHIFT = UInt64(48), UInt64(32)
DAY_MASK, FORMER_MASK = UInt64((1 << 16) - 1), UInt64((1 << 32) - 1)
# A conversation in one word: person, type and group, number, day on which it falls due. In this order they sort.
PERSON_SHIFT, CODE_SHIFT, NUMBER_SHIFT = UInt64(40), UInt64(32), UInt64(16)
CODE_MASK, NUMBER_MASK, DUE_MASK = UInt64(0xFF), UInt64(0xFFFF), UInt64(0xFFFF)
NOBODY = 0xFFFFFFFF
"""The number of no conversation."""

WAITING, DEBT, LOGGED, NOTED, TALLY = 0, 16, 24, 25, 26
"""Where the small sums stand: conversations that wait by type, minutes owed by office, rows of the log, histories noted
(of both arms, in the first); how many."""
GATHERED, PAST, ASIDE = 0, BLOCK, 2 * BLOCK
"""Where those gathered for a draw stand: conversation, place in the queue after it, how many were passed before it."""


PART = 256
"""Persons for whom what falls due is worked out side by side, so that the processor need not guess how much it is."""
BEGUN, LEFT, ENTRY, CARRIER, LISTED, POSITION, NUMBER, LOW, HIGH, BROUGHT = (
    UInt64(column * PART) for column in range(10)
)
"""Where what is known of them stands: first day of the spell; exit; entry; whether a carrier; how many conversations,
and then where the next is listed; position and number so far in a rhythm; ticks before and between two days; whom a
step of the clock brings a conversation."""
ROWS = UInt64(10 * PART)
"""Where the rows begin of what each step of a rhythm, or each fixed day, brings."""
TICK, PASSED, POSITION_BEFORE = (UInt64(column * PART) for column in range(3))
"""What a row holds: ticks before the step, or the day a fixed day comes to; conversations; position before the step."""
ROW = UInt64(3 * PART)
"""Length of a row."""


LIFE_BEGUN, LIFE_CALLED, LIFE_LEFT, LIFE_PHYSICAL, LIFE_DIGITAL, LIFE = 0, 1, 2, 4, 6, 8
"""Where what is told of a person stands: first day of the spell, day of the first conversation, and then of each of two
arms the day from which she has left, and her conversations in person and by phone or video; how many numbers."""


class Scratch(NamedTuple):
    """Working memory, for one municipality at a time.

    Attributes:
        life: Spells of the persons, a word each, shape (person,).
        carrier: Whose contact clock runs on through planned closures, shape (person,).
        listed: What falls due, a word each, sorted, shape (arm, conversation).
        spot: Where each of those listed stands in `owed`, shape (arm, conversation).
        owed: The same words by day, those of a day in their order, each with its second word, shape (arm, 2 x
            conversation); a conversation goes by its place in this list.
        first: First of each day in `owed`, shape (arm, day + 2).
        record: What becomes of each conversation, a word each, shape (arm, conversation + 1); the last is nobody's, who
            stands in for a former conversation where there is none.
        next: The next of those who come again on the same day, shape (arm, conversation).
        line: Queues one after the other, each with room for all, shape (arm, queue x conversation).
        ends: Head and tail of each queue, shape (arm, 2 x queue).
        later: First of those who come again on each day, shape (arm, day + 1).
        tally: Small sums, shape (arm, TALLY).
        log: Two words an attempt, shape (arm, 2 x attempt); none where no log is kept.
        draws: Counters and words of a block of draws, shape (DRAWS,).
        phase: Phases of each rhythm of a group, shape (rhythm, BLOCK).
        ahead: What is worked out ahead of listing for a part of a block, see `reach.py`.
        plan: What each rhythm of a group means in a place, shape (rhythm, PLAN).
        gathered: Who is drawn for, shape (3 x BLOCK,).
        passed: Those who were passed over, or come again, shape (conversation,).
        sizes: Conversations of each arm, shape (arm,).
        before: Conversations that each person was owed before the first day, shape (person,); it and the next two are
            empty where no histories are asked for.
        history: History of each of those listed in an arm, shape (arm, conversation).
        noted: Where those held in either arm were counted, with their histories, shape (conversation,).
        moved_by_meeting: Whom a meeting has moved, shape (arm, person); it and the next two are empty where meetings
            lead nobody out.
        luck: Clocks of those persons, shape (arm, person x CLOCK).
        exits: Days by which spells end earlier in the proposal, shape (line x segment x pair x spell class,).
    """

    life: UInt64Array
    carrier: BoolArray
    listed: UInt64Array
    spot: UInt32Array
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
    phase: UInt32Array
    ahead: IntArray
    plan: IntArray
    gathered: IntArray
    passed: UInt32Array
    sizes: IntArray
    before: IntArray
    history: Int32Array
    noted: IntArray
    moved_by_meeting: BoolArray
    luck: IntArray
    exits: IntArray


class Sums(NamedTuple):
    """Where counts go, summed over replications but for what has a replication in its shape.

    Attributes:
        arms: What happened, shape (arm, place, segment + 1, entry x pair x spell class).
        basis: Why the conversations of the baseline inside the period had their form, shape (place, basis x width),
            all in the first class.
        waits: Conversations due inside the period and held, and their days, shape (arm, place, office kind x 2).
        census: Waiting, shape (arm, moment, place, type).
        worked: Minutes, shape (replication, arm, office kind, place).
        last_day: Last simulated day, shape (replication, place).
        met: Whether the queues had met by then, shape (replication, place).
        lives: Single persons of the last replication, shape (person, LIFE); none where they are not asked for.
    """

    arms: Int32Array
    basis: IntArray
    waits: IntArray
    census: IntArray
    worked: IntArray
    last_day: Int32Array
    met: BoolArray
    lives: Int32Array


def sums_of(tables: Tables, segments: int, replications: int, lives: bool = False) -> Sums:
    """Return room for the counts."""
    arms, kinds, places = tables.desks.minutes.shape[:3]
    types, width = len(tables.desks.kind), tables.days.width
    return Sums(
        arms=np.zeros((arms, places, segments + 1, tables.days.entries * width), dtype=np.int32),
        basis=np.zeros((places, BASES * width), dtype=np.int64),
        waits=np.zeros((arms, places, kinds * 2), dtype=np.int64),
        census=np.zeros((arms, MOMENTS, places, types), dtype=np.int64),
        worked=np.zeros((replications, arms, kinds, places), dtype=np.int64),
        last_day=np.zeros((replications, places), dtype=np.int32),
        met=np.zeros((replications, places), dtype=np.bool_),
        lives=np.zeros((len(tables.people.entry) if lives else 0, LIFE), dtype=np.int32),
    )


def joint_of(tables: Tables, segments: int, replications: int) -> Int32Array:
    """Return room for the joint tables, shape (replication, segment, form x form x pair x spell class)."""
    cells = FORMS * FORMS * tables.days.width
    return np.zeros((replications, segments, cells), dtype=np.int32)


def _most_rows(contact: Contact) -> int:
    """Return how many steps and fixed days the rhythms of a group have at most."""
    steps = contact.rhythm[:, STEPS_TO] - contact.rhythm[:, STEPS_FROM]
    dates = contact.rhythm[:, DATES_TO] - contact.rhythm[:, DATES_FROM]
    return int(np.diff(np.cumsum([0, *(steps + dates)])[contact.edges]).max())


def scratch_of(tables: Tables, persons: int, conversations: int, log: int, noted: int = 0) -> Scratch:
    """Return working memory for a municipality of at most so many persons, conversations, rows of the log, histories.

    Memory that is never written to is never taken.
    """
    arms, days = tables.desks.minutes.shape[0], tables.days.days
    lines = int(tables.law.lists[:, LINE_OF : LINE_OF + CODES].max()) + 1
    most, moved = int(np.diff(tables.contact.edges).max()), persons if tables.leaving.shape[1] else 0
    segments = int(tables.days.segment[-1]) + 1 if moved else 0
    return Scratch(
        life=np.empty(persons, dtype=np.uint64),
        carrier=np.empty(persons, dtype=np.bool_),
        listed=np.empty((arms, conversations), dtype=np.uint64),
        spot=np.empty((arms, conversations), dtype=np.uint32),
        owed=np.empty((arms, 2 * conversations), dtype=np.uint64),
        first=np.zeros((arms, days + 2), dtype=np.int64),
        record=np.empty((arms, conversations + 1), dtype=np.uint32),
        next=np.empty((arms, conversations), dtype=np.uint32),
        line=np.empty((arms, lines * conversations), dtype=np.uint32),
        ends=np.zeros((arms, lines * 2), dtype=np.int64),
        later=np.empty((arms, days + 1), dtype=np.uint32),
        tally=np.zeros((arms, TALLY), dtype=np.int64),
        log=np.empty((arms, log * 2), dtype=np.int64),
        draws=np.zeros(DRAWS, dtype=np.uint32),
        phase=np.zeros((most, BLOCK), dtype=np.uint32),
        ahead=np.zeros(int(ROWS) + int(ROW) * _most_rows(tables.contact), dtype=np.int64),
        plan=np.zeros((most, PLAN), dtype=np.int64),
        gathered=np.zeros(ASIDE + BLOCK, dtype=np.int64),
        passed=np.empty(conversations, dtype=np.uint32),
        sizes=np.zeros(arms, dtype=np.int64),
        before=np.zeros(persons if noted else 0, dtype=np.int64),
        history=np.empty((arms, conversations if noted else 0), dtype=np.int32),
        noted=np.empty(noted, dtype=np.int64),
        moved_by_meeting=np.zeros((arms, moved), dtype=np.bool_),
        luck=np.empty((arms, moved * CLOCK), dtype=np.int64),
        exits=np.zeros((LOST + 1) * segments * tables.days.width, dtype=np.int64),
    )
