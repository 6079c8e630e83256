"""A folder that appears whole or not at all: written aside, then given its name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from simulator.errors import InputError, RunError
from simulator.scenario.resolved import KEPT_SERIES

OUTPUTS = Path("outputs")
MANIFEST = "manifest.json"
OWN = frozenset(
    {MANIFEST, "scenario.resolved.yaml", "headline.json", "tables", "figures", "log.txt", "tabeller.xlsx", KEPT_SERIES}
)
"""What a run writes at the top of its folder; briefs beside."""


def free_folder(out: Path | None, scenario: str, run_id: str) -> Path:
    """Return the folder to write to: the one that was asked for, or a new one below `outputs`."""
    if out is not None:
        return out
    below, number = OUTPUTS / scenario, 1
    while (below / (run_id if number == 1 else f"{run_id}-{number}")).exists():
        number += 1
    return below / (run_id if number == 1 else f"{run_id}-{number}")


def id_of(moment: datetime, digest: str) -> str:
    """Return a run id, legal as a file name everywhere: date, time and a short hash of what was run."""
    return f"{moment:%Y-%m-%d-%H%M%S}-{digest[:6]}"


def refuse_unless_free(folder: Path, *, force: bool) -> None:
    """Check before any work that a folder can be written.

    Raises:
        InputError: It is a file, it is not empty and `--force` was not given, or it cannot be written.
    """
    if folder.is_symlink() and not folder.exists():
        raise InputError.one("is a link to nothing; choose another folder", str(folder), "--out")
    if folder.exists() and not folder.is_dir():
        raise InputError.one("is a file; give a folder that does not exist or is empty", str(folder), "--out")
    if folder.is_dir() and any(folder.iterdir()) and not force:
        raise InputError.one(
            "is not empty; choose another folder, or replace the run in it with --force", str(folder), "--out"
        )
    parent = next(above for above in folder.absolute().parents if above.exists())
    if not parent.is_dir():
        raise InputError.one(f"cannot be made: {parent} is a file", str(folder), "--out")
    if not os.access(parent, os.W_OK):
        raise InputError.one(f"cannot be made: {parent} cannot be written to", str(folder), "--out")


@contextmanager
def whole_folder(folder: Path, *, force: bool) -> Iterator[Path]:
    """Give a folder to write into; when the block ends well it takes the name `folder`, else nothing is left.

    Files in an old folder that no run wrote are kept.

    Args:
        folder: The name that it takes.
        force: Whether it may take the place of a run.

    Raises:
        InputError: The folder is not free.
        RunError: It cannot be written.
    """
    refuse_unless_free(folder, force=force)
    folder = folder.resolve()
    made = _make_parents(folder)
    aside = folder.with_name(f".{folder.name}.writing-{os.getpid()}")
    done = False
    try:
        aside.mkdir()
        yield aside
        _take_place(aside, folder)
        done = True
    except OSError as wrong:
        raise RunError(f"{folder} could not be written: {wrong.strerror or wrong}") from wrong
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        if not done:
            for parent in reversed(made):
                _remove_if_empty(parent)


def _make_parents(folder: Path) -> list[Path]:
    """Make the folders above, and return those that were not there, the uppermost first."""
    missing = [parent for parent in reversed(folder.parents) if not parent.exists()]
    for parent in missing:
        parent.mkdir(exist_ok=True)
    return missing


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _take_place(aside: Path, folder: Path) -> None:
    if not folder.exists():
        aside.rename(folder)
        return
    old = folder.with_name(f".{folder.name}.replaced-{os.getpid()}")
    folder.rename(old)
    try:
        aside.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    for entry in old.iterdir():
        if entry.name not in OWN and not entry.name.startswith("brief.") and not (folder / entry.name).exists():
            entry.rename(folder / entry.name)
    shutil.rmtree(old, ignore_errors=True)
