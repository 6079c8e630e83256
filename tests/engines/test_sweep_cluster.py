"""A cluster of dask.distributed on this machine: the same rows as without it, also where a worker is killed."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import InputError
from simulator.sweeps.course import Watch, swept
from simulator.sweeps.events import Made, Order, SetAside
from simulator.sweeps.executors.cluster import Cluster
from simulator.sweeps.executors.here import Here
from simulator.sweeps.jobs import Compiled
from tests.engines.test_sweep_kills import kept
from tests.unit.sweeps.hand_made import GRID, broken, compiled_of, deadly, easy, slow

pytestmark = pytest.mark.filterwarnings("ignore")  # of dask and tornado, which are not ours
SMALL = """
scenario: christmas-2021
engine: control
rows_per_part: 1
vary: [{grid: {places: [[Laesoe], [Samsoe]], effects.params.scale: [0.1, 0.2]}}]
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from distributed import LocalCluster

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, silence_logs=50
        ) as made:
            yield made


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    return compiled_of(GRID, tmp_path_factory.mktemp("plan"))


def orders(plan: Compiled) -> Iterator[Order]:
    return (Order(job.task(), tuple(range(job.parts))) for job in plan)


ALL = [(number, part) for number in range(3) for part in range(2)]


def test_the_rows_are_the_same_byte_for_byte(cluster: Any, tmp_path: Path) -> None:
    plan = compiled_of(SMALL, tmp_path)
    for name, executor in (("here", Here(1)), ("there", Cluster(cluster.scheduler_address))):
        swept(plan, tmp_path / name, executor, Watch())
    assert kept(tmp_path / "here") == kept(tmp_path / "there")
    assert len(kept(tmp_path / "there")[0]) == 4


def test_a_worker_that_is_killed_in_the_middle_costs_no_row(cluster: Any, plan: Compiled, tmp_path: Path) -> None:
    killed: list[int] = []

    def kill(_rows: int) -> None:
        if not killed:
            killed.extend(worker.process.pid for worker in cluster.workers.values())
            os.kill(killed[0], signal.SIGKILL)

    swept(plan, tmp_path / "there", Cluster(cluster.scheduler_address), Watch(rows=kill), work=slow)
    swept(plan, tmp_path / "here", Here(1), Watch(), work=easy)
    assert killed
    assert kept(tmp_path / "here") == kept(tmp_path / "there")


def test_a_job_that_fails_is_set_aside_and_the_others_finish(cluster: Any, plan: Compiled) -> None:
    events = list(Cluster(cluster.scheduler_address).run(orders(plan), broken))
    assert sorted((one.number, one.part) for one in events if isinstance(one, Made)) == [
        one for one in ALL if one[0] != 1
    ]
    assert SetAside(1, "ZeroDivisionError: no job like the others") in events


@pytest.mark.verify
def test_a_job_that_always_kills_its_worker_is_set_aside(cluster: Any, plan: Compiled) -> None:
    """The whole piece is lost with it: on a cluster parts come back four at a time."""
    events = list(Cluster(cluster.scheduler_address).run(orders(plan), deadly))
    assert sorted((one.number, one.part) for one in events if isinstance(one, Made)) == [
        one for one in ALL if one[0] != 1
    ]
    assert [one for one in events if isinstance(one, SetAside)] == [
        SetAside(1, "ended every worker that it was given to, perhaps for want of memory")
    ]


def test_no_scheduler_at_an_address(plan: Compiled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.sweeps.executors.cluster.PATIENCE_SECONDS", 0.2)
    for address in ("tcp://127.0.0.1:9", "nonsense"):
        with pytest.raises(InputError, match="no scheduler answers"):
            list(Cluster(address).run(orders(plan), easy))
