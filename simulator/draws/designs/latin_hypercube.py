"""Latin hypercube: of n points exactly one lies in each n-th of every column, at a random place of it.

A column is keyed by its name, so another column changes none that there is. Another number of points changes all.

Source:
    M. D. McKay, R. J. Beckman, W. J. Conover, A comparison of three methods for selecting values of input variables in
    the analysis of output from a computer code, Technometrics 21(2), 1979, doi:10.1080/00401706.1979.10489755.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.draws.designs import PARTS, SMALLEST_PART, FloatArray, at_least_one, empty
from simulator.streams import Key, key_of, named_shares, named_words

INDEPENDENT = False
OTHER_PARTS = (10, 5)
"""Numbers of parts where eight do not divide the number of points."""


def sizes(count: int) -> list[int]:
    """Return how many points each part has: equal parts where the count can be divided, and otherwise one.

    Raises:
        InputError: The count is below one.
    """
    at_least_one(count)
    for parts in (PARTS, *OTHER_PARTS):
        if count % parts == 0 and count // parts >= SMALLEST_PART:
            return [count // parts] * parts
    return [count]


def points(count: int, columns: Sequence[str], seed: int, part: int = 0) -> FloatArray:
    """Return the points of a Latin hypercube.

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
    found, key = empty(count, columns), key_of(seed, part)
    below_one = np.nextafter(1.0, 0.0)
    for at, name in enumerate(columns):
        place = named_shares(f"latin_hypercube/{name}", 0, count, key)
        found[:, at] = np.minimum((_order(name, count, key) + place) / count, below_one)
    return found


def _order(name: str, count: int, key: Key) -> FloatArray:
    """Return the numbers 0 to count - 1 in random order: where 64 random bits of each stand among those of all."""
    words = named_words(f"latin_hypercube order/{name}", 0, 2 * count, key).astype(np.uint64).reshape(-1, 2)
    order = np.empty(count)
    order[np.argsort(words[:, 0] << np.uint64(32) | words[:, 1], kind="stable")] = np.arange(count)
    return order
