"""One worker process, many that ask: progress, cancel, a kill, somebody who hangs up, and the end of the server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import InputError
from simulator.web.desk.delivered import Kept
from simulator.web.opened import Options, base_of
from simulator.web.position import Position, Reader
from simulator.web.work.job import KINDS
from simulator.web.work.queue import Work

SCENARIO = Path("scenarios/christmas-2021.yaml")
SMALL = ("places=[Samsø]",)
ENDLESS = Options(replications=10_000, engine="reference")
PATIENCE_SECONDS = 300
"""A machine with other work takes its time."""
OPEN = ("queued", "running")


class Desk:
    """Takes what is delivered, and asks nothing of it."""

    def __init__(self) -> None:
        self.taken: dict[str, Kept] = {}

    def delivery_of(self, position: Position) -> str:
        """Return the settings but for those of money."""
        asked = position.base.asked
        return repr((asked, *(one for one in position.settings if not one.startswith("saldo."))))

    def has(self, position: Position) -> bool:
        """Return whether it is at hand."""
        return self.delivery_of(position) in self.taken

    def take(self, delivery: str, delivered: Kept) -> None:
        """Take it."""
        self.taken[delivery] = delivered


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


@pytest.fixture(scope="module")
def work(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    made = Work(desk, Reader(), tmp_path_factory.mktemp("page") / "runs")
    yield made
    made.close()


@pytest.fixture(autouse=True)
def nothing_is_left_open(work: Work) -> Iterator[None]:
    yield
    for job in work.jobs():
        work.cancel(job["id"])


def at(value: int = 300_000, asked: Options | None = None) -> Position:
    base = base_of(SCENARIO, SCENARIO.as_posix(), asked or Options(replications=2), SMALL)
    return Position(base, (("saldo.value_per_person_year_kr", str(value)),))


def until(true: Callable[[], Any]) -> Any:
    """Return what becomes true, waited for."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not (found := true()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)
    return found


def finished(work: Work, job: dict[str, Any]) -> dict[str, Any]:
    """Return a job when it is finished."""

    def done() -> dict[str, Any] | None:
        now = work.job(job["id"])
        assert now is not None
        return None if now["state"] in OPEN else now

    found: dict[str, Any] = until(done)
    return found


def simulating(work: Work, job: dict[str, Any]) -> int:
    """Wait until a job simulates, and return the number of the worker."""

    def steps() -> bool:
        now = work.job(job["id"])
        assert now is not None
        assert now["state"] in OPEN, now["error"]
        return bool(now["done"])

    until(steps)
    assert work.worker_pid is not None
    return work.worker_pid


