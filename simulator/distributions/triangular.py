"""Triangular: likeliest at the mode, falling in straight lines to nothing at two ends."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from simulator.distributions import Bounds, FloatArray, Form, Given, refuse
from simulator.distributions._checks import between

FORMS = (Form(("low", "mode", "high")),)
REACH = None


@dataclass(frozen=True)
class Triangular:
    """A triangle over three values.

    Attributes:
        low: Smallest possible value, in its unit.
        mode: Likeliest value.
        high: Largest possible value.
    """

    name: ClassVar[str] = "triangular"
    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        refuse(self.name, between(self.low, self.mode, self.high))

    @property
    def mean(self) -> float:
        """A third of the sum of the three values."""
        return (self.low + self.mode + self.high) / 3

    @property
    def sd(self) -> float:
        """Exact standard deviation."""
        wide, left, right = self.high - self.low, self.mode - self.low, self.high - self.mode
        return math.sqrt((wide * wide + left * left + right * right) / 36)

    @property
    def support(self) -> Bounds:
        """The two ends."""
        return self.low, self.high

    def quantile(self, share: FloatArray) -> FloatArray:
        """Return the value below which a share [0-1] lies, same shape."""
        wide, left = self.high - self.low, self.mode - self.low
        below = self.low + np.sqrt(share * wide * left)
        above = self.high - np.sqrt((1.0 - share) * wide * (self.high - self.mode))
        return np.where(share * wide <= left, below, above)

    def described(self) -> dict[str, Any]:
        """Return name, ends and mode."""
        return {"name": self.name, "low": self.low, "mode": self.mode, "high": self.high}


def made(given: Given) -> Triangular:
    """Return it from its lowest, likeliest and highest value.

    Raises:
        ValueError: They are not in order.
    """
    return Triangular(float(given["low"]), float(given["mode"]), float(given["high"]))
