"""Where a case stands: one folder of plain files, below a folder of cases."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from simulator.errors import InputError
from simulator.facts.files import NAME, RESERVED, is_folder, is_name, near_name
from simulator.facts.spelling import did_you_mean

CASES = Path("cases")
SWITCH = "SALDO_CASES"
"""Environment variable that names the folder of cases."""
VERSION = re.compile(r"v([1-9][0-9]{0,4})")
ASIDE = "writing-"
"""In the name of what is being written."""


@dataclass(frozen=True)
class VersionFolder:
    """The folder of a version: its run, its documents, and these as they were sent.

    Attributes:
        path: The folder.
    """

    path: Path

    @property
    def run(self) -> Path:
        """The run folder."""
        return self.path / "run"

    @property
    def documents(self) -> Path:
        """The documents, with the stamp of their status."""
        return self.path / "documents"

    @property
    def as_sent(self) -> Path:
        """The documents as they were sent."""
        return self.path / "as-sent"


@dataclass(frozen=True)
class CaseFolder:
    """The folder of a case.

    Attributes:
        path: The folder.
    """

    path: Path

    @property
    def name(self) -> str:
        """Name of the case."""
        return self.path.name

    @property
    def heading(self) -> Path:
        """The file of question, asker, file number and roles."""
        return self.path / "case.yaml"

    @property
    def journal(self) -> Path:
        """The folder of the journal."""
        return self.path / "journal"

    @property
    def versions(self) -> Path:
        """The folder of the versions."""
        return self.path / "versions"

    @property
    def issued(self) -> Path:
        """The register of issued figures of this case."""
        return self.path / "issued.csv"

    @property
    def lock(self) -> Path:
        """The file that says who works in the case."""
        return self.path / "lock"

    @property
    def lock_at_work(self) -> Path:
        """The file that says that who holds the case by hand works in it right now."""
        return self.path / "lock-at-work"

    def version(self, number: int) -> VersionFolder:
        """Return the folder of a version."""
        return VersionFolder(self.versions / f"v{number}")


def aside(path: Path) -> Path:
    """Return a place beside a file or folder where it is written before it gets its name; no two are the same.

    Two machines may have processes of one number, so more than that tells them apart.
    """
    return path.with_name(f".{path.name}.{ASIDE}{os.getpid()}-{time.time_ns()}")


def cases_folder(given: Path | None) -> Path:
    """Return the folder of cases: the one that was given, that of the environment, or `cases`."""
    if given is not None:
        return given
    named = os.environ.get(SWITCH, "").strip()
    return Path(named) if named else CASES


def refuse_name(name: str) -> None:
    """Refuse what cannot be the name of a case.

    Raises:
        InputError: It is not one; says what is allowed.
    """
    if name in RESERVED:
        raise InputError.one(f"`{name}` is not a name of a case: Windows keeps it for itself; did you mean {name}-1?")
    if not is_name(name):
        allowed = "allowed: small letters a-z, digits and -, at most 64"
        raise InputError.one(f"`{name[:80]}` is not a name of a case; {allowed}{near_name(name)}")


def case_named(cases: Path, name: str) -> CaseFolder:
    """Return the folder of a case.

    Args:
        cases: The folder of cases.
        name: Its name.

    Raises:
        InputError: There is no such case, or its folder lacks what makes it one.
    """
    refuse_name(name)
    found = CaseFolder(cases / name)
    if not is_folder(found.path):
        refuse_no_folder(cases)
        near = did_you_mean(name, [case.name for case in cases_in(cases)])
        raise InputError.one(f"there is no case `{name}`{near}", str(cases))
    missing = [part.name for part in (found.heading, found.journal) if not part.exists()]
    if missing:
        message = (
            f"lacks {' and '.join(missing)}: this is no case, or it was copied in part; copy the whole folder again"
        )
        raise InputError.one(message, str(found.path))
    return found


def refuse_no_folder(cases: Path) -> None:
    """Refuse to look into a folder of cases that is not there: its drive may be gone, which is not to be without cases.

    Raises:
        InputError: There is none.
    """
    if not is_folder(cases):
        message = f"there is no folder of cases {cases}; make a case with `saldo case new`, or name it with --cases"
        raise InputError.one(message)


def cases_in(cases: Path) -> tuple[CaseFolder, ...]:
    """Return all cases of a folder, by name; what is no case is left out."""
    if not is_folder(cases):
        return ()
    found = (CaseFolder(path) for path in sorted(cases.iterdir()) if NAME.fullmatch(path.name))
    return tuple(case for case in found if case.journal.is_dir() or case.heading.is_file())
