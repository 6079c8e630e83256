"""From a plan to jobs: a job is one simulation with all rows that are valued over it, cut into parts.

What a key touches decides: a key that only values what was delivered costs no simulation, so all its values share a
job; every other difference makes a job of its own. Rows are counted through the plan, the scenario slowest and the
last block fastest, and keep their number whichever job they fall to.

The name of a job is a hash of everything that its rows hang on: the files, the settings, the values and numbers of its
rows, seed, replications, engine, figures, and the program with its facts. What has the same name has the same rows.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulator.sweeps.designs import Design, FloatArray, IntArray, product_sizes
from simulator.sweeps.files import Files
from simulator.sweeps.plan_file import SweepPlan

FORMAT = 1
"""Raised when the content of part files changes its form."""


@dataclass(frozen=True)
class Steps:
    """Which point of a block the rows of a job take: every one `stride` times, round and round.

    Attributes:
        taken: Points of the block that the job takes: some, or a whole range.
        stride: Rows between two points.
    """

    taken: tuple[int, ...] | range
    stride: int

    def points(self, positions: IntArray) -> IntArray:
        """Return the point of each row of the job."""
        places = positions // self.stride % len(self.taken)
        if isinstance(self.taken, range):
            return self.taken.start + places
        return np.array(self.taken, dtype=np.int64)[places]


Column = tuple[str, Design, Steps]
"""A key that is valued, its design, and which points of it the rows of a job take."""


def positions_of(rows: tuple[int, int], part: int) -> IntArray:
    """Return which rows of a job a part holds, counted from 0; `rows` are those of the job and of a part."""
    return np.arange(part * rows[1], min((part + 1) * rows[1], rows[0]))


def points_of(columns: Sequence[Column], positions: IntArray) -> dict[str, FloatArray]:
    """Return what rows of a job are valued at, by key, each shape (row,)."""
    return {key: design.numbers(key, steps.points(positions)) for key, design, steps in columns}


@dataclass(frozen=True)
class Task:
    """What a worker is given: enough to do a job anywhere.

    Attributes:
        name: Name of the job.
        number: Number of the job in its plan.
        files: The scenario and what it leads to.
        sets: Settings that make the simulation, as `-S` reads them.
        columns: Keys that are valued, with their designs and which points of these.
        rows: Number of rows, and most rows of a part.
        asked: Seed and replications, None as the scenario says, and the engine.
        figures: Figures to keep.
        program: Hash of the program and its facts.
    """

    name: str
    number: int
    files: Files
    sets: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[int, int]
    asked: tuple[int | None, int | None, str]
    figures: tuple[str, ...]
    program: str

    @property
    def parts(self) -> int:
        """Number of parts."""
        return math.ceil(self.rows[0] / self.rows[1])

    def points(self, part: int) -> dict[str, FloatArray]:
        """Return the values of the valued keys in a part, each shape (row,)."""
        return points_of(self.columns, positions_of(self.rows, part))


@dataclass(frozen=True)
class Job:
    """One simulation and its rows; see the chapter above."""

    plan: Compiled
    number: int

    @cached_property
    def _choice(self) -> list[int]:
        sizes = [len(self.plan.plan.scenarios), *(len(groups) for groups in self.plan.groups)]
        return [self.number // stride % size for stride, size in zip(product_sizes(sizes), sizes, strict=True)]

    @cached_property
    def taken(self) -> list[tuple[int, ...] | range]:
        """Points of each block that the job takes."""
        return [groups[choice] for groups, choice in zip(self.plan.groups, self._choice[1:], strict=True)]

    @cached_property
    def steps(self) -> list[Steps]:
        """How the rows run through the points of each block."""
        strides = product_sizes([1, *(len(taken) for taken in self.taken)])[1:]
        return [Steps(taken, stride) for taken, stride in zip(self.taken, strides, strict=True)]

    @property
    def scenario(self) -> str:
        """Name of the scenario."""
        return list(self.plan.plan.scenarios)[self._choice[0]]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return math.prod(len(taken) for taken in self.taken)

    @property
    def parts(self) -> int:
        """Number of parts."""
        return math.ceil(self.rows / self.plan.plan.rows_per_part)

    @cached_property
    def settings(self) -> dict[str, str]:
        """What the job sets for its simulation, by key."""
        found = {}
        for block, taken in zip(self.plan.plan.blocks, self.taken, strict=True):
            for key in block.keys:
                if key not in self.plan.valued:
                    text = block.texts(key, np.array(taken[:1], dtype=np.int64))[0]
                    found.update({} if text is None else {key: text})
        return found

    @cached_property
    def name(self) -> str:
        """Hash of everything that the rows of the job hang on."""
        plan = self.plan.plan
        content = {
            "format": FORMAT,
            "program": self.plan.program,
            "files": plan.scenarios[self.scenario].digest,
            "settings": list(self.settings.items()),
            "asked": [plan.seed, plan.replications, plan.engine],
            "figures": plan.figures,
            "rows": [self.rows, plan.rows_per_part, self._values()],
            "keys": [[key, self.plan.is_number(key)] for key in plan.keys],
        }
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()

    def _values(self) -> str:
        """Return a hash of the numbers of the rows, and of what each row is valued at."""
        told = hashlib.sha256()
        for part in range(self.parts):
            told.update(self.row_numbers(part).tobytes())
            for key, numbers in points_of(self.columns, self.positions(part)).items():
                told.update(f"{key} ".encode() + np.ascontiguousarray(numbers).tobytes())
        return told.hexdigest()

    @property
    def columns(self) -> tuple[Column, ...]:
        """Keys that are valued, with their designs and which points of these the rows take."""
        blocks = zip(self.plan.plan.blocks, self.steps, strict=True)
        return tuple((key, block, steps) for block, steps in blocks for key in block.keys if key in self.plan.valued)

    def positions(self, part: int) -> IntArray:
        """Return which rows of the job a part holds."""
        return positions_of((self.rows, self.plan.plan.rows_per_part), part)

    def row_numbers(self, part: int) -> IntArray:
        """Return the numbers of the rows of a part in the plan."""
        sizes = [len(self.plan.plan.scenarios), *(block.count for block in self.plan.plan.blocks)]
        strides = product_sizes(sizes)
        rows = np.full(len(self.positions(part)), self._choice[0] * strides[0], dtype=np.int64)
        for steps, stride in zip(self.steps, strides[1:], strict=True):
            rows += steps.points(self.positions(part)) * stride
        return rows

    def task(self) -> Task:
        """Return what a worker is given."""
        plan = self.plan.plan
        return Task(
            self.name,
            self.number,
            plan.scenarios[self.scenario],
            tuple(f"{key}={text}" for key, text in self.settings.items()),
            self.columns,
            (self.rows, plan.rows_per_part),
            (plan.seed, plan.replications, plan.engine),
            plan.figures,
            self.plan.program,
        )


@dataclass(frozen=True)
class Compiled:
    """A plan with its jobs.

    Attributes:
        plan: The plan.
        valued: Keys that cost no simulation.
        numeric: Keys whose column holds numbers.
        groups: The points of each block, by simulation.
        program: Hash of the program and its facts.
    """

    plan: SweepPlan
    valued: frozenset[str]
    numeric: frozenset[str]
    groups: tuple[Sequence[tuple[int, ...] | range], ...]
    program: str

    @property
    def rows(self) -> int:
        """Number of rows of the plan."""
        return len(self.plan.scenarios) * math.prod(block.count for block in self.plan.blocks)

    def __len__(self) -> int:
        return len(self.plan.scenarios) * math.prod(len(groups) for groups in self.groups)

    def __getitem__(self, number: int) -> Job:
        return Job(self, number)

    def __iter__(self) -> Iterator[Job]:
        return (Job(self, number) for number in range(len(self)))

    def is_number(self, key: str) -> bool:
        """Return whether the column of a key holds numbers."""
        return key in self.numeric


def compiled(
    plan: SweepPlan, is_value: Callable[[str], bool], costs_nothing: Callable[[str], bool], program: str
) -> Compiled:
    """Return a plan with its jobs.

    Args:
        plan: The plan.
        is_value: Whether a key is a number of the catalogue.
        costs_nothing: Whether such a key only values what was delivered, in all scenarios of the plan.
        program: Hash of the program and its facts.
    """
    numeric = frozenset(key for block in plan.blocks for key in block.keys if is_value(key) and block.numeric(key))
    valued = frozenset(key for key in numeric if costs_nothing(key))
    groups = tuple(_groups(block, valued) for block in plan.blocks)
    return Compiled(plan, valued, numeric, groups, program)


def _groups(block: Design, valued: frozenset[str]) -> Sequence[tuple[int, ...] | range]:
    """Return the points of a block that share a simulation, group by group in the order of their first points."""
    keys = [key for key in block.keys if key not in valued]
    if not keys:
        return (range(block.count),)
    points = np.arange(block.count)
    found: dict[tuple[str | None, ...], list[int]] = {}
    for point, settings in enumerate(zip(*(block.texts(key, points) for key in keys), strict=True)):
        found.setdefault(settings, []).append(point)
    return tuple(tuple(group) for group in found.values())


def spread(count: int, most: int) -> list[int]:
    """Return all numbers below a count, or so many (2 or more) evenly among them with the first and the last."""
    if count <= most:
        return list(range(count))
    return sorted({round(step * (count - 1) / (most - 1)) for step in range(most)})
