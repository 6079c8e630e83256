"""Processes of this machine, each with a pipe of its own.

A worker that ends by itself is noticed at once, and so is the job it was at. That job comes again when all others are
done, alone and from its first missing part; a job that ends its worker again and again is set aside with its name.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from simulator.errors import InputError, RunError
from simulator.interrupts import undisturbed
from simulator.sweeps.events import MOST_DEATHS, Event, Made, Order, SetAside, Work
from simulator.sweeps.jobs import Task
from simulator.workers import bound_to_parent

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}
"""Every worker keeps to one processor, and sums in one order."""


@dataclass(eq=False)
class _Worker:
    """A process, the pipe to it, and what it is at."""

    process: BaseProcess
    pipe: Connection
    order: Order | None = None
    missing: list[int] = field(default_factory=list)


class Here:
    """The executor; see `Executor`."""

    def __init__(self, jobs: int, before: Callable[[Task], None] = lambda _task: None) -> None:
        """Take the number of processes, and what is done with the first job before any is started."""
        self.jobs, self.before = jobs, before

    def run(self, orders: Iterator[Order], work: Work) -> Generator[Event, None, None]:
        """Yield parts and failures as they come."""
        yard, first = _Yard(work), next(orders, None)
        if first is None:
            return
        self.before(first.task)
        try:
            yield from yard.run(chain([first], orders), self.jobs)
            while yard.again:
                yield from yard.run(iter([yard.again.popleft()]), 1)
        finally:
            yard.close()


class _Yard:
    """The workers, and the jobs that ended theirs."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.workers: list[_Worker] = []
        self.again: deque[Order] = deque()
        self.deaths: dict[int, int] = {}

    def run(self, orders: Iterator[Order], jobs: int) -> Iterator[Event]:
        """Yield what comes of the orders, with so many at a time."""
        while self._hand_out(orders, jobs):
            busy = [worker for worker in self.workers if worker.order is not None]
            for pipe in wait([worker.pipe for worker in busy]):
                worker = next(one for one in busy if one.pipe is pipe)
                event = self._hear(worker)
                if event is not None:
                    yield event

    def _hand_out(self, orders: Iterator[Order], jobs: int) -> bool:
        """Give work to idle workers; False where nothing is left to wait for."""
        while sum(worker.order is not None for worker in self.workers) < jobs:
            order = next(orders, None)
            if order is None:
                break
            worker = self._idle() or self._hire()
            worker.order, worker.missing = order, list(order.parts)
            with suppress(OSError):  # it ended a moment ago: `_hear` finds the pipe closed
                worker.pipe.send((order.task, order.parts))
        return any(worker.order is not None for worker in self.workers)

    def _idle(self) -> _Worker | None:
        """Return a worker that waits for work; one that ended while it waited is let go."""
        for worker in [one for one in self.workers if one.order is None]:
            if worker.process.is_alive():
                return worker
            self.workers.remove(worker)
            worker.pipe.close()
        return None

    def _hear(self, worker: _Worker) -> Event | None:
        order = worker.order
        assert order is not None
        try:
            part, said = worker.pipe.recv()
        except (EOFError, OSError):
            return self._bury(worker, order)
        if part is None:
            worker.order = None
            return None if said is None else SetAside(order.task.number, said)
        worker.missing.remove(part)
        self.deaths.pop(order.task.number, None)
        return Made(order.task.number, part, said)

    def _bury(self, worker: _Worker, order: Order) -> Event | None:
        """Note that a worker ended by itself, and put its job aside for a while or for good."""
        self.workers.remove(worker)
        worker.process.join()
        worker.pipe.close()
        number = order.task.number
        if not worker.missing:
            return None
        self.deaths[number] = self.deaths.get(number, 0) + 1
        if self.deaths[number] >= MOST_DEATHS:
            times, how = self.deaths[number], _ending(worker.process.exitcode)
            return SetAside(number, f"ended its worker {times} times ({how}), perhaps for want of memory")
        self.again.append(Order(order.task, tuple(worker.missing)))
        return None

    def _hire(self) -> _Worker:
        ours, theirs = multiprocessing.get_context("spawn").Pipe()
        process = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs, self.work), daemon=True)
        with undisturbed(), _environment(ONE_THREAD):
            process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self.workers.append(worker)
        return worker

    def close(self) -> None:
        """End all workers: those at work at once, the idle ones by closing their pipes."""
        for worker in self.workers:
            if worker.order is not None:  # before its pipe is closed, or it would say in its last moment that it broke
                worker.process.terminate()
            worker.pipe.close()
        for worker in self.workers:
            worker.process.join()
        self.workers.clear()


def _serve(pipe: Connection, work: Work) -> None:
    """Do orders until the pipe is closed."""
    bound_to_parent()
    while True:
        try:
            task, parts = pipe.recv()
        except EOFError:
            return
        pipe.send((None, _done(pipe, work, task, parts)))


def _done(pipe: Connection, work: Work, task: Any, parts: Sequence[int]) -> str | None:
    """Send the parts of a job; return why it cannot be done, or None."""
    try:
        for part, figures in work(task, parts):
            pipe.send((part, figures))
    except (InputError, RunError) as wrong:
        return str(wrong)
    except Exception as error:  # whatever is wrong with one job, the others are done
        return f"{type(error).__name__}: {error}"
    return None


def _ending(code: int | None) -> str:
    return f"signal {signal.Signals(-code).name}" if code is not None and code < 0 else f"exit code {code}"


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Set variables for processes that are started in the block."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
