"""Engines: what each of them is given, and what it gives back. Its name is that on the command line."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

import numpy as np
import numpy.typing as npt

from simulator.calendars import Calendar
from simulator.calendars.span import Span
from simulator.delivery.cells import Cells
from simulator.delivery.counts import Counts
from simulator.delivery.leaving import Leaving
from simulator.delivery.lives import Lives
from simulator.delivery.tasks import Offices
from simulator.demand import Population
from simulator.demand.spells import Survival
from simulator.errors import RunError
from simulator.interrupts import undisturbed
from simulator.scenario import Arm

IntArray = npt.NDArray[np.int64]
ENGINES = {"fast": "simulator.delivery.fast", "reference": "simulator.delivery.reference"}
"""The engines and where they are; an engine is imported when it is asked for."""
ATTEMPT = np.dtype(
    [
        ("arm", "u1"),
        ("place", "u1"),
        ("day", "<u2"),
        ("office_kind", "u1"),
        ("attempt", "u1"),
        ("form", "u1"),
        ("came", "u1"),
        ("person", "<u4"),
        ("type", "u1"),
        ("group", "u1"),
        ("number", "<u2"),
    ]
)
"""A row of the log of attempts: indices, the person's number in the stock, and numbers counted from 0; 16 bytes."""
Log = npt.NDArray[np.void]


@dataclass(frozen=True)
class Ground:
    """What engines are given: the same for all replications.

    Attributes:
        arms: Arms with their calendars, the baseline first.
        span: The simulated days.
        population: Persons, levels and spells.
        offices: What the offices of each arm are given.
        histories: Whether histories of conversations are counted.
        leaving: What a meeting does to the hazard of leaving; nothing where left out.
        lives: Whether single persons are told; only where meetings lead them out.
    """

    arms: tuple[tuple[Arm, Calendar], ...]
    span: Span
    population: Population
    offices: tuple[Offices, ...]
    histories: bool = False
    leaving: Leaving | None = None
    lives: bool = False

    @property
    def survivals(self) -> tuple[Survival, ...]:
        """Survival of each group."""
        return tuple(survival for _, survival, _ in self.population.groups)


@dataclass(frozen=True)
class Replicated:
    """What is kept of one replication: enough to value it.

    Attributes:
        joint: Conversations that fell due in either arm, by form in both.
        worked_minutes: Caseworker minutes, shape (arm, office kind).
        log: The attempts, if asked for, in the order of arm, place, day, office kind and service: rows of `ATTEMPT`,
            shape (attempt,).
        histories: Histories of the conversations held in either arm, if the ground asks for them.
        exits: Person-days by which spells end earlier in the proposal, if meetings lead persons out.
        lives: Single persons, if the ground asks for them.
    """

    joint: Cells
    worked_minutes: npt.NDArray[np.float64]
    log: Log | None = None
    histories: Cells | None = None
    exits: Cells | None = None
    lives: Lives | None = None

    def plus(self, other: Replicated) -> Replicated:
        """Return the mean of these replications and others; neither a log nor lives are kept."""
        mine, theirs = self.joint.replications, other.joint.replications
        minutes = (self.worked_minutes * mine + other.worked_minutes * theirs) / (mine + theirs)
        return Replicated(
            self.joint.plus(other.joint),
            minutes,
            None,
            None if self.histories is None or other.histories is None else self.histories.plus(other.histories),
            None if self.exits is None or other.exits is None else self.exits.plus(other.exits),
        )


class Engine(Protocol):
    """Holds the conversations of a ground in one replication after another."""

    def replications(self, numbers: range) -> Generator[Replicated]:
        """Yield what is kept of each replication, in order; it is the same alone or among others.

        Raises:
            RunError: A law is broken.
        """
        ...

    def counts(self) -> Counts:
        """Return the sums over all replications that were made."""
        ...


@dataclass(frozen=True)
class Way:
    """How an engine is to work.

    Attributes:
        seed: Seed of the run.
        jobs: Number of processes or threads; it changes nothing but the time.
        log: Whether to keep a log of attempts.
    """

    seed: int
    jobs: int = 1
    log: bool = False


def engine_of(name: str, ground: Ground, way: Way) -> Engine:
    """Return an engine, ready to run.

    Args:
        name: One of `ENGINES`.
        ground: What all replications share.
        way: How it is to work.

    Raises:
        RunError: What the engine needs is not installed.
    """
    try:
        with undisturbed():  # classes half made by an import hide why it stopped
            found = import_module(ENGINES[name])
    except ImportError as missing:
        why = " ".join(str(missing).split())
        raise RunError(
            f"the engine `{name}` cannot start here ({why}); "
            "install numba (pip install numba), or run with --engine reference, which is slower"
        ) from missing
    made: Engine = found.engine(ground, way)
    return made
