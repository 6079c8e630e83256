"""The table of draws: one row for each set of uncertain values, one column for each value."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO

import numpy as np
import numpy.typing as npt

from simulator.distributions import Distribution
from simulator.draws.copula import Correlation, correlated, correlation_matrix, square_root
from simulator.draws.designs import DEFAULT, design, design_points
from simulator.errors import InputError

FloatArray = npt.NDArray[np.float64]
MIDDLE = np.array([0.5])


@dataclass(frozen=True)
class DrawPlan:
    """What is drawn.

    Attributes:
        distributions: What is known of each value, by key.
        count: How many draws.
        seed: Seed of the run.
        design: Name of the design.
        correlations: How values hang together.
    """

    distributions: Mapping[str, Distribution]
    count: int
    seed: int
    design: str = DEFAULT
    correlations: tuple[Correlation, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of all values, sorted: the columns of the table."""
        return tuple(sorted(self.distributions))

    @cached_property
    def varying(self) -> tuple[str, ...]:
        """Keys of the values that vary, sorted: the columns of the design."""
        return tuple(key for key in self.keys if self.distributions[key].sd > 0)

    @cached_property
    def parts(self) -> tuple[int, ...]:
        """How many draws each independent part has, from the first on.

        Raises:
            InputError: There is no such design, or it has no such number of draws.
        """
        return tuple(design(self.design).sizes(self.count))

    @cached_property
    def root(self) -> FloatArray:
        """Square root of the correlations of the values that vary.

        Raises:
            InputError: The correlations cannot be.
        """
        return square_root(correlation_matrix(self.varying, self.correlations), self.varying)


@dataclass(frozen=True, eq=False)
class DrawTable:
    """Draws, as they were made.

    Attributes:
        keys: Keys of the values, sorted.
        values: The values in their units, shape (draw, key).
        design: Name of the design.
        seed: Seed of the run.
        parts: How many draws each independent part has, from the first on; one each where all are independent.
        first: Number of the first draw of the table, counted from 0.
    """

    keys: tuple[str, ...]
    values: FloatArray
    design: str
    seed: int
    parts: tuple[int, ...] = field(repr=False)
    first: int = 0

    @property
    def count(self) -> int:
        """How many draws."""
        return len(self.values)

    @property
    def points(self) -> dict[str, FloatArray]:
        """The values by key, each of shape (draw,)."""
        return {key: self.values[:, at] for at, key in enumerate(self.keys)}

    def row(self, number: int) -> dict[str, float]:
        """Return the values of one draw by key.

        Args:
            number: Number of the draw, counted from 0.

        Raises:
            InputError: There is no such draw.
        """
        _check_row(number, self.first, self.first + self.count)
        return dict(zip(self.keys, self.values[number - self.first].tolist(), strict=True))


def draw_table(plan: DrawPlan) -> DrawTable:
    """Return all draws of a plan.

    Raises:
        InputError: The design has no such number of draws, or the correlations cannot be.
    """
    parts = plan.parts
    values = np.concatenate([draw_part(plan, part).values for part in range(len(parts))])
    return DrawTable(plan.keys, values, plan.design, plan.seed, _independent(plan, len(values)) or parts)


def draw_part(plan: DrawPlan, part: int) -> DrawTable:
    """Return one of the independent parts of the table of a plan; a part has at most some ten thousands of draws.

    Args:
        plan: What is drawn.
        part: Which of its parts, counted from 0.

    Raises:
        InputError: As `draw_table`.
    """
    parts, varying = plan.parts, plan.varying
    points = correlated(design_points(plan.design, parts[part], varying, plan.seed, part), plan.root)
    values = np.empty((parts[part], len(plan.keys)), order="F")
    for at, key in enumerate(plan.keys):
        known = plan.distributions[key]
        values[:, at] = known.quantile(points[:, varying.index(key)] if key in varying else MIDDLE)
    independent = _independent(plan, parts[part])
    return DrawTable(plan.keys, values, plan.design, plan.seed, independent or (parts[part],), sum(parts[:part]))


def draw_row(plan: DrawPlan, number: int) -> dict[str, float]:
    """Return one draw of a plan by key; only the part of the table in which it stands is made.

    Args:
        plan: What is drawn.
        number: Number of the draw, counted from 0.

    Raises:
        InputError: There is no such draw, or as `draw_table`.
    """
    _check_row(number, 0, plan.count)
    ends = np.cumsum(plan.parts)
    return draw_part(plan, int(np.searchsorted(ends, number, side="right"))).row(number)


def csv_draws(table: DrawTable) -> str:
    """Return the table as CSV, to the last bit; the column `draw` holds the number by which a draw is replayed."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["draw", *table.keys])
    writer.writerows([table.first + at, *map(repr, row)] for at, row in enumerate(table.values.tolist()))
    return text.getvalue()


def _independent(plan: DrawPlan, count: int) -> tuple[int, ...]:
    return (1,) * count if design(plan.design).INDEPENDENT else ()


def _check_row(number: int, first: int, end: int) -> None:
    if not first <= number < end:
        raise InputError.one(f"there is no draw {number}; allowed: {first} to {end - 1}", path="replay")
