"""Corners: figures that are known to be sums of products, written out from the corners of a box."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import numpy as np
import numpy.typing as npt

from simulator.uncertainty.multilinear import AGREES, Multilinear

FloatArray = npt.NDArray[np.float64]
Figures = Callable[[FloatArray], dict[str, FloatArray]]
INSIDE = 0.37
"""Where in the box it is tried whether the corners tell all."""
MOST_KEYS = 5
"""With more keys than this, the corners are more points than looking for the terms takes."""


def of_corners(figures: Figures, box: FloatArray) -> Multilinear | None:
    """Return figures as sums of products; None where a point inside the box shows that they are none.

    >>> product = lambda points: {"figure": points[:, 0] * points[:, 1] + 2.0}
    >>> found = of_corners(product, np.array([[0.0, 1.0], [3.0, 4.0]]))
    >>> found.at(np.array([[2.0, 3.0]])).round(9).tolist()
    [[8.0]]

    Args:
        figures: Returns figures by name, each shape (point,), at points of shape (point, key).
        box: Lowest and highest value of each key, shape (2, key).
    """
    reach = box[1] - box[0]
    moving = [int(key) for key in np.flatnonzero(reach > 0)]
    if len(moving) > MOST_KEYS:
        return None
    terms = [term for length in range(len(moving) + 1) for term in combinations(moving, length)]
    corners = np.stack([box[0] + reach * np.isin(np.arange(len(reach)), term) for term in terms])
    inside = box[0] + INSIDE * reach
    found = figures(np.concatenate([corners, inside[None]]))
    values = np.stack(list(found.values()), axis=1)
    factors = np.stack([_of_term(term, terms, values) for term in terms])
    size = np.abs(values).max(axis=0)
    made = Multilinear(tuple(found), box, tuple(terms), factors, box[0], reach, 0.0)
    off = np.abs(made.at(inside[None])[0] - values[-1])
    return made if (off <= AGREES * np.maximum(size, AGREES * size.max())).all() else None


def _of_term(term: tuple[int, ...], terms: list[tuple[int, ...]], values: FloatArray) -> FloatArray:
    """Return what a product counts for in each figure: its corner, less what all smaller products make of it."""
    parts = [
        (-1.0) ** (len(term) - len(other)) * values[at] for at, other in enumerate(terms) if set(other) <= set(term)
    ]
    total: FloatArray = np.sum(parts, axis=0)
    return total
