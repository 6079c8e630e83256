"""Beta: for a share, or any value between two ends."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from simulator.distributions import Bounds, FloatArray, Form, Given, refuse
from simulator.distributions._checks import ascending, central, half_width, positive
from simulator.distributions._inverse import beta_quantile

FORMS = (Form(("mean", "sd"), ("low", "high")), Form(("a", "b"), ("low", "high")), Form(("low", "high", "interval")))
REACH = None
TOLERANCE = 1e-9
"""How far the shares below the ends of an interval may lie from those asked for, in parts of them."""

FINEST = 1e-15
"""The search stops only where nothing is gained any more."""


@dataclass(frozen=True)
class Beta:
    """A beta distribution between two ends.

    Attributes:
        a: Shape at the lower end, above 0.
        b: Shape at the upper end, above 0.
        low: Smallest possible value, in its unit.
        high: Largest possible value.
    """

    name: ClassVar[str] = "beta"
    a: float
    b: float
    low: float = 0.0
    high: float = 1.0

    def __post_init__(self) -> None:
        refuse(self.name, [*positive(a=self.a, b=self.b), *ascending(low=self.low, high=self.high)])

    @property
    def mean(self) -> float:
        """Exact mean."""
        return self.low + (self.high - self.low) * (self.a / (self.a + self.b))

    @property
    def sd(self) -> float:
        """Exact standard deviation."""
        share = self.a / (self.a + self.b)
        return (self.high - self.low) * math.sqrt(share * (1 - share) / (self.a + self.b + 1))

    @property
    def support(self) -> Bounds:
        """The two ends."""
        return self.low, self.high

    def quantile(self, share: FloatArray) -> FloatArray:
        """Return the value below which a share [0-1] lies, same shape."""
        return self.low + (self.high - self.low) * beta_quantile(self.a, self.b, share)

    def described(self) -> dict[str, Any]:
        """Return name, shapes and ends."""
        return {"name": self.name, "a": self.a, "b": self.b, "low": self.low, "high": self.high}


def made(given: Given) -> Beta:
    """Return it from mean and standard deviation or the two shapes (between 0 and 1 where no ends are given).

    From a central interval it lies between 0 and 1, and `low` and `high` are the ends of the interval.

    Raises:
        ValueError: The numbers make no beta distribution.
    """
    if "interval" in given:
        return _from_interval(given["low"], given["high"], given["interval"])
    low, high = float(given.get("low", 0.0)), float(given.get("high", 1.0))
    if "a" in given:
        return Beta(float(given["a"]), float(given["b"]), low, high)
    return _from_moments(float(given["mean"]), float(given["sd"]), low, high)


def _from_moments(mean: float, sd: float, low: float, high: float) -> Beta:
    """Return it from mean and standard deviation between two ends."""
    faults = [*positive(sd=sd), *ascending(low=low, high=high)]
    if not faults and not low < mean < high:
        faults = [f"`mean` must lie between `low` ({low:g}) and `high` ({high:g}), but is {mean:g}"]
    refuse(Beta.name, faults)
    largest = math.sqrt(mean - low) * math.sqrt(high - mean)
    if sd >= largest:
        raise ValueError(
            f"{Beta.name}: `sd` must be below {largest:.4g} at this mean between these ends, but is {sd:g}"
        )
    share, ratio = (mean - low) / (high - low), largest / sd
    weight = (ratio - 1) * (ratio + 1)
    return Beta(share * weight, (1 - share) * weight, low, high)


def _from_interval(low: float, high: float, interval: float) -> Beta:
    """Return that between 0 and 1 of which a share lies between two values, and equally much below and above.

    There is exactly one; it is looked for from the beta distribution of a normal one's mean and standard deviation.
    """
    faults = [*ascending(low=low, high=high), *central(interval)]
    if not faults and not (low > 0 and high < 1):
        faults = [f"an interval from {low:g} to {high:g} must lie above 0 and below 1; for other ends give mean and sd"]
    refuse(Beta.name, faults)
    from scipy.optimize import least_squares
    from scipy.special import betainc

    tail, middle, sd = (1 - interval) / 2, (low + high) / 2, (high - low) / 2 / half_width(interval)
    start = _from_moments(middle, min(sd, 0.9 * math.sqrt(middle * (1 - middle))), 0.0, 1.0)

    def off(logs: FloatArray) -> FloatArray:
        a, b = np.exp(logs)
        return np.log(np.maximum([betainc(a, b, low), betainc(b, a, 1 - high)], np.finfo(float).tiny) / tail)

    found = least_squares(off, np.log([start.a, start.b]), xtol=FINEST, ftol=FINEST, gtol=FINEST)
    if np.abs(found.fun).max() > TOLERANCE:
        raise ValueError(f"{Beta.name}: no beta distribution was found for this interval; give mean and sd")
    a, b = np.exp(found.x)
    return Beta(float(a), float(b))
