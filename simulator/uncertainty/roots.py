"""Where a figure reaches a target when one value moves: all points, exactly where the figure is a straight line.

A figure is asked for at many points at once. Points that it refuses come back as not a number and are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, isfinite

import numpy as np
import numpy.typing as npt

from simulator.facts.units import UNITS, Unit

FloatArray = npt.NDArray[np.float64]
Figure = Callable[[FloatArray], FloatArray]

STRAIGHT = 1e-10
"""Distance from a straight line, as a share of the largest figure, that rounding explains."""
NEAR = 1e-7
"""Distance from the target, as a share of the largest figure, at which it counts as reached."""
SAME_POINT = 1e-9
"""Distance between two points, as a share of the interval, below which they are one."""
FAR = 100.0
"""How many times the largest number of its range a value without an upper bound is followed."""
WHOLE_UNITS = frozenset({"year", "whole weeks", "tries"})
GRID = 41
COARSE = 1e-5
"""From here on a point is sought with few questions instead of to the last digit."""
ROUGH_QUESTIONS = 8
SHARP = 1e-13
"""How sharply a point is sought, as a share of the numbers between which it lies."""
LONGEST_WHOLE = 400

STRAIGHT_LINE = "exact"
SOUGHT = "sought"
IDLE = "idle"
REFUSED = "refused"


@dataclass(frozen=True)
class Ground:
    """Where one value may move.

    Attributes:
        low: Lower end of its range [its unit].
        high: Upper end of its range.
        least: Smallest possible number.
        most: Largest possible number, or how far it is followed where there is none.
        whole: Whether it is a whole number.
        today: Its number today; the middle of the range where its values differ today.
    """

    low: float
    high: float
    least: float
    most: float
    whole: bool
    today: float

    @property
    def width(self) -> float:
        """Length of the range, never nothing."""
        return (self.high - self.low) or abs(self.today) or 1.0

    def possible(self, point: float) -> bool:
        """Return whether the value can be this number."""
        return self.least <= point <= self.most and (not self.whole or point == round(point))


@dataclass(frozen=True)
class Root:
    """A point at which a figure reaches its target.

    Attributes:
        value: The point.
        residual: Figure less target there; not nothing where the figure jumps over the target.
    """

    value: float
    residual: float


@dataclass(frozen=True)
class Found:
    """What a search found for one target.

    Attributes:
        roots: Points in rising order; empty where no possible number reaches the target.
        how: `exact` on a straight line, `sought` otherwise, `idle` where the value does not move the figure,
            `refused` where the value cannot move alone.
    """

    roots: tuple[Root, ...]
    how: str


def ground_of(unit: str, value: float | None, low: float | None, high: float | None) -> Ground:
    """Return where a value of a unit may move; without a range that is its number alone."""
    ends = [end for end in (low, high, value) if end is not None]
    bottom, top = (min(ends), max(ends)) if ends else (0.0, 1.0)
    today = (bottom + top) / 2 if value is None else value
    bounds = UNITS.get(unit, Unit(lowest=None))
    reach = FAR * max(abs(bottom), abs(top), top - bottom, 1e-6)
    whole = unit in WHOLE_UNITS
    least = -reach if bounds.lowest is None else bounds.lowest
    most = reach if bounds.highest is None else bounds.highest
    if unit == "year":
        least, most = bottom, top
    return Ground(bottom, top, least, most, whole, today)


def solutions(
    figure: Figure, targets: Sequence[float], ground: Ground, grid: int = GRID, sharp: float = SHARP
) -> list[Found]:
    """Return for each target all points at which a figure reaches it.

    Args:
        figure: The figure at points, shape (point,) to (point,).
        targets: The targets, in the unit of the figure.
        ground: Where the value may move.
        grid: Number of points of the search where the figure is no straight line; a hump between two of them that
            crosses the target twice is not seen.
        sharp: How sharply a point is sought, as a share of the interval in which it lies.
    """
    points = _first_probes(ground)
    found = figure(points)
    if len(points) > 1 and np.isfinite(found).all() and _is_still(found):
        return [Found((), IDLE) for _ in targets]
    more = np.setdiff1d(_probes(ground), points)
    points, found = _sorted(np.concatenate([points, more]), np.concatenate([found, figure(more)]))
    seen = np.isfinite(found)
    if seen.sum() < min(2, len(points)):
        return [Found((), REFUSED) for _ in targets]
    points, found = points[seen], found[seen]
    scale = float(np.abs(found).max()) or 1.0
    if _is_still(found):
        return [Found((), IDLE) for _ in targets]
    if not ground.whole and len(points) > 2 and _is_straight(points, found, scale):
        exact = [_on_line(points, found, target, ground) for target in targets]
        if _holds(figure, exact, targets, scale):
            return exact
    points, found = _denser(figure, points, found, ground, grid)
    return [_sought(figure, (points, found), target, ground, sharp) for target in targets]


def _is_still(found: FloatArray) -> bool:
    return bool(np.ptp(found) <= STRAIGHT * np.abs(found).max())


def _sorted(points: FloatArray, found: FloatArray) -> tuple[FloatArray, FloatArray]:
    order = np.argsort(points)
    return points[order], found[order]


def _first_probes(ground: Ground) -> FloatArray:
    """Return today and the ends of the range: a value that moves nothing there is not followed further."""
    points = {ground.today, ground.low, ground.high}
    return np.array(sorted({float(round(point)) for point in points} if ground.whole else points))


def _probes(ground: Ground) -> FloatArray:
    """Return the points at which a straight line shows itself: today, the ends of the range and of what is possible."""
    middle = (ground.low + ground.high) / 2
    beyond = min(ground.high + ground.width, ground.most)
    points = {ground.today, ground.low, ground.high, middle, beyond, max(ground.low - ground.width, ground.least)}
    if ground.whole:
        points = {float(round(point)) for point in points}
    return np.array(sorted(point for point in points if ground.possible(point)))


def _is_straight(points: FloatArray, found: FloatArray, scale: float) -> bool:
    line = found[0] + (found[-1] - found[0]) * (points - points[0]) / (points[-1] - points[0])
    return bool(np.abs(found - line).max() <= STRAIGHT * scale)


def _on_line(points: FloatArray, found: FloatArray, target: float, ground: Ground) -> Found:
    slope = (found[-1] - found[0]) / (points[-1] - points[0])
    root = float(points[0] + (target - found[0]) / slope)
    for end in (ground.least, ground.most, ground.today):
        if abs(root - end) <= 1e-12 * max(ground.width, abs(end)):
            root = end
    inside = isfinite(root) and ground.possible(root)
    return Found((Root(root, 0.0),) if inside else (), STRAIGHT_LINE)


def _holds(figure: Figure, answers: list[Found], targets: Sequence[float], scale: float) -> bool:
    """Return whether the figure is where the straight line says it is, at every point found."""
    pairs = [(one.roots[0].value, target) for one, target in zip(answers, targets, strict=True) if one.roots]
    if not pairs:
        return True
    there = figure(np.array([point for point, _ in pairs]))
    aims = np.array([target for _, target in pairs])
    return bool(np.all(np.abs(there - aims) <= 1e-8 * np.maximum(scale, np.abs(aims))))


def _denser(
    figure: Figure, points: FloatArray, found: FloatArray, ground: Ground, grid: int
) -> tuple[FloatArray, FloatArray]:
    """Return the figure on a grid: even over the range and its neighbourhood, ever wider up to what is possible."""
    if ground.whole:
        first, last = ceil(ground.least), floor(ground.most)
        last = min(last, first + LONGEST_WHOLE)
        more = np.arange(first, last + 1, dtype=float)
    else:
        near = np.linspace(
            max(ground.least, ground.low - ground.width), min(ground.most, ground.high + ground.width), grid
        )
        wide = ground.width * np.geomspace(1.0, max(ground.most - ground.least, ground.width) / ground.width, grid // 2)
        more = np.concatenate([near, ground.high + wide, ground.low - wide, [ground.least, ground.most]])
        more = more[(more >= ground.least) & (more <= ground.most)]
    more = np.setdiff1d(more, points)
    points, found = _sorted(np.concatenate([points, more]), np.concatenate([found, figure(more)]))
    return points[np.isfinite(found)], found[np.isfinite(found)]


def _sought(figure: Figure, known: tuple[FloatArray, FloatArray], target: float, ground: Ground, sharp: float) -> Found:
    points, found = known
    above = found - target
    scale = max(float(np.abs(found).max()), abs(target)) or 1.0
    reached = np.abs(above) <= 1e-12 * scale
    roots = [Root(float(points[index]), 0.0) for index in _first_of_runs(reached, points, ground.today)]
    for index in range(len(points) - 1):
        if reached[index] or reached[index + 1] or above[index] * above[index + 1] > 0:
            continue
        ends = (float(points[index]), float(points[index + 1]))
        if ground.whole:
            best = index if abs(above[index]) <= abs(above[index + 1]) else index + 1
            roots.append(Root(float(points[best]), float(above[best])))
        else:
            enclosing = {ends[0]: float(found[index]), ends[1]: float(found[index + 1])}
            if sharp >= COARSE:
                roots.extend(_roughly(figure, enclosing, target, (ground, sharp)))
            else:
                roots.extend(_crossing(figure, ends, target, (scale, sharp)))
    return Found(_apart(roots, float(points[-1] - points[0])), SOUGHT)


def _first_of_runs(reached: npt.NDArray[np.bool_], points: FloatArray, today: float) -> list[int]:
    """Return of each stretch of points on the target the one nearest to today."""
    runs: list[list[int]] = []
    for index in np.flatnonzero(reached).tolist():
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return [min(run, key=lambda index: abs(points[index] - today)) for run in runs]


def _crossing(figure: Figure, ends: tuple[float, float], target: float, measures: tuple[float, float]) -> list[Root]:
    """Return where the figure crosses the target between two points, nothing where it is refused on the way.

    Source:
        Brent (1973), Algorithms for Minimization without Derivatives, chapter 4, as `scipy.optimize.brentq`.
    """
    from scipy.optimize import brentq

    def above(point: float) -> float:
        return float(figure(np.array([point]))[0]) - target

    scale, sharp = measures
    size = max(ends[1] - ends[0], abs(ends[0]), abs(ends[1]))
    try:
        point = float(brentq(above, *ends, xtol=sharp * size, rtol=max(sharp, 1e-14)))
    except ValueError:  # no number between the ends
        return []
    residual = above(point)
    return [Root(point, 0.0 if abs(residual) <= max(NEAR, 100 * sharp) * scale else residual)]


def _roughly(figure: Figure, known: dict[float, float], target: float, measures: tuple[Ground, float]) -> list[Root]:
    """Return where the figure crosses the target between two points, found with few questions."""
    ground, sharp = measures
    near = sharp * max(abs(value) for value in (*known.values(), target))
    root = approached(lambda point: float(figure(np.array([point]))[0]), known, target, ground, (ROUGH_QUESTIONS, near))
    if root is None:
        return []
    return [Root(root.value, 0.0 if abs(root.residual) <= near else root.residual)]


def _apart(roots: list[Root], width: float) -> tuple[Root, ...]:
    kept: list[Root] = []
    for root in sorted(roots, key=lambda root: root.value):
        if not kept or root.value - kept[-1].value > SAME_POINT * width:
            kept.append(root)
    return tuple(kept)


def approached(
    figure: Callable[[float], float],
    known: dict[float, float],
    target: float,
    ground: Ground,
    allowed: tuple[int, float],
) -> Root | None:
    """Return the point whose figure comes nearest to a target, with few and costly questions; None where none does.

    The secant through the two points nearest to the target, between two that enclose it once there are such.

    Args:
        figure: The figure at a point.
        known: Points that are known, at least two; those asked for are added.
        target: The target.
        ground: Where the value may move.
        allowed: Number of questions, and the distance from the target that is near enough.

    Source:
        Dowell and Jarratt (1971), A modified regula falsi method, BIT 11, 168-174, doi:10.1007/BF01934364.
    """
    most, near = allowed
    for _ in range(most):
        nearest = min(known, key=lambda point: abs(known[point] - target))
        if abs(known[nearest] - target) <= near:
            break
        point = _next_point(known, target, ground)
        if point is None or any(abs(point - one) <= 1e-6 * ground.width for one in known):
            break
        value = figure(point)
        if not isfinite(value):
            break
        known[point] = value
    if not _encloses(known, target) and min(abs(value - target) for value in known.values()) > near:
        return None
    nearest = min(known, key=lambda point: abs(known[point] - target))
    return Root(nearest, known[nearest] - target)


def _encloses(known: dict[float, float], target: float) -> bool:
    return min(known.values()) <= target <= max(known.values())


def _next_point(known: dict[float, float], target: float, ground: Ground) -> float | None:
    points = sorted(known)
    pairs = [pair for pair in pairwise(points) if (known[pair[0]] - target) * (known[pair[1]] - target) <= 0]
    one, two = pairs[0] if pairs else sorted(points, key=lambda point: abs(known[point] - target))[:2]
    rise = known[two] - known[one]
    if rise == 0:
        return None
    point = one + (target - known[one]) * (two - one) / rise
    point = min(max(point, ground.least), ground.most)
    return float(round(point)) if ground.whole else point