def is_gone(pid: int) -> bool:
    """Return whether a process has ended."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return True
    return text.rpartition(")")[2].split()[0] == "Z"


def test_what_is_delivered_is_taken_and_a_run_is_told_of_it(work: Work, desk: Desk) -> None:
    job = finished(work, work.ask("deliver", at()))
    assert (job["state"], job["error"]) == ("done", None)
    assert job["result"] == {"delivery": desk.delivery_of(at())}
    taken = desk.taken[desk.delivery_of(at())]
    assert len(taken.luck) == 2
    told = finished(work, work.ask("tell", at(270_000), "en"))
    assert (told["state"], told["what"], told["position_key"]) == ("done", "Done", at(270_000).key)
    assert desk.taken[desk.delivery_of(at())] is taken
    folder = work.run_of(told["result"]["run"])
    assert folder is not None
    assert (folder / "headline.json").is_file()
    assert told["result"]["headline"]["scenario"] == "christmas-2021"
    assert work.run_of("../x") is None


def test_what_is_asked_twice_is_done_once_and_found_again(work: Work) -> None:
    first, second = work.ask("tell", at(1)), work.ask("tell", at(1), "en", client="other")
    assert first["id"] == second["id"]
    done = finished(work, first)
    assert work.ask("tell", at(1))["result"] == done["result"]
    assert work.ask("deliver", at(2))["state"] == "done"
    assert [job["id"] for job in work.jobs()].count(first["id"]) == 1


def test_jobs_wait_and_are_cancelled_queued_or_running(work: Work) -> None:
    running = work.ask("deliver", at(asked=ENDLESS))
    waiting = work.ask("tell", at(3))
    behind = work.ask("tell", at(4))
    pid = simulating(work, running)
    assert [work.job(job["id"])["ahead"] for job in (running, waiting, behind)] == [0, 1, 2]  # type: ignore[index]
    assert work.cancel(waiting["id"])["state"] == "cancelled"  # type: ignore[index]
    assert work.cancel(running["id"])["state"] == "cancelled"  # type: ignore[index]
    assert finished(work, behind)["state"] == "done"
    assert work.worker_pid == pid, "a worker that leaves its work when asked is not killed"
    assert work.cancel(behind["id"])["state"] == "done"  # type: ignore[index]
    assert work.cancel("job-0") is work.job("job-0") is None


def test_who_moves_on_cancels_what_it_no_longer_needs(work: Work) -> None:
    old = work.ask("deliver", at(asked=Options(replications=9_999, engine="reference")), client="a")
    simulating(work, old)
    new = work.ask("tell", at(5), client="a")
    assert finished(work, old)["state"] == "cancelled"
    assert finished(work, new)["state"] == "done"


def test_a_worker_that_does_not_stop_is_killed_and_another_goes_on(work: Work) -> None:
    job = work.ask("deliver", at(asked=ENDLESS))
    pid = simulating(work, job)
    os.kill(pid, signal.SIGSTOP)
    work.cancel(job["id"])
    assert finished(work, work.ask("tell", at(6)))["state"] == "done"
    assert work.worker_pid != pid
    assert is_gone(pid)


def test_a_job_whose_worker_is_killed_is_begun_once_more_and_then_fails(work: Work) -> None:
    job = work.ask("deliver", at(asked=ENDLESS))
    waiting = work.ask("tell", at(7))
    first = simulating(work, job)
    os.kill(first, signal.SIGKILL)
    until(lambda: work.worker_pid not in (None, first))
    second = simulating(work, job)
    assert second != first
    os.kill(second, signal.SIGKILL)
    failed = finished(work, job)
    assert failed["state"] == "failed"
    assert failed["error"].startswith("Beregningen standsede to gange")
    assert finished(work, waiting)["state"] == "done"
    assert work.ask("deliver", at(asked=ENDLESS))["id"] != job["id"]


def test_what_cannot_be_run_is_refused_at_the_door(work: Work) -> None:
    for kind, value, language in (("drop", 1, "da"), ("tell", 1, "fr"), ("tell", -1, "da")):
        with pytest.raises(InputError):
            work.ask(kind, at(value), language)
    assert KINDS == ("deliver", "tell", "drivers", "keep")


def test_a_fault_that_only_the_run_finds_is_told(work: Work, tmp_path: Path) -> None:
    """A scenario that is gone by the time it is simulated; the other jobs are not touched."""
    file = tmp_path / "gone.yaml"
    file.write_text(SCENARIO.read_text(encoding="utf-8"), encoding="utf-8")
    position = Position(base_of(file, "gone.yaml", Options(replications=1), SMALL))
    running = work.ask("deliver", at(asked=ENDLESS))
    job = work.ask("tell", position)
    simulating(work, running)
    file.unlink()
    work.cancel(running["id"])
    failed = finished(work, job)
    assert failed["state"] == "failed"
    assert failed["error"]


def test_the_control_delivers_nothing_and_is_told(work: Work) -> None:
    position = at(asked=Options(engine="control"))
    assert work.ask("deliver", position)["state"] == "done"
    told = finished(work, work.ask("tell", position))
    assert told["result"]["headline"]["replications"] == 0


def test_an_idle_worker_goes_and_all_goes_on_close(tmp_path: Path) -> None:
    work = Work(Desk(), Reader(), tmp_path / "runs", idle_seconds=0.05)
    position = at(asked=Options(engine="control"))
    done = finished(work, work.ask("tell", position))
    until(lambda: work.worker_pid is None)
    assert work.run_of(done["result"]["run"]) is not None
    work.close()
    work.close()
    assert not (tmp_path / "runs").exists()


SERVER = """
import sys, time
from pathlib import Path
from tests.unit.web.work.test_queue_of_work import Desk, ENDLESS, Reader, Work, at, simulating
if __name__ == "__main__":
    work = Work(Desk(), Reader(), Path(sys.argv[1]))
    print(simulating(work, work.ask("deliver", at(asked=ENDLESS))), flush=True)
    time.sleep(300)
"""


def test_a_server_that_is_killed_takes_its_worker_and_its_runs_along(tmp_path: Path) -> None:
    script = tmp_path / "server.py"
    script.write_text(SERVER, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")])}
    runs = tmp_path / "runs"
    with subprocess.Popen([sys.executable, str(script), str(runs)], stdout=subprocess.PIPE, env=environment) as server:
        try:
            assert server.stdout is not None
            pid = int(server.stdout.readline())
            assert runs.is_dir()
        finally:
            server.kill()
    until(lambda: is_gone(pid) and not runs.exists())
