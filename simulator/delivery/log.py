"""The log of attempts, from outcomes: one row for each appointment."""

from __future__ import annotations

import numpy as np

from simulator.delivery.engines import ATTEMPT, IntArray, Log
from simulator.delivery.outcome import Outcome
from simulator.demand import Demand


def log_of(outcomes: tuple[list[Outcome], ...], demands: list[Demand]) -> Log:
    """Return the attempts of a replication, arm by arm and place by place.

    Args:
        outcomes: One list an arm, with one outcome a municipality.
        demands: Demand of each arm.

    Returns:
        Rows of `ATTEMPT`, shape (attempt,).
    """
    parts = [np.zeros(0, dtype=ATTEMPT)]
    for arm, (found, demand) in enumerate(zip(outcomes, demands, strict=True)):
        first = 0
        for place, outcome in enumerate(found):
            if outcome.log:
                parts.append(_rows(np.array(outcome.log, dtype=np.int64), first, demand, (arm, place)))
            first += len(outcome.state)
    return np.concatenate(parts)


def _rows(log: IntArray, first: int, demand: Demand, where: tuple[int, int]) -> Log:
    day, kind, conversation, attempt, form, came = log.T
    register, due, at = demand.register, demand.due, conversation + first
    who = due.person[at]
    columns = {
        "arm": where[0],
        "place": where[1],
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
    found = np.zeros(len(log), dtype=ATTEMPT)
    for name, column in columns.items():
        found[name] = column
    return found
