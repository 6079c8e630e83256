"""One sweep at a time in a folder: a lock that the system lets go when its process ends, however it ends."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator.errors import InputError

LOCK = "lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder.

    The lock of a process that ended, also by `kill -9`, is taken over. Of a process on another machine nobody here can
    tell whether it has ended, so its lock must be taken away by hand.

    Raises:
        InputError: Another sweep works in the folder.
    """
    path = folder / LOCK
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        held, holder = _take(handle), _holder(handle)
        if not held:
            raise InputError.one(f"another sweep works in this folder ({_who(holder)}); wait for its end", str(folder))
        if holder.get("host") not in (None, socket.gethostname()):
            message = f"another machine may work in this folder ({_who(holder)}); if it does not, delete {path}"
            raise InputError.one(message, str(folder))
        _write(handle, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}))
        try:
            yield
        finally:
            _write(handle, "")
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            os.lseek(handle, 1 << 30, os.SEEK_SET)  # far behind the text, so that others can read who holds it
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _holder(handle: int) -> dict[str, object]:
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        found = json.loads(os.read(handle, 4096) or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _who(holder: dict[str, object]) -> str:
    return f"process {holder.get('pid', 'unknown')} on {holder.get('host', 'this machine')}"


def _write(handle: int, text: str) -> None:
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, text.encode())
