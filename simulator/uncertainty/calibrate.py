"""Calibration: the values that make figures meet targets, how far the targets fix them, and where they do not.

The rank of the Jacobian decides: as many values are identified as it has independent directions. Where that is fewer
than were to be found, no set of values is *the* answer, and the ridge of equally good ones is told instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.errors import Fault, InputError
from simulator.uncertainty.asking import DELIVERY, Askable, at
from simulator.uncertainty.breakeven import in_range
from simulator.uncertainty.levers import Lever
from simulator.uncertainty.roots import Ground, ground_of
from simulator.uncertainty.targets import Aimed

FloatArray = npt.NDArray[np.float64]

STEP_SHARE = 0.02
"""Step of a slope, as a share of the range."""
SAME_DIRECTION = 1e-6
"""Singular values below this share of the largest are none: the straight and the product-shaped figures have none that
small but by rounding. With values of the delivery the closed form decides, which has no luck in it."""
FREE_PART = 1e-4
"""Part of a direction that changes nothing, from which on a value belongs to it."""
MOST_STEPS = 40
HALVINGS = 12
NEAR = 1e-9
NEAR_SIMULATED = 1e-3
"""Distance from a target, as a share of it, at which a search ends: without and with simulations."""
TWO_ERRORS = 2.0
MOST_CORNERS = 6
WHERE = "command line"
TARGET_OPTION, VARY_OPTION = "--target", "--vary"


@dataclass(frozen=True)
class Target:
    """A figure and what it shall be.

    Attributes:
        figure: The figure.
        aim: What it shall be, in its unit.
        within: Half the width of its own rounding, in its unit; None where it is not said.
    """

    figure: Aimed
    aim: float
    within: float | None = None


@dataclass(frozen=True)
class Task:
    """What is to be calibrated.

    Attributes:
        worked: The scenario.
        by_control: The scenario as the closed form answers it; the same where nothing is simulated.
        targets: The targets.
        levers: The values to be found.
        tolerance: Distance from a target, as a share of it, that is near enough; None for the ordinary one.
        errors: Standard error of each target's figure at values of the levers [its unit]; None where there are no
            events.
    """

    worked: Askable
    by_control: Askable
    targets: tuple[Target, ...]
    levers: tuple[Lever, ...]
    tolerance: float | None = None
    errors: Callable[[FloatArray], list[float | None]] | None = None

    @property
    def keys(self) -> list[str]:
        """Keys of the values."""
        return [lever.key for lever in self.levers]

    @property
    def grounds(self) -> list[Ground]:
        """Where each value may move."""
        return [ground_of(lever.unit, lever.value, lever.low, lever.high) for lever in self.levers]

    @property
    def simulates(self) -> bool:
        """Whether a value to be found is one of the delivery, in a scenario that is simulated."""
        return self.by_control is not self.worked and any(lever.stage == DELIVERY for lever in self.levers)

    @property
    def aims(self) -> FloatArray:
        """The targets, shape (target,)."""
        return np.array([target.aim for target in self.targets])

    @property
    def sizes(self) -> FloatArray:
        """What a difference from each target is measured by, shape (target,)."""
        return np.where(self.aims == 0, 1.0, np.abs(self.aims))

    def near(self) -> float:
        """Return the distance that is near enough, as a share of a target."""
        return self.tolerance or (NEAR_SIMULATED if self.simulates else NEAR)

    def figures(self, points: FloatArray, asked: Askable | None = None) -> FloatArray:
        """Return the targets' figures at points (point, value), shape (point, target)."""
        return at(asked or self.worked, self.keys, points, [target.figure for target in self.targets])


@dataclass(frozen=True)
class Implied:
    """A value that the targets imply.

    Attributes:
        lever: The value as it stands today.
        value: What it must be; that of one of many good sets where it is not identified.
        low: Lower end of the interval; None where there is none.
        high: Upper end.
        identified: Whether the targets fix it.
    """

    lever: Lever
    value: float
    low: float | None
    high: float | None
    identified: bool

    @property
    def inside(self) -> bool:
        """Whether it lies in its range."""
        return in_range(self.lever, self.value)


@dataclass(frozen=True)
class Calibration:
    """What a calibration found.

    Attributes:
        task: What was asked.
        implied: The values.
        reached: The figures there, shape (target,).
        rank: How many values the targets fix.
        interval: Where the interval comes from: `rounding`, `events`, `both` or `exact`.
        directions: Directions that change no target, per value in widths of its range, shape (direction, value).
    """

    task: Task
    implied: tuple[Implied, ...]
    reached: FloatArray
    rank: int
    interval: str
    directions: FloatArray

    @property
    def identified(self) -> bool:
        """Whether the targets fix all values."""
        return self.rank == len(self.implied)


