"""The contact rule: rates by age, dated changes, fixed days, observed and statutory, normal load."""

from __future__ import annotations

import pytest

from simulator.demand import office_kind_of, population_of
from simulator.demand.contact import Rhythm, kept_share, rhythms
from simulator.demand.spells import from_weeks
from simulator.facts.read import words
from simulator.pipeline import prepare, span_of
from simulator.scenario.schema import ContactChange
from simulator.streams import threshold
from tests.unit.demand.made_up import SPAN, scenario_of

TYPES, GROUPS = list(words()["types"]), list(words()["groups"])
END = 1 << 32


def rhythm_of(text: str, type_name: str, group: str, arm: str = "baseline", *sets: str) -> Rhythm:
    found = rhythms(getattr(scenario_of(text, *sets), arm))
    return next(one for one in found if (TYPES[one.type_index], GROUPS[one.group]) == (type_name, group))


def change(**fields: object) -> ContactChange:
    return ContactChange.model_validate(fields)


def a_day(yearly: float) -> int:
    return threshold(yearly / 260)


def test_keys_of_weeks_are_put_in_order_of_days() -> None:
    assert from_weeks({"week_26": 6.0, "week_4": 10.0, "week_0": 7.0}) == [(0, 7.0), (28, 10.0), (182, 6.0)]


def test_who_owes_what_to_whom() -> None:
    """The matrix of the rules: sygedagpenge follow-ups, all others jobsamtaler; CV and rådighed for dagpenge alone."""
    pairs = {(TYPES[one.type_index], GROUPS[one.group]) for one in rhythms(scenario_of("").baseline)}
    others = set(GROUPS) - {"sygedagpenge"}
    assert pairs == {
        ("cv_samtale", "dagpenge"),
        ("raadighedssamtale", "dagpenge"),
        ("opfoelgning", "sygedagpenge"),
        *(("jobsamtale", group) for group in others),
        *(("rehabiliteringsmoede", group) for group in ("sygedagpenge", "jobafklaring", "ressourceforloeb")),
    }


def test_each_type_has_its_kind_of_office() -> None:
    kinds = [office_kind_of(index) for index in range(len(TYPES))]
    assert dict(zip(TYPES, kinds, strict=True)) == {
        "cv_samtale": 1,
        "raadighedssamtale": 1,
        "jobsamtale": 0,
        "opfoelgning": 0,
        "rehabiliteringsmoede": 2,
        "jobsamtale_a_kasse": 1,
    }


def test_the_observed_rule_of_dagpenge_has_three_rates_and_the_statutory_one_two() -> None:
    observed = rhythm_of("", "jobsamtale", "dagpenge")
    statutory = rhythm_of("demand: {contact_rule: statutory}\n", "jobsamtale", "dagpenge")
    assert observed.rate == ((0, 7.0), (28, 10.0), (182, 6.0))
    assert statutory.rate == ((0, 12.0), (182, 0.0))


def test_fixed_days_stand_in_order() -> None:
    sets = ("demand.due_spell_day.raadighedssamtale.dagpenge.first=175",)
    assert rhythm_of("", "raadighedssamtale", "dagpenge", "baseline", *sets).spell_days == (170, 175)
    assert rhythm_of("", "cv_samtale", "dagpenge").spell_days == (14,)


def test_a_change_of_one_arm_and_type_concerns_no_other() -> None:
    text = "proposal: {demand: {contact_changes: [{types: [jobsamtale], groups: [dagpenge], scale: 0.5}]}}\n"
    assert not rhythm_of(text, "jobsamtale", "dagpenge").changes
    assert len(rhythm_of(text, "jobsamtale", "dagpenge", "proposal").changes) == 1
    assert not rhythm_of(text, "jobsamtale", "jobparat", "proposal").changes
    assert not rhythm_of(text, "cv_samtale", "dagpenge", "proposal").changes


