"""Every rate can be moved alone, and kroner follow it in a straight line; where a highest amount binds they bend."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from simulator.saldo.accounts import week_by_account
from simulator.saldo.concept import concept_named, concept_names, week_of
from simulator.saldo.rates import Rates
from tests.property.random_rates import AT, GROUPS, Moved, base, laid, rates, rows, single, valued

Figures = dict[str, float]
LEVEL = {"saldo.price_level": 2023.0}
"""Prices of the last year of the rates drawn: amounts go forward, by growth, and never back, by 1 / growth."""
STEP = 0.02
YEARS, WEEKS = (2021, 2022, 2023), (3.0, -2.0, 5.0)
BENDS = {"saldo.social.discount_rate.year_0": "1 / (1 + rate)"}
"""Rates that kroner do not follow in a straight line, and how they do."""
DOWN = ("saldo.tax.job_allowance_most", "saldo.tax.job_allowance_from")
"""Moved downwards: upwards the highest amount would cease to bind, or begin to."""
BESIDE = ("saldo.caseworker_kr_per_hour", "saldo.travel.", "saldo.first_year_share")
"""Rates of the lines beside the employment effect, and of the years in which it falls."""


def of_a_week(numbers: Figures) -> Figures:
    """Return kroner of some weeks of every group by concept, and by authority where they are a sum of accounts."""
    week = week_of(laid(base(), LEVEL | numbers), YEARS)
    found = {}
    for name in concept_names():
        by_authority = (concept_named(name).week_kr(week).mean(axis=-1) * WEEKS).sum(axis=(0, 2, 3))
        found[name] = float(by_authority.sum())
        if name not in ("note", "employment", "regneprincipper"):
            found |= {f"{name}, {at}": float(kr) for at, kr in enumerate(by_authority)}
    return found


def of_a_run(numbers: Figures) -> Figures:
    """Return the figures of weeks won and lost in two groups, with time and travel beside them."""
    moved = [Moved(0, AT, 2, 0, 1, 4.0), Moved(1, AT, 2, 1, 3, -3.0)]
    scenario = laid(base("with_running_costs"), LEVEL | numbers)
    _, found = valued(scenario, moved)
    by_authority = found.kr.sum(axis=(0, 1, 3, 4, 5)).tolist()
    by_year = found.kr.sum(axis=(0, 1, 2, 3, 4)).tolist()
    named = {f"{at}": kr for at, kr in enumerate((*by_authority, *by_year))}
    return found.concepts | found.beside_kr | named | {"time": found.beside.caseworker_kr}


def bent(points: list[Figures]) -> list[str]:
    """Return the figures of three equal steps that do not lie on a line."""
    first, second, third = points
    size = {name: max(abs(point[name]) for point in points) for name in first}
    return [
        name
        for name in first
        if second[name] != pytest.approx((first[name] + third[name]) / 2, rel=1e-9, abs=1e-9 * size[name] + 1e-9)
    ]


def steps_of(key: str, value: float) -> list[Figures]:
    """Return two equal steps of a rate, from where it stands."""
    step = (value * STEP if value else STEP) * (-1 if key.startswith(DOWN) else 1)
    return [{key: value + step * number} for number in (1, 2)]


@cache
def as_they_stand(run: bool) -> Figures:
    return of_a_run({}) if run else of_a_week({})


NOTHING_HANGS_ON = (
    "saldo.travel.kr_per_conversation.a_kasse",  # their members pay
    "saldo.social.discount_rate.year_36",  # no effect falls so late
    "saldo.social.discount_rate.year_71",
    "saldo.tax.employment_allowance_most",  # nobody earns so much
    "saldo.tax.job_allowance_rate",  # all who earn enough for the job allowance have the highest
    "saldo.tax.job_allowance_from",
    "saldo.unemployment_insurance.state_contribution",  # nobody joins
    "saldo.growth.satsregulering.year_2021",  # growth up to the first year of an amount
    "saldo.growth.wages.year_2021",
    "saldo.growth.municipal_prices.year_2021",
    "saldo.growth.municipal_prices.year_2022",
)
"""Rates that may move nothing as the others stand."""


def test_kroner_follow_every_rate_in_a_straight_line_and_none_in_vain() -> None:
    bends, idle = set(), set()
    for key, row in single().items():
        in_a_run = key.startswith(BESIDE)
        moved = [(of_a_run if in_a_run else of_a_week)(numbers) for numbers in steps_of(key, row.value)]
        points = [as_they_stand(in_a_run), *moved]
        bends |= {key} if bent(points) else set()
        idle |= {key} if points[0] == pytest.approx(points[2], rel=1e-12, abs=1e-12) else set()
    assert bends == set(BENDS)
    assert not [key for key in idle if not key.startswith(NOTHING_HANGS_ON)]


def against_each_other() -> Iterator[tuple[str, str]]:
    """Yield two neighbours of every mix of benefits and of every distribution of weeks on the ladder."""
    keys = [key for key in rows() if key not in single()]
    stems = sorted({key.rpartition(".")[0] for key in keys})
    for stem in stems:
        its = [key for key in keys if key.rpartition(".")[0] == stem]
        yield from list(pairwise(its))[-1:]


@pytest.mark.parametrize("pair", list(against_each_other()), ids=lambda pair: pair[0].removeprefix("saldo."))
def test_shares_of_a_whole_are_moved_against_each_other_in_a_straight_line(pair: tuple[str, str]) -> None:
    one, other = (rows()[key] for key in pair)
    step = min(STEP, one.value, 1 - other.value) or -min(STEP, other.value)
    of = of_a_run if "starting_weeks" in one.key else of_a_week
    points = [of({one.key: one.value - step * at / 2, other.key: other.value + step * at / 2}) for at in range(3)]
    assert not bent(points)


NO_HIGHEST = {
    key: 1e9 if key.startswith(("saldo.tax.employment_allowance_most", "saldo.tax.job_allowance_most")) else 0.0
    for key in rows()
    if key.startswith(("saldo.tax.employment_allowance_most", "saldo.tax.job_allowance"))
    and not key.startswith("saldo.tax.job_allowance_rate")
} | {key: 1e6 for key in rows() if key.startswith("saldo.fleksjob.subsidy_highest")}
"""No allowance has a highest amount, and no wage is so high that the subsidy beside it is gone."""
STRAIGHT = sorted(key for key in single() if not key.startswith((*BENDS, *BESIDE)) and key not in NO_HIGHEST)


@settings(max_examples=30, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(numbers=rates(), key=st.sampled_from(STRAIGHT), size=st.floats(0.01, 0.5))
def test_kroner_follow_any_rate_from_wherever_the_others_stand(
    numbers: dict[str, float], key: str, size: float
) -> None:
    """Without highest amounts, so that nothing bends."""
    numbers = numbers | NO_HIGHEST
    step = size * (numbers[key] or 1.0)
    points = [of_a_week(numbers | {key: numbers[key] + step * at}) for at in range(3)]
    assert not bent(points), key


@settings(max_examples=30, phases=[Phase.generate])
@given(wage=st.floats(0, 900_000), more=st.floats(0, 100_000), group=st.sampled_from(GROUPS))
def test_an_allowance_grows_with_the_wage_up_to_its_highest_amount(wage: float, more: float, group: str) -> None:
    """Worth 0.2497 of it in 2021, by the week of 52: at most 40,600 and 2,600 kr. a year."""
    found = []
    for earned in (wage, wage + more):
        key = f"saldo.wage.{group}"
        values = laid(base(), {key: earned, "saldo.sick.on_full_pay_share": 0.0}).baseline.values
        accounts = week_by_account(Rates(values), group, 2021)
        found.append([-accounts[f"{name}_allowance", "municipality"] * 52 / 0.2497 for name in ("employment", "job")])
    (low, low_job), (high, high_job) = found
    assert low == pytest.approx(min(0.106 * wage, 40_600))
    assert low_job == pytest.approx(min(0.045 * max(wage - 200_300, 0), 2_600), abs=1e-6)
    assert low <= high <= 40_600 + 1e-6
    assert low_job <= high_job <= 2_600 + 1e-6
