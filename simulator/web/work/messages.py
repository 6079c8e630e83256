"""Messages: what a worker tells while it works, and how it hears that it is to stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

STOP = "stop"
"""Asks a worker to leave what it is doing."""
EVERY_SECONDS = 0.05
"""Steps that follow each other faster are told together."""


@dataclass(frozen=True)
class Coming:
    """How far a worker has come.

    Attributes:
        phase: What it is doing, as `work.yaml` names it.
        done: Steps that are done.
        total: Steps there are; 0 where they are not counted.
    """

    phase: str
    done: int
    total: int


@dataclass(frozen=True)
class Handed:
    """That a delivery lies on the shelf, by its name there."""

    name: str


@dataclass(frozen=True)
class Done:
    """What came of a task."""

    result: Mapping[str, Any]


@dataclass(frozen=True)
class Failed:
    """Why a task failed.

    Attributes:
        why: A sentence, or the name of the error.
        foreseen: Whether it is told to the reader as it stands; else the program is at fault.
    """

    why: str
    foreseen: bool


@dataclass(frozen=True)
class Left:
    """That a task was left, because that was asked for."""


Message = Coming | Handed | Done | Failed | Left


class StopAskedError(Exception):
    """The page no longer wants what is being made."""


@dataclass
class Telling:
    """Tells how far a worker has come, and hears whether it is to stop.

    Attributes:
        line: To the server.
    """

    line: Connection

    @contextmanager
    def __call__(self, total: int, phase: str) -> Iterator[Callable[[], None]]:
        """Tell a phase of the work.

        Args:
            total: Number of its steps.
            phase: What is done in it.

        Yields:
            A function to call after each step.

        Raises:
            StopAskedError: The server asked for it.
        """
        self.heed()
        self.line.send(Coming(phase, 0, total))
        done, told = 0, time.monotonic()

        def step() -> None:
            nonlocal done, told
            done += 1
            self.heed()
            if time.monotonic() - told >= EVERY_SECONDS or done == total:
                told = time.monotonic()
                self.line.send(Coming(phase, done, total))

        yield step

    def heed(self) -> None:
        """Stop where the server has asked for it.

        Raises:
            StopAskedError: It has.
        """
        while self.line.poll():
            if self.line.recv() == STOP:
                raise StopAskedError
