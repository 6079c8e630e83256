"""The spells of a municipality's persons in one replication: since when, until when."""

from __future__ import annotations

from simulator.delivery.fast.chance import BLOCK, COUNTER, WORD, draw
from simulator.delivery.fast.jit import Int64, UInt64, compiled
from simulator.delivery.fast.scratch import (
    EXIT_SHIFT,
    START_SHIFT,
    Scratch,
    UInt32Array,
)
from simulator.delivery.fast.tables import DAY_ZERO, GUIDE_SHIFT, RUNNING, STOCK, People
from simulator.demand import rules
from simulator.streams import TYPES, WORD_CARRIER, WORD_ELAPSED, WORD_EXIT, Purpose

_ELAPSED = int(Purpose.ELAPSED) * TYPES
AT_ONCE = 2
"""Steps of a search that are taken unasked, since to guess whether they are needed takes longer."""
_still_running = compiled(rules.still_running)


@compiled
def draw_for_persons(
    people: People, persons: tuple[int, int], stock: int, purpose: int, key: tuple[int, int], draws: UInt32Array
) -> None:
    """Draw for a decision that each of some persons of a stock meets once; persons are the first, and how many."""
    for at in range(persons[1]):
        draws[COUNTER[0] + at] = stock
        draws[COUNTER[1] + at] = people.number[persons[0] + at]
        draws[COUNTER[2] + at] = purpose
        draws[COUNTER[3] + at] = 0
    draw(draws, 0, persons[1], key)


@compiled
def age_in_stock(people: People, spells: int, word: int) -> int:
    """Return the age of a person met in a stationary stock: how many upper edges lie at or below a word."""
    edges = people.ages[STOCK, spells]
    age = UInt64(people.guide[STOCK, spells, word >> GUIDE_SHIFT])
    for _ in range(AT_ONCE):
        age += UInt64(edges[age] <= Int64(word))
    while edges[age] <= Int64(word):
        age += UInt64(1)
    return age


@compiled
def age_at_exit(people: People, spells: int, age: int, word: int) -> int:
    """Return the age at which a spell of a given age ends: how many ages have more survivors than it."""
    running = people.ages[RUNNING, spells]
    survivors = _still_running(word, UInt64(running[age]))
    ended = UInt64(people.guide[RUNNING, spells, survivors >> GUIDE_SHIFT])
    for _ in range(AT_ONCE):
        ended += UInt64(running[ended] > Int64(survivors))
    while running[ended] > Int64(survivors):
        ended += UInt64(1)
    return ended


@compiled
def persons_before(people: People, place: int, group: int, until: int) -> tuple[int, int]:
    """Return the first person of a place and group, and the first who comes in on a day or later."""
    at = place * people.stock.shape[1] + group
    low, high = people.edges[at], people.edges[at + 1]
    first = low
    while low < high:
        middle = (low + high) >> 1
        if people.entry[middle] < until:
            low = middle + 1
        else:
            high = middle
    return first, low


@compiled
def draw_spells(people: People, place: int, until: int, key: tuple[int, int], scratch: Scratch) -> None:
    """Draw the spells of the persons of a place who come in before a day."""
    draws, groups = scratch.draws, people.stock.shape[1]
    first = people.edges[place * groups]
    for group in range(groups):
        low, high = persons_before(people, place, group, until)
        spells = people.pace[place] * groups + group
        for start in range(low, high, BLOCK):
            count = min(BLOCK, high - start)
            draw_for_persons(people, (start, count), people.stock[place, group], _ELAPSED, key, draws)
            for at in range(count):
                entry, age, person = Int64(people.entry[start + at]), UInt64(0), start + at - first
                if entry == 0:
                    age = age_in_stock(people, spells, UInt64(draws[WORD[WORD_ELAPSED] + at]))
                ends = age_at_exit(people, spells, age, UInt64(draws[WORD[WORD_EXIT] + at]))
                begun = UInt64(entry + DAY_ZERO) - age
                scratch.life[person] = (begun + ends) << EXIT_SHIFT | begun << START_SHIFT
                scratch.carrier[person] = Int64(draws[WORD[WORD_CARRIER] + at]) < people.carry
