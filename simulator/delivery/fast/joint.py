"""What became of each conversation in both arms, counted person by person when a municipality is done."""

from __future__ import annotations

from simulator.calendars.span import DAYS_A_WEEK
from simulator.delivery import rules
from simulator.delivery.counts import FORMS, NOT_HELD
from simulator.delivery.fast.cases import CLOSED_SHIFT, FORM_MASK, FORM_SHIFT, STATE_MASK
from simulator.delivery.fast.contact import AFTER_ALL
from simulator.delivery.fast.histories import note
from simulator.delivery.fast.jit import Int64, UInt64, compiled, inlined
from simulator.delivery.fast.law import CELL
from simulator.delivery.fast.scratch import (
    CODE_MASK,
    CODE_SHIFT,
    DAY_MASK,
    DUE_MASK,
    PERSON_SHIFT,
    START_SHIFT,
    Int32Array,
    Scratch,
    UInt64Array,
)
from simulator.delivery.fast.tables import DAY_ZERO, Tables

NO_WORD = UInt64((1 << 64) - 1)
"""Sorts after every conversation."""


@inlined
def next_word(first: UInt64Array, last: UInt64Array, at: tuple[int, int], sizes: tuple[int, int]) -> int:
    """Return the next conversation of two lists, without its day: it may fall due on different days in two arms."""
    before = first[at[0]] if at[0] < sizes[0] else NO_WORD
    after = last[at[1]] if at[1] < sizes[1] else NO_WORD
    return min(before | DUE_MASK, after | DUE_MASK)


@compiled
def fate_of(record: int, due: int) -> tuple[int, int]:
    """Return the form in which a conversation was held, and the day; if it was not, the day on which it was due."""
    word = Int64(record)
    if word & STATE_MASK != rules.HELD:
        return NOT_HELD, due
    return word >> FORM_SHIFT & FORM_MASK, word >> CLOSED_SHIFT


@compiled
def fate_in(scratch: Scratch, arm: int, demand: int, at: int, days: int) -> tuple[int, int]:
    """Return the same of the conversation at a place of an arm's list; AFTER_ALL for the day where it was never due."""
    due = Int64(scratch.listed[demand, at] & DUE_MASK)
    if due >= days:
        return NOT_HELD, AFTER_ALL
    record = Int64(scratch.record[arm, scratch.spot[demand, at]])
    if record & STATE_MASK == rules.NEVER_DUE:
        return NOT_HELD, AFTER_ALL
    return fate_of(record, due)


@compiled
def add_joint(tables: Tables, life: int, word: int, fate: tuple[int, int, int], joint: Int32Array) -> int:
    """Count a conversation by its forms in both arms, on the day that its segment and spell class are taken from.

    Returns:
        Where it was counted: segment and cell in one number.
    """
    was, form, day = fate
    age = max(day - (Int64(life >> START_SHIFT & DAY_MASK) - DAY_ZERO), 0)
    pair = tables.law.lists[0, UInt64(CELL) + (word >> CODE_SHIFT & CODE_MASK)]
    cell = (was * FORMS + form) * tables.days.width + pair
    cell += tables.days.spell_class[UInt64(age) // UInt64(DAYS_A_WEEK)]
    segment = tables.days.segment[UInt64(day)]
    joint[segment, UInt64(cell)] += 1
    where: int = Int64(segment) * joint.shape[1] + cell
    return where


@compiled
def count_joint(tables: Tables, scratch: Scratch, days: int, joint: Int32Array) -> None:
    """Count what became of each conversation in both arms.

    Args:
        tables: What all replications share.
        scratch: Working memory after both arms have run.
        days: Number of simulated days.
        joint: Where they are counted, shape (segment, form x form x pair x spell class).
    """
    other = len(scratch.sizes) - 1
    demand = tables.desks.demand_of[other]
    first, last = scratch.listed[0], scratch.listed[demand]
    sizes, one, two = (scratch.sizes[0], scratch.sizes[other]), 0, 0
    while one < sizes[0] or two < sizes[1]:
        word = next_word(first, last, (one, two), sizes)
        was, form, day, then, at = NOT_HELD, NOT_HELD, AFTER_ALL, AFTER_ALL, (one, two)
        if one < sizes[0] and first[one] | DUE_MASK == word:
            was, day = fate_in(scratch, 0, 0, one, days)
            one += 1
        if two < sizes[1] and last[two] | DUE_MASK == word:
            form, then = fate_in(scratch, other, demand, two, days)
            two += 1
        if form != NOT_HELD or day == AFTER_ALL:
            day = then
        if day != AFTER_ALL:
            cell = add_joint(tables, scratch.life[word >> PERSON_SHIFT], word, (was, form, day), joint)
            note(scratch, cell, (was, form), at)


@compiled
def count_alike(tables: Tables, scratch: Scratch, days: int, joint: Int32Array) -> None:
    """Count the same where the same conversations fall due in both arms: place by place in the list."""
    other, owed = len(scratch.sizes) - 1, scratch.owed[0]
    for at in range(scratch.first[0, days]):
        word, life = owed[UInt64(2 * at)], owed[UInt64(2 * at + 1)]
        due = Int64(word & DUE_MASK)
        was, day = fate_of(scratch.record[0, at], due)
        form, then = fate_of(scratch.record[other, at], due)
        day = then if form != NOT_HELD else day
        add_joint(tables, life, word, (was, form, day), joint)
