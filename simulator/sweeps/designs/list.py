"""Rows of settings as they are written, such as the dates that belong together; a row may leave a key alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.facts.tree import Faults, Listing, Node, Table
from simulator.sweeps.designs import FloatArray, IntArray
from simulator.sweeps.designs._settings import number_of, setting_of


@dataclass(frozen=True)
class Rows:
    """Settings by row and key, None where a row leaves the key alone; see `Design`."""

    keys: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]

    @property
    def count(self) -> int:
        """Number of rows."""
        return len(self.rows)

    def numeric(self, key: str) -> bool:
        """Return whether every row gives the key a plain number."""
        return all(text is not None and number_of(text) is not None for text in self._of(key))

    def numbers(self, key: str, points: IntArray) -> FloatArray:
        """Return the numbers of a key, shape (point,)."""
        return np.array([number_of(text or "") for text in self._of(key)], dtype=np.float64)[points]

    def texts(self, key: str, points: IntArray) -> list[str | None]:
        """Return the settings of a key."""
        texts = self._of(key)
        return [texts[point] for point in points]

    def extremes(self, key: str) -> tuple[str, ...]:
        """Return all settings of a key."""
        return tuple(dict.fromkeys(text for text in self._of(key) if text is not None))

    def _of(self, key: str) -> tuple[str | None, ...]:
        place = self.keys.index(key)
        return tuple(row[place] for row in self.rows)


def read(kind: str, node: Node, path: str, faults: Faults) -> Rows | None:
    """Return the rows that stand in a plan; None where they are wrong, which is noted."""
    if not isinstance(node, Listing) or not node.items:
        faults.add(node.place, path, "must be a list of rows, such as `- {demand.scale: 0.9, period.to: 2022-01-09}`")
        return None
    before, rows = faults.count, []
    for number, item in enumerate(node.items, start=1):
        if not isinstance(item, Table):
            faults.add(item.place, f"{path}[{number}]", "must be a row of settings, such as `{demand.scale: 0.9}`")
            continue
        rows.append({key: setting_of(child) for key, child in item.entries.items()})
    keys = tuple(dict.fromkeys(key for row in rows for key in row))
    if faults.count == before and not keys:
        faults.add(node.place, path, "no row sets anything; write settings such as `{demand.scale: 0.9}`")
    return Rows(keys, tuple(tuple(row.get(key) for key in keys) for row in rows)) if faults.count == before else None
