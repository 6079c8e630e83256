"""Multilinear: figures written out as sums of products of their values, found once and then valued by the million.

What is not simulated again is arithmetic, and mostly products: effect x loss x value. A figure is multilinear in some
values where it is a straight line in each of them while the others stand still; then it is a sum of products, and
finitely many points decide all of them. Whether it is so is tried, and the terms are checked at points of their own.

    >>> import numpy as np
    >>> product = lambda points: {"figure": points[:, 0] * points[:, 1] + 2.0}
    >>> found = written_out(product, np.array([[0.0, 1.0], [3.0, 4.0]]), budget=100)
    >>> found.at(np.array([[2.0, 5.0]])).round(9).tolist()
    [[12.0]]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Figures = Callable[[FloatArray], dict[str, FloatArray]]
Term = tuple[int, ...]

NOTHING = 1e-10
"""A term below this share of the figure's size is what rounding leaves of none."""
AGREES = 1e-9
"""The largest difference at the points of the check, as a share of the figure's size."""
SMALLEST = 1e-4
"""No figure counts as smaller than this share of the largest."""
CHECKS = 24
"""Points of the check."""
BLOCK = 1 << 14
"""Points that are valued at a time, so that memory does not grow with their number."""
LOW, HIGH = 0.21, 0.77
"""Where in the box the terms are worked out: at no end, and at no middle."""


@dataclass(frozen=True)
class Multilinear:
    """Figures as sums of products.

    Attributes:
        names: Names of the figures.
        box: Lowest and highest value of each key within which the terms were checked, shape (2, key).
        terms: Of each term the keys that are multiplied, by number.
        factors: What each term counts for in each figure, shape (term, figure). A key stands in it as its distance from
            `start` in steps of `step`.
        start: Value of each key at 0 steps, shape (key,).
        step: Length of a step, shape (key,); 0 for a key that stands still.
        difference: Largest difference at the points of the check, as a share of the figure's size.
    """

    names: tuple[str, ...]
    box: FloatArray
    terms: tuple[Term, ...]
    factors: FloatArray
    start: FloatArray
    step: FloatArray
    difference: float

    def holds(self, points: FloatArray) -> bool:
        """Return whether points lie within the box of the check, shape of the points (point, key)."""
        reach = self.box[1] - self.box[0]
        low, high = self.box[0] - NOTHING * reach, self.box[1] + NOTHING * reach
        return bool(((points >= low) & (points <= high)).all())

    def at(self, points: FloatArray, names: Sequence[str] = ()) -> FloatArray:
        """Return figures at points, shape (point, figure).

        Args:
            points: Values of the keys, shape (point, key).
            names: Names of the figures wanted; all where left out.
        """
        columns = [self.names.index(name) for name in names] or list(range(len(self.names)))
        factors = np.ascontiguousarray(self.factors[:, columns])
        found = np.empty((len(points), len(columns)))
        room = np.empty((len(self.terms), BLOCK))
        for first in range(0, len(points), BLOCK):
            block = points[first : first + BLOCK]
            products = self._products(block, room[:, : len(block)])
            found[first : first + BLOCK] = products.T @ factors
        return found

    def _products(self, points: FloatArray, room: FloatArray) -> FloatArray:
        """Return the products of each term, shape (term, point); a term has its first keys in a term before it."""
        moving = np.where(self.step == 0, 1.0, self.step)
        steps = ((points - self.start) / moving).T.copy()
        row = {term: number for number, term in enumerate(self.terms)}
        for number, term in enumerate(self.terms):
            if not term:
                room[number] = 1.0
            elif len(term) == 1:
                room[number] = steps[term[0]]
            else:
                np.multiply(room[row[term[:-1]]], steps[term[-1]], out=room[number])
        return room


def written_out(figures: Figures, box: FloatArray, budget: int) -> Multilinear | None:
    """Return figures as sums of products, or None where they are none, or need more points than is worth while.

    Terms of more keys are looked for only where all their parts are there: at a starting point that is nothing special
    a product of three leaves its trace in each two of them.

    Args:
        figures: Returns figures by name, each shape (point,), at points of shape (point, key).
        box: Lowest and highest value of each key, shape (2, key).
        budget: Most points that may be worked out.
    """
    search = _Search(figures, box, budget)
    if not search.is_straight():
        return None
    level: list[Term] = [(key,) for key in search.moving]
    while level:
        found = search.add(level)
        if found is None:
            return None
        level = search.longer(found)
    return search.checked()


