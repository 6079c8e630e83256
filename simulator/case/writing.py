"""Writes files and folders of a case so that a reader sees them as before or as after, never in between."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator.case.folder import ASIDE, CaseFolder, aside
from simulator.errors import InputError, RunError

TRIED = (".lock.", ".lock-at-work.", ".clock.")
"""How the names begin of what is written to take a lock, which takes a moment."""
LEFT_SECONDS = 120
"""What was not touched for so long was left by a command that was ended."""


def write_whole(path: Path, text: str) -> None:
    """Write a text beside its file and move it into place.

    Raises:
        RunError: It cannot be written.
    """
    beside = aside(path)
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as wrong:
        raise RunError(f"{path} could not be written: {wrong.strerror or wrong}") from wrong
    finally:
        _remove_quietly(beside)


@contextmanager
def new_folder(folder: Path, *, replaces: bool = True) -> Iterator[Path]:
    """Give a folder to write into that takes its name when the block ends well; else nothing is left.

    Args:
        folder: The name that it takes.
        replaces: Whether a folder of this name goes; else it is refused.

    Raises:
        RunError: It cannot be written.
    """
    beside = aside(folder)
    try:
        folder.parent.mkdir(exist_ok=True)  # not what is above: where a drive is gone, nothing is made in its place
        beside.mkdir()
        yield beside
        if folder.exists() and not replaces:
            raise RunError(f"{folder} is there: somebody has worked in the case in the meantime; run it again")
        _take_place(beside, folder)
    except OSError as wrong:
        raise RunError(f"{folder} could not be written: {wrong.strerror or wrong}") from wrong
    except InputError as wrong:
        if beside.is_dir():
            raise
        raise RunError(
            f"{folder} could not be written: the drive is gone; nothing was changed, run it again"
        ) from wrong
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _take_place(beside: Path, folder: Path) -> None:
    if not folder.exists():
        beside.rename(folder)
        return
    old = aside(folder)
    folder.rename(old)
    beside.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def remove_leavings(case: CaseFolder) -> None:
    """Remove what commands that were ended left half written; only who holds the lock of the case may."""
    for path in _below(case.path):
        if path.name.startswith(TRIED) and _older(path, case):
            remove(path)
    places = [case.path, case.versions, case.journal, *_below(case.versions)]
    for place in places:
        for path in _below(place):
            if path.name.startswith(".") and ASIDE in path.name:
                remove(path)


def _older(path: Path, case: CaseFolder) -> bool:
    """Return whether a file was left before the case was locked: who still tries to lock it writes such files too."""
    try:
        return case.lock.stat().st_mtime - path.stat().st_mtime > LEFT_SECONDS
    except OSError:
        return False


def remove(path: Path) -> None:
    """Remove a file or a folder with all that is in it; documents that were sent may be read-only."""
    if path.is_dir() and not path.is_symlink():
        for below in path.rglob("*"):
            if below.is_file():
                below.chmod(0o644)
        shutil.rmtree(path, ignore_errors=True)
    else:
        _remove_quietly(path)


def files_in(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a folder by name; none where there is no folder."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in _below(folder) if path.is_file()}


def _below(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _remove_quietly(path: Path) -> None:
    with contextlib.suppress(OSError):  # where the drive is gone: its name begins with a dot, nobody reads it
        path.unlink(missing_ok=True)
