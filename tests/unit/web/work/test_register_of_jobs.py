"""Jobs wait in their order, are found again, and go when nobody needs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.web.opened import Base
from simulator.web.position import Position
from simulator.web.work.job import Job, Task, refuse_unknown
from simulator.web.work.register import MOST_FINISHED, MOST_OPEN, MOST_RUNS, Register

BASE = Base("x", "scenario", Path("x.yaml"), "digest")


def task(value: str = "1", kind: str = "tell", delivery: str = "D") -> Task:
    return Task(kind, Position(BASE, (("demand.scale", value),)), delivery)


def asked(register: Register, one: Task, client: str = "") -> Job:
    job = register.add(one, "da")
    job.clients.add(client)
    return job


def test_jobs_are_done_in_the_order_in_which_they_came() -> None:
    register = Register()
    first, second, third = (asked(register, task(value)) for value in "123")
    register.get(first.id)
    assert register.next() is first
    first.begin()
    assert [register.ahead(job) for job in (first, second, third)] == [0, 1, 2]
    assert register.next() is second
    first.state = second.state = "done"
    assert (register.next(), register.ahead(third)) == (third, 0)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (task(), task(), True),
        (task(), task("2"), False),
        (task(), task(kind="keep"), False),
        (task(kind="deliver"), task("2", "deliver"), True),
        (task(kind="deliver"), task("1", "deliver", "E"), False),
    ],
)
def test_the_same_job_is_one_job(one: Task, other: Task, alike: bool) -> None:
    register = Register()
    job = asked(register, one)
    assert (register.same(other) is job) == alike


@pytest.mark.parametrize(
    ("state", "found"), [("running", True), ("done", True), ("failed", False), ("cancelled", False)]
)
def test_what_failed_or_was_cancelled_is_begun_anew(state: str, found: bool) -> None:
    register = Register()
    job = asked(register, task())
    job.state = state  # type: ignore[assignment]
    assert (register.same(task()) is job) == found


def test_who_moves_on_leaves_what_nobody_else_waits_for() -> None:
    register = Register()
    mine = asked(register, task("1"), "a")
    shared = asked(register, task("2"), "a")
    shared.clients.add("b")
    forever = asked(register, task("3"))
    kept = asked(register, task("4", "keep"), "a")
    same_delivery = asked(register, task("5", "deliver", "E"), "a")
    other_delivery = asked(register, task("6", "deliver", "F"), "a")
    here = asked(register, task("9", "tell", "E"), "a")
    register.moved_on("a", task("9", "drivers", "E"))
    states = [job.state for job in (mine, shared, forever, kept, same_delivery, other_delivery, here)]
    assert states == ["cancelled", "queued", "queued", "queued", "queued", "cancelled", "queued"]
    register.moved_on("b", task("9", "drivers", "E"))
    assert shared.state == "cancelled"


def test_the_oldest_that_are_finished_are_forgotten_and_what_was_looked_at_last_is_not() -> None:
    register = Register()
    jobs = []
    for number in range(MOST_FINISHED + 3):
        jobs.append(asked(register, task(str(number))))
        jobs[-1].state = "done"
    jobs[-1].state = "queued"
    register.get(jobs[0].id)
    assert register.forgotten() == jobs[1:3]
    assert register.get(jobs[1].id) is None
    assert register.get(jobs[0].id) is jobs[0]
    assert register.get(jobs[-1].id) is jobs[-1]
    assert register.forgotten() == []


def test_runs_are_large_so_fewer_of_them_are_kept() -> None:
    register = Register()
    jobs = [asked(register, task(str(number))) for number in range(MOST_RUNS + 2)]
    for number, job in enumerate(jobs):
        job.state, job.result = "done", {"run": f"run {number}"}
    delivered = asked(register, task(kind="deliver"))
    delivered.state, delivered.result = "done", {"delivery": "D"}
    register.get(jobs[0].id)
    assert [job.run for job in register.forgotten()] == ["run 1", "run 2"]
    assert register.get(delivered.id) is delivered


@pytest.mark.parametrize(
    ("language", "words"), [("da", "Venter; 2 foran i køen"), ("en", "Waiting; 2 ahead in the queue")]
)
def test_a_job_is_told_in_the_language_of_its_reader(language: str, words: str) -> None:
    job = Job("job-1", task(), language)
    assert job.told(2)["what"] == words
    for state in ("running", "done", "failed", "cancelled"):
        job.state = state
        assert job.told(0)["what"] not in ("", words)


@pytest.mark.parametrize(("kind", "language"), [("drop", "da"), ("", "da"), ("tell", "fr"), ("../tell", "en")])
def test_what_is_no_job_or_no_language_is_refused(kind: str, language: str) -> None:
    with pytest.raises(InputError, match="allowed"):
        refuse_unknown(kind, language)


def test_so_many_wait_and_no_more() -> None:
    """Each holds its settings, up to a million letters of them."""
    register = Register()
    jobs = [asked(register, task(str(number))) for number in range(MOST_OPEN)]
    with pytest.raises(InputError, match="wait already"):
        register.add(task("more"), "da")
    jobs[0].state = "cancelled"
    assert register.add(task("more"), "da").is_open
