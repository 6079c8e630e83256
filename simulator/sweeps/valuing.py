"""What a worker does: one simulation, and part after part of its rows valued over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from simulator.errors import InputError, RunError
from simulator.pipeline import plan_of, prepare, run_once
from simulator.results.tally import figures_of
from simulator.scenario import Scenario, read_scenario
from simulator.scenario.model import ARMS
from simulator.sweeps.designs import FloatArray, written
from simulator.sweeps.jobs import Task, positions_of
from simulator.sweeps.program import program_digest

Figures = dict[str, FloatArray]
"""Figures of the rows of a part by name, each shape (row,); not a number where a scenario has no such figure."""


def is_value(scenario: Scenario, key: str) -> bool:
    """Return whether a key is a number of the catalogue, or a table of them that one number sets."""
    arm, _, rest = key.partition(".")
    bare = rest if arm in ARMS else key
    values = scenario.baseline.values
    return bare in values or any(known.startswith(f"{bare}.") for known in values)


def costs_nothing(scenario: Scenario, key: str) -> bool:
    """Return whether a number of the catalogue only values what was delivered."""
    return key.startswith(("effects.", "saldo.")) and is_value(scenario, key)


def parts_of(task: Task, parts: Sequence[int]) -> Iterator[tuple[int, Figures]]:
    """Yield the asked parts of a job with their figures, after one simulation.

    Raises:
        InputError: A setting is wrong, or does not go with another.
        RunError: A law is broken, or this is another program than the one that planned the sweep.
    """
    if program_digest() != task.program:
        raise RunError("a worker has another version of the program or its facts; install the same everywhere")
    with task.files.laid_out() as path:
        try:
            worked = _worked(task, path)
            for part in parts:
                yield part, worked(part)
        except InputError as wrong:
            raise InputError([replace(one, where=Path(one.where).name) for one in wrong.faults]) from wrong


def _worked(task: Task, path: Path) -> Callable[[int], Figures]:
    """Return what values a part, after the simulation of the job."""
    seed, replications, engine = task.asked
    scenario = read_scenario(path, task.sets)
    plan = plan_of(scenario, seed, replications, engine)

    def value(part: int) -> Figures:
        columns = task.points(part)
        count = len(positions_of(task.rows, part))
        rows = []
        for row in range(count):
            sets = [f"{key}={written(numbers[row])}" for key, numbers in columns.items()]
            read = read_scenario(path, (*task.sets, *sets))
            world = prepare(read)
            found = [
                figures_of(one.employment, one.saldo)
                for one in (
                    run_once(world, plan.seed, number, engine=plan.engine) for number in range(plan.replications)
                )
            ]
            rows.append({name: float(np.mean([one[name] for one in found])) for name in found[0]})
        return {name: np.array([row.get(name, np.nan) for row in rows]) for name in task.figures}

    return value
