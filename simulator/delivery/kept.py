"""What the readable engine keeps of a replication: enough to value it, under every effect model."""

from __future__ import annotations

import numpy as np

from simulator.calendars import OFFICE_KINDS
from simulator.delivery.cells import Cells
from simulator.delivery.counts import JOINT_AXES, Counts, joint_shape
from simulator.delivery.engines import Ground, Log, Replicated
from simulator.delivery.exits import exit_cells, lives_of, there
from simulator.delivery.fates import Fate, fates_of
from simulator.delivery.histories import HISTORY_AXES, history_cells, history_shape
from simulator.delivery.leaving import EXIT_AXES, Led, exit_shape
from simulator.delivery.lives import Lives
from simulator.delivery.outcome import Delivery
from simulator.demand.earlier import due_before
from simulator.streams import Key


def replicated(ground: Ground, found: Delivery, key: Key, counts: Counts, log: Log | None = None) -> Replicated:
    """Return what is kept of a replication.

    Args:
        ground: What all replications share.
        found: What became of every conversation.
        key: Key of the replication.
        counts: Its counts.
        log: The attempts, if asked for.
    """
    histories = exits = lives = None
    if ground.histories or ground.leaving is not None:
        fates = fates_of(found.demands, found.outcomes)
        if ground.histories:
            before = due_before(found.demands[0].register, ground.arms[0][0], ground.survivals, ground.span, key)
            histories = history_cells(fates, before, ground.span)
        if ground.leaving is not None:
            exits, lives = _led_out(ground, found, fates)
    return Replicated(counts.joint, counts.worked_minutes, log, histories, exits, lives)


def _led_out(ground: Ground, found: Delivery, fates: tuple[Fate, Fate]) -> tuple[Cells, Lives | None]:
    """Return the exits where meetings lead persons out, and the persons where they are asked for."""
    led = Led.of(ground.leaving, ground.population.paces)
    assert led is not None
    by_arm = [{who: clock for one in arm for who, clock in one.clocks.items()} for arm in found.outcomes]
    clocks = by_arm[0], by_arm[-1]
    exits = exit_cells(fates, clocks, led, ground.span)
    if not ground.lives:
        return exits, None
    register = found.demands[0].register
    last = np.array([outcome.last_day for outcome in found.outcomes[0]], dtype=np.int64)
    return exits, lives_of(fates, clocks, led, register).of(there(register, last))


def nothing_held(ground: Ground) -> Replicated:
    """Return what is kept of a replication in which nobody is owed a conversation."""

    def empty(axes: tuple[str, ...], shape: tuple[int, ...]) -> Cells:
        none = np.zeros(0, dtype=np.int64)
        return Cells(axes, shape, none, none)

    return Replicated(
        empty(JOINT_AXES, joint_shape(ground.span)),
        np.zeros((len(ground.arms), len(OFFICE_KINDS))),
        None,
        empty(HISTORY_AXES, history_shape(ground.span)) if ground.histories else None,
        None if ground.leaving is None else empty(EXIT_AXES, exit_shape(ground.span)),
    )
