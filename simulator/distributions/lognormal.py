"""Lognormal: for a value above 0 that is as likely to be twice as large as half as large."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from simulator.distributions import Bounds, FloatArray, Form, Given, refuse
from simulator.distributions._checks import ascending, central, half_width, positive

FORMS = (Form(("mean", "sd")), Form(("low", "high", "interval")), Form(("log_mean", "log_sd")))
REACH = (0.0, math.inf)


@dataclass(frozen=True)
class Lognormal:
    """A distribution whose natural logarithm is normal.

    Attributes:
        log_mean: Mean of the natural logarithm of the value.
        log_sd: Standard deviation of the natural logarithm of the value.
    """

    name: ClassVar[str] = "lognormal"
    log_mean: float
    log_sd: float

    def __post_init__(self) -> None:
        refuse(self.name, positive(log_sd=self.log_sd))

    @property
    def mean(self) -> float:
        """Mean of the value itself."""
        return math.exp(self.log_mean + self.log_sd * self.log_sd / 2)

    @property
    def sd(self) -> float:
        """Standard deviation of the value itself."""
        return self.mean * math.sqrt(math.expm1(self.log_sd * self.log_sd))

    @property
    def support(self) -> Bounds:
        """Every number above 0."""
        return REACH

    def quantile(self, share: FloatArray) -> FloatArray:
        """Return the value below which a share [0-1] lies, same shape; infinite at 1."""
        from scipy.special import ndtri

        found: FloatArray = np.exp(self.log_mean + self.log_sd * ndtri(share))
        return found

    def described(self) -> dict[str, Any]:
        """Return name, and mean and standard deviation of the logarithm."""
        return {"name": self.name, "log_mean": self.log_mean, "log_sd": self.log_sd}


def made(given: Given) -> Lognormal:
    """Return it from mean and standard deviation of the value or of its logarithm, or from a central interval.

    Raises:
        ValueError: A number is not above 0, the ends are not in order or the share is not one.
    """
    if "log_mean" in given:
        return Lognormal(float(given["log_mean"]), float(given["log_sd"]))
    if "mean" in given:
        mean, sd = given["mean"], given["sd"]
        refuse(Lognormal.name, positive(mean=mean, sd=sd))
        variance = math.log1p((sd / mean) * (sd / mean))
        return Lognormal(math.log(mean) - variance / 2, math.sqrt(variance))
    low, high, interval = given["low"], given["high"], given["interval"]
    refuse(Lognormal.name, [*positive(low=low), *ascending(low=low, high=high), *central(interval)])
    bottom, top = math.log(low), math.log(high)
    return Lognormal(bottom + (top - bottom) / 2, (top - bottom) / 2 / half_width(interval))
