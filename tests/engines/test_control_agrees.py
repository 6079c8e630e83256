"""Control and simulation: two ways to the same figures, which part company where there is a queue, and say so.

Where nobody waits, everybody comes and the stock is constant, the closed form is exact. Twenty fixed seeds; the mean of
each figure lies within four standard errors of the control. With a standard error from twenty seeds a correct program
would be called wrong in 8 of 10,000 tries a figure (Student's t, 19 degrees of freedom). The offices' common component
is off: it is even around the take-up of the country, so it moves no mean, but in one city it would make the standard
error four times as large.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from simulator import pipeline
from simulator.control import Control, Simulated, compare
from simulator.delivery.counts import STATES
from simulator.demand import draw_demand
from simulator.facts.read import words
from simulator.pipeline import World
from simulator.scenario import Scenario
from simulator.streams import key_of
from tests.property.scenes import AARHUS, AMPLE, CHRISTMAS, ODENSE, SCENARIOS, christmas, control, only, written

ROOT = SCENARIOS.parent
PERIOD = {"from": "2021-11-01", "to": "2022-01-16"}
CITY: dict[str, Any] = {
    "period": PERIOD,
    "places": [ODENSE],
    "calendar": {"closure_weeks": ["2021-W51", "2021-W52"]},
    "demand": {"stock_series": "constant"},
    "attendance": {"office_spread": 0},
    "delivery": {"warm_up_weeks": 4, "no_show": 0},
    "proposal": {"attendance": {"rules": [{"rule": "office_chooses", **PERIOD}]}},
}
SEEDS = range(1, 21)
TOLERATED_SHARE = 0.02
TYPES = list(words()["types"])


@dataclass(frozen=True)
class Sample:
    """A figure over the seeds."""

    mean: float
    error: float

    @classmethod
    def of(cls, numbers: list[float]) -> Sample:
        return cls(statistics.mean(numbers), statistics.stdev(numbers) / math.sqrt(len(numbers)))


def sampled(world: World, seeds: range) -> tuple[dict[str, Sample], dict[str, Simulated]]:
    """Return figures of the run over the seeds, and the mean counts of the proposal by type."""
    inside = [segment.inside for segment in world.span.segments]
    found: dict[str, list[float]] = {}
    counts = dict.fromkeys(TYPES, Simulated(0, 0, 0, 0, 0, 0))
    for seed in seeds:
        one = pipeline.run_once(world, seed, 0)
        baseline = one.counts.arms[0].dense("state", "segment")[:, inside].sum(axis=1)
        proposal = one.counts.arms[1].dense("state", "type", "segment")[:, :, inside].sum(axis=2)
        figures = {
            "due": baseline[STATES.index("due")],
            "held": baseline[STATES.index("held")],
            "converted": one.employment.converted.sum(),
            "employment_weeks_form": one.employment.weeks[0].sum(),
            "form_kr": one.saldo.line_kr("form"),
        }
        for name, number in figures.items():
            found.setdefault(name, []).append(float(number))
        for row, name in enumerate(TYPES):
            state = {word: float(proposal[at, row]) / len(seeds) for at, word in enumerate(STATES)}
            converted = float(one.employment.converted[row].sum()) / len(seeds)
            counts[name] = plus(counts[name], state, converted)
    return {name: Sample.of(numbers) for name, numbers in found.items()}, counts


def plus(sum_so_far: Simulated, state: dict[str, float], converted: float) -> Simulated:
    """Return the sum with the counts of one more replication."""
    return Simulated(
        due=sum_so_far.due + state["due"],
        waiting_start=sum_so_far.waiting_start + state["waiting_start"],
        waiting_end=sum_so_far.waiting_end + state["waiting_end"],
        lapsed=sum_so_far.lapsed + state["lapsed"],
        cancelled=sum_so_far.cancelled + sum(state[f"cancelled_{why}"] for why in ("rule", "replaced", "tries")),
        converted=sum_so_far.converted + converted,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("control")


def test_they_agree_where_nothing_parts_them(folder: Path) -> None:
    """The second largest municipality, so that the standard error of kroner too lies below half a per cent."""
    world = pipeline.prepare(written(folder, {**CITY, "places": [AARHUS]}, AMPLE))
    by_hand, (found, counts) = control(world), sampled(world, SEEDS)
    for name, sample in found.items():
        assert sample.error < 0.005 * abs(sample.mean), name
        assert abs(sample.mean - by_hand.total(name)) < 4 * sample.error, name
    comparison = compare(by_hand.found, counts, TOLERATED_SHARE)
    assert not comparison.draft
    assert sum(comparison.parts.values()) + comparison.unexplained == pytest.approx(
        found["converted"].mean - by_hand.total("converted"), abs=1e-6
    )
    assert abs(comparison.parts["queue"]) < 1e-9


@pytest.mark.parametrize("series", ["adjusted", "unadjusted"])
def test_they_agree_on_what_falls_due_when_the_stock_moves(folder: Path, series: str) -> None:
    """The inflow follows the published path, and the cohorts of the control follow it too."""
    moving = {**CITY, "demand": {"stock_series": series}, "period": {"from": "2021-12-19", "to": "2022-02-13"}}
    world = pipeline.prepare(written(folder, moving, AMPLE))
    arms = tuple(zip(world.scenario.arms, world.calendars, strict=True))
    due = []
    for seed in SEEDS:
        day = draw_demand(world.population, arms, world.span, key_of(seed, 0))[0].due.day
        due.append(float(((day >= world.span.period_from) & (day <= world.span.period_to)).sum()))
    sample, expected = Sample.of(due), control(world).total("due")
    assert sample.error < 0.005 * sample.mean
    assert abs(sample.mean - expected) < 4 * sample.error


def test_they_part_at_half_as_much_again_as_can_be_done_and_the_queue_is_named(folder: Path) -> None:
    """Of 1,193 conversations fewer, 816 wait at the end and did not at the start, and 246 lapsed in the queue."""
    world = pipeline.prepare(written(folder, CITY, "delivery.utilisation=1.5"))
    by_hand, (found, counts) = control(world), sampled(world, range(1, 6))
    converted, expected = found["converted"], by_hand.total("converted")
    assert converted.mean < 0.8 * expected
    assert expected - converted.mean > 20 * converted.error
    comparison = compare(by_hand.found, counts, TOLERATED_SHARE)
    parts = comparison.parts
    difference = converted.mean - expected
    assert parts["queue"] < 0
    assert abs(parts["queue"]) > abs(difference) / 2
    assert abs(parts["queue"]) > 2 * max(abs(part) for name, part in parts.items() if name != "queue")
    assert abs(parts["due"]) < 0.02 * expected


def same(one: Control, other: Control) -> bool:
    """Return whether two controls are equal to the last bit, factors that are no number included."""
    return repr(one.factors) == repr(other.factors) and one.totals == other.totals


def test_the_control_is_the_same_for_every_seed_and_number_of_replications() -> None:
    def by_hand(*sets: str) -> Control:
        return control(pipeline.prepare(christmas(only(ODENSE), *sets)))

    first = by_hand()
    assert all(same(first, by_hand(f"run.seed={seed}", f"run.replications={seed}")) for seed in (2, 77))


def test_a_simulation_before_it_does_not_change_the_control() -> None:
    world = pipeline.prepare(christmas(only("741")))
    before = control(world)
    pipeline.run_once(world, 5, 2)
    assert same(before, control(world))


def test_capacity_and_order_of_service_are_not_among_its_factors() -> None:
    def by_hand(*sets: str) -> Control:
        return control(pipeline.prepare(christmas(only(ODENSE), *sets)))

    assert same(
        by_hand(), by_hand("delivery.utilisation=1.5", "delivery.rebook_days=3", "delivery.priority.jobsamtale=9")
    )


ALONE = """
import json, sys
from simulator.calendars import build_calendar
from simulator.calendars.span import Span
from simulator.control import control_of
from simulator.scenario import read_scenario
scenario = read_scenario(sys.argv[1], ["places=[461]"])
period, delivery = scenario.sections.period, scenario.baseline.sections.delivery
run_on = (delivery.run_on_weeks.least, delivery.run_on_weeks.most)
span = Span.around((period.from_, period.to), delivery.warm_up_weeks, run_on)
calendars = tuple(build_calendar(arm.sections, span.first, span.days, ("461",)) for arm in scenario.arms)
totals = control_of(scenario, calendars, span, ("461",)).totals
rooms = sorted({name.split(".")[1] for name in sys.modules if name.startswith("simulator.")})
print(json.dumps({"totals": totals, "rooms": rooms, "simpy": "simpy" in sys.modules}))
"""


def test_the_control_needs_neither_demand_nor_delivery() -> None:
    """In a process of its own, so that nobody else has loaded them."""
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(CHRISTMAS)],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    entrance = {"scenario", "distributions", "facts", "errors"}
    assert set(found["rooms"]) == {"calendars", "infection", "control", *entrance}
    assert not found["simpy"]
    assert found["totals"] == pytest.approx(control(pipeline.prepare(christmas(only("461")))).totals, rel=1e-12)


def test_its_factors_multiply_to_its_figures() -> None:
    scenario: Scenario = christmas(only(ODENSE))
    by_hand = control(pipeline.prepare(scenario))
    products: dict[tuple[str, str, str], float] = {}
    for factor in by_hand.factors:
        cell = (factor.quantity, factor.type, factor.group)
        products[cell] = products.get(cell, 1.0) * factor.value
    for quantity in ("due", "converted", "converted_weeks", "converted_kr"):
        assert products[quantity, "", ""] == pytest.approx(by_hand.total(quantity), rel=1e-9)
        if quantity == "converted_kr":
            continue
        for (type_name, group), expected in by_hand.by(quantity).items():
            product = products[quantity, type_name, group]
            assert math.isnan(product) or product == pytest.approx(expected, rel=1e-9)
