"""The planner: what is said not to touch delivery does not, and what is valued on old counts is a run of its own."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel

from simulator import pipeline
from simulator.pipeline import World
from simulator.plan import Plan
from simulator.scenario import Scenario, Value, read_scenario
from simulator.scenario.model import Arm
from simulator.uncertainty.levers import UNREAD
from simulator.uncertainty.worked import Worked

CHRISTMAS, SUSPENSION = "scenarios/christmas-2021.yaml", "scenarios/suspension-2020.yaml"
CASES = {
    "published": (CHRISTMAS, ()),
    "suspension": (SUSPENSION, ()),
    "fading_loss": (CHRISTMAS, ("effects.model=fading_loss",)),
    "hazard": (CHRISTMAS, ("effects.model=hazard",)),
}
ENDS = ("low", "high")
PLAN = Plan(seed=1, replications=1)
ALONE = 3
"""So many values are also moved alone, spread evenly over the catalogue."""
POINTS = 3
"""Points at which every value that only values is moved at once."""


@pytest.fixture(scope="module", params=CASES)
def worked(request: pytest.FixtureRequest) -> Worked:
    file, sets = CASES[request.param]
    return Worked(read_scenario(file, ("places=[Samsø]", *sets)), PLAN)


def moved(rows: list[Value], end: str) -> dict[str, float]:
    """Return the numbers at an end of the ranges, without those that stand there."""
    return {row.key: getattr(row, end) for row in rows if getattr(row, end) not in (None, row.value)}


def ranged(worked: Worked, *, read: bool, delivery: bool) -> list[Value]:
    """Return the values with a range that are read by some stage, or by none; and by delivery, or not."""
    rows = [row for row in worked.scenario.baseline.values.rows() if row.low is not None and row.high is not None]
    return [
        row for row in rows if (worked.lever(row.key).stage != UNREAD) == read and worked.simulates(row.key) == delivery
    ]


def spread(rows: list[Value], count: int) -> list[Value]:
    """Return so many of the values, evenly spread."""
    return rows[:: max(len(rows) // count, 1)][:count]


def bytes_of(thing: Any) -> Iterator[bytes]:
    """Yield what engines can see of what they are given: all but the numbers of an arm, which are told apart."""
    if isinstance(thing, np.ndarray):
        yield f"{thing.dtype} {thing.shape}".encode() + np.ascontiguousarray(thing).tobytes()
        return
    parts = parts_of(thing)
    if parts is None:
        assert thing is None or isinstance(thing, str | int | float | date | np.generic | BaseModel), type(thing)
        yield repr(thing).encode()
        return
    yield f"{type(thing).__name__} {len(parts)}".encode()
    for part in parts:
        yield from bytes_of(part)


def parts_of(thing: Any) -> list[Any] | None:
    """Return what a thing is made of, in order; None where it is one piece."""
    if isinstance(thing, Arm):
        return [thing.name, thing.sections]
    if dataclasses.is_dataclass(thing):
        return [(one.name, getattr(thing, one.name)) for one in dataclasses.fields(thing)]
    if isinstance(thing, Mapping):
        return list(thing.items())
    if isinstance(thing, frozenset):
        return sorted(thing)
    return list(thing) if isinstance(thing, list | tuple) else None


def fingerprint(world: World) -> str:
    digest = hashlib.sha256()
    for part in bytes_of(world.ground):
        digest.update(part)
    return digest.hexdigest()


def counted(world: World) -> dict[str, Any]:
    """Return what a replication counts."""
    found = pipeline.deliver(world, PLAN)
    return {one.name: getattr(found, one.name) for one in dataclasses.fields(found)}


def prepared(scenario: Scenario, numbers: Mapping[str, float]) -> World:
    return pipeline.prepare(scenario.with_values(numbers))


def test_what_delivery_does_not_read_changes_nothing_that_engines_are_given(worked: Worked) -> None:
    rows = ranged(worked, read=True, delivery=False) + ranged(worked, read=False, delivery=False)
    assert len(rows) > 100
    now = prepared(worked.scenario, {})
    truth, counts = fingerprint(now), list(bytes_of(counted(now)))
    for end in ENDS:
        world = prepared(worked.scenario, moved(rows, end))
        assert fingerprint(world) == truth, f"all at their {end} ends"
        assert list(bytes_of(counted(world))) == counts, f"all at their {end} ends"
    for row in spread(rows, ALONE):
        for end in ENDS:
            assert fingerprint(prepared(worked.scenario, moved([row], end))) == truth, f"{row.key} at its {end} end"


def test_a_fingerprint_sees_what_delivery_reads(worked: Worked) -> None:
    """Else the test above could not fail: most values that delivery reads change what engines are given."""
    rows = spread(ranged(worked, read=True, delivery=True), 8)
    truth = fingerprint(prepared(worked.scenario, {}))
    seen = [
        fingerprint(prepared(worked.scenario, moved([row], "high") or moved([row], "low"))) != truth for row in rows
    ]
    assert sum(seen) >= 2


def test_what_only_values_is_a_run_of_its_own(worked: Worked) -> None:
    """At points where every value that no simulation reads is moved at once, to one end or the other."""
    rows = [row for row in ranged(worked, read=True, delivery=False) if row.unit != "year"]
    points = {
        row.key: np.array([(row.low, row.high)[(number * 7 + point * (number + 3)) % 2] for point in range(POINTS)])
        for number, row in enumerate(rows)
    }
    worked.today()
    before = worked.runs
    found = worked.figures(points)
    assert worked.runs == before
    for point in range(POINTS):
        numbers = {key: float(column[point]) for key, column in points.items()}
        truth = Worked(worked.scenario.with_values(numbers), PLAN).today()
        assert set(found) == set(truth)
        for name, number in truth.items():
            assert found[name][point] == pytest.approx(number, rel=1e-9, abs=1e-6), name


def test_what_nobody_reads_changes_no_figure(worked: Worked) -> None:
    rows = ranged(worked, read=False, delivery=False)
    assert rows
    truth = worked.today()
    for end in ENDS:
        assert Worked(worked.scenario.with_values(moved(rows, end)), PLAN).today() == truth, end


def test_what_is_read_when_others_move_is_moved_with_them() -> None:
    """The growth of a year is read at the price level of another only, and must count there."""
    scenario = read_scenario(CHRISTMAS, ("places=[Samsø]",))
    numbers = {"saldo.wage_price_year": 2026.0, "saldo.growth.wages.year_2026": 0.3}
    asked = Worked(scenario, PLAN)
    found = asked.figures({key: np.array([number]) for key, number in numbers.items()})
    truth = Worked(scenario.with_values(numbers), PLAN).today()
    assert {name: column[0] for name, column in found.items()} == pytest.approx(truth)
    without = asked.figures({"saldo.wage_price_year": np.array([2026.0])})
    assert (
        without["net_kr"][0] != found["net_kr"][0] or without["concept.social_kr"][0] != found["concept.social_kr"][0]
    )
    assert "saldo.growth.wages.year_2026" not in asked.levers
