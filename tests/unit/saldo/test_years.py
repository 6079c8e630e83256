"""When an effect falls: the shapes of time by hand, cut at weeks, years and steps of the ladder."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.calendars.span import Span
from simulator.saldo.years import Stretch, by_week, falling, profile_of, year_shares, years_of
from simulator.scenario import Scenario
from tests.unit.demand.made_up import scenario_of
from tests.unit.effects.made_up_joint import CLASSES, GROUPS

PROFILES = ("two_years", "even", "fading", "late_peak")
DAY = date(2022, 1, 5)
SPAN = Span.around((DAY, DAY), 1, (1, 1))
AT = int(SPAN.segment_of_day[SPAN.period_from])


def shaped(name: str, *sets: str) -> Scenario:
    return scenario_of(f"saldo: {{time_profile: {name}}}\n", *sets)


def heights(name: str, *sets: str) -> list[float]:
    """Return the shares of the stretches of a shape."""
    return [one.share for one in profile_of(shaped(name, *sets))]


@pytest.mark.parametrize("name", PROFILES)
def test_the_stretches_of_a_shape_follow_each_other_and_are_a_whole(name: str) -> None:
    found = profile_of(shaped(name))
    assert found[0].first == 0
    assert [one.end for one in found[:-1]] == [one.first for one in found[1:]]
    assert sum(one.share for one in found) == pytest.approx(1)
    assert min(one.share for one in found) > 0


def test_evenly_over_ten_weeks() -> None:
    assert profile_of(shaped("even", "saldo.profile.even.weeks=10")) == (Stretch(0, 70, 1.0),)


def test_two_years_with_three_quarters_in_the_first() -> None:
    assert profile_of(shaped("two_years")) == (Stretch(0, 365, 0.75), Stretch(365, 730, 0.25))


def test_fading_is_halved_after_every_half_life() -> None:
    """Half-life 1: weeks of 1, 1/2, 1/4 and 1/8, of 15/8 in all: 8, 4, 2 and 1 of fifteen."""
    found = heights("fading", "saldo.profile.fading.half_life_weeks=1", "saldo.profile.fading.weeks=4")
    assert found == pytest.approx([8 / 15, 4 / 15, 2 / 15, 1 / 15])


def test_four_fifths_of_a_fading_effect_come_in_the_first_year() -> None:
    """Half-life 26 of 104 weeks: quarters of a half-life weigh 8, 4, 2 and 1; the first two are 12 of fifteen."""
    found = heights("fading")
    assert len(found) == 104
    assert found[26] / found[0] == pytest.approx(0.5)
    assert sum(found[:52]) == pytest.approx(12 / 15)


def test_a_late_peak_rises_in_a_line_and_falls_in_a_line() -> None:
    """Peak in the second of five weeks: 1/2, 1, 3/4, 2/4, 1/4, which are 3 in all."""
    found = heights("late_peak", "saldo.profile.late_peak.peak_week=1", "saldo.profile.late_peak.weeks=5")
    assert found == pytest.approx([1 / 6, 1 / 3, 1 / 4, 1 / 6, 1 / 12])


def test_a_late_peak_as_the_facts_have_it() -> None:
    """Rising 1/14 to 14/14, 7.5 in all; falling 90/91 to 1/91, 45 in all: the peak, week 13, is 1 of 52.5.

    In the first year: 7.5 + (90 + 89 + ... + 53) / 91 = 7.5 + 2,717 / 91 = 37.357 of 52.5: 0.71157.
    """
    found = heights("late_peak")
    assert found.index(max(found)) == 13
    assert max(found) == pytest.approx(1 / 52.5)
    assert sum(found[:52]) == pytest.approx(0.71157, abs=1e-5)


@pytest.mark.parametrize("peak", [9, 10, 25])
def test_a_peak_that_is_never_passed_leaves_a_rise(peak: int) -> None:
    found = heights("late_peak", f"saldo.profile.late_peak.peak_week={peak}", "saldo.profile.late_peak.weeks=10")
    assert found == pytest.approx([(week + 1) / 55 for week in range(10)])


def test_stretches_are_cut_at_weeks_and_lose_nothing() -> None:
    """365 days are 52 weeks and a day: the day is a stretch of its own, and the second year begins inside a week."""
    found = by_week([Stretch(0, 365, 0.73), Stretch(365, 730, 0.27)])
    assert found[0] == Stretch(0, 7, pytest.approx(0.73 * 7 / 365))
    assert found[52] == Stretch(364, 365, pytest.approx(0.73 / 365))
    assert found[53] == Stretch(365, 371, pytest.approx(0.27 * 6 / 365))
    assert found[-1] == Stretch(728, 730, pytest.approx(0.27 * 2 / 365))
    assert len(found) == 106
    assert sum(one.share for one in found) == pytest.approx(1)


@pytest.mark.parametrize("name", PROFILES)
def test_the_table_of_years_is_what_each_day_gives(name: str) -> None:
    """The quick table and the plain sum over stretches say the same for a conversation on 5 January 2022."""
    scenario = shaped(name)
    years, found = falling(scenario, SPAN)
    wanted = year_shares(DAY.toordinal(), profile_of(scenario))
    by_year = dict(zip(years, found[AT, 0, 0].sum(axis=-1).tolist(), strict=True))
    assert {year: share for year, share in by_year.items() if share > 0} == pytest.approx(wanted)


def test_years_reach_as_far_as_the_last_conversation_of_the_span() -> None:
    """The span ends on Sunday 16 January 2022; 730 days on it is 16 January 2024."""
    assert SPAN.date_of(SPAN.days - 1) == date(2022, 1, 16)
    assert years_of(SPAN, [Stretch(0, 365, 0.5), Stretch(365, 730, 0.5)]) == (2021, 2022, 2023, 2024)
    assert years_of(SPAN, [Stretch(0, 349, 1.0)]) == (2021, 2022)
    assert years_of(SPAN, [Stretch(0, 350, 1.0)]) == (2021, 2022, 2023)


def test_year_and_step_are_told_together() -> None:
    """Ten weeks from 1 December 2021, in week 26 of the spell, weeks from before: none.

    31 of 70 days lie in 2021. All ten weeks have received 26 to 35: the third step, in both years. From week 22 after
    the conversation on it would be the last.
    """
    new = tuple(f"saldo.ladder.starting_weeks.jobparat.weeks_{weeks}={int(weeks == 0)}" for weeks in (0, 13, 39, 78))
    day = date(2021, 12, 1)
    span = Span.around((day, day), 1, (1, 1))
    years, found = falling(shaped("even", "saldo.profile.even.weeks=10", *new), span)
    at = int(span.segment_of_day[span.period_from])
    shares = found[at, GROUPS.index("jobparat"), CLASSES.index("26")]
    assert years == (2021, 2022)
    assert shares == pytest.approx(np.array([[0, 0, 31 / 70, 0], [0, 0, 39 / 70, 0]]))


def test_a_step_that_begins_with_the_new_year() -> None:
    """Two weeks from Saturday 25 December 2021, in week 4 less one: the first week is in 2021, the second in 2022.

    Class 0-3, of which three of four are past 4 weeks with the second week at least: see the page of the ladder.
    """
    new = tuple(f"saldo.ladder.starting_weeks.jobparat.weeks_{weeks}={int(weeks == 0)}" for weeks in (0, 13, 39, 78))
    day = date(2021, 12, 25)
    span = Span.around((day, day), 1, (1, 1))
    _, found = falling(shaped("even", "saldo.profile.even.weeks=2", *new), span)
    shares = found[int(span.segment_of_day[span.period_from]), GROUPS.index("jobparat"), CLASSES.index("0-3")]
    assert shares == pytest.approx(np.array([[0.5, 0, 0, 0], [0.375, 0.125, 0, 0]]))
