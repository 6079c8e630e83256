"""A replication is a function of seed and number: others, workers, the log and other places change nothing in it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from simulator.delivery import ATTEMPT, Log, Replicated, Way
from simulator.pipeline import World
from tests.engines.same import ENGINES, Told, differences, told_by
from tests.engines.worlds import FANOE, LAESOE, SAMSOE, shipped_world

SEED, NUMBERS, ONE = 5, range(3, 13), 11
"""Ten replications: without a log the fast engine takes eight at a time."""
BUSY = ("delivery.utilisation=1.1", "delivery.no_show=0.3", "attendance.office_spread=0.3")


@cache
def world_in(*places: str) -> World:
    return shipped_world("christmas-2021", places, *BUSY)


@cache
def together(engine: str) -> Told:
    """Return what an engine tells of the replications when one worker makes them one after the other, with a log."""
    return told_by(engine, world_in(SAMSOE, LAESOE), Way(SEED, log=True), NUMBERS)


def without_log(told: Told) -> Told:
    empty = np.zeros(0, dtype=ATTEMPT)
    return Told([Replicated(one.joint, one.worked_minutes, empty) for one in told.each], told.sums[-1:])


@pytest.mark.parametrize("engine", ENGINES)
def test_a_replication_is_the_same_alone_or_among_others(engine: str) -> None:
    world, at = world_in(SAMSOE, LAESOE), NUMBERS.index(ONE)
    alone = told_by(engine, world, Way(SEED, log=True), range(ONE, ONE + 1))
    among = together(engine).each[at : at + 1]
    assert not differences(world, Told(alone.each, []), Told(among, []))
    others = Told(together(engine).each[at + 1 : at + 2], [])
    assert differences(world, Told(alone.each, []), others), "two replications are two draws"


@pytest.mark.parametrize("engine", ENGINES)
def test_the_sums_are_those_of_the_replications_made_one_at_a_time(engine: str) -> None:
    world = world_in(SAMSOE, LAESOE)
    apart = [told_by(engine, world, Way(SEED), range(number, number + 1)).sums[0] for number in NUMBERS]
    added = apart[0]
    for one in apart[1:]:
        added = added.plus(one)
    assert not differences(world, Told([], [added]), Told([], together(engine).sums[-1:]))


@pytest.mark.parametrize("log", [True, False], ids=["log", "no log"])
@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("engine", ENGINES)
def test_workers_and_the_log_change_nothing(engine: str, jobs: int, log: bool) -> None:
    world = world_in(SAMSOE, LAESOE)
    told = told_by(engine, world, Way(SEED, jobs, log), NUMBERS)
    assert all((one.log is not None) == log for one in told.each)
    expected = together(engine)
    if log:
        assert not differences(world, Told(expected.each, []), Told(told.each, []))
    assert not differences(world, without_log(expected), without_log(told))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_place_has_the_same_rows_in_another_company(engine: str) -> None:
    company = world_in(FANOE, SAMSOE, LAESOE)
    told = told_by(engine, company, Way(SEED, log=True), NUMBERS)
    for number, (one, other) in enumerate(zip(together(engine).each, told.each, strict=True)):
        for code in (SAMSOE, LAESOE):
            rows = rows_of(world_in(SAMSOE, LAESOE), one, code)
            assert len(rows) > 100
            assert np.array_equal(rows, rows_of(company, other, code)), f"replication {number}, municipality {code}"


def rows_of(world: World, found: Replicated, code: str) -> Log:
    """Return the rows of a municipality without its index among the places."""
    assert found.log is not None
    here = found.log[found.log["place"] == world.places.index(code)]
    here["place"] = 0
    return here
