"""Compiling, and keeping what was compiled where it cannot go stale.

numba sees a change in the file of a function, not in the files it takes rules and constants from: it gave back old
results after such a change. So the folder of what was compiled is named after a hash of every source that the kernel
can use and of numba's version. Processes that start together compile it once: the first holds a lock, the others wait
and read. Where no folder can be written the kernel is compiled anew in each process, and nothing fails.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numba
import numpy as np

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    # What matters to the compiler is the width of a whole number, and to the type checker that it is one.
    Int64 = UInt64 = UInt32 = int
else:
    Int64, UInt64, UInt32 = np.int64, np.uint64, np.uint32

PACKAGE = Path(__file__).resolve().parents[2]
ROOMS = ("delivery", "demand", "calendars", "streams.py")
"""The rooms whose sources the kernel can use."""

HOW: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}
"""No lock, no check of division, and no counting of references: the kernel makes no arrays."""

INNER: dict[str, Any] = HOW | {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
"""The same without doors from Python and from C: making them would take half of the compiler's time."""

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Return a function as part of the kernel: machine code that runs without Python's lock.

    Parts of the kernel call it, Python never: it has no door from there, and such a call ends the process.
    """
    made: Function = numba.njit(**INNER)(function)
    return made


def merged(function: Function) -> Function:
    """Return a function that the compiler merges into those that call it: handing over a municipality takes longer."""
    made: Function = numba.njit(forceinline=True, **INNER)(function)
    return made


def inlined(function: Function) -> Function:
    """Return a function that is copied into the functions that call it."""
    made: Function = numba.njit(inline="always", **INNER)(function)
    return made


def kept(function: Function) -> Function:
    """Return a function whose machine code, with all that it calls, is kept for the next process."""
    folder = cache_folder()
    if folder is None:
        made: Function = numba.njit(**HOW)(function)
        return made
    config: Any = numba.config
    before, config.CACHE_DIR = config.CACHE_DIR, str(folder)
    try:
        made = numba.njit(cache=True, **HOW)(function)
    finally:
        config.CACHE_DIR = before
    door: Any = made
    if not config.DISABLE_JIT:
        door.compile = _one_at_a_time(door.compile, folder)
    return made


def cache_folder() -> Path | None:
    """Return the folder of what was compiled from the present sources; None where none can be written."""
    folder = _home() / f"kernel-{fingerprint()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return None


def fingerprint(package: Path = PACKAGE) -> str:
    """Return a hash of every source that the kernel can use, and of the versions that compile it."""
    found = hashlib.sha256(f"{numba.__version__} {sys.version}".encode())
    for room in ROOMS:
        for path in sorted((package / room).rglob("*.py")) or [package / room]:
            found.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:20]


def _one_at_a_time(compile_for: Callable[[Any], Any], folder: Path) -> Callable[[Any], Any]:
    """Return a compiler that holds the lock of a folder: who comes second finds there what the first has compiled."""

    def compile_alone(signature: Any) -> Any:
        with _lock_of(folder):
            return compile_for(signature)

    return compile_alone


@contextmanager
def _lock_of(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder; where there is no such thing, several may compile the same, and nothing fails."""
    with ExitStack() as held:
        with suppress(OSError):  # the folder is gone, or stands on a network that has no locks
            file = held.enter_context((folder / "lock").open("ab"))
            if sys.platform != "win32":
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _home() -> Path:
    """Return the folder of the user's cache: SALDO_CACHE_DIR where that is set, else where the system keeps caches."""
    named = os.environ.get("SALDO_CACHE_DIR")
    if named:
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or tempfile.gettempdir()) / "saldo"
    kept_at = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(kept_at) if kept_at else Path.home() / ".cache") / "saldo"
    except RuntimeError:  # nobody's home
        return Path(tempfile.gettempdir()) / "saldo"
