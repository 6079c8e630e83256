"""Work shared out over processes, with the results in order: the number of processes changes nothing but the time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from typing import Any, TypeVar

from simulator.errors import RunError
from simulator.interrupts import undisturbed

Ground = TypeVar("Ground")
Result = TypeVar("Result")

_ground: list[Any] = []


def in_order(
    work: Callable[[Ground, int], Result], ground: Ground, numbers: range, jobs: int
) -> Generator[Result, None, None]:
    """Yield the result of each number, in order. Close the generator to end all processes at once.

    Args:
        work: A function of a module; it is given the ground and a number.
        ground: What all pieces of work share; sent to each process once.
        numbers: Numbers of the pieces.
        jobs: Number of processes; 1 works in this one.

    Raises:
        RunError: A process ended by itself.
    """
    if min(jobs, len(numbers)) <= 1:
        for number in numbers:
            yield work(ground, number)
        return
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(min(jobs, len(numbers)), multiprocessing.get_context("spawn"), _begin, (ground,))
    done = False
    try:
        yield from _results(pool, work, numbers, 2 * jobs)
        done = True
    except BrokenProcessPool as broken:
        raise RunError("a worker process ended by itself, perhaps for want of memory; try --jobs 1") from broken
    finally:
        for child in set() if done else set(multiprocessing.active_children()) - before:
            child.terminate()
        pool.shutdown(wait=True, cancel_futures=True)


def _results(
    pool: ProcessPoolExecutor, work: Callable[[Any, int], Result], numbers: range, ahead: int
) -> Iterator[Result]:
    """Yield the results in order, with at most so many pieces begun ahead of the one that is awaited."""
    waiting: deque[Future[Result]] = deque()
    for number in numbers:
        with undisturbed():
            waiting.append(pool.submit(_piece, work, number))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _begin(ground: object) -> None:
    """Make a process ready: it keeps the ground, leaves Ctrl-C to its parent, and ends with it."""
    _ground[:] = [ground]
    bound_to_parent()


def bound_to_parent(last: Callable[[], None] = lambda: None) -> None:
    """Leave Ctrl-C to the parent of this process, and end with it.

    Args:
        last: Called when the parent has ended, before this process does.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(last,), daemon=True).start()


def _end_with_parent(last: Callable[[], None]) -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    try:
        last()
    finally:
        os._exit(1)


def _piece(work: Callable[[Any, int], Result], number: int) -> Result:
    return work(_ground[0], number)
