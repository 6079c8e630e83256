"""Desk: figures at once."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.delivery.recorded import Recorded
from simulator.uncertainty.worked import Reading
from simulator.world import World


@dataclass(frozen=True)
class Delivered:
    """What a worker sends back of a delivery.

    Attributes:
        world: What is the same in all its replications.
        told: What was recorded of them.
        reading: Which stages read each value.
    """

    world: World
    told: Recorded
    reading: Reading
