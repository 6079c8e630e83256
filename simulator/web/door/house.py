"""What stands behind the door: the desk that answers at once, the work that takes a while, and what is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from simulator.web.door.first import First
from simulator.web.door.lobby import Lobby
from simulator.web.position import Position


class Desk(Protocol):
    """What the door asks of the desk; `desk.py` says what the answers hold."""

    def figures(self, position: Position) -> dict[str, Any]:
        """Return the figures of a position alone, sooner than all of it."""

    def value(self, position: Position, language: str) -> dict[str, Any]:
        """Return the figures of a position."""

    def difference(self, positions: Sequence[Position], language: str) -> list[dict[str, Any]]:
        """Return what parts positions from the first."""

    def has(self, position: Position) -> bool:
        """Return whether the delivery of a position is at hand."""

    def sheet(self, position: Position, language: str) -> dict[str, Any]:
        """Return what can be moved, and every assumption."""

    def changes(self, position: Position, language: str) -> dict[str, Any]:
        """Return what the sheet of a position has other than that of what was opened."""

    def moves(self, position: Position, language: str) -> Any:
        """Return the bridge of changes from what was opened to the position."""


class Work(Protocol):
    """What the door asks of the work; `work/` says what the answers hold."""

    def jobs(self) -> list[dict[str, Any]]:
        """Return all jobs in the order in which they were asked for."""

    def ask(self, kind: str, position: Position, language: str = "da", **options: Any) -> dict[str, Any]:
        """Ask for a job; the same one twice is one."""

    def job(self, id: str, /) -> dict[str, Any] | None:
        """Return how a job stands; None where there is none."""

    def cancel(self, id: str, /) -> dict[str, Any] | None:
        """Stop a job; None where there is none."""

    def run_of(self, id: str, /) -> Path | None:
        """Return the folder of a run that was made; None where there is none."""

    def close(self) -> None:
        """Stop all work, and its process."""


@dataclass(frozen=True)
class House:
    """All that the door leads to.

    Attributes:
        desk: Answers at once.
        work: Does what takes a while.
        lobby: What is open.
        stop: Stops the server, as soon as what is being answered is answered.
    """

    desk: Desk
    work: Work
    lobby: Lobby
    stop: Callable[[], None]

    @cached_property
    def first(self) -> First:
        """What the page is told when it starts."""
        return First(self.desk, self.lobby)
