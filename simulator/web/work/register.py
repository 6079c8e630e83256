"""Register: the jobs of a page, those that wait in their order, and those that are done as long as they are needed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

from simulator.errors import InputError
from simulator.web.work.job import PASSING, Job, Task

MOST_FINISHED = 100
"""Jobs that are kept after they are done, so that a client that hung up finds what it asked for."""
MOST_OPEN = 50
"""Jobs that may wait or run: more of them nobody waits for."""
MOST_RUNS = 16
"""Jobs whose runs are kept: one of the whole country is twenty megabytes."""


@dataclass
class Register:
    """All jobs by their names, the one that was last asked for or looked at last."""

    _jobs: OrderedDict[str, Job] = field(default_factory=OrderedDict)
    _made: int = 0

    def add(self, task: Task, language: str) -> Job:
        """Return a new job, which is the last to wait.

        Raises:
            InputError: So many wait already that nobody would wait for it.
        """
        if sum(job.is_open for job in self._jobs.values()) >= MOST_OPEN:
            raise InputError.one(f"{MOST_OPEN} calculations wait already; cancel some, or let them come", path="jobs")
        self._made += 1
        job = Job(f"job-{self._made}", task, language)
        self._jobs[job.id] = job
        return job

    def get(self, name: str) -> Job | None:
        """Return a job by its name; it is the last to be forgotten."""
        if name in self._jobs:
            self._jobs.move_to_end(name)
        return self._jobs.get(name)

    def same(self, task: Task) -> Job | None:
        """Return the job that does the same and has neither failed nor been cancelled, the latest of them."""
        alike = [job for job in self if job.task.key == task.key and (job.is_open or job.state == "done")]
        return alike[-1] if alike else None

    def next(self) -> Job | None:
        """Return the job that has waited longest."""
        return next((job for job in self if job.state == "queued"), None)

    def ahead(self, job: Job) -> int:
        """Return how many jobs come before one that waits."""
        if job.state != "queued":
            return 0
        return sum(1 for one in self if one.state == "running" or (one.state == "queued" and _age(one) < _age(job)))

    def moved_on(self, client: str, task: Task) -> None:
        """Cancel what nobody needs any more now that a client asks for a task of another position.

        What is delivered is still needed where only effects and money were moved.
        """
        for job in list(self):
            passing = job.is_open and job.task.kind in PASSING and client in job.clients
            if not passing or job.task.position.key == task.position.key:
                continue
            if job.task.kind == "deliver" and job.task.delivery == task.delivery:
                continue
            job.clients.discard(client)
            if not job.clients:
                job.state = "cancelled"

    def forgotten(self) -> list[Job]:
        """Forget the jobs that are finished and were longest not asked for, and return them."""
        finished = [job for job in self._jobs.values() if not job.is_open]
        runs = [job for job in finished if job.run is not None]
        old = [*finished[: max(0, len(finished) - MOST_FINISHED)], *runs[: max(0, len(runs) - MOST_RUNS)]]
        gone = list({job.id: job for job in old}.values())
        for job in gone:
            del self._jobs[job.id]
        return gone

    def __iter__(self) -> Iterator[Job]:
        """Yield all jobs in the order in which they were asked for."""
        return iter(sorted(self._jobs.values(), key=_age))


def _age(job: Job) -> int:
    return int(job.id.rpartition("-")[2])
