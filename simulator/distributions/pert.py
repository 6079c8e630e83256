"""PERT: a beta distribution from the lowest, likeliest and highest value, the likeliest counting four times."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from simulator.distributions import Bounds, FloatArray, Form, Given, refuse
from simulator.distributions._checks import between
from simulator.distributions._inverse import beta_quantile

FORMS = (Form(("low", "mode", "high")),)
REACH = None
SHAPE = 4.0
"""How many times the likeliest value counts against each end."""


@dataclass(frozen=True)
class Pert:
    """A beta distribution over three values; its mean is (low + 4 mode + high) / 6.

    The standard deviation is that of this beta distribution, not the sixth of the range that is sometimes written.

    Attributes:
        low: Smallest possible value, in its unit.
        mode: Likeliest value.
        high: Largest possible value.

    Source:
        D. G. Malcolm, J. H. Roseboom, C. E. Clark, W. Fazar, Application of a technique for research and development
        program evaluation, Operations Research 7(5), 1959, doi:10.1287/opre.7.5.646.
    """

    name: ClassVar[str] = "pert"
    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        refuse(self.name, between(self.low, self.mode, self.high))

    @property
    def mean(self) -> float:
        """Mean of the ends and the mode, which counts four times."""
        return (self.low + SHAPE * self.mode + self.high) / (SHAPE + 2)

    @property
    def sd(self) -> float:
        """Exact standard deviation of the beta distribution."""
        return math.sqrt((self.mean - self.low) * (self.high - self.mean) / (SHAPE + 3))

    @property
    def support(self) -> Bounds:
        """The two ends."""
        return self.low, self.high

    def quantile(self, share: FloatArray) -> FloatArray:
        """Return the value below which a share [0-1] lies, same shape."""
        wide = self.high - self.low
        a, b = 1 + SHAPE * (self.mode - self.low) / wide, 1 + SHAPE * (self.high - self.mode) / wide
        return self.low + wide * beta_quantile(a, b, share)

    def described(self) -> dict[str, Any]:
        """Return name, ends and mode."""
        return {"name": self.name, "low": self.low, "mode": self.mode, "high": self.high}


def made(given: Given) -> Pert:
    """Return it from its lowest, likeliest and highest value.

    Raises:
        ValueError: They are not in order.
    """
    return Pert(float(given["low"]), float(given["mode"]), float(given["high"]))
