"""Which points a block of a plan has: every combination of some values, rows as they are written, or a sample.

A file of this folder is a kind of block under its own name (`grid`, `list`); every other name is that of a design of
`simulator/draws/designs`, whose points are spread over ranges or distributions.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from simulator.draws.designs import design_names
from simulator.facts.tree import Faults, Node

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
FOLDER = Path(__file__).parent


class Design(Protocol):
    """The points of a block, counted from 0; any of them can be asked for without the others."""

    @property
    def keys(self) -> tuple[str, ...]:
        """What the points set, as `-S` names it."""
        ...

    @property
    def count(self) -> int:
        """Number of points."""
        ...

    def numeric(self, key: str) -> bool:
        """Return whether every point gives the key a plain number."""
        ...

    def numbers(self, key: str, points: IntArray) -> FloatArray:
        """Return the numbers that points give a numeric key, shape (point,)."""
        ...

    def texts(self, key: str, points: IntArray) -> list[str | None]:
        """Return what points give a key, as `-S` reads it; None where a point leaves it alone."""
        ...

    def extremes(self, key: str) -> tuple[str, ...]:
        """Return settings of a key that stand for all of them when they are checked: all, or the lowest and highest."""
        ...


def kinds() -> list[str]:
    """Return the kinds of blocks that a plan may have."""
    return [*_names(FOLDER), *design_names()]


def design_of(kind: str, node: Node, path: str, faults: Faults) -> Design | None:
    """Return the points of a block; None where it is wrong, which is noted.

    Args:
        kind: One of `kinds()`.
        node: What stands in the plan below the kind.
        path: Path of the node in the plan.
        faults: Receives what is wrong.
    """
    found: Any = import_module(f"{__name__}.{kind if kind in _names(FOLDER) else '_drawn'}")
    made: Design | None = found.read(kind, node, path, faults)
    return made


def written(number: float) -> str:
    """Return a number as `-S` reads it in one way only, to the last bit."""
    text = repr(float(number))
    whole, _, decimals = text.partition(".")
    return f"{text}0" if len(decimals) == 3 and len(whole.lstrip("-")) <= 3 and decimals.isdigit() else text


def product_sizes(sizes: Sequence[int]) -> list[int]:
    """Return how many points of a product lie between neighbours of each factor; the last runs fastest."""
    strides = [1]
    for size in reversed(sizes[1:]):
        strides.append(strides[-1] * size)
    return strides[::-1]


def _names(folder: Path) -> list[str]:
    return [path.stem for path in sorted(folder.glob("*.py")) if not path.stem.startswith("_")]
