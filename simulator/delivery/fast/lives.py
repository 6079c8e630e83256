"""Single persons, where the ground asks for them: `delivery/lives.py`, in arrays."""

from __future__ import annotations

from simulator.delivery import rules
from simulator.delivery.fast.cases import FORM_MASK, FORM_SHIFT, STATE_MASK
from simulator.delivery.fast.histories import born
from simulator.delivery.fast.jit import Int64, compiled
from simulator.delivery.fast.leaving import exit_in
from simulator.delivery.fast.scratch import (
    DUE_MASK,
    LIFE_BEGUN,
    LIFE_CALLED,
    LIFE_DIGITAL,
    LIFE_LEFT,
    LIFE_PHYSICAL,
    PERSON_SHIFT,
    Int32Array,
    Scratch,
)
from simulator.delivery.fast.tables import Tables
from simulator.delivery.lives import NEVER


@compiled
def tell_lives(tables: Tables, scratch: Scratch, place: int, days: int, lives: Int32Array) -> None:
    """Write down the persons of a place; of who comes in later no more than that she is never called.

    Args:
        tables: What all replications share.
        scratch: Working memory after both arms have run.
        place: The place.
        days: Number of simulated days.
        lives: Where they are written, shape (person, LIFE).
    """
    people, other = tables.people, len(scratch.sizes) - 1
    groups, numbers = people.stock.shape[1], tables.leaving[people.pace[place]]
    first, last = people.edges[place * groups], people.edges[(place + 1) * groups]
    for row in range(first, last):
        lives[row, LIFE_CALLED], person = NEVER, row - first
        for column in range(LIFE_PHYSICAL, LIFE_DIGITAL + 2):
            lives[row, column] = 0
        if Int64(people.entry[row]) < days:
            group = Int64(people.group[row])
            lives[row, LIFE_BEGUN] = born(scratch, person)
            lives[row, LIFE_LEFT] = exit_in(numbers, scratch, 0, person, group)
            lives[row, LIFE_LEFT + 1] = exit_in(numbers, scratch, other, person, group)
    tell_conversations(scratch, (0, 0), days, lives[first:last])
    tell_conversations(scratch, (other, tables.desks.demand_of[other]), days, lives[first:last])


@compiled
def tell_conversations(scratch: Scratch, where: tuple[int, int], days: int, lives: Int32Array) -> None:
    """Write down when the persons of a place were first called, and how they met in an arm.

    Args:
        scratch: Working memory after both arms have run.
        where: The arm, and that whose list it shares.
        days: Number of simulated days.
        lives: Their rows.
    """
    arm = where[0] != 0
    for at in range(scratch.sizes[where[0]]):
        word = scratch.listed[where[1], at]
        person, due = word >> PERSON_SHIFT, Int64(word & DUE_MASK)
        record = Int64(scratch.record[where[0], scratch.spot[where[1], at]])
        if due >= days or record & STATE_MASK == rules.NEVER_DUE:
            continue
        if not arm:
            lives[person, LIFE_CALLED] = min(due, Int64(lives[person, LIFE_CALLED]))
        if record & STATE_MASK == rules.HELD:
            in_person = record >> FORM_SHIFT & FORM_MASK == rules.PHYSICAL
            lives[person, (LIFE_PHYSICAL if in_person else LIFE_DIGITAL) + arm] += 1
