"""Engines: found by name, opened when asked for, and the same numbers for one replication alone or among others."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from simulator.delivery import ATTEMPT, ENGINES, Counts, Engine, Replicated, Way, engine_of
from simulator.delivery.cells import Cells
from simulator.delivery.fast.engine import Fast
from simulator.delivery.fast.scratch import scratch_of
from simulator.errors import RunError
from simulator.pipeline import World, prepare
from tests.unit.demand.made_up import scenario_of

ROOT = Path(__file__).parents[3]
TEXT = """places: [Fano, Samso, Laeso]
calendar: {closure_weeks: [2021-W51, 2021-W52]}
proposal: {attendance: {rules: [{rule: office_chooses, from: 2021-12-19, to: 2022-01-16}]}}
"""
TWO = range(2, 4)
"""Not the first ones: a replication has its number, whichever is run first."""


@pytest.fixture(scope="module")
def world() -> World:
    return prepare(scenario_of(TEXT))


def told(found: Replicated) -> tuple[object, ...]:
    """Return all that is kept of a replication, in a form that can be compared."""
    log = None if found.log is None else found.log.tolist()
    return found.joint.code.tolist(), found.joint.total.tolist(), found.worked_minutes.tolist(), log


def run(made: Engine, numbers: range = TWO) -> list[tuple[object, ...]]:
    return [told(found) for found in made.replications(numbers)]


def same(one: Counts, other: Counts) -> None:
    """Check that two counts are equal, part by part."""
    for field in fields(Counts):
        parts = [getattr(counts, field.name) for counts in (one, other)]
        if isinstance(parts[0], Cells | tuple):
            tables = [part if isinstance(part, tuple) else (part,) for part in parts]
            for here, there in zip(*tables, strict=True):
                assert (here.axes, here.shape, here.replications) == (there.axes, there.shape, there.replications)
                assert (here.code.tolist(), here.total.tolist()) == (there.code.tolist(), there.total.tolist())
        else:
            assert np.array_equal(*parts), field.name


def test_the_engines_are_fast_and_reference() -> None:
    assert list(ENGINES) == ["fast", "reference"]


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_gives_each_replication_and_the_sums_of_all(name: str, world: World) -> None:
    made = engine_of(name, world.ground, Way(seed=5))
    found = list(made.replications(TWO))
    assert [one.joint.replications for one in found] == [1, 1]
    assert all(one.log is None and one.worked_minutes.shape == (2, 3) for one in found)
    counts = made.counts()
    assert counts.replications == counts.joint.replications == 2
    assert counts.joint.total.sum() == sum(one.joint.total.sum() for one in found) > 1000
    assert counts.worked_minutes.tolist() == (sum(one.worked_minutes for one in found) / 2).tolist()
    assert counts.offered_minutes.shape == counts.office_minutes.shape == (2, 3, 3)
    assert (counts.office_minutes <= 1.1 * counts.offered_minutes).all()


@pytest.mark.parametrize("name", ENGINES)
def test_a_replication_is_the_same_alone_or_among_others(name: str, world: World) -> None:
    together = run(engine_of(name, world.ground, Way(seed=5, log=True)), range(4))
    assert together[2:] == run(engine_of(name, world.ground, Way(seed=5, log=True)))
    assert together[3:] == run(engine_of(name, world.ground, Way(seed=5, log=True)), range(3, 4))
    assert together[2] != together[3]
    assert run(engine_of(name, world.ground, Way(seed=6)), range(3, 4)) != together[3:]


@pytest.mark.parametrize("name", ENGINES)
def test_ranges_one_after_another_add_up_to_one_range(name: str, world: World) -> None:
    at_once, in_two = (engine_of(name, world.ground, Way(seed=5)) for _ in range(2))
    run(at_once, range(3))
    run(in_two, range(1))
    run(in_two, range(1, 3))
    same(at_once.counts(), in_two.counts())


@pytest.mark.parametrize("name", ENGINES)
def test_the_log_is_asked_for_and_changes_no_number(name: str, world: World) -> None:
    plain, logged = (engine_of(name, world.ground, Way(seed=5, log=log)) for log in (False, True))
    without, with_log = run(plain), run(logged)
    assert [row[:-1] for row in without] == [row[:-1] for row in with_log]
    same(plain.counts(), logged.counts())
    log = np.array(with_log[0][-1], dtype=ATTEMPT)
    order = np.lexsort([log[name] for name in ("office_kind", "day", "place", "arm")])
    assert order.tolist() == list(range(len(log))), "by arm, place, day and office; within, in the order of service"
    assert set(log["place"].tolist()) == {0, 1, 2}


@pytest.mark.parametrize("name", ENGINES)
def test_jobs_change_nothing_but_the_time(name: str, world: World) -> None:
    one, two = (engine_of(name, world.ground, Way(seed=5, jobs=jobs, log=True)) for jobs in (1, 2))
    assert run(one, range(3)) == run(two, range(3))
    same(one.counts(), two.counts())


def test_all_engines_hold_the_same_conversations(world: World) -> None:
    made = [engine_of(name, world.ground, Way(seed=5, log=True)) for name in ENGINES]
    first, *others = [run(engine) for engine in made]
    assert all(other == first for other in others)
    for engine in made[1:]:
        same(engine.counts(), made[0].counts())


def test_an_engine_is_opened_when_it_is_asked_for() -> None:
    """So that a run by one needs nothing of the other: no compiler for the reference, no SimPy for the fast one."""
    code = (
        "import sys, simulator.pipeline\n"
        "print(sorted({'numba', 'simpy'} & set(sys.modules)))\n"
        "import simulator.delivery.reference\n"
        "print('numba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", "False"]


def test_conversations_without_room_are_reported_and_not_lost(world: World) -> None:
    """The bound says how many can fall due; were it too low, a run must not go on without them."""
    fast = Fast(world.ground, Way(seed=5))
    fast.scratch = [scratch_of(fast.tables, 100_000, 10, 0)]
    with pytest.raises(RunError, match="room"):
        run(fast, range(1))
