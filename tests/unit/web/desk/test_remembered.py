"""What was worked out of a scenario is found again exactly where all that was read is the same."""

from __future__ import annotations

from simulator.scenario import Scenario
from simulator.web.desk.remembered import Remembered
from tests.unit.demand.made_up import scenario_of

SCALE, MINUTES = "effects.params.scale", "delivery.physical_minutes"


class Counter:
    """Works out a number, and counts how often: the scale, and the minutes where the scale is not 0."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, scenario: Scenario) -> float:
        self.times += 1
        values = scenario.baseline.values
        return values[SCALE] * values[MINUTES] if values[SCALE] else 0.0


def test_what_was_not_read_is_not_asked_for() -> None:
    known, counter, scenario = Remembered[float](4), Counter(), scenario_of("")
    found = [
        known.of(scenario.with_values(numbers), "a", counter)
        for numbers in ({SCALE: 0.0}, {SCALE: 0.0, MINUTES: 10.0}, {SCALE: 2.0, MINUTES: 10.0}, {SCALE: 2.0})
    ]
    minutes = scenario.baseline.values[MINUTES]
    assert found == [0.0, 0.0, 20.0, 2.0 * minutes] and counter.times == 3


def test_another_structure_is_another_thing_and_the_oldest_numbers_go() -> None:
    known, counter, scenario = Remembered[float](2), Counter(), scenario_of("")
    for scale in (0.1, 0.2, 0.3, 0.1):
        known.of(scenario.with_values({SCALE: scale}), "a", counter)
    assert counter.times == 4
    known.of(scenario.with_values({SCALE: 0.3}), "a", counter)
    assert counter.times == 4
    known.of(scenario.with_values({SCALE: 0.3}), "b", counter)
    assert counter.times == 5


def test_a_number_of_one_arm_alone_counts() -> None:
    known, counter = Remembered[float](4), Counter()
    known.of(scenario_of("", f"{SCALE}=1"), "a", counter)
    known.of(scenario_of("proposal: {delivery: {physical_minutes: 7}}\n", f"{SCALE}=1"), "a", counter)
    assert counter.times == 2


def test_what_was_read_is_noted_as_read_in_either_case() -> None:
    known, counter, scenario = Remembered[float](4), Counter(), scenario_of("")
    for _ in range(2):
        again = scenario.with_values({SCALE: 0.5})
        known.of(again, "a", counter)
        assert again.baseline.values.used == {SCALE, MINUTES}
