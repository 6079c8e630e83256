"""From a ground to counts: chunks of replications, shared out over threads by municipality."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from simulator.calendars import OFFICE_KINDS
from simulator.delivery.counts import Counts
from simulator.delivery.engines import LOG_COLUMNS, Ground, IntArray, Replicated, Way
from simulator.delivery.fast.cases import (
    ATTEMPT_MASK,
    FORM_MASK,
    LOG_ATTEMPT,
    LOG_CODE,
    LOG_DAY,
    LOG_FORM,
    LOG_KIND,
    LOG_PERSON,
    LOG_PLACE,
)
from simulator.delivery.fast.contact import pairs_of
from simulator.delivery.fast.law import TRIES, who_of
from simulator.delivery.fast.place import Chunk, run_places
from simulator.delivery.fast.scratch import (
    CODE_MASK,
    DUE_MASK,
    LOGGED,
    NUMBER_MASK,
    Scratch,
    joint_of,
    scratch_of,
    sums_of,
)
from simulator.delivery.fast.tables import Tables, tables_of
from simulator.delivery.fast.totals import Totals
from simulator.delivery.law import check_conservation
from simulator.delivery.rules import office_take_up
from simulator.demand import office_kind_of
from simulator.facts.read import words
from simulator.streams import (
    GROUPS,
    Purpose,
    counters_of,
    key_of,
    philox_arrays,
    stock_of,
)

_office_take_up: Any = office_take_up
"""The rule for one office holds for arrays of them too."""
CHUNK = 8
"""Replications that are run together: enough to keep threads busy, few enough to show how far a run has come."""


Logs = list[list[IntArray]]
"""Pieces of the log, by arm."""


class Fast:
    """The fast engine; municipalities are shared out over threads."""

    def __init__(self, ground: Ground, way: Way) -> None:
        """Lay the ground out as arrays."""
        self.ground, self.way = ground, way
        self.tables = tables_of(ground)
        self.chunk = 1 if way.log else CHUNK
        self.sums = sums_of(self.tables, len(ground.span.segments), self.chunk)
        self.totals = Totals(ground, self.tables)
        persons = np.diff(self.tables.people.edges[:: len(ground.population.groups)])
        self.room = Room(
            persons=int(persons.max(initial=1)),
            conversations=int(self.tables.contact.most.max(initial=1)),
            attempts=int((self.tables.contact.most * self.tables.law.lists[:, [TRIES]]).max()) if way.log else 0,
        )
        self.shares = shared_out(persons, min(way.jobs, len(persons)))
        self.scratch = [self.room.scratch(self.tables) for _ in self.shares]
        self.joint = [joint_of(self.tables, len(ground.span.segments), self.chunk) for _ in self.shares]

    def replications(self, numbers: range) -> Generator[Replicated]:
        """Yield what is kept of each replication, in order."""
        threads = len(self.shares)
        with ThreadPoolExecutor(threads) if threads > 1 else nullcontext() as pool:
            for first in range(numbers.start, numbers.stop, self.chunk):
                yield from self._run(range(first, min(first + self.chunk, numbers.stop)), pool)

    def counts(self) -> Counts:
        """Return the sums over all replications that were made."""
        counts = self.totals.counts(self.sums)
        check_conservation(counts, self.ground.span)
        return counts

    def _run(self, numbers: range, pool: ThreadPoolExecutor | None) -> Generator[Replicated]:
        chunk = Chunk(self.way.seed, numbers.start, shares_of(self.ground, self.way.seed, numbers))
        self.sums.worked[:] = 0
        run, threads = partial(self._run_share, chunk), range(len(self.shares))
        logs = list(pool.map(run, threads) if pool else map(run, threads))
        joint = sum(self.joint[1:], start=self.joint[0])
        self.totals.add(self.sums, joint, len(numbers))
        log = log_of(logs, who_of(self.tables.law)) if self.way.log else None
        for at in range(len(numbers)):
            worked = self.sums.worked[at].sum(axis=-1).astype(np.float64)
            yield Replicated(self.totals.joint_cells(joint[at]), worked, log)

    def _run_share(self, chunk: Chunk, thread: int) -> Logs:
        """Run the municipalities of a thread, and return its log."""
        self.joint[thread][:] = 0
        places, done = self.shares[thread], 0
        logs: Logs = [[] for _ in self.ground.arms]
        while True:
            scratch = self.scratch[thread]
            scratch.tally[:, LOGGED] = 0
            done = run_places(self.tables, chunk, places, done, (scratch, self.sums, self.joint[thread]))
            for arm, pieces in enumerate(logs):
                pieces.append(scratch.log[arm, : 2 * scratch.tally[arm, LOGGED]].reshape(-1, 2).copy())
            if done == len(places) * len(chunk.share):
                return logs


@dataclass(frozen=True)
class Room:
    """Room in the working memory of a thread.

    Attributes:
        persons: Persons of the largest municipality.
        conversations: Conversations of a municipality at most.
        attempts: Rows of the log; 0 where none is kept.
    """

    persons: int
    conversations: int
    attempts: int

    def scratch(self, tables: Tables) -> Scratch:
        """Return the working memory."""
        return scratch_of(tables, self.persons, self.conversations, self.attempts)


def shared_out(persons: IntArray, threads: int) -> list[IntArray]:
    """Return the municipalities of each thread, largest first: the next goes to who has the fewest persons."""
    found: list[list[int]] = [[] for _ in range(threads)]
    load = [0] * threads
    for place in np.argsort(-persons, kind="stable").tolist():
        least = load.index(min(load))
        found[least].append(place)
        load[least] += int(persons[place])
    return [np.array(places, dtype=np.int64) for places in found]


def shares_of(ground: Ground, seed: int, numbers: range) -> IntArray:
    """Return the thresholds of exception and take-up, shape (replication, arm, place, rule x 2 x type and group)."""
    codes = np.array([stock_of(code, 0) for code in ground.population.persons.codes], dtype=np.int64)
    kinds = np.arange(len(OFFICE_KINDS))
    place, kind = (axis.ravel() for axis in np.meshgrid(codes, kinds, indexing="ij"))
    counters = counters_of(place, 0, Purpose.OFFICE, kind)
    word = np.array([philox_arrays(*counters, key=key_of(seed, number))[0] for number in numbers], dtype=np.uint64)
    of_type = np.array([office_kind_of(index) for index in range(len(words()["types"]))])
    types, groups = (list(column) for column in zip(*pairs_of(ground), strict=True))
    # (replication, place, 1, type and group): all types and groups of an office share its component.
    shared = word.reshape(len(numbers), len(codes), len(kinds))[:, :, of_type[types]][:, :, None, :]
    most = max(len(office.rulebook.rules) for office in ground.offices)
    shape = (len(numbers), len(ground.offices), len(codes), most, 2, len(types))
    found = np.zeros(shape, dtype=np.int64)
    for arm, office in enumerate(ground.offices):
        book, spread = office.rulebook, np.uint64(office.conditions.spread)
        rules = slice(len(book.rules))
        found[:, arm, :, rules, 0] = np.array(book.exception)[:, types]
        take_up = book.take_up[:, types, groups].astype(np.uint64)
        found[:, arm, :, rules, 1] = _office_take_up(take_up, spread, shared)
    return found.reshape(*shape[:3], most * 2 * len(types))


def log_of(threads: list[Logs], who: tuple[IntArray, IntArray]) -> IntArray:
    """Return the log of a replication with the columns of `LOG_COLUMNS`, in the order of arm, place, day and office."""
    arms = [np.concatenate([piece for logs in threads for piece in logs[arm]]) for arm in range(len(threads[0]))]
    return np.concatenate([_in_order(_rows(log, arm, who)) for arm, log in enumerate(arms)])


def _in_order(rows: IntArray) -> IntArray:
    """Return the rows by place; those of a place are in order."""
    return rows[np.argsort(rows[:, LOG_COLUMNS.index("place")], kind="stable")]


def _rows(log: IntArray, arm: int, who: tuple[IntArray, IntArray]) -> IntArray:
    when, whose = log.T
    code = whose >> LOG_CODE & int(CODE_MASK)
    columns = {
        "arm": np.full(len(log), arm),
        "place": when >> LOG_PLACE,
        "day": when >> LOG_DAY & int(DUE_MASK),
        "office_kind": when >> LOG_KIND & GROUPS - 1,
        "group": who[1][code],
        "person": whose >> LOG_PERSON,
        "type": who[0][code],
        "number": whose & int(NUMBER_MASK),
        "attempt": when >> LOG_ATTEMPT & ATTEMPT_MASK,
        "form": when >> LOG_FORM & FORM_MASK,
        "came": when & 1,
    }
    return np.column_stack([columns[name] for name in LOG_COLUMNS])
