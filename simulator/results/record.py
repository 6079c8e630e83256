"""The record of a run: what made it, from which sources, and the hash of every file."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from simulator.facts.read import sources
from simulator.results.folder import MANIFEST
from simulator.results.keep import write_json
from simulator.results.run import Run
from simulator.scenario import Scenario
from simulator.scenario.confidential import confidential_keys, secrets_of, setting_kept
from simulator.scenario.resolved import identity

PACKAGES = ("numpy", "pandas", "simpy", "duckdb", "matplotlib", "typst", "python-docx", "xlsxwriter")
"""Packages whose version can move a figure or the bytes of a document."""
COMMAND_NOT_KEPT = "(not kept: the run has confidential values)"
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Occasion:
    """When and how a run was made.

    Attributes:
        command: What was typed or called.
        sets: Settings laid over the scenario.
        started: Start.
        ended: End of the simulation.
    """

    command: str
    sets: Sequence[str]
    started: datetime
    ended: datetime


def digest_of(run: Run) -> str:
    """Return a hash of what was run: scenario, seed, replications, engine and draws."""
    asked = run.asked
    text = f"{identity(run.scenario)}\n{asked.seed} {asked.replications} {asked.engine} {asked.draws}"
    return hashlib.sha256(text.encode()).hexdigest()


def record_of(run: Run, run_id: str, occasion: Occasion) -> dict[str, Any]:
    """Return the content of `manifest.json`, but for the hashes of the files."""
    scenario = run.scenario
    known = scenario.sections.known_as_of
    return {
        "run_id": run_id,
        "scenario": scenario.name,
        "scenario_file": scenario.path,
        "layers": list(scenario.layers),
        "settings": settings_kept(scenario, occasion.sets),
        "command": command_kept(scenario, occasion),
        "version": version_of("saldo"),
        "commit": commit(),
        "python": platform.python_version(),
        "packages": {name: version_of(name) for name in PACKAGES},
        "platform": platform.platform(terse=True),
        "seed": run.asked.seed,
        "replications": run.asked.replications,
        "draws": run.asked.draws,
        "engine": run.asked.engine,
        "register_in_force": scenario.sections.register_.in_force,
        "known_as_of": known.isoformat() if known else None,
        "time": {
            "started": occasion.started.isoformat(timespec="seconds"),
            "ended": occasion.ended.isoformat(timespec="seconds"),
        },
        "sources": sources_of(run),
        "files": {},
    }


def settings_kept(scenario: Scenario, sets: Sequence[str]) -> list[str]:
    """Return settings as a record may keep them: none with a confidential number."""
    keys = confidential_keys(scenario)
    return [setting_kept(one, keys, secrets_of(scenario)) for one in sets] if keys else list(sets)


def command_kept(scenario: Scenario, occasion: Occasion) -> str:
    """Return the command as a record may keep it; of a run with confidential values none of its words."""
    return COMMAND_NOT_KEPT if scenario.confidential and occasion.command else occasion.command


def sources_of(run: Run) -> dict[str, dict[str, str]]:
    """Return the sources that the tables name, by id."""
    named = {part.strip() for text in run.tables["calendar"]["source"] for part in str(text).split(";")}
    named |= set(run.tables["assumptions"]["source"]) | set(run.tables["steps"]["source"])
    named |= {rule.source for arm in run.scenario.arms for rule in arm.sections.attendance.rules}
    known = sources()
    return {
        name: {"title": known[name].title, "url": known[name].url, "date": known[name].date}
        for name in sorted(named & set(known))
    }


def seal(folder: Path, record: dict[str, Any]) -> None:
    """Write the record with the hash of every other file of the folder."""
    write_json(folder / MANIFEST, {**record, "files": hashes(folder)})


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a run folder but the record, by its path with forward slashes."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def version_of(name: str) -> str | None:
    """Return the version of an installed distribution; None where it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def commit() -> str | None:
    """Return the commit of the program's own source folder, with `-dirty` where it was changed; None without git."""
    if not (ROOT / ".git").exists():
        return None
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    quiet = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False, env=quiet)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found.stdout.strip() or None if found.returncode == 0 else None
