"""The calendar and its ledger: hand-worked days, closures of a scenario, and groups of places."""

from __future__ import annotations

from datetime import date

import pytest

from simulator.calendars import LEDGER_COLUMNS, Calendar, build_calendar, period_counts
from simulator.errors import InputError
from simulator.scenario.schema import ArmSections, CalendarSection, Closure, ClosuresSection

KINDS = ("jobcentre", "a_kasse", "rehabilitation_team")
PLACES = ("101", "147", "615", "751", "851")
FIRST, LAST = date(2021, 12, 19).toordinal(), date(2022, 1, 16).toordinal()


def christmas(
    weeks: tuple[str, ...] = ("2021-W51", "2021-W52"),
    periods: tuple[Closure, ...] = (),
    places: tuple[str, ...] = PLACES,
    first: int = FIRST,
    last: int = LAST,
) -> Calendar:
    arm = ArmSections(
        calendar=CalendarSection(closure_weeks=weeks),
        closures=ClosuresSection(periods=periods),
    )
    return build_calendar(arm, first, last - first + 1, places)


def closure(from_: str | None, to: str | None, **more: object) -> Closure:
    return Closure.model_validate({"from": from_, "to": to, **more})


def open_days(calendar: Calendar, kind: int = 0, place: int = 2) -> list[str]:
    mask = calendar.open[kind, place]
    return [date.fromordinal(calendar.first + index).isoformat() for index in mask.nonzero()[0]]


def test_the_published_weeks_have_20_weekdays_18_after_custom_and_10_meeting_days() -> None:
    assert period_counts(christmas(), FIRST, LAST) == {
        "days": 29,
        "weekdays": 20,
        "legal_holidays": 0,
        "after_legal_holidays": 20,
        "after_customary_closures": dict.fromkeys(KINDS, 18),
        "clock_days": dict.fromkeys(KINDS, 10),
        "meeting_days": dict.fromkeys(KINDS, 10),
    }


def test_the_ten_meeting_days_are_the_3rd_to_the_14th_of_january() -> None:
    assert open_days(christmas()) == [f"2022-01-{day:02d}" for day in (3, 4, 5, 6, 7, 10, 11, 12, 13, 14)]


def test_without_closure_weeks_there_are_18_meeting_days_and_20_in_copenhagen() -> None:
    calendar = christmas(weeks=())
    assert calendar.meeting_days("jobcentre", FIRST, LAST) == 18
    assert calendar.open[0, :, :].sum(axis=1).tolist() == [20, 20, 18, 18, 18]
    assert calendar.open[1, :, :].sum(axis=1).tolist() == [18] * 5


def test_a_period_counts_its_first_and_its_last_day() -> None:
    calendar = christmas(weeks=())
    monday, friday = date(2022, 1, 3).toordinal(), date(2022, 1, 7).toordinal()
    assert calendar.meeting_days("jobcentre", monday, friday) == 5
    assert calendar.meeting_days("jobcentre", monday, monday) == 1
    assert calendar.meeting_days("jobcentre", FIRST, FIRST) == 0


def test_legal_holidays_on_weekdays_are_counted() -> None:
    first, last = date(2021, 4, 1).toordinal(), date(2021, 4, 30).toordinal()
    counts = period_counts(christmas(first=first, last=last), first, last)
    assert (counts["weekdays"], counts["legal_holidays"], counts["after_legal_holidays"]) == (22, 4, 18)


def test_a_span_over_new_year_knows_the_holidays_of_both_years() -> None:
    first, last = date(2019, 12, 20).toordinal(), date(2020, 1, 3).toordinal()
    calendar = christmas(weeks=(), first=first, last=last)
    assert open_days(calendar) == ["2019-12-20", "2019-12-23", "2019-12-27", "2019-12-30", "2020-01-02", "2020-01-03"]


def test_an_unplanned_closure_leaves_the_clock_running() -> None:
    calendar = christmas(weeks=(), periods=(closure("2022-01-04", "2022-01-05", planned=False, name="storm"),))
    assert calendar.clock_days("jobcentre", FIRST, LAST) == 18
    assert calendar.meeting_days("jobcentre", FIRST, LAST) == 16
    day = date(2022, 1, 4).toordinal()
    line = next(calendar.lines(day, day))
    assert (line.day_class, line.reason, line.source, line.meeting_day) == (
        "unplanned_closure",
        "storm",
        "scenario",
        False,
    )


