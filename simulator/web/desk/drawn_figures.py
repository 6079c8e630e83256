"""A figure at every draw, at once: it is worked out at the corners of the draws, and is a product between them.

What delivery does not read enters a figure as effect x loss x value, a straight line in each. That is tried once for a
delivery and its drawn values (`uncertainty.multilinear`). From then on two points of each value decide all draws, and
the figure of the position itself, which is no corner, is the check: where it does not agree, all is tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

import numpy as np
import numpy.typing as npt

from simulator.draws import DrawTable
from simulator.uncertainty.multilinear import AGREES, HIGH, LOW, Multilinear, written_out

FloatArray = npt.NDArray[np.float64]
Figure = Callable[[Mapping[str, float]], float]
MOST_CORNERS = 4
"""Values up to which all corners are worked out."""
NAME = "figure"


def drawn_figure(
    figure: Figure, table: DrawTable, today: Mapping[str, float], straight: bool
) -> tuple[FloatArray, bool]:
    """Return a figure at every draw, and whether it is a straight line in each value that is drawn.

    Args:
        figure: Gives the figure at other numbers, by lever.
        table: The draws.
        today: The number of the position itself, by lever, of those that have one.
        straight: Whether it was found to be a straight line in each of them before.
    """
    low, high = table.values.min(axis=0), table.values.max(axis=0)
    moving = [at for at in range(len(table.keys)) if high[at] > low[at]]
    if not moving:
        return np.full(table.count, figure(table.row(table.first))), straight
    if straight and len(moving) <= MOST_CORNERS:
        found = _between(figure, table, moving, (low, high))
        if _agrees(figure, found, table, moving, today):
            return found.at(table.values[:, moving])[:, 0], True
    return _tried(figure, table, (low, high))


def _between(figure: Figure, table: DrawTable, moving: list[int], ends: tuple[FloatArray, FloatArray]) -> Multilinear:
    """Return the figure as sums of products, from its corners."""
    low, high = (end[moving] for end in ends)
    start, step = low + LOW * (high - low), (HIGH - LOW) * (high - low)
    still = {key: float(ends[0][at]) for at, key in enumerate(table.keys) if at not in moving}
    keys = [table.keys[at] for at in moving]
    corners = {}
    for corner in product((0, 1), repeat=len(moving)):
        point = (start + np.array(corner) * step).tolist()
        corners[corner] = figure(still | dict(zip(keys, point, strict=True)))
    terms, factors = [], []
    for corner in sorted(corners, key=lambda one: (sum(one), tuple(-each for each in one))):
        below = [one for one in corners if all(part <= whole for part, whole in zip(one, corner, strict=True))]
        factors.append(sum((-1) ** (sum(corner) - sum(one)) * corners[one] for one in below))
        terms.append(tuple(at for at, there in enumerate(corner) if there))
    return Multilinear((NAME,), np.stack([low, high]), tuple(terms), np.array(factors)[:, None], start, step, 0.0)


def _agrees(
    figure: Figure, found: Multilinear, table: DrawTable, moving: list[int], today: Mapping[str, float]
) -> bool:
    """Return whether products give the figure at a point that is no corner: that of the position where it is inside."""
    keys = [table.keys[at] for at in moving]
    middle = found.box.mean(axis=0).tolist()
    known = all(key in today for key in table.keys)
    point = np.array([[today[key] for key in keys] if known else middle])
    still = {key: float(table.values[0, at]) for at, key in enumerate(table.keys) if at not in moving}
    if not known or not found.holds(point) or any(today[key] != one for key, one in still.items()):
        point = np.array([middle])
    truth = figure(still | dict(zip(keys, point[0].tolist(), strict=True)))
    corners = np.array([found.box[0], found.box[1]])
    size = max(abs(truth), float(np.abs(found.at(corners)).max()))
    return abs(float(found.at(point)[0, 0]) - truth) <= AGREES * size


def _tried(figure: Figure, table: DrawTable, ends: tuple[FloatArray, FloatArray]) -> tuple[FloatArray, bool]:
    """Return the figure at every draw as sums of products where they are found, else worked out at each."""

    def each(rows: FloatArray) -> dict[str, FloatArray]:
        found = [figure(dict(zip(table.keys, row, strict=True))) for row in rows.tolist()]
        return {NAME: np.array(found, dtype=np.float64)}

    products = written_out(each, np.stack(ends), budget=table.count)
    if products is None:
        return each(table.values)[NAME], False
    return products.at(table.values)[:, 0], True
