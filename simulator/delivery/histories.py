"""Histories: of each conversation that is held, how many the person had before, when in the spell, and how late.

Counted only where the effect model asks for it. One table a replication, of conversations that are held in either arm:
(baseline: form or not held) x (proposal: form or not held) x segment x type x group x spell class as in the joint
table, and the history in each arm, one number of `rules.history_of`; 0 where it is not held there.

**What counts as held before**: all that fell due before the first simulated day, in both arms, and what was held since.
**Late**: the days from the first conversation of its type that fell due since the last one held. A conversation on its
due day after one that was held is not late; after one that was cancelled it is late by the time between the two.
"""

from __future__ import annotations

from itertools import groupby

import numpy as np

from simulator.calendars.span import Span
from simulator.delivery import rules
from simulator.delivery.cells import Cells, IntArray
from simulator.delivery.counts import JOINT_AXES, NOT_HELD, joint_shape
from simulator.delivery.fates import Fate, joint_rows
from simulator.delivery.outcome import NOT_SIMULATED

HISTORY_AXES = (*JOINT_AXES, "history_baseline", "history_proposal")
SHARE_SHAPE = (rules.HELD_ROOM, rules.WEEK_ROOM, rules.LATE_ROOM)
"""A history apart: conversations held before, week of the spell, weeks late."""


def history_shape(span: Span) -> tuple[int, ...]:
    """Return the lengths of `HISTORY_AXES`."""
    return (*joint_shape(span), rules.HISTORIES, rules.HISTORIES)


def history_cells(fates: tuple[Fate, Fate], before: IntArray, span: Span) -> Cells:
    """Return the histories of the conversations that are held in either arm.

    Args:
        fates: What became of the conversations of each arm.
        before: Conversations that each person was owed before the first simulated day, shape (person,).
        span: The simulated days.
    """
    rows, index = joint_rows(fates, span)
    told = [_told(fate, row, _history(fate, before)) for fate, row in zip(fates, rows, strict=True)]
    held = (index[0] != NOT_HELD) | (index[1] != NOT_HELD)
    return Cells.of(HISTORY_AXES, history_shape(span), tuple(column[held] for column in (*index, *told)))


def _told(fate: Fate, row: IntArray, history: IntArray) -> IntArray:
    """Return the history of each joint conversation in an arm; 0 where it is not held there."""
    known = np.append(np.where(fate.state == rules.HELD, history, 0), 0)
    return known[row]


def _history(fate: Fate, before: IntArray) -> IntArray:
    """Return the history of each conversation of an arm that is held."""
    history, late = np.zeros(len(fate.key), dtype=np.int64), _weeks_late(fate)
    order = np.lexsort((fate.key, fate.closed, fate.person))
    held = [row for row in order.tolist() if fate.state[row] == rules.HELD]
    for person, rows in groupby(held, key=fate.person.tolist().__getitem__):
        for more, row in enumerate(rows):
            age = int(fate.closed[row] - fate.start[row])
            history[row] = rules.history_of(int(before[person]) + more, age, late[row])
    return history


def _weeks_late(fate: Fate) -> list[int]:
    """Return how late each conversation of an arm is that is held [weeks], and 0 for all others."""
    late = [0] * len(fate.key)
    of_whom = list(zip(fate.person.tolist(), fate.type_index.tolist(), strict=True))
    for _, rows in groupby(range(len(of_whom)), key=of_whom.__getitem__):
        since: int | None = None
        for row in rows:
            if fate.state[row] == NOT_SIMULATED:
                continue
            since = int(fate.due[row]) if since is None else since
            if fate.state[row] == rules.HELD:
                late[row], since = rules.weeks_late(int(fate.closed[row]), since), None
    return late
