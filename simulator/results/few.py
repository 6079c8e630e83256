"""Cells of few persons: which other cells must go with them, so that no sum gives one back.

Cells and the sums that bind them form a system of equations. A cell under `LEAST` is left out; then, for each cell
that is left out, the smallest and the largest number that it can be are worked out by two linear programs, from all
that is still told, from sums and laws, and from counts being no less than nothing. Where fewer than two whole numbers
are left, the smallest cell that is still told in a sum with it goes too, until none is given back.

>>> cells = {"a": 3.0, "b": 40.0, "c": 12.0, "all": 55.0}
>>> sorted(left_out(cells, [{"a": 1, "b": 1, "c": 1, "all": -1}]))
['a', 'c']
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np

LEAST = 5.0
"""A count above nothing and under this is told of nobody."""
WHOLE = 2
"""A cell must be able to be at least so many whole numbers."""
WITHIN = 1e-6

Cell = TypeVar("Cell", bound=Hashable)


def is_small(count: float) -> bool:
    """Return whether a count is of few persons."""
    return WITHIN < count < LEAST - WITHIN


def left_out(cells: Mapping[Cell, float], sums: Sequence[Mapping[Cell, float]]) -> set[Cell]:
    """Return the cells that are not told: the small ones, and those that would give one of them back.

    Args:
        cells: Every cell with its count.
        sums: Sums that are nothing: cell -> sign. A total is a cell like others, with the sign -1.
    """
    hidden = {cell for cell, count in cells.items() if is_small(count)}
    # What is left open stays open when more is left out, so that each cell is looked at until it is, and no more.
    for cell in sorted(hidden, key=str):
        while _choices(cell, cells, sums, hidden) < WHOLE and _take_next(cell, cells, sums, hidden):
            pass
    while further := _of_thin(cells, sums, hidden):
        hidden |= further
    return hidden


def _take_next(
    cell: Cell, cells: Mapping[Cell, float], sums: Sequence[Mapping[Cell, float]], hidden: set[Cell]
) -> bool:
    """Leave out the next cell for one, and return whether there was any."""
    further = _next(cell, cells, sums, hidden)
    hidden |= set() if further is None else {further}
    return further is not None


def _of_thin(cells: Mapping[Cell, float], sums: Sequence[Mapping[Cell, float]], hidden: Collection[Cell]) -> set[Cell]:
    """Return a further cell of the first sum that gives back that its hidden cells are few together; else nothing."""
    for row in sums:
        within = {cell: sign for cell, sign in row.items() if cell in hidden}
        told = [cell for cell in row if cell not in hidden and cells[cell] > WITHIN]
        alike = len(set(within.values())) == 1
        if told and alike and is_small(abs(math.fsum(sign * cells[cell] for cell, sign in within.items()))):
            return {min(told, key=lambda cell: (cells[cell], str(cell)))}
    return set()


def ends_of(
    cell: Cell, cells: Mapping[Cell, float], sums: Sequence[Mapping[Cell, float]], hidden: Collection[Cell]
) -> tuple[float, float]:
    """Return the smallest and the largest count that a hidden cell can have, for who knows all that is told."""
    from scipy.optimize import linprog

    unknown = _bound(cell, sums, hidden)
    place = {one: number for number, one in enumerate(unknown)}
    rows = [one for one in sums if set(one) & set(place)]
    matrix, rest = np.zeros((len(rows), len(place))), np.zeros(len(rows))
    for number, one in enumerate(rows):
        for name, sign in one.items():
            if name in place:
                matrix[number, place[name]] = sign
            else:
                rest[number] -= sign * cells[name]
    if not rows:
        return 0.0, math.inf
    aim = np.zeros(len(place))
    aim[place[cell]] = 1.0
    found = [linprog(sign * aim, A_eq=matrix, b_eq=rest, bounds=(0, None), method="highs") for sign in (1.0, -1.0)]
    low, high = (
        float(one.x[place[cell]]) if one.status == 0 else end for one, end in zip(found, (0.0, math.inf), strict=True)
    )
    return low, high


def _bound(cell: Cell, sums: Sequence[Mapping[Cell, float]], hidden: Collection[Cell]) -> list[Cell]:
    """Return the hidden cells that sums bind to one, itself first, over as many sums as it takes."""
    found, waiting = {cell: None}, [cell]
    while waiting:
        one = waiting.pop()
        for row in sums:
            if one in row:
                new = [other for other in row if other in hidden and other not in found]
                found |= dict.fromkeys(new)
                waiting += new
    return list(found)


def _choices(
    cell: Cell, cells: Mapping[Cell, float], sums: Sequence[Mapping[Cell, float]], hidden: Collection[Cell]
) -> float:
    """Return how many whole numbers a hidden cell can be."""
    low, high = ends_of(cell, cells, sums, hidden)
    if math.isinf(high):
        return math.inf
    return math.floor(high + WITHIN) - math.ceil(low - WITHIN) + 1


def _next(
    cell: Cell, cells: Mapping[Cell, float], sums: Sequence[Mapping[Cell, float]], hidden: Collection[Cell]
) -> Cell | None:
    """Return the smallest cell above nothing that is told in a sum with one, or with what binds it; else None."""
    for circle in ([cell], _bound(cell, sums, hidden)):
        rows = [row for row in sums if any(one in row for one in circle)]
        told = {other for row in rows for other in row if other not in hidden and cells[other] > WITHIN}
        if told:
            return min(told, key=lambda other: (cells[other], str(other)))
    return None
