"""Worker: the process that simulates, as the server sees it. The server itself never simulates, so it stays small."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection, wait
from pathlib import Path

from simulator.interrupts import undisturbed
from simulator.web.work.inside import work_on
from simulator.web.work.job import Task
from simulator.web.work.messages import STOP, Message

PATIENCE_SECONDS = 2.0
"""So long a process that was ended is waited for."""


class WorkerLostError(Exception):
    """The process ended by itself, or was killed."""


class Worker:
    """A process that does one task at a time.

    Attributes:
        pid: Its number.
    """

    def __init__(self, runs: Path) -> None:
        """Start the process; it ends when this object is told to, or with this process."""
        spawn = multiprocessing.get_context("spawn")
        self._line, theirs = spawn.Pipe()
        # Not a daemon: those may have no processes of their own, which the reference engine wants.
        self._process = spawn.Process(target=work_on, args=(theirs, str(runs)), name="saldo-work", daemon=False)
        with undisturbed():
            self._process.start()
        theirs.close()
        self.pid = self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    def do(self, task: Task) -> None:
        """Give it a task.

        Raises:
            WorkerLostError: It is gone.
        """
        try:
            self._line.send(task)
        except OSError as gone:
            raise WorkerLostError from gone

    def hear(self, seconds: float) -> Message | None:
        """Return what it tells next; None where it tells nothing for so long.

        Raises:
            WorkerLostError: It is gone.
        """
        waited: list[Connection | int] = [self._line, self._process.sentinel]
        if not wait(waited, seconds):
            return None
        try:
            if not self._line.poll():
                raise WorkerLostError
            told: Message = self._line.recv()
        except (EOFError, OSError) as gone:
            raise WorkerLostError from gone
        return told

    def ask_to_stop(self) -> None:
        """Ask it to leave what it is doing at its next step; a worker that is gone has left it."""
        try:
            self._line.send(STOP)
        except OSError:
            return

    def end(self) -> None:
        """End it when it has nothing to do."""
        self._line.close()
        self._process.join(PATIENCE_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.join()
        self._line.close()
