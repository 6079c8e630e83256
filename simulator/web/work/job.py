"""Job: one piece of heavy work that the page asked for, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from simulator.errors import InputError
from simulator.web.position import Position
from simulator.web.words import page_words

State = Literal["queued", "running", "done", "failed", "cancelled"]
KINDS = ("deliver", "tell", "drivers", "keep")
DELIVER, TELL, DRIVERS, KEEP = KINDS
PASSING = (DELIVER, TELL, DRIVERS)
"""Kinds that nobody needs any more once their reader has moved on; what is kept was asked for by a click."""
OPEN = ("queued", "running")


@dataclass(frozen=True)
class Task:
    """What a worker is given.

    Attributes:
        kind: One of `KINDS`.
        position: What is to be run.
        delivery: Key of what it delivers.
    """

    kind: str
    position: Position
    delivery: str

    @property
    def key(self) -> tuple[str, str]:
        """The same for tasks that come to the same: what is delivered has many positions."""
        return self.kind, self.delivery if self.kind == DELIVER else self.position.key


@dataclass
class Job:
    """A task, and what has become of it.

    Attributes:
        id: Its name on the page.
        task: What is to be done.
        language: Language in which it is told.
        state: What has become of it.
        phase: What is being done, as `work.yaml` names it.
        done: Steps that are done of the phase.
        total: Steps of the phase; 0 where they are not counted.
        error: Why it failed.
        result: What came of it.
        clients: Who waits for it; the empty text is somebody who never moves on.
    """

    id: str
    task: Task
    language: str
    state: State = "queued"
    phase: str = "starting"
    done: int = 0
    total: int = 0
    error: str | None = None
    result: Mapping[str, Any] | None = None
    clients: set[str] = field(default_factory=set)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in OPEN

    @property
    def run(self) -> str | None:
        """Name of the run that came of it; None where none did."""
        return None if self.result is None else self.result.get("run")

    def begin(self) -> None:
        """Note that a worker begins with it, perhaps again."""
        self.state, self.phase, self.done, self.total = "running", "starting", 0, 0

    def told(self, ahead: int) -> dict[str, Any]:
        """Return the job as the page is told it.

        Args:
            ahead: How many jobs come first.
        """
        return {
            "id": self.id,
            "kind": self.task.kind,
            "position_key": self.task.position.key,
            "state": self.state,
            "done": self.done,
            "total": self.total,
            "ahead": ahead,
            "what": self._what(ahead),
            "error": self.error,
            "result": None if self.result is None else dict(self.result),
        }

    def _what(self, ahead: int) -> str:
        words = page_words(self.language)["work"]
        if self.state == "queued" and ahead:
            return str(words["waits"].format(ahead=ahead))
        return str(words["phases"][self.phase] if self.is_open else words["states"][self.state])


def refuse_unknown(kind: str, language: str) -> None:
    """Refuse what is no kind of job, or no language of the page.

    Raises:
        InputError: It is none.
    """
    if kind not in KINDS:
        raise InputError.one(f"no kind of job {kind!r}; allowed: {', '.join(KINDS)}", path="kind")
    page_words(language)
