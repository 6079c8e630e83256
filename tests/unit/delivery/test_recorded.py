"""What was recorded is told again to the last bit, also under other kroner."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator import pipeline
from simulator.scenario import read_scenario
from simulator.uncertainty.knowledge import Ready

SCENARIO = Path("scenarios/christmas-2021-bottom-up.yaml")
SETS = ("places=[Samsø, Ærø]",)
MONEY = (
    "saldo.value_per_person_year_kr=270000",
    "effects.params.relative_effect=0.4",
    "saldo.concept=with_running_costs",
)


def test_a_run_that_is_told_again_under_other_kroner_equals_one_that_simulates() -> None:
    first = read_scenario(SCENARIO, SETS)
    plan = pipeline.with_draws(pipeline.plan_of(first, replications=3), first, 64)
    told = pipeline.record(pipeline.prepare(first), plan)
    moved = read_scenario(SCENARIO, (*SETS, *MONEY))
    again, simulated = Ready(moved, plan).run(told=told), Ready(moved, plan).run()
    assert json.dumps(again.headline) == json.dumps(simulated.headline)
    for name, table in simulated.tables.items():
        assert table.equals(again.tables[name]), name


def test_more_than_was_recorded_is_not_told() -> None:
    scenario = read_scenario(SCENARIO, SETS)
    told = pipeline.record(pipeline.prepare(scenario), pipeline.plan_of(scenario, replications=1))
    with pytest.raises(AssertionError, match="recorded"):
        pipeline.simulate(scenario, pipeline.plan_of(scenario, replications=2), told=told)
