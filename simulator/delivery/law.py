"""The law of delivery, checked in every run: nothing is lost.

Waiting at the start + due = held + lapsed + cancelled + waiting at the end, for each arm, municipality and type. The
waiting are counted twice, by the engine as it goes and from the outcomes; both must agree.
"""

from __future__ import annotations

import numpy as np

from simulator.calendars.span import Span
from simulator.delivery.counts import Fate
from simulator.delivery.outcome import CENSUS_END, CENSUS_PERIOD_END, CENSUS_START, NOT_SIMULATED, Outcome
from simulator.delivery.rules import WAITING
from simulator.errors import RunError
from simulator.facts.read import words


def check_conservation(arm: str, fate: Fate, outcomes: list[Outcome], span: Span) -> None:
    """Check the law of an arm over the period and over the whole span.

    Raises:
        RunError: Something was lost or made from nothing; names the arm, moment, place index and type.
    """
    real = fate.state != NOT_SIMULATED
    last = np.array([outcome.last_day for outcome in outcomes], dtype=np.int64)[fate.place]
    moments = {
        CENSUS_START: np.full(len(real), span.period_from - 1),
        CENSUS_PERIOD_END: np.full(len(real), span.period_to),
        CENSUS_END: last,
    }
    types = list(words()["types"])
    shape = (len(outcomes), len(types))
    where = np.ravel_multi_index((fate.place, fate.type_index), shape)
    for moment, day in moments.items():
        fallen_due = real & (fate.due <= day)
        ended = fallen_due & (fate.closed <= day) & (fate.state != WAITING)
        balance = _by(where, fallen_due, shape) - _by(where, ended, shape)
        counted = np.array([outcome.census[moment] for outcome in outcomes])
        if not np.array_equal(balance, counted):
            place, type_index = np.argwhere(balance != counted)[0]
            raise RunError(
                f"conversations were lost: {arm}, moment {moment}, place {place}, {types[type_index]}: "
                f"{balance[place, type_index]} should wait, {counted[place, type_index]} do"
            )


def _by(where: np.ndarray, chosen: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    return np.bincount(where[chosen], minlength=shape[0] * shape[1]).reshape(shape)
