"""The control written out in its inputs gives what the control gives when the scenario is changed."""

from __future__ import annotations

from collections import defaultdict

import pytest

from simulator.control import Control, Term, control_of
from simulator.control.kroner import lines_of
from simulator.pipeline import setting_of
from simulator.scenario import Scenario
from tests.unit.demand.made_up import scenario_of

FORM = """
calendar: {closure_weeks: [2021-W51, 2021-W52]}
places: [Fano]
proposal: {attendance: {rules: [{rule: office_chooses, from: 2021-12-19, to: 2022-01-16}]}}
"""
SUSPENDED = """
period: {from: 2020-03-16, to: 2020-04-12}
places: [Fano]
proposal: {attendance: {rules: [{rule: suspended, when_suspended: cancel, from: 2020-03-16, to: 2020-03-29}]}}
"""
FEWER = "places: [Fano]\nproposal: {demand: {contact_changes: [{scale: 0.5}]}}\n"
INPUTS = {
    "take_up_scale": "attendance.take_up_scale",
    "carry_share": "closures.carry_share",
    "effect_scale": "effects.params.scale",
    "first_year_share": "saldo.first_year_share",
    "value_per_person_year": "saldo.value_per_person_year_kr",
}
CHANGED = {
    "attendance.take_up_scale": 0.5,
    "effects.params.relative_effect": 0.4,
    "effects.params.scale": 0.7,
    "closures.carry_share": 0.3,
    "saldo.first_year_share": 0.9,
    "saldo.value_per_person_year_kr": 250_000.0,
}


def control(text: str, *sets: str) -> tuple[Scenario, Control]:
    setting = setting_of(scenario_of(text, *sets))
    return setting.scenario, control_of(setting.scenario, setting.calendars, setting.span, setting.places)


def terms_of(found: Control) -> tuple[Term, ...]:
    assert found.terms is not None
    return found.terms.all()


def worked_out(scenario: Scenario, found: Control, changed: dict[str, float]) -> dict[str, float]:
    """Return figures from the terms alone, at changed inputs."""
    values, sums = scenario.baseline.values, defaultdict(float)
    at = {name: changed.get(key, values[key]) for name, key in INPUTS.items()}
    for term in terms_of(found):
        product = term.value
        for name, value in at.items():
            product *= value ** getattr(term, name)
        if term.relative_effect:
            kept = {form: values[f"effects.params.relative_effect.{term.type}.{form}"] for form in ("phone", "video")}
            video = values["attendance.video_share"]
            mean = (1 - video) * kept["phone"] + video * kept["video"]
            product *= changed.get("effects.params.relative_effect", mean) ** term.relative_effect
        sums[term.line, term.group] += product
    lines = {"form": ("form_weeks", "reverse_weeks"), "volume": ("volume_weeks",)}
    counted = [name for line in lines_of(scenario.sections.saldo.concept) for name in lines[line]]
    return {
        "converted": sum(value for (line, _), value in sums.items() if line == "converted"),
        "due": sum(value for (line, _), value in sums.items() if line == "due"),
        "employment_effect_kr": sum(
            value * sums["kr_per_week", group] for (line, group), value in sums.items() if line in counted
        ),
    }


@pytest.mark.parametrize("text", [FORM, SUSPENDED, FEWER], ids=["form", "suspended", "fewer"])
@pytest.mark.parametrize("concept", ["note", "with_running_costs"])
def test_terms_give_the_control_at_its_own_inputs_and_at_all_of_them_changed(text: str, concept: str) -> None:
    chosen = f"saldo.concept={concept}"
    scenario, found = control(text, chosen)
    for changed in ({}, CHANGED):
        after = control(text, chosen, *(f"{key}={value}" for key, value in changed.items()))[1]
        figures = worked_out(scenario, found, changed)
        assert any(figures[name] for name in ("converted", "employment_effect_kr")) or text == FEWER
        for name, figure in figures.items():
            assert figure == pytest.approx(after.total(name), rel=1e-11, abs=1e-9), (name, changed)


@pytest.mark.parametrize("key", CHANGED)
def test_each_input_by_itself_moves_the_terms_as_it_moves_the_control(key: str) -> None:
    scenario, found = control(FORM)
    after = control(FORM, f"{key}={CHANGED[key]}")[1]
    figure = worked_out(scenario, found, {key: CHANGED[key]})["employment_effect_kr"]
    assert figure == pytest.approx(after.total("employment_effect_kr"), rel=1e-11)
    moved = abs(figure - found.total("employment_effect_kr")) > 1
    assert moved == (key != "saldo.first_year_share"), "under the note's concept the year changes nothing of the sum"


def test_relative_effect_rules_of_their_own_stay_as_they_are() -> None:
    rule = "effects: {relative_effect_rules: [{types: [jobsamtale], relative_effect: 0.9}]}\n"
    scenario, found = control(FORM + rule)
    after = control(FORM + rule, "effects.params.relative_effect=0.4")[1]
    figure = worked_out(scenario, found, {"effects.params.relative_effect": 0.4})["employment_effect_kr"]
    assert figure == pytest.approx(after.total("employment_effect_kr"), rel=1e-11)
    assert not [
        term
        for term in terms_of(found)
        if term.type == "jobsamtale" and term.relative_effect and term.line == "form_weeks"
    ]


def test_an_input_without_a_range_is_no_input() -> None:
    _, found = control(FORM, "closures.carry_share=1")
    assert not [term for term in terms_of(found) if term.carry_share]
