"""What an analysis moves: an assumption, between what, and how likely each value of it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simulator.errors import InputError

if TYPE_CHECKING:
    from simulator.uncertainty.levers import Lever

FloatArray = npt.NDArray[np.float64]
Function = Callable[[FloatArray], FloatArray]
"""A figure as a function of its assumptions: (point, key) -> (point,)."""

CENTRAL = 0.95
"""Share of a distribution between the two ends that stand for its range."""
WHOLE = frozenset({"year", "tries", "whole weeks", "days"})
"""Units in which only whole numbers make sense."""


@dataclass(frozen=True)
class Factor:
    """One assumption that is moved.

    Attributes:
        key: Its name.
        low: Lower end of its range [its unit].
        high: Upper end of its range.
        today: Its value today; None where the values that it sets differ among themselves.
        spread: Its quantile function; None where every value of the range is equally likely.
        group: Name under which it is moved together with others; empty where it stands alone.
        whole: Whether only whole numbers make sense.
    """

    key: str
    low: float
    high: float
    today: float | None = None
    spread: Function | None = None
    group: str = ""
    whole: bool = False

    @property
    def name(self) -> str:
        """What its row is called: its group, or its key."""
        return self.group or self.key

    def at(self, share: FloatArray) -> FloatArray:
        """Return the value below which a share of what is believed lies.

        Args:
            share: Shares, above 0 and below 1, any shape.

        Returns:
            Values, same shape; of a whole factor every whole number of the range is equally likely.
        """
        if self.spread is not None:
            return self.spread(share)
        if self.whole:
            count = float(np.floor(self.high) - np.ceil(self.low) + 1)
            steps: FloatArray = np.minimum(np.floor(share * count), count - 1)
            return float(np.ceil(self.low)) + steps
        return self.low + share * (self.high - self.low)

    def between(self, share: FloatArray) -> FloatArray:
        """Return a value on the way through its range: 0 is the lower end and 1 the upper end.

        Of a distribution the range is what lies between the quantiles 2.5 and 97.5 per cent, and a step of the way is
        a step of equal probability.
        """
        if self.spread is not None:
            return self.spread((1 - CENTRAL) / 2 + CENTRAL * share)
        way = self.low + share * (self.high - self.low)
        return np.rint(way) if self.whole else way


def factor_of(lever: Lever, group: str = "") -> Factor:
    """Return what an analysis moves of a lever.

    A lever with a distribution reaches from its quantile 2.5 to its quantile 97.5 per cent, whatever range stands
    beside it.

    Raises:
        ValueError: It has neither a range nor a distribution.
    """
    low, high, known = lever.low, lever.high, lever.distribution
    if known is not None:
        low, high = known.quantile(np.array([(1 - CENTRAL) / 2, (1 + CENTRAL) / 2])).tolist()
    if low is None or high is None:
        raise ValueError(f"{lever.key} has no range")
    spread = None if known is None else known.quantile
    return Factor(lever.key, low, high, lever.value, spread, group, lever.unit in WHOLE)


def groups_of(levers: Sequence[Lever], asked: Sequence[str]) -> dict[str, str]:
    """Return the group of each lever by key; empty where it stands alone.

    Args:
        levers: The levers.
        asked: `stage` (delivery, effects, money), `parts` (the first two parts of the key), or any number of
            `NAME=KEY,KEY`, where a key stands for all keys that begin with it.

    Raises:
        InputError: A group cannot be read, names what is not moved, or a lever is in two groups.
    """
    if list(asked) == ["stage"]:
        return {lever.key: lever.stage for lever in levers}
    if list(asked) == ["parts"]:
        return {lever.key: ".".join(lever.key.split(".")[:2]) for lever in levers}
    found = dict.fromkeys((lever.key for lever in levers), "")
    for one in asked:
        name, _, listed = one.partition("=")
        if not name.strip() or not listed.strip():
            message = f"`{one}` is no group; allowed: stage, parts, or NAME=KEY,KEY"
            raise InputError.one(message, path="--group")
        for start in (part.strip() for part in listed.split(",")):
            _put(found, name.strip(), start)
    return found


def _put(found: dict[str, str], name: str, start: str) -> None:
    members = [key for key in found if key == start or key.startswith(f"{start}.")]
    if not members:
        from simulator.facts.spelling import did_you_mean

        message = f"group {name}: `{start}` is not among what is moved{did_you_mean(start, found)}"
        raise InputError.one(message, path="--group")
    for key in members:
        if found[key] not in ("", name):
            raise InputError.one(f"{key} is in two groups, {found[key]} and {name}", path="--group")
        found[key] = name
