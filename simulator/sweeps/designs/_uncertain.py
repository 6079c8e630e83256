"""The uncertain values of a scenario, drawn as a run draws them: point number 37 is draw number 37."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simulator.draws import DrawPlan, DrawTable, draw_table
from simulator.sweeps.designs import FloatArray, IntArray, written


@dataclass(frozen=True, eq=False)
class Uncertain:
    """Draws; see `Design`."""

    plan: DrawPlan
    keys: tuple[str, ...]

    @property
    def count(self) -> int:
        """Number of draws."""
        return self.plan.count

    def numeric(self, key: str) -> bool:
        """Return that draws are numbers."""
        return True

    def numbers(self, key: str, points: IntArray) -> FloatArray:
        """Return what is drawn for a key, shape (point,)."""
        return _table(self).points[key][points]

    def texts(self, key: str, points: IntArray) -> list[str | None]:
        """Return what is drawn for a key as settings."""
        return [written(number) for number in self.numbers(key, points)]

    def extremes(self, key: str) -> tuple[str, ...]:
        """Return the lowest and the highest number of a key."""
        numbers = self.numbers(key, np.arange(self.count))
        return tuple(dict.fromkeys((written(numbers.min()), written(numbers.max()))))


def uncertain(plan: DrawPlan, varied: Sequence[str]) -> Uncertain:
    """Return the draws of a scenario; a key that the plan of a sweep varies itself is not drawn."""
    taken = [key for key in plan.keys if not any(_overlap(key, other) for other in varied)]
    return Uncertain(plan, tuple(taken))


def _overlap(one: str, other: str) -> bool:
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")


@lru_cache(maxsize=2)
def _table(draws: Uncertain) -> DrawTable:
    return draw_table(draws.plan)
