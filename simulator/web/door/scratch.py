"""The temporary folder of a server: it goes with the server, or with the next one where the server was killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PREFIX: Final = "saldo-page-"
LOCK: Final = "in-use"


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder that nobody else can read, and remove it afterwards."""
    clear_leftovers()
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder:
        new = Path(folder) / f"{LOCK}.new"
        with new.open("wb") as file:
            # Under its name only once it is held, or another server could take the folder for one that was left.
            if _held(file.fileno()) and os.name != "nt":
                new.replace(Path(folder) / LOCK)
            yield Path(folder)


def clear_leftovers() -> None:
    """Remove the folders of servers that were killed; a system without such locks keeps them."""
    for lock in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/{LOCK}"):
        with contextlib.suppress(OSError), lock.open("rb+") as file:
            if _held(file.fileno()):
                shutil.rmtree(lock.parent, ignore_errors=True)


def _held(file: int) -> bool:
    """Hold a file until it is closed, which the end of a process does too; return whether nobody else holds it."""
    try:
        import fcntl
    except ImportError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
