"""Runs a kept run again from its own folder: scenario and plan as its record says, into another folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from simulator.errors import InputError
from simulator.plan import CONTROL, Plan, plan_of, with_draws
from simulator.report import write_documents
from simulator.results.dictionary import DRIVEN, ON_REQUEST
from simulator.results.folder import MANIFEST, id_of
from simulator.results.keep import keep_results
from simulator.results.masks import masked
from simulator.results.read import KeptRun
from simulator.results.record import Occasion, digest_of, record_of, seal
from simulator.results.run import Run
from simulator.results.save import log_text
from simulator.scenario import Scenario, read_scenario
from simulator.scenario.sources import RESOLVED
from simulator.uncertainty.knowledge import Ready
from simulator.uncertainty.unknowns import Unknowns

TAKEN_OVER = {
    "run_id": "date and time of the run; the hash at its end is checked",
    "time": "when the run was made",
    "command": "what was typed",
    "scenario_file": "where the scenario lay",
    "layers": "names of the files that the scenario was laid together from",
    "settings": "settings that were typed; the scenario in full holds what they set",
    "version": "of the program",
    "commit": "of the program",
    "python": "version of Python",
    "packages": "versions of the packages",
    "platform": "the machine",
}
"""What stands in the record and a second run cannot have in common with the first, and what it is."""


@dataclass(frozen=True)
class Recipe:
    """What a kept run says of how it was made.

    Attributes:
        kept: The kept run.
        scenario: Its scenario, read from its folder.
        plan: How it was run.
        documents: Whether figures and briefs were made.
        drives: Whether it was asked what drives it.
    """

    kept: KeptRun
    scenario: Scenario
    plan: Plan
    documents: bool
    drives: bool

    def ready(self) -> Ready:
        """Return the run, ready to be made."""
        return Ready(self.scenario, self.plan, drives=self.drives)


def recipe_of(kept: KeptRun, jobs: Callable[[Scenario, str], int], facts: Path | None = None) -> Recipe:
    """Return how a kept run was made.

    Args:
        kept: The kept run.
        jobs: Gives the number of threads or processes for a scenario and an engine.
        facts: The facts file with the numbers that a run with confidential values does not hold.

    Raises:
        InputError: Its record does not say it, or this program cannot read its scenario.
    """
    record = kept.record
    _refuse_incomplete(kept)
    read = read_scenario(kept.folder / RESOLVED, facts=facts, discreet=True)
    layers = tuple(str(name) for name in record["layers"])
    scenario = replace(read, layers=layers, path=str(record["scenario_file"]))
    engine, files = str(record["engine"]), _files(kept)
    log = any(f"tables/{name}.parquet" in files for name in ON_REQUEST)
    replications = None if engine == CONTROL else int(record["replications"])
    plan = plan_of(scenario, int(record["seed"]), replications, engine, log, jobs(scenario, engine))
    plan = with_draws(plan, scenario, int(record["draws"]))
    documents = any(name.startswith(("brief", "figures/")) for name in files)
    return Recipe(kept, scenario, plan, documents, any(f"tables/{name}.csv" in files for name in DRIVEN))


def _files(kept: KeptRun) -> set[str]:
    """Return the files of a run: those that its record lists, and those that are there."""
    listed = kept.record.get("files")
    there = {path.relative_to(kept.folder).as_posix() for path in kept.folder.rglob("*") if path.is_file()}
    return there | set(listed if isinstance(listed, Mapping) else ())


def _refuse_incomplete(kept: KeptRun) -> None:
    record = kept.record
    whole = all(type(record.get(name)) is int for name in ("seed", "replications", "draws"))
    told = isinstance(record.get("engine"), str) and isinstance(record.get("layers"), list)
    times = record.get("time")
    if not (whole and told and "scenario_file" in record and isinstance(times, Mapping) and _moments(times)):
        message = (
            "must say how the run was made: seed, replications, draws, engine, layers, scenario_file and time; "
            "run the scenario again"
        )
        raise InputError.one(message, str(kept.folder / MANIFEST))


def _moments(times: Mapping[str, Any]) -> bool:
    try:
        return all(datetime.fromisoformat(str(times[name])) for name in ("started", "ended"))
    except (KeyError, ValueError):
        return False


def made_again(recipe: Recipe, folder: Path, step: Callable[[], None]) -> Run:
    """Make a run again, write it into an empty folder, and return it.

    What a second run cannot have in common with the first is taken from the record, so that documents that tell of it
    are the same.

    Args:
        recipe: How the run was made.
        folder: An empty folder.
        step: Called after each replication.

    Raises:
        InputError: The facts of this program do not cover the period.
        RunError: A law is broken.
    """
    ready, kept = recipe.ready(), recipe.kept.record
    run = ready.run(step)
    if ready.drives:
        unknowns = Unknowns(recipe.scenario, recipe.plan)
        run = run.with_tables({**ready.driving().tables(), **unknowns.tables()})
    run = masked(run)
    started, ended = (_utc(kept["time"][name]) for name in ("started", "ended"))
    occasion = Occasion(str(kept["command"]), tuple(kept["settings"]), started, ended)
    made = record_of(run, id_of(started, digest_of(run)), occasion)
    record = {**made, **{name: kept[name] for name in TAKEN_OVER if name in kept}}
    keep_results(run, folder)
    (folder / MANIFEST).write_text(json.dumps(record), encoding="utf-8")
    (folder / "log.txt").write_text(log_text(run, occasion), encoding="utf-8", newline="\n")
    if recipe.documents:
        write_documents(folder)
    seal(folder, record)
    return run


def _utc(written: object) -> datetime:
    moment = datetime.fromisoformat(str(written))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def id_hash(run: Run) -> str:
    """Return the hash that ends the id of a run."""
    return id_of(datetime(1, 1, 1, tzinfo=UTC), digest_of(run)).rpartition("-")[2]
