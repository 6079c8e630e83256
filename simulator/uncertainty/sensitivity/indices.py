"""What an analysis finds: a row for each assumption or group, whichever library worked it out."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from simulator.streams import GROUPS, PLACES, WORD_RANGE, key_of, philox
from simulator.uncertainty.sensitivity.factors import Factor, FloatArray, Function

Pair = tuple[str, str]
TINY = 1e-9
"""Below this share of the largest figure a difference is rounding."""
OPEN = 2.0**-31
"""Half the distance between neighbouring points of the quasi-random sequence: none lies on an end of the interval."""


@dataclass(frozen=True)
class Choice:
    """What is chosen of an analysis.

    Attributes:
        count: Points, trajectories or values a side, as the method counts; None for its own default.
        seed: Seed of its points; 0 is a seed like any other.
        second_order: Whether indices of pairs are wanted.
        keys: The two keys of a map; empty for the two that move the figure most.
    """

    count: int | None = None
    seed: int = 0
    second_order: bool = False
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Indices:
    """Indices by assumption or group.

    Attributes:
        method: Name of the method.
        names: Assumptions or groups, in the order in which they were given.
        columns: Numbers by name of the column (SALib's names), each of shape (name,).
        evaluations: How often the figure was asked for.
        centre: The figure at today's values, or its mean over the points.
        pairs: Numbers of pairs of names by name of the column.
        refused: Why an assumption could not be moved, by name.
        noise: Size of index that an input without any influence has; None where the method gives none.
    """

    method: str
    names: tuple[str, ...]
    columns: Mapping[str, FloatArray]
    evaluations: int
    centre: float
    pairs: Mapping[str, Mapping[Pair, float]] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    noise: float | None = None

    def row(self, name: str) -> dict[str, float]:
        """Return the numbers of a name by column."""
        at = self.names.index(name)
        return {column: float(numbers[at]) for column, numbers in self.columns.items()}

    def ordered(self, column: str) -> tuple[str, ...]:
        """Return the names from the largest number of a column to the smallest, equals in the order given."""
        order = np.argsort(-self.columns[column], kind="stable")
        return tuple(self.names[at] for at in order)


@dataclass(frozen=True)
class Grid:
    """A figure over two assumptions.

    Attributes:
        names: The assumption of each axis, across and up.
        across: Values of the first, shape (across,).
        up: Values of the second, shape (up,).
        figures: The figure, shape (up, across).
        centre: The figure at today's values.
        evaluations: How often the figure was asked for.
    """

    names: Pair
    across: FloatArray
    up: FloatArray
    figures: FloatArray
    centre: float
    evaluations: int
    method: str = "map"


Found = Indices | Grid


def names_of(factors: Sequence[Factor]) -> tuple[str, ...]:
    """Return the names of the rows: keys, and each group once, in the order in which they come."""
    return tuple(dict.fromkeys(factor.name for factor in factors))


def problem_of(factors: Sequence[Factor]) -> dict[str, object]:
    """Return the factors as SALib wants them, in the unit cube."""
    keys = [factor.key for factor in factors]
    problem: dict[str, object] = {"num_vars": len(keys), "names": keys, "bounds": [[0.0, 1.0]] * len(keys)}
    if any(factor.group for factor in factors):
        problem["groups"] = [factor.name for factor in factors]
    return problem


def library_seed(seed: int, purpose: str) -> int:
    """Return the seed that a library is given for one purpose: a word of the project's own chance, never 0.

    Libraries that take 0 for "no seed" would not repeat themselves; theirs is 1 to 2**32 - 1.

    Args:
        seed: Seed of the analysis.
        purpose: What it is for; each purpose has its own.
    """
    # No stock of persons has so large a number, so nobody shares these words.
    beyond = PLACES * GROUPS + 1
    word = philox((beyond, zlib.crc32(purpose.encode()), 0, 0), key_of(seed, 0))[0]
    return 1 + word % (WORD_RANGE - 1)


def unit_points(count: int, columns: int, seed: int) -> tuple[FloatArray, FloatArray]:
    """Return two sets of scrambled Sobol points in the open unit cube, independent of each other.

    Args:
        count: Points of each set, a power of two.
        columns: Dimensions.
        seed: Seed of the analysis.

    Returns:
        Two arrays of shape (count, columns).
    """
    from SALib.sample import sobol as sampler

    problem = {"num_vars": columns, "names": [str(at) for at in range(columns)], "bounds": [[0.0, 1.0]] * columns}
    # In groups, so that each point has few rows; its first row is A and its last one B.
    problem["groups"] = ["first", *["rest"] * (columns - 1)]
    rows = sampler.sample(problem, count, calc_second_order=False, seed=library_seed(seed, "sobol points"))
    steps = len(rows) // count
    return rows[0::steps] + OPEN, rows[steps - 1 :: steps] + OPEN


def points_at(factors: Sequence[Factor], shares: FloatArray) -> FloatArray:
    """Return the values of the factors at shares of their probability, shape (point, factor) both."""
    return np.stack([factor.at(shares[:, at]) for at, factor in enumerate(factors)], axis=1)


def moved(figures: FloatArray) -> bool:
    """Return whether a figure moves at all, rounding apart."""
    return bool(np.ptp(figures) > TINY * max(float(np.abs(figures).max()), TINY))


def asked(function: Function, points: FloatArray) -> npt.NDArray[np.float64]:
    """Return the figure at points, and see to it that there is one number a point.

    Raises:
        ValueError: The function gives something else.
    """
    found = np.asarray(function(points), dtype=np.float64)
    if found.shape != (len(points),) or not np.isfinite(found).all():
        raise ValueError(f"a figure must be one finite number a point, not of shape {found.shape}")
    return found
