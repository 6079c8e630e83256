"""The plan of a run: seed, replications, engine and processes, as the scenario says unless they are given."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.delivery import ENGINES
from simulator.errors import Fault, InputError
from simulator.scenario import Scenario

CONTROL = "control"
"""The engine that simulates nothing."""
FAST = "fast"
"""The engine of a run that names none."""
WHERE = "options"
LIMITS = {"seed": (0, (1 << 32) - 1), "replications": (1, 100_000), "jobs": (1, 256)}
"""Lowest and highest of the numbers of a plan."""


@dataclass(frozen=True)
class Plan:
    """How a scenario is run.

    Attributes:
        seed: Seed of the run.
        replications: Number of replications.
        engine: Name of the delivery engine, or `control`.
        log: Whether to keep a log of attempts.
        jobs: Number of processes or threads; it changes nothing but the time.
    """

    seed: int
    replications: int
    engine: str = FAST
    log: bool = False
    jobs: int = 1


def engines() -> list[str]:
    """Return the names of the engines."""
    return [*ENGINES, CONTROL]


def plan_of(
    scenario: Scenario,
    seed: int | None = None,
    replications: int | None = None,
    engine: str = FAST,
    log: bool = False,
    jobs: int = 1,
) -> Plan:
    """Return a plan in which what is left out is as the scenario says.

    Raises:
        InputError: There is no such engine, or a number is out of range; names all faults.
    """
    own = scenario.sections.run
    seed = own.seed if seed is None else seed
    replications = own.replications if replications is None else replications
    plan = Plan(seed, replications, engine, log, jobs)
    faults = []
    if engine not in engines():
        message = f"`{engine}` is not among the engines; allowed: {', '.join(engines())}"
        faults.append(Fault(WHERE, 0, 0, "engine", message))
    for name, (low, high) in LIMITS.items():
        if not low <= getattr(plan, name) <= high:
            message = f"{getattr(plan, name)} is out of range; allowed: {low} to {high}"
            faults.append(Fault(WHERE, 0, 0, name, message))
    if faults:
        raise InputError(faults)
    return plan
