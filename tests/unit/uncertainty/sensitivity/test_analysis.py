"""Sensitivity of a scenario: ends are runs with that value, what costs a simulation, what is refused, what is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import InputError
from simulator.pipeline import plan_of, simulate
from simulator.scenario import read_scenario
from simulator.uncertainty.sensitivity import Choice
from simulator.uncertainty.sensitivity.analysis import Request, analysed, chosen_of, expected
from simulator.uncertainty.sensitivity.plain import csv_sensitivity, plain_sensitivity, plain_value, sentence_of
from simulator.uncertainty.sensitivity.record import record_of
from simulator.uncertainty.worked import Worked, work_up

SCENARIO = str(Path(__file__).parents[4] / "scenarios" / "christmas-2021.yaml")
PLACE = "places=[Laesoe]"
RELATIVE, SCALE, VALUE = "effects.params.relative_effect", "effects.params.scale", "saldo.value_per_person_year_kr"
WEEKS = "effects.params.weeks_per_conversation.jobsamtale.dagpenge.week_0"
TAKE_UP, BARE = "attendance.take_up_scale", "saldo.weeks_per_person_year"
NO_SIMULATION = (RELATIVE, SCALE, VALUE, WEEKS)
SPREADS = (
    f"{SCALE}={{distribution: {{name: triangular, low: 0.1, mode: 0.25, high: 0.5}}}}",
    f"{VALUE}={{distribution: {{name: uniform, low: 250000, high: 330000}}}}",
)
TOGETHER = f"uncertainty.correlations=[{{one: {SCALE}, other: {VALUE}, correlation: 0.8}}]"


def worked_up(*sets: str, engine: str = "fast") -> Worked:
    scenario = read_scenario(SCENARIO, (PLACE, *sets))
    return work_up(scenario, plan_of(scenario, replications=2, engine=engine))


@pytest.fixture(scope="module")
def worked() -> Worked:
    return worked_up()


def record(worked: Worked, method: str, only: tuple[str, ...] = NO_SIMULATION, **more: Any) -> dict[str, Any]:
    choice = {name: more.pop(name) for name in ("count", "seed", "second_order", "keys") if name in more}
    return record_of(analysed(worked, Request(method, only=only, choice=Choice(**choice), **more)))


def row(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in found["rows"] if one["name"] == name)


@pytest.fixture(scope="module")
def tornado(worked: Worked) -> dict[str, Any]:
    return record(worked, "tornado", (*NO_SIMULATION, TAKE_UP, BARE))


@pytest.mark.parametrize(("key", "value"), [(SCALE, "0.1"), (VALUE, "330000"), (TAKE_UP, "0.7"), (RELATIVE, "1")])
def test_the_end_of_a_range_is_a_run_with_that_value(tornado: dict[str, Any], key: str, value: str) -> None:
    scenario = read_scenario(SCENARIO, (PLACE, f"{key}={value}"))
    headline = simulate(scenario, plan_of(scenario, replications=2)).headline
    lever = next(lever for lever in tornado["levers"] if lever["key"] == key)
    end = "low_figure" if float(value) == lever["low"] else "high_figure"
    assert float(value) in (lever["low"], lever["high"])
    run = headline["saldo_mio_kr"]["employment_effect"]["mean"]
    assert row(tornado, key)[end] == pytest.approx(run, rel=1e-9, abs=1e-15)


def test_today_is_the_run_as_it_stands(tornado: dict[str, Any]) -> None:
    scenario = read_scenario(SCENARIO, (PLACE,))
    headline = simulate(scenario, plan_of(scenario, replications=2)).headline
    assert tornado["today"] == pytest.approx(headline["saldo_mio_kr"]["employment_effect"]["mean"], rel=1e-12)


def test_only_what_touches_the_conversations_is_simulated(tornado: dict[str, Any]) -> None:
    assert (tornado["simulations"], tornado["simulated_for"]) == (2, [TAKE_UP])
    told = plain_sensitivity(tornado)
    assert f"1 + 2 simulations (2 replications each, with the same luck), for {TAKE_UP}; the other 4 cost no" in told


def test_a_value_without_a_range_is_named(tornado: dict[str, Any]) -> None:
    assert tornado["no_range"] == [BARE]
    assert f"No range, so not moved: 1 ({BARE})." in plain_sensitivity(tornado)


def test_rows_go_from_the_largest_swing_down(tornado: dict[str, Any]) -> None:
    swings = [one["swing"] for one in tornado["rows"]]
    assert swings == sorted(swings, reverse=True)
    first = tornado["rows"][0]
    assert first["name"] == SCALE
    assert sentence_of(tornado).startswith(f"The figure depends most on {SCALE} (factor): at 0.1 it is -")


def test_all_values_read_are_moved_where_none_carries_a_distribution(worked: Worked) -> None:
    chosen = chosen_of(worked, ())
    keys = {lever.key for lever in chosen.levers}
    assert {SCALE, RELATIVE, VALUE, TAKE_UP} <= keys
    assert BARE in chosen.no_range
    assert not keys & set(chosen.no_range)
    assert "delivery" in {lever.stage for lever in chosen.levers}


def test_values_with_a_distribution_are_moved_alone_where_there_are_any() -> None:
    spread = worked_up(*SPREADS)
    assert [lever.key for lever in chosen_of(spread, ()).levers] == [SCALE, VALUE]
    found = record(spread, "tornado", ())
    assert TAKE_UP in found["not_moved"]
    assert not set(found["not_moved"]) & {SCALE, VALUE, *found["no_range"]}
    assert f"A range but no distribution, so not moved: {len(found['not_moved'])} (" in plain_sensitivity(found)
    low, high = (next(one for one in found["levers"] if one["key"] == VALUE)[end] for end in ("low", "high"))
    assert (low, high) == pytest.approx((252_000, 328_000)), "the middle 95 per cent of the distribution"
    assert "quantiles 2.5 and 97.5 per cent" in plain_sensitivity(found)


def test_exact_indices_stand_beside_the_estimates_and_within_their_intervals(worked: Worked) -> None:
    """Of eight intervals of 95 per cent one may miss its index; with this seed none does."""
    found = record(worked, "sobol", count=1024, seed=1)
    assert found["not_exact"] == ""
    held = [one[f"{index}_holds"] for one in found["rows"] for index in ("S1", "ST")]
    assert sum(held) >= 7
    for one in found["rows"]:
        assert one["S1"] == pytest.approx(one["S1_exact"], abs=0.03)
        assert one["ST"] == pytest.approx(one["ST_exact"], abs=0.03)
    assert found["simulations"] == 0
    assert "lie within the 95 per cent interval of their estimate" in plain_sensitivity(found)


def test_the_exact_index_is_that_of_the_chain_by_hand(worked: Worked) -> None:
    """The loss is scale x value x (1 - r) x rest: a product of three, each uniform over its range."""
    found = record(worked, "sobol", (RELATIVE, SCALE, VALUE), count=64)
    ranges = {RELATIVE: (0.0, 1.0), SCALE: (0.1, 1.0), VALUE: (250_000.0, 330_000.0)}
    squares = {key: ((high - low) ** 2 / 12) / ((high + low) / 2) ** 2 for key, (low, high) in ranges.items()}
    whole = (1 + squares[RELATIVE]) * (1 + squares[SCALE]) * (1 + squares[VALUE]) - 1
    for key, square in squares.items():
        assert row(found, key)["S1_exact"] == pytest.approx(square / whole, rel=1e-6)
        assert row(found, key)["ST_exact"] == pytest.approx(square * (1 + whole) / (1 + square) / whole, rel=1e-6)


def test_a_group_has_exact_indices_as_well(worked: Worked) -> None:
    found = record(worked, "sobol", count=256, groups=("stage",))
    assert {one["name"] for one in found["rows"]} == {"effects", "money"}
    assert found["groups"]["money"] == [VALUE]
    for one in found["rows"]:
        assert one["S1"] == pytest.approx(one["S1_exact"], abs=0.05)
        assert one["S1_exact"] <= one["ST_exact"]


def test_what_is_simulated_has_no_exact_indices(worked: Worked) -> None:
    found = record(worked, "sobol", (TAKE_UP, SCALE), count=4)
    assert found["simulations"] == 8, "two sets of four, and none for the scale"
    assert "no sum of products" in found["not_exact"]
    assert found["rows"][0]["S1_exact"] is None


def test_too_many_simulations_are_refused_before_any_is_made() -> None:
    """Morris goes to four values of each, so one value that is simulated takes four simulations however many steps."""
    fresh = worked_up()
    fresh.today()
    with pytest.raises(InputError, match=r"needs 4 simulations.*may make 3; allowed: --engine control"):
        analysed(fresh, Request("morris", only=(TAKE_UP, SCALE), choice=Choice(count=16), most=3))
    with pytest.raises(InputError, match=r"needs 2 simulations"):
        analysed(fresh, Request("tornado", only=(TAKE_UP, SCALE), most=1))
    assert fresh.runs == 1


def test_what_is_expected_is_at_least_what_is_made(worked: Worked) -> None:
    worked.today()
    for method, count in (("tornado", None), ("map", 2), ("morris", 4), ("sobol", 4)):
        request = Request(method, only=(TAKE_UP, SCALE), choice=Choice(count=count))
        before = worked.runs
        expects = expected(worked, chosen_of(worked, request.only), request)
        made = record_of(analysed(worked, request))["simulations"]
        assert worked.runs - before == made <= max(expects, 2) + 2
    assert expected(worked, chosen_of(worked, (SCALE,)), Request("sobol")) == 0


def test_the_control_answers_without_a_simulation() -> None:
    closed = worked_up(engine="control")
    found = record(closed, "tornado", (TAKE_UP, SCALE))
    assert (closed.runs, found["simulations"], found["replications"]) == (0, 0, 0)
    assert "nothing was simulated" in plain_sensitivity(found)
    with pytest.raises(InputError, match=r"answers of the control.*may make 10; "):
        analysed(closed, Request("morris", only=(TAKE_UP, SCALE), choice=Choice(count=16), most=1))


def test_correlated_values_are_drawn_together_or_refused() -> None:
    """Knowing either says much of the other, so both shift the figure far more than the second does alone."""
    apart, along = worked_up(*SPREADS), worked_up(*SPREADS, TOGETHER)
    with pytest.raises(InputError, match="correlated; use --method pawn"):
        analysed(along, Request("sobol"))
    shifts = [row(record(one, "pawn", (), count=256), VALUE)["median"] for one in (apart, along)]
    assert shifts[1] > 2 * shifts[0]
    alone = record(along, "sobol", (SCALE,), count=64)
    assert alone["rows"][0]["S1"] == pytest.approx(1.0, abs=0.02), "one of a pair alone is free"


@pytest.mark.parametrize(
    ("request_of", "told"),
    [
        (Request(only=("effects.params.scal",)), "did you mean effects.params.scale"),
        (Request(only=(RELATIVE, f"{RELATIVE}.jobsamtale.phone")), "both set"),
        (Request(only=(BARE,)), "without a range: saldo.weeks_per_person_year"),
        (Request(figure="employment_efect_kr", only=(SCALE,)), "did you mean employment_effect_kr"),
        (Request("morris", only=(SCALE,), groups=("x=saldo",)), "not among what is moved"),
        (Request("tornado", only=(SCALE,), groups=("stage",)), "moves no groups"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(worked: Worked, request_of: Request, told: str) -> None:
    with pytest.raises(InputError, match=told):
        analysed(worked, request_of)


def test_all_keys_that_are_wrong_are_named_at_once(worked: Worked) -> None:
    with pytest.raises(InputError) as error:
        analysed(worked, Request(only=("effects.params.scal", "saldo.valu")))
    assert len(error.value.faults) == 2


def test_a_map_with_a_nought_at_its_edge_does_not_turn(worked: Worked) -> None:
    """At a relative effect of 1 nothing is lost, whatever rounding says."""
    found = record(worked, "map", (RELATIVE, SCALE), count=3, keys=(RELATIVE, SCALE))
    assert [line[-1] for line in found["figures"]] == [0.0, 0.0, 0.0]
    assert "its sign is the same everywhere" in sentence_of(found)
    assert max(map(max, found["figures"])) == 0.0


@pytest.mark.parametrize("method", ["tornado", "map", "morris", "sobol", "pawn"])
def test_every_method_prints_its_table_and_its_file(worked: Worked, method: str) -> None:
    found = record(worked, method, count=None if method == "tornado" else 128 if method != "map" else 3)
    json.dumps(found, allow_nan=False)
    text, lines = plain_sensitivity(found), csv_sensitivity(found).splitlines()
    assert sentence_of(found) in text
    assert len(lines) == (10 if method == "map" else 5)
    assert "nan" not in text
    assert "None" not in text


def test_other_figures_have_their_own_units(worked: Worked) -> None:
    found = record(worked, "tornado", (SCALE, TAKE_UP), figure="converted")
    assert found["unit"] == "conversations"
    assert found["unmoved"] == [SCALE]
    assert "Without any influence on the figure here: 1." in plain_sensitivity(found)


def test_values_are_written_as_their_units_are() -> None:
    assert [
        plain_value(*one) for one in ((2021.0, "year"), (300_000.0, "kr"), (0.2556, "factor"), (None, "share"))
    ] == [
        "2021",
        "300,000",
        "0.2556",
        "-",
    ]
