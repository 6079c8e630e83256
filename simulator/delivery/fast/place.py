"""One municipality, replication after replication, both arms in one pass, until their queues have met."""

from __future__ import annotations

from typing import NamedTuple

from simulator.calendars.span import DAYS_A_WEEK
from simulator.delivery import rules
from simulator.delivery.fast.cases import LATE, LOG_PLACE, Place, Today
from simulator.delivery.fast.desk import serve
from simulator.delivery.fast.entries import WAITING_END, WAITING_START
from simulator.delivery.fast.histories import count_before, tell_histories
from simulator.delivery.fast.jit import Int64, compiled, kept
from simulator.delivery.fast.joint import count_alike, count_joint
from simulator.delivery.fast.law import TRIES, IntArray
from simulator.delivery.fast.leaving import count_exits
from simulator.delivery.fast.lines import fall_due, take_census
from simulator.delivery.fast.lives import tell_lives
from simulator.delivery.fast.owed import FULL, order_by_day, owe
from simulator.delivery.fast.people import draw_spells
from simulator.delivery.fast.scratch import (
    DEBT,
    LOGGED,
    NOBODY,
    NOTED,
    TALLY,
    WAITING,
    Int32Array,
    Scratch,
    Sums,
)
from simulator.delivery.fast.tables import Tables

AT_START, AT_PERIOD_END, AT_END = 0, 1, 2
"""Moments of the census."""
AHEAD = 56
"""Days that are listed at a time while the queues have not met."""


class Chunk(NamedTuple):
    """Replications that are run together.

    Attributes:
        seed: Seed of the run.
        first: Number of the first replication.
        share: Thresholds of exception and of take-up, shape (replication, arm, place, rule x 2 x type and group).
    """

    seed: int
    first: int
    share: IntArray


@compiled
def add_to(sums: IntArray, tally: IntArray) -> None:
    """Add those who wait, by type, to sums."""
    for type_index in range(len(sums)):
        sums[type_index] += tally[WAITING + type_index]


@compiled
def is_waiting_equal(one: IntArray, other: IntArray) -> bool:
    """Return whether as many of each type wait in two arms."""
    apart = 0
    for at in range(WAITING, DEBT):
        apart += abs(one[at] - other[at])
    return apart == 0


@compiled
def clear(scratch: Scratch) -> None:
    """Empty the queues of all arms."""
    for arm in range(len(scratch.sizes)):
        later, ends, tally = scratch.later[arm], scratch.ends[arm], scratch.tally[arm]
        scratch.sizes[arm] = 0
        scratch.record[arm, scratch.record.shape[1] - 1] = rules.HELD
        for at in range(len(ends)):
            ends[at] = 0
        for day in range(len(later)):
            later[day] = NOBODY
        for at in range(TALLY):
            if at != LOGGED and at != NOTED:
                tally[at] = 0
        for person in range(scratch.moved_by_meeting.shape[1]):
            scratch.moved_by_meeting[arm, person] = False


@compiled
def has_room(tables: Tables, place: int, scratch: Scratch) -> bool:
    """Return whether log and notes have room for all that a place can be owed."""
    owed = tables.contact.most[0, place] + tables.contact.most[len(scratch.sizes) - 1, place]
    if 0 < len(scratch.noted) < scratch.tally[0, NOTED] + owed:
        return False
    for arm in range(len(scratch.sizes)):
        attempts = tables.contact.most[arm, place] * tables.law.lists[arm, TRIES]
        if 0 < scratch.log.shape[1] < 2 * (scratch.tally[arm, LOGGED] + attempts):
            return False
    return True


@compiled
def place_of(tables: Tables, chunk: Chunk, at: tuple[int, int, int], room: tuple[Scratch, Sums]) -> Place:
    """Return a municipality in an arm and replication."""
    (index, replication, arm), (scratch, sums) = at, room
    demand = tables.desks.demand_of[arm]
    return Place(
        tables.people.stock[index, 0],
        (chunk.seed, chunk.first + replication),
        tables.people.number[tables.people.edges[index * tables.people.stock.shape[1]] :],
        scratch.owed[demand],
        scratch.first[demand],
        scratch.record[arm],
        scratch.next[arm],
        scratch.line[arm],
        scratch.ends[arm],
        scratch.later[arm],
        scratch.tally[arm],
        scratch.log[arm],
        scratch.draws,
        scratch.gathered,
        scratch.passed,
        scratch.next.shape[1],
        sums.basis[index],
        sums.waits[arm, index],
        tables.law.lists[arm],
        tables.law.moved[arm],
        chunk.share[replication, arm, index],
        tables.desks.meeting_from[arm, index],
        tables.days.spell_class,
        tables.days.width,
        tables.law.codes,
        arm | index << LOG_PLACE,
        1 if arm == 0 else 0,
        scratch.moved_by_meeting[arm],
        scratch.luck[arm],
        tables.leaving[tables.people.pace[index]],
    )


