"""Fixed: one value, about which nothing is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from simulator.distributions import Bounds, FloatArray, Form, Given

FORMS = (Form(("value",)),)
REACH = None


@dataclass(frozen=True)
class Fixed:
    """A value that does not vary.

    Attributes:
        value: The value, in its unit.
    """

    name: ClassVar[str] = "fixed"
    value: float

    @property
    def mean(self) -> float:
        """The value."""
        return self.value

    @property
    def sd(self) -> float:
        """Nothing."""
        return 0.0

    @property
    def support(self) -> Bounds:
        """The value twice."""
        return self.value, self.value

    def quantile(self, share: FloatArray) -> FloatArray:
        """Return the value for each share [0-1], same shape."""
        return np.full(np.shape(share), self.value)

    def described(self) -> dict[str, Any]:
        """Return name and value."""
        return {"name": self.name, "value": self.value}


def made(given: Given) -> Fixed:
    """Return it from its value."""
    return Fixed(float(given["value"]))
