"""The course of a sweep: what is missing is handed out, and what comes back is kept before it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from simulator.errors import InputError, RunError
from simulator.interrupts import undisturbed
from simulator.results.record import version_of
from simulator.sweeps.events import Executor, Made, Order, Work
from simulator.sweeps.jobs import Compiled, Job
from simulator.sweeps.lock import locked
from simulator.sweeps.parts import PartWriter, name_of
from simulator.sweeps.store import Store, make_folder, refuse_stranger
from simulator.sweeps.valuing import Figures, parts_of


@dataclass(frozen=True)
class Outcome:
    """How a sweep ended.

    Attributes:
        rows: Rows of the plan.
        finished: Rows that are kept.
        made: Rows that were made this time.
        aside: Why a job was set aside, by what it sets.
    """

    rows: int
    finished: int
    made: int
    aside: dict[str, str]


@dataclass(frozen=True)
class Watch:
    """Who is told how a sweep goes.

    Attributes:
        begun: Told how many rows are missing before the work begins.
        rows: Told how many rows were kept, each time.
        said: Told what a reader should know, a sentence at a time.
    """

    begun: Callable[[int], None] = lambda _missing: None
    rows: Callable[[int], None] = lambda _rows: None
    said: Callable[[str], None] = lambda _sentence: None


def swept(
    plan: Compiled, folder: Path, executor: Executor, watch: Watch, *, resume: bool = False, work: Work = parts_of
) -> Outcome:
    """Make the rows of a plan that a folder does not have yet.

    Args:
        plan: The plan with its jobs.
        folder: Folder of the sweep.
        executor: Who does the jobs.
        watch: Who is told.
        resume: Whether a sweep that was begun in the folder may go on.
        work: What is done for a job.

    Raises:
        InputError: The folder cannot be used, or holds a sweep and `resume` is not asked for.
        RunError: A file cannot be written, or the executor cannot go on.
    """
    refuse_stranger(folder)
    make_folder(folder)
    with locked(folder):
        store = Store(folder)
        _begin(store, plan, watch, resume=resume)
        keeper = _Keeper(store, plan, watch)
        try:
            keeper.keep(executor, work)
        finally:
            keeper.close()
        return keeper.outcome()


def manifest_of(plan: Compiled) -> dict[str, Any]:
    """Return what `sweep.json` says of a plan."""
    return {
        "name": plan.plan.name,
        "version": version_of("saldo"),
        "program": plan.program,
        "scenarios": {name: files.digest for name, files in plan.plan.scenarios.items()},
        "columns": columns_of(plan),
        "valued": sorted(plan.valued),
        "seed": plan.plan.seed,
        "replications": plan.plan.replications,
        "engine": plan.plan.engine,
        "rows": plan.rows,
        "rows_per_part": plan.plan.rows_per_part,
        "jobs": [
            {"name": job.name, "rows": job.rows, "parts": job.parts, "scenario": job.scenario, "settings": job.settings}
            for job in plan
        ],
    }


def columns_of(plan: Compiled) -> list[str]:
    """Return the names of the columns of the rows."""
    return ["row", "scenario", *plan.plan.keys, *plan.plan.figures]


def rows_of(job: Job, part: int, figures: Figures, most: int | None = None) -> pd.DataFrame:
    """Return the rows of a part, or so many at most: number, scenario, what was set, and the figures."""
    plan, positions = job.plan, job.positions(part)[:most]
    columns: dict[str, Any] = {
        "row": job.row_numbers(part)[:most],
        "scenario": pd.array([job.scenario] * len(positions), dtype="string"),
    }
    for block, steps in zip(plan.plan.blocks, job.steps, strict=True):
        points = steps.points(positions)
        for key in block.keys:
            number = plan.is_number(key)
            columns[key] = block.numbers(key, points) if number else pd.array(block.texts(key, points), dtype="string")
    columns |= {name: np.asarray(figures[name], dtype=np.float64) for name in plan.plan.figures}
    return pd.DataFrame(columns)


def _begin(store: Store, plan: Compiled, watch: Watch, *, resume: bool) -> None:
    """Write what is swept; say what has changed since a sweep in the folder was begun."""
    try:
        before = store.manifest()
    except RunError:  # the manifest alone is damaged: it is made again, and every part is known by its own name
        before = None
    if before is not None and not resume:
        message = "holds a sweep already; go on with it by --resume, or choose another folder"
        raise InputError.one(message, str(store.folder), "--out")
    store.clear_scraps()
    now = manifest_of(plan)
    changed = _changed(before, now) if before else []
    if changed:
        kept = {job["name"] for job in before["jobs"]} & {job["name"] for job in now["jobs"]} if before else set()
        watch.said(
            f"changed since this sweep was begun: {', '.join(changed)}; "
            f"{len(kept)} of {len(now['jobs'])} jobs are the same, all others are made anew"
        )
    store.keep_manifest(now, plan.plan.text)


def _changed(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Return in words what two manifests do not share."""
    scenarios = [
        f"the scenario {name} or a file that it leads to"
        for name, digest in now["scenarios"].items()
        if before.get("scenarios", {}).get(name, digest) != digest
    ]
    program = ["the program or its facts"] if before.get("program") != now["program"] else []
    same_jobs = [job["name"] for job in before["jobs"]] == [job["name"] for job in now["jobs"]]
    plan = [] if same_jobs or scenarios or program else ["the plan"]
    return [*plan, *scenarios, *program]


