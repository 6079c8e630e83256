"""The contact clock and due days, worked by hand.

A rate of 65 a year is a quarter of a conversation per meeting day (65 / 260), a power of two and so exact: with phase
0 the 4th, 8th, 12th ... meeting day. Day 0 is a Monday; week 0 has days 0-4, week 1 days 7-11, and so on.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.calendars import build_calendar
from simulator.demand.contact import Rhythm
from simulator.demand.due import Due, clock_of, due_of, sorted_due
from simulator.scenario.schema import ArmSections, ContactChange
from simulator.streams import WORD_RANGE
from tests.unit.demand.made_up import KEY, MONDAY, ODENSE, SPAN, clock, closures, days_by_person, due_days, persons

QUARTER = Rhythm(2, 0, (), ((0, 65.0),), ())
HALF = WORD_RANGE // 2
WEEK_1 = "closures: {periods: [{from: 2022-02-14, to: 2022-02-20}]}\n"


def change(**fields: object) -> ContactChange:
    return ContactChange.model_validate(fields)


def fixed(*days: int, changes: tuple[ContactChange, ...] = ()) -> Rhythm:
    return Rhythm(0, 0, days, (), changes)


def test_conversations_fall_due_on_every_fourth_meeting_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Meeting days 4, 8, 12, ... of 40 are Thursday, Wednesday, Tuesday, Monday, Friday, and round again."""
    days = due_days(monkeypatch, QUARTER, persons([-100]))
    assert days == [[3, 9, 15, 21, 25, 31, 37, 43, 49, 53]]


def test_the_phase_says_where_in_the_cycle_a_person_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a conversation to start with: the 2nd, 6th, 10th ... meeting day; just below a whole one: the 1st, 5th."""
    assert due_days(monkeypatch, QUARTER, persons([-100]), HALF)[0][:4] == [1, 7, 11, 17]
    assert due_days(monkeypatch, QUARTER, persons([-100]), WORD_RANGE - 1)[0][:4] == [0, 4, 10, 16]


def test_a_planned_closure_stops_the_clock_and_leaves_no_backlog(monkeypatch: pytest.MonkeyPatch) -> None:
    """Week 1 is closed: meeting days 6-10 move to week 2, so all later due days come a week later."""
    days = due_days(monkeypatch, QUARTER, persons([-100]), ticks=clock(closures(WEEK_1)))
    assert days == [[3, 16, 22, 28, 32, 38, 44, 50]]


def test_a_holiday_stops_the_clock_for_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Easter 2022: 14, 15 and 18 April are closed. Meeting days: 11-13, 19-22, 25-29; every fourth: 19, 25, 29."""
    first = date(2022, 4, 11).toordinal()
    calendar = build_calendar(ArmSections(), first, 21, (ODENSE,))
    ticks = clock_of(calendar, 0, 21)
    assert [day for day in range(21) if ticks.meeting_from[0, day] == day] == [0, 1, 2, *range(8, 12), *range(14, 19)]
    days = due_days(monkeypatch, QUARTER, persons([-100]), ticks=_padded(ticks))
    assert [date.fromordinal(first + day).day for day in days[0]] == [19, 25, 29]


def _padded(ticks):
    """Return the clock of 21 days as one of the whole span, closed after that."""
    more = SPAN.days - 21
    before = np.hstack([ticks.before, np.repeat(ticks.before[:, -1:], more, axis=1)])
    return type(ticks)(before, ticks.day_of, np.hstack([ticks.meeting_from, np.full((1, more), SPAN.days)]))


def test_an_unplanned_closure_does_not_stop_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    storm = closures("closures: {periods: [{from: 2022-02-14, to: 2022-02-20, planned: false}]}\n")
    assert due_days(monkeypatch, QUARTER, persons([-100]), ticks=clock(storm)) == due_days(
        monkeypatch, QUARTER, persons([-100])
    )


def test_a_carriers_clock_runs_on_and_what_comes_in_the_closure_is_due_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without the closure due on days 3, 9, 15: day 9 lies in the closed week and moves to Monday, day 14."""
    who = persons([-100, -100], carrier=[False, True])
    days = due_days(monkeypatch, QUARTER, who, ticks=clock(closures(WEEK_1)))
    assert [found[:4] for found in days] == [[3, 16, 22, 28], [3, 14, 15, 21]]


def test_two_conversations_of_a_carrier_may_come_on_one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a conversation a day: days 8 and 10 (and 11 -> 14 is a Monday's own) pile up after the closed week."""
    often = Rhythm(2, 0, (), ((0, 130.0),), ())
    days = due_days(monkeypatch, often, persons([-100], carrier=[True]), ticks=clock(closures(WEEK_1)))
    assert days[0][:6] == [1, 3, 14, 14, 14, 15]


