"""Kroner by hand: value of a week, lines, concepts, years, caseworker hours."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.effects import apart_of, employment, worth
from simulator.saldo import Saldo, accounts_of, fallen_of, saldo, valuation_of
from simulator.saldo.years import Stretch, year_shares
from tests.unit.demand.made_up import scenario_of
from tests.unit.effects.made_up_joint import GROUPS, NOT_HELD, PHONE, PHYSICAL, SPAN, TYPES, Line, joint_of

HAND = (
    "effects.params.scale=1",
    "effects.params.weeks_per_conversation.jobsamtale.dagpenge.week_0=0.75",
    "effects.params.relative_effect=0.65",
    "saldo.value_per_person_year_kr=300000",
    "saldo.weeks_per_person_year=52",
    "saldo.first_year_share=0.75",
    "saldo.caseworker_kr_per_hour=400",
)
NO_MINUTES = np.zeros((2, 3))


def saldo_of(
    *lines: Line, concept: str = "note", sets: tuple[str, ...] = (), minutes: np.ndarray = NO_MINUTES
) -> Saldo:
    scenario = scenario_of(f"saldo: {{concept: {concept}}}\n", *HAND, *sets)
    joint = joint_of(*lines)
    return saldo(valuation_of(scenario, SPAN), employment(apart_of(joint, SPAN), worth(scenario)), joint, minutes)


def test_ten_converted_jobsamtaler_cost_15144_kr() -> None:
    """10 x 0.75 weeks x (1 - 0.65) = 2.625 weeks lost, at 300,000 / 52 = 5,769.23 kr.: 15,144.23 kr."""
    found = saldo_of(Line(10))
    assert found.employment_effect_kr == pytest.approx(-15_144.230769, abs=1e-6)
    assert found.line_kr("form") == found.employment_effect_kr
    assert found.line_kr("volume") == 0


@pytest.mark.parametrize("concept", ["note", "employment", "with_running_costs", "social"])
def test_the_headline_alone_is_that_among_all_else(concept: str) -> None:
    lines = (Line(10), Line(2, PHYSICAL, NOT_HELD), Line(3, NOT_HELD, PHONE))
    scenario = scenario_of(f"saldo: {{concept: {concept}}}\n", *HAND)
    joint = joint_of(*lines)
    valuation, effect = valuation_of(scenario, SPAN), employment(apart_of(joint, SPAN), worth(scenario))
    whole = saldo(valuation, effect, joint, NO_MINUTES).employment_effect_kr
    assert fallen_of(scenario, SPAN).employment_effect_kr(effect) == pytest.approx(whole, rel=1e-12) and whole < -15_000
    known = accounts_of(scenario, SPAN)
    assert fallen_of(scenario, SPAN, known).employment_effect_kr(effect) == pytest.approx(whole, rel=1e-12)
    again = valuation_of(scenario, SPAN, known)
    assert saldo(again, effect, joint, NO_MINUTES).employment_effect_kr == whole


def test_the_value_of_a_person_year_and_its_weeks() -> None:
    assert saldo_of(Line(10), sets=("saldo.value_per_person_year_kr=260000",)).line_kr("form") == pytest.approx(-13_125)
    assert saldo_of(Line(10), sets=("saldo.weeks_per_person_year=50",)).line_kr("form") == pytest.approx(-15_750)


def test_the_note_counts_form_alone_and_employment_both_lines() -> None:
    """10 converted: -2.625 weeks; 2 not held at all: -1.5 weeks x 5,769.23 kr. = -8,653.85 kr."""
    lines = (Line(10), Line(2, PHYSICAL, NOT_HELD))
    note, both = saldo_of(*lines), saldo_of(*lines, concept="employment")
    assert note.headline_lines == ("form",)
    assert both.headline_lines == ("form", "volume")
    assert note.line_kr("volume") == both.line_kr("volume") == pytest.approx(-8_653.846154, abs=1e-6)
    assert note.employment_effect_kr == pytest.approx(-15_144.230769, abs=1e-6)
    assert both.employment_effect_kr == pytest.approx(-23_798.076923, abs=1e-6)


def test_kroner_stand_by_type_group_and_year_and_add_up() -> None:
    found = saldo_of(Line(10), Line(4, group="jobparat"), Line(3, PHONE, PHYSICAL))
    job = TYPES.index("jobsamtale")
    assert found.kr.sum() == pytest.approx(found.line_kr("form"))
    assert found.kr[0, :, :, job, GROUPS.index("dagpenge")].sum() == pytest.approx(-7 * 0.75 * 0.35 * 300_000 / 52)
    assert found.kr[0, :, :, job, GROUPS.index("jobparat")].sum() == pytest.approx(-4 * 0.4 * 0.35 * 300_000 / 52)


def test_the_effect_falls_in_the_years_after_the_conversation() -> None:
    """Wednesday 5 January 2022 lies in week 1; the middle of its segment is Thursday 6 January 2022.

    360 of the 365 days from then lie in 2022; the second 365 days begin on 6 January 2023 and end on 5 January 2024.
    """
    found = saldo_of(Line(10))
    whole = found.line_kr("form")
    first, second = 0.75, 0.25
    by_year = dict(zip(found.years, found.kr[0].sum(axis=(0, 1, 2, 3)).tolist(), strict=True))
    assert by_year[2022] / whole == pytest.approx(first * 360 / 365)
    assert by_year[2023] / whole == pytest.approx(first * 5 / 365 + second * 360 / 365)
    assert by_year[2024] / whole == pytest.approx(second * 5 / 365)


@pytest.mark.parametrize(
    ("day", "first_share", "shares"),
    [
        (date(2022, 1, 1), 1.0, {2022: 1.0}),
        (date(2022, 1, 1), 0.75, {2022: 0.75, 2023: 0.25}),
        (date(2021, 12, 31), 1.0, {2021: 1 / 365, 2022: 364 / 365}),
        (date(2022, 7, 2), 1.0, {2022: 183 / 365, 2023: 182 / 365}),
        (date(2022, 7, 2), 0.5, {2022: 0.5 * 183 / 365, 2023: 0.5, 2024: 0.5 * 182 / 365}),
        (date(2022, 7, 2), 0.0, {2023: 183 / 365, 2024: 182 / 365}),
        (date(2023, 7, 3), 1.0, {2023: 182 / 365, 2024: 183 / 365}),
        (date(2024, 1, 1), 1.0, {2024: 1.0}),
        (date(2024, 1, 2), 1.0, {2024: 1.0}),
        (date(2024, 1, 3), 1.0, {2024: 364 / 365, 2025: 1 / 365}),
    ],
)
def test_shares_of_years_by_hand(day: date, first_share: float, shares: dict[int, float]) -> None:
    """Evenly over 365 days. 2 July is the 183rd day of 2022: 183 days are left. 2024 is a leap year of 366 days."""
    found = year_shares(day.toordinal(), [Stretch(0, 365, first_share), Stretch(365, 730, 1 - first_share)])
    assert found == pytest.approx(shares)
    assert sum(found.values()) == pytest.approx(1.0)


WORKED = np.array([[6_000.0, 1_000.0, 160.0], [5_400.0, 1_120.0, 100.0]])
"""Jobcentre 600 minutes saved, a-kasse 120 more, team 60 saved."""


def test_caseworker_hours_are_minutes_of_the_baseline_less_those_of_the_proposal() -> None:
    """11 municipal hours, minus 2 of a-kasser; 2.5 of the hours are on conversations, the other 8.5 on no-shows.

    Ten conversations of 80 minutes became ten of 65.
    """
    found = saldo_of(Line(10), minutes=WORKED).beside
    assert found.hours == (pytest.approx(11.0), pytest.approx(-2.0))
    assert found.no_show_hours == pytest.approx(8.5)
    assert (found.caseworker_kr, found.no_show_kr) == (pytest.approx(1_000), pytest.approx(3_400))


@pytest.mark.parametrize(("how", "kr"), [("none", 0.0), ("dut", 1_000.0), ("full", 1_000.0)])
def test_kroner_of_time_come_only_as_far_as_they_are_realised(how: str, kr: float) -> None:
    found = saldo_of(Line(10), minutes=WORKED, sets=(f"saldo.caseworker_time_realised={how}",))
    assert found.beside_kr["caseworker_time"] == pytest.approx(kr)
    assert found.beside_kr["no_shows"] == 0
    assert found.net_kr == pytest.approx(found.employment_effect_kr + kr)


@pytest.mark.parametrize(("how", "kr"), [("none", 0.0), ("dut", 3_400.0), ("full", 3_400.0)])
def test_fewer_no_shows_are_a_line_of_their_own(how: str, kr: float) -> None:
    found = saldo_of(Line(10), minutes=WORKED, sets=(f"saldo.no_shows_realised={how}",))
    assert found.beside_kr == {"caseworker_time": 0, "no_shows": pytest.approx(kr), "travel": 0}


def test_travel_that_is_not_reimbursed_comes_back_as_less_indirect_taxes() -> None:
    """Ten journeys of 50 kr. are saved: 500 kr. less for households, of which 22 per cent would have come back."""
    sets = ("saldo.travel.kr_per_conversation.jobcentre=50", "saldo.indirect_taxes.return_flow_share=0.22")
    off = saldo_of(Line(10), sets=sets)
    found = saldo_of(Line(10), sets=(*sets, "saldo.travel_counted=true"))
    assert off.beside_kr["travel"] == 0
    assert found.beside.travel_kr == pytest.approx(500)
    assert found.beside_kr["travel"] == pytest.approx(390)


def test_travel_to_a_kasser_is_paid_by_their_members() -> None:
    sets = ("saldo.travel.kr_per_conversation.a_kasse=50", "saldo.travel_counted=true")
    assert saldo_of(Line(10, type="cv_samtale"), sets=sets).beside_kr["travel"] == 0


def test_time_of_a_kasser_lies_outside_the_public_balance_and_time_outside_the_headline() -> None:
    minutes = np.array([[800.0, 6_000.0, 0.0], [650.0, 0.0, 0.0]])
    found = saldo_of(Line(10), minutes=minutes, sets=("saldo.caseworker_time_realised=full",))
    assert found.beside.hours == (pytest.approx(2.5), pytest.approx(100.0))
    assert found.beside_kr["caseworker_time"] == pytest.approx(1_000)
    assert found.employment_effect_kr == pytest.approx(-15_144.230769, abs=1e-6)


def test_nothing_in_nothing_out() -> None:
    found = saldo_of(Line(10, PHYSICAL, PHYSICAL), Line(5, PHONE, PHONE))
    assert found.employment_effect_kr == 0
    assert not found.kr.any()
    assert found.net_kr == 0
    assert not any(found.concepts.values())
