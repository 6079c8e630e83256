"""What infection does to conversations on a day: who takes the phone for fear, and who is ill or isolated.

Shares are worked out once, by multiplication and division alone, and decided by comparing whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import Span
from simulator.infection import Incidence, away_share, moved_by
from simulator.scenario import Arm
from simulator.streams import threshold, thresholds

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Pressure:
    """Thresholds by place and day.

    Attributes:
        lift: Of those who would attend where somebody chooses, who choose the phone for fear, shape (place, day).
        ill: Of the appointments in person, kept from being held by illness or isolation, shape (place, day).
        called_off: Of these, called off for good.
    """

    lift: IntArray
    ill: IntArray
    called_off: int


def pressure_of(arm: Arm, links: tuple[str, ...], incidence: Incidence | None, ground: tuple[int, Span]) -> Pressure:
    """Return what infection does in an arm; nothing where no series is named or no link is on.

    Args:
        arm: The arm whose values hold.
        links: Links that are on.
        incidence: Incidence of the places of the run.
        ground: Number of places, and the simulated days.
    """
    places, span = ground
    nothing = np.zeros((places, span.days), dtype=np.int64)
    lift, ill, called_off = nothing, nothing, 0
    if incidence is None or not links:
        return Pressure(lift, ill, called_off)
    per_100k = incidence.between(span.first, span.days)
    if "take_up" in links:
        most, half = arm.values["infection.take_up.moved_share"], arm.values["infection.take_up.half_per_100k"]
        lift = _thresholds(moved_by(per_100k, most, half))
    if "illness" in links:
        ill = _thresholds(away_share(arm, per_100k))
        called_off = threshold(arm.values["infection.illness.called_off_share"])
    return Pressure(lift, ill, called_off)


def _thresholds(share: FloatArray) -> IntArray:
    found: IntArray = thresholds(share)
    return found
