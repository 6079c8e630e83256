"""Small places that were worked up once for all tests of the folder."""

from __future__ import annotations

import pytest

from simulator import pipeline
from simulator.scenario import read_scenario
from simulator.uncertainty.worked import Worked, work_up

SETS = ("places=[Odense]",)


@pytest.fixture(scope="session")
def worked() -> Worked:
    scenario = read_scenario("scenarios/christmas-2021.yaml", SETS)
    return work_up(scenario, pipeline.plan_of(scenario, 1, 2))
