"""A scenario worked up once answers as a run of its own would, and simulates only what it must."""

from __future__ import annotations

import numpy as np
import pytest

import simulator
from simulator import pipeline
from simulator.errors import InputError
from simulator.scenario import read_scenario
from simulator.uncertainty.worked import FEW, Worked, work_up
from tests.unit.uncertainty.conftest import SETS

CHRISTMAS = "scenarios/christmas-2021.yaml"
SCALE, KEEPS, VALUE = "effects.params.scale", "effects.params.relative_effect", "saldo.value_per_person_year_kr"
TAKE_UP = "attendance.take_up_scale"


def of_run(*sets: str) -> dict[str, float]:
    mio = simulator.run(CHRISTMAS, seed=1, replications=2, sets=(*SETS, *sets)).headline
    return {
        "employment_effect_kr": mio["saldo_mio_kr"]["employment_effect"]["mean"] * 1e6,
        "net_kr": mio["saldo_mio_kr"]["net"]["mean"] * 1e6,
        "converted": mio["converted"]["mean"],
        "employment_weeks": mio["employment_weeks"]["mean"],
        "concept.with_running_costs_kr": mio["saldo_mio_kr_by_concept"]["with_running_costs"]["mean"] * 1e6,
    }


@pytest.mark.parametrize(
    ("points", "simulates"),
    [
        ({SCALE: 0.5}, False),
        ({KEEPS: 0.4, VALUE: 250_000.0}, False),
        ({"saldo.coverage.dagpenge": 0.9, "saldo.tax.municipal_tax.year_2022": 0.26}, False),
        ({TAKE_UP: 0.75}, True),
        ({"demand.scale": 1.1, KEEPS: 0.25}, True),
        ({"delivery.digital_saves_minutes": 5.0}, True),
    ],
)
def test_a_point_is_the_run_with_these_settings(worked: Worked, points: dict[str, float], simulates: bool) -> None:
    before = worked.runs
    found = worked.figures({key: np.array([number]) for key, number in points.items()})
    truth = of_run(*(f"{key}={number!r}" for key, number in points.items()))
    for name, number in truth.items():
        assert found[name][0] == pytest.approx(number, rel=1e-9), name
    assert any(worked.simulates(key) for key in points) == simulates
    assert worked.runs - before <= int(simulates) or before == 0


def test_as_it_stands_it_is_the_run(worked: Worked) -> None:
    truth, found = of_run(), worked.today()
    assert {name: found[name] for name in truth} == pytest.approx(truth, rel=1e-9)


def test_many_points_are_sums_of_products_and_the_same(worked: Worked) -> None:
    steps = np.mod(np.outer(np.arange(2 * FEW), [0.618, 0.414, 0.732]), 1.0)
    points = {SCALE: 0.1 + steps[:, 0], KEEPS: steps[:, 1], VALUE: 2e5 + 1e5 * steps[:, 2]}
    before = worked.runs
    many = worked.figures(points)
    for row in (0, 17, 2 * FEW - 1):
        one = worked.figures({key: column[row : row + 1] for key, column in points.items()})
        for name, numbers in one.items():
            assert many[name][row] == pytest.approx(numbers[0], rel=1e-9, abs=1e-6), name
    assert worked.runs - before <= 1, "what only values costs at most the one simulation of today"


def test_each_distinct_delivery_is_simulated_once(worked: Worked) -> None:
    points = {TAKE_UP: np.array([0.6, 0.7, 0.6, 0.7, 0.6]), KEEPS: np.array([0.0, 0.1, 0.2, 0.3, 0.4])}
    assert worked.deliveries(points) == 2
    before = worked.runs
    found = worked.figures(points, ("employment_effect_kr", "converted"))
    assert worked.runs - before == 2
    assert worked.deliveries(points) == 0
    assert found["converted"][0] == found["converted"][2] == found["converted"][4]
    effect = found["employment_effect_kr"]
    assert effect[2] / effect[0] == pytest.approx(0.8)
    assert effect[4] / effect[0] == pytest.approx(0.6)
    assert set(found) == {"employment_effect_kr", "converted"}


