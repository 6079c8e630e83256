"""Normal: for a value that could be anything, such as an effect that may be a gain or a loss."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

from simulator.distributions import Bounds, FloatArray, Form, Given, refuse
from simulator.distributions._checks import ascending, central, half_width, positive

FORMS = (Form(("mean", "sd")), Form(("low", "high", "interval")))
REACH = (-math.inf, math.inf)


@dataclass(frozen=True)
class Normal:
    """A normal distribution.

    Attributes:
        mean: Mean, in the unit of the value.
        sd: Standard deviation.
    """

    name: ClassVar[str] = "normal"
    mean: float
    sd: float

    def __post_init__(self) -> None:
        refuse(self.name, positive(sd=self.sd))

    @property
    def support(self) -> Bounds:
        """Every number."""
        return REACH

    def quantile(self, share: FloatArray) -> FloatArray:
        """Return the value below which a share [0-1] lies, same shape; infinite at 0 and 1."""
        from scipy.special import ndtri

        found: FloatArray = self.mean + self.sd * ndtri(share)
        return found

    def described(self) -> dict[str, Any]:
        """Return name, mean and standard deviation."""
        return {"name": self.name, "mean": self.mean, "sd": self.sd}


def made(given: Given) -> Normal:
    """Return it from mean and standard deviation, or from a central interval.

    Raises:
        ValueError: The standard deviation is not above 0, the ends are not in order or the share is not one.
    """
    if "mean" in given:
        return Normal(float(given["mean"]), float(given["sd"]))
    low, high, interval = given["low"], given["high"], given["interval"]
    refuse(Normal.name, [*ascending(low=low, high=high), *central(interval)])
    return Normal(low + (high - low) / 2, (high - low) / 2 / half_width(interval))
