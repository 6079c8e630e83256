"""What a sweep will take, from one small probe a scenario, run here and now.

The first job of each scenario is simulated with one replication, which is not counted (it compiles the engine), and
then with another. Some of its rows are valued and written as a part. The time of the replication is scaled to the
replications of all jobs, the time and the bytes of a row to all rows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from simulator.plan import CONTROL, plan_of
from simulator.scenario import read_scenario
from simulator.sweeps.course import rows_of
from simulator.sweeps.jobs import Compiled, Job
from simulator.sweeps.parts import PartWriter
from simulator.sweeps.valuing import Valued
from simulator.uncertainty.worked import work_up

Result = TypeVar("Result")

PROBE_ROWS = 4096
"""Rows that are valued and written by the probe, at most."""


@dataclass(frozen=True)
class Estimate:
    """What a sweep will take.

    Attributes:
        name: Name of the sweep.
        jobs: Number of jobs.
        simulations: Number of simulations of one replication of both arms; none under the engine `control`.
        rows: Number of rows.
        parts: Number of part files.
        size_bytes: Size of all part files.
        work_seconds: Time of one process for everything.
        probe_seconds: How long the probe took.
        valued: Keys that cost no simulation.
        simulated: Keys that cost one.
    """

    name: str
    jobs: int
    simulations: int
    rows: int
    parts: int
    size_bytes: float
    work_seconds: float
    probe_seconds: float
    valued: tuple[str, ...]
    simulated: tuple[str, ...]


@dataclass(frozen=True)
class Probe:
    """What was measured on one job.

    Attributes:
        replications: Replications that its jobs have.
        job_seconds: Time that a job takes beside its replications.
        replication_seconds: Time of a replication.
        row_seconds: Time of a row.
        row_bytes: Size of a row.
    """

    replications: int
    job_seconds: float
    replication_seconds: float
    row_seconds: float
    row_bytes: float


def estimate_of(made: Compiled) -> Estimate:
    """Return what a sweep will take.

    Raises:
        InputError: The first job of a scenario is wrong.
        RunError: A law is broken.
    """
    begun = perf_counter()
    first: dict[str, Job] = {}
    jobs = list(made)
    for job in jobs:
        first.setdefault(job.scenario, job)
    probes = {scenario: _probe(job) for scenario, job in first.items()}
    seconds = size = 0.0
    simulations = 0
    for job in jobs:
        probe = probes[job.scenario]
        seconds += probe.job_seconds + probe.replications * probe.replication_seconds + job.rows * probe.row_seconds
        size += job.rows * probe.row_bytes
        simulations += probe.replications
    keys = made.plan.keys
    return Estimate(
        made.plan.name,
        len(jobs),
        0 if made.plan.engine == CONTROL else simulations,
        made.rows,
        sum(job.parts for job in jobs),
        size,
        seconds,
        perf_counter() - begun,
        tuple(key for key in keys if key in made.valued),
        tuple(key for key in keys if key not in made.valued),
    )


def _probe(job: Job) -> Probe:
    task, plan = job.task(), job.plan.plan
    rows = min(job.rows, PROBE_ROWS, plan.rows_per_part)
    small = replace(task, rows=(rows, rows))
    with task.files.laid_out() as path, tempfile.TemporaryDirectory() as folder:
        scenario, reading = _timed(lambda: read_scenario(path, task.sets))
        ways = [plan_of(scenario, plan.seed, count, plan.engine) for count in (1, 2)]
        work_up(scenario, ways[0]).today()
        (_, one), (_, two) = (_timed(work_up(scenario, way).today) for way in ways)
        valued, job_seconds = _timed(lambda: Valued(small, work_up(scenario, ways[0])))
        figures, valuing = _timed(lambda: valued.part(0))
        writer = PartWriter(Path(folder))
        _, writing = _timed(lambda: writer.write("probe.parquet", rows_of(job, 0, figures, rows)))
        writer.close()
        size = (Path(folder) / "probe.parquet").stat().st_size
    replication = max(two - one, 0.0)
    replications = plan_of(scenario, plan.seed, plan.replications, plan.engine).replications
    fixed = reading + max(job_seconds - replication, 0.0)
    return Probe(replications, fixed, replication, (valuing + writing) / rows, size / rows)


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    begun = perf_counter()
    return work(), perf_counter() - begun
