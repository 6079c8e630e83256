"""What the kernel is given, the same for all replications: the ground as arrays of whole numbers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import DAYS_A_WEEK, Span, spell_class_weeks
from simulator.delivery.counts import spell_class_of
from simulator.delivery.engines import Ground
from simulator.delivery.fast.contact import Contact, contact_of, pairs_of
from simulator.delivery.fast.entries import ENTRIES, ENTRIES_WITHOUT_ILLNESS
from simulator.delivery.fast.jit import UInt64
from simulator.delivery.fast.law import Law, law_of
from simulator.delivery.rules import WHOLE
from simulator.demand import office_kind_of, same_demand
from simulator.demand.spells import Survival
from simulator.errors import InputError
from simulator.facts.read import words
from simulator.streams import stock_of

Int8Array = npt.NDArray[np.int8]
Int16Array = npt.NDArray[np.int16]
Int32Array = npt.NDArray[np.int32]
UInt32Array = npt.NDArray[np.uint32]
IntArray = npt.NDArray[np.int64]

GUIDE_BITS = 12
"""A table is entered at the place that the first bits of a word point to, and searched from there."""
GUIDE_SHIFT = UInt64(32 - GUIDE_BITS)
DAY_ZERO = 1 << 15
"""Days stand in a word as so many more than they are, so that none is negative."""
PAST_ALL = 1 << 33
"""Above every word."""


class Days(NamedTuple):
    """The days of the span.

    Attributes:
        days: Number of days that may be simulated at most.
        least_days: Number of days that are simulated at least.
        period_from: First day of the period.
        period_to: Last day of the period.
        width: Number of types and groups that occur x spell classes.
        entries: Entries of the table of an arm; those of illness are the last, and left out where there is none.
        segment: Segment of each day, shape (day,).
        spell_class: Spell class by age of the spell, shape (week,).
    """

    days: int
    least_days: int
    period_from: int
    period_to: int
    width: int
    entries: int
    segment: Int32Array
    spell_class: Int8Array


STOCK, RUNNING = range(2)
"""Tables of a group's spells: upper edges of the stationary ages, survivors of 2**32 by age."""


class People(NamedTuple):
    """Who there is, and how long spells last.

    Attributes:
        group: Group of each person, shape (person,).
        number: Number of each person in the stock.
        entry: Day from which each person is present.
        edges: First person of each place and group, and the number of persons, shape (place x group + 1,).
        stock: Stock number of each place and group, shape (place, group).
        pace: Pace at which persons of each place leave, shape (place,).
        ages: The tables of spells, shape (2, pace x group, age).
        guide: Where to begin a search in them, shape (2, pace x group, 2**GUIDE_BITS).
        carry: Threshold of the persons whose contact clock runs on through a planned closure.
    """

    group: Int8Array
    number: UInt32Array
    entry: Int16Array
    edges: IntArray
    stock: IntArray
    pace: IntArray
    ages: IntArray
    guide: Int32Array
    carry: int


class Desks(NamedTuple):
    """The offices of each arm.

    Attributes:
        minutes: Caseworker minutes, shape (arm, office kind, place, day).
        meeting_from: First planned meeting day on or after a day, shape (arm, place, office kind x day + 1).
        demand_of: The first arm with the same demand, shape (arm,).
        pressure: Thresholds of those who take the phone for fear and of those who are ill, shape (arm, place, 2 x day).
        kind: Office kind of each type.
    """

    minutes: Int32Array
    meeting_from: Int32Array
    demand_of: IntArray
    pressure: IntArray
    kind: IntArray


KEPT, AGES, ALIVE_AT, PUSH_AT = range(4)
LEAVING_AT = 4
"""What a meeting does to the hazard of leaving, in one row: share of a raise kept for a day, number of ages, where the
survivors and the pushes begin, and then the thresholds of leaving."""


class Tables(NamedTuple):
    """All that is the same for all replications; `leaving` as told above, a row a pace, empty where none is led out."""

    days: Days
    people: People
    contact: Contact
    desks: Desks
    law: Law
    leaving: IntArray


def tables_of(ground: Ground) -> Tables:
    """Return the ground as arrays."""
    pairs = pairs_of(ground)
    return Tables(
        days=_days(ground),
        people=_people(ground),
        contact=contact_of(ground, pairs),
        desks=_desks(ground),
        law=law_of(ground.offices, pairs, ground.span),
        leaving=_leaving(ground, pairs),
    )


