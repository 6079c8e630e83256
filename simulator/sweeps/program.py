"""Which program makes the rows: a hash of its version, its sources and its facts."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from simulator.results.record import version_of

PACKAGE = Path(__file__).parents[1]
SPEAKING = ("report", "cli")
"""Rooms that print and draw, and change no row."""
ENDINGS = (".py", ".yaml", ".csv")


@cache
def program_digest(package: Path = PACKAGE) -> str:
    """Return a hash of everything in the package that can change a row."""
    told = hashlib.sha256(str(version_of("saldo")).encode())
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package)
        if path.suffix in ENDINGS and name.parts[0] not in SPEAKING:
            told.update(name.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()
