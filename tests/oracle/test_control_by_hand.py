"""The control beside a spreadsheet of its own: one place, one type, numbers typed in, loops over days and ages."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import pytest

from simulator.control import Control, control_of
from simulator.facts.read import FOLDER
from simulator.pipeline import setting_of
from tests.unit.demand.made_up import scenario_of

ODENSE = "461"
TEXT = """places: [Odense]
calendar: {closure_weeks: [2021-W51, 2021-W52]}
proposal:
  attendance:
    rules:
      - {name: option, from: 2021-12-19, to: 2022-01-16, rule: office_chooses}
"""
FIRST = date(2021, 11, 1)
"""Day 0: Monday six weeks before the week of 19 December."""
MEETING_DAYS = [date(2022, 1, day) for day in (3, 4, 5, 6, 7, 10, 11, 12, 13, 14)]
HAZARD = {0: 0.110, 28: 0.039, 182: 0.0175, 546: 0.022}
LONGEST = 728
YEARLY = {0: 7.0, 28: 10.0, 182: 6.0}
WEEKS_WORTH = {0: 0.75, 182: 0.40}
EXCEPTED, CHOOSING, SCALE = 0.33, 0.45, 0.85
MISSED, MISSED_CALL, TRIES = 0.08, 0.048, 3
KEPT = 0.98 * 0.65 + 0.02 * 0.75
WEEK_KR = 300_000 / 52
NUMBERS = [
    "delivery.tries=3",
    "delivery.no_show_digital_ratio=0.6",
    "delivery.no_show.jobsamtale.dagpenge=0.08",
    "delivery.no_show.cv_samtale.dagpenge=0",
    "attendance.exception_share.jobsamtale=0.33",
    "attendance.exception_share.cv_samtale=0",
    "attendance.take_up.jobsamtale.dagpenge=0.45",
    "attendance.take_up.cv_samtale.dagpenge=0.45",
    "attendance.take_up_scale=0.85",
    "attendance.video_share=0.02",
    "effects.params.scale=1",
    "effects.params.relative_effect.jobsamtale.phone=0.65",
    "effects.params.relative_effect.jobsamtale.video=0.75",
    "effects.params.weeks_per_conversation.jobsamtale.dagpenge.week_0=0.75",
    "effects.params.weeks_per_conversation.jobsamtale.dagpenge.week_26=0.40",
    "saldo.value_per_person_year_kr=300000",
    "demand.longest_spell_weeks.dagpenge=104",
    "demand.due_spell_day.cv_samtale.dagpenge.first=14",
    *(f"demand.weekly_exit_hazard.dagpenge.week_{age // 7}={hazard}" for age, hazard in HAZARD.items()),
    *(f"demand.contact.observed.jobsamtale.dagpenge.week_{age // 7}={rate}" for age, rate in YEARLY.items()),
]

FLAT = [
    *(set_ for set_ in NUMBERS if "hazard" not in set_ and "longest" not in set_),
    "demand.weekly_exit_hazard.dagpenge=0",
    "demand.longest_spell_weeks.dagpenge=100",
    "delivery.no_show.jobsamtale.dagpenge=0",
]
"""Ages even over 700 days, and nobody misses an appointment."""


def control(text: str, *sets: str) -> Control:
    setting = setting_of(scenario_of(text, *sets))
    return control_of(setting.scenario, setting.calendars, setting.span, setting.places)


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def odenses_share() -> float:
    """Return Odense's share of dagpenge recipients in December 2021."""
    count = {row["municipality_code"]: float(row["dagpenge_2021_12"]) for row in rows("municipalities")}
    return count[ODENSE] / sum(count.values())


@cache
def level_on(day: date) -> float:
    """Return Odense's recipients on a day, straight between the middles of two months."""
    months = {
        date.fromisoformat(f"{row['month']}-15"): float(row["dagpenge_adjusted"]) for row in rows("stocks_monthly")
    }
    before, after = max(d for d in months if d <= day), min(d for d in months if d > day)
    part = (day - before).days / (after - before).days
    return odenses_share() * (months[before] * (1 - part) + months[after] * part)


def at(steps: dict[int, float], age: int) -> float:
    return steps[max(first for first in steps if first <= age)]


def survival() -> list[float]:
    alive = [1.0]
    for age in range(LONGEST - 1):
        alive.append(alive[-1] * (1 - at(HAZARD, age) / 7))
    return alive


ALIVE = survival()
MEAN_DAYS = sum(ALIVE)


