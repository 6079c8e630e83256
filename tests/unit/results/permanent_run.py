"""One run of a permanent measure that the tests of tables of kroner look at: three years of one small island."""

from __future__ import annotations

from functools import cache

from simulator.pipeline import plan_of, simulate
from simulator.results import Run
from simulator.scenario import Scenario
from tests.unit.demand.made_up import scenario_of

ISLAND = """places: [Læsø]
facts: {extrapolate: true}
proposal: {attendance: {rules: [{rule: office_chooses}]}}
"""
BESIDE = "caseworker_time_realised: dut, no_shows_realised: full, travel_counted: true"
FARE_KR, KEPT = 50, 0.78


def permanent(period: str = "2021-01-01, to: 2023-12-31", saldo: str = "", *sets: str) -> Scenario:
    """Return a permanent measure with everything beside the employment effect counted."""
    text = f"period: {{from: {period}, permanent: true}}\nsaldo: {{concept: with_running_costs, {BESIDE}{saldo}}}\n"
    return scenario_of(text + ISLAND, f"saldo.travel.kr_per_conversation.jobcentre={FARE_KR}", *sets)


@cache
def run() -> Run:
    """Return one replication of three years."""
    scenario = permanent()
    return simulate(scenario, plan_of(scenario, 1, 1, "reference"))
