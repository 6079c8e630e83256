"""The log of attempts, from outcomes: one row for each appointment."""

from __future__ import annotations

import numpy as np

from simulator.delivery.engines import LOG_COLUMNS, IntArray
from simulator.delivery.outcome import Outcome
from simulator.demand import Demand


def log_of(outcomes: tuple[list[Outcome], ...], demands: list[Demand]) -> IntArray:
    """Return the attempts of a replication, arm by arm and place by place.

    Args:
        outcomes: One list an arm, with one outcome a municipality.
        demands: Demand of each arm.

    Returns:
        Rows with the columns of `LOG_COLUMNS`, shape (attempt, column).
    """
    parts = [np.zeros((0, len(LOG_COLUMNS)), dtype=np.int64)]
    for arm, (found, demand) in enumerate(zip(outcomes, demands, strict=True)):
        first = 0
        for place, outcome in enumerate(found):
            if outcome.log:
                parts.append(_rows(np.array(outcome.log, dtype=np.int64), first, demand, (arm, place)))
            first += len(outcome.state)
    return np.concatenate(parts)


def _rows(log: IntArray, first: int, demand: Demand, where: tuple[int, int]) -> IntArray:
    day, kind, conversation, attempt, form, came = log.T
    register, due, at = demand.register, demand.due, conversation + first
    who = due.person[at]
    columns = {
        "arm": np.full(len(log), where[0]),
        "place": np.full(len(log), where[1]),
        "day": day,
        "office_kind": kind,
        "group": register.group[who],
        "person": register.number[who],
        "type": due.type_index[at],
        "number": due.number[at],
        "attempt": attempt,
        "form": form,
        "came": came,
    }
    return np.column_stack([columns[name] for name in LOG_COLUMNS])