def test_a_planned_closure_stops_the_clock() -> None:
    calendar = christmas(weeks=(), periods=(closure("2022-01-04", "2022-01-05", source="kl-fridage"),))
    assert calendar.clock_days("jobcentre", FIRST, LAST) == 16
    assert calendar.meeting_days("jobcentre", FIRST, LAST) == 16
    day = date(2022, 1, 5).toordinal()
    assert next(calendar.lines(day, day)).reason == "planned closure"
    assert next(calendar.lines(day, day)).source == "kl-fridage"


def test_a_closure_of_one_kind_of_office_and_one_place_touches_no_other() -> None:
    local = closure("2022-01-10", "2022-01-14", office_kinds=["a_kasse"], places=["751"], planned=False)
    before, after = christmas(weeks=()), christmas(weeks=(), periods=(local,))
    changed = (before.open != after.open).nonzero()
    assert {KINDS[kind] for kind in changed[0]} == {"a_kasse"}
    assert {PLACES[place] for place in changed[1]} == {"751"}
    assert len(changed[2]) == 5


def test_a_closure_open_at_both_ends_closes_all_days() -> None:
    assert not christmas(periods=(closure(None, None),)).clock.any()
    assert open_days(christmas(weeks=(), periods=(closure("2021-12-21", None),))) == ["2021-12-20"]
    assert open_days(christmas(weeks=(), periods=(closure(None, "2022-01-13"),))) == ["2022-01-14"]


def test_closures_outside_the_span_change_nothing() -> None:
    far = (closure("2021-01-01", "2021-12-18"), closure("2022-01-17", "2022-12-31"))
    assert (christmas(periods=far).open == christmas().open).all()


def test_the_first_reason_in_the_order_of_the_layers_names_the_day_and_all_are_kept() -> None:
    everything = (
        closure("2021-12-19", "2022-01-16", planned=False, name="suspension"),
        closure("2021-12-19", "2022-01-16", name="holiday closing"),
    )
    calendar = christmas(periods=everything)

    def of(day: str) -> tuple[str, str]:
        ordinal = date.fromisoformat(day).toordinal()
        line = next(line for line in calendar.lines(ordinal, ordinal) if line.office_kind == "a_kasse")
        return line.day_class, line.reason

    tail = "holiday closing; suspension"
    assert of("2021-12-25") == ("legal_holiday", f"Juledag; weekend; closure week 2021-W51; {tail}")
    assert of("2021-12-19") == ("weekend", f"weekend; {tail}")
    assert of("2021-12-24") == ("customary_closure", f"Juleaftensdag; closure week 2021-W51; {tail}")
    assert of("2021-12-27") == ("closure_week", f"closure week 2021-W52; {tail}")
    assert of("2022-01-04") == ("planned_closure", tail)


def test_a_closure_week_runs_from_monday_to_sunday() -> None:
    calendar = christmas(weeks=("2021-W52",))
    days = [line.date for line in calendar.lines() if "closure week" in line.reason and line.office_kind == "a_kasse"]
    assert (days[0], days[-1], len(days)) == (date(2021, 12, 27), date(2022, 1, 2), 7)


def test_the_ledger_has_one_line_where_places_agree_and_one_a_group_where_they_differ() -> None:
    day = date(2021, 12, 24).toordinal()
    lines = [(line.office_kind, line.place, line.meeting_day) for line in christmas(weeks=()).lines(day, day)]
    assert lines == [
        ("jobcentre", "other", False),
        ("jobcentre", "101,147", True),
        ("a_kasse", "", False),
        ("rehabilitation_team", "other", False),
        ("rehabilitation_team", "101,147", True),
    ]


def test_groups_of_equal_size_are_both_named_by_code() -> None:
    day = date(2021, 12, 24).toordinal()
    calendar = christmas(weeks=(), places=("851", "147", "101", "751"))
    assert [line.place for line in calendar.lines(day, day)][:2] == ["101,147", "751,851"]


