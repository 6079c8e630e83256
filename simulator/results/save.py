"""Keeps a run: everything in one folder, which appears whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from simulator.results.folder import MANIFEST, free_folder, id_of, whole_folder
from simulator.results.keep import keep_results, write_json
from simulator.results.masks import masked
from simulator.results.record import Occasion, command_kept, digest_of, record_of, seal
from simulator.results.run import Run

Write: TypeAlias = Callable[[Path], object]
"""Writes documents into a run folder, from what stands in it."""


@dataclass(frozen=True)
class Place:
    """Where a run is kept.

    Attributes:
        out: The folder; None for a new one below `outputs`.
        force: Whether it may take the place of a run.
    """

    out: Path | None = None
    force: bool = False


def now() -> datetime:
    """Return the time, in UTC so that a run id means the same everywhere."""
    return datetime.now(UTC)


def save(run: Run, place: Place, occasion: Occasion, documents: Write | None = None) -> Run:
    """Write a run into its folder, and return it with the folder.

    Args:
        run: The run.
        place: Where it is kept.
        occasion: When and how it was made.
        documents: Writes brief and figures; None for none.

    Raises:
        InputError: The folder is not free.
        RunError: It cannot be written.
    """
    run = masked(run)
    run_id = id_of(occasion.started, digest_of(run))
    folder = free_folder(place.out, run.scenario.name, run_id)
    record = record_of(run, run_id, occasion)
    with whole_folder(folder, force=place.force) as aside:
        keep_results(run, aside)
        write_json(aside / MANIFEST, record)
        (aside / "log.txt").write_text(log_text(run, occasion), encoding="utf-8", newline="\n")
        if documents is not None:
            documents(aside)
        seal(aside, record)
    return run.kept_in(folder)


def log_text(run: Run, occasion: Occasion) -> str:
    """Return what happened, line by line, with the time at the start and the end."""
    asked = run.asked
    lines = [
        f"{occasion.started:%Y-%m-%d %H:%M:%S} UTC  {command_kept(run.scenario, occasion)}",
        f"scenario {run.scenario.name}, layers: {' < '.join(run.scenario.layers)}",
        f"engine {asked.engine}, seed {asked.seed}, {asked.replications} replications, {asked.draws} draws",
        *run.log,
        "parts add up to the whole",
        f"{occasion.ended:%Y-%m-%d %H:%M:%S} UTC  done",
    ]
    return "\n".join(lines) + "\n"
