"""Random: points that are independent of each other.

A column is keyed by its name and a point by its number: more points, or another column, change none that there is.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.draws.designs import LARGEST_PART, FloatArray, at_least_one, empty
from simulator.streams import key_of, named_shares

INDEPENDENT = True


def sizes(count: int) -> list[int]:
    """Return how many points each part has.

    Raises:
        InputError: The count is below one.
    """
    at_least_one(count)
    whole, rest = divmod(count, LARGEST_PART)
    return [LARGEST_PART] * whole + [rest] * (rest > 0)


def points(count: int, columns: Sequence[str], seed: int, part: int = 0) -> FloatArray:
    """Return random points.

    Args:
        count: How many.
        columns: Names of the columns.
        seed: Seed of the run.
        part: Which of the independent sets.

    Returns:
        Shares above 0 and below 1, shape (point, column).

    Raises:
        InputError: The count is below one.
    """
    at_least_one(count)
    found = empty(count, columns)
    for at, name in enumerate(columns):
        found[:, at] = named_shares(f"random/{name}", 0, count, key_of(seed, part))
    return found
