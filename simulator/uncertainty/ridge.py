"""The ridge of equally good values: where targets fix fewer values than were to be found.

Where a figure is a product, the ridge has a formula: scale x (1 - relative effect) = what is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from simulator.uncertainty.calibrate import Calibration, Task, pivots, rank_of, scaled_slopes, solution
from simulator.uncertainty.roots import ground_of, solutions

FloatArray = npt.NDArray[np.float64]

POINTS = 11
CURVE_POINTS = 61
MOST_IN_PRODUCT = 6
SAME = 1e-8
"""Difference from a product, as a share of the figure, that rounding explains."""


@dataclass(frozen=True)
class Factor:
    """One factor of a product: the value less the number at which the product is nothing.

    Attributes:
        key: The value.
        zero: Its number at which the product is nothing.
        rising: Whether the factor is the value less that number; else it is that number less the value.
    """

    key: str
    zero: float
    rising: bool

    def of(self, number: float) -> float:
        """Return the factor at a number."""
        return number - self.zero if self.rising else self.zero - number


@dataclass(frozen=True)
class Ridge:
    """Equally good sets of values.

    Attributes:
        free: The value that is chosen freely, by its place.
        points: Sets of values that meet all targets, shape (point, value).
        factors: The product that alone is fixed; empty where the ridge is no product.
        fixed: What the product is.
    """

    free: int
    points: FloatArray
    factors: tuple[Factor, ...]
    fixed: float | None


def ridge_of(found: Calibration, count: int = POINTS) -> Ridge:
    """Return the ridge of a calibration that is not identified.

    The first value that nothing fixes moves through its range; the others follow. Values of the delivery are solved by
    the closed form, so that no point of the ridge costs a simulation; they are then scaled as the closed form is.

    Args:
        found: The calibration.
        count: Number of points to try; those that no possible values reach are left out.
    """
    start = np.array([implied.value for implied in found.implied])
    free = next(place for place, implied in enumerate(found.implied) if not implied.identified)
    ground = found.task.grounds[free]
    numbers = np.linspace(ground.low, ground.high, count)
    factors, fixed = _product(found, start)
    if fixed is None:
        return Ridge(free, _sought(found, start, free, numbers), (), None)
    return Ridge(free, _followed(found, (factors, fixed), start, numbers), factors, fixed)


def _sought(found: Calibration, start: FloatArray, free: int, numbers: FloatArray) -> FloatArray:
    """Return the sets of values that meet the targets at numbers of the free one, shape (point, value)."""
    task = _closed(found)
    widths = np.array([ground.width for ground in task.grounds])
    others = [place for place in range(len(start)) if place != free]
    jacobian = scaled_slopes(task, start, widths)[:, others]
    solved = [others[place] for place in pivots(jacobian, rank_of(jacobian)[0])]
    points: list[FloatArray] = []
    for number in numbers.tolist():
        for begun in [*points[-1:], start]:
            point = solution(task, _with(begun, [free], [number]), solved)
            if point is not None:
                points.append(point)
                break
    return np.array(points).reshape(-1, len(start))


def _followed(
    found: Calibration, product_of: tuple[tuple[Factor, ...], float], start: FloatArray, numbers: FloatArray
) -> FloatArray:
    """Return the points of a product: the first factor moves, the second follows, the others stay."""
    factors, fixed = product_of
    places = [found.task.keys.index(factor.key) for factor in factors]
    second, ground = factors[1], found.task.grounds[places[1]]
    rest = float(np.prod([one.of(start[place]) for one, place in zip(factors[2:], places[2:], strict=True)]))
    points: list[FloatArray] = []
    for number in numbers.tolist():
        others = factors[0].of(number) * rest
        if others:
            needed = second.zero + (1 if second.rising else -1) * fixed / others
            if ground.least <= needed <= ground.most:
                points.append(_with(start, places[:2], [number, needed]))
    return np.array(points).reshape(-1, len(start))


def _closed(found: Calibration) -> Task:
    """Return the task as the closed form answers it, aiming at what the closed form says where the targets are met."""
    task = found.task
    if not task.simulates:
        return task
    from dataclasses import replace

    there = np.array([[implied.value for implied in found.implied]])
    aims = task.figures(there, task.by_control)[0]
    targets = tuple(replace(target, aim=float(aim)) for target, aim in zip(task.targets, aims, strict=True))
    return Task(task.by_control, task.by_control, targets, task.levers, task.tolerance)


def _product(found: Calibration, start: FloatArray) -> tuple[tuple[Factor, ...], float | None]:
    """Return the factors of the one target that the loose values move, where it is their product; else nothing."""
    task = found.task
    loose = [place for place, implied in enumerate(found.implied) if not implied.identified]
    widths = np.array([ground.width for ground in task.grounds])
    moved = np.abs(scaled_slopes(task, start, widths)[:, loose]).max(axis=1) > SAME
    if moved.sum() != 1 or not 2 <= len(loose) <= MOST_IN_PRODUCT:
        return (), None
    target = int(np.flatnonzero(moved)[0])
    zeros = [_zero(task, start, place, target) for place in loose]
    if any(zero is None for zero in zeros):
        return (), None
    factors = tuple(
        Factor(task.levers[place].key, float(zero or 0.0), rising=bool(start[place] >= (zero or 0.0)))
        for place, zero in zip(loose, zeros, strict=True)
    )
    numbers = [factor.of(start[place]) for factor, place in zip(factors, loose, strict=True)]
    fixed = float(np.prod(numbers))
    return (factors, fixed) if fixed and _is_product(task, start, loose, (factors, target)) else ((), None)


def _zero(task: Task, start: FloatArray, place: int, target: int) -> float | None:
    """Return where the figure is nothing along one value, if it is a straight line; also beyond what is possible."""
    lever = task.levers[place]
    ground = ground_of(lever.unit, lever.value, lever.low, lever.high)

    def figure(numbers: FloatArray) -> FloatArray:
        points = np.tile(start, (len(numbers), 1))
        points[:, place] = numbers
        return task.figures(points)[:, target]

    (found,) = solutions(figure, [0.0], ground)
    return found.roots[0].value if found.how == "exact" and found.roots else None


def _is_product(task: Task, start: FloatArray, loose: Sequence[int], found: tuple[tuple[Factor, ...], int]) -> bool:
    """Return whether the figure is the product of the factors at the corners and middles of the ranges."""
    factors, target = found
    grounds = task.grounds
    ends = [
        (grounds[place].low, (grounds[place].low + grounds[place].high) / 2, grounds[place].high) for place in loose
    ]
    points = np.array([_with(start, loose, numbers) for numbers in product(*ends)])
    figures = task.figures(points)[:, target]
    here = float(task.figures(start[None])[0, target])
    whole = np.prod([factor.of(start[place]) for factor, place in zip(factors, loose, strict=True)])
    parts = np.array(
        [np.prod([factor.of(point[place]) for factor, place in zip(factors, loose, strict=True)]) for point in points]
    )
    return bool(np.all(np.abs(figures - here * parts / whole) <= SAME * max(np.abs(figures).max(), abs(here))))


def _with(start: FloatArray, places: Sequence[int], numbers: Sequence[float]) -> FloatArray:
    point = start.copy()
    point[list(places)] = numbers
    return point
