"""Foreman: gives one job after another to a worker, hires a worker when there is none, and lets it go when idle."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Condition
from typing import Protocol

from simulator.web.desk.delivered import Kept
from simulator.web.position import Position
from simulator.web.words import page_words
from simulator.web.work.inside import DELIVERIES
from simulator.web.work.job import Job
from simulator.web.work.messages import Coming, Done, Failed, Handed, Message
from simulator.web.work.register import Register
from simulator.web.work.shelf import Shelf
from simulator.web.work.worker import Worker, WorkerLostError

LOOK_SECONDS = 0.1
"""So often it is looked whether a running job is still wanted."""
GRACE_SECONDS = 1.0
"""So long a worker may take to leave a job that is not wanted."""
IDLE_SECONDS = 60.0
"""A worker without work goes, and its memory with it."""
TRIES = 2
"""A job whose worker was killed is begun again once."""


class Deliveries(Protocol):
    """What the desk is for those who deliver."""

    def delivery_of(self, position: Position) -> str:
        """Return the key of what is delivered."""
        ...

    def has(self, position: Position) -> bool:
        """Return whether it is at hand."""
        ...

    def take(self, delivery: str, delivered: Kept) -> None:
        """Take it."""
        ...


@dataclass
class Foreman:
    """Does the jobs of a register.

    Attributes:
        runs: Folder in which runs are kept.
        desk: Who takes what is delivered.
        register: The jobs.
        changed: Guards the register, and is told of new jobs.
        forget: Called with jobs that are forgotten.
        idle_seconds: A worker goes after so long without work.
        closing: Whether no job is to be done any more.
    """

    runs: Path
    desk: Deliveries
    register: Register
    changed: Condition
    forget: Callable[[list[Job]], None]
    idle_seconds: float = IDLE_SECONDS
    closing: bool = False
    _worker: Worker | None = None

    @property
    def worker_pid(self) -> int | None:
        """The number of the worker process; None where there is none."""
        return None if self._worker is None else self._worker.pid

    def work(self) -> None:
        """Do one job after another until it closes."""
        try:
            while job := self._next():
                self._do(job)
        finally:
            if self._worker is not None:
                self._worker.kill()

    def _next(self) -> Job | None:
        """Return the next job, when there is one; None where it closes."""
        with self.changed:
            while not self.closing:
                job = self.register.next()
                if job is not None:
                    job.begin()
                    return job
                if not self.changed.wait(None if self._worker is None else self.idle_seconds):
                    self._let_go()
        return None

    def _let_go(self) -> None:
        if self._worker is not None and self.register.next() is None:
            self._worker.end()
            self._worker = None

    def _do(self, job: Job) -> None:
        """Do a job, and note what came of it; a worker that dies is replaced, and the job begun once more."""
        words = page_words(job.language)["work"]["errors"]
        outcome: Message | None = Failed(words["died"], foreseen=True)
        try:
            for _ in range(TRIES):
                try:
                    outcome = self._tried(job)
                    break
                except WorkerLostError:
                    self._dismiss()
                    with self.changed:
                        if not self._is_wanted(job):
                            break
                        job.begin()
        except Exception as error:  # the page lives on, whatever a job does
            self._dismiss()
            outcome = Failed(type(error).__name__, foreseen=False)
        with self.changed:
            _note(job, outcome, words["broken"])
            self.forget(self.register.forgotten())

    def _tried(self, job: Job) -> Message | None:
        """Return what came of one try; None where nobody wants it any more."""
        if self._worker is not None and not self._worker.is_alive:
            self._dismiss()
        if self._worker is None:
            self._worker = Worker(self.runs)
        worker, patient_until = self._worker, float("inf")
        worker.do(job.task)
        while time.monotonic() < patient_until:
            told = worker.hear(LOOK_SECONDS)
            if isinstance(told, Coming):
                with self.changed:
                    job.phase, job.done, job.total = told.phase, told.done, told.total
            elif isinstance(told, Handed):
                self._take(job, told.name)
            elif told is not None:
                return told
            if patient_until == float("inf") and not self._is_wanted(job):
                worker.ask_to_stop()
                patient_until = time.monotonic() + (0.0 if self.closing else GRACE_SECONDS)
        self._dismiss()
        return None

    def _is_wanted(self, job: Job) -> bool:
        return job.is_open and not self.closing

    def _dismiss(self) -> None:
        if self._worker is not None:
            self._worker.kill()
            self._worker = None

    def _take(self, job: Job, name: str) -> None:
        """Hand a delivery from the shelf to the desk."""
        if self.desk.has(job.task.position):
            return
        kept = Shelf(self.runs / DELIVERIES).kept(name)
        if kept is not None:
            self.desk.take(job.task.delivery, kept)


def _note(job: Job, outcome: Message | None, broken: str) -> None:
    """Note what came of a job, unless it was cancelled before."""
    if job.state != "running":
        return
    if isinstance(outcome, Done):
        job.state, job.result = "done", outcome.result
    elif isinstance(outcome, Failed):
        job.state = "failed"
        job.error = outcome.why if outcome.foreseen else broken.format(error=outcome.why)
    else:
        job.state = "cancelled"