class _Keeper:
    """Hands out what is missing, and keeps what comes back."""

    def __init__(self, store: Store, plan: Compiled, watch: Watch) -> None:
        self.store, self.plan, self.watch = store, plan, watch
        self.jobs = {job.number: job for job in plan}
        names = (name_of(job.name, part) for job in self.jobs.values() for part in range(job.parts))
        self.whole, damaged = store.sound(names)
        if damaged:
            watch.said(f"{len(damaged)} finished parts were cut short or altered; they are made again")
        self.aside: dict[int, str] = {}
        self.made = 0
        self.writer = PartWriter(store.parts)

    def keep(self, executor: Executor, work: Work) -> None:
        missing = sum(job.rows for job in self.jobs.values()) - self._rows_kept()
        self.watch.begun(missing)
        if not missing:
            return
        with closing(executor.run(self._orders(), work)) as events:  # type: ignore[type-var]  # a generator
            for event in events:
                if isinstance(event, Made):
                    self._keep(self.jobs[event.number], event.part, event.figures)
                else:
                    self.aside[event.number] = event.why
                    self.store.note({"aside": self.jobs[event.number].name, "why": event.why})

    def _orders(self) -> Iterator[Order]:
        before = self.store.journal().aside
        for job in self.jobs.values():
            parts = tuple(part for part in range(job.parts) if name_of(job.name, part) not in self.whole)
            if parts:
                if job.name in before:
                    self.store.note({"again": job.name})
                yield Order(job.task(), parts)

    def _keep(self, job: Job, part: int, figures: Figures) -> None:
        name = name_of(job.name, part)
        frame = rows_of(job, part, figures)
        with undisturbed():  # Ctrl-C leaves no part without its line, which would be made again
            digest = self.writer.write(name, frame)
            self.store.note({"part": name, "sha256": digest})
        self.whole.add(name)
        rows = len(job.positions(part))
        self.made += rows
        self.watch.rows(rows)

    def _rows_kept(self) -> int:
        return sum(
            len(job.positions(part))
            for job in self.jobs.values()
            for part in range(job.parts)
            if name_of(job.name, part) in self.whole
        )

    def outcome(self) -> Outcome:
        """Return how it ended."""
        aside = {said_of(self.jobs[number]): why for number, why in self.aside.items()}
        return Outcome(self.plan.rows, self._rows_kept(), self.made, aside)

    def close(self) -> None:
        """Close what writes."""
        self.writer.close()


def said_of(job: Job) -> str:
    """Return a job in words: its number, scenario and settings."""
    settings = ", ".join(f"{key}={text}" for key, text in job.settings.items())
    return f"job {job.number + 1} ({job.scenario}{': ' if settings else ''}{settings})"
