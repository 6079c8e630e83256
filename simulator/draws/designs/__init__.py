"""Designs: how points are spread over the unit cube. One file each; its name is the name in a scenario or a plan.

A design has

- `sizes(count)`: how many points each of its parts has. Parts are made independently of each other, so their means
  differ by chance alone and tell how far off they are. Refuses a count that the design does not have;
- `points(count, columns, seed, part)`: the points of one part;
- `INDEPENDENT`: whether each point is independent of all others.

Columns are named and keyed by their names. Nothing else of chance is used than the seed's own keys.

    >>> from simulator.draws.designs import design_points
    >>> design_points("sobol", 8, ["a", "b"], seed=1).shape
    (8, 2)
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.errors import InputError
from simulator.facts.spelling import allowed, did_you_mean

FloatArray = npt.NDArray[np.float64]
DEFAULT = "sobol"
PARTS = 8
"""Parts of a table whose points depend on each other: seven degrees of freedom for its error."""

SMALLEST_PART = 8
LARGEST_PART = 1 << 16
"""Points that are made at a time, so that memory is bounded whatever the number of draws."""


@cache
def design_names() -> tuple[str, ...]:
    """Return the names of all designs, in order of the alphabet."""
    here = Path(__file__).parent
    return tuple(sorted(path.stem for path in here.glob("*.py") if not path.stem.startswith("_")))


def design(name: str) -> ModuleType:
    """Return the design of a name.

    Raises:
        InputError: There is none.
    """
    names = design_names()
    if name not in names:
        raise InputError.one(
            f"no design is called {name!r}; {allowed(names)}{did_you_mean(name, names)}", path="design"
        )
    return import_module(f"simulator.draws.designs.{name}")


def design_points(name: str, count: int, columns: Sequence[str], seed: int, part: int = 0) -> FloatArray:
    """Return points of a design in one piece.

    Args:
        name: Name of the design.
        count: How many points.
        columns: Names of the columns.
        seed: Seed of the run.
        part: Which of the independent sets of points, counted from 0.

    Returns:
        Shares above 0 and below 1, shape (point, column).

    Raises:
        InputError: There is no such design, or it has no such number of points or columns.
    """
    found: FloatArray = design(name).points(count, columns, seed, part)
    return found


def at_least_one(count: int) -> None:
    """Refuse a number of points below one.

    Raises:
        InputError: It is below one.
    """
    if count < 1:
        raise InputError.one(f"draws must be at least 1, not {count}", path="draws")


def empty(count: int, columns: Sequence[Any]) -> FloatArray:
    """Return room for points; each column stands together in memory."""
    return np.empty((count, len(columns)), order="F")
