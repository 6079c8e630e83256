"""The plan of a run: seed, replications, engine and processes, as the scenario says unless they are given."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from simulator.delivery import ENGINES
from simulator.errors import Fault, InputError
from simulator.scenario import Scenario

CONTROL = "control"
"""The engine that simulates nothing."""
FAST = "fast"
"""The engine of a run that names none."""
WHERE = "options"
LIMITS = {"seed": (0, (1 << 32) - 1), "replications": (1, 100_000), "jobs": (1, 256), "draws": (0, 1 << 16)}
"""Lowest and highest of the numbers of a plan."""
MOST_PROCESSES = 2
"""Processes of the reference engine by default: each takes a few hundred megabytes."""
FEW_PLACES = 10
"""Up to so many municipalities one process is done before a second has started."""


@dataclass(frozen=True)
class Plan:
    """How a scenario is run.

    Attributes:
        seed: Seed of the run.
        replications: Number of replications.
        engine: Name of the delivery engine, or `control`.
        log: Whether to keep a log of attempts.
        jobs: Number of processes or threads; it changes nothing but the time.
        draws: Number of draws of uncertain values.
    """

    seed: int
    replications: int
    engine: str = FAST
    log: bool = False
    jobs: int = 1
    draws: int = 0


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
    return _checked(Plan(seed, replications, engine, log, jobs))


def with_draws(plan: Plan, scenario: Scenario, draws: int | None) -> Plan:
    """Return a plan with a number of draws of uncertain values.

    Left out, it is that of the scenario where a value carries a distribution, and none under the control, which is to
    answer at once.

    Raises:
        InputError: Draws are asked for, but nothing is uncertain; or the number is out of range.
    """
    if draws is None:
        own = scenario.sections.run.draws if scenario.uncertain and plan.engine != CONTROL else 0
        return replace(plan, draws=own)
    if draws and not scenario.uncertain:
        message = f"{draws} draws were asked for, but no value of the scenario carries a distribution; allowed: 0"
        raise InputError.one(message, path="--draws")
    return _checked(replace(plan, draws=draws))


def jobs_of(scenario: Scenario, engine: str) -> int:
    """Return how many threads, or processes of the reference engine, are worth their start."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if engine != "reference":
        return usable
    small = 0 < len(scenario.sections.places) <= FEW_PLACES
    return 1 if small else min(MOST_PROCESSES, usable)


def _checked(plan: Plan) -> Plan:
    """Return a plan if it can be; else raise all its faults."""
    faults = []
    if plan.engine not in engines():
        message = f"`{plan.engine}` is not among the engines; allowed: {', '.join(engines())}"
        faults.append(Fault(WHERE, 0, 0, "engine", message))
    for name, (low, high) in LIMITS.items():
        if not low <= getattr(plan, name) <= high:
            message = f"{getattr(plan, name)} is out of range; allowed: {low} to {high}"
            faults.append(Fault(WHERE, 0, 0, name, message))
    if faults:
        raise InputError(faults)
    return plan
