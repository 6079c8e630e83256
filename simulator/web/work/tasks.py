"""Tasks: what a worker can do. A later kind does what the earlier ones do, with what is at hand of them."""

from __future__ import annotations

import json
import shlex
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from simulator import pipeline
from simulator.delivery.recorded import Recorded
from simulator.plan import CONTROL, FAST, Plan, jobs_of
from simulator.report import write_documents
from simulator.results import Run
from simulator.results.folder import id_of
from simulator.results.record import Occasion, digest_of
from simulator.results.save import Place, now, save
from simulator.scenario import Scenario
from simulator.uncertainty.knowledge import Ready, stop_rule_of
from simulator.uncertainty.making import Progress, driven
from simulator.uncertainty.unknowns import Unknowns
from simulator.uncertainty.worked import reading_of
from simulator.web.desk.delivered import Delivered
from simulator.web.position import Position, Reader
from simulator.web.work.job import DELIVER, KEEP, TELL, Task
from simulator.web.work.shelf import Shelf, name_of

RUNS_AT_HAND = 3
REPLICATIONS, TOLD, TABLES, DOCUMENTS = "replications", "told", "tables", "documents"
"""What is being done, as `work.yaml` names it."""


@dataclass
class Made:
    """A run that was made, and what made it.

    Attributes:
        ready: What made it.
        run: The run.
        driven: With the tables of what drives it; None until that is asked for.
    """

    ready: Ready
    run: Run
    driven: Run | None = None


@dataclass
class Bench:
    """What a worker has before it.

    Attributes:
        runs: Folder in which runs are kept.
        shelf: Deliveries.
        progress: Tells how far it has come.
        hand: Told the name of each delivery that lies on the shelf.
    """

    runs: Path
    shelf: Shelf
    progress: Progress
    hand: Callable[[str], None]
    _reader: Reader = field(default_factory=Reader)
    _made: OrderedDict[str, Made] = field(default_factory=OrderedDict)

    def do(self, task: Task) -> dict[str, Any]:
        """Return what comes of a task.

        Raises:
            InputError: The scenario, a setting or a number that was drawn is wrong.
            RunError: A law is broken, or the run cannot be written.
        """
        started = now()
        scenario = self._reader(task.position)
        plan = task.position.plan(scenario, jobs_of(scenario, task.position.base.asked.engine))
        told = self._told(task, scenario, plan)
        if task.kind == DELIVER:
            return {"delivery": task.delivery}
        made = self._run(task.position.key, scenario, plan, told)
        run = made.run if task.kind == TELL else self._driven(made)
        return self._kept(task, run, started)

    def _told(self, task: Task, scenario: Scenario, plan: Plan) -> Recorded | None:
        """Return what was recorded of the delivery of a task; None of the control, which delivers nothing."""
        if plan.engine == CONTROL:
            return None
        rule = stop_rule_of(scenario, plan)
        # How many replications a stop rule makes hangs on kroner too: such a record is good for its position alone.
        alone = "" if rule is None else task.position.key
        key = f"{task.delivery} {plan.engine} {plan.seed} {plan.replications} {alone}"
        delivered = self.shelf.get(key)
        if delivered is None:
            world = pipeline.prepare(scenario)
            with self.progress(plan.replications if rule is None else rule.maximum, REPLICATIONS) as step:
                recorded = pipeline.record(world, plan, step, None if rule is None else rule.more)
            delivered = Delivered(world, recorded, reading_of(scenario))
            self.shelf.put(key, delivered)
        self.hand(name_of(key))
        return delivered.told

    def _run(self, key: str, scenario: Scenario, plan: Plan, told: Recorded | None) -> Made:
        if key not in self._made:
            ready = Ready(scenario, plan, drives=True)
            with self.progress(ready.steps, TOLD) as step:
                run = ready.run(step, told)
            while len(self._made) >= RUNS_AT_HAND:
                self._made.popitem(last=False)
            self._made[key] = Made(ready, run)
        self._made.move_to_end(key)
        return self._made[key]

    def _driven(self, made: Made) -> Run:
        if made.driven is None:
            ready = made.ready
            made.driven = driven(made.run, ready, Unknowns(ready.scenario, ready.plan), self.progress)
        return made.driven

    def _kept(self, task: Task, run: Run, started: datetime) -> dict[str, Any]:
        """Keep a run in a folder of its own, with documents where they belong to it."""
        folder = _free(self.runs, id_of(started, digest_of(run)))
        occasion = Occasion(command_of(task.position, task.kind), task.position.settings, started, now())
        with self.progress(0, TABLES):
            kept = save(run, Place(folder), occasion, self._document if task.kind == KEEP else None)
        assert kept.folder is not None
        headline = json.loads((kept.folder / "headline.json").read_text(encoding="utf-8"))
        return {"run": folder.name, "headline": headline}

    def _document(self, folder: Path) -> None:
        with self.progress(0, DOCUMENTS):
            write_documents(folder)


def _free(below: Path, run_id: str) -> Path:
    """Return the folder of a new run, in one of the same name that goes with it and what is drawn of it later."""
    number, name = 1, run_id
    while (below / name).exists():
        number += 1
        name = f"{run_id}-{number}"
    return below / name / name


def command_of(position: Position, kind: str = KEEP) -> str:
    """Return the command that makes the run of a position.

    Args:
        position: The position.
        kind: What is made of it; documents and what drives it belong to all but what is only told.
    """
    base = position.base
    asked = {
        "--seed": base.asked.seed,
        "--replications": base.asked.replications,
        "--draws": base.asked.draws,
        "--engine": None if base.asked.engine == FAST else base.asked.engine,
    }
    options = [part for name, value in asked.items() if value is not None for part in (name, str(value))]
    sets = [part for one in position.settings for part in ("-S", one)]
    return shlex.join(["saldo", "run", str(base.path), *sets, *options, *(["--no-brief"] if kind == TELL else [])])
