"""How meetings that were held lead persons out of their group: what engines are told, and what they tell.

A meeting raises the hazard of leaving from the next day on, and the raise fades. Each person has a clock of her own:
the survivors of 2**32 at her age, worked out day by day with the hazard as it is raised (`rules.next_day`). She leaves
on the first day on which they are no more than the number that was drawn for her, so her luck is that of a run in which
meetings do nothing, and the same in both arms.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

import numpy as np

from simulator.calendars.span import DAYS_A_WEEK, Span, spell_class_weeks
from simulator.delivery import rules
from simulator.delivery.cells import Cells, IntArray
from simulator.delivery.clocks import Clock
from simulator.delivery.counts import WHO_AXES, who_shape
from simulator.delivery.outcome import Task
from simulator.demand.paces import Paces
from simulator.demand.rules import still_running
from simulator.streams import WORD_EXIT, Purpose, counter_of, philox

EXIT_AXES = ("line", "segment", *WHO_AXES)
SPELL_CLASS_DAYS = [week * DAYS_A_WEEK for week in spell_class_weeks()]
"""First day of the spell in each spell class."""
FORM, SAVED, LOST = range(3)
"""How the first conversation was held that told the arms apart: in both arms, in the proposal or the baseline alone."""


@dataclass(frozen=True)
class Leaving:
    """What a meeting does to the hazard of leaving.

    Attributes:
        push: How far a conversation held raises it [BY_ITSELF], shape (segment, form, type, group, spell class).
        kept: Share of a raise that is left a day later [2**32].
    """

    push: IntArray
    kept: int


@dataclass(frozen=True)
class Led:
    """The same beside the spells of the groups, as lists.

    Attributes:
        by: What a meeting does.
        leaving: Threshold of those who leave within a day where nothing raises it, by spells and age [days].
        alive: Survivors of 2**32, by spells and age [days].
        first: The spells of the first group in each municipality; 0 in all where left out.
    """

    by: Leaving
    leaving: list[list[int]]
    alive: list[list[int]]
    first: tuple[int, ...] = ()

    @classmethod
    def of(cls, leaving: Leaving | None, paces: Paces) -> Led | None:
        """Return it, or None where a meeting does nothing."""
        if leaving is None:
            return None
        spells = [survival for of_pace in paces.survivals for survival in of_pace]
        leaves, alive = [one.leaving.tolist() for one in spells], [one.alive.tolist() for one in spells]
        return cls(leaving, leaves, alive, paces.first_spells)

    def spells(self, place: int, group: int) -> int:
        """Return which spells are those of a group in a municipality."""
        return group + (self.first[place] if self.first else 0)


@dataclass
class Exits:
    """The exits of one municipality in one arm, as far as is known by the day.

    Attributes:
        task: What happens to the municipality.
        span: The simulated days.
        led: What a meeting does; None where it leads nobody out.
        clocks: Clocks of those whom a meeting has moved, by person.
    """

    task: Task
    span: Span
    led: Led | None = None
    clocks: dict[int, Clock] = field(default_factory=dict)

    def has_left(self, conversation: int, day: int) -> bool:
        """Return whether the person of a conversation has left by a day."""
        clock = self.clocks.get(self.task.person[conversation]) if self.clocks else None
        if clock is None or self.led is None:
            return rules.has_left(self.task.exit_day[conversation], day)
        spells = self.led.spells(self.task.place, self.task.group[conversation])
        return clock.is_over(day, self.led.leaving[spells], self.led.by.kept)

    def meet(self, conversation: int, day: int, form: int) -> None:
        """Let a conversation that was held raise the hazard of its person to leave."""
        if self.led is None:
            return
        task, group, person = self.task, self.task.group[conversation], self.task.person[conversation]
        spell_class = bisect_right(SPELL_CLASS_DAYS, max(day - task.spell_start[conversation], 0)) - 1
        segment = int(self.span.segment_of_day[day])
        push = int(self.led.by.push[segment, form, task.type_index[conversation], group, spell_class])
        if not push:
            return
        if person not in self.clocks:
            self.clocks[person] = self._clock_of(conversation, self.led.alive[self.led.spells(task.place, group)])
        left = self.has_left(conversation, day)
        assert not left, "who has left is not met"
        self.clocks[person].excess = rules.pushed(self.clocks[person].excess, push)

    def _clock_of(self, conversation: int, alive: list[int]) -> Clock:
        """Return the clock of the person of a conversation on the first day that she is there."""
        task, start = self.task, self.task.spell_start[conversation]
        counter = counter_of(task.stock_number[conversation], task.person_number[conversation], Purpose.ELAPSED)
        age = max(-start, 0)
        return Clock(start, start + age, alive[age], still_running(philox(counter, task.key)[WORD_EXIT], alive[age]))


def exit_shape(span: Span) -> tuple[int, ...]:
    """Return the lengths of `EXIT_AXES`."""
    return LOST + 1, len(span.segments), *who_shape()


def exits_of(days: IntArray, span: Span) -> Cells:
    """Return the person-days by which spells end earlier in the proposal than in the baseline; minus is later.

    Args:
        days: Days, shape of `EXIT_AXES`.
        span: The simulated days.
    """
    flat = days.ravel()
    code = np.flatnonzero(flat)
    return Cells(EXIT_AXES, exit_shape(span), code.astype(np.int64), flat[code].astype(np.int64))