def test_todays_number_of_a_delivery_is_todays_delivery(worked: Worked) -> None:
    worked.today()
    assert worked.deliveries({TAKE_UP: np.array([0.873])}) == 0


def test_levers_say_what_reads_them(worked: Worked) -> None:
    assert worked.levers[SCALE].stage == "effects"
    assert worked.levers[VALUE].stage == "money"
    assert worked.levers[TAKE_UP].stage == "delivery"
    keeps = worked.levers[KEEPS]
    assert (keeps.value, keeps.low, keeps.high, len(keeps.leaves)) == (0.0, 0.0, 1.0, 12)
    assert not any(key.startswith(f"{KEEPS}.") for key in worked.levers), "one number sets them all"
    alone = worked.lever(f"{KEEPS}.jobsamtale.phone")
    assert alone.leaves == (f"{KEEPS}.jobsamtale.phone",)


def test_under_hazard_the_effect_is_made_by_delivery() -> None:
    scenario = read_scenario(CHRISTMAS, (*SETS, "effects.model=hazard"))
    under = work_up(scenario, pipeline.plan_of(scenario, 1, 1))
    assert under.simulates(SCALE) and under.levers[SCALE].stage == "delivery"
    assert not under.simulates(VALUE)


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("effects.params.scael", "did you mean"),
        ("", "there is no value"),
        ("saldo", "table of different units"),
    ],
)
def test_no_such_lever(worked: Worked, key: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        worked.lever(key)


def test_a_number_that_cannot_be_is_refused(worked: Worked) -> None:
    with pytest.raises(InputError, match="must lie between 0 and 1"):
        worked.figures({KEEPS: np.array([0.5, 1.2])})


@pytest.mark.parametrize("keys", [(KEEPS,), (TAKE_UP, KEEPS)])
def test_no_points_have_no_figures_and_take_no_simulation(worked: Worked, keys: tuple[str, ...]) -> None:
    worked.today()
    before, nowhere = worked.runs, {key: np.empty(0) for key in keys}
    assert worked.deliveries(nowhere) == 0
    assert {name: len(found) for name, found in worked.figures(nowhere, ("converted",)).items()} == {"converted": 0}
    assert len(worked.figures(nowhere)) > 10 and worked.runs == before


@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_what_is_no_number_is_refused(worked: Worked, number: float) -> None:
    with pytest.raises(InputError, match="finite"):
        worked.figures({VALUE: np.array([number])})


def test_the_control_answers_without_a_simulation() -> None:
    scenario = read_scenario(CHRISTMAS, SETS)
    control = work_up(scenario, pipeline.plan_of(scenario, engine="control"))
    found = control.figures({TAKE_UP: np.array([0.873, 0.4365])}, ("employment_effect_kr", "converted"))
    assert control.runs == 0 and not control.simulates(TAKE_UP)
    for row, sets in enumerate([SETS, (*SETS, f"{TAKE_UP}=0.4365")]):
        truth = simulator.run(CHRISTMAS, sets=sets, engine="control").headline["converted"]["mean"]
        assert found["converted"][row] == pytest.approx(truth)


def test_an_arm_with_a_number_of_its_own_is_moved_with_the_other() -> None:
    """Today's number of one arm is not today's delivery where the other arm has another."""
    scenario = read_scenario(CHRISTMAS, ("places=[Samsø]", f"baseline.{TAKE_UP}=0.5"))
    asked = work_up(scenario, pipeline.plan_of(scenario, 1, 1))
    today, moved = asked.today(), asked.figures({TAKE_UP: np.array([0.5, 0.873])})
    assert asked.runs == 3
    for row, number in enumerate((0.5, 0.873)):
        both = read_scenario(CHRISTMAS, ("places=[Samsø]", f"{TAKE_UP}={number}"))
        truth = pipeline.simulate(both, pipeline.plan_of(both, 1, 1)).headline["converted"]["mean"]
        assert moved["converted"][row] == pytest.approx(truth)
    assert today["converted"] not in moved["converted"]
