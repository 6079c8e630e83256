"""The terms of a trial: what the scenario says, and ten ways to say it wrongly."""

from __future__ import annotations

import pytest

from simulator.errors import InputError
from simulator.scenario import read_scenario
from simulator.uncertainty.trials.terms import terms_of
from tests.unit.uncertainty.trials.made_up_lives import SCENARIO

NULL = SCENARIO.with_name("null.yaml")
ENCOURAGED = SCENARIO.with_name("trial-encouragement-2022.yaml")


def test_the_letters_trial_has_its_terms() -> None:
    terms = terms_of(read_scenario(SCENARIO))
    assert (terms.design, terms.outcome, terms.simulations) == ("by_citizen", "exit_by_week_26", 200)
    assert terms.stop_above_per_100k == 200 and terms.feared and terms.groups == (0, 1)
    assert len(terms.places) == 98 and terms.analysis_days == 84
    assert (terms.significance, terms.power, terms.jobcentre_spread) == (0.05, 0.8, 0.1)
    assert not terms_of(read_scenario(ENCOURAGED)).feared


def test_what_is_given_goes_before_what_the_scenario_says() -> None:
    sets = ["trial.persons_per_arm=[2.000, 500, 500]", "trial.contamination.control_gets_treated=30 %"]
    read = read_scenario(SCENARIO, sets)
    terms = terms_of(read, "stepped_wedge", "weeks_in_52", 7)
    assert (terms.design, terms.outcome, terms.simulations) == ("stepped_wedge", "weeks_in_52", 7)
    assert terms.sizes == (500, 2000) and terms.crossed == (0.3, 0.0)
    assert terms.last_day - terms.first_day + 1 == 9 * 4 * 7, "whole waves"


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        (["trial.intake.to=2022-01-31"], "followed for 52 weeks"),
        (["trial.intake.from=2020-06-01"], "before the first simulated day"),
        (["trial.intake.places=[Odense]", "places=[Aarhus]"], "not among the `places`"),
        (["effects.model=constant_loss"], "hazard"),
        (["trial.persons_per_arm=[1]"], "1 persons per arm are out of range"),
        (["trial.significance=0"], "trial.significance: is 0"),
        (["trial.power=1"], "trial.power: is 1"),
        (["trial.power=4 %"], "not above trial.significance"),
        (["trial.attrition.treated=1"], "leaves nothing to find"),
        (["trial.design=by_jobcentre", "places=[Odense, Aarhus]"], "at least 4"),
        (["trial.design=stepped_wedge", "trial.steps.number=20"], "21 waves of 4 weeks need 84 weeks"),
        (["trial.design=stepped_wedge", "trial.outcome=hazard_ratio"], "shares and weeks"),
    ],
)
def test_terms_that_cannot_be_are_refused(sets: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said.replace("(", "\\(")):
        terms_of(read_scenario(SCENARIO, sets))


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        ("trial.design=by_zitizen", "did you mean by_citizen"),
        ("trial.outcome=exit", "allowed: exit_by_week_26"),
        ("trial.intake={from: 2021-05-01, to: 2021-04-01}", "ends 2021-04-01, before it begins"),
        ("trial.intake.groups=[dagpeng]", "did you mean dagpenge"),
        ("trial.simulations=1", "at least 2"),
        ("trial.stepps=3", "unknown key"),
        ("trial.intake.stop_above_per_100k=ten", "stop_above_per_100k"),
        ("trial.takes_part_share=140", "trial.takes_part_share"),
        ("proposal.trial.power=0.9", "stands for both arms"),
        ("trial.steps.number=1", "at least 2"),
    ],
)
def test_the_entrance_refuses_what_no_trial_can_be(sets: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_scenario(SCENARIO, [sets])


def test_a_limit_needs_a_series_and_an_intake_an_end() -> None:
    with pytest.raises(InputError, match="needs a series of incidence"):
        terms_of(read_scenario(ENCOURAGED, ["trial.intake.stop_above_per_100k=200"]))
    with pytest.raises(InputError, match=r"trial\.intake\.to: is missing"):
        read_scenario(NULL, ["trial.intake.from=2021-05-01"])


def test_a_scenario_without_a_trial_is_refused() -> None:
    with pytest.raises(InputError, match="plans no trial"):
        terms_of(read_scenario(NULL))


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(InputError) as refused:
        terms_of(read_scenario(SCENARIO, ["effects.model=constant_loss", "trial.power=1"]), "nowhere", "nothing", 0)
    assert len(refused.value.faults) == 5
