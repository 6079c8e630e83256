"""What can be opened: scenario files, kept runs and sweeps below the folder in which the page was started."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from simulator.errors import InputError
from simulator.facts.files import is_file, is_folder
from simulator.scenario.sources import scenario_file

Kind = Literal["scenario", "run", "sweep"]


@dataclass(frozen=True)
class Options:
    """What `saldo explore` was told of how to run; as the scenario says where None.

    Attributes:
        seed: Seed of all chance.
        replications: Number of draws of events.
        draws: Number of draws of uncertain values.
        engine: Name of the engine.
    """

    seed: int | None = None
    replications: int | None = None
    draws: int | None = None
    engine: str = "fast"


@dataclass(frozen=True)
class Base:
    """Something that was opened.

    Attributes:
        id: Its name on the page: its path from the folder in which the page was started, or `upload-` and a hash.
        kind: What it is.
        path: The scenario file that is read.
        digest: Hash of the text of that file.
        sets: Settings that the command line laid over it.
        asked: How it is run.
        folder: Folder of the run or sweep; None of a scenario.
    """

    id: str
    kind: Kind
    path: Path
    digest: str
    sets: tuple[str, ...] = ()
    asked: Options = field(default_factory=Options)
    folder: Path | None = None


def base_of(path: Path, name: str, options: Options | None = None, sets: tuple[str, ...] = ()) -> Base:
    """Return a scenario file or a run folder, opened.

    A run is run again with the seed, replications, draws and engine that it was made with, unless told otherwise.

    Args:
        path: The file or folder.
        name: Its name on the page.
        options: How to run it.
        sets: Settings laid over it.

    Raises:
        InputError: It is neither, or cannot be read.
    """
    file = scenario_file(path)
    if not is_file(file):
        raise InputError.one("there is no such file", str(path))
    try:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as wrong:
        raise InputError.one(f"cannot be read: {wrong.strerror}", str(file)) from wrong
    asked = options or Options()
    if not is_folder(path):
        return Base(name, "scenario", file, digest, sets, asked)
    return Base(name, "run", file, digest, sets, _as_run(path, asked), path)


def _as_run(folder: Path, asked: Options) -> Options:
    """Return how a kept run was run, where nothing else is asked for."""
    try:
        made = json.loads((folder / "headline.json").read_text(encoding="utf-8"))
        seed, replications, draws = (int(made[name]) for name in ("seed", "replications", "draws"))
        engine = str(made["engine"])
    except (OSError, ValueError, TypeError, KeyError) as wrong:
        raise InputError.one("is not a run that can be read", str(folder)) from wrong
    return Options(
        seed if asked.seed is None else asked.seed,
        (replications or None) if asked.replications is None else asked.replications,
        draws if asked.draws is None else asked.draws,
        engine if replications else asked.engine,
    )
