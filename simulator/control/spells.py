"""Spells in closed form: sums of piecewise geometric survival, as a clerk would write them in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from simulator.calendars.span import DAYS_A_WEEK, WEEKDAYS_A_WEEK
from simulator.scenario import Values


@dataclass(frozen=True)
class Spells:
    """Survival with a constant daily hazard in each piece.

    Attributes:
        edges: First day of each piece, and the day by which every spell has ended.
        stay: Share that stays another day, by piece.
    """

    edges: tuple[int, ...]
    stay: tuple[float, ...]
    _alive: dict[int, float] = field(default_factory=dict, repr=False, compare=False)
    _days: dict[tuple[int, int], float] = field(default_factory=dict, repr=False, compare=False)

    def alive(self, age: int) -> float:
        """Return the share of spells still running at an age [days]; worked out once."""
        found = self._alive.get(age)
        if found is None:
            found = self._alive[age] = self._still(age)
        return found

    def days_between(self, low: int, high: int) -> float:
        """Return the mean days a spell spends at ages from `low` to before `high`; worked out once."""
        found = self._days.get((low, high))
        if found is None:
            found = self._days[low, high] = self._spent(low, high)
        return found

    def _still(self, age: int) -> float:
        if age >= self.edges[-1]:
            return 0.0
        share = 1.0
        for low, high, stay in zip(self.edges, self.edges[1:], self.stay, strict=False):
            share *= stay ** max(min(age, high) - low, 0)
        return share

    def _spent(self, low: int, high: int) -> float:
        """Return a geometric sum by piece."""
        total = 0.0
        for first, after, stay in zip(self.edges, self.edges[1:], self.stay, strict=False):
            start, end = max(low, first), min(high, after)
            if end > start:
                total += self.alive(start) * (1 - stay ** (end - start)) / (1 - stay) if stay < 1 else end - start
        return total

    @property
    def mean_days(self) -> float:
        """Mean length of a spell [days]."""
        return self.days_between(0, self.edges[-1])

    def alive_on_weekday(self, spell_day: int) -> float:
        """Return the share still there when a day of the spell, moved to Monday from a weekend, comes."""
        shifts = [0] * WEEKDAYS_A_WEEK + [2, 1]
        return sum(self.alive(spell_day + shift) for shift in shifts) / DAYS_A_WEEK


def spells_of(values: Values, group: str) -> Spells:
    """Return the spells of a group.

    Source:
        facts/demand.yaml, weekly_exit_hazard and longest_spell_weeks.
    """
    pieces = by_week(values.under(f"demand.weekly_exit_hazard.{group}").items())
    end = int(values[f"demand.longest_spell_weeks.{group}"]) * DAYS_A_WEEK
    edges = (*(first for first, _ in pieces if first < end), end)
    return _kept(edges, tuple(1 - hazard / DAYS_A_WEEK for first, hazard in pieces if first < end))


@lru_cache
def _kept(edges: tuple[int, ...], stay: tuple[float, ...]) -> Spells:
    """Return the same spells for the same numbers: what was worked out of them serves the next chain too."""
    return Spells(edges, stay)


def by_week(items: Iterable[tuple[str, float]]) -> list[tuple[int, float]]:
    """Return (first day, number) for keys such as `week_26`, ascending."""
    return sorted((int(name.split("_")[1]) * DAYS_A_WEEK, number) for name, number in items)
