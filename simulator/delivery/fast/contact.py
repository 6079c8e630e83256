"""The contact rules and clocks of the arms as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.calendars import OFFICE_KINDS
from simulator.calendars.span import Span
from simulator.delivery.engines import Ground
from simulator.delivery.fast.jit import UInt64
from simulator.demand.contact import Rhythm, kept_share, rhythms
from simulator.demand.due import Clock, clock_of
from simulator.demand.earlier import ages_of
from simulator.streams import threshold

Int32Array = npt.NDArray[np.int32]
IntArray = npt.NDArray[np.int64]
AFTER_ALL = 1 << 30
"""Later than any day."""


TYPE, STEPS_FROM, STEPS_TO, DATES_FROM, DATES_TO, CODE = range(6)
"""Columns of a rhythm."""
FIRST, AFTER, AGE_FROM, AGE_BEFORE, PER_TICK = (UInt64(at) for at in range(5))
"""Columns of a step: first day, day after the last, ages [days], part of 2**32 a conversation moves on per tick."""
SPELL_DAY, DROPS_FROM, DROPS_TO = range(3)
"""Columns of a fixed day of the spell."""
KEPT = UInt64(2)
"""Third column of what thins out a fixed day, after first day and day after the last: threshold of those kept."""

RHYTHM_COLUMNS, STEP_COLUMNS, DATE_COLUMNS, DROP_COLUMNS = 6, 5, 3, 3
"""How many columns each table has."""


class Contact(NamedTuple):
    """When conversations fall due.

    Attributes:
        edges: First rhythm of each arm and group, and their number, shape (arm x group + 1,).
        rhythm: Rhythms, types ascending within a group, shape (rhythm, 6).
        step: Steps of the rhythms with a rate one after the other, shape (step x 5,).
        date: Fixed days of the spell of the rhythms without one, shape (date, 3).
        drop: What thins out the fixed days, shape (drop, 3).
        before: Ticks before a day, by arm, office kind, place and day + 1 in turn; the last place is the carriers'.
        due_of: Day on which a conversation of each tick falls due, by arm, office kind, carriers or not, place and tick
            in turn.
        most: Conversations that can fall due at most, shape (arm, place).
        places: Number of places, carriers included.
        ticks: Number of ticks that have room.
        earlier: How far the position of a person moved up to the first day by each age then, in each rhythm of the
            baseline, shape (rhythm, age); empty where no histories are asked for.
    """

    edges: IntArray
    rhythm: IntArray
    step: IntArray
    date: IntArray
    drop: IntArray
    before: Int32Array
    due_of: Int32Array
    most: IntArray
    places: int
    ticks: int
    earlier: IntArray


def pairs_of(ground: Ground) -> list[tuple[int, int]]:
    """Return each (type, group) of the conversations that occur in an arm, in their order."""
    return sorted({(rhythm.type_index, rhythm.group) for arm, _ in ground.arms for rhythm in rhythms(arm)})


def contact_of(ground: Ground, pairs: list[tuple[int, int]]) -> Contact:
    """Return the contact rules and clocks of a ground, given each type and group that occurs."""
    span, groups = ground.span, len(ground.population.groups)
    by_group = [
        sorted((rhythm for rhythm in rhythms(arm) if rhythm.group == group), key=lambda rhythm: rhythm.type_index)
        for arm, _ in ground.arms
        for group in range(groups)
    ]
    rows: list[tuple[int, ...]] = []
    steps: list[tuple[int, ...]] = []
    dates: list[tuple[int, ...]] = []
    drops: list[tuple[int, ...]] = []
    for rhythm in (rhythm for found in by_group for rhythm in found):
        first_step, first_date = len(steps), len(dates)
        steps += [] if rhythm.spell_days else _steps(rhythm, span)
        for day in rhythm.spell_days:
            first_drop = len(drops)
            drops += _drops(rhythm, span, day)
            dates.append((day, first_drop, len(drops)))
        code = pairs.index((rhythm.type_index, rhythm.group))
        rows.append((rhythm.type_index, first_step, len(steps), first_date, len(dates), code))
    clocks = [[clock_of(calendar, kind, span.days) for kind in range(len(OFFICE_KINDS))] for _, calendar in ground.arms]
    most = max(clock.day_of.shape[1] for arm in clocks for clock in arm)
    return Contact(
        edges=np.cumsum([0, *(len(found) for found in by_group)]).astype(np.int64),
        rhythm=_table(rows, RHYTHM_COLUMNS),
        step=_table(steps, STEP_COLUMNS).ravel(),
        date=_table(dates, DATE_COLUMNS),
        drop=_table(drops, DROP_COLUMNS),
        before=np.array([[clock.before for clock in arm] for arm in clocks], dtype=np.int32).ravel(),
        due_of=np.array([[_due_of(clock, most, span.days) for clock in arm] for arm in clocks], dtype=np.int32).ravel(),
        most=np.array(
            [_most(by_group[arm * groups : (arm + 1) * groups], ground) for arm in range(len(ground.arms))],
            dtype=np.int64,
        ),
        places=clocks[0][0].before.shape[0],
        ticks=most,
        earlier=_earlier([rhythm for found in by_group[:groups] for rhythm in found], ground),
    )


def _earlier(found: list[Rhythm], ground: Ground) -> IntArray:
    if not ground.histories:
        return np.zeros((0, 0), dtype=np.int64)
    return np.array([rhythm.passed_by_age(ages_of(ground.survivals), ground.span) for rhythm in found], dtype=np.int64)


def _most(by_group: list[list[Rhythm]], ground: Ground) -> IntArray:
    """Return how many conversations can fall due at most in each place: as if all were present on all days."""
    days = ground.span.days
    each = np.zeros(len(by_group), dtype=np.int64)
    for group, found in enumerate(by_group):
        for rhythm in found:
            per_tick = max((step[-1] for step in _steps(rhythm, ground.span)), default=0) if rhythm.rate else 0
            each[group] += len(rhythm.spell_days) or (per_tick * days >> 32) + 1
    persons = ground.population.persons
    found_at = np.zeros((len(persons.codes), len(by_group)), dtype=np.int64)
    np.add.at(found_at, (persons.place, persons.group), 1)
    return found_at @ each


def _steps(rhythm: Rhythm, span: Span) -> list[tuple[int, ...]]:
    return [
        (first, after, low, min(high, AFTER_ALL), per_tick)
        for first, after, steps in rhythm.stretches(span)
        for low, high, per_tick in steps
    ]


def _drops(rhythm: Rhythm, span: Span, spell_day: int) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = []
    for change in rhythm.changes:
        first, after, share = kept_share(change, span, spell_day)
        found.append((first, after, threshold(share)))
    return found


def _table(rows: list[tuple[int, ...]], width: int) -> IntArray:
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


def _due_of(clock: Clock, ticks: int, days: int) -> IntArray:
    """Return the day on which a conversation of each tick falls due, shape (carriers or not, place, tick)."""
    day_of = np.pad(clock.day_of, ((0, 0), (0, ticks - clock.day_of.shape[1])), constant_values=days)
    places = np.arange(len(clock.meeting_from))[:, None]
    return np.stack([clock.meeting_from[places, day_of[:-1]], clock.meeting_from[places, day_of[-1:]]])