def calibrate(task: Task) -> Calibration:
    """Return the values that meet the targets, or one set of them and the directions that nothing fixes.

    Raises:
        InputError: A target cannot be reached, whatever the values are.
    """
    grounds = task.grounds
    start = np.array([ground.today for ground in grounds])
    widths = np.array([ground.width for ground in grounds])
    jacobian = _identifying(task, start, widths)
    rank, directions = rank_of(jacobian)
    solved = pivots(jacobian, rank)
    point = solution(task, start, solved)
    if point is None:
        raise _out_of_reach(task, start)
    reached = task.figures(point[None])[0]
    half, interval = _half_widths(task, point, solved)
    implied = tuple(
        _implied(lever, point[place], half.get(place), identified=not loose)
        for place, (lever, loose) in enumerate(zip(task.levers, _loose(directions), strict=True))
    )
    return Calibration(task, implied, reached, rank, interval, directions)


def _implied(lever: Lever, value: float, half: float | None, *, identified: bool) -> Implied:
    if half is None or not identified:
        return Implied(lever, float(value), None, None, identified)
    return Implied(lever, float(value), float(value - half), float(value + half), identified)


def _loose(directions: FloatArray) -> list[bool]:
    """Return for each value whether it moves along a direction that changes no target."""
    return [bool(part > FREE_PART) for part in np.abs(directions).max(axis=0, initial=0.0)]


def rank_of(jacobian: FloatArray) -> tuple[int, FloatArray]:
    """Return the rank of a scaled Jacobian (target, value), and the directions that change nothing, one in a row."""
    _, found, right = np.linalg.svd(jacobian)
    rank = int((found > SAME_DIRECTION * max(float(found.max(initial=0.0)), SAME_DIRECTION)).sum())
    return rank, right[rank:]


def pivots(jacobian: FloatArray, rank: int) -> list[int]:
    """Return the values that the targets are solved for: as many as are fixed, those that move the figures most.

    Source:
        Businger and Golub (1965), Linear least squares solutions by Householder transformations, Numerische Mathematik
        7, 269-276, doi:10.1007/BF01436084.
    """
    from scipy.linalg import qr

    _, order = qr(jacobian, mode="r", pivoting=True)
    return sorted(order[:rank].tolist())


def _identifying(task: Task, start: FloatArray, widths: FloatArray) -> FloatArray:
    """Return the scaled Jacobian that decides on identification: at today's values or in the middle of the ranges."""
    here = scaled_slopes(task, start, widths)
    if rank_of(here)[0] == min(here.shape):
        return here
    middle = np.array([(ground.low + ground.high) / 2 for ground in task.grounds])
    return max(here, scaled_slopes(task, middle, widths), key=lambda jacobian: rank_of(jacobian)[0])


def scaled_slopes(task: Task, point: FloatArray, widths: FloatArray) -> FloatArray:
    """Return slopes of the figures in shares of the targets over widths of the ranges, shape (target, value)."""
    return slopes(task, point) * widths / task.sizes[:, None]


def slopes(task: Task, point: FloatArray) -> FloatArray:
    """Return slopes of the figures at a point, shape (target, value).

    Those of values of the delivery are the closed form's, scaled to the simulated figures: that costs no simulation.
    Where the closed form does not move, it is simulated at the end of the range.
    """
    found = _differences(task, point, task.by_control)
    if task.by_control is task.worked:
        return found
    delivered = np.array([lever.stage == DELIVERY for lever in task.levers])
    if not delivered.all():
        found[:, ~delivered] = _differences(task, point, task.worked, ~delivered)[:, ~delivered]
    closed, simulated = task.figures(point[None], task.by_control)[0], task.figures(point[None])[0]
    ratio = np.divide(simulated, closed, out=np.ones_like(closed), where=(closed != 0) & np.isfinite(simulated))
    found[:, delivered] *= ratio[:, None]
    return found


def _differences(
    task: Task, point: FloatArray, asked: Askable, wanted: npt.NDArray[np.bool_] | None = None
) -> FloatArray:
    """Return central differences, of one side only where the other is not possible, shape (target, value)."""
    columns = range(len(point)) if wanted is None else np.flatnonzero(wanted).tolist()
    steps, points = [], []
    for column in columns:
        ground = task.grounds[column]
        step = 1.0 if ground.whole else STEP_SHARE * ground.width
        ends = [max(point[column] - step, ground.least), min(point[column] + step, ground.most)]
        steps.append(ends[1] - ends[0])
        for end in ends:
            moved = point.copy()
            moved[column] = end
            points.append(moved)
    found = task.figures(np.array(points), asked)
    jacobian = np.zeros((len(task.targets), len(point)))
    for place, column in enumerate(columns):
        jacobian[:, column] = (found[2 * place + 1] - found[2 * place]) / steps[place]
    return np.nan_to_num(jacobian)


