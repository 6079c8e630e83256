"""What a run tells of what is not known: only where its scenario asks, and without a word in its own figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from simulator.errors import InputError
from simulator.pipeline import plan_of
from simulator.plan import CONTROL
from simulator.results.dictionary import INFORMATION, columns_of
from simulator.scenario import Scenario, read_scenario
from simulator.uncertainty import unknowns
from simulator.uncertainty.information.by_formula import by_formula
from simulator.uncertainty.unknowns import Unknowns, planned_by
from simulator.uncertainty.worked import Worked

DECISION = Path(__file__).parents[3] / "scenarios" / "decision-digital-2022.yaml"
SMALL = ("places=[Svendborg, Langeland]", "trial.simulations=3", "run.replications=1")
OF_DECISION, OF_TRIAL = INFORMATION[:3], INFORMATION[3:]


def decision(*sets: str) -> Scenario:
    return read_scenario(DECISION, (*SMALL, *sets))


@pytest.fixture(scope="module")
def told() -> tuple[dict[str, pd.DataFrame], int, int]:
    scenario, steps = decision(), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unknowns, "DRAWS", 512)
        asked = Unknowns(scenario, plan_of(scenario))
        return asked.tables(lambda: steps.append(1)), asked.steps, len(steps)


def test_a_decision_with_a_trial_has_all_tables_as_the_dictionary_has_them(
    told: tuple[dict[str, pd.DataFrame], int, int],
) -> None:
    tables, foretold, made = told
    assert tuple(tables) == INFORMATION
    for name, table in tables.items():
        assert list(table.columns) == columns_of(name), name
        assert len(table), name
    assert foretold == made == 2 * 1 + unknowns.PILOT + 3


def test_the_trial_that_is_priced_is_the_one_that_is_planned(
    told: tuple[dict[str, pd.DataFrame], int, int],
) -> None:
    tables, _, _ = told
    admitted = float(tables["trial_design"].set_index("quantity").loc["intake_persons", "value"])
    largest = tables["trial_sizes"]["persons_per_arm"].max()
    assert largest <= admitted / 2 * 1.1
    formula = by_formula(decision(), Worked(decision(), plan_of(decision(), engine=CONTROL)).today())
    assert abs(formula.most - largest) > 0.1 * largest, "the formula's trial is another"


def test_what_is_asked_beside_a_run_leaves_no_trace_in_what_the_run_has_read() -> None:
    scenario = decision()
    asked = Unknowns(scenario, plan_of(scenario))
    assert asked.asked
    assert not [key for key in scenario.baseline.values.used if key.startswith(("trial.", "decision."))]


def test_a_scenario_without_sections_is_asked_nothing() -> None:
    scenario = read_scenario(DECISION.with_name("christmas-2021.yaml"))
    asked = Unknowns(scenario, plan_of(scenario))
    assert not asked.asked
    assert (asked.steps, asked.tables()) == (0, {})


def test_the_control_alone_weighs_a_decision_and_simulates_no_trial() -> None:
    scenario = decision()
    plan = replace(plan_of(scenario, engine=CONTROL), seed=2)
    asked = Unknowns(scenario, plan)
    assert asked.steps == 0
    assert planned_by(scenario, plan) is by_formula


def test_a_trial_that_cannot_be_is_refused_before_the_run() -> None:
    scenario = decision("trial.power=0.01")
    with pytest.raises(InputError, match=r"trial\.power"):
        Unknowns(scenario, plan_of(scenario))
