"""Levels: how many persons of a group the places of the run have on a day, straight from the facts."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from simulator.calendars.span import MID_MONTH, Span
from simulator.control.spells import Spells
from simulator.facts.read import table, words
from simulator.scenario import Scenario


@dataclass(frozen=True)
class Level:
    """National level of a group, a broken line between months.

    Attributes:
        points: (day index, persons), ascending; one point where the level is constant.
        share: Share of the country by place.
        closed: Day from which nobody new comes in; None where the group stays open.
    """

    points: tuple[tuple[int, float], ...]
    share: dict[str, float]
    closed: int | None = None
    _entering: dict[float, list[float]] = field(default_factory=dict, repr=False, compare=False)
    _aged: dict[tuple[tuple[int, int], Spells], list[float]] = field(default_factory=dict, repr=False, compare=False)

    def national(self, day: float) -> float:
        """Return the national level on a day."""
        at = bisect_right(self.points, (day, float("inf")))
        if at == 0:
            return self.points[0][1]
        if at == len(self.points):
            return self.points[-1][1]
        (d0, n0), (d1, n1) = self.points[at - 1], self.points[at]
        return n0 + (n1 - n0) * (day - d0) / (d1 - d0)

    def entering(self, day: int, mean_spell_days: float) -> float:
        """Return persons who come in on a day; before day 0 those of a stationary stock at the level of day 0."""
        if self.closed is not None and day >= max(self.closed, 1):
            return 0.0
        if day <= 0:
            return self.national(0) / mean_spell_days
        return max(self.national(day) / mean_spell_days + self.national(day) - self.national(day - 1), 0.0)

    def aged(self, day: int, ages: tuple[int, int], spells: Spells) -> float:
        """Return the persons of the country whose spells have an age from the first to before the second [days].

        Who came in since day 0 is followed cohort by cohort; who was there before has the ages of a stationary stock.
        Types, arms and classes of places ask for the same days again, so the answers are kept, for all days up to one.
        """
        known = self._aged.setdefault((ages, spells), [])
        if day >= len(known):
            # What was told once stays: a longer sum may end otherwise in its last bit, and both arms are told alike.
            known += self._followed(len(known), max(day + 1, 2 * len(known)), ages, spells)
        return known[day]

    def _entered(self, days: int, mean_spell_days: float) -> list[float]:
        """Return who comes in on each day before one, kept for the next who asks."""
        known = self._entering.setdefault(mean_spell_days, [])
        known += [self.entering(day, mean_spell_days) for day in range(len(known), days)]
        return known[:days]

    def _followed(self, first: int, days: int, ages: tuple[int, int], spells: Spells) -> list[float]:
        """Return the persons on each day from the first to before the last: a sum over cohorts, day by day."""
        low, high = ages
        stationary = self.entering(0, spells.mean_days)
        old = [stationary * spells.days_between(max(low, day), max(high, day)) for day in range(first, days)]
        alive = np.array([spells.alive(age) for age in range(low, min(high, days))])
        entering = np.array(self._entered(days, spells.mean_days)[1:])
        if not len(alive) or not len(entering):
            return old
        # The cohort of an age came in as many days ago; the first that is followed came in on day 1.
        followed = np.convolve(entering, alive)[: max(days - 1 - low, 0)]
        new = np.concatenate([np.zeros(days - len(followed)), followed])[first:]
        persons: list[float] = (np.array(old) + new).tolist()
        return persons


def level_of(scenario: Scenario, group: str, span: Span) -> Level:
    """Return the level of a group over the span.

    Source:
        facts/words.yaml says which series or value; stocks_monthly.csv, demand.yaml, municipalities.csv.
    """
    values, stock = scenario.baseline.values, words()["groups"][group]["stock"]
    share = _shares(group, span)
    closings = [one for one in scenario.baseline.sections.demand.closed_groups if group in one.groups]
    closed = min((one.from_.toordinal() - span.first if one.from_ else 0 for one in closings), default=None)
    if "value" in stock:
        return Level(((0, values[stock["value"]] * values["demand.scale"]),), share, closed)
    series = scenario.baseline.sections.demand.stock_series
    column = f"{stock['series']}_{'unadjusted' if series == 'unadjusted' else 'adjusted'}"
    scale = values["demand.scale"] * values[f"demand.stock_scale.{group}"]
    known = scenario.sections.known_as_of
    points = tuple(
        (date.fromisoformat(f"{row['month']}-{MID_MONTH}").toordinal() - span.first, float(str(row[column])) * scale)
        for row in table("stocks_monthly")
        if row[column] is not None and (known is None or date.fromisoformat(str(row["published"])) <= known)
    )
    level = Level(points, share, closed)
    if series == "constant":
        return Level(((0, level.national(span.period_from)),), share, closed)
    return level


def _shares(group: str, span: Span) -> dict[str, float]:
    day = span.date_of(span.period_from)
    use = words()["groups"][group]["weights"]
    column = [one for one in use if date.fromisoformat(str(one["from"])) <= day] or use[:1]
    rows = table("municipalities")
    count, people = column[-1]["column"], "population_2021_12"
    filled = [row for row in rows if row[count] is not None]
    per_head = sum(_number(row[count]) for row in filled) / sum(_number(row[people]) for row in filled)
    weight = {}
    for row in rows:
        own = _number(row[count]) if row[count] is not None else per_head * _number(row[people])
        weight[str(row["municipality_code"])] = max(own - _number(row.get(str(column[-1].get("less")))), 0.0)
    return {code: number / sum(weight.values()) for code, number in weight.items()}


def _number(cell: object) -> float:
    return 0.0 if cell is None else float(str(cell))