def solution(task: Task, start: FloatArray, solved: Sequence[int], asked: Askable | None = None) -> FloatArray | None:
    """Return the point at which the figures meet the targets, moving some values; None where none is found.

    Gauss and Newton's steps within what is possible, halved while they do not come nearer. Where values of the delivery
    are simulated the closed form is solved first, and its point is where the simulation begins.

    Args:
        task: What is asked.
        start: Where to begin, shape (value,).
        solved: The values that move.
        asked: Who answers; the scenario where left out.
    """
    if asked is None and task.simulates:
        begun = solution(task, start, solved, task.by_control)
        start = start if begun is None else begun
    asked = asked or task.worked
    near = NEAR if asked is task.by_control else task.near()
    alone = task if asked is task.worked else _by_control(task)
    point, away = start, _away(alone, start)
    for _ in range(MOST_STEPS):
        if np.abs(away).max() <= near:
            return point
        found = _nearer(alone, point, away, solved)
        if found is None:
            return None
        point, away = found
    return point if np.abs(away).max() <= near else None


def _by_control(task: Task) -> Task:
    return Task(task.by_control, task.by_control, task.targets, task.levers, task.tolerance)


def _away(task: Task, point: FloatArray) -> FloatArray:
    """Return how far the figures are from the targets, as shares of them, shape (target,)."""
    away: FloatArray = (task.figures(point[None])[0] - task.aims) / task.sizes
    return np.where(np.isfinite(away), away, np.inf)


def _nearer(
    task: Task, point: FloatArray, away: FloatArray, solved: Sequence[int]
) -> tuple[FloatArray, FloatArray] | None:
    """Return a point nearer to the targets and how far it is, or None."""
    if not len(solved) or not np.all(np.isfinite(away)):
        return None
    grounds = task.grounds
    jacobian = slopes(task, point)[:, list(solved)] / task.sizes[:, None]
    step = np.linalg.lstsq(jacobian, -away, rcond=None)[0]
    for halving in range(HALVINGS):
        moved = point.copy()
        for place, column in enumerate(solved):
            ground = grounds[column]
            number = min(max(point[column] + step[place] / 2**halving, ground.least), ground.most)
            moved[column] = round(number) if ground.whole else number
        there = _away(task, moved)
        if np.linalg.norm(there) < np.linalg.norm(away):
            return moved, there
    return None


def _half_widths(task: Task, point: FloatArray, solved: Sequence[int]) -> tuple[dict[int, float], str]:
    """Return half the width of each value's interval by its place, and where the intervals come from."""
    within = np.array([target.within or 0.0 for target in task.targets])
    rounded = any(target.within is not None for target in task.targets)
    errors = task.errors(point) if task.errors else []
    events = np.array([error or 0.0 for error in errors]) if errors else np.zeros(len(within))
    happens = bool(np.any(events > 0))
    interval = {(True, True): "both", (True, False): "rounding", (False, True): "events"}.get(
        (rounded, happens), "exact"
    )
    if interval == "exact":
        return {}, interval
    back = np.linalg.pinv(slopes(task, point)[:, list(solved)])
    half = np.abs(back) @ within + TWO_ERRORS * np.sqrt(back**2 @ events**2)
    return dict(zip(solved, half.tolist(), strict=True)), interval


def _out_of_reach(task: Task, start: FloatArray) -> InputError:
    """Return the refusal of targets that no values meet, with what each figure can be."""
    ranges = [(ground.low, ground.high) for ground in task.grounds]
    possible = [(ground.least, ground.most) for ground in task.grounds]
    inside, outside = (_reach(task, ends, start) for ends in (ranges, possible))
    faults = []
    for place, target in enumerate(task.targets):
        unit = target.figure.unit
        (low, high), (least, most) = inside[place], outside[place]
        reachable = f"with {', '.join(task.keys)} inside their ranges it can be {low:,.6g} to {high:,.6g} {unit}"
        if (least, most) != (low, high):
            reachable += f", and with any possible numbers about {least:,.6g} to {most:,.6g}"
        missed = target.aim < least or target.aim > most
        told = "cannot be reached" if missed or len(task.targets) == 1 else "cannot be met together with the others"
        message = f"{target.figure.name}={target.aim:,.6g} {told}; {reachable}"
        faults.append((missed, Fault(WHERE, 0, 0, TARGET_OPTION, message)))
    named = [fault for missed, fault in faults if missed]
    return InputError(named or [fault for _, fault in faults])


def _reach(task: Task, ends: list[tuple[float, float]], start: FloatArray) -> list[tuple[float, float]]:
    """Return the lowest and highest of each figure over the corners and middles of a box, by the closed form."""
    corners = [start]
    for column, pair in enumerate(ends[:MOST_CORNERS]):
        moved = []
        for corner in corners:
            for end in (pair[0], sum(pair) / 2, pair[1]):
                other = corner.copy()
                other[column] = end
                moved.append(other)
        corners = moved
    found = task.figures(np.array(corners), task.by_control)
    return [(float(np.nanmin(column)), float(np.nanmax(column))) for column in found.T]
