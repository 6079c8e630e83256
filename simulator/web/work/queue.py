"""Queue: the door to heavy work. One job at a time is done, the others wait in the order in which they came."""

from __future__ import annotations

import atexit
import shutil
from pathlib import Path
from threading import Condition, Thread
from typing import Any

from simulator.plan import CONTROL
from simulator.web.position import Position, Reader
from simulator.web.work.foreman import IDLE_SECONDS, Deliveries, Foreman
from simulator.web.work.job import DELIVER, Job, Task, refuse_unknown
from simulator.web.work.register import Register

CLOSING_SECONDS = 5.0
"""So long the end of the work is waited for."""


class Work:
    """Heavy jobs of a page, done one at a time in a worker process."""

    def __init__(self, desk: Deliveries, reader: Reader, runs: Path, idle_seconds: float = IDLE_SECONDS) -> None:
        """Make ready; no worker is hired before there is work.

        Args:
            desk: Who says what is delivered, and takes it.
            reader: Reads positions.
            runs: Folder of the kept runs; it is removed on close, and should be readable by nobody else.
            idle_seconds: A worker goes after so long without work.
        """
        self._desk, self._reader, self._runs = desk, reader, runs.absolute()
        self._register, self._changed = Register(), Condition()
        self._foreman = Foreman(self._runs, desk, self._register, self._changed, self._remove, idle_seconds)
        self._runs.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._thread = Thread(target=self._foreman.work, name="saldo-foreman", daemon=True)
        self._thread.start()
        atexit.register(self.close)

    def ask(self, kind: str, position: Position, language: str = "da", *, client: str = "") -> dict[str, Any]:
        """Ask for a job, and return it as the page is told; one that is asked for twice is one job.

        Args:
            kind: One of `job.KINDS`.
            position: What is to be run.
            language: Language in which it is told.
            client: Who asks, such as a column of a page: what it asked for of other positions, and nobody else waits
                for, is cancelled. Left out, it is done in any case.

        Raises:
            InputError: There is no such kind or language, or the position cannot be run; names all faults.
        """
        refuse_unknown(kind, language)
        plan = position.plan(self._reader(position))
        task = Task(kind, position, self._desk.delivery_of(position))
        nothing_to_do = kind == DELIVER and (plan.engine == CONTROL or self._desk.has(position))
        with self._changed:
            if client:
                self._register.moved_on(client, task)
            job = self._register.same(task)
            if job is None or not (job.is_open or self._lasts(job, nothing_to_do)):
                job = self._register.add(task, language)
            job.language = language
            job.clients.add(client)
            if nothing_to_do and job.state == "queued":
                job.state, job.result = "done", {"delivery": task.delivery}
            self._changed.notify()
            return self._told(job)

    def job(self, name: str) -> dict[str, Any] | None:
        """Return a job as the page is told; None where there is none of the name, or no longer."""
        with self._changed:
            job = self._register.get(name)
            return None if job is None else self._told(job)

    def jobs(self) -> list[dict[str, Any]]:
        """Return all jobs in the order in which they were asked for, as the page is told."""
        with self._changed:
            return [self._told(job) for job in self._register]

    def cancel(self, name: str) -> dict[str, Any] | None:
        """Cancel a job that is not finished, and return it as the page is told; None where there is none."""
        with self._changed:
            job = self._register.get(name)
            if job is None:
                return None
            if job.is_open:
                job.state = "cancelled"
            return self._told(job)

    def run_of(self, name: str) -> Path | None:
        """Return the folder of a run that a job made; None where there is none of the name, or no longer."""
        with self._changed:
            for job in self._register:
                if job.run == name:
                    self._register.get(job.id)
                    return self._runs / name / name
        return None

    @property
    def worker_pid(self) -> int | None:
        """The number of the worker process; None where there is none."""
        return self._foreman.worker_pid

    def close(self) -> None:
        """End the work and its worker, and remove the runs."""
        atexit.unregister(self.close)
        with self._changed:
            self._foreman.closing = True
            self._changed.notify_all()
        self._thread.join(CLOSING_SECONDS)
        shutil.rmtree(self._runs, ignore_errors=True)

    def _lasts(self, job: Job, at_hand: bool) -> bool:
        """Return whether what came of a finished job is still there."""
        if job.task.kind == DELIVER:
            return at_hand
        return job.run is not None and (self._runs / job.run).is_dir()

    def _remove(self, jobs: list[Job]) -> None:
        for job in jobs:
            if job.run is not None:
                shutil.rmtree(self._runs / job.run, ignore_errors=True)

    def _told(self, job: Job) -> dict[str, Any]:
        return job.told(self._register.ahead(job))