def _days(ground: Ground) -> Days:
    span: Span = ground.span
    longest = max(len(survival.alive) for _, survival, _ in ground.population.groups)
    # Who has left is dropped at the moment of service, when the spell would have been longer by as much as the span.
    weeks = np.arange(max(longest // DAYS_A_WEEK, spell_class_weeks()[-1]) + 2 * (span.days // DAYS_A_WEEK + 1) + 1)
    return Days(
        days=span.days,
        least_days=span.least_days,
        period_from=span.period_from,
        period_to=span.period_to,
        width=len(pairs_of(ground)) * len(spell_class_weeks()),
        entries=ENTRIES if any(office.pressure.ill.any() for office in ground.offices) else ENTRIES_WITHOUT_ILLNESS,
        segment=span.segment_of_day.astype(np.int32),
        spell_class=spell_class_of(weeks * DAYS_A_WEEK).astype(np.int8),
    )


def _people(ground: Ground) -> People:
    population = ground.population
    persons, groups = population.persons, len(population.groups)
    where = persons.place.astype(np.int64) * groups + persons.group
    places = len(persons.codes)
    longest = max(len(survival.alive) for _, survival, _ in population.groups) + 1
    if longest + ground.span.days >= DAY_ZERO:
        raise InputError.one(
            f"spells of {longest - 2} days are too long for the fast engine; use --engine reference", "facts"
        )
    survivals = [survival for of_pace in population.paces.survivals for survival in of_pace]
    stock = _padded([survival.stock_edges for survival in survivals], longest, PAST_ALL)
    running = _padded([survival.alive for survival in survivals], longest, 0)
    first = np.arange(1 << GUIDE_BITS) << int(GUIDE_SHIFT)
    last = first + (1 << int(GUIDE_SHIFT)) - 1
    return People(
        group=persons.group,
        number=persons.number,
        entry=persons.entry,
        edges=np.searchsorted(where, np.arange(places * groups + 1)).astype(np.int64),
        stock=np.array([[stock_of(code, group) for group in range(groups)] for code in persons.codes], dtype=np.int64),
        pace=np.array(population.paces.of_place, dtype=np.int64),
        ages=np.stack([stock, running]),
        guide=np.array(
            [
                [np.searchsorted(row, first, side="right") for row in stock],
                [len(row) - np.searchsorted(row[::-1], last, side="right") for row in running],
            ],
            dtype=np.int32,
        ),
        carry=population.carry,
    )


def _padded(rows: list[npt.NDArray[np.uint64]], longest: int, filler: int) -> IntArray:
    found = np.full((len(rows), longest), filler, dtype=np.int64)
    for at, row in enumerate(rows):
        found[at, : len(row)] = row.astype(np.int64)
    return found


def _desks(ground: Ground) -> Desks:
    meeting_from = np.array([office.meeting_from for office in ground.offices], dtype=np.int32)
    return Desks(
        minutes=np.array([office.minutes for office in ground.offices], dtype=np.int32),
        meeting_from=meeting_from.transpose(0, 2, 1, 3)
        .reshape(meeting_from.shape[0], meeting_from.shape[2], -1)
        .copy(),
        demand_of=np.array([_twin(ground, arm) for arm in range(len(ground.arms))], dtype=np.int64),
        pressure=np.array([np.stack([one.pressure.lift, one.pressure.ill], axis=-1) for one in ground.offices]).reshape(
            len(ground.offices), len(ground.population.places), -1
        ),
        kind=np.array([office_kind_of(index) for index in range(len(words()["types"]))], dtype=np.int64),
    )


def _twin(ground: Ground, arm: int) -> int:
    """Return the first arm in which the same conversations fall due."""
    return next(at for at in range(arm + 1) if at == arm or same_demand(ground.arms[at], ground.arms[arm]))


def _leaving(ground: Ground, pairs: list[tuple[int, int]]) -> IntArray:
    """Return what a meeting does, and the survival of each group, one after the other, by pace; empty where nothing.

    In turn: share of a raise kept for a day, number of ages, where survivors and pushes begin; threshold of leaving
    by group and age; survivors by group and age; push by segment, form, pair and spell class.
    """
    paces = ground.population.paces.survivals
    if ground.leaving is None:
        return np.zeros((len(paces), 0), dtype=np.int64)
    types, groups = (list(column) for column in zip(*pairs, strict=True))
    push = ground.leaving.push[:, :, types, groups, :].ravel()
    rows = []
    for survivals in paces:
        spells = _leaving_and_alive(survivals)
        half = spells.size // 2
        head = [ground.leaving.kept, spells.shape[2], LEAVING_AT + half, LEAVING_AT + 2 * half]
        rows.append(np.concatenate([np.array(head, dtype=np.int64), spells.ravel(), push]))
    return np.stack(rows)


def _leaving_and_alive(survivals: tuple[Survival, ...]) -> IntArray:
    """Return thresholds of leaving and survivors, shape (2, group, age)."""
    ages = max(len(survival.alive) for survival in survivals)
    tables = np.zeros((2, len(survivals), ages), dtype=np.int64)
    for group, survival in enumerate(survivals):
        tables[0, group, : len(survival.leaving)] = survival.leaving.astype(np.int64)
        tables[0, group, len(survival.leaving) :] = WHOLE
        tables[1, group, : len(survival.alive)] = survival.alive.astype(np.int64)
    return tables