def entering(day: date) -> float:
    """Return who comes in: level / mean spell + change of the level; before day 0 that of a stationary stock."""
    if day <= FIRST:
        return level_on(FIRST) / MEAN_DAYS
    return level_on(day) / MEAN_DAYS + level_on(day) - level_on(day - timedelta(days=1))


def walk(last: date) -> Iterator[tuple[date, list[float]]]:
    """Yield Odense's recipients by age of the spell on each day, walked from day 0 on."""
    day, persons = FIRST, [level_on(FIRST) * share / MEAN_DAYS for share in ALIVE]
    while day < last:
        day += timedelta(days=1)
        stay = [persons[age] * ALIVE[age + 1] / ALIVE[age] for age in range(LONGEST - 1)]
        persons = [entering(day), *stay]
        yield day, persons


def converted_in_the_end() -> float:
    """Return the share of conversations that are physical without and digital with the option, in three tries.

    At an appointment c change form. Held at once in both arms: 1 - 0.08. Held by phone and missed physically: 0.08 -
    0.048, and then the baseline goes on alone, at 0.67 physical. Missed in both arms: both go on.
    """
    c, physical = (1 - EXCEPTED) * CHOOSING * SCALE, 1 - EXCEPTED
    missed = physical * MISSED + (1 - physical) * MISSED_CALL
    in_one = physical * (1 - MISSED)
    in_two = in_one + missed * in_one
    both_go_on = c * MISSED_CALL + (physical - c) * MISSED + (1 - physical) * MISSED_CALL
    last = c * (1 - MISSED)
    second = c * (1 - MISSED + (MISSED - MISSED_CALL) * in_one) + both_go_on * last
    return c * (1 - MISSED + (MISSED - MISSED_CALL) * in_two) + both_go_on * second


def test_jobsamtaler_of_dagpenge_in_odense_day_by_day_and_age_by_age() -> None:
    """Choice after 182 days is in the baseline too, so only shorter spells change form."""
    assert TRIES == 3
    due = converted = lost = 0.0
    for day, by_age in walk(MEETING_DAYS[-1]):
        for age, persons in enumerate(by_age if day in MEETING_DAYS else []):
            conversations = persons * at(YEARLY, age) / 260
            due += conversations
            if age < 182:
                converted += conversations * converted_in_the_end()
                lost += conversations * converted_in_the_end() * at(WEEKS_WORTH, age) * (1 - KEPT)
    found = control(TEXT, *NUMBERS)
    pair = ("jobsamtale", "dagpenge")
    assert found.by("due")[pair] == pytest.approx(due, rel=1e-9)
    assert found.by("converted")[pair] == pytest.approx(converted, rel=1e-9)
    assert found.by("employment_weeks_form")[pair] == pytest.approx(-lost, rel=1e-9)
    kr = [f.value for f in found.factors if (f.quantity, f.type, f.group) == ("converted_kr", *pair)]
    product = 1.0
    for factor in kr:
        product *= factor
    assert product == pytest.approx(-lost * WEEK_KR, rel=1e-9)


def test_cv_samtaler_newcomer_by_newcomer() -> None:
    """Due 14 days in, at weekends on Monday; everyone who would come on 1 to 14 January comes on a meeting day.

    The control takes the day of entry of a mean weekday, so the two agree to a thousandth, not to the last digit.
    """
    due = 0.0
    for passed in range((MEETING_DAYS[-1] - FIRST).days):
        day = FIRST + timedelta(days=passed)
        wanted = day + timedelta(days=14)
        wanted += timedelta(days=(7 - wanted.weekday()) % 7 if wanted.weekday() >= 5 else 0)
        if wanted in MEETING_DAYS:
            due += entering(day) * ALIVE[(wanted - day).days]
    found = control(TEXT, *NUMBERS)
    pair = ("cv_samtale", "dagpenge")
    assert found.by("due")[pair] == pytest.approx(due, rel=1e-3)
    assert found.by("converted")[pair] == pytest.approx(found.by("due")[pair] * 0.45 * 0.85, rel=1e-12)


