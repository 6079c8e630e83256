"""Every combination of the values of some keys; the last key runs fastest."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simulator.facts.tree import Faults, Listing, Node, Table, join
from simulator.sweeps.designs import FloatArray, IntArray, product_sizes
from simulator.sweeps.designs._settings import number_of, setting_of


@dataclass(frozen=True)
class Grid:
    """Values by key; see `Design`."""

    keys: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]

    @property
    def count(self) -> int:
        """Number of combinations."""
        return math.prod(len(values) for values in self.values)

    def numeric(self, key: str) -> bool:
        """Return whether all values of a key are plain numbers."""
        return all(number_of(text) is not None for text in self._of(key))

    def numbers(self, key: str, points: IntArray) -> FloatArray:
        """Return the numbers of a key, shape (point,)."""
        values = np.array([number_of(text) for text in self._of(key)], dtype=np.float64)
        return values[self._places(key, points)]

    def texts(self, key: str, points: IntArray) -> list[str | None]:
        """Return the values of a key."""
        values = self._of(key)
        return [values[place] for place in self._places(key, points)]

    def extremes(self, key: str) -> tuple[str, ...]:
        """Return all values of a key."""
        return self._of(key)

    def _of(self, key: str) -> tuple[str, ...]:
        return self.values[self.keys.index(key)]

    def _places(self, key: str, points: IntArray) -> IntArray:
        sizes = [len(values) for values in self.values]
        place = self.keys.index(key)
        return points // product_sizes(sizes)[place] % sizes[place]


def read(kind: str, node: Node, path: str, faults: Faults) -> Grid | None:
    """Return the grid that stands in a plan; None where it is wrong, which is noted."""
    if not isinstance(node, Table) or not node.entries:
        faults.add(node.place, path, "must be a table of lists, such as `{demand.scale: [0.9, 1, 1.1]}`")
        return None
    before, found = faults.count, {}
    for key, child in node.entries.items():
        if not isinstance(child, Listing) or not child.items:
            message = "must be a list of the values to take, such as `[0.9, 1, 1.1]`"
            faults.add(child.place, join(path, key), message)
            continue
        found[key] = tuple(setting_of(item) for item in child.items)
        twice = {text for text in found[key] if found[key].count(text) > 1}
        if twice:
            faults.add(child.place, join(path, key), f"names {', '.join(sorted(twice))} twice; keep one")
    return Grid(tuple(found), tuple(found.values())) if faults.count == before else None
