"""When a rule takes force and when it ends, worked by hand, and laws of every series."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.calendars import legal_holidays
from simulator.infection import Switch, can_fire, switches
from simulator.infection.series import FloatArray
from simulator.scenario.schema import Trigger
from tests.unit.infection.made_up import FUNEN, ISLANDS, on, said, steps, trigger

Days = tuple[str, str, str, str | None]


def days_of(found: tuple[Switch, ...]) -> list[Days]:
    """Return (decided, first day, last day, end decided) of each switch as ISO days."""

    def iso(ordinal: int) -> str:
        return date.fromordinal(ordinal).isoformat()

    return [
        (iso(one.decided), iso(one.from_), iso(one.to), None if one.ends_decided is None else iso(one.ends_decided))
        for one in found
    ]


def in_file(rule: Trigger, series: str, wanted: tuple[str, ...], code: str, first: str) -> list[Days]:
    incidence = said(series, wanted)
    x = incidence.of((code,)).per_100k[0]
    return days_of(switches(rule, x, incidence.first, on(first), incidence.last))


ISLAND_RULE = trigger(below_per_100k=100)
"""At least 200 on a day, below 100 on seven; judged daily, a day later."""


def test_laesoe_closes_after_easter_and_again_after_store_bededag() -> None:
    """One case is 56.6: 4 reach 200 (226.4), 1 is below 100, 2 (113.2) are between.

    - 4 cases on Wednesday 31 March 2021: decided. The next day is Skærtorsdag, then Langfredag, the weekend and
      2. påskedag: in force from Tuesday 6 April.
    - 0 from 7 April: six days below until 12 April. 2 cases on the 13th are 113.2 until the 19th: not below 100, so
      that the dip lifts nothing, and not 200 either.
    - 0 from 20 April: the seventh day below is 26 April, the last day in force.
    - 5 cases on Thursday 29 April: decided. The next day is Store Bededag, then the weekend: from Monday 3 May.
    - 0 from 6 May: the seventh day below is 12 May.
    """
    assert in_file(ISLAND_RULE, "islands_spring.csv", ISLANDS, "825", "2021-03-22") == [
        ("2021-03-31", "2021-04-06", "2021-04-26", "2021-04-26"),
        ("2021-04-29", "2021-05-03", "2021-05-12", "2021-05-12"),
    ]


def test_samsoe_closes_after_a_weekend_and_stays_closed_between_the_two_thresholds() -> None:
    """One case is 26.9: 8 reach 200 (215.0), 7 do not (188.1), 3 are below 100 (80.6), 4 are not (107.5).

    8 cases on Friday 26 March 2021: from Monday 29 March. 4 more on the 30th: 107.5 from 2 to 5 April, when the 8 have
    fallen out. 0 from 6 April: the seventh day below is 12 April. 7 cases on 3 May close nothing.
    """
    assert in_file(ISLAND_RULE, "islands_spring.csv", ISLANDS, "741", "2021-03-22") == [
        ("2021-03-26", "2021-03-29", "2021-04-12", "2021-04-12")
    ]


def test_aeroe_is_still_closed_at_the_end() -> None:
    """One case is 16.6: 12 are 199.3 (14 April), 13 are 215.9 (Monday 10 May 2021), in the file's last week."""
    assert in_file(ISLAND_RULE, "islands_spring.csv", ISLANDS, "492", "2021-03-22") == [
        ("2021-05-10", "2021-05-11", "2021-05-16", None)
    ]


FUNEN_RULE = trigger(at_least_per_100k=150, days_at_least=3, days_below=5, review_days=7, delay_days=3)
"""Judged on Mondays from 6 September 2021; in force from Thursday; the same threshold both ways."""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        # Odense: 149.9, then exactly 150 on 11, 12 and 13 September; below from the 22nd: five days on Monday the 27th,
        # two more days in force.
        ("461", [("2021-09-13", "2021-09-16", "2021-09-29", "2021-09-27")]),
        # Svendborg: 200 from Tuesday 14 to Thursday 16 September, between two reviews.
        ("479", []),
        # Nyborg: 155.5 from 17 to 22 September. Below from the 23rd, all after the decision of the 20th, but the first
        # day in force is the 23rd too. 1,300 from 2 October: the third day is Monday the 4th, until the end.
        ("450", [("2021-09-20", "2021-09-23", "2021-09-29", "2021-09-27"),
                 ("2021-10-04", "2021-10-07", "2021-10-17", None)]),
        # Langeland: 180 on 9, 10 and 11 October, seen on Monday the 11th; the next review would be the 18th.
        ("482", [("2021-10-11", "2021-10-14", "2021-10-17", None)]),
    ],
)  # fmt: skip
def test_weekly_reviews_and_three_days_of_notice(code: str, expected: list[Days]) -> None:
    assert in_file(FUNEN_RULE, "funen_autumn.csv", FUNEN, code, "2021-09-06") == expected


