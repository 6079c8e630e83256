"""Uniform: every value between two ends is equally likely."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from simulator.distributions import Bounds, FloatArray, Form, Given, refuse
from simulator.distributions._checks import ascending, positive

FORMS = (Form(("low", "high")), Form(("mean", "sd")))
REACH = None
_SD_OF_UNIT = math.sqrt(12.0)


@dataclass(frozen=True)
class Uniform:
    """Equally likely between two ends.

    Attributes:
        low: Smallest possible value, in its unit.
        high: Largest possible value.
    """

    name: ClassVar[str] = "uniform"
    low: float
    high: float

    def __post_init__(self) -> None:
        refuse(self.name, ascending(low=self.low, high=self.high))

    @property
    def mean(self) -> float:
        """Halfway between the ends."""
        return self.low + (self.high - self.low) / 2

    @property
    def sd(self) -> float:
        """The distance of the ends divided by the root of 12."""
        return (self.high - self.low) / _SD_OF_UNIT

    @property
    def support(self) -> Bounds:
        """The two ends."""
        return self.low, self.high

    def quantile(self, share: FloatArray) -> FloatArray:
        """Return the value below which a share [0-1] lies, same shape."""
        return self.low + (self.high - self.low) * share

    def described(self) -> dict[str, Any]:
        """Return name and ends."""
        return {"name": self.name, "low": self.low, "high": self.high}


def made(given: Given) -> Uniform:
    """Return it from its ends, or from mean and standard deviation.

    Raises:
        ValueError: The ends are not in order, or the standard deviation is not above 0.
    """
    if "low" in given:
        return Uniform(float(given["low"]), float(given["high"]))
    refuse(Uniform.name, positive(sd=given["sd"]))
    half = given["sd"] * _SD_OF_UNIT / 2
    return Uniform(given["mean"] - half, given["mean"] + half)
