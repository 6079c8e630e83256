"""Processes of this machine: what they make, and what becomes of a job that ends or fails its worker."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.sweeps.events import Event, Made, Order, SetAside, Work
from simulator.sweeps.executors.here import Here
from simulator.sweeps.jobs import Compiled
from tests.unit.sweeps.hand_made import GRID, broken, compiled_of, deadly, deadly_once, easy, slow


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    return compiled_of(GRID, tmp_path_factory.mktemp("plan"))


def orders(plan: Compiled) -> Iterator[Order]:
    return (Order(job.task(), tuple(range(job.parts))) for job in plan)


def made(events: list[Event]) -> list[tuple[int, int]]:
    return sorted((event.number, event.part) for event in events if isinstance(event, Made))


ALL = [(number, part) for number in range(3) for part in range(2)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_part_comes_once(plan: Compiled, jobs: int) -> None:
    assert made(list(Here(jobs).run(orders(plan), easy))) == ALL


def test_a_job_that_always_kills_its_worker_is_named_and_the_others_finish(plan: Compiled) -> None:
    events = list(Here(2).run(orders(plan), deadly))
    assert made(events) == [one for one in ALL if one != (1, 1)]
    assert [event for event in events if isinstance(event, SetAside)] == [
        SetAside(1, "ended its worker 3 times (signal SIGKILL), perhaps for want of memory")
    ]


def test_a_worker_that_is_killed_once_costs_no_row(
    plan: Compiled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWEEP_TEST", str(tmp_path))
    events = list(Here(2).run(orders(plan), deadly_once))
    assert made(events) == ALL
    assert len(list(tmp_path.glob("killed-*"))) == 3


def test_an_error_of_one_job_leaves_the_others(plan: Compiled) -> None:
    events = list(Here(1).run(orders(plan), broken))
    assert made(events) == [one for one in ALL if one[0] != 1]
    assert SetAside(1, "ZeroDivisionError: no job like the others") in events


@pytest.mark.parametrize("work", [easy, slow])
def test_no_process_is_left_when_the_work_is_given_up(plan: Compiled, work: Work) -> None:
    before = set(multiprocessing.active_children())
    events = Here(2).run(orders(plan), work)
    next(events)
    events.close()
    assert set(multiprocessing.active_children()) == before


def test_what_is_done_before_is_done_once_and_not_at_all_without_work(plan: Compiled) -> None:
    seen: list[int] = []
    here = Here(1, lambda task: seen.append(task.number))
    assert list(here.run(iter([]), easy)) == []
    assert made(list(here.run(orders(plan), easy))) == ALL
    assert seen == [0]