def test_nordjylland_closes_the_same_day_and_after_new_year() -> None:
    """At least 400 on two days (2,365 cases of a week), below 300 on three (1,773), without delay.

    330 cases a day are 390.7. 400 from 16 December 2021: 2,380 and 2,450 cases on the 16th and 17th, a Friday: in force
    at once. 0 from the 24th: 1,600 on the 26th is the first day below, the 28th the third and last. 2,500 on 31
    December: two days on Saturday 1 January, Nytårsdag, in force from Monday the 3rd. 0 from 7 January: until the 9th.
    """
    rule = trigger(at_least_per_100k=400, below_per_100k=300, days_at_least=2, days_below=3, delay_days=0)
    assert in_file(rule, "regions_winter.csv", ("851",), "851", "2021-12-07") == [
        ("2021-12-17", "2021-12-17", "2021-12-28", "2021-12-28"),
        ("2022-01-01", "2022-01-03", "2022-01-09", "2022-01-09"),
    ]


MONDAY = on("2021-11-01")
"""From here to Christmas no legal holiday; days below are counted from 0, a Monday."""


def hand(
    rule: Trigger, x: FloatArray, start: int = 0, end: int | None = None
) -> list[tuple[int, int, int, int | None]]:
    """Return (decided, first day, last day, end decided) of each switch as days from 1 November 2021."""
    found = switches(rule, x, MONDAY, MONDAY + start, MONDAY + (len(x) - 1 if end is None else end))
    return [
        (
            one.decided - MONDAY,
            one.from_ - MONDAY,
            one.to - MONDAY,
            None if one.ends_decided is None else one.ends_decided - MONDAY,
        )
        for one in found
    ]


def test_days_before_the_first_review_count_where_the_series_has_them() -> None:
    rule = trigger(days_at_least=3)
    x = steps([(10, 300.0)])
    assert hand(rule, x) == [(2, 3, 9, None)], "no days before: the third day"
    assert hand(rule, x, start=1) == [(2, 3, 9, None)]
    assert hand(rule, x, start=7) == [(7, 8, 9, None)]


def test_the_days_below_lie_after_the_decision() -> None:
    """Reviews on days 0, 3, 6 ...; one day at 300 on day 3, then 0. With three days below the end is on day 6."""
    rule = trigger(days_below=3, review_days=3)
    x = steps([(3, 0.0), (1, 300.0), (10, 0.0)])
    assert hand(rule, x) == [(3, 4, 6, 6)]
    assert hand(trigger(days_below=4, review_days=3), x) == [(3, 4, 9, 9)]


def test_nothing_ends_before_it_has_begun() -> None:
    """Decided on Monday 0, in force from Monday 7 and days 1 to 3 below: the first review in force is day 7."""
    x = steps([(1, 300.0), (13, 0.0)])
    assert hand(trigger(days_below=3, delay_days=7), x) == [(0, 7, 13, 7)]


def test_what_would_take_force_after_the_last_day_is_nothing() -> None:
    x = steps([(4, 0.0), (1, 300.0), (2, 0.0)])
    assert hand(trigger(delay_days=1), x, end=6) == [], "Friday: in force from Monday, day 7"
    assert hand(trigger(delay_days=0), x, end=6) == [(4, 4, 6, None)]


def test_a_new_decision_may_come_the_day_after_an_end() -> None:
    """Below on days 1 to 7 (Monday), so that day 7 is the end; 300 on Tuesday, day 8."""
    x = steps([(1, 300.0), (7, 0.0), (6, 300.0)])
    assert hand(trigger(), x) == [(0, 1, 7, 7), (8, 9, 13, None)]
    assert hand(trigger(delay_days=3), x) == [(0, 3, 9, 7), (8, 11, 13, None)]


def test_exactly_the_threshold_closes_and_does_not_open() -> None:
    x = steps([(3, 200.0), (10, 100.0)])
    assert hand(trigger(below_per_100k=100), x) == [(0, 1, 12, None)]
    assert hand(trigger(at_least_per_100k=200.5), x) == []


