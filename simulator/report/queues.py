"""The queue of a run by week, in both arms, and how long a conversation waits."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.report.months import Backlog, backlog_of
from simulator.report.reading import FlowCell, Run
from simulator.report.weeks import Week

ARMS = ("baseline", "proposal")
IN_LINE, LEAVES, CANCELLED = ("waiting_start", "due"), ("held", "lapsed"), "cancelled"
"""States that lengthen the queue, and those that shorten it; every way of being cancelled does."""
SAME_SHARE = 0.01
"""A difference below this share of the queue without the proposal is none."""


@dataclass(frozen=True)
class Queues:
    """Conversations that wait.

    Attributes:
        weeks: Weeks with conversations, in order.
        waiting: In line before the first week and at the end of each, by arm [conversations].
        days: Mean days from due to held, by arm; None where nothing was held.
        backlog: How much longer the queue is at most; None where it is not.
    """

    weeks: tuple[Week, ...]
    waiting: dict[str, tuple[float, ...]]
    days: dict[str, float | None]
    backlog: Backlog | None

    @property
    def most(self) -> float:
        """The longest queue of both arms."""
        return max(max(counts) for counts in self.waiting.values())

    @property
    def same(self) -> bool:
        """Whether the arms have the same queue in every week, but for what cannot be seen."""
        pairs = list(zip(*(self.waiting[arm] for arm in ARMS), strict=True))
        least = max(0.5, SAME_SHARE * max(one for one, _ in pairs))
        return all(abs(one - other) < least for one, other in pairs)


def has_queues(run: Run) -> bool:
    """Return whether a run says who waits and who falls due."""
    states = {cell.state for cell in run.flows}
    return set(IN_LINE) <= states


def queues_of(run: Run) -> Queues:
    """Return the queues of a run: who waited at the start, and what came to the line and left it week by week."""
    weeks = sorted({(cell.year, cell.week) for cell in run.flows if cell.state in ("due", "held")})
    waiting = {arm: _waiting(run, arm, weeks) for arm in ARMS}
    days = {arm: run.number("mean_wait_days", arm) for arm in ARMS}
    return Queues(tuple(weeks), waiting, days, backlog_of(run))


def _waiting(run: Run, arm: str, weeks: list[Week]) -> tuple[float, ...]:
    level = sum(count for cell, count in run.flows.items() if cell.arm == arm and cell.state == "waiting_start")
    changes = dict.fromkeys(weeks, 0.0)
    for cell, count in run.flows.items():
        week = (cell.year, cell.week)
        if cell.arm == arm and week in changes:
            changes[week] += _change(cell, count)
    found = [level]
    for week in weeks:
        found.append(max(found[-1] + changes[week], 0.0))
    return tuple(found)


def _change(cell: FlowCell, count: float) -> float:
    if cell.state == "due":
        return count
    return -count if cell.state in LEAVES or cell.state.startswith(CANCELLED) else 0.0
