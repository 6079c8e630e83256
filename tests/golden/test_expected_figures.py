"""Every shipped scenario gives its expected figures; each figure says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator import run
from simulator.results.expected import Trial, trials_of

SCENARIOS = Path(__file__).parents[2] / "scenarios"
TRIALS = trials_of(SCENARIOS)


def told(trial: Trial) -> str:
    return f"{trial.scenario}-{trial.engine}"


@pytest.mark.parametrize("trial", TRIALS, ids=told)
def test_a_scenario_gives_its_expected_figures(trial: Trial) -> None:
    headline = run(SCENARIOS / f"{trial.scenario}.yaml", sets=trial.settings, engine=trial.engine).headline
    faults = {one.name: one.fault(headline) for one in trial.expectations}
    assert {name: fault for name, fault in faults.items() if fault} == {}


def test_every_shipped_scenario_has_expected_figures() -> None:
    assert {trial.scenario for trial in TRIALS} == {path.stem for path in SCENARIOS.glob("*.yaml")}


def test_every_figure_says_why() -> None:
    assert all(len(one.why) > 15 for trial in TRIALS for one in trial.expectations)
