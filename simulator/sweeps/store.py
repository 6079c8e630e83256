"""The folder of a sweep: which jobs it has, which of their parts are finished, and nothing that is half made.

- `sweep.json` says what is swept: the program, the plan, and the jobs by name. It is replaced whole.
- `plan.yaml` is a copy of the plan.
- `journal.jsonl` gets a line for each finished part, with the hash of its bytes, and for each job that was set aside.
- `parts/JOB-NUMBER.parquet` are the rows. A part counts only if its bytes have the hash of its line.
- `lock` keeps a second sweep out.

Parts are named by the hash of their job, so rows of another plan, scenario, fact or program never count as rows of
this one; they stay in the folder and count again when the plan does.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.errors import InputError, RunError
from simulator.sweeps.parts import digest_of, folder_to_disk, name_of, not_written, to_disk

MANIFEST, JOURNAL, PARTS, PLAN = "sweep.json", "journal.jsonl", "parts", "plan.yaml"


@dataclass(frozen=True)
class Journal:
    """What the journal says.

    Attributes:
        finished: Hash of the bytes of each finished part, by file name.
        aside: Why a job was set aside, by its name.
    """

    finished: dict[str, str] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)


class Store:
    """The folder of a sweep.

    Attributes:
        folder: The folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def parts(self) -> Path:
        """Folder of the part files."""
        return self.folder / PARTS

    def manifest(self) -> dict[str, Any] | None:
        """Return what is swept; None where nothing is yet.

        Raises:
            RunError: The file is damaged.
        """
        try:
            found = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as wrong:
            raise RunError(f"{self.folder / MANIFEST} cannot be read: {wrong}; go on with --resume") from wrong
        return found if isinstance(found, dict) else None

    def keep_manifest(self, content: dict[str, Any], plan_text: str) -> None:
        """Write what is swept.

        Raises:
            RunError: It cannot be written.
        """
        text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        for name, words in ((PLAN, plan_text), (MANIFEST, text)):
            aside = self.folder / f".{name}.writing"
            try:
                aside.write_text(words, encoding="utf-8", newline="\n")
                to_disk(aside)
                aside.replace(self.folder / name)
                folder_to_disk(self.folder)
            except OSError as wrong:
                aside.unlink(missing_ok=True)
                raise not_written(self.folder / name, wrong) from wrong

    def journal(self) -> Journal:
        """Return what the journal says; a line that was cut short says nothing."""
        found = Journal()
        try:
            lines = (self.folder / JOURNAL).read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return found
        for line in lines:
            _take_line(line, found)
        return found

    def note(self, entry: dict[str, str]) -> None:
        """Add a line to the journal and bring it to the disk.

        Raises:
            RunError: It cannot be written.
        """
        path = self.folder / JOURNAL
        try:
            # The line begins with a line feed, so that one that was cut short does not swallow it.
            with path.open("ab") as file:
                file.write(b"\n" + json.dumps(entry, ensure_ascii=False).encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as wrong:
            raise not_written(path, wrong) from wrong

    def sound(self, names: Iterable[str]) -> tuple[set[str], set[str]]:
        """Return which part files are finished and whole, and which are finished and damaged."""
        finished = self.journal().finished
        whole: set[str] = set()
        damaged: set[str] = set()
        for name in names:
            if name in finished:
                (whole if _has(self.parts / name, finished[name]) else damaged).add(name)
        return whole, damaged

    def clear_scraps(self) -> None:
        """Remove what a sweep was writing when it was killed."""
        for folder in (self.folder, self.parts):
            for scrap in folder.glob(".*.writing"):
                scrap.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make the folder of a sweep.

    Raises:
        InputError: It cannot be made or written.
    """
    try:
        (folder / PARTS).mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe.writing"
        probe.write_bytes(b"")
        probe.unlink(missing_ok=True)
    except FileExistsError as wrong:
        raise InputError.one(f"cannot be made: {wrong.filename or folder} is a file", str(folder), "--out") from wrong
    except OSError as wrong:
        raise InputError.one(f"cannot be written: {wrong.strerror}", str(folder), "--out") from wrong


def refuse_stranger(folder: Path) -> None:
    """Refuse a folder that holds anything but a sweep.

    Raises:
        InputError: It is a file, or holds something else.
    """
    if folder.exists() and not folder.is_dir():
        message = "is a file; give a folder that does not exist, is empty, or holds a sweep"
        raise InputError.one(message, str(folder), "--out")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / PARTS).is_dir():
        raise InputError.one("is not empty and holds no sweep; choose another folder", str(folder), "--out")


def opened(folder: Path) -> Store:
    """Return the store of a folder to read from.

    Raises:
        InputError: It holds no sweep.
    """
    if not (folder / MANIFEST).is_file():
        raise InputError.one("holds no sweep; give the folder that `saldo sweep PLAN --out DIR` wrote", str(folder))
    return Store(folder)


def part_names(manifest: dict[str, Any]) -> list[str]:
    """Return the file names of all parts of a sweep, in the order of its jobs."""
    return [name_of(job["name"], part) for job in manifest["jobs"] for part in range(job["parts"])]


def _take_line(line: str, found: Journal) -> None:
    try:
        entry = json.loads(line)
    except ValueError:
        return
    match entry:
        case {"part": str(name), "sha256": str(digest)}:
            found.finished[name] = digest
        case {"aside": str(name), "why": str(why)}:
            found.aside[name] = why
        case {"again": str(name)}:
            found.aside.pop(name, None)


def _has(path: Path, digest: str) -> bool:
    try:
        return digest_of(path) == digest
    except OSError:
        return False