def test_stretches_part_the_span_where_a_change_begins_and_ends() -> None:
    """Day 7 to 11 are 14 to 18 February; age 0-27 at 26 a year, then 52; in the change ages from 14 at 13."""
    slower = change(**{"from": "2022-02-14", "to": "2022-02-18", "spell_from_days": 14, "conversations_per_year": 13})
    rhythm = Rhythm(2, 0, (), ((0, 26.0), (28, 52.0)), (slower,))
    plain = [(0, 28, a_day(26)), (28, END, a_day(52))]
    assert list(rhythm.stretches(SPAN)) == [
        (0, 7, plain),
        (7, 12, [(0, 14, a_day(26)), (14, 28, a_day(13)), (28, END, a_day(13))]),
        (12, 56, plain),
    ]


def test_a_change_without_dates_holds_all_days_and_one_outside_the_span_none() -> None:
    always = Rhythm(2, 0, (), ((0, 26.0),), (change(scale=2.0, spell_to_days=182),))
    assert list(always.stretches(SPAN)) == [(0, 56, [(0, 182, a_day(52)), (182, END, a_day(26))])]
    past = Rhythm(2, 0, (), ((0, 26.0),), (change(to="2022-02-06", scale=2.0),))
    assert [steps for _, _, steps in past.stretches(SPAN)] == [[(0, END, a_day(26))]]


def test_the_share_of_fixed_days_that_a_change_keeps() -> None:
    young = change(**{"from": "2022-02-14", "scale": 0.4, "spell_to_days": 80})
    assert kept_share(young, SPAN, 14) == (7, 56, 0.4)
    assert kept_share(young, SPAN, 80) == (7, 56, 1.0), "the upper bound does not belong to it"
    assert kept_share(change(to="2022-02-14", scale=0.0), SPAN, 14) == (0, 8, 0.0)


def test_the_normal_load_is_rate_times_persons_over_260() -> None:
    """One rate for all ages: 13 a year of 80,000 sick-listed x Odense's share are 0.05 a meeting day each."""
    text = "places: [Odense]\n"
    scenario = scenario_of(text, "demand.contact.observed.opfoelgning.sygedagpenge=13")
    population = population_of(scenario, ("461",), span_of(scenario))
    index, _, inflow = population.groups[GROUPS.index("sygedagpenge")]
    stock = inflow.stock[inflow.codes.index("461")]
    assert population.normal_due[0, TYPES.index("opfoelgning"), index] == pytest.approx(0.05 * stock, rel=1e-6)
    assert not population.normal_due[0, TYPES.index("opfoelgning"), GROUPS.index("dagpenge")]


def test_the_normal_load_of_fixed_days_is_the_inflow_that_gets_so_far() -> None:
    """Spells of ten weeks: 1/70 of the stock comes in a day, 7/5 of it a weekday, all reach day 14."""
    sets = ("demand.weekly_exit_hazard.dagpenge=0", "demand.longest_spell_weeks.dagpenge=10")
    scenario = scenario_of("places: [Odense]\ndemand: {stock_series: constant}\n", *sets)
    population = population_of(scenario, ("461",), span_of(scenario))
    stock = population.groups[0][2].stock[population.groups[0][2].codes.index("461")]
    due = population.normal_due[0, :, 0]
    assert due[TYPES.index("cv_samtale")] == pytest.approx(stock / 70 * 7 / 5, rel=1e-9)
    assert due[TYPES.index("raadighedssamtale")] == 0, "nobody lasts 80 days"
    weeks = (4 * 7 + 6 * 10) / 10
    assert due[TYPES.index("jobsamtale")] == pytest.approx(stock * weeks / 260, rel=1e-9)


def test_the_normal_load_is_that_of_the_level_at_the_start_of_the_period() -> None:
    """Two runs with the same stock on day 0; the level at the start of the period is 66,000-odd against 68,500-odd."""
    moving = prepare(scenario_of("places: [Odense]\n"))
    fixed = prepare(scenario_of("places: [Odense]\ndemand: {stock_series: constant}\n"))
    ratio = moving.population.normal_due[0, 2, 0] / fixed.population.normal_due[0, 2, 0]
    assert ratio == pytest.approx(1.0, abs=0.001), "but for whole persons on day 0 they are the same"
