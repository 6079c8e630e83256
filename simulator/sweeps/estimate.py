"""What a sweep will take, from small probes of a few of its jobs, run here and now.

Jobs are probed evenly over the sweep: the first, the last and some between. Each is simulated with one replication and
with two, and some of its rows are valued and written as a part. The difference is the time of a replication, which is
scaled to all replications of the job; the time and the bytes of a row are scaled to its rows. Every other job counts as
the probed job that is nearest to it. The engine is compiled before, and its time is not counted.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from simulator.plan import CONTROL, plan_of
from simulator.scenario import read_scenario
from simulator.sweeps.course import rows_of
from simulator.sweeps.jobs import Compiled, Job, spread
from simulator.sweeps.parts import PartWriter
from simulator.sweeps.valuing import Valued, compile_engine, figures_of_run

Result = TypeVar("Result")

MOST_PROBES = 5
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
        probes: Number of probes, and how long they took [s].
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
    probes: tuple[int, float]
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
        InputError: A job is wrong.
        RunError: A law is broken.
    """
    jobs = list(made)
    compile_engine(jobs[0].task())
    begun = perf_counter()
    probes = {number: _probe(jobs[number]) for number in spread(len(jobs), MOST_PROBES)}
    seconds = size = 0.0
    simulations = 0
    for job in jobs:
        probe = probes[min(probes, key=lambda number: abs(number - job.number))]
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
        (len(probes), perf_counter() - begun),
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
        (_, one), (_, two) = (_timed(partial(figures_of_run, scenario, way)) for way in ways)
        valued, job_seconds = _timed(lambda: Valued(small, scenario, ways[0]))
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
