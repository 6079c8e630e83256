"""The calendar of an arm: which offices hold conversations on which days, and the day ledger that says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import numpy as np

from simulator.calendars.checks import calendar_faults
from simulator.calendars.closing import OFFICE_KINDS, ORDER, BoolArray, Closing, DayClass, Frame
from simulator.calendars.layers import (
    customary_closings,
    legal_closings,
    period_closings,
    week_closings,
    weekdays,
    weekend_closings,
)
from simulator.calendars.legal import FIRST_YEAR, LAST_YEAR
from simulator.errors import Fault, InputError
from simulator.scenario.schema import ArmSections

RuleOn: TypeAlias = Callable[[int, str, str], str]
"""Name of the attendance rule in force, from (ordinal of the day, office kind, municipality code)."""

LEDGER_COLUMNS = ("date", "office_kind", "place", "class", "rule", "meeting_day", "reason", "source")
"""Columns of `tables/calendar.csv`."""


@dataclass(frozen=True)
class LedgerLine:
    """One line of the day ledger, which becomes a row of `tables/calendar.csv`.

    Attributes:
        date: The day.
        office_kind: Kind of office.
        place: Empty where all places agree, else municipality codes joined by commas, or `other` for the rest.
        day_class: First reason in the fixed order of the layers, or `weekday`.
        rule: Name of the attendance rule in force; empty where none was asked for.
        meeting_day: Conversations are held.
        reason: All reasons, in the fixed order, joined by semicolons.
        source: The source of each reason, in the same order.
    """

    date: date
    office_kind: str
    place: str
    day_class: DayClass
    rule: str
    meeting_day: bool
    reason: str
    source: str

    def row(self) -> tuple[str, str, str, str, str, int, str, str]:
        """Return the line as a row of `LEDGER_COLUMNS`; a meeting day is 1, any other 0."""
        return (
            self.date.isoformat(),
            self.office_kind,
            self.place,
            self.day_class,
            self.rule,
            int(self.meeting_day),
            self.reason,
            self.source,
        )


@dataclass(frozen=True, eq=False)
class Calendar:
    """Days on which offices hold conversations, by office kind and place. Arrays are read-only.

    Attributes:
        first: Ordinal of day 0.
        office_kinds: Kinds of office, axis 0.
        places: Municipality codes, axis 1.
        clock: A planned meeting day, on which the contact clock ticks, shape (office kind, place, day).
        open: A meeting day: in the clock, and no unplanned closure, shape (office kind, place, day).
        weekday: Monday to Friday, shape (day,).
        closings: Every reason, in the fixed order of the layers.
    """

    first: int
    office_kinds: tuple[str, ...]
    places: tuple[str, ...]
    clock: BoolArray
    open: BoolArray
    weekday: BoolArray
    closings: tuple[Closing, ...] = field(repr=False)

    @property
    def last(self) -> int:
        """Ordinal of the last day."""
        return self.first + len(self.weekday) - 1

    def span(self, from_ordinal: int, to_ordinal: int) -> slice:
        """Return the slice of the day axis from a day to a day, both included.

        Raises:
            ValueError: A day lies outside the calendar.
        """
        if not self.first <= from_ordinal <= to_ordinal <= self.last:
            raise ValueError(f"days {from_ordinal}-{to_ordinal} are not within {self.first}-{self.last}")
        return slice(from_ordinal - self.first, to_ordinal - self.first + 1)

    def meeting_days(self, office_kind: str, from_ordinal: int, to_ordinal: int) -> int:
        """Return the number of days on which conversations are held, as most places have it [days]."""
        return self._usual(self.open, office_kind, from_ordinal, to_ordinal)

    def clock_days(self, office_kind: str, from_ordinal: int, to_ordinal: int) -> int:
        """Return the number of days on which the contact clock ticks, as most places have it [days]."""
        return self._usual(self.clock, office_kind, from_ordinal, to_ordinal)

    def _usual(self, days: BoolArray, office_kind: str, from_ordinal: int, to_ordinal: int) -> int:
        row = days[self.office_kinds.index(office_kind), :, self.span(from_ordinal, to_ordinal)]
        return most_common(row.sum(axis=1))

    def lines(
        self, from_ordinal: int | None = None, to_ordinal: int | None = None, rule_on: RuleOn | None = None
    ) -> Iterator[LedgerLine]:
        """Yield the day ledger: one line for each day, office kind and group of places that agree.

        Args:
            from_ordinal: First day; the first of the calendar where left out.
            to_ordinal: Last day, included; the last of the calendar where left out.
            rule_on: Name of the attendance rule in force on a day, for an office kind and a place.
        """
        low = self.first if from_ordinal is None else from_ordinal
        high = self.last if to_ordinal is None else to_ordinal
        days = self.span(low, high)
        for index in range(days.start, days.stop):
            today = [closing for closing in self.closings if closing.days[index]]
            for kind in range(len(self.office_kinds)):
                yield from self._lines_of(index, kind, today, rule_on)

    def _lines_of(self, index: int, kind: int, today: list[Closing], rule_on: RuleOn | None) -> Iterator[LedgerLine]:
        here = [closing for closing in today if closing.office_kinds[kind]]
        name = self.office_kinds[kind]
        groups: dict[tuple[str, tuple[bool, ...]], list[str]] = {}
        for column, place in enumerate(self.places):
            rule = "" if rule_on is None else rule_on(self.first + index, name, place)
            key = (rule, tuple(bool(closing.places[column]) for closing in here))
            groups.setdefault(key, []).append(place)
        for (rule, held), label in _labelled(groups):
            reasons = [closing for closing, applies in zip(here, held, strict=True) if applies]
            yield LedgerLine(
                date=date.fromordinal(self.first + index),
                office_kind=name,
                place=label,
                day_class=next((reason.day_class for reason in reasons if reason.closes), "weekday"),
                rule=rule,
                meeting_day=not any(reason.closes for reason in reasons),
                reason="; ".join(reason.reason for reason in reasons),
                source="; ".join(reason.source for reason in reasons),
            )


GroupKey: TypeAlias = tuple[str, tuple[bool, ...]]


def _labelled(groups: dict[GroupKey, list[str]]) -> Iterator[tuple[GroupKey, str]]:
    """Yield each group with its label: empty for one group, `other` for a largest one, else its codes."""
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), min(item[1])))
    if len(ordered) == 1:
        yield ordered[0][0], ""
        return
    largest_alone = len(ordered[0][1]) > len(ordered[1][1])
    for rank, (key, places) in enumerate(ordered):
        yield key, "other" if rank == 0 and largest_alone else ",".join(sorted(places))


def most_common(numbers: np.ndarray[tuple[int, ...], np.dtype[np.int_]]) -> int:
    """Return the number that occurs most often; the larger one where two tie; 0 for none."""
    if not len(numbers):
        return 0
    values, times = np.unique(numbers, return_counts=True)
    return int(values[times == times.max()].max())


def build_calendar(arm_sections: ArmSections, first: int, days: int, places: Sequence[str]) -> Calendar:
    """Return the calendar of an arm.

    Args:
        arm_sections: Structure of the arm; `calendar` and `closures` are read.
        first: Ordinal of day 0.
        days: Number of days [days].
        places: Municipality codes.

    Raises:
        InputError: An unknown switch, a week that does not exist, a closure that makes no sense, or a
            span of days outside the years of the rules.
    """
    faults = calendar_faults(arm_sections) + _span_faults(first, days)
    if faults:
        raise InputError([Fault("scenario", 0, 0, path, message) for path, message in faults])
    frame = Frame(first, days, tuple(places))
    closings = (
        *legal_closings(frame),
        *weekend_closings(frame),
        *customary_closings(frame, arm_sections.calendar.customary),
        *week_closings(frame, arm_sections.calendar.closure_weeks),
        *period_closings(frame, arm_sections.closures.periods),
    )
    in_order = tuple(sorted(closings, key=lambda closing: ORDER.index(closing.day_class)))
    clock = np.ones((len(OFFICE_KINDS), len(frame.places), days), dtype=np.bool_)
    is_open = clock.copy()
    for closing in in_order:
        if closing.closes:
            is_open[closing.cells()] = False
        if closing.stops_clock:
            clock[closing.cells()] = False
    weekday = weekdays(frame)
    for array in (clock, is_open, weekday):
        array.setflags(write=False)
    return Calendar(first, frame.office_kinds, frame.places, clock, is_open, weekday, in_order)


def _span_faults(first: int, days: int) -> list[tuple[str, str]]:
    low, high = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    if days > 0 and low.toordinal() <= first and first + days - 1 <= high.toordinal():
        return []
    return [("period", f"the calendar knows {low} to {high}, and needs at least one day")]