def test_the_numbers_that_decided_are_told() -> None:
    (found,) = switches(trigger(below_per_100k=90.5), steps([(1, 250.25), (8, 0.5)]), MONDAY, MONDAY, MONDAY + 8)
    assert found.why == (
        "incidence 250.25 on 2021-11-01, at least 200; incidence 0.5 on 2021-11-08, below 90.5 for 7 days"
    )


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (0, 10)])
def test_the_series_must_have_the_days(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="the incidence has days"):
        hand(trigger(), steps([(10, 0.0)]), start, end)


def test_whether_a_rule_can_ever_apply() -> None:
    x = steps([(5, 10.0), (1, 200.0)])
    assert can_fire(trigger(), x)
    assert not can_fire(trigger(at_least_per_100k=200.01), x)


HOLIDAYS = {holiday.day.toordinal() for year in (2021, 2022) for holiday in legal_holidays(year)}


def day_by_day(rule: Trigger, x: list[int], end: int) -> list[tuple[int, int, int, int | None]]:
    """The rule once more, as a clerk reads it: on each review day look back, with nothing remembered but the state."""
    lower = rule.below_per_100k or rule.at_least_per_100k
    found: list[tuple[int, int, int, int | None]] = []
    state: tuple[int, int] | None = None
    for day in range(0, end + 1, rule.review_days):
        high = [x[back] >= rule.at_least_per_100k for back in range(day - rule.days_at_least + 1, day + 1) if back >= 0]
        calm = [x[back] < lower for back in range(max(day - rule.days_below + 1, 0), day + 1)]
        if state is None:
            if len(high) == rule.days_at_least and all(high):
                start = day + rule.delay_days
                while date.fromordinal(MONDAY + start).isoweekday() > 5 or MONDAY + start in HOLIDAYS:
                    start += 1
                state = (day, start)
        elif day >= state[1] and all(calm) and day - rule.days_below + 1 > state[0]:
            found.append((*state, min(end, day + max(rule.delay_days, 1) - 1), day))
            state = None
    if state and state[1] <= end:
        found.append((*state, end, None))
    return found


rules = st.builds(
    trigger,
    at_least_per_100k=st.sampled_from([2, 3]),
    below_per_100k=st.sampled_from([None, 1, 2]),
    days_at_least=st.integers(1, 4),
    days_below=st.integers(1, 8),
    review_days=st.integers(1, 8),
    delay_days=st.integers(0, 9),
)
levels = st.lists(st.tuples(st.integers(1, 12), st.integers(0, 4)), min_size=8, max_size=24)


def daily(runs: list[tuple[int, int]]) -> FloatArray:
    """Return a series of runs of days; it goes from November over Christmas and perhaps Easter."""
    return steps((days, float(level)) for days, level in runs)


@settings(max_examples=150)
@given(rules, levels)
def test_the_same_as_a_clerk_reads_the_rule(rule: Trigger, runs: list[tuple[int, int]]) -> None:
    x = daily(runs)
    assert hand(rule, x) == day_by_day(rule, [int(one) for one in x], len(x) - 1)


@settings(max_examples=100)
@given(rules, levels)
def test_times_in_force_are_apart_and_begin_on_a_working_day(rule: Trigger, runs: list[tuple[int, int]]) -> None:
    x = daily(runs)
    found = switches(rule, x, MONDAY, MONDAY, MONDAY + len(x) - 1)
    for one in found:
        assert date.fromordinal(one.from_).isoweekday() <= 5
        assert one.from_ not in HOLIDAYS
        assert one.decided + rule.delay_days <= one.from_ <= one.to <= MONDAY + len(x) - 1
        assert (one.decided - MONDAY) % rule.review_days == 0
    for before, after in pairwise(found):
        assert before.ends_decided is not None
        assert before.ends_decided < after.decided
        assert before.to < after.from_
    assert not found or can_fire(rule, x)


@settings(max_examples=100)
@given(rules, levels, st.integers(0, 3))
def test_more_infection_never_puts_off_the_first_time(rule: Trigger, runs: list[tuple[int, int]], more: int) -> None:
    x = daily(runs)
    found, sooner = hand(rule, x), hand(rule, np.asarray(x + more))
    if found:
        assert sooner[0][0] <= found[0][0]
        assert sooner[0][1] <= found[0][1]


@settings(max_examples=100)
@given(rules, levels)
def test_a_lower_threshold_to_end_never_ends_the_first_time_sooner(rule: Trigger, runs: list[tuple[int, int]]) -> None:
    x = daily(runs)
    longer = hand(rule.model_copy(update={"below_per_100k": 1.0}), x)
    found = hand(rule, x)
    assert [one[:2] for one in found[:1]] == [one[:2] for one in longer[:1]]
    assert all(long[2] >= short[2] for long, short in zip(longer[:1], found[:1], strict=True))
