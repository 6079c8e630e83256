"""Tasks of one to five persons, written down conversation by conversation, so that a rule can be seen at work.

A conversation is physical, on its first try, by somebody who never leaves, unless a case says something else: its
words are the largest ones, so no exception, no choice, phone where digital, and the person turns up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from simulator.calendars.span import Span
from simulator.delivery.attendance import ALLOWS, Rulebook
from simulator.delivery.outcome import OPEN, Conditions, Outcome, Task
from simulator.delivery.reference import run_place
from simulator.scenario.schema import AttendanceRule
from simulator.streams import WORD_RANGE

NO = WORD_RANGE - 1
"""A word that lets nothing happen that has a share below 1."""
YES = 0
"""A word that lets everything happen that has a share above 0."""
NEVER = 10**6
MONDAY = date(2022, 1, 3).toordinal()
CHANCE = (7, 3)
"""Random key of the hand-made cases; only a second try looks at it."""


@dataclass(frozen=True)
class Talk:
    """A conversation that falls due; `words` are those of the first try (exception, take-up, video, no-show)."""

    person: int
    due: int
    type: int = 0
    group: int = 0
    number: int = 0
    leaves: int = NEVER
    began: int = -10
    words: tuple[int, int, int, int] = (NO, NO, NO, NO)
    volunteers: bool = False


@dataclass(frozen=True)
class Rule:
    """A rule in force from a day to before a day, for ages of the spell from to before [days]."""

    kind: str = "physical_only"
    days: tuple[int, int] = (0, NEVER)
    ages: tuple[int, int] = (0, NEVER)
    types: tuple[int, ...] = ()
    cancel: bool = False


@dataclass(frozen=True)
class House:
    """The offices of one municipality: two types and two groups, all in one office unless `office_of_type` parts them.

    Minutes are those of a whole Monday-to-Friday week unless `minutes` lists each day of each office.
    """

    days: int = 28
    a_day: int = 240
    minutes: tuple[tuple[int, ...], ...] = ()
    closed: frozenset[int] = frozenset()
    rules: tuple[Rule, ...] = (Rule(),)
    office_of_type: tuple[int, ...] = (0, 0)
    priority: tuple[int, ...] = (0, 0)
    no_show: float = 0.0
    no_show_digital: float = 0.0
    exception: float = 0.0
    take_up: float = 0.0
    video: float = 0.0
    length: tuple[int, int] = (80, 65)
    rebook_days: int = 7
    tries: int = 3
    least_days: int | None = None
    log: bool = field(default=True)

    @property
    def span(self) -> Span:
        """The second week is the period."""
        return Span(MONDAY, self.days, 7, 13, self.least_days or self.days)

    def meeting_day(self, day: int) -> bool:
        """Return whether the clock ticks: Monday to Friday, and no planned closure."""
        return day % 7 < 5 and day not in self.closed

    def minutes_of_day(self) -> list[list[int]]:
        """Return the minutes of each office on each day."""
        if self.minutes:
            return [list(row) for row in self.minutes]
        row = [self.a_day if self.meeting_day(day) else 0 for day in range(self.days)]
        return [list(row) for _ in range(max(self.office_of_type) + 1)]

    def meeting_from(self) -> list[int]:
        """Return the first planned meeting day on or after each day, `days` where there is none."""
        return [
            next((day for day in range(start, self.days) if self.meeting_day(day)), self.days)
            for start in range(self.days + 1)
        ]

    def rule_on(self, talk: Talk, day: int) -> int:
        """Return the number of the last rule that applies."""
        age = day - talk.began
        fits = [
            index
            for index, rule in enumerate(self.rules)
            if rule.days[0] <= day < rule.days[1]
            and rule.ages[0] <= age < rule.ages[1]
            and (not rule.types or talk.type in rule.types)
        ]
        return fits[-1]


def share(number: float) -> int:
    """Return the threshold of a share, worked out here."""
    return round(number * WORD_RANGE)


def bounds_of(house: House) -> tuple[int, ...]:
    """Return the ages at which a rule begins or ends."""
    return tuple(sorted({age for rule in house.rules for age in rule.ages} - {0, NEVER}))


def table_of(house: House) -> list[list[list[list[list[int]]]]]:
    """Return the rule in force by type, group, band of ages, occasion (there is one) and day."""
    edges = [0, *bounds_of(house)]
    return [
        [
            [
                [[house.rule_on(Talk(0, 0, type=kind, began=day - edge), day) for day in range(house.days)]]
                for edge in edges
            ]
            for _ in range(2)
        ]
        for kind in range(2)
    ]


def in_order(talks: Sequence[Talk]) -> list[Talk]:
    """Return conversations in the order that demand gives them."""
    return sorted(talks, key=lambda talk: (talk.person, talk.type, talk.number))


def task_of(house: House, talks: list[Talk]) -> Task:
    """Return the task; conversations are put in the order that demand gives them."""
    ordered = in_order(talks)
    return Task(
        key=CHANCE,
        place=0,
        person=[talk.person for talk in ordered],
        stock_number=[1616] * len(ordered),
        person_number=[talk.person for talk in ordered],
        type_index=[talk.type for talk in ordered],
        group=[talk.group for talk in ordered],
        number=[talk.number for talk in ordered],
        due_day=[talk.due for talk in ordered],
        exit_day=[talk.leaves for talk in ordered],
        spell_start=[talk.began for talk in ordered],
        words=[[talk.words[at] for talk in ordered] for at in range(4)],
        volunteers=[talk.volunteers for talk in ordered],
        occasion=[0] * len(ordered),
        table=table_of(house),
        bounds=bounds_of(house),
        take_up=[[[share(house.take_up)] * 2] * 2] * len(house.rules),
        minutes=house.minutes_of_day(),
        meeting_from=[house.meeting_from() for _ in house.minutes_of_day()],
        lift=[0] * house.days,
        ill=[0] * house.days,
    )


def conditions_of(house: House) -> Conditions:
    """Return what the municipalities of an arm have in common."""
    kinds = [ALLOWS[rule.kind] for rule in house.rules]
    table = np.array(table_of(house), dtype=np.int16)
    book = Rulebook(
        rules=tuple(AttendanceRule.model_validate({"rule": rule.kind}) for rule in house.rules),
        bounds=bounds_of(house),
        called_bounds=(),
        tells_first=0,
        tables=(table,),
        table_of_place=(0,),
        allows=tuple(kinds),
        cancels=tuple(rule.cancel for rule in house.rules),
        exception=((share(house.exception),) * 2,) * len(house.rules),
        take_up=np.full((len(house.rules), 2, 2), share(house.take_up)),
    )
    return Conditions(
        rulebook=book,
        office_of_type=house.office_of_type,
        priority=house.priority,
        no_show=(((share(house.no_show), share(house.no_show_digital)),) * 2,) * 2,
        video=share(house.video),
        minutes=house.length,
        rebook_days=house.rebook_days,
        tries=house.tries,
        census_days=(house.span.period_from, house.span.period_to + 1),
    )


def run(house: House, *talks: Talk) -> Outcome:
    """Run one arm, alone, to the end of its span."""
    return run_place([task_of(house, list(talks))], [conditions_of(house)], house.span, house.log)[0]


def held_days(house: House, *talks: Talk) -> list[int | None]:
    """Return for each conversation, in the order written, the day on which it ended; None while it waits."""
    closed = dict(zip(in_order(talks), run(house, *talks).closed, strict=True))
    return [None if closed[talk] == OPEN else closed[talk] for talk in talks]
