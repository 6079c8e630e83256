"""The law of delivery, checked in every run and for every engine: nothing is lost.

Waiting at the start + due = held + lapsed + cancelled + waiting at the end, for each arm, municipality and type. The
waiting are counted twice, by the engine as it goes and from the tables of what happened; both must agree.
"""

from __future__ import annotations

import numpy as np

from simulator.calendars.span import Span
from simulator.delivery.counts import CANCELLED, STATES, Counts
from simulator.delivery.outcome import CENSUS_END, CENSUS_PERIOD_END, CENSUS_START
from simulator.errors import RunError
from simulator.facts.read import words

_COMES, _GOES = ("due",), ("held", "lapsed", *CANCELLED)


def check_conservation(counts: Counts, span: Span) -> None:
    """Check the law at the start and at the end of the period and after the last simulated day.

    Raises:
        RunError: Something was lost or made from nothing; names the arm, moment, place index and type.
    """
    inside = np.array([segment.inside for segment in span.segments])
    before = np.cumsum(inside) == 0
    moments = {CENSUS_START: before, CENSUS_PERIOD_END: before | inside, CENSUS_END: np.full(len(inside), True)}
    for arm, (name, cells) in enumerate(zip(("baseline", "proposal"), counts.arms, strict=False)):
        by_state = cells.sums("state", "segment", "place", "type")
        change = sum(by_state[STATES.index(state)] for state in _COMES)
        change = change - sum(by_state[STATES.index(state)] for state in _GOES)
        for moment, passed in moments.items():
            _compare(f"{name}, moment {moment}", change[passed].sum(axis=0), counts.census[arm, moment])
        for moment, state in ((CENSUS_START, "waiting_start"), (CENSUS_PERIOD_END, "waiting_end")):
            told = by_state[STATES.index(state)].sum(axis=0)
            _compare(f"{name}, {state}", told, counts.census[arm, moment])


def _compare(what: str, balance: np.ndarray, counted: np.ndarray) -> None:
    if np.array_equal(balance, counted):
        return
    place, type_index = np.argwhere(balance != counted)[0]
    raise RunError(
        f"conversations were lost: {what}, place {place}, {list(words()['types'])[type_index]}: "
        f"{balance[place, type_index]} should wait, {counted[place, type_index]} do"
    )
