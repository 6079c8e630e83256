"""The journal of a case: what was done, one file an entry, never changed. All else of a case follows from it.

An entry is written beside and then linked to its name, which fails where somebody else has written an entry of the same
number: nothing is overwritten and nothing is lost. Each entry carries a hash of itself and of the one before, so an
entry that was edited, left out or put in is found.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from simulator.case.folder import CaseFolder, aside
from simulator.case.heading import SAYS
from simulator.errors import Fault, InputError, RunError
from simulator.results.save import now

FILE = re.compile(r"(\d{4,})-([a-z-]+)\.json")
KINDS = ("opened", "answered", "checked", "cleared", "sent", "withdrawn", "predicted", "scored", "taken-over")
OF_THE_SYSTEM = ("Thumbs.db", "desktop.ini")
"""Files that Windows puts into folders."""
FIELDS = ("saldo", "number", "kind", "at", "by", "version", "previous", "said", "digest")
CLOCKS_APART = timedelta(minutes=2)
"""Clocks of two machines may differ by so much."""


@dataclass(frozen=True)
class Entry:
    """One thing that was done.

    Attributes:
        number: Its number, from 1.
        kind: What it was, one of `KINDS`.
        at: When, in UTC.
        by: Who did it.
        version: The version that it is about; 0 where it is about the case.
        said: What else is to be known of it.
        digest: Hash of the entry.
    """

    number: int
    kind: str
    at: datetime
    by: str
    version: int
    said: Mapping[str, Any]
    digest: str

    @property
    def file(self) -> str:
        """Name of its file."""
        return f"{self.number:04d}-{self.kind}.json"


def read_journal(case: CaseFolder) -> tuple[Entry, ...]:
    """Return the entries of a case in order, having checked that none was changed and none is missing.

    Raises:
        InputError: The journal is not as it was written; with all faults.
    """
    faults: list[Fault] = []
    found: dict[int, Path] = {}
    for path in _files(case):
        match = FILE.fullmatch(path.name)
        if match is None:
            if not path.name.startswith(".") and path.name not in OF_THE_SYSTEM:
                faults.append(_fault(path, "is no entry of the journal; take it out of the folder"))
        elif int(match[1]) in found:
            faults.append(_fault(path, f"has the number of {found[int(match[1])].name}; keep the one that is right"))
        else:
            found[int(match[1])] = path
    missing = sorted(set(range(1, max(found, default=0) + 1)) - set(found))
    if missing or not found:
        told = ", ".join(f"{number:04d}" for number in missing[:5]) or "0001"
        message = f"entry {told} is missing: the case was copied in part; copy the whole folder again"
        faults.append(_fault(case.journal, message))
    entries = _entries(found, faults)
    if faults:
        raise InputError(faults)
    return tuple(entries)


def _entries(found: Mapping[int, Path], faults: list[Fault]) -> list[Entry]:
    entries: list[Entry] = []
    previous = ""
    for number in sorted(found):
        entry = _read(found[number], number, previous, faults)
        previous = entry.digest if entry is not None else ""
        if entry is not None:
            entries.append(entry)
    return entries


def _read(path: Path, number: int, previous: str, faults: list[Fault]) -> Entry | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as wrong:
        faults.append(_fault(path, f"cannot be read: {wrong.strerror or wrong}"))
        return None
    except ValueError as wrong:
        line = getattr(wrong, "lineno", 0)
        faults.append(
            Fault(str(path), line, 1 if line else 0, "", "is not readable as JSON; put back the copy of the file")
        )
        return None
    fault = _fault_of(content, number, previous)
    if fault:
        faults.append(_fault(path, fault))
        return None
    return Entry(
        number,
        content["kind"],
        _moment(content["at"]),
        content["by"],
        content["version"],
        content["said"],
        content["digest"],
    )


def _fault_of(content: Any, number: int, previous: str) -> str:
    """Return what is wrong with the content of an entry; empty where nothing is."""
    if not isinstance(content, dict) or type(content.get("saldo")) is not int:
        return "is not an entry of a journal; put back the copy of the file"
    if content["saldo"] > SAYS:
        return f"was written by a later saldo ({content['saldo']}); this one reads up to {SAYS}: install the newer one"
    if sorted(content) != sorted(FIELDS) or content["digest"] != digest_of(content):
        return "was changed after it was written; put back the copy of the file (from git, or the backup of the drive)"
    if content["number"] != number:
        return f"is entry {content['number']}; give it back its name"
    if previous and content["previous"] != previous:
        return f"does not follow entry {number - 1:04d}: one of the two was put in; put back the copy of the file"
    return ""


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the hash of the content of an entry."""
    told = json.dumps(
        {key: content[key] for key in sorted(content) if key != "digest"}, sort_keys=True, ensure_ascii=False
    )
    return hashlib.sha256(told.encode()).hexdigest()


