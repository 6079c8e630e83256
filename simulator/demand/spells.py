"""Spells: how long a person stays in a group, in whole numbers only.

A table of survival holds, for each age of a spell in days, how many of 2**32 spells are still running. It is
made by repeated integer steps from the weekly hazards, so no logarithm or power of the processor decides an event.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import DAYS_A_WEEK
from simulator.demand.rules import still_running
from simulator.scenario import Values
from simulator.streams import WORD_RANGE, threshold

IntArray = npt.NDArray[np.int64]
UIntArray = npt.NDArray[np.uint64]


def from_weeks(by_week: dict[str, float]) -> list[tuple[int, float]]:
    """Return (first day of the spell, number) for keys such as `week_0`, `week_26`, in order."""
    return sorted((int(name.removeprefix("week_")) * DAYS_A_WEEK, number) for name, number in by_week.items())


@dataclass(frozen=True)
class Survival:
    """Survival of the spells of one group.

    Attributes:
        alive: Spells of 2**32 still running at age [days], shape (longest + 1,); the last is 0.
        stock_edges: Upper edges of the stationary age distribution on 0..2**32, shape (longest,).
        leaving: Threshold of those who leave within a day, at each age [days], shape (longest,); all at the last.
    """

    alive: UIntArray
    stock_edges: UIntArray
    leaving: UIntArray

    @property
    def person_days(self) -> int:
        """Sum of `alive` over all ages: mean spell [days] x 2**32."""
        return int(self.alive.sum(dtype=np.uint64))

    @property
    def mean_spell_days(self) -> float:
        """Mean length of a spell [days]."""
        return self.person_days / WORD_RANGE

    def elapsed(self, word: npt.NDArray[np.uint32]) -> IntArray:
        """Return ages [days] of persons met in a stationary stock, from one word each."""
        return np.searchsorted(self.stock_edges, word.astype(np.uint64), side="right").astype(np.int64)

    def age_at_exit(self, age: IntArray, word: npt.NDArray[np.uint32]) -> IntArray:
        """Return the age [days] at which a spell of a given age ends, later than `age`."""
        survivors = still_running(word.astype(np.uint64), self.alive[age])
        ended = np.searchsorted(self.alive[::-1], survivors, side="right")
        return (len(self.alive) - ended).astype(np.int64)


def survival_of(values: Values, group: str, pace: float = 1.0) -> Survival:
    """Return the survival of a group from its weekly hazards.

    Args:
        values: Values of the arm.
        group: Name of the group.
        pace: Factor on the hazards.

    Source:
        facts/demand.yaml, weekly_exit_hazard and longest_spell_weeks.
    """
    steps = from_weeks(values.under(f"demand.weekly_exit_hazard.{group}"))
    paced = tuple((first, hazard * pace) for first, hazard in steps)
    return _survival(paced, int(values[f"demand.longest_spell_weeks.{group}"]) * DAYS_A_WEEK)


@cache
def _survival(steps: tuple[tuple[int, float], ...], longest: int) -> Survival:
    """Return the survival of (first day, weekly hazard) steps up to the longest spell [days]."""
    alive, running, leaving = [WORD_RANGE], WORD_RANGE, []
    for day in range(longest - 1):
        hazard = [number for first, number in steps if first <= day][-1]
        leaving.append(threshold(hazard / DAYS_A_WEEK))
        running -= running * leaving[-1] >> 32
        alive.append(running)
    total, edges, below = sum(alive), [], 0
    for running in alive:
        below += running
        edges.append((below << 32) // total)
    tables = ([*alive, 0], edges, [*leaving, WORD_RANGE])
    return Survival(*(np.array(numbers, dtype=np.uint64) for numbers in tables))
