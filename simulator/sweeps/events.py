"""What executors tell while they work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from simulator.sweeps.jobs import Task

Work = Callable[[Task, Sequence[int]], Iterator[tuple[int, Any]]]
"""A function of a module that yields the parts of a job, each with its figures."""

MOST_DEATHS = 3
"""A job that ends its worker so often, without a part in between, is set aside."""


@dataclass(frozen=True)
class Order:
    """A job with the parts that are wanted of it."""

    task: Task
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Made:
    """A part is there."""

    number: int
    part: int
    figures: Any


@dataclass(frozen=True)
class SetAside:
    """A job cannot be done: it is wrong, or it ended its worker each time."""

    number: int
    why: str


Event = Made | SetAside


class Executor(Protocol):
    """Does orders in any order and with any number of workers; nothing of a part hangs on either."""

    def run(self, orders: Iterator[Order], work: Work) -> Iterator[Event]:
        """Yield parts and failures as they come; close the generator to end all workers."""
        ...
