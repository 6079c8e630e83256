"""Laws of kroner, whatever the rates are: parts add up to the øre, nothing is worth nothing, the control agrees."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from simulator.calendars.span import Span
from simulator.control.kroner import beside_kr, week_kr_by_concept
from simulator.saldo import ACCOUNTS, AUTHORITIES, Valuation, valuation_of
from simulator.saldo.accounts import RETURN_FLOW, RUNNING_COSTS, TAXES, TRANSFERS, week_by_account
from simulator.saldo.concepts.social import discount
from tests.property.random_rates import (
    AT,
    DAY,
    FEWER_MEETINGS,
    GROUPS,
    PROFILES,
    SLOTS,
    SPAN,
    Moved,
    base,
    laid,
    moves,
    rates,
    valued,
    weeks_by,
)
from tests.unit.demand.made_up import scenario_of

CONCEPTS = (
    "employment",
    "note",
    "regneprincipper",
    "social",
    "transfers",
    "transfers_and_taxes",
    "with_caseworker_time",
    "with_displacement",
    "with_return_flow",
    "with_running_costs",
)
COUNTED = {
    "transfers": TRANSFERS,
    "transfers_and_taxes": TRANSFERS + TAXES,
    "with_return_flow": TRANSFERS + TAXES + RETURN_FLOW,
}
ALL = TRANSFERS + TAXES + RETURN_FLOW + RUNNING_COSTS
ORE = 0.005
PROFILE = st.sampled_from(PROFILES)
CONCEPT = st.sampled_from(CONCEPTS)
few = settings(max_examples=12, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])


def whole_kr(valuation: Valuation, concept: str, group: str, year: int) -> float:
    """Return what a week of work is worth as one sum, without authorities and without a ladder [kr]."""
    rates_of, values = valuation.week.rates, valuation.week.rates.values
    if concept in ("note", "employment"):
        value = values["saldo.value_per_person_year_kr"] / values["saldo.weeks_per_person_year"]
        value *= values[f"effects.full_time_share.{group}"]
        return value * rates_of.index("wages", int(values["saldo.price_year"]), rates_of.level)
    if concept == "regneprincipper":
        return SLOTS[group] * values[f"effects.weeks_off_benefit.{group}"] / values["saldo.weeks_per_person_year"]
    accounts = week_by_account(rates_of, group, year)
    kr = math.fsum(kr for (account, _), kr in accounts.items() if account in COUNTED.get(concept, ALL))
    if concept == "with_displacement":
        return kr * (1 - values["saldo.displacement.sensitivity_share"])
    if concept == "social":
        wage = rates_of.wage_year(group, rates_of.level) / rates_of.weeks_a_year
        output = wage * values[f"effects.full_time_share.{group}"] * values["saldo.social.net_tax_factor"]
        distortion = kr * (values["saldo.social.tax_distortion_factor"] - 1)
        return (output + distortion) * discount(rates_of, year - DAY.year)
    return kr


def whole(valuation: Valuation, concept: str, moved: list[Moved]) -> float:
    """Return the figure of a concept as the sum of weeks times what a week is worth [kr]."""
    lines = range(1 if concept == "note" else 2)
    return math.fsum(
        weeks * whole_kr(valuation, concept, GROUPS[group], valuation.years[year])
        for (line, group, year), weeks in weeks_by(valuation, moved).items()
        if line in lines
    )


@few
@given(numbers=rates(), moved=moves(), concept=CONCEPT, profile=PROFILE)
def test_authorities_and_accounts_add_up_to_the_whole_to_the_oere(
    numbers: dict[str, float], moved: list[Moved], concept: str, profile: str
) -> None:
    valuation, found = valued(laid(base(concept, profile), numbers), moved)
    lines = [("form", "volume").index(line) for line in found.headline_lines]
    by_authority = found.kr[lines].sum(axis=(0, 1, 3, 4, 5))
    by_account = found.kr[lines].sum(axis=(0, 2, 3, 4, 5))
    expected = whole(valuation, concept, moved)
    for parts in (by_authority, by_account, found.kr[lines].sum(axis=(0, 1, 2, 3, 4))):
        assert math.fsum(parts.tolist()) == pytest.approx(expected, abs=ORE)
    assert found.employment_effect_kr == pytest.approx(expected, abs=ORE)
    assert by_authority[AUTHORITIES.index("region")] == 0
    outside = concept == "social"
    assert bool(by_authority[AUTHORITIES.index("society")]) <= outside
    assert not outside or not by_authority[: AUTHORITIES.index("society")].any()


@few
@given(numbers=rates(), moved=moves(), profile=PROFILE)
def test_every_concept_is_the_sum_of_its_accounts(numbers: dict[str, float], moved: list[Moved], profile: str) -> None:
    valuation, found = valued(laid(base(profile=profile), numbers), moved)
    assert set(found.concepts) == set(CONCEPTS)
    time = {"with_caseworker_time": found.beside.caseworker_kr}
    for concept, kr in found.concepts.items():
        assert kr == pytest.approx(whole(valuation, concept, moved) + time.get(concept, 0.0), abs=ORE), concept


@few
@given(numbers=rates(), moved=moves(), concept=CONCEPT, profile=PROFILE)
def test_the_years_add_up_to_the_whole_and_no_week_is_lost(
    numbers: dict[str, float], moved: list[Moved], concept: str, profile: str
) -> None:
    valuation, found = valued(laid(base(concept, profile), numbers), moved)
    assert valuation.falling.sum(axis=(-1, -2)) == pytest.approx(np.ones(valuation.falling.shape[:3]))
    values = valuation.week.rates.values
    full_time = [values[f"effects.full_time_share.{group}"] for group in GROUPS]
    weeks = [one.weeks * full_time[one.group] for one in moved]
    on_lines = [
        kr for one, kr in zip(moved, weeks, strict=True) if ("form", "volume")[one.line] in found.headline_lines
    ]
    assert found.full_time_weeks == pytest.approx(sum(on_lines))
    a_week = values["saldo.value_per_person_year_kr"] / values["saldo.weeks_per_person_year"]
    assert found.concepts["employment"] == pytest.approx(sum(weeks) * a_week, abs=ORE)


@few
@given(numbers=rates(), concept=CONCEPT, profile=PROFILE)
def test_no_weeks_are_worth_exactly_nothing(numbers: dict[str, float], concept: str, profile: str) -> None:
    _, found = valued(laid(base(concept, profile), numbers), [Moved(0, AT, 0, 0, 0, 0.0)])
    assert not found.kr.any()
    assert found.employment_effect_kr == found.saved_kr == 0
    assert found.net_kr == sum(found.beside_kr.values())
    assert {kr for name, kr in found.concepts.items() if name != "with_caseworker_time"} == {0.0}


@few
@given(numbers=rates(), group=st.integers(0, len(GROUPS) - 1), concept=CONCEPT)
def test_a_loss_is_a_gain_with_its_sign_turned(numbers: dict[str, float], group: int, concept: str) -> None:
    won, lost = (valued(laid(base(concept), numbers), [Moved(0, AT, 2, group, 1, w)])[1] for w in (3.0, -3.0))
    assert np.array_equal(won.kr, -lost.kr)


@few
@given(numbers=rates(), moved=moves())
def test_the_state_has_no_more_than_all_and_no_less_than_nothing_of_a_transfer(
    numbers: dict[str, float], moved: list[Moved]
) -> None:
    """Of what is paid to citizens, to employers and as a subsidy, each week by itself and all weeks together."""
    valuation, found = valued(laid(base("with_running_costs"), numbers), moved[:1])
    state = AUTHORITIES.index("state")
    for account in (ACCOUNTS.index(name) for name in TRANSFERS):
        for kr in (valuation.week.accounts[account], found.kr[0, account], found.kr[1, account]):
            both = kr.sum(axis=0)
            share = np.divide(kr[state], both, out=np.zeros_like(both), where=np.abs(both) > ORE)
            assert share.min() >= -1e-9
            assert share.max() <= 1 + 1e-9


def a_week(valuation: Valuation) -> dict[str, dict[str, float]]:
    """Return what the simulation gives for a week of employment of a conversation of the day, by concept and group."""
    return {
        name: {
            group: float((kr[:, :, of].sum(axis=(0, 1)) * valuation.falling[AT, of, 3]).sum())
            for of, group in enumerate(GROUPS)
        }
        for name, kr in valuation.by_concept.items()
    }


@few
@given(numbers=rates(), profile=PROFILE, concept=CONCEPT)
def test_the_control_values_a_week_as_the_simulation_does(
    numbers: dict[str, float], profile: str, concept: str
) -> None:
    """The period is one day, so both date the conversation alike, and nothing is left to explain."""
    scenario = laid(base(concept, profile), numbers)
    found, control = a_week(valued(scenario, [])[0]), week_kr_by_concept(scenario, SPAN)
    assert set(control) == set(found)
    for name, by_group in found.items():
        for group, kr in by_group.items():
            assert control[name][group] == pytest.approx(kr, rel=1e-9, abs=1e-6), (name, group)


@few
@given(
    numbers=rates(),
    added=st.sampled_from(
        [("transfers", "running_costs"), ("with_return_flow", "running_costs, displacement"), ("note", "displacement")]
    ),
)
def test_the_control_adds_what_the_scenario_adds(numbers: dict[str, float], added: tuple[str, str]) -> None:
    concept, also = added
    scenario = laid(base(concept, also=also), numbers)
    found, control = a_week(valued(scenario, [])[0])[concept], week_kr_by_concept(scenario, SPAN)[concept]
    assert control == pytest.approx(found, rel=1e-9, abs=1e-6)


@few
@given(numbers=rates(), moved=moves())
def test_twice_the_kroner_are_twice_the_kroner(numbers: dict[str, float], moved: list[Moved]) -> None:
    """Benefits, wages, highest amounts, thresholds, costs, stated values and prices of time and travel, all doubled."""
    in_kr = [row for row in base().baseline.values.rows() if row.key.startswith("saldo.") and row.unit.startswith("kr")]
    doubled = {row.key: numbers.get(row.key, row.value) * 2 for row in in_kr}
    _, once = valued(laid(base(), numbers), moved)
    _, twice = valued(laid(base(slots=2.0), numbers | doubled), moved)
    for name, kr in once.concepts.items():
        assert twice.concepts[name] == pytest.approx(2 * kr, rel=1e-9, abs=1e-6), name
    for line, kr in once.beside_kr.items():
        assert twice.beside_kr[line] == pytest.approx(2 * kr), line


@few
@given(
    numbers=rates(),
    concept=st.sampled_from(["transfers", "with_caseworker_time"]),
    also=st.sampled_from(["", "caseworker_time"]),
)
def test_the_control_counts_time_and_travel_as_the_simulation_does(
    numbers: dict[str, float], concept: str, also: str
) -> None:
    """A jobsamtale, a meeting of the team and a conversation in the a-kasse become telephone calls."""
    scenario = laid(base(concept, also=also if concept == "transfers" else ""), numbers)
    _, found = valued(scenario, [])
    hours = found.beside.hours[0], found.beside.no_show_hours
    control = beside_kr(scenario, hours, dict.fromkeys(FEWER_MEETINGS, 1.0))
    assert control["caseworker_time_in_full_kr"] == pytest.approx(found.beside.caseworker_kr)
    for line, kr in found.beside_kr.items():
        assert control[f"{line}_kr"] == pytest.approx(kr), line


@pytest.mark.parametrize("profile", PROFILES)
def test_over_a_longer_period_only_the_days_of_a_segment_stand_between_them(profile: str) -> None:
    """The simulation dates a conversation in the middle of its segment, the control by the day: 3 in a million."""
    first, last = date(2021, 12, 19), date(2022, 1, 16)
    text = f"period: {{from: {first}, to: {last}, permanent: true}}\nsaldo: {{time_profile: {profile}}}\n"
    scenario, span = scenario_of(text), Span.around((first, last), 4, (4, 6))
    valuation, control = valuation_of(scenario, span), week_kr_by_concept(scenario, span)
    days = np.array([segment.days if segment.inside else 0 for segment in span.segments])
    even = np.tensordot(days / days.sum(), valuation.falling[:, :, 3], axes=1)
    for name, kr in valuation.by_concept.items():
        for of, group in enumerate(GROUPS):
            found = float((kr[:, :, of].sum(axis=(0, 1)) * even[of]).sum())
            assert control[name][group] == pytest.approx(found, rel=1e-5), (name, group)
