"""Kroner worked out again from the fate of every conversation, in plain loops, beside those of the run."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache

import pytest

from simulator.delivery import rules
from simulator.facts.read import words
from simulator.pipeline import prepare
from tests.property.scenes import Play, play_in
from tests.unit.demand.made_up import scenario_of

TYPES, GROUPS = list(words()["types"]), list(words()["groups"])
TEXT = """places: [Samso, Fano, Aero]
calendar: {closure_weeks: [2021-W51, 2021-W52]}
saldo: {concept: CONCEPT, caseworker_time_realised: dut}
proposal:
  attendance:
    rules:
      - {name: option, from: 2021-12-19, to: 2022-01-16, rule: office_chooses}
      - {name: back to physical, from: 2022-01-10, to: 2022-01-16, rule: physical_only, types: [opfoelgning]}
  demand:
    contact_changes: [{types: [jobsamtale], groups: [aktivitetsparat], scale: 0.9}]
"""
KEPT = {rules.PHYSICAL: 1.0, rules.PHONE: 0.6, rules.VIDEO: 0.7, None: 0.0}
WEEK_KR = 260_000 / 52
SETS = (
    "effects.params.weeks_per_conversation=0.5",
    "effects.params.weeks_per_conversation.jobsamtale.dagpenge.week_26=0.25",
    *(f"effects.params.relative_effect.{name}.phone=0.6" for name in TYPES),
    *(f"effects.params.relative_effect.{name}.video=0.7" for name in TYPES),
    "effects.params.scale=2",
    "attendance.video_share=0.3",
    "saldo.value_per_person_year_kr=260000",
    "saldo.weeks_per_person_year=52",
    "saldo.first_year_share=0.6",
    "saldo.caseworker_kr_per_hour=300",
)
PERIOD = (date(2021, 12, 19), date(2022, 1, 16))


def worth(type_name: str, group: str, week: int) -> float:
    """Return the weeks of employment of a physical conversation: 0.5 x 2, or 0.25 x 2 late in a dagpenge spell."""
    return 0.5 if (type_name, group) == ("jobsamtale", "dagpenge") and week >= 26 else 1.0


def held(one: Play, arm: int) -> dict[tuple[int, int, int], tuple[int, date, int]]:
    """Return (form, day, week of the spell) of every conversation that was held, by (person, type, number)."""
    demand, found, row = one.delivery.demands[arm], {}, 0
    for outcome in one.outcomes()[arm]:
        for state, closed, form in zip(outcome.state, outcome.closed, outcome.form, strict=True):
            person, due = int(demand.due.person[row]), demand.due
            if state == rules.HELD:
                week = (closed - int(demand.register.start[person])) // 7
                key = (person, int(due.type_index[row]), int(due.number[row]))
                found[key] = (form, one.world.span.date_of(closed), week)
            row += 1
    return found


def middle(day: date) -> date:
    """Return the middle day of those that share ISO week, year and being in the period."""

    def kind(one: date) -> tuple[int, int, int, bool]:
        return (*one.isocalendar()[:2], one.year, PERIOD[0] <= one <= PERIOD[1])

    first = last = day
    while kind(first - timedelta(days=1)) == kind(day):
        first -= timedelta(days=1)
    while kind(last + timedelta(days=1)) == kind(day):
        last += timedelta(days=1)
    return first + (last - first) // 2


@cache
def by_year(day: date) -> Counter[int]:
    """Return the effect by year, day by day: 0.6 over the first 365 days, 0.4 over the next."""
    shares: Counter[int] = Counter()
    for passed in range(730):
        shares[(middle(day) + timedelta(days=passed)).year] += (0.6 if passed < 365 else 0.4) / 365
    return shares


@pytest.fixture(scope="module", params=["note", "employment"])
def case(request: pytest.FixtureRequest) -> tuple[str, Play]:
    return request.param, play_in(prepare(scenario_of(TEXT.replace("CONCEPT", request.param), *SETS)), 5, 2)


def test_every_krone_follows_from_the_fate_of_a_conversation(case: tuple[str, Play]) -> None:
    concept, one = case
    run, arms = one.replication, [held(one, arm) for arm in (0, 1)]
    kr: Counter[tuple[str, str, str, int]] = Counter()
    converted = reverse = 0
    for key in arms[0].keys() | arms[1].keys():
        before, after = arms[0].get(key), arms[1].get(key)
        _, day, week = after or before
        pair = (TYPES[key[1]], GROUPS[int(one.delivery.demands[0].register.group[key[0]])])
        inside = PERIOD[0] <= day <= PERIOD[1]
        line = "form" if before and after else "volume"
        if line == "form" and not inside:
            continue
        old, new = (None if fate is None else fate[0] for fate in (before, after))
        converted += line == "form" and old == rules.PHYSICAL != new
        reverse += line == "form" and new == rules.PHYSICAL != old
        weeks = worth(*pair, week) * (KEPT[new] - KEPT[old])
        for year, share in by_year(day).items():
            kr[line, *pair, year] += weeks * share * WEEK_KR
    assert min(converted, reverse) > 0
    assert (run.employment.converted.sum(), run.employment.reverse.sum()) == (converted, reverse)
    for at, line in enumerate(("form", "volume")):
        for which, type_name in enumerate(TYPES):
            for of, group in enumerate(GROUPS):
                for column, year in enumerate(run.saldo.years):
                    found = run.saldo.kr[at, :, :, which, of, column].sum()
                    assert found == pytest.approx(kr[line, type_name, group, year], abs=1e-6)
    lines = ("form",) if concept == "note" else ("form", "volume")
    wanted = sum(amount for (line, *_), amount in kr.items() if line in lines)
    assert run.saldo.employment_effect_kr == pytest.approx(wanted, abs=1e-6)
    assert abs(wanted) > 1_000


def test_caseworker_time_follows_from_the_minutes_of_every_attempt(case: tuple[str, Play]) -> None:
    """80 minutes face to face, 65 otherwise; no-shows as many, but apart; a-kasser outside the public balance."""
    _, one = case
    saldo = one.replication.saldo
    minutes, missed = [[0, 0], [0, 0]], [0, 0]
    for arm, outcomes in enumerate(one.outcomes()):
        type_index, row = one.delivery.demands[arm].due.type_index, 0
        for outcome in outcomes:
            attempts = [(at, form) for at, form in enumerate(outcome.form) if outcome.state[at] == rules.HELD]
            attempts += [(at, form) for at, _, form in outcome.no_shows]
            for number, (at, form) in enumerate(attempts):
                a_kasse = TYPES[type_index[row + at]] in ("cv_samtale", "raadighedssamtale")
                spent = 80 if form == rules.PHYSICAL else 65
                minutes[arm][a_kasse] += spent
                missed[arm] += 0 if a_kasse or number < len(attempts) - len(outcome.no_shows) else spent
            row += len(outcome.state)
    hours = [(minutes[0][at] - minutes[1][at]) / 60 for at in (0, 1)]
    no_shows = (missed[0] - missed[1]) / 60
    assert saldo.beside.hours == pytest.approx(hours)
    assert saldo.beside.no_show_hours == pytest.approx(no_shows)
    assert saldo.beside_kr["caseworker_time"] == pytest.approx((hours[0] - no_shows) * 300)
    assert saldo.beside_kr["no_shows"] == 0
    assert hours[0] != no_shows != 0
