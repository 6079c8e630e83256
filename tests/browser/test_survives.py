"""Two readers at once, one who leaves in the middle, a worker that is killed: nothing is lost or mixed up."""

from __future__ import annotations

import os
import signal
import sys
import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.served import CHRISTMAS, Served
from tests.browser.viewed import TAKE_UP
from tests.engines.sweep_kills import children

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for the worker in /proc")
ENDED = ("done", "failed", "cancelled")
LONGEST_SECONDS = 60
CITIES = "places=[København,Aarhus,Odense,Aalborg,Esbjerg,Randers,Kolding,Horsens,Vejle,Roskilde,Herning,Silkeborg]"


def at(take_up: str, *more: str) -> str:
    """Return an address at which the engine has to simulate anew."""
    return "&".join([f"#language=da&column=A&base={CHRISTMAS}", *more, f"{TAKE_UP}={take_up}"])


def latest(served: Served) -> dict[str, str]:
    """Return the latest simulation that was asked for."""
    found: dict[str, str] = [job for job in served.told("api/jobs")["jobs"] if job["kind"] == "deliver"][-1]
    return found


def wait_for(served: Served, position_key: str | None, *states: str) -> dict[str, str]:
    """Wait until the latest simulation, of another position than that named, is in one of some states."""
    until = time.monotonic() + LONGEST_SECONDS
    while True:
        job = latest(served)
        if job["state"] in states and job["position_key"] != position_key:
            return job
        assert time.monotonic() < until, job
        time.sleep(0.005)


def test_two_readers_at_once_get_each_their_own(opened: Open) -> None:
    views = [opened(at("0.81")), opened(at("0.92"))]
    for view in views:
        view.holds_what_a_run_says()


def test_a_reader_who_leaves_in_the_middle_loses_nothing(opened: Open, served: Served) -> None:
    opened().wait_until_simulated()
    before = latest(served)["position_key"]
    view = opened(at("0.83"))
    wait_for(served, before, "queued", "running", "done")
    view.page.close()
    again = opened(at("0.83"))
    again.holds_what_a_run_says()
    assert wait_for(served, before, *ENDED)["state"] == "done"


def test_a_worker_that_is_killed_is_replaced(opened: Open, served: Served) -> None:
    """In the middle of a simulation, which is begun again by another worker; the page shows its figure."""
    opened().wait_until_simulated()
    before = latest(served)["position_key"]
    view = opened(at("0.84", CITIES))
    job = wait_for(served, before, "running")
    workers = [pid for pid in children(served.process.pid) if is_worker(pid)]
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    assert workers
    view.wait_until_simulated()
    assert wait_for(served, before, *ENDED)["id"] == job["id"], "nobody had to ask again"
    view.holds_what_a_run_says()


def is_worker(pid: int) -> bool:
    """Return whether a child is the one that works, not the one that looks after its memory."""
    with open(f"/proc/{pid}/cmdline", "rb") as file:  # noqa: PTH123
        return b"spawn_main" in file.read()


def test_a_simulation_is_stopped_and_asked_for_again(opened: Open, served: Served) -> None:
    """While it waits behind the work of another reader, which is stopped too."""
    position = {"base": CHRISTMAS, "sets": [CITIES.split("=", 1)]}
    other = served.told("api/jobs", {"kind": "drivers", "position": position})
    view = opened(at("0.86"))
    view.button("jobs", "cancel").first.click()
    expect(view.page.get_by_text(view.words["jobs"]["cancelled"])).to_be_visible()
    assert latest(served)["state"] == "cancelled"
    assert served.told(f"api/jobs/{other['id']}/cancel", {})["state"] in ("running", "cancelled")
    view.button("jobs", "again").click()
    view.holds_what_a_run_says()
