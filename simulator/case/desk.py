"""A case opened for work: its lock held, its journal checked, what was left half done removed; and how work ends."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from simulator.case.documents import refresh
from simulator.case.folder import VERSION, CaseFolder, case_named
from simulator.case.heading import Heading, read_heading
from simulator.case.issued import faults_of_issued, refuse_copy, write_issued
from simulator.case.journal import Entry, moment_after, read_journal, write_entry
from simulator.case.lock import Holder, Lock, hold, locked
from simulator.case.state import State, Version, state_of
from simulator.case.status import BEFORE, STEP_BEFORE, Status, shown
from simulator.case.writing import remove, remove_leavings
from simulator.errors import Fault, InputError, RunError
from simulator.results.folder import MANIFEST


@dataclass(frozen=True)
class Asked:
    """Who works in which case.

    Attributes:
        cases: The folder of cases.
        name: Name of the case.
        by: Who works.
        clock_is_right: Whether the clock of this machine is right although the journal has a later time.
    """

    cases: Path
    name: str
    by: str
    clock_is_right: bool = False


class Desk:
    """A case on the desk of somebody who works in it.

    Attributes:
        case: The case.
        asked: Who works in it.
        heading: Its head.
        state: What it is.
    """

    def __init__(self, case: CaseFolder, asked: Asked, heading: Heading, state: State, lock: Lock) -> None:
        self.case, self.asked, self.heading, self.state, self._lock = case, asked, heading, state, lock

    def version(self, number: int | None, status: Status) -> Version:
        """Return the version that is to reach a status: the latest where none is named.

        Raises:
            InputError: There is none, or it is not at the step before.
        """
        version = self.state.chosen(number, str(self.case.path))
        if version.status not in BEFORE[status]:
            raise InputError.one(_why_not(version, status), str(self.case.path), f"v{version.number}")
        return version

    def write(self, kind: str, version: int, said: Mapping[str, Any]) -> Entry:
        """Write an entry of the journal, which makes what was done true, and what follows from it."""
        self.refuse_unless_held()
        entry = Entry(len(self.state.entries) + 1, kind, self.now(), self.asked.by, version, said, "")
        written = write_entry(self.case, self.state.entries, entry)
        self.state = state_of((*self.state.entries, written))
        return written

    def refuse_unless_held(self) -> None:
        """Check that nobody has taken the case over.

        Raises:
            RunError: Somebody has.
        """
        self._lock.refuse_unless_held()

    def now(self) -> datetime:
        """Return the time of what is done now.

        Raises:
            InputError: The clock was set back.
        """
        return moment_after(self.state.entries, clock_is_right=self.asked.clock_is_right)

    def finish(self) -> list[int]:
        """Write what follows from the journal, and return the versions whose documents were made anew."""
        done = refresh(self.case, self.state)
        write_issued(self.case, self.state)
        return done


@contextmanager
def on_desk(asked: Asked, doing: str) -> Iterator[Desk]:
    """Open a case for work, and bring what follows from its journal up to date before and after.

    Args:
        asked: Who works in which case.
        doing: What is done, for those who are kept out.

    Raises:
        InputError: Somebody else works in it, or it is not as it was written; with all faults.
    """
    case = case_named(asked.cases, asked.name)
    with locked(case, asked.by, doing) as lock:
        desk = Desk(case, asked, *read_case(case), lock)
        desk.now()
        _tidy(case, desk.state)
        if lock.taken_from is not None:
            _note_taken(desk, lock.taken_from)
        desk.finish()
        known = len(desk.state.entries)
        yield desk
        try:
            desk.finish()
        except (InputError, RunError) as wrong:
            if len(desk.state.entries) == known:
                raise
            raise RunError(f"{wrong}; {NOTED}") from wrong


NOTED = "what was done is in the journal all the same, and the next command in the case writes what is left"


def _note_taken(desk: Desk, left: Holder) -> None:
    """Write into the journal whose stale lock was taken over."""
    desk.write(
        "taken-over",
        0,
        {"holder": left.by, "login": left.login, "machine": left.machine, "since": left.since, "doing": left.doing},
    )


def held_by_hand(asked: Asked, doing: str) -> Holder:
    """Hold a case while its files are edited by hand, and return who holds it.

    A stale lock that is taken over is noted, but not in a case that is broken: it is held to be mended.

    Raises:
        InputError: Somebody else holds it.
    """
    case = case_named(asked.cases, asked.name)
    lock = hold(case, asked.by, doing)
    if lock.taken_from is not None:
        with contextlib.suppress(InputError), on_desk(asked, doing) as desk:
            _note_taken(desk, lock.taken_from)
    return lock.holder


def read_case(case: CaseFolder) -> tuple[Heading, State]:
    """Return the head of a case and what it is, having checked that it is whole.

    Raises:
        InputError: A file is missing or is not as it was written; with all faults.
    """
    faults: list[Fault] = []
    heading: Heading | None = None
    try:
        heading = read_heading(case.heading)
    except InputError as wrong:
        faults += wrong.faults
    entries = read_journal(case)
    state = state_of(entries)
    try:
        refuse_copy(case, state)
    except InputError as wrong:
        faults += wrong.faults
    for version in state.versions:
        if not (case.version(version.number).run / MANIFEST).is_file():
            message = f"v{version.number} has no run: it was deleted, or copied in part; copy the whole folder again"
            faults.append(Fault(str(case.version(version.number).run), 0, 0, "", message))
    faults += faults_of_issued(case, entries)
    if faults:
        raise InputError(faults)
    assert heading is not None, "a heading without faults was read"
    return heading, state


def _tidy(case: CaseFolder, state: State) -> None:
    """Remove what a command that was ended left: half written files, and a version that no entry names.

    What people put beside the versions is theirs and stays.
    """
    remove_leavings(case)
    known = {case.version(version.number).path for version in state.versions}
    for path in case.versions.iterdir() if case.versions.is_dir() else ():
        if path not in known and VERSION.fullmatch(path.name):
            remove(path)


def _why_not(version: Version, status: Status) -> str:
    now, then = shown(version.status), shown(status)
    if version.status == "oversendt":
        return f"is {now} and locked; make another version with `saldo case answer`"
    if version.status == "udgaaet":
        taken = f", v{version.replaced_by} took its place" if version.replaced_by else ""
        return f"is {now}{taken}; nothing more can be done with it"
    if version.status == status:
        return f"is {now} already"
    return f"is {now} and cannot become {then}; first: {STEP_BEFORE[status]}"