def test_a_chain_that_fits_on_an_envelope() -> None:
    """Spells of exactly 100 weeks, so ages are even over 700 days; nobody misses; two working weeks of ten days.

    28 days at 7 a year, 154 at 10, 518 at 6: (196 + 1540 + 3108) / 700 = 6.92 a year, 0.0266 a meeting day. Of these
    1736 / 4844 before day 182, where 0.67 x 0.45 x 0.85 change form, each worth 0.75 x (1 - 0.652) weeks.
    """
    text = TEXT + "demand: {stock_series: constant}\n"
    persons = level_on(date(2021, 12, 19))
    due = persons * 6.92 / 260 * 10
    converted = due * 1736 / 4844 * 0.67 * 0.45 * 0.85
    found, pair = control(text, *FLAT), ("jobsamtale", "dagpenge")
    assert found.by("due")[pair] == pytest.approx(due, rel=1e-9)
    assert found.by("converted")[pair] == pytest.approx(converted, rel=1e-9)
    assert found.by("employment_weeks_form")[pair] == pytest.approx(-converted * 0.75 * (1 - 0.652), rel=1e-9)
    chain = {f.factor: f.value for f in found.factors if (f.quantity, f.type, f.group) == ("converted_kr", *pair)}
    assert list(chain.values()) == pytest.approx(
        [persons, 6.92 / 52, 2.0, 1.0, 0.67, 1736 / 4844, 0.45, 0.85, 1.0, 0.75, 0.348, -WEEK_KR], rel=1e-9
    )


def test_carriers_make_up_for_the_closed_weeks_on_the_first_day_open() -> None:
    """The same spells; ten closed weekdays before 3 January, and a quarter of persons are carriers: 2.5 days more."""
    text = TEXT + "demand: {stock_series: constant}\n"
    found, pair = control(text, *FLAT, "closures.carry_share=0.25"), ("jobsamtale", "dagpenge")
    due = level_on(date(2021, 12, 19)) * 6.92 / 260 * (10 + 0.25 * 10)
    assert found.by("due")[pair] == pytest.approx(due, rel=1e-9)
    chain = {f.factor: f.value for f in found.factors if (f.quantity, f.type, f.group) == ("due", *pair)}
    assert chain["carried_through_closures"] == pytest.approx(1.25)


def test_a_contact_rule_that_is_changed_is_volume() -> None:
    """Six a year less for spells under 182 days: 182 / 700 x 6 / 260 x 10 days fewer, each 0.75 weeks as it was held.

    Held before: 0.67 physically, 0.33 by phone or video, which keep 0.652. Nobody misses.
    """
    text = (
        "places: [Odense]\ncalendar: {closure_weeks: [2021-W51, 2021-W52]}\ndemand: {stock_series: constant}\n"
        "saldo: {concept: employment}\nproposal: {demand: {contact_changes: [{types: [jobsamtale], groups: [dagpenge], "
        "spell_to_days: 182, conversations_per_year: 6}]}}\n"
    )
    found = control(
        text,
        *FLAT,
        "demand.contact.observed.jobsamtale.dagpenge=12",
    )
    fewer = level_on(date(2021, 12, 19)) * 182 / 700 * 6 / 260 * 10
    weeks = fewer * 0.75 * (0.67 + 0.33 * 0.652)
    assert found.total("converted") == 0
    assert found.total("employment_weeks_volume") == pytest.approx(-weeks, rel=1e-9)
    assert found.total("employment_effect_kr") == pytest.approx(-weeks * WEEK_KR, rel=1e-9)


def test_hours_and_weeks_when_everything_turns_digital() -> None:
    """All digital instead of 0.67 physical where nobody may choose, 0.67 x (1 - 0.3825) where somebody may.

    Ages are even over 700 days and nobody misses, so each conversation saves 15 minutes x what was physical. The first
    are worth 0.75 weeks, those from day 182 on 0.40.
    """
    text = TEXT.replace("office_chooses", "digital_only, types: [jobsamtale], groups: [dagpenge]")
    found = control(
        text + "demand: {stock_series: constant}\n",
        *FLAT,
        "delivery.digital_saves_minutes=15",
    )
    a_day = level_on(date(2021, 12, 19)) / 700 / 260
    before, after = a_day * 1736 * 10 * 0.67, a_day * 3108 * 10 * 0.67 * (1 - 0.45 * 0.85)
    assert found.by("converted")["jobsamtale", "dagpenge"] == pytest.approx(before + after, rel=1e-9)
    lost = (before * 0.75 + after * 0.40) * (1 - 0.652)
    assert found.by("employment_weeks_form")["jobsamtale", "dagpenge"] == pytest.approx(-lost, rel=1e-9)
    assert found.total("caseworker_hours_municipal") == pytest.approx((before + after) * 15 / 60, rel=1e-9)
    assert found.total("caseworker_hours_a_kasse") == 0