@compiled
def advance(
    tables: Tables, chunk: Chunk, at: tuple[int, int, int], days: tuple[int, int], room: tuple[Scratch, Sums]
) -> None:
    """Go on with an arm of a place from a day to the end of the day before another."""
    (index, replication, arm), sums, law = at, room[1], tables.law
    place = place_of(tables, chunk, at, room)
    period, segment = (tables.days.period_from, tables.days.period_to), tables.days.segment
    places, cells, room_after = law.set_of[arm, index], sums.arms[arm, index], sums.arms.shape[2] - 1
    for day in range(days[0], days[1]):
        rule, suspends = law.rule[arm, places, day], law.suspends[arm, places, day]
        lift, ill = tables.desks.pressure[arm, index, 2 * day], tables.desks.pressure[arm, index, 2 * day + 1]
        at_once, late = cells[segment[day]], cells[room_after]
        today = Today(day, period[0], period[1], rule, suspends, lift, ill, at_once, late, Int64(segment[day]))
        if day == period[0]:
            take_census(place, today.late, WAITING_START, (day, day), 0)
            add_to(sums.census[arm, AT_START, index], place.tally)
        if day == period[1] + 1:
            take_census(place, today.late, WAITING_END, (day, period[1]), LATE)
            add_to(sums.census[arm, AT_PERIOD_END, index], place.tally)
        fall_due(place, today)
        for kind in range(tables.desks.minutes.shape[1]):
            minutes = tables.desks.minutes[arm, kind, index, day]
            if minutes > 0:
                sums.worked[replication, arm, kind, index] += serve(place, today, kind, minutes)


@compiled
def is_told_by_person(scratch: Scratch) -> bool:
    """Return whether what became of conversations is asked for person by person."""
    return len(scratch.noted) > 0 or scratch.moved_by_meeting.shape[1] > 0


@compiled
def make_ready(tables: Tables, place: int, until: int, key: tuple[int, int], scratch: Scratch) -> None:
    """Draw the persons of a place and list what falls due before a day.

    What was listed before keeps its place: conversations stand by day, and who comes in later is owed none before.
    """
    demand_of, sizes = tables.desks.demand_of, scratch.sizes
    draw_spells(tables.people, place, until, key, scratch)
    if len(scratch.noted) > 0:
        count_before(tables, place, until, key, scratch)
    for arm in range(len(sizes)):
        former = sizes[arm]
        sizes[arm] = sizes[demand_of[arm]]
        if demand_of[arm] == arm:
            sizes[arm] = owe(tables, (arm, place), until, key, scratch)
            order_by_day(scratch, arm, demand_of[len(sizes) - 1] != 0 or is_told_by_person(scratch))
        for conversation in range(former, sizes[arm]):
            scratch.record[arm, conversation] = rules.WAITING


@compiled
def is_full(scratch: Scratch) -> bool:
    """Return whether a list had no room for all conversations."""
    full = 0
    for size in scratch.sizes:
        full += size == FULL
    return full > 0


@compiled
def count_both(tables: Tables, scratch: Scratch, place: int, days: int, joint: Int32Array) -> None:
    """Count what became of each conversation in both arms, and what it led to; arguments as of `count_joint`."""
    if len(scratch.noted) > 0:
        tell_histories(tables, scratch, days)
    if scratch.moved_by_meeting.shape[1] > 0:
        count_exits(tables, scratch, place, days)
    if tables.desks.demand_of[len(scratch.sizes) - 1] == 0 and not is_told_by_person(scratch):
        count_alike(tables, scratch, days, joint)
    else:
        count_joint(tables, scratch, days, joint)


@compiled
def run_arms(
    tables: Tables, chunk: Chunk, place: int, replication: int, room: tuple[Scratch, Sums, Int32Array]
) -> None:
    """Run both arms of a place until their queues have met, and count what became of each conversation."""
    scratch, sums, joint = room
    key = chunk.seed, chunk.first + replication
    arms, day, end = len(scratch.sizes), Int64(0), Int64(tables.days.least_days)
    until = end
    clear(scratch)
    make_ready(tables, place, until, key, scratch)
    while True:
        for arm in range(arms):
            advance(tables, chunk, (place, replication, arm), (day, end), (scratch, sums))
        met = is_waiting_equal(scratch.tally[0], scratch.tally[arms - 1])
        if met or end + DAYS_A_WEEK > tables.days.days:
            break
        day, end = end, end + DAYS_A_WEEK
        if end > until:
            until = min(until + AHEAD, tables.days.days)
            make_ready(tables, place, until, key, scratch)
    sums.last_day[replication, place], sums.met[replication, place] = end - 1, met
    for arm in range(arms):
        add_to(sums.census[arm, AT_END, place], scratch.tally[arm])
    if arms > 1:
        count_both(tables, scratch, place, end, joint[replication])
    if len(sums.lives) > 0:
        tell_lives(tables, scratch, place, end, sums.lives)


@kept
def run_places(
    tables: Tables, chunk: Chunk, places: IntArray, done: int, room: tuple[Scratch, Sums, Int32Array]
) -> int:
    """Run municipalities, one after the other, through the replications of a chunk.

    Args:
        tables: What all replications share.
        chunk: The replications.
        places: Indices of the municipalities.
        done: How many replications of municipalities are done already.
        room: Working memory, and where counts go.

    Returns:
        How many are done; fewer than all where log or notes have no room for the next; FULL where a list had none.
    """
    for work in range(done, len(places) * len(chunk.share)):
        place, replication = places[work // len(chunk.share)], work % len(chunk.share)
        if not has_room(tables, place, room[0]):
            return work
        run_arms(tables, chunk, place, replication, room)
        if is_full(room[0]):
            return FULL
    return len(places) * len(chunk.share)
