"""Customary closing days: their switches, places and halves."""

from __future__ import annotations

from datetime import date

import pytest

from simulator.calendars import Calendar, build_calendar, customary_closures, switch_names
from simulator.errors import InputError
from simulator.scenario.schema import ArmSections, CalendarSection

PLACES = ("101", "147", "751", "851")


def year_of(year: int, **switches: bool) -> Calendar:
    first = date(year, 1, 1).toordinal()
    arm = ArmSections(calendar=CalendarSection(customary=switches))
    return build_calendar(arm, first, 365, PLACES)


def is_open(calendar: Calendar, day: date, office_kind: str, place: str) -> bool:
    cell = calendar.office_kinds.index(office_kind), calendar.places.index(place), day.toordinal() - calendar.first
    return bool(calendar.open[cell])


@pytest.mark.parametrize("day", [date(2021, 12, 24), date(2021, 12, 31)])
def test_christmas_and_new_years_eve_are_duty_days_in_copenhagen_and_frederiksberg(day: date) -> None:
    calendar = year_of(2021)
    for kind in ("jobcentre", "rehabilitation_team"):
        assert [is_open(calendar, day, kind, place) for place in PLACES] == [True, True, False, False]
    assert [is_open(calendar, day, "a_kasse", place) for place in PLACES] == [False] * 4


def test_the_first_of_may_is_a_holiday_in_copenhagen_and_frederiksberg_alone() -> None:
    calendar = year_of(2020)
    day = date(2020, 5, 1)
    assert [is_open(calendar, day, "jobcentre", place) for place in PLACES] == [False, False, True, True]
    assert [is_open(calendar, day, "a_kasse", place) for place in PLACES] == [True] * 4


def test_half_days_are_meeting_days_that_the_ledger_names() -> None:
    calendar = year_of(2020)
    day = date(2020, 6, 5).toordinal()
    lines = list(calendar.lines(day, day))
    assert [(line.day_class, line.meeting_day, line.place) for line in lines] == [("weekday", True, "")] * 3
    assert {line.reason for line in lines} == {"Grundlovsdag (half day, from 12:00)"}


def test_a_half_day_turned_on_closes_the_whole_day() -> None:
    calendar = year_of(2020, june_5=True, may_1=True)
    for day in (date(2020, 6, 5), date(2020, 5, 1)):
        for kind in calendar.office_kinds:
            assert not any(is_open(calendar, day, kind, place) for place in PLACES)


def test_a_switch_turned_off_leaves_an_ordinary_weekday() -> None:
    calendar = year_of(2020, december_24=False, december_31=False, june_5=False, friday_after_ascension=False)
    for day in (date(2020, 12, 24), date(2020, 6, 5), date(2020, 5, 22)):
        lines = list(calendar.lines(day.toordinal(), day.toordinal()))
        assert [(line.meeting_day, line.reason, line.place) for line in lines] == [(True, "", "")] * 3


def test_a_switch_of_one_kind_of_office_wins_over_the_plain_switch() -> None:
    calendar = year_of(2021, december_24=False, december_24_a_kasse=True)
    assert is_open(calendar, date(2021, 12, 24), "jobcentre", "851")
    assert not is_open(calendar, date(2021, 12, 24), "a_kasse", "851")
    calendar = year_of(2021, december_24_a_kasse=False)
    assert not is_open(calendar, date(2021, 12, 24), "jobcentre", "851")
    assert is_open(calendar, date(2021, 12, 24), "a_kasse", "851")


def test_the_friday_after_ascension_is_closed_only_when_turned_on() -> None:
    friday = date(2021, 5, 14)
    assert is_open(year_of(2021), friday, "jobcentre", "851")
    assert not is_open(year_of(2021, friday_after_ascension=True), friday, "jobcentre", "851")
    assert is_open(year_of(2021, friday_after_ascension=True), date(2021, 5, 21), "jobcentre", "851")


def test_an_unknown_switch_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(InputError) as caught:
        year_of(2021, december24=True, no_such_day_at_all=True)
    first, second = caught.value.faults
    assert first.path == "calendar.customary.december24"
    assert "did you mean december_24?" in first.message
    assert second.path == "calendar.customary.no_such_day_at_all"
    assert "did you mean" not in second.message
    assert "may_1" in second.message


def test_every_line_of_the_fact_file_has_a_source_and_a_reason() -> None:
    for line in customary_closures():
        assert line.reason
        assert line.source
        assert (line.kind == "fact") <= (line.source != "none-found")
    assert "december_24" in switch_names()
    assert "december_24_rehabilitation_team" in switch_names()
