"""Delivery: which of the conversations that fall due are held, on which day and in which form?

**In** come the demand of both arms, their calendars and rules. **Out** come the outcomes of every conversation of
both arms, by municipality, and the counts made of them (`counts.py`).

The behaviour stands in `rules.py`, written once. `attendance.py` makes tables of the rules of the day, `capacity.py`
the minutes of the offices, `reference.py` (SimPy) puts events in order. The municipality is the unit that runs alone:
both arms of a replication run place by place, with the same people and the same luck.

**Assumptions.** An office starts the next conversation while minutes are left; the overrun is a debt of its next
meeting day; unused minutes are lost. A no-show takes its full minutes. Who has left is dropped at the moment of
service.

    >>> from simulator.delivery import rules
    >>> rules.form_of(rules.basis_of(rules.CHOSEN, 0, 100, 5, 99), 0, 7) == rules.PHONE
    True
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from simulator.calendars.span import Span
from simulator.delivery.counts import Counts, arm_cells, basis_cells, fate_of, joint_cells, waits
from simulator.delivery.law import check_conservation
from simulator.delivery.outcome import Conditions, Outcome, Task
from simulator.delivery.reference import run_place
from simulator.delivery.tasks import Offices, conditions_of, offices_of, tasks_of
from simulator.demand import Demand
from simulator.streams import Key

__all__ = ["Counts", "Delivery", "Offices", "count", "deliver", "offices_of"]

Engine = Callable[[list[Task], list[Conditions], Span, bool], list[Outcome]]
ENGINES: dict[str, Engine] = {"reference": run_place}


@dataclass(frozen=True)
class Delivery:
    """The outcomes of both arms, one list an arm with one outcome a municipality."""

    demands: list[Demand]
    outcomes: tuple[list[Outcome], ...]


def deliver(
    offices: list[Offices],
    demands: list[Demand],
    key: Key,
    *,
    engine: str = "reference",
    log: bool = False,
) -> Delivery:
    """Hold the conversations of both arms, municipality by municipality.

    Args:
        offices: What the offices of each arm are given.
        demands: Demand of each arm.
        key: Key of the replication.
        engine: Name of the engine.
        log: Whether to keep a log of attempts.
    """
    span = offices[0].span
    conditions = [conditions_of(office, key) for office in offices]
    tasks = [tasks_of(office, demand, key) for office, demand in zip(offices, demands, strict=True)]
    collecting = gc.isenabled()
    gc.disable()
    try:
        found = [ENGINES[engine](list(pair), conditions, span, log) for pair in zip(*tasks, strict=True)]
    finally:
        if collecting:
            gc.enable()
    return Delivery(demands, tuple(list(arm) for arm in zip(*found, strict=True)))


def count(delivery: Delivery, span: Span, places: tuple[str, ...]) -> Counts:
    """Count the outcomes of both arms, and check that nothing is lost.

    Raises:
        RunError: The law of conservation is broken.
    """
    fates = [fate_of(demand, found) for demand, found in zip(delivery.demands, delivery.outcomes, strict=True)]
    for arm, fate, found in zip(("baseline", "proposal"), fates, delivery.outcomes, strict=True):
        check_conservation(arm, fate, found, span)
    waiting = [np.array([outcome.census[-1] for outcome in found]) for found in delivery.outcomes]
    return Counts(
        joint=joint_cells((fates[0], fates[1]), span, len(places)),
        arms=tuple(
            arm_cells(fate, found, span, len(places)) for fate, found in zip(fates, delivery.outcomes, strict=True)
        ),
        basis=basis_cells(fates[0], span, len(places)),
        office_minutes=np.array(
            [np.transpose([outcome.worked_minutes for outcome in found]) for found in delivery.outcomes],
            dtype=np.float64,
        ),
        office_waits=np.array([waits(fate, span, len(places)) for fate in fates]),
        last_days=np.array([outcome.last_day for outcome in delivery.outcomes[0]], dtype=np.int64),
        met=(waiting[0] == waiting[1]).all(axis=1),
    )