def test_a_carriers_clock_runs_on_holidays_but_not_at_weekends(monkeypatch: pytest.MonkeyPatch) -> None:
    assert due_days(monkeypatch, QUARTER, persons([-100], carrier=[True])) == [[3, 9, 15, 21, 25, 31, 37, 43, 49, 53]]


def test_a_newcomers_clock_starts_with_the_spell(monkeypatch: pytest.MonkeyPatch) -> None:
    """In on Wednesday of week 1 (day 9): meeting days 9, 10, 11, 14, so the fourth is day 14; one from day 14: 17."""
    assert [days[0] for days in due_days(monkeypatch, QUARTER, persons([9, 14]))] == [14, 17]


def test_nothing_falls_due_from_the_day_a_person_has_left(monkeypatch: pytest.MonkeyPatch) -> None:
    days = due_days(monkeypatch, QUARTER, persons([-100, -100, -100], leaves=[15, 16, 3]))
    assert days == [[3, 9], [3, 9, 15], []]


def test_a_carrier_who_left_in_the_closure_gets_no_appointment_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    who = persons([-100], leaves=[12], carrier=[True])
    assert due_days(monkeypatch, QUARTER, who, ticks=clock(closures(WEEK_1))) == [[3]]


def test_the_rate_follows_the_age_of_the_spell(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter a day to age 28, an eighth from then. In on day 0: 20 ticks give 5, then every eighth tick.

    Ticks 21-28 are days 28-32 and 35-37: the sixth conversation is due on day 37, the seventh on day 49.
    """
    slower = Rhythm(2, 0, (), ((0, 65.0), (28, 32.5)), ())
    assert due_days(monkeypatch, slower, persons([0])) == [[3, 9, 15, 21, 25, 37, 49]]


def test_a_part_of_a_conversation_is_kept_when_the_rate_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Age 28 on day 2: two ticks give half a conversation; the other half takes four ticks of an eighth: day 7."""
    slower = Rhythm(2, 0, (), ((0, 65.0), (28, 32.5)), ())
    assert due_days(monkeypatch, slower, persons([-26]))[0][:2] == [7, 17]


def test_a_rate_of_nothing_gives_nothing_and_takes_nothing_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing before age 7, on day 7 the person's clock begins with the phase it had."""
    later = Rhythm(2, 0, (), ((0, 0.0), (7, 65.0)), ())
    assert due_days(monkeypatch, later, persons([0]), HALF)[0][:2] == [8, 14]


def test_a_dated_change_of_the_rate_begins_and_ends_on_its_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a conversation a day in week 1 (days 7-11), a quarter before and after.

    Day 3 whole; day 4 leaves a quarter; day 7 +1/2, day 8 whole and a quarter over, day 10 whole and a quarter over,
    day 11 leaves 3/4; day 14 whole; then every fourth: 18, 24, 30, 36.
    """
    twice = change(**{"from": "2022-02-14", "to": "2022-02-20", "conversations_per_year": 130})
    days = due_days(monkeypatch, Rhythm(2, 0, (), ((0, 65.0),), (twice,)), persons([-100]))
    assert days[0][:7] == [3, 8, 10, 14, 18, 24, 30]


def test_a_change_of_some_ages_leaves_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    none = change(spell_to_days=182, scale=0)
    rhythm = Rhythm(2, 0, (), ((0, 65.0),), (none,))
    young, old = due_days(monkeypatch, rhythm, persons([-182 + 14, -182]))
    assert old == [3, 9, 15, 21, 25, 31, 37, 43, 49, 53]
    assert young == [17, 23, 29, 35, 39, 45, 51], "begins at age 182, on day 14"


def test_changes_lie_on_top_of_each_other_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    changes = (change(scale=0.5), change(conversations_per_year=130), change(scale=0.5))
    assert due_days(monkeypatch, Rhythm(2, 0, (), ((0, 1.0),), changes), persons([-100])) == due_days(
        monkeypatch, QUARTER, persons([-100])
    )


def test_six_in_half_a_year_become_four(monkeypatch: pytest.MonkeyPatch) -> None:
    """12 a year and 8 a year over 26 weeks of 5 days: 130 x 12 / 260 = 6 and 130 x 8 / 260 = 4 conversations.

    The span has 40 of the 130 meeting days, so 1.85 and 1.23; of 400 persons with phases spread evenly.
    """
    weeks = np.arange(400) * (WORD_RANGE // 400)
    for yearly, mean in ((12.0, 40 * 12 / 260), (8.0, 40 * 8 / 260)):
        rhythm = Rhythm(2, 0, (), ((0, 12.0),), (change(conversations_per_year=yearly),))
        found = [len(due_days(monkeypatch, rhythm, persons([0]), int(phase))[0]) for phase in weeks[::10]]
        assert np.mean(found) == pytest.approx(mean, abs=1 / 40)


@pytest.mark.parametrize(
    ("start", "day"),
    [(-4, 10), (-3, 11), (-2, 14), (-1, 14), (0, 14), (1, 15), (-14, 0)],
)
def test_a_fixed_day_of_the_spell_moves_from_the_weekend_to_monday(
    monkeypatch: pytest.MonkeyPatch, start: int, day: int
) -> None:
    """Spell day 14: begun on day -4 it is day 10, a Thursday; on -2 and -1 Saturday and Sunday, moved to day 14."""
    assert due_days(monkeypatch, fixed(14), persons([start])) == [[day]]


def test_a_fixed_day_in_the_past_is_past(monkeypatch: pytest.MonkeyPatch) -> None:
    assert due_days(monkeypatch, fixed(14), persons([-17, -15])) == [[], [0]], (
        "the Friday before; the Sunday before, moved to Monday"
    )


def test_a_fixed_day_on_a_closed_weekday_is_dropped_but_for_carriers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spell day 14 falls on day 10, in the closed week; the carrier comes on Monday, day 14."""
    who = persons([-4, -4], carrier=[False, True])
    assert due_days(monkeypatch, fixed(14), who, ticks=clock(closures(WEEK_1))) == [[], [14]]


def test_fixed_days_are_numbered_by_their_place_in_the_spell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days 80 and 170; begun on day -160, the first is past: number 1 falls on day 10, number 0 on nobody's."""
    due_days(monkeypatch, fixed(80, 170), persons([0]))
    found = due_of(fixed(80, 170), persons([-160, -70]), np.arange(2), clock(), SPAN, KEY)
    assert sorted(zip(found.person.tolist(), found.number.tolist(), found.day.tolist(), strict=True)) == [
        (0, 1, 10),
        (1, 0, 10),
    ]


def test_a_change_drops_a_share_of_fixed_days_by_phase(monkeypatch: pytest.MonkeyPatch) -> None:
    half = change(**{"from": "2022-02-14", "to": "2022-02-18", "scale": 0.5})
    rhythm = fixed(14, changes=(half,))
    who = persons([-4, -8, 1])
    assert due_days(monkeypatch, rhythm, who, HALF - 1) == [[10], [7], [15]]
    assert due_days(monkeypatch, rhythm, who, HALF) == [[], [], [15]], "days 7-11 are in the change, 15 is not"


def test_a_change_above_one_adds_nothing_to_a_day_that_comes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    more = fixed(14, changes=(change(scale=1.2),))
    assert due_days(monkeypatch, more, persons([-4]), WORD_RANGE - 1) == [[10]]


def test_due_days_do_not_depend_on_who_else_is_there() -> None:
    everyone, ticks = persons([-100, -5, 3, 20]), clock()
    together = days_by_person(due_of(QUARTER, everyone, np.arange(4), ticks, SPAN, KEY), 4)
    for row in range(4):
        alone = due_of(QUARTER, everyone, np.array([row]), ticks, SPAN, KEY)
        assert alone.day.tolist() == together[row]
        assert set(alone.person.tolist()) == {row}


def test_conversations_stand_by_person_then_type_then_number() -> None:
    """Whatever the order of the parts; the day has no say, and a carrier may have two numbers on one day."""
    parts = [
        Due(np.array([0, 2, 1, 2]), np.full(4, 4), np.array([0, 1, 0, 0]), np.array([0, 9, 5, 9])),
        Due(np.array([2, 1]), np.full(2, 1), np.array([0, 3]), np.array([30, 2])),
    ]
    for given in (parts, parts[::-1]):
        found = sorted_due(given)
        columns = (found.person, found.type_index, found.number, found.day)
        assert list(zip(*(column.tolist() for column in columns), strict=True)) == [
            (0, 4, 0, 0),
            (1, 1, 3, 2),
            (1, 4, 0, 5),
            (2, 1, 0, 30),
            (2, 4, 0, 9),
            (2, 4, 1, 9),
        ]
        assert len(found) == 6


def test_the_span_of_these_tests_has_no_holiday() -> None:
    assert MONDAY % 7 == 1
    assert clock().before[0, -1] == 40
