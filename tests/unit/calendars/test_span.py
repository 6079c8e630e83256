"""The simulated days and their segments, worked by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.calendars.span import Segment, Span, spell_class_weeks

CHRISTMAS = (date(2021, 12, 19), date(2022, 1, 16))


def span(warm_up: int = 6, least: int = 4, most: int = 12, period: tuple[date, date] = CHRISTMAS) -> Span:
    return Span.around(period, warm_up, (least, most))


def test_the_span_begins_on_a_monday_whole_weeks_before_and_ends_on_a_sunday_whole_weeks_after() -> None:
    """19 December 2021 and 16 January 2022 are Sundays.

    The first week begins on 13 December, six weeks before is 1 November; four weeks after end on 13 February, twelve
    on 10 April.
    """
    found = span()
    assert found.date_of(0) == date(2021, 11, 1)
    assert found.date_of(found.period_from) == CHRISTMAS[0]
    assert found.date_of(found.period_to) == CHRISTMAS[1]
    assert found.date_of(found.least_days - 1) == date(2022, 2, 13)
    assert found.date_of(found.days - 1) == date(2022, 4, 10)


@pytest.mark.parametrize("weekday", range(7))
def test_every_weekday_finds_its_monday_and_its_sunday(weekday: int) -> None:
    day = date(2022, 3, 7 + weekday)
    found = span(4, 4, 4, (day, day))
    assert found.date_of(0) == date(2022, 2, 7)
    assert found.date_of(found.days - 1) == date(2022, 4, 10)
    assert found.period_from == found.period_to == 28 + weekday


def test_weeks_are_parted_at_the_borders_of_the_period_and_of_the_month() -> None:
    """Monday 13 to Saturday 18 December lie before the period; week 52 ends in 2022, on 1 and 2 January."""
    found = span()
    parts = {(part.iso_year, part.week, part.year, part.month, part.inside): part.days for part in found.segments}
    assert parts[2021, 50, 2021, 12, False] == 6
    assert parts[2021, 50, 2021, 12, True] == 1
    assert parts[2021, 51, 2021, 12, True] == 7
    assert parts[2021, 52, 2021, 12, True] == 5
    assert parts[2021, 52, 2022, 1, True] == 2
    assert parts[2022, 2, 2022, 1, True] == 7
    assert parts[2022, 3, 2022, 1, False] == 7
    assert len(parts) == len(found.segments) == 6 + 1 + 1 + 1 + 2 + 2 + 12 + 4


def test_segments_cover_each_day_once_and_in_order() -> None:
    found = span(5, 4, 7, (date(2020, 12, 30), date(2021, 1, 5)))
    first = [part.first_day for part in found.segments]
    assert first == np.cumsum([0, *(part.days for part in found.segments[:-1])]).tolist()
    assert sum(part.days for part in found.segments) == found.days
    for day in range(found.days):
        part: Segment = found.segments[found.segment_of_day[day]]
        assert part.first_day <= day < part.first_day + part.days
        iso = found.date_of(day).isocalendar()
        on = found.date_of(day)
        assert (part.iso_year, part.week, part.year, part.month) == (iso.year, iso.week, on.year, on.month)
        assert part.inside == (found.period_from <= day <= found.period_to)


def test_the_days_inside_are_those_of_the_period() -> None:
    assert sum(part.days for part in span().segments if part.inside) == 29


def test_spell_classes_begin_where_the_rules_say() -> None:
    """Weeks 0-3, 4, 5-25, 26, 27-51, 52, 53-103, 104 and over."""
    assert spell_class_weeks() == (0, 4, 5, 26, 27, 52, 53, 104)
