"""Screening: which of many values move a figure at all, asked of whole groups before one by one.

A group moves together to two places inside its ranges. A figure that stays where it is at both is moved by none of the
group, unless their changes cancel to the last bit at both places; each goes another share of its way, which keeps
them from it. A group that moves the figure is halved.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from simulator.uncertainty.asking import Askable, at
from simulator.uncertainty.levers import Lever
from simulator.uncertainty.roots import STRAIGHT, ground_of
from simulator.uncertainty.targets import Aimed

FloatArray = npt.NDArray[np.float64]

FEW = 3
"""Values that are asked one by one."""
PLACES = (0.31, 0.83)
"""Where in their ranges a group is moved to; each value a little further than the one before."""
FURTHER = 0.618
SPREAD = 0.15


def still_keys(asked: Askable, figure: Aimed, levers: Sequence[Lever], now: float) -> set[str]:
    """Return the keys of values that do not move a figure.

    Args:
        asked: Who answers.
        figure: The figure.
        levers: The values.
        now: The figure as the scenario stands, in its unit.
    """
    if len(levers) <= FEW:
        return set()
    points = np.stack([_places(lever, number) for number, lever in enumerate(levers)], axis=1)
    found = at(asked, [lever.key for lever in levers], points, [figure])[:, 0]
    if np.all(np.abs(found - now) <= STRAIGHT * abs(now)):
        return {lever.key for lever in levers}
    half = len(levers) // 2
    return still_keys(asked, figure, levers[:half], now) | still_keys(asked, figure, levers[half:], now)


def _places(lever: Lever, number: int) -> FloatArray:
    """Return two numbers in the range of a value."""
    ground = ground_of(lever.unit, lever.value, lever.low, lever.high)
    further = SPREAD * ((number * FURTHER) % 1.0)
    points = np.array([ground.low + (place + further) * (ground.high - ground.low) for place in PLACES])
    return np.round(points) if ground.whole else points
