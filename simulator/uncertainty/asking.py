"""Asks a scenario that was worked up for a figure while a few values move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from simulator.errors import InputError
from simulator.uncertainty.levers import Lever
from simulator.uncertainty.targets import Aimed

FloatArray = npt.NDArray[np.float64]
DELIVERY = "delivery"
"""Stage of a value that is simulated again when it moves."""


class Askable(Protocol):
    """What `Worked` gives: the values that can move, and every figure where they do."""

    @property
    def levers(self) -> Mapping[str, Lever]:
        """Values that the run reads and that have a range, by key."""

    def lever(self, key: str) -> Lever:
        """Return any value, or table that one number sets, by its key."""

    def figures(self, points: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        """Return all figures by name, each shape (point,), at values by key."""


def today(worked: Askable, figures: Sequence[Aimed]) -> list[float]:
    """Return figures as the scenario stands, each in its unit."""
    found = worked.figures({})
    return [float(figure.of(found)[0]) for figure in figures]


def known_figures(worked: Askable) -> list[str]:
    """Return the names of the figures that a replication has."""
    return list(worked.figures({}))


def at(worked: Askable, keys: Sequence[str], points: FloatArray, figures: Sequence[Aimed]) -> FloatArray:
    """Return figures at points; not a number where the scenario refuses a point.

    Args:
        worked: The scenario.
        keys: Values that move.
        points: Their numbers, shape (point, key).
        figures: The figures.

    Returns:
        Figures in their units, shape (point, figure).
    """
    if not len(points):
        return np.empty((0, len(figures)))
    try:
        found = worked.figures({key: points[:, column] for column, key in enumerate(keys)})
    except InputError:
        if len(points) == 1:
            return np.full((1, len(figures)), np.nan)
        return np.concatenate([at(worked, keys, points[row : row + 1], figures) for row in range(len(points))])
    return np.stack([figure.of(found) for figure in figures], axis=1)


class Remembered:
    """Answers that are kept: no point is asked for twice. For one that is slow and takes each point for itself."""

    def __init__(self, asked: Askable) -> None:
        """Take who answers."""
        self._asked = asked
        self._known: dict[tuple[tuple[str, float], ...], dict[str, float]] = {}

    @property
    def levers(self) -> Mapping[str, Lever]:
        """Values that the run reads and that have a range, by key."""
        return self._asked.levers

    def lever(self, key: str) -> Lever:
        """Return any value, or table that one number sets, by its key."""
        return self._asked.lever(key)

    def figures(self, points: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
        """Return all figures by name, each shape (point,), at values by key."""
        count = len(next(iter(points.values()))) if points else 1
        rows = [tuple((key, float(column[row])) for key, column in points.items()) for row in range(count)]
        for row in dict.fromkeys(row for row in rows if row not in self._known):
            found = self._asked.figures({key: np.array([number]) for key, number in row})
            self._known[row] = {name: float(numbers[0]) for name, numbers in found.items()}
        return {name: np.array([self._known[row][name] for row in rows]) for name in self._known[rows[0]]}
