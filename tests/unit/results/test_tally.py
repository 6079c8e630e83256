"""Replications added up: kroner as sums, figures one by one."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.effects import Employment, apart_of, employment, worth
from simulator.results.tally import Tally, figures_of
from simulator.saldo import Saldo, saldo, valuation_of
from simulator.scenario import Scenario
from tests.unit.demand.made_up import scenario_of
from tests.unit.effects.made_up_joint import PHONE, PHYSICAL, SPAN, Line, joint_of

HAND = (
    "effects.params.scale=1",
    "effects.params.weeks_per_conversation=1",
    "effects.params.relative_effect=0.5",
    "saldo.value_per_person_year_kr=52000",
    "saldo.weeks_per_person_year=52",
    "saldo.caseworker_kr_per_hour=400",
)
"""A conversation is worth a week, half of it when held by phone, and a week is worth 1,000 kroner."""
MINUTES = np.array([[600, 0, 60], [0, 120, 0]])
"""The proposal saves eleven hours of municipalities, and costs a-kasser two."""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return scenario_of("saldo: {concept: employment}\n", *HAND)


def valued(scenario: Scenario, *lines: Line) -> tuple[Employment, Saldo]:
    joint = joint_of(*lines)
    effect = employment(apart_of(joint, SPAN), worth(scenario))
    return effect, saldo(valuation_of(scenario, SPAN), effect, joint, MINUTES)


def test_figures_of_a_replication(scenario: Scenario) -> None:
    """Ten to the phone, two back, four no longer held: 10 x -500 + 2 x 500, and 4 x -1,000 of volume."""
    lines = (Line(10), Line(2, PHONE, PHYSICAL, group="jobparat"), Line(4, PHYSICAL, 3, type="cv_samtale"))
    found = figures_of(*valued(scenario, *lines))
    wanted = {
        "converted": 10,
        "reverse": 2,
        "form_weeks": -4,
        "volume_weeks": -4,
        "employment_weeks": -8,
        "form_kr": -4_000,
        "volume_kr": -4_000,
        "employment_effect_kr": -8_000,
        "municipal_hours": 11,
        "a_kasse_hours": -2,
        "net_kr": -8_000 + found["caseworker_time_kr"],
        "converted_by_type.jobsamtale": 10,
        "converted_by_type.cv_samtale": 0,
        "converted_by_group.dagpenge": 10,
        "converted_by_group.jobparat": 0,
    }
    assert {name: found[name] for name in wanted} == pytest.approx(wanted)


def test_kroner_are_the_mean_over_the_replications(scenario: Scenario) -> None:
    """10, 0 and 20 conversations by phone: 10 in the mean, 5,000 kroner lost."""
    tally = Tally()
    for count in (10, 0, 20):
        tally.add(*valued(scenario, *([Line(count)] if count else [])))
    assert tally.kr.sum() == pytest.approx(-5_000)
    assert [figures["converted"] for figures in tally.figures] == [10, 0, 20]
    assert tally.kr.shape[-1] == len(tally.years)


def test_adding_changes_no_replication_that_was_added_before(scenario: Scenario) -> None:
    first = valued(scenario, Line(10))
    before = first[1].kr.copy()
    tally = Tally()
    tally.add(*first)
    tally.add(*valued(scenario, Line(4)))
    assert first[1].kr.tolist() == before.tolist()


def test_a_run_without_replications_has_no_kroner() -> None:
    with pytest.raises(AssertionError, match="at least one replication"):
        Tally().kr  # noqa: B018
