"""What was delivered, as little of it as is needed to value it again."""

from __future__ import annotations

import pickle
import zlib
from dataclasses import dataclass

from simulator.delivery import Replicated
from simulator.delivery.recorded import Recorded
from simulator.results import Setting
from simulator.uncertainty.worked import Reading
from simulator.world import World


@dataclass(frozen=True)
class Delivered:
    """What a worker has simulated.

    Attributes:
        world: The world of the scenario.
        told: All its replications.
        reading: What the scenario reads.
    """

    world: World
    told: Recorded
    reading: Reading


@dataclass(frozen=True)
class Kept:
    """What is kept of a delivery.

    Attributes:
        setting: Days, places, calendars and incidence, of the scenario that was simulated.
        mean: All replications as one.
        reading: What that scenario reads.
        luck: Each replication, packed.
    """

    setting: Setting
    mean: Replicated
    reading: Reading
    luck: tuple[bytes, ...]


def kept_of(delivered: Delivered) -> Kept:
    """Return what is kept of a delivery; done where it was simulated, so that little is sent."""
    told = delivered.told
    luck = tuple(zlib.compress(pickle.dumps(one), 1) for one in told.found)
    return Kept(delivered.world.setting, told.mean, delivered.reading, luck)
