"""Points spread over ranges or distributions by a design of `simulator/draws/designs`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Any

import numpy as np

from simulator.distributions import Distribution, distribution_of
from simulator.draws.designs import design_points
from simulator.errors import InputError
from simulator.facts.read import refuse_unknown
from simulator.facts.spelling import decimal, whole
from simulator.facts.tree import Faults, Listing, Node, Scalar, Table, join
from simulator.streams import WORD_RANGE
from simulator.sweeps.designs import FloatArray, IntArray, written

MOST_POINTS = 1 << 20
"""Points of a sample; they are made in one table, at most 8 MB a key."""
FIELDS = ("count", "seed", "keys")
EXAMPLE = "`{count: 1024, seed: 1, keys: {demand.scale: [0.9, 1.1]}}`"
RANGE = "a range such as `[0.1, 0.4]`, or a distribution such as `{distribution: pert, low: 0, mode: 0.2, high: 1}`"


@dataclass(frozen=True)
class Drawn:
    """A sample; see `Design`. The order in which the keys are written does not matter."""

    kind: str
    size: tuple[int, int]
    keys: tuple[str, ...]
    spreads: tuple[Distribution, ...]

    @property
    def count(self) -> int:
        """Number of points."""
        return self.size[0]

    def numeric(self, key: str) -> bool:
        """Return that a sample has numbers."""
        return True

    def numbers(self, key: str, points: IntArray) -> FloatArray:
        """Return the numbers of a key, shape (point,)."""
        count, seed = self.size
        columns = tuple(sorted(self.keys))
        shares = _points(self.kind, count, columns, seed)[points, columns.index(key)]
        return np.asarray(self.spreads[self.keys.index(key)].quantile(shares), dtype=np.float64)

    def texts(self, key: str, points: IntArray) -> list[str | None]:
        """Return the numbers of a key as settings."""
        return [written(number) for number in self.numbers(key, points)]

    def extremes(self, key: str) -> tuple[str, ...]:
        """Return the lowest and the highest number of a key."""
        numbers = self.numbers(key, np.arange(self.count))
        return tuple(dict.fromkeys((written(numbers.min()), written(numbers.max()))))


def read(kind: str, node: Node, path: str, faults: Faults) -> Drawn | None:
    """Return the sample that stands in a plan; None where it is wrong, which is noted."""
    if not isinstance(node, Table):
        faults.add(node.place, path, f"must be a table such as {EXAMPLE}")
        return None
    before = faults.count
    refuse_unknown(node, FIELDS, path, faults)
    count = _whole(node, "count", (1, MOST_POINTS), path, faults)
    seed = 1 if "seed" not in node.entries else _whole(node, "seed", (0, WORD_RANGE - 1), path, faults)
    spreads = _spreads(node, path, faults)
    if faults.count > before or count is None or seed is None:
        return None
    try:
        _points(kind, count, tuple(sorted(spreads)), seed)
    except InputError as wrong:
        for fault in wrong.faults:
            faults.add(node.entries["count"].place, join(path, "count"), fault.message)
        return None
    return Drawn(kind, (count, seed), tuple(spreads), tuple(spreads.values()))


@lru_cache(maxsize=4)
def _points(kind: str, count: int, columns: tuple[str, ...], seed: int) -> FloatArray:
    """Return the points of a design in the unit cube, shape (point, column)."""
    return design_points(kind, count, columns, seed)


def _whole(node: Table, key: str, limits: tuple[int, int], path: str, faults: Faults) -> int | None:
    found = node.entries.get(key)
    if not isinstance(found, Scalar) or found.empty:
        faults.add(found.place if found else node.place, join(path, key), "is missing; allowed: a whole number")
        return None
    try:
        number = whole(found.text)
    except ValueError as wrong:
        faults.add(found.place, join(path, key), str(wrong))
        return None
    if not limits[0] <= number <= limits[1]:
        faults.add(found.place, join(path, key), f"{number} is out of range; allowed: {limits[0]} to {limits[1]}")
        return None
    return number


def _spreads(node: Table, path: str, faults: Faults) -> dict[str, Distribution]:
    keys = node.entries.get("keys")
    if not isinstance(keys, Table) or not keys.entries:
        faults.add(keys.place if keys else node.place, join(path, "keys"), f"must be a table: under each key {RANGE}")
        return {}
    found = {}
    for key, child in keys.entries.items():
        try:
            found[key] = distribution_of(_given(child), (-inf, inf))
        except ValueError as wrong:
            faults.add(child.place, f"{path}.keys.{key}", str(wrong))
    return found


def _given(node: Node) -> dict[str, Any]:
    """Return what `distribution_of` takes.

    Raises:
        ValueError: The node is neither a range nor a distribution.
    """
    if isinstance(node, Listing) and len(node.items) == 2:
        low, high = (_number(item) for item in node.items)
        return {"name": "uniform", "low": low, "high": high}
    if not isinstance(node, Table) or not isinstance(node.entries.get("distribution"), Scalar):
        raise ValueError(f"must be {RANGE}")
    given: dict[str, Any] = {}
    for key, child in node.entries.items():
        if key == "distribution":
            given["name"] = child.text if isinstance(child, Scalar) else ""
        else:
            given[key] = [_number(one) for one in child.items] if isinstance(child, Listing) else _number(child)
    return given


def _number(node: Node) -> float:
    if not isinstance(node, Scalar) or node.empty:
        raise ValueError(f"must be {RANGE}")
    return decimal(node.text)
