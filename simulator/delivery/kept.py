"""What the readable engine keeps of a replication: enough to value it, under every effect model."""

from __future__ import annotations

import numpy as np

from simulator.calendars import OFFICE_KINDS
from simulator.delivery.cells import Cells
from simulator.delivery.counts import JOINT_AXES, Counts, joint_shape
from simulator.delivery.engines import Ground, Log, Replicated
from simulator.delivery.exits import exit_cells
from simulator.delivery.fates import fates_of
from simulator.delivery.histories import HISTORY_AXES, history_cells, history_shape
from simulator.delivery.leaving import EXIT_AXES, Led, exit_shape
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
    histories = exits = None
    if ground.histories or ground.leaving is not None:
        fates = fates_of(found.demands, found.outcomes)
        if ground.histories:
            before = due_before(found.demands[0].register, ground.arms[0][0], ground.survivals, ground.span, key)
            histories = history_cells(fates, before, ground.span)
        if ground.leaving is not None:
            led = Led.of(ground.leaving, ground.survivals)
            assert led is not None
            clocks = [{who: clock for one in arm for who, clock in one.clocks.items()} for arm in found.outcomes]
            exits = exit_cells(fates, (clocks[0], clocks[-1]), led, ground.span)
    return Replicated(counts.joint, counts.worked_minutes, log, histories, exits)


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
