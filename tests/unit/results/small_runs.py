"""Small runs: two islands, which have hardly any queue and take a fraction of a second."""

from __future__ import annotations

from pathlib import Path

from simulator.pipeline import plan_of, simulate
from simulator.results import Run
from simulator.scenario import read_scenario

SCENARIOS = Path(__file__).parents[3] / "scenarios"
ISLANDS = "places=[Samsø, Bornholm]"


def small_run(name: str = "christmas-2021", *sets: str, engine: str = "reference", log: bool = False) -> Run:
    """Return a run of a shipped scenario on two islands."""
    scenario = read_scenario(SCENARIOS / f"{name}.yaml", [ISLANDS, *sets])
    return simulate(scenario, plan_of(scenario, seed=1, replications=2, engine=engine, log=log))
