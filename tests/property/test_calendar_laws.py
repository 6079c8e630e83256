"""Laws that every calendar keeps, whatever a scenario closes."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.calendars import OFFICE_KINDS, Calendar, build_calendar, legal_holidays, switch_names
from simulator.scenario.schema import ArmSections, CalendarSection, Closure, ClosuresSection

PLACES = ("101", "147", "751", "851")
DAYS = 500

days = st.dates(date(2019, 1, 1), date(2025, 12, 31))
switches = st.dictionaries(st.sampled_from(switch_names()), st.booleans(), max_size=4)
weeks = st.lists(
    st.builds(lambda year, week: f"{year}-W{week:02d}", st.integers(2019, 2026), st.integers(1, 52)), max_size=3
)


@st.composite
def closures(draw: st.DrawFn) -> Closure:
    first = draw(days)
    return Closure.model_validate(
        {
            "from": first,
            "to": first + timedelta(days=draw(st.integers(0, 60))),
            "planned": draw(st.booleans()),
            "office_kinds": draw(st.lists(st.sampled_from(OFFICE_KINDS), max_size=2)),
            "places": draw(st.lists(st.sampled_from(PLACES), max_size=2)),
        }
    )


@st.composite
def arms(draw: st.DrawFn) -> ArmSections:
    calendar = CalendarSection(closure_weeks=tuple(draw(weeks)), customary=draw(switches))
    return ArmSections(
        calendar=calendar, closures=ClosuresSection(periods=tuple(draw(st.lists(closures(), max_size=3))))
    )


def calendar_of(arm: ArmSections, first: date, places: tuple[str, ...] = PLACES) -> Calendar:
    return build_calendar(arm, first.toordinal(), DAYS, places)


@settings(max_examples=60, deadline=None)
@given(arms(), days)
def test_no_meeting_day_ever_on_a_weekend_or_a_legal_holiday(arm: ArmSections, first: date) -> None:
    calendar = calendar_of(arm, first)
    dates = [first + timedelta(days=index) for index in range(DAYS)]
    legal = {holiday.day for year in {day.year for day in dates} for holiday in legal_holidays(year)}
    never = np.array([day in legal or day.isoweekday() > 5 for day in dates])
    assert not calendar.clock[:, :, never].any()
    assert not calendar.open[:, :, never].any()


@settings(max_examples=60, deadline=None)
@given(arms(), days)
def test_open_days_lie_within_the_clock_and_the_clock_within_weekdays(arm: ArmSections, first: date) -> None:
    calendar = calendar_of(arm, first)
    assert not (calendar.open & ~calendar.clock).any()
    assert not (calendar.clock & ~calendar.weekday).any()


@settings(max_examples=60, deadline=None)
@given(arms(), closures(), days)
def test_one_more_closure_never_adds_a_day(arm: ArmSections, more: Closure, first: date) -> None:
    longer = arm.model_copy(update={"closures": ClosuresSection(periods=(*arm.closures.periods, more))})
    before, after = calendar_of(arm, first), calendar_of(longer, first)
    assert not (after.open & ~before.open).any()
    assert not (after.clock & ~before.clock).any()
    if not more.planned:
        assert (after.clock == before.clock).all()


@settings(max_examples=60, deadline=None)
@given(arms(), weeks, days)
def test_one_more_closure_week_never_adds_a_day(arm: ArmSections, more: list[str], first: date) -> None:
    section = arm.calendar.model_copy(update={"closure_weeks": (*arm.calendar.closure_weeks, *more)})
    before, after = calendar_of(arm, first), calendar_of(arm.model_copy(update={"calendar": section}), first)
    assert not (after.open & ~before.open).any()
    assert not (after.clock & ~before.clock).any()


@settings(max_examples=60, deadline=None)
@given(arms(), days, st.permutations(PLACES))
def test_the_order_of_places_does_not_matter(arm: ArmSections, first: date, order: list[str]) -> None:
    one, other = calendar_of(arm, first), calendar_of(arm, first, tuple(order))
    columns = [PLACES.index(place) for place in order]
    assert (one.open[:, columns] == other.open).all()
    assert (one.clock[:, columns] == other.clock).all()
    assert list(one.lines(one.first, one.first + 60)) == list(other.lines(one.first, one.first + 60))


@settings(max_examples=40, deadline=None)
@given(arms(), days)
def test_the_ledger_says_of_every_cell_what_the_mask_says(arm: ArmSections, first: date) -> None:
    calendar = calendar_of(arm, first)
    said = np.zeros_like(calendar.open)
    told = np.zeros(calendar.open.shape, dtype=np.int64)
    for day in range(calendar.first, calendar.first + 120):
        lines = list(calendar.lines(day, day))
        for kind, name in enumerate(calendar.office_kinds):
            mine = [line for line in lines if line.office_kind == name]
            named = {code for line in mine for code in line.place.split(",")}
            for line in mine:
                codes = line.place.split(",") if line.place not in ("", "other") else set(PLACES) - named
                columns = [PLACES.index(code) for code in codes]
                said[kind, columns, day - calendar.first] = line.meeting_day
                told[kind, columns, day - calendar.first] += 1
    assert (told[:, :, :120] == 1).all()
    assert (said[:, :, :120] == calendar.open[:, :, :120]).all()


@settings(max_examples=30, deadline=None)
@given(arms(), days, st.integers(1, 400))
def test_a_longer_span_says_the_same_of_the_days_that_both_hold(arm: ArmSections, first: date, shift: int) -> None:
    whole = calendar_of(arm, first)
    part = build_calendar(arm, first.toordinal() + shift, DAYS - shift, PLACES)
    assert (whole.open[:, :, shift:] == part.open).all()
    assert (whole.clock[:, :, shift:] == part.clock).all()