def test_the_ledger_asks_for_the_attendance_rule_and_parts_places_that_differ_by_it() -> None:
    def rule_on(day: int, office_kind: str, place: str) -> str:
        return "own choice" if office_kind == "jobcentre" and place == "751" and day == FIRST + 1 else "physical"

    lines = list(christmas().lines(FIRST, FIRST + 1, rule_on))
    named = [(line.date.isoformat(), line.place, line.rule) for line in lines if line.office_kind == "jobcentre"]
    assert named == [
        ("2021-12-19", "", "physical"),
        ("2021-12-20", "other", "physical"),
        ("2021-12-20", "751", "own choice"),
    ]


def test_the_ledger_agrees_with_the_mask_on_every_day() -> None:
    calendar = christmas(periods=(closure("2022-01-04", "2022-01-05", places=["751"], planned=False),))
    for line in calendar.lines():
        kind, day = KINDS.index(line.office_kind), line.date.toordinal() - FIRST
        named = line.place.split(",") if line.place not in ("", "other") else []
        for code in named:
            assert bool(calendar.open[kind, PLACES.index(code), day]) is line.meeting_day
        if not line.place:
            assert (calendar.open[kind, :, day] == line.meeting_day).all()


def test_a_ledger_line_becomes_a_row_of_the_calendar_table() -> None:
    line = next(christmas().lines())
    assert dict(zip(LEDGER_COLUMNS, line.row(), strict=True)) == {
        "date": "2021-12-19",
        "office_kind": "jobcentre",
        "place": "",
        "class": "weekend",
        "rule": "",
        "meeting_day": 0,
        "reason": "weekend",
        "source": "definition",
    }


def test_all_faults_of_the_calendar_are_told_at_once() -> None:
    periods = (
        closure("2022-01-05", "2022-01-04"),
        closure("2022-01-04", "2022-01-04", office_kinds=["job_centre"], places=["Hjørring"]),
    )
    with pytest.raises(InputError) as caught:
        christmas(weeks=("2021-W53", "2021-51", "2020-W53"), periods=periods)
    assert [fault.path for fault in caught.value.faults] == [
        "calendar.closure_weeks[1]",
        "calendar.closure_weeks[2]",
        "closures.periods[1].to",
        "closures.periods[2].office_kinds",
        "closures.periods[2].places",
    ]
    assert "did you mean jobcentre?" in str(caught.value)


@pytest.mark.parametrize(
    ("first", "days"),
    [(date(1899, 12, 31).toordinal(), 2), (date(2100, 12, 31).toordinal(), 2), (FIRST, 0)],
)
def test_a_span_outside_the_years_of_the_rules_is_refused(first: int, days: int) -> None:
    with pytest.raises(InputError, match="1900-01-01 to 2100-12-31"):
        build_calendar(ArmSections(), first, days, PLACES)


def test_the_first_and_the_last_day_of_the_rules_can_be_used() -> None:
    assert not build_calendar(ArmSections(), date(1900, 1, 1).toordinal(), 1, PLACES).open.any()
    assert build_calendar(ArmSections(), date(2100, 12, 30).toordinal(), 2, PLACES).open[0, 2].tolist() == [True, False]


def test_days_outside_the_calendar_are_refused() -> None:
    for low, high in ((FIRST - 1, LAST), (FIRST, LAST + 1), (LAST, FIRST)):
        with pytest.raises(ValueError, match="not within"):
            christmas().meeting_days("jobcentre", low, high)


def test_the_masks_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        christmas().open[0, 0, 0] = True


def test_the_number_of_days_is_that_of_most_places_and_the_larger_one_where_two_tie() -> None:
    assert christmas(weeks=(), places=("101", "147", "851")).meeting_days("jobcentre", FIRST, LAST) == 20
    assert christmas(weeks=(), places=("101", "851")).meeting_days("jobcentre", FIRST, LAST) == 20
    assert christmas(weeks=(), places=("101", "751", "851")).meeting_days("jobcentre", FIRST, LAST) == 18
