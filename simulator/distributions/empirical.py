"""Empirical: a list of values as they were found, each as likely as its weight."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from simulator.distributions import Bounds, FloatArray, Form, Given, refuse

FORMS = (Form(("values",), ("weights",)),)
REACH = None


@dataclass(frozen=True)
class Empirical:
    """The values of a list and no others: nothing is filled in between them.

    Attributes:
        values: The values, in their unit, in any order.
        weights: How much each counts, above 0; only their proportions matter.
    """

    name: ClassVar[str] = "empirical"
    values: tuple[float, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        faults = []
        if len(self.values) != len(self.weights):
            faults.append(f"`weights` must be as many as `values` ({len(self.values)}), but are {len(self.weights)}")
        wrong = [weight for weight in self.weights if not weight > 0]
        if wrong:
            faults.append(f"`weights` must be above 0, but one is {wrong[0]:g}; leave its value out")
        refuse(self.name, faults)

    @property
    def _shares(self) -> FloatArray:
        weights: FloatArray = np.array(self.weights) / max(self.weights)
        shares: FloatArray = weights / weights.sum()
        return shares

    @property
    def mean(self) -> float:
        """Weighted mean of the list."""
        return float(self._shares @ np.array(self.values))

    @property
    def sd(self) -> float:
        """Standard deviation of the list as it stands (divided by the sum of the weights)."""
        off = np.array(self.values) - self.mean
        return math.sqrt(float(self._shares @ (off * off))) if min(self.values) < max(self.values) else 0.0

    @property
    def support(self) -> Bounds:
        """Smallest and largest value of the list."""
        return min(self.values), max(self.values)

    def quantile(self, share: FloatArray) -> FloatArray:
        """Return the smallest value up to which at least a share [0-1] lies, same shape."""
        order = np.argsort(self.values, kind="stable")
        reached = np.cumsum(self._shares[order])[:-1]
        found: FloatArray = np.array(self.values)[order][np.searchsorted(reached, share)]
        return found

    def described(self) -> dict[str, Any]:
        """Return name, values and weights."""
        return {"name": self.name, "values": list(self.values), "weights": list(self.weights)}


def made(given: Given) -> Empirical:
    """Return it from its values and, where they do not count alike, their weights.

    Raises:
        ValueError: The weights are not above 0, or not as many as the values.
    """
    values = tuple(float(value) for value in given["values"])
    weights = given.get("weights", (1.0,) * len(values))
    return Empirical(values, tuple(float(weight) for weight in weights))
