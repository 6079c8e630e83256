"""What a worker does: one simulation, and part after part of its rows valued over it.

Rows must come out the same to the last bit whichever part is valued first and whoever does it. So figures are written
out as sums of products over the values of the whole job, and the products are summed term by term in one order: a
matrix product would sum in another order for other numbers of rows, threads or kinds of processor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from simulator import pipeline
from simulator.errors import InputError, RunError
from simulator.plan import CONTROL, FAST, Plan, plan_of
from simulator.scenario import Scenario, read_scenario
from simulator.sweeps.designs import FloatArray
from simulator.sweeps.jobs import Task, positions_of
from simulator.sweeps.program import program_digest
from simulator.uncertainty.multilinear import Multilinear
from simulator.uncertainty.worked import FEW, work_up

SMALL_PLACE = "places=[Laesoe]"
Figures = dict[str, FloatArray]
"""Figures of the rows of a part by name, each shape (row,); not a number where a scenario has no such figure."""


def parts_of(task: Task, parts: Sequence[int]) -> Iterator[tuple[int, Figures]]:
    """Yield the asked parts of a job with their figures, after one simulation.

    Raises:
        InputError: A setting is wrong, or does not go with another.
        RunError: A law is broken, or this is another program than the one that planned the sweep.
    """
    if program_digest() != task.program:
        raise RunError("a worker has another version of the program or its facts; install the same everywhere")
    valued = _valued(task)
    for part in parts:
        yield part, valued.part(part)


class Valued:
    """A job, worked up: its parts can be asked for in any order."""

    def __init__(self, task: Task, scenario: Scenario, plan: Plan) -> None:
        """Take a job, its scenario and how that is run, and simulate it."""
        self.task, self._products = task, None
        keys = [key for key, _, _ in task.columns]
        if not keys:
            self._today = figures_of_run(scenario, plan)
            return
        self.worked = work_up(scenario, plan)
        self._today = self.worked.today()
        if task.rows[0] > FEW and not any(self.worked.simulates(key) for key in keys):
            self._products = self.worked.products(keys, _box(task), task.rows[0])

    def part(self, part: int) -> Figures:
        """Return the figures of the rows of a part."""
        points, count = self.task.points(part), len(positions_of(self.task.rows, part))
        known = [name for name in self.task.figures if name in self._today]
        if not points:
            found = {name: np.full(count, self._today[name]) for name in known}
        elif self._products is not None:
            found = summed(self._products, np.stack(list(points.values()), axis=1), known)
        else:
            found = self._each(points, count, known)
        return {name: found.get(name, np.full(count, np.nan)) for name in self.task.figures}

    def _each(self, points: Mapping[str, FloatArray], count: int, names: Sequence[str]) -> Figures:
        """Return figures worked out at each row for itself, so that no row hangs on those beside it."""
        found = {name: np.empty(count) for name in names}
        for first in range(0, count, FEW):
            some = {key: column[first : first + FEW] for key, column in points.items()}
            for name, numbers in self.worked.figures(some, names).items():
                found[name][first : first + FEW] = numbers
        return found


_AT_HAND: dict[str, Valued] = {}
MOST_AT_HAND = 2


def figures_of_run(scenario: Scenario, plan: Plan) -> dict[str, float]:
    """Return the figures of a run by name: the same as at today's values, without asking which stage reads what."""
    if plan.engine == CONTROL:
        return pipeline.control_at(scenario)
    world = pipeline.prepare(scenario)
    found = pipeline.deliver(world, plan)
    effect = pipeline.effect_at(world, world.scenario, found)
    return pipeline.figures_at(pipeline.valuation_at(world, world.scenario), effect, found)


def summed(products: Multilinear, points: FloatArray, names: Sequence[str]) -> Figures:
    """Return figures at points, shape of the points (point, key), each the sum of its terms in their order."""
    moving = np.where(products.step == 0, 1.0, products.step)
    steps = ((points - products.start) / moving).T
    found = {name: np.zeros(len(points)) for name in names}
    known: dict[tuple[int, ...], FloatArray] = {(): np.ones(len(points))}
    for term, factors in zip(products.terms, products.factors, strict=True):
        if term:
            known[term] = known[term[:-1]] * steps[term[-1]]
        for name in names:
            factor = factors[products.names.index(name)]
            if factor:
                found[name] += factor * known[term]
    return found


def _valued(task: Task) -> Valued:
    """Return a job, simulated; the latest are kept at hand for a worker that is given their parts one by one."""
    if task.name not in _AT_HAND:
        while len(_AT_HAND) >= MOST_AT_HAND:
            del _AT_HAND[next(iter(_AT_HAND))]
        _AT_HAND[task.name] = _simulated(task)
    return _AT_HAND[task.name]


def _simulated(task: Task) -> Valued:
    seed, replications, engine = task.asked
    with task.files.laid_out() as path:
        try:
            scenario = read_scenario(path, task.sets)
            return Valued(task, scenario, plan_of(scenario, seed, replications, engine))
        except InputError as wrong:
            raise InputError([replace(one, where=Path(one.where).name) for one in wrong.faults]) from wrong


def compile_engine(task: Task) -> None:
    """Compile the engine of a job before workers start, so that they find it compiled, by a run of one small place."""
    if task.asked[2] == CONTROL:
        return
    with task.files.laid_out() as path, suppress(InputError):  # not every scenario can be cut down to it
        scenario = read_scenario(path, (*task.sets, SMALL_PLACE))
        figures_of_run(scenario, plan_of(scenario, task.asked[0], 1, task.asked[2]))


def _box(task: Task) -> FloatArray:
    """Return the lowest and highest value of each valued key over all rows of a job, shape (2, key)."""
    ends = []
    for part in range(task.parts):
        columns = np.stack(list(task.points(part).values()), axis=1)
        ends += [columns.min(axis=0), columns.max(axis=0)]
    return np.stack([np.min(ends, axis=0), np.max(ends, axis=0)])


def is_value(scenario: Scenario, key: str) -> bool:
    """Return whether a key is a number of the catalogue, or a table of them that one number sets."""
    arm, _, rest = key.partition(".")
    bare = rest if arm in ("baseline", "proposal") else key
    values = scenario.baseline.values
    return bare in values or any(known.startswith(f"{bare}.") for known in values)


def without_simulation(scenario: Scenario, keys: Sequence[str], engine: str = FAST) -> frozenset[str]:
    """Return which keys are numbers that only value what was delivered; all numbers under the engine `control`."""
    worked, found = work_up(scenario, Plan(0, 1, engine)), []
    for key in keys:
        try:
            found += [] if worked.simulates(key) else [key]
        except InputError:  # no lever: a setting of one arm, or a table of several units, which the entrance refuses
            continue
    return frozenset(found)
