"""Compiling, and keeping what was compiled where it cannot go stale.

numba sees a change in the file of a function, not in the files it takes rules and constants from: it gave back old
results after such a change. So the folder of what was compiled is named after a hash of every source that the kernel
can use and of numba's version. Where no folder can be written the kernel is compiled anew in each process, and nothing
fails.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numba
import numpy as np

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

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Return a function as part of the kernel: machine code that runs without Python's lock."""
    made: Function = numba.njit(**HOW)(function)
    return made


def merged(function: Function) -> Function:
    """Return a function that the compiler merges into those that call it: handing over a municipality takes longer."""
    made: Function = numba.njit(forceinline=True, **HOW)(function)
    return made


def inlined(function: Function) -> Function:
    """Return a function that is copied into the functions that call it."""
    made: Function = numba.njit(inline="always", **HOW)(function)
    return made


def kept(function: Function) -> Function:
    """Return a function whose machine code, with all that it calls, is kept for the next process."""
    folder = cache_folder()
    if folder is None:
        return compiled(function)
    config: Any = numba.config
    before, config.CACHE_DIR = config.CACHE_DIR, str(folder)
    try:
        made: Function = numba.njit(cache=True, **HOW)(function)
    finally:
        config.CACHE_DIR = before
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
