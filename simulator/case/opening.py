"""Opens a case: its folder appears whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from simulator.case.folder import ASIDE, CaseFolder, aside, refuse_name
from simulator.case.heading import Heading, heading_of, heading_text
from simulator.case.issued import write_issued
from simulator.case.journal import Entry, write_entry
from simulator.case.state import state_of
from simulator.case.writing import LEFT_SECONDS, remove
from simulator.errors import InputError, RunError
from simulator.facts.tree import Table, read_file
from simulator.results.save import now
from simulator.scenario import read_scenario
from simulator.scenario.versions import PRESENT

TAKEN = "there is a case `{}` already; give another name"
NAMES_FILES = ("extends", "facts", "register")
"""Keys by which a scenario names other files: it is extended where it stands, not copied."""


def open_case(cases: Path, name: str, by: str, texts: Mapping[str, str], roles: Mapping[str, str]) -> CaseFolder:
    """Make the folder of a new case and return it.

    Args:
        cases: The folder of cases; made where it is not there.
        name: Name of the case.
        by: Who opens it; the analyst where none is named.
        texts: Question, asker, file number, deadline, subject, recipient, and the scenario that it begins with.
        roles: Who has which role.

    Raises:
        InputError: The name is taken or not allowed, something is missing, or the scenario is wrong.
        RunError: The folder cannot be written.
    """
    refuse_name(name)
    target = CaseFolder(cases / name)
    if target.path.exists():
        raise InputError.one(TAKEN.format(name), str(target.path))
    source = Path(texts["scenario"])
    scenario = read_scenario(source, discreet=True)
    heading = heading_of(
        {**texts, "scenario": ""}, {"analyst": by, **{role: who for role, who in roles.items() if who}}
    )
    heading = replace(heading, subject=heading.subject or scenario.name)
    made = CaseFolder(aside(target.path))
    try:
        cases.mkdir(parents=True, exist_ok=True)
        for folder in (made.path, made.journal, made.versions):
            folder.mkdir()
        _remove_leavings(made, target)
        _write(made, target, heading, source)
        _begin(made, name, by, heading)
        _give_name(made, target)
    except OSError as wrong:
        raise RunError(f"{target.path} could not be written: {wrong.strerror or wrong}; nothing was made") from wrong
    finally:
        remove(made.path)
    return target


def _begin(made: CaseFolder, name: str, by: str, heading: Heading) -> None:
    """Write the first entry of the journal, and the register that follows from it."""
    said = {"name": name, "heading": heading.content()}
    entry = write_entry(made, (), Entry(1, "opened", now().replace(microsecond=0), by, 0, said, ""))
    write_issued(made, state_of((entry,)))


def _write(made: CaseFolder, target: CaseFolder, heading: Heading, source: Path) -> None:
    made.heading.write_text(heading_text(heading), encoding="utf-8", newline="\n")
    own = target.path / heading.scenario
    (made.path / heading.scenario).write_text(_scenario_text(source, own), encoding="utf-8", newline="\n")


def _scenario_text(source: Path, own: Path) -> str:
    """Return the scenario of the case: a copy, so that the case stands alone; one that names files is extended."""
    tree = read_file(source)
    series = tree.entries.get("infection")
    names_series = isinstance(series, Table) and "series" in series.entries
    if not names_series and not any(key in tree.entries for key in NAMES_FILES):
        return source.read_text(encoding="utf-8-sig")
    extends = Path(os.path.relpath(source.resolve(), own.parent.resolve())).as_posix()
    lines = (
        f"# The scenario of the case. Everything that is not set here is read from {extends}.",
        f"saldo: {PRESENT}",
        f"extends: {extends}",
        f"name: {read_scenario(source, discreet=True).name}",
    )
    return "\n".join(lines) + "\n"


def _remove_leavings(made: CaseFolder, target: CaseFolder) -> None:
    """Remove what a command that was ended left of a case of this name; one that is still at work keeps its own."""
    for path in target.path.parent.glob(f".{target.name}.{ASIDE}*"):
        with contextlib.suppress(OSError):
            if made.path.stat().st_mtime - path.stat().st_mtime > LEFT_SECONDS:
                remove(path)


def _give_name(made: CaseFolder, target: CaseFolder) -> None:
    if target.path.exists():
        raise InputError.one(TAKEN.format(target.name), str(target.path))
    try:
        made.path.rename(target.path)
    except OSError:
        if not target.path.exists():
            raise
        raise InputError.one(TAKEN.format(target.name), str(target.path)) from None
