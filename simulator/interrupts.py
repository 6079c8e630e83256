"""Ctrl-C, put off for the moments in which it would leave something half made."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def undisturbed() -> Iterator[None]:
    """Put Ctrl-C off until the end of the block, where it is then heard.

    Processes started within are deaf to it. To block the signal alone would not do: another thread of a library takes
    it, and Python hands it on to the main one.
    """
    heard: list[tuple[int, FrameType | None]] = []
    main = threading.current_thread() is threading.main_thread()
    masks = hasattr(signal, "pthread_sigmask")  # not on Windows
    handler = signal.signal(signal.SIGINT, lambda number, frame: heard.append((number, frame))) if main else None
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masks else None
    try:
        yield
    finally:
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if main:
            signal.signal(signal.SIGINT, handler)
        if heard and callable(handler):
            handler(*heard[0])


def was_interrupted(error: BaseException) -> bool:
    """Return whether Ctrl-C is behind an error: itself, or turned into another one on its way up."""
    chain: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or cause.__context__
    return any(isinstance(link, KeyboardInterrupt) for link in chain)
