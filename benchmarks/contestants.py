"""Everybody who is compared, behind one face: told the world beforehand, and then timed on one sample after the other.

The fast engine and the reference are reached through `engine_for` alone.
"""

from __future__ import annotations

import gc
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from benchmarks import plain_simpy
from benchmarks.floor import check_known_answer, run_floor
from benchmarks.worlds import persons_by_place
from simulator.delivery import ENGINES, Way, engine_of
from simulator.delivery.counts import STATES
from simulator.demand.contact import rhythms
from simulator.facts.read import words
from simulator.pipeline import World

SEED = 1
ARM = 0
OUTCOMES = 4
"""Entries of a cell of one arm: held in each of three forms, and not held."""
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Sample:
    """One timing.

    Attributes:
        cpu_seconds: Processor time of a replication, all threads together.
        wall_seconds: Time of a replication on the clock.
        held: Conversations held in a replication.
        attempts: Conversations held and no-shows in a replication.
        once_seconds: Processor time of what is done once a run: making the engine ready, and handing over the counts.
    """

    cpu_seconds: float
    wall_seconds: float
    held: float
    attempts: float
    once_seconds: float = 0.0


class Arena:
    """A prepared world, and what all contestants are told of it."""

    def __init__(self, world: World) -> None:
        self.world = world

    @cached_property
    def attempts_by_place(self) -> IntArray:
        """Attempts of a replication, from the quickest engine that there is, shape (place,)."""
        engine = engine_for(self.world, FAST if FAST.is_there() else REFERENCE)
        for _ in engine.replications(range(1)):
            pass
        by_state = engine.counts().arms[0].dense("state", "place")
        attempts: IntArray = (by_state[STATES.index("held")] + by_state[STATES.index("no_show")]).astype(np.int64)
        return attempts


class Contestant(Protocol):
    """Somebody who can be timed on one arm of a world."""

    @property
    def title(self) -> str:
        """What it is, for the table."""
        ...

    @property
    def is_compiled(self) -> bool:
        """Whether a first sample is thrown away, because it may compile."""
        ...

    def is_there(self) -> bool:
        """Return whether this version has it."""
        ...

    def sample(self, arena: Arena, replications: int) -> Sample:
        """Time some replications; what can be made ready beforehand is, and is not timed."""
        ...


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return processor time, time on the clock, and result of some work."""
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return time.process_time() - cpu, time.perf_counter() - wall, result


@dataclass(frozen=True)
class Engine:
    """An engine of the package: demand, delivery and counts of one arm."""

    engine: str
    title: str
    is_compiled: bool = False
    jobs: int = 1
    log: bool = False

    def is_there(self) -> bool:
        """Return whether this version has it."""
        return self.engine in ENGINES

    def sample(self, arena: Arena, replications: int) -> Sample:
        """Time some replications, and apart from them what is done once a run."""
        made, _, engine = timed(lambda: engine_for(arena.world, self))
        cpu, wall, _ = timed(lambda: deque(engine.replications(range(replications)), maxlen=0))
        handed_over, _, counts = timed(engine.counts)
        state = dict(zip(STATES, counts.arms[0].dense("state").tolist(), strict=True))
        return Sample(
            cpu_seconds=cpu / replications,
            wall_seconds=wall / replications,
            held=state["held"],
            attempts=state["held"] + state["no_show"],
            once_seconds=made + handed_over,
        )


def engine_for(world: World, wanted: Engine) -> Any:
    """Return an engine, ready to run one arm of a world: the only place that knows how to ask for one."""
    ground, own = world.ground, slice(ARM, ARM + 1)
    one_arm = replace(ground, arms=ground.arms[own], offices=ground.offices[own])
    return engine_of(wanted.engine, one_arm, Way(SEED, wanted.jobs, wanted.log))


@dataclass(frozen=True)
class PlainSimpy:
    """SimPy with a process for each citizen."""

    title: str
    country: type[plain_simpy.Country]
    collect: bool
    is_compiled: bool = False

    def is_there(self) -> bool:
        """Return whether this version has it."""
        return True

    def sample(self, arena: Arena, replications: int) -> Sample:
        """Time some replications."""
        world, days = arena.world, arena.world.span.least_days
        found = [
            plain_simpy.run(world, ARM, seed, days, collect=self.collect, country=self.country)
            for seed in range(replications)
        ]
        return _mean_of(found)


@dataclass(frozen=True)
class Salabim:
    """salabim with a component for each citizen."""

    title: str
    is_compiled: bool = False

    def is_there(self) -> bool:
        """Return whether the package is installed."""
        return find_spec("salabim") is not None

    def sample(self, arena: Arena, replications: int) -> Sample:
        """Time some replications."""
        from benchmarks import other_peer

        world, days = arena.world, arena.world.span.least_days
        return _mean_of([other_peer.run(world, ARM, seed, days) for seed in range(replications)])


@dataclass(frozen=True)
class Floor:
    """Draws and counts alone."""

    title: str
    is_compiled: bool = True

    def is_there(self) -> bool:
        """Return whether this version has it."""
        return True

    def sample(self, arena: Arena, replications: int) -> Sample:
        """Time some replications, all added to one cube."""
        check_known_answer()
        world = arena.world
        persons, attempts = persons_by_place(world), arena.attempts_by_place
        pairs = len({(rhythm.type_index, rhythm.group) for rhythm in rhythms(world.scenario.arms[ARM])})
        segments = len(world.span.segments)
        cells = segments * OUTCOMES * pairs * len(words()["spell_classes"])
        cube = run_floor(persons, attempts, cells, segments)

        def work() -> None:
            for _ in range(replications):
                run_floor(persons, attempts, cells, segments, cube)

        cpu, wall, _ = timed(work)
        assert cube.sum(dtype=np.int64) == attempts.sum() * (replications + 1)
        return Sample(cpu / replications, wall / replications, 0.0, float(attempts.sum()))


def _mean_of(found: list[plain_simpy.Timed]) -> Sample:
    return Sample(
        sum(one.cpu_seconds for one in found) / len(found),
        sum(one.wall_seconds for one in found) / len(found),
        sum(one.counts.held.total() for one in found) / len(found),
        sum(one.counts.attempts for one in found) / len(found),
    )


FAST = Engine("fast", "fast engine", is_compiled=True)
REFERENCE = Engine("reference", "reference engine (SimPy)")
CONTESTANTS: dict[str, Contestant] = {
    "floor": Floor("floor: draws and counts alone"),
    "fast": FAST,
    "reference": REFERENCE,
    "lean_simpy": PlainSimpy("lean SimPy, collector off", plain_simpy.LeanCountry, collect=False),
    "plain_simpy": PlainSimpy("plain SimPy, collector off", plain_simpy.Country, collect=False),
    "plain_simpy_as_it_comes": PlainSimpy("plain SimPy, as it comes", plain_simpy.Country, collect=True),
    "salabim": Salabim("salabim, collector off"),
}
