"""Gives room that nothing takes any more back to the machine: a delivery comes large, and little of it is kept."""

from __future__ import annotations

import ctypes
import gc
import sys


def give_back() -> None:
    """Give it back, where the C library of the machine can; that takes a few milliseconds."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other C libraries than glibc's have none
        if trim is not None:
            trim(0)
