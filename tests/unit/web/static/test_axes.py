"""Which assumptions the mailed page moves, where its sliders stop, and what is refused."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import pipeline
from simulator.errors import InputError
from simulator.scenario import read_scenario
from simulator.uncertainty.worked import Worked, work_up
from simulator.web.static.axes import axes_of, nice_stops, spans_of

SAMSOE = ("places=[Samsø]",)
SCALE, TAKE_UP = "effects.params.scale", "attendance.take_up_scale"
PUBLISHED = Path("scenarios/christmas-2021.yaml")
BOTTOM_UP = Path("scenarios/christmas-2021-bottom-up.yaml")


@cache
def worked(path: Path, *sets: str) -> Worked:
    """Return a scenario of one small place; nothing is simulated."""
    scenario = read_scenario(path, (*SAMSOE, *sets))
    return work_up(scenario, pipeline.plan_of(scenario, replications=1))


def test_by_default_the_main_assumptions_move_and_one_is_simulated() -> None:
    axes = axes_of(worked(PUBLISHED), ())
    assert [axis.key for axis in axes] == [
        "effects.params.relative_effect",
        SCALE,
        "saldo.value_per_person_year_kr",
        TAKE_UP,
    ]
    assert [axis.simulates for axis in axes] == [False, False, False, True]


def test_the_number_of_the_scenario_is_a_stop_and_what_is_drawn_a_level_of_its_own() -> None:
    (calibrated,) = axes_of(worked(PUBLISHED), (SCALE,))
    (drawn,) = axes_of(worked(BOTTOM_UP), (SCALE,))
    assert calibrated.own is not None and calibrated.values[calibrated.own] == 0.2556
    assert calibrated.levels == len(calibrated.stops)
    assert drawn.own is None and drawn.levels == len(drawn.stops) + 1
    low, high = spans_of(worked(BOTTOM_UP), (drawn,))[SCALE]
    assert low <= 0.3 and high >= 1.3


def test_stops_can_be_given_in_any_order() -> None:
    (axis,) = axes_of(worked(PUBLISHED), (f"{SCALE}=0.5, 0.10,0.2556",))
    assert axis.stops == ("0.1", "0.2556", "0.5")


@pytest.mark.parametrize(
    ("over", "told"),
    [
        ("effects.params.scal", "did you mean"),
        ("period.from", "no value or table of values"),
        ("saldo", "different units"),
        ("", "names no key"),
        ("=1,2", "names no key"),
        (f"{SCALE}=", "is no number"),
        (f"{SCALE}=0.5", "allowed: 2 to 40"),
        (f"{SCALE}=0.5,0.50", "twice"),
        (f"{SCALE}=0.5,half", "'half' is no number"),
        (f"{SCALE}=0,5;1", "is no number"),
        (f"{SCALE}=1,nan", "is no number"),
        (f"{SCALE}=1,1_0", "is no number"),
        ("saldo.weeks_per_person_year", "has no range"),
        ("trial.power", "is not read"),
    ],
)
def test_what_cannot_be_moved_is_refused(over: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        axes_of(worked(PUBLISHED), (over,))


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(InputError) as wrong:
        axes_of(worked(PUBLISHED), ("effects.params.scal", f"{SCALE}=1", SCALE, SCALE))
    assert len(wrong.value.faults) == 3


def test_a_value_that_the_arms_differ_in_is_refused() -> None:
    with pytest.raises(InputError, match="differs between"):
        axes_of(worked(PUBLISHED, "proposal.delivery.digital_saves_minutes=10"), ("delivery.digital_saves_minutes",))


@given(st.integers(-1000, 1000), st.integers(1, 4000), st.integers(2, 20), st.sampled_from([1, 10, 1000]))
def test_stops_are_round_ascending_and_hold_both_ends(low: int, reach: int, most: int, part: int) -> None:
    stops = nice_stops(low / part, (low + reach) / part, most)
    numbers = [float(one) for one in stops]
    assert numbers == sorted(set(numbers))
    assert (numbers[0], numbers[-1]) == (low / part, (low + reach) / part)
    assert 2 <= len(stops) <= most + 1
