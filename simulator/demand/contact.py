"""The contact rule: how often conversations of each type fall due, by age of the spell and by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import DAYS_A_WEEK, WEEKDAYS_A_WEEK, WEEKDAYS_A_YEAR, Span
from simulator.demand.rules import weekday_from
from simulator.demand.spells import from_weeks
from simulator.errors import InputError
from simulator.facts.read import words
from simulator.scenario import Arm
from simulator.scenario.occurs import occurs
from simulator.scenario.schema import ContactChange
from simulator.streams import WORD_RANGE, threshold

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Rhythm:
    """How conversations of one type fall due for one group.

    Attributes:
        type_index: Index of the conversation type.
        group: Index of the group.
        spell_days: Fixed days of the spell on which one falls due; empty where there is a rate.
        rate: Steps (first day of the spell, conversations per person-year); empty where days are fixed.
        changes: Dated changes, in order.
    """

    type_index: int
    group: int
    spell_days: tuple[int, ...]
    rate: tuple[tuple[int, float], ...]
    changes: tuple[ContactChange, ...]

    def stretches(self, span: Span) -> Iterator[tuple[int, int, list[tuple[int, int, int]]]]:
        """Yield (first day, day after the last, steps) for stretches of days with one set of rates.

        A step is (age from [days], age before [days], part of 2**32 a conversation moves on per tick).
        """
        edges = {0, span.days}
        for change in self.changes:
            first, after = _days(change, span)
            edges |= {min(max(first, 0), span.days), min(max(after, 0), span.days)}
        ordered = sorted(edges)
        for first, after in pairwise(ordered):
            active = [change for change in self.changes if _days(change, span)[0] <= first < _days(change, span)[1]]
            yield first, after, self._steps(active)

    def _steps(self, active: list[ContactChange]) -> list[tuple[int, int, int]]:
        ages = {first for first, _ in self.rate}
        for change in active:
            ages |= {change.spell_from_days} | ({change.spell_to_days} if change.spell_to_days else set())
        ordered = sorted(ages)
        after = [*ordered[1:], WORD_RANGE]
        return [
            (low, high, threshold(self._yearly(low, active) / WEEKDAYS_A_YEAR))
            for low, high in zip(ordered, after, strict=True)
        ]

    def _yearly(self, age: int, active: list[ContactChange]) -> float:
        rate = [number for first, number in self.rate if first <= age][-1]
        for change in active:
            if change.spell_from_days <= age and (change.spell_to_days is None or age < change.spell_to_days):
                rate = rate if change.conversations_per_year is None else change.conversations_per_year
                rate *= 1.0 if change.scale is None else change.scale
        if rate > WEEKDAYS_A_YEAR:
            type_name, group = list(words()["types"])[self.type_index], list(words()["groups"])[self.group]
            raise InputError.one(
                f"{rate:g} conversations a year of {type_name} for {group} are more than one on each weekday; "
                f"allowed: up to {WEEKDAYS_A_YEAR}",
                "scenario",
                "demand.contact_changes" if active else "demand.contact",
            )
        return rate

    def lawful_ticks(self, ages: int, day: int, span: Span) -> npt.NDArray[np.float64]:
        """Return conversations per tick at each age [days] of a spell by the law of a day, shape (ages,).

        Changes that a scenario makes itself are left out.
        """
        per_tick, law = np.zeros(ages), self._law_on(day, span)
        for low, _, _ in self._steps(law):
            per_tick[low:] = self._yearly(low, law) / WEEKDAYS_A_YEAR
        return per_tick

    def lawful_spell_days(self, day: int, span: Span) -> dict[int, float]:
        """Return the fixed days of the spell, and the share of conversations that the law of a day leaves on each."""
        kept = dict.fromkeys(self.spell_days, 1.0)
        for change in self._law_on(day, span):
            kept = {spell_day: share * kept_share(change, span, spell_day)[2] for spell_day, share in kept.items()}
        return kept

    def _law_on(self, day: int, span: Span) -> list[ContactChange]:
        return [one for one in self.changes if one.law and _days(one, span)[0] <= day < _days(one, span)[1]]

    def moved_by_age(self, ages: int, span: Span) -> IntArray:
        """Return how far the position of a person moves up to each age [days], in parts of 2**32, shape (ages,).

        By the law of the first day, on a clock that ticks five days of seven. Nothing where days are fixed.
        """
        moved = np.zeros(ages, dtype=np.int64)
        ticks = np.arange(ages) * WEEKDAYS_A_WEEK // DAYS_A_WEEK
        for low, high, per_tick in self._steps(self._law_on(0, span)) if self.rate else ():
            inside = np.clip(np.arange(ages), low, min(high, ages - 1))
            moved += (ticks[inside] - ticks[min(low, ages - 1)]) * per_tick
        return moved

    def passed_by_age(self, ages: int, span: Span) -> IntArray:
        """Return the same where there is a rate, else the fixed days that have passed, 2**32 each, shape (ages,).

        A person of an age on the first simulated day, a Monday, has met those that came before it.
        """
        if self.rate:
            return self.moved_by_age(ages, span)
        begun = -np.arange(ages, dtype=np.int64)
        passed = np.zeros(ages, dtype=np.int64)
        for day in self.spell_days:
            passed += (weekday_from(begun + day) < 0) * WORD_RANGE
        return passed


def _days(change: ContactChange, span: Span) -> tuple[int, int]:
    first = change.from_.toordinal() - span.first if change.from_ else 0
    after = change.to.toordinal() - span.first + 1 if change.to else span.days
    return first, after


def _refuse_rates(changes: tuple[ContactChange, ...], type_name: str) -> None:
    """Refuse a yearly number for conversations that fall on fixed days of the spell.

    Raises:
        InputError: A change gives one.
    """
    for change in changes:
        if change.conversations_per_year is not None:
            raise InputError.one(
                f"{type_name} falls on fixed days of the spell and has no yearly number; "
                "use scale, or name other types in the change",
                "scenario",
                f"demand.contact_changes {change.name}".strip(),
            )


def kept_share(change: ContactChange, span: Span, spell_day: int) -> tuple[int, int, float]:
    """Return (first day, day after the last, share kept) of a change to conversations on a fixed day of the spell.

    A scale above 1 adds none: there is one conversation on each of those days.
    """
    first, after = _days(change, span)
    inside = change.spell_from_days <= spell_day and (change.spell_to_days is None or spell_day < change.spell_to_days)
    return first, after, min(change.scale, 1.0) if inside and change.scale is not None else 1.0


def rhythms(arm: Arm) -> tuple[Rhythm, ...]:
    """Return the rhythms of an arm, by type and group.

    Source:
        facts/demand.yaml, contact and due_spell_day; changes by the arm's `demand.contact_changes`.
    """
    types, groups = list(words()["types"]), list(words()["groups"])
    found = []
    for type_index, type_name in enumerate(types):
        for group_index, group in enumerate(groups):
            changes = tuple(
                change
                for change in arm.sections.demand.contact_changes
                if (not change.types or type_name in change.types) and (not change.groups or group in change.groups)
            )
            fixed = arm.values.under(f"demand.due_spell_day.{type_name}.{group}")
            _refuse_rates(changes if fixed else (), type_name)
            rule = arm.sections.demand.contact_rule
            rate = arm.values.under(f"demand.contact.{rule}.{type_name}.{group}")
            if occurs(arm, type_name, group):
                days = tuple(sorted(int(day) for day in fixed.values()))
                found.append(Rhythm(type_index, group_index, days, tuple(from_weeks(rate)), changes))
    return tuple(found)
