"""The days that a run simulates, the period inside them, and the segments that its counts are kept by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from simulator.facts.read import words

DAYS_A_WEEK = 7
WEEKDAYS_A_WEEK = 5
WEEKDAYS_A_YEAR = 260
DAYS_A_YEAR = 365
MID_MONTH = 15
"""Day of the month on which a monthly level stands."""


def spell_class_weeks() -> tuple[int, ...]:
    """Return the first week of each spell class, ascending.

    Source:
        facts/words.yaml, spell_classes.
    """
    return tuple(int(week) for week in words()["spell_classes"].values())


@dataclass(frozen=True)
class Segment:
    """The longest run of days that share ISO week, calendar month and being inside the period.

    Attributes:
        iso_year: Year of the ISO week.
        week: ISO week number.
        year: Calendar year, which is the financial year.
        month: Month of the calendar year.
        inside: Whether the days lie inside the period.
        first_day: Day index of the first day.
        days: Number of days.
    """

    iso_year: int
    week: int
    year: int
    month: int
    inside: bool
    first_day: int
    days: int


@dataclass(frozen=True)
class Span:
    """The simulated days: warm-up, period, run-on.

    Attributes:
        first: Ordinal of day 0, a Monday.
        days: Number of days that may be simulated at most.
        period_from: Day index of the first day of the period.
        period_to: Day index of the last day of the period.
        least_days: Number of days that are simulated at least.
    """

    first: int
    days: int
    period_from: int
    period_to: int
    least_days: int

    @classmethod
    def around(cls, period: tuple[date, date], warm_up_weeks: int, run_on_weeks: tuple[int, int]) -> Span:
        """Return the span around a period.

        Args:
            period: First and last day.
            warm_up_weeks: Whole weeks before the week of the first day.
            run_on_weeks: Fewest and most whole weeks after the week of the last day.
        """
        start, end = period[0].toordinal(), period[1].toordinal()
        first = start - (start - 1) % DAYS_A_WEEK - DAYS_A_WEEK * warm_up_weeks
        after = end - (end - 1) % DAYS_A_WEEK + DAYS_A_WEEK
        least, most = run_on_weeks
        return cls(
            first=first,
            days=after + DAYS_A_WEEK * most - first,
            period_from=start - first,
            period_to=end - first,
            least_days=after + DAYS_A_WEEK * least - first,
        )

    def date_of(self, day: int) -> date:
        """Return the date of a day index."""
        return date.fromordinal(self.first + day)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The segments of the span, in order."""
        found: list[Segment] = []
        for day in range(self.days):
            iso = self.date_of(day).isocalendar()
            inside = self.period_from <= day <= self.period_to
            key = (iso.year, iso.week, self.date_of(day).year, self.date_of(day).month, inside)
            last = found[-1] if found else None
            if last and (last.iso_year, last.week, last.year, last.month, last.inside) == key:
                found[-1] = Segment(*key, last.first_day, last.days + 1)
            else:
                found.append(Segment(*key, day, 1))
        return tuple(found)

    @cached_property
    def segment_of_day(self) -> npt.NDArray[np.int64]:
        """Segment number of each day, shape (day,)."""
        return np.repeat(np.arange(len(self.segments)), [segment.days for segment in self.segments])