class _Search:
    """Looks for the terms of a box."""

    def __init__(self, figures: Figures, box: FloatArray, budget: int) -> None:
        self.figures, self.box, self.left = figures, box, budget
        reach = box[1] - box[0]
        self.moving = [int(key) for key in np.flatnonzero(reach > 0)]
        self.start, self.step = box[0] + LOW * reach, (HIGH - LOW) * reach
        first = figures(self.start[None])
        self.names = tuple(first)
        self.found: dict[Term, FloatArray] = {(): self._column(first)[0]}
        self.size = self._sized(np.abs(self.found[()]))

    def _column(self, figures: dict[str, FloatArray]) -> FloatArray:
        return np.stack([figures[name] for name in self.names], axis=1)

    def _values(self, points: FloatArray) -> FloatArray | None:
        """Return figures at points, shape (point, figure); None where the budget does not reach."""
        self.left -= len(points)
        if self.left < 0:
            return None
        found = self._column(self.figures(points))
        self.size = self._sized(np.maximum(self.size, np.abs(found).max(axis=0, initial=0.0)))
        return found

    @staticmethod
    def _sized(sizes: FloatArray) -> FloatArray:
        """Return the sizes against which rounding is told from terms: differences of large figures round as they do."""
        sized: FloatArray = np.maximum(sizes, SMALLEST * sizes.max(initial=0.0))
        return sized

    def is_straight(self) -> bool:
        """Return whether every figure is a straight line in each key: half a step is half the change."""
        points = np.repeat(self.start[None], 2 * len(self.moving), axis=0)
        for row, key in enumerate(self.moving):
            points[2 * row, key] += self.step[key] / 2
            points[2 * row + 1, key] += self.step[key]
        values = self._values(points)
        if values is None:
            return False
        half, whole = values[::2] - self.found[()], values[1::2] - self.found[()]
        return bool((np.abs(whole - 2 * half) <= AGREES * self.size).all())

    def add(self, terms: list[Term]) -> list[Term] | None:
        """Work out terms whose parts are known; return those that are there, None where the budget does not reach."""
        points = np.repeat(self.start[None], len(terms), axis=0)
        for row, term in enumerate(terms):
            points[row, list(term)] += self.step[list(term)]
        values = self._values(points)
        if values is None:
            return None
        there = []
        for term, value in zip(terms, values, strict=True):
            parts = (part for length in range(len(term)) for part in combinations(term, length))
            factor = value - sum(self.found[part] for part in parts if part in self.found)
            factor[np.abs(factor) <= NOTHING * self.size] = 0.0
            if factor.any():
                self.found[term] = factor
                there.append(term)
        return there

    def longer(self, terms: list[Term]) -> list[Term]:
        """Return the terms of one key more, all of whose parts are there."""
        known = set(terms)
        longer = [(*term, key) for term in terms for key in self.moving if key > term[-1]]
        return [term for term in longer if all(part in known for part in combinations(term, len(term) - 1))]

    def checked(self) -> Multilinear | None:
        """Return what was found if it agrees at the corners of the box and at points spread over it."""
        width, count = self.box.shape[1], CHECKS
        spread = np.mod(np.outer(np.arange(1, count - 1), np.sqrt(2 + np.arange(width) * 1.5)), 1.0)
        points = self.box[0] + np.vstack([np.zeros(width), np.ones(width), spread]) * (self.box[1] - self.box[0])
        values = self._values(points)
        if values is None:
            return None
        terms = tuple(sorted(self.found, key=lambda term: (len(term), term)))
        factors = np.stack([self.found[term] for term in terms])
        found = Multilinear(self.names, self.box, terms, factors, self.start, self.step, 0.0)
        size = np.where(self.size > 0, self.size, 1.0)
        difference = float((np.abs(found.at(points) - values) / size).max(initial=0.0))
        agrees = difference <= AGREES
        return Multilinear(self.names, self.box, terms, factors, self.start, self.step, difference) if agrees else None
