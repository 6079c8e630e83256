"""What fell due before the first simulated day: known from the contact rule, the age of the spell and the phase."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import Span
from simulator.demand.contact import rhythms
from simulator.demand.register import Register
from simulator.demand.rules import had_before
from simulator.demand.spells import Survival
from simulator.scenario import Arm
from simulator.streams import Key, Purpose, counters_of, philox_arrays

IntArray = npt.NDArray[np.int64]


def ages_of(survivals: tuple[Survival, ...]) -> int:
    """Return how many ages [days] a person can have on the first simulated day."""
    return max(len(survival.alive) for survival in survivals) + 1


def due_before(register: Register, arm: Arm, survivals: tuple[Survival, ...], span: Span, key: Key) -> IntArray:
    """Return how many conversations of any type each person was owed in the spell before the first simulated day.

    By the contact rule of an arm and the law of the first day, on a clock without closures.

    Args:
        register: Persons.
        arm: The arm; the baseline's is taken for both, since what happened before is the same in both.
        survivals: Survival of each group.
        span: The simulated days.
        key: Key of the replication.

    Returns:
        Conversations, shape (person,).
    """
    found = np.zeros(len(register), dtype=np.int64)
    for rhythm in rhythms(arm):
        rows = np.nonzero(register.group == rhythm.group)[0]
        passed = rhythm.passed_by_age(ages_of(survivals), span)[np.maximum(-register.start[rows], 0)]
        phase = np.zeros(len(rows), dtype=np.int64)
        if rhythm.rate:
            counters = counters_of(register.stock_number[rows], register.number[rows], Purpose.PHASE, rhythm.type_index)
            phase = philox_arrays(*counters, key=key)[0].astype(np.int64)
        found[rows] += had_before(phase, passed)
    return found
