"""Due days: on which meeting day each conversation of each person falls due.

The day follows from the person's cumulated rate over the ticks of the contact clock plus one keyed phase, never
from the day the former conversation was held. A planned closure stops the clock: nothing falls due in it, and
nothing piles up. For the carriers the clock runs on, and what comes in a closure is due on the next meeting day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.calendars import Calendar
from simulator.calendars.span import Span
from simulator.demand import rules
from simulator.demand.contact import Rhythm, kept_share
from simulator.demand.register import Register
from simulator.scenario.schema import ContactChange
from simulator.streams import Key, Purpose, counters_of, philox_arrays, threshold

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Due:
    """Conversations that fall due, sorted by person, type and number. Arrays of shape (conversation,).

    Attributes:
        person: Row in the register.
        type_index: Index of the conversation type.
        number: Number of the conversation among the person's of that type, from 0.
        day: Day index on which it falls due.
    """

    person: IntArray
    type_index: IntArray
    number: IntArray
    day: IntArray

    def __len__(self) -> int:
        """Number of conversations."""
        return len(self.person)


@dataclass(frozen=True)
class Clock:
    """The ticks of one office kind, for each place and for carriers (last row).

    Attributes:
        before: Ticks on days before a day, shape (place + 1, day + 1).
        day_of: Day index of each tick, shape (place + 1, most ticks + 1); the number of days where there is none.
        meeting_from: First planned meeting day on or after a day, shape (place, day + 1).
    """

    before: IntArray
    day_of: IntArray
    meeting_from: IntArray


def clock_of(calendar: Calendar, office_kind: int, days: int) -> Clock:
    """Return the clock of an office kind over the days of a span."""
    ticks = np.vstack([calendar.clock[office_kind, :, :days], calendar.weekday[None, :days]])
    before = np.zeros((len(ticks), days + 1), dtype=np.int64)
    np.cumsum(ticks, axis=1, out=before[:, 1:])
    day_of = np.full((len(ticks), int(before[:, -1].max()) + 1), days, dtype=np.int64)
    row, day = np.nonzero(ticks)
    day_of[row, before[row, day]] = day
    meeting = np.where(ticks[:-1], np.arange(days)[None, :], days)
    following = np.minimum.accumulate(meeting[:, ::-1], axis=1)[:, ::-1]
    return Clock(before, day_of, np.hstack([following, np.full((len(following), 1), days)]))


def due_of(rhythm: Rhythm, register: Register, rows: IntArray, clock: Clock, span: Span, key: Key) -> Due:
    """Return the conversations of one type that fall due for one group.

    Args:
        rhythm: How they fall due.
        register: Persons.
        rows: Rows of the group in the register, shape (person of the group,).
        clock: Ticks of the office kind that holds them.
        span: The simulated days.
        key: Key of the replication.
    """
    counters = counters_of(register.stock_number[rows], register.number[rows], Purpose.PHASE, rhythm.type_index)
    phase = philox_arrays(*counters, key=key)[0]
    if rhythm.spell_days:
        who, number, day = _on_spell_days(rhythm, register, rows, clock, span, phase)
    else:
        who, number, day = _by_rate(rhythm, register, rows, clock, span, phase)
    place = register.place[rows[who]]
    on_clock = clock.meeting_from[place, day]
    keep = rules.is_owed(on_clock, register.exit[rows[who]], span.days)
    person = rows[who][keep]
    return Due(person, np.full(len(person), rhythm.type_index), number[keep], on_clock[keep])


def _by_rate(
    rhythm: Rhythm, register: Register, rows: IntArray, clock: Clock, span: Span, phase: npt.NDArray[np.uint32]
) -> tuple[IntArray, IntArray, IntArray]:
    """Return (row among rows, number, day) of conversations that fall due as the cumulated rate passes a whole."""
    start, entry, left = register.start[rows], register.entry[rows], register.exit[rows]
    clock_row = np.where(register.carrier[rows], len(clock.before) - 1, register.place[rows])
    position, count = phase.astype(np.int64), np.zeros(len(rows), dtype=np.int64)
    found: list[tuple[IntArray, IntArray, IntArray]] = []
    for first, after, steps in rhythm.stretches(span):
        for age_from, age_before, per_tick in steps:
            low = np.clip(np.maximum(start + age_from, entry), first, after)
            high = np.clip(np.minimum(start + age_before, left), low, after)
            tick = clock.before[clock_row, low]
            moved = rules.moved_on(position, per_tick, clock.before[clock_row, high] - tick)
            passed = rules.whole_conversations(moved)
            for nth in range(1, int(passed.max(initial=0)) + 1):
                who = np.nonzero(passed >= nth)[0]
                at = tick[who] + rules.ticks_until(nth, position[who], per_tick) - 1
                found.append((who, count[who] + nth - 1, clock.day_of[clock_row[who], at]))
            position, count = rules.part_of_a_conversation(moved), count + passed
    return _joined(found)


def _on_spell_days(
    rhythm: Rhythm, register: Register, rows: IntArray, clock: Clock, span: Span, phase: npt.NDArray[np.uint32]
) -> tuple[IntArray, IntArray, IntArray]:
    """Return (row among rows, number, day) of conversations on fixed days of the spell.

    A weekend moves the day to Monday. A closed weekday drops it, but for carriers.
    """
    found: list[tuple[IntArray, IntArray, IntArray]] = []
    for number, spell_day in enumerate(rhythm.spell_days):
        day = rules.weekday_from(register.start[rows] + spell_day)
        wanted = (day >= register.entry[rows]) & (day >= 0) & (day < span.days)
        for change in rhythm.changes:
            wanted &= ~_dropped(change, span, day, spell_day, phase)
        who = np.nonzero(wanted)[0]
        ticks = clock.meeting_from[register.place[rows[who]], day[who]] == day[who]
        who = who[ticks | register.carrier[rows[who]]]
        found.append((who, np.full(len(who), number), day[who]))
    return _joined(found)


def _dropped(
    change: ContactChange, span: Span, day: IntArray, spell_day: int, phase: npt.NDArray[np.uint32]
) -> npt.NDArray[np.bool_]:
    first, after, share = kept_share(change, span, spell_day)
    return (day >= first) & (day < after) & (phase.astype(np.int64) >= threshold(share))


def _joined(found: list[tuple[IntArray, IntArray, IntArray]]) -> tuple[IntArray, IntArray, IntArray]:
    if not found:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, empty
    who, number, day = (np.concatenate(column) for column in zip(*found, strict=True))
    return who, number, day


def sorted_due(parts: list[Due]) -> Due:
    """Return the conversations of all types in the order of person, type, number."""
    person = np.concatenate([part.person for part in parts])
    type_index = np.concatenate([part.type_index for part in parts])
    number = np.concatenate([part.number for part in parts])
    day = np.concatenate([part.day for part in parts])
    order = np.lexsort((number, type_index, person))
    return Due(person[order], type_index[order], number[order], day[order])
