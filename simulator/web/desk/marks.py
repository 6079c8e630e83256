"""Marks: what a position changes, what of it lies outside its range, and what of it has no source."""

from __future__ import annotations

from typing import Any

from simulator.errors import InputError
from simulator.scenario import Scenario
from simulator.scenario.model import ARMS
from simulator.uncertainty.levers import Lever, lever_at
from simulator.web.position import Position, Reader

NO_SOURCE = ("", "none-found", "command line")
"""Sources that are none: nothing was found, or a number was chosen here."""
ROUNDING = 1e-9
"""A number is the end of its range within this share of the range."""


def lever_of(scenario: Scenario, key: str) -> Lever | None:
    """Return the lever of a key, as no stage reads it; None where the key is of structure."""
    try:
        return lever_at(scenario, _own(key), {})
    except InputError:
        return None


def is_outside(value: float | None, low: float | None, high: float | None) -> bool:
    """Return whether a number lies outside a range; not where either is unknown."""
    if value is None or low is None or high is None:
        return False
    slack = ROUNDING * (high - low)
    return not low - slack <= value <= high + slack


def is_unsourced(source: str) -> bool:
    """Return whether a source is none."""
    return source in NO_SOURCE


def counted_marks(reader: Reader, position: Position) -> dict[str, Any]:
    """Return how many settings change something, and the keys of values outside their range and without a source.

    Raises:
        InputError: The position cannot be read.
    """
    base, scenario = reader(Position(position.base)), reader(position)
    changed, outside, unsourced = 0, [], []
    for key, _ in position.sets:
        before, after = lever_of(base, key), lever_of(scenario, key)
        if before is None or after is None:
            changed += 1
            continue
        is_changed = numbers_of(base, before) != numbers_of(scenario, after)
        changed += is_changed
        if is_outside(after.value, before.low, before.high):
            outside.append(key)
        if is_changed and is_unsourced(after.source):
            unsourced.append(key)
    return {"changed": changed, "outside": outside, "unsourced": unsourced}


def numbers_of(scenario: Scenario, lever: Lever) -> list[float]:
    """Return the numbers of a lever in both arms."""
    return [arm.values.row(leaf).value for arm in scenario.arms for leaf in lever.leaves if leaf in arm.values]


def _own(key: str) -> str:
    """Return a key without its arm."""
    arm, _, own = key.partition(".")
    return own if arm in ARMS else key
