"""The layers of the calendar, each as a list of closings: the law, the weekend, custom, and the scenario."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from simulator.calendars.closing import BoolArray, Closing, Frame
from simulator.calendars.customary import CustomaryClosure, chosen, customary_closures
from simulator.calendars.legal import LegalHoliday, legal_holidays
from simulator.scenario.schema import Closure

WEEK = re.compile(r"(\d{4})-W(\d{2})")


def weekdays(frame: Frame) -> BoolArray:
    """Return a mask of Monday to Friday, shape (day,)."""
    # Ordinal 1 is a Monday, so that Monday to Sunday are 0 to 6.
    mask: BoolArray = (np.arange(frame.first, frame.first + frame.days) - 1) % 7 < 5
    return mask


def _everywhere(frame: Frame) -> tuple[BoolArray, BoolArray]:
    return frame.kinds_in(()), frame.places_in(())


def _years(frame: Frame) -> range:
    last = date.fromordinal(frame.first + frame.days - 1)
    return range(date.fromordinal(frame.first).year, last.year + 1)


def weekend_closings(frame: Frame) -> Iterator[Closing]:
    """Yield the weekend, on which no office holds conversations."""
    yield Closing("weekend", "weekend", "definition", *_everywhere(frame), ~weekdays(frame))


def legal_closings(frame: Frame) -> Iterator[Closing]:
    """Yield each legal holiday of the days, which closes every office."""
    by_name: dict[tuple[str, str], list[LegalHoliday]] = {}
    for year in _years(frame):
        for holiday in legal_holidays(year):
            by_name.setdefault((holiday.name, holiday.source), []).append(holiday)
    for (name, source), holidays in by_name.items():
        days = frame.no_days()
        for holiday in holidays:
            days |= frame.days_between(holiday.day.toordinal(), holiday.day.toordinal())
        yield Closing("legal_holiday", name, source, *_everywhere(frame), days)


def customary_closings(frame: Frame, switches: Mapping[str, bool]) -> Iterator[Closing]:
    """Yield the customary closing days that are on, and half days that are left as they are as notes.

    Args:
        frame: The axes.
        switches: The scenario's `calendar.customary`.
    """
    for line in customary_closures():
        days = frame.no_days()
        for year in _years(frame):
            ordinal = line.on(year).toordinal()
            days |= frame.days_between(ordinal, ordinal)
        places = np.array([line.concerns(place) for place in frame.places], dtype=np.bool_)
        for kind in line.office_kinds:
            yield from _customary_of_kind(line, chosen(line, kind, switches), frame.kinds_in((kind,)), places, days)


def _customary_of_kind(
    line: CustomaryClosure, said: bool | None, kinds: BoolArray, places: BoolArray, days: BoolArray
) -> Iterator[Closing]:
    closed = line.default if said is None else said
    if closed:
        yield Closing("customary_closure", line.name, line.source, kinds, places, days)
    elif said is None and line.part == "half":
        yield Closing("weekday", f"{line.name} (half day, from 12:00)", line.source, kinds, places, days)


def week_monday(week: str) -> date | None:
    """Return the Monday of an ISO week such as `2021-W51`, or None where there is no such week."""
    match = WEEK.fullmatch(week)
    if match is None:
        return None
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None


def week_closings(frame: Frame, weeks: tuple[str, ...]) -> Iterator[Closing]:
    """Yield the closure weeks, Monday to Sunday, which close every office. Weeks are checked before."""
    for week in dict.fromkeys(weeks):
        monday = week_monday(week)
        assert monday is not None
        days = frame.days_between(monday.toordinal(), monday.toordinal() + 6)
        yield Closing("closure_week", f"closure week {week}", "scenario", *_everywhere(frame), days)


def period_closings(frame: Frame, periods: tuple[Closure, ...]) -> Iterator[Closing]:
    """Yield the closures by dates of a scenario, planned and unplanned."""
    for period in periods:
        word = "planned" if period.planned else "unplanned"
        yield Closing(
            "planned_closure" if period.planned else "unplanned_closure",
            period.name or f"{word} closure",
            period.source or "scenario",
            frame.kinds_in(period.office_kinds),
            frame.places_in(period.places),
            frame.days_between(_ordinal(period.from_), _ordinal(period.to)),
        )


def _ordinal(day: date | None) -> int | None:
    return None if day is None else day.toordinal()