def moment_after(entries: tuple[Entry, ...], *, clock_is_right: bool = False) -> datetime:
    """Return the time of a new entry: now, or that of the last entry where the clocks of two machines differ a little.

    Args:
        entries: The journal.
        clock_is_right: Whether somebody says that the clock of this machine is right all the same.

    Raises:
        InputError: The clock was set back.
    """
    moment = now().replace(microsecond=0)
    latest = entries[-1] if entries else None  # where a clock was right all the same, it counts from then on
    last = latest.at if latest else moment
    if moment >= last:
        return moment
    if last - moment <= CLOCKS_APART or clock_is_right:
        return last if last - moment <= CLOCKS_APART else moment
    assert latest is not None, "an empty journal has no later time"
    message = (
        f"the clock of this machine says {_local(moment)}, but entry {latest.file} was written at {_local(last)} by "
        f"{latest.by}; set the clock, or say --clock-is-right where the other machine's was wrong"
    )
    raise InputError.one(message, "clock")


def write_entry(case: CaseFolder, entries: tuple[Entry, ...], entry: Entry) -> Entry:
    """Write an entry behind the others, whole or not at all, and return it with its hash.

    Args:
        case: The case.
        entries: The journal as it was read.
        entry: The entry; its hash is worked out here.

    Raises:
        RunError: Somebody else has written an entry of this number, or the folder cannot be written.
    """
    assert entry.number == len(entries) + 1, "an entry follows the last one"
    assert entry.kind in KINDS, "an entry is of a known kind"
    content = _content(entry, entries[-1].digest if entries else "")
    digest = digest_of(content)
    text = json.dumps({**content, "digest": digest}, indent=1, ensure_ascii=False) + "\n"
    _refuse_taken(case, entry.number)
    target = case.journal / entry.file
    beside = aside(target)
    try:
        _write_through(beside, text)
        _give_name(beside, target)
        sync_folder(case.journal)
    except FileExistsError:
        raise RunError(TAKEN.format(entry.file)) from None
    except OSError as wrong:
        raise RunError(f"{target} could not be written: {wrong.strerror or wrong}; nothing was changed") from wrong
    finally:
        _forget(beside)
    return Entry(entry.number, entry.kind, entry.at, entry.by, entry.version, content["said"], digest)


def _content(entry: Entry, previous: str) -> dict[str, Any]:
    """Return an entry as it stands in its file, but for its hash."""
    return {
        "saldo": SAYS,
        "number": entry.number,
        "kind": entry.kind,
        "at": entry.at.isoformat(timespec="seconds"),
        "by": entry.by,
        "version": entry.version,
        "previous": previous,
        "said": json.loads(json.dumps(entry.said, ensure_ascii=False)),
    }


TAKEN = "{} is there already: somebody has worked in the case in the meantime; nothing is lost, run it again"


def _refuse_taken(case: CaseFolder, number: int) -> None:
    """Refuse a number that an entry of another kind has taken meanwhile."""
    taken = next((path.name for path in _files(case) if path.name.startswith(f"{number:04d}-")), None)
    if taken is not None:
        raise RunError(TAKEN.format(taken))


def _files(case: CaseFolder) -> list[Path]:
    try:
        return sorted(case.journal.iterdir())
    except OSError as wrong:
        raise InputError.one(
            f"cannot be read: {wrong.strerror or wrong}; is the drive there?", str(case.journal)
        ) from wrong


def _write_through(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _give_name(beside: Path, target: Path) -> None:
    """Give a file its name, and fail where there is one of this name already."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except OSError:
        # A drive without hard links; the lock of the case keeps others away meanwhile.
        if target.exists():
            raise FileExistsError(target) from None
        beside.rename(target)


def sync_folder(folder: Path) -> None:
    """Have the names of a folder written to its drive, where the system lets one ask for it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network drives refuse it; the entry is whole all the same
    finally:
        os.close(handle)


def _forget(path: Path) -> None:
    with contextlib.suppress(OSError):  # where the drive is gone: the name begins with a dot and is no entry
        path.unlink(missing_ok=True)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"


def _fault(path: Path, message: str) -> Fault:
    return Fault(str(path), 0, 0, "", message)
