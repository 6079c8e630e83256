"""How many days a period has, layer by layer: the figures that a clerk checks first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

import numpy as np

from simulator.calendars.closing import BoolArray, DayClass
from simulator.calendars.ledger import Calendar, most_common


class PeriodCounts(TypedDict):
    """Days of a period, as most places have it. Each number but `days` counts Mondays to Fridays.

    Keys:
        days: Calendar days.
        weekdays: Mondays to Fridays.
        legal_holidays: Weekdays that are legal holidays.
        after_legal_holidays: Weekdays left after legal holidays.
        after_customary_closures: Weekdays left after legal holidays and customary closures, by office kind.
        clock_days: Days on which the contact clock ticks (all planned closures taken away), by office kind.
        meeting_days: Days on which conversations are held (unplanned closures taken away too), by office kind.
    """

    days: int
    weekdays: int
    legal_holidays: int
    after_legal_holidays: int
    after_customary_closures: dict[str, int]
    clock_days: dict[str, int]
    meeting_days: dict[str, int]


def period_counts(calendar: Calendar, from_ordinal: int, to_ordinal: int) -> PeriodCounts:
    """Return the days of a period, layer by layer.

    Args:
        calendar: Calendar of an arm.
        from_ordinal: Ordinal of the first day.
        to_ordinal: Ordinal of the last day, included.

    Raises:
        ValueError: A day lies outside the calendar.
    """
    span = calendar.span(from_ordinal, to_ordinal)
    weekdays = calendar.weekday[span]
    legal = _left_after(calendar, ("legal_holiday",))[:, :, span]
    custom = _left_after(calendar, ("legal_holiday", "weekend", "customary_closure"))[:, :, span]
    holidays = int((weekdays & ~legal.all(axis=(0, 1))).sum())
    kinds = calendar.office_kinds
    return PeriodCounts(
        days=to_ordinal - from_ordinal + 1,
        weekdays=int(weekdays.sum()),
        legal_holidays=holidays,
        after_legal_holidays=int(weekdays.sum()) - holidays,
        after_customary_closures={kind: most_common(custom[row].sum(axis=1)) for row, kind in enumerate(kinds)},
        clock_days={kind: calendar.clock_days(kind, from_ordinal, to_ordinal) for kind in kinds},
        meeting_days={kind: calendar.meeting_days(kind, from_ordinal, to_ordinal) for kind in kinds},
    )


def places_that_differ(
    calendar: Calendar, from_ordinal: int, to_ordinal: int
) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Yield (office kind, meeting days, municipality codes) for places whose number is not the usual one.

    Raises:
        ValueError: A day lies outside the calendar.
    """
    span = calendar.span(from_ordinal, to_ordinal)
    for row, kind in enumerate(calendar.office_kinds):
        usual = calendar.meeting_days(kind, from_ordinal, to_ordinal)
        numbers = calendar.open[row, :, span].sum(axis=1).tolist()
        for number in sorted(set(numbers) - {usual}):
            places = (place for place, its in zip(calendar.places, numbers, strict=True) if its == number)
            yield kind, number, tuple(sorted(places))


def _left_after(calendar: Calendar, layers: tuple[DayClass, ...]) -> BoolArray:
    """Return the days that are left once some layers are taken away, shape (office kind, place, day)."""
    left = np.ones(calendar.open.shape, dtype=np.bool_)
    for closing in calendar.closings:
        if closing.day_class in layers:
            left[closing.cells()] = False
    return left
