"""From a ground to counts: chunks of replications, shared out over threads by municipality."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from typing import Any

import numpy as np

from simulator.calendars import OFFICE_KINDS
from simulator.delivery.cells import Cells
from simulator.delivery.counts import Counts
from simulator.delivery.engines import ATTEMPT, Ground, IntArray, Log, Replicated, Way
from simulator.delivery.fast.contact import pairs_of
from simulator.delivery.fast.law import TRIES
from simulator.delivery.fast.owed import FULL
from simulator.delivery.fast.place import Chunk, run_places
from simulator.delivery.fast.scratch import (
    LOGGED,
    NOTED,
    joint_of,
    scratch_of,
    sums_of,
)
from simulator.delivery.fast.tables import tables_of
from simulator.delivery.fast.totals import Totals
from simulator.delivery.law import check_conservation
from simulator.delivery.lives import Lives
from simulator.delivery.rules import office_take_up
from simulator.demand import office_kind_of
from simulator.errors import RunError
from simulator.facts.read import words
from simulator.streams import (
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
        self.chunk = 1 if way.log or ground.histories or ground.leaving is not None else CHUNK
        self.sums = sums_of(self.tables, len(ground.span.segments), self.chunk, ground.lives)
        self.totals = Totals(ground, self.tables)
        persons = np.diff(self.tables.people.edges[:: len(ground.population.groups)])
        attempts = int((self.tables.contact.most * self.tables.law.lists[:, [TRIES]]).max()) if way.log else 0
        most = int(self.tables.contact.most.max(initial=1))
        room = int(persons.max(initial=1)), most, attempts, 2 * most if ground.histories else 0
        self.shares = shared_out(persons, min(way.jobs, len(persons)))
        self.scratch = [scratch_of(self.tables, *room) for _ in self.shares]
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
        found = list(pool.map(run, threads) if pool else map(run, threads))
        joint = sum(self.joint[1:], start=self.joint[0])
        self.totals.add(self.sums, joint, len(numbers))
        places = len(self.ground.population.persons.codes)
        log = log_of([logs for logs, _ in found], places) if self.way.log else None
        histories = self._histories([noted for _, noted in found])
        for at in range(len(numbers)):
            worked = self.sums.worked[at].sum(axis=-1).astype(np.float64)
            yield Replicated(self.totals.joint_cells(joint[at]), worked, log, histories, self._exits(), self._lives())

    def _histories(self, noted: list[list[IntArray]]) -> Cells | None:
        """Return the histories of the replication that was run, where they are asked for."""
        if not self.ground.histories:
            return None
        return self.totals.history_cells(np.concatenate([piece for pieces in noted for piece in pieces]))

    def _exits(self) -> Cells | None:
        """Return the exits of the replication that was run, where meetings lead persons out."""
        if self.ground.leaving is None:
            return None
        return self.totals.exit_cells(np.sum([scratch.exits for scratch in self.scratch], axis=0))

    def _lives(self) -> Lives | None:
        """Return the persons of the replication that was run, where they are asked for."""
        return self.totals.lives(self.sums, self.ground.population.persons) if self.ground.lives else None

    def _run_share(self, chunk: Chunk, thread: int) -> tuple[Logs, list[IntArray]]:
        """Run the municipalities of a thread, and return its log and the histories that were noted."""
        self.joint[thread][:] = 0
        self.scratch[thread].exits[:] = 0
        places, done = self.shares[thread], 0
        logs: Logs = [[] for _ in self.ground.arms]
        noted: list[IntArray] = []
        while True:
            scratch = self.scratch[thread]
            scratch.tally[:, LOGGED], scratch.tally[:, NOTED] = 0, 0
            done = run_places(self.tables, chunk, places, done, (scratch, self.sums, self.joint[thread]))
            if done == FULL:
                raise RunError("more conversations fall due than the fast engine has room for; use --engine reference")
            for arm, pieces in enumerate(logs):
                pieces.append(scratch.log[arm, : 2 * scratch.tally[arm, LOGGED]].reshape(-1, 2).copy())
            noted.append(scratch.noted[: scratch.tally[0, NOTED]].copy())
            if done == len(places) * len(chunk.share):
                return logs, noted


def shared_out(persons: IntArray, threads: int) -> list[IntArray]:
    """Return the municipalities of each thread, ascending; the largest first, each goes to who has fewest persons."""
    found: list[list[int]] = [[] for _ in range(threads)]
    load = [0] * threads
    for place in np.argsort(-persons, kind="stable").tolist():
        least = load.index(min(load))
        found[least].append(place)
        load[least] += int(persons[place])
    return [np.array(sorted(places), dtype=np.int64) for places in found]


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


def log_of(threads: list[Logs], places: int) -> Log:
    """Return the log of a replication, in the order of arm, place, day and office.

    Args:
        threads: Pieces of the log of each thread, by arm; each thread takes municipalities in ascending order.
        places: Number of municipalities.
    """
    found: list[IntArray] = []
    for arm in range(len(threads[0])):
        pieces = [logs[arm][0] if len(logs[arm]) == 1 else np.concatenate(logs[arm]) for logs in threads]
        if len(pieces) == 1:
            found += pieces
            continue
        edges = [np.searchsorted(piece.view(ATTEMPT)["place"].ravel(), np.arange(places + 1)) for piece in pieces]
        for at in range(places):
            found += [piece[edge[at] : edge[at + 1]] for piece, edge in zip(pieces, edges, strict=True)]
    # To put whole numbers together and then read them as rows is ten times as fast as to put rows together.
    return (found[0] if len(found) == 1 else np.concatenate(found)).view(ATTEMPT).ravel()
