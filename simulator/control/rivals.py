"""Effect models by hand: what a physical conversation is worth in the mean under each of them.

`fading_loss`: the number of meetings before follows from the cumulated rate over the age of the spell, less what closed
weekdays since the first simulated day have kept from falling due, as does the week. `dose_response`: every conversation
is held on its day, so nothing is late. `hazard`: extra exits at each age times the days that those who leave would have
had left; raises do not meet each other. Any other model is worth what constant loss says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, repeat
from operator import mul

from simulator.calendars.span import DAYS_A_WEEK, WEEKDAYS_A_WEEK, WEEKDAYS_A_YEAR, Span
from simulator.control.forms import Case
from simulator.control.spells import Spells, by_week
from simulator.facts.read import words
from simulator.scenario import Scenario
from simulator.scenario.occurs import occurs

CONSTANT, FADING, HAZARD = "constant_loss", "fading_loss", "hazard"
MOST_HELD, MOST_WEEKS = (1 << 3) - 1, (1 << 7) - 1
"""More meetings or weeks than these count as so many."""
KEYS = {HAZARD: "effects.hazard.multiplier"}
"""Where the worth of a conversation comes from, if not from the weeks of constant loss."""


@dataclass(frozen=True)
class Rival:
    """What a physical conversation of a type and group is worth.

    Attributes:
        scenario: The scenario.
        span: The simulated days.
        type: Name of the type.
        group: Name of the group.
        spells: Spells of the group.
        closed: Gives the closed weekdays of the simulated days, ascending, by type and municipality code.
    """

    scenario: Scenario
    span: Span
    type: str
    group: str
    spells: Spells
    closed: Callable[[str, str], tuple[int, ...]] = lambda _type, _place: ()
    _known: dict[tuple[int, tuple[float, ...]], float] = field(default_factory=dict, repr=False, compare=False)

    @property
    def by_week(self) -> bool:
        """Whether a conversation is worth something else in another week of the calendar."""
        return self.model == FADING

    @property
    def model(self) -> str:
        """The effect model."""
        return self.scenario.sections.effects.model

    @property
    def ages(self) -> set[int]:
        """Ages [days] that part spells: those who came in since the first day were more or fewer week by week."""
        return set(range(0, self.span.period_to, DAYS_A_WEEK)) if self.by_week else set()

    def worth(self, constant: Callable[[], float], case: Case) -> float:
        """Return the weeks of employment of a physical conversation in the mean over a part of the spell.

        Args:
            constant: Gives the weeks of constant loss.
            case: The conversation, and the part of the spell.
        """
        ages = case.age, case.until
        if self.model == FADING:
            return constant() * self._mean(lambda age: self._faded(age, self._missed(age, case)), ages)
        if self.model == HAZARD:
            values = self.scenario.baseline.values
            multiplier = values[f"{KEYS[HAZARD]}.{self.type}.{self.group}"]
            raised = (multiplier - 1.0) * values["effects.params.scale"]
            return raised * self._mean(self._gained_by_age.__getitem__, ages) if raised else 0.0
        return constant()

    def _mean(self, of_age: Callable[[int], float], ages: tuple[int, int]) -> float:
        """Return the mean over those of a stationary stock who have one of the ages, from the middle of each week."""
        low, high = ages[0], min(max(ages[1], ages[0] + 1), self.spells.edges[-1])
        whole = found = 0.0
        for first in range(low, high, DAYS_A_WEEK):
            after = min(first + DAYS_A_WEEK, high)
            weight = self.spells.days_between(first, after)
            whole += weight
            found += weight * of_age((first + after - 1) // 2)
        return found / whole if whole else 0.0

    def _missed(self, age: int, case: Case) -> tuple[float, ...]:
        """Return what closed weekdays kept from falling due for a person of an age [days], by type of the group."""
        missed, carried = [], self.scenario.baseline.values["closures.carry_share"]
        for type_name, (fixed, cumulated) in self._due_by_age.items():
            born, closed = case.day - age, self.closed(type_name, case.place)
            if fixed:
                number = float(sum(born + day in closed for day in fixed if day < age))
            else:
                per_day = (cumulated[age] - cumulated[max(age - DAYS_A_WEEK, 0)]) / WEEKDAYS_A_WEEK
                number = per_day * (bisect_left(closed, case.day) - bisect_left(closed, born))
            missed.append(number * (1 - carried))
        return tuple(missed)

    def _faded(self, age: int, missed: tuple[float, ...]) -> float:
        """Return the share of its worth that a conversation keeps at an age [days] under `fading_loss`."""
        if (age, missed) not in self._known:
            values = self.scenario.baseline.values
            each = values["effects.fading.kept_per_meeting"]
            likely = self._held_before(age, missed)
            powers = [each**number for number in range(MOST_HELD + 1)]
            kept = sum(map(mul, likely, chain(powers, repeat(powers[-1]))))
            kept *= (1.0 - values["effects.fading.lost_per_week"]) ** min(age // DAYS_A_WEEK, MOST_WEEKS)
            self._known[age, missed] = kept
        return self._known[age, missed]

    def _held_before(self, age: int, missed: tuple[float, ...]) -> list[float]:
        """Return how likely each number of conversations before one of this type at an age [days] is.

        Of its own type those before are certain: as many as the cumulated rate has passed. Of another type with a rate
        it is one of two numbers.
        """
        likely = [1.0]
        for (type_name, (fixed, cumulated)), less in zip(self._due_by_age.items(), missed, strict=True):
            passed = max(sum(day < age for day in fixed) + (cumulated[age] if cumulated else 0.0) - less, 0.0)
            whole, part = int(passed), passed - int(passed)
            if type_name == self.type:
                part = 0.0
            after = [0.0] * (len(likely) + whole + 1)
            for number, share in enumerate(likely):
                after[number + whole] += share * (1 - part)
                after[number + whole + 1] += share * part
            likely = after
        return likely

    @cached_property
    def _due_by_age(self) -> dict[str, tuple[list[int], list[float]]]:
        """Fixed days, and what has fallen due by rate up to each age [days], by type of the group."""
        arm, found = self.scenario.baseline, {}
        for type_name in words()["types"]:
            if occurs(arm, type_name, self.group):
                fixed = arm.values.under(f"demand.due_spell_day.{type_name}.{self.group}").values()
                rate = arm.values.under(f"demand.contact.{arm.sections.demand.contact_rule}.{type_name}.{self.group}")
                cumulated = [] if fixed else self._cumulated(type_name, by_week(rate.items()))
                found[type_name] = (sorted(int(day) for day in fixed), cumulated)
        return found

    def _cumulated(self, type_name: str, rate: list[tuple[int, float]]) -> list[float]:
        """Return the conversations due up to each age [days], by the law of the first day, without closures."""
        on, law = self.span.date_of(0), []
        for one in self.scenario.baseline.sections.demand.contact_changes:
            named = (not one.types or type_name in one.types) and (not one.groups or self.group in one.groups)
            if one.law and named and (one.from_ is None or one.from_ <= on) and (one.to is None or on <= one.to):
                law.append(one)
        due, found = 0.0, []
        for age in range(self.spells.edges[-1] + 1):
            found.append(due)
            yearly = [number for first, number in rate if first <= age][-1]
            for one in law:
                if one.spell_from_days <= age and (one.spell_to_days is None or age < one.spell_to_days):
                    yearly = yearly if one.conversations_per_year is None else one.conversations_per_year
                    yearly *= 1.0 if one.scale is None else one.scale
            due += yearly / WEEKDAYS_A_YEAR * WEEKDAYS_A_WEEK / DAYS_A_WEEK
        return found

    @cached_property
    def _gained_by_age(self) -> list[float]:
        """Weeks by which a spell is shorter for a hazard raised by itself from an age [days] on, fading from then."""
        half_life = round(self.scenario.baseline.values["effects.hazard.half_life_weeks"] * DAYS_A_WEEK)
        left, end = (1 / 2) ** (1 / half_life), self.spells.edges[-1]
        gained, after = [0.0] * (end + 1), 0.0
        pieces = zip(self.spells.edges, self.spells.edges[1:], self.spells.stay, strict=False)
        for low, high, stay in reversed(list(pieces)):
            for age in range(min(high, end) - 1, low - 1, -1):
                remaining = self.spells.days_between(age + 1, end)
                leaves = (1 - stay) / stay if stay and age < end - 1 else 0.0
                after = leaves * remaining + left * after
                alive = self.spells.alive(age)
                gained[age] = after / alive / DAYS_A_WEEK if alive else 0.0
        return gained
