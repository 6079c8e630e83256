"""Break-even: the number of each value, moved alone, at which a figure is nothing, halves, doubles or meets a target.

A value of the effects or of the money costs no simulation: a straight line is solved exactly, anything else is sought
over all numbers that its unit allows. A value of the delivery is told along the closed form, scaled to the figure that
was simulated, or sought with a few simulations of the same luck.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from simulator.errors import InputError
from simulator.uncertainty.asking import DELIVERY, Askable, at, today
from simulator.uncertainty.levers import Lever
from simulator.uncertainty.roots import (
    IDLE,
    REFUSED,
    Found,
    Ground,
    Root,
    approached,
    ground_of,
    solutions,
)
from simulator.uncertainty.screening import still_keys
from simulator.uncertainty.targets import Aimed

FloatArray = npt.NDArray[np.float64]

GOALS = {"zero": 0.0, "half": 0.5, "double": 2.0}
"""What the figure becomes, as a multiple of what it is."""
TARGET = "target"
CLOSED_FORM = "closed form"
SIMULATED = "simulated"
CONTROL_GRID = 5
"""Points on each side at which the closed form is asked for a value of the delivery that is no straight line."""
CONTROL_SHARP = 2e-4
"""How sharply the closed form is solved there."""
MOST_RUNS = 5
NEAR_SHARE = 0.001
"""Distance from the target, as a share of the figure, at which a simulated search ends."""

AT = "at"
NONE = "not possible"
STILL = "moves nothing"
NOT_ALONE = "not alone"


@dataclass(frozen=True)
class Answer:
    """The number of one value at which the figure reaches one goal.

    Attributes:
        goal: `zero`, `half`, `double` or `target`.
        aim: The figure there, in its unit.
        kind: `at`, `not possible` (no number that the unit allows reaches it), `moves nothing`, or `not alone` (the
            scenario refuses to move it without others).
        roots: The points, nearest to today first; several where the figure turns.
        shares: How far each is from today, as a share of the way from today to the end of the range; None where the
            value has no number or no room on that side.
        inside: Whether each lies in the range.
    """

    goal: str
    aim: float
    kind: str
    roots: tuple[Root, ...]
    shares: tuple[float | None, ...]
    inside: tuple[bool, ...]

    @property
    def nearest(self) -> float:
        """Share of the way to the nearest point in the range [0-1], 1 where it is not known; infinite without one."""
        near = [
            1.0 if share is None else share for share, inside in zip(self.shares, self.inside, strict=True) if inside
        ]
        return min(near, default=float("inf"))

    @property
    def beyond(self) -> float:
        """Share of the way to the nearest point, in the range or not; infinite where there is none."""
        return min((abs(share) for share in self.shares if share is not None), default=float("inf"))


@dataclass(frozen=True)
class Turn:
    """One value and what it takes of it to turn the figure.

    Attributes:
        lever: The value.
        how: `exact`, `sought`, `closed form`, `simulated`, or why there is no answer.
        answers: One for each goal.
    """

    lever: Lever
    how: str
    answers: tuple[Answer, ...]

    @property
    def nearest(self) -> float:
        """Shortest way to a goal, in shares of the range; infinite where none lies in the range."""
        return min((answer.nearest for answer in self.answers), default=float("inf"))

    @property
    def beyond(self) -> float:
        """Shortest way to a goal, in its range or not."""
        return min((answer.beyond for answer in self.answers), default=float("inf"))


@dataclass(frozen=True)
class Way:
    """A scenario, and how its values of the delivery are worked out.

    Attributes:
        worked: The scenario.
        by_control: The same as the closed form answers it.
        simulate: Whether to simulate values of the delivery.
        allows: Whether the scenario can be run at some values; the closed form also answers where it cannot.
    """

    worked: Askable
    by_control: Askable
    simulate: bool = False
    allows: Callable[[Mapping[str, float]], bool] = lambda _: True


def goals_of(figure_today: float, target: float | None) -> dict[str, float]:
    """Return the figure at each goal, in its unit."""
    goals = {goal: factor * figure_today for goal, factor in GOALS.items()}
    return goals if target is None else {**goals, TARGET: target}


def break_even(
    way: Way,
    figure: Aimed,
    keys: Sequence[str],
    goals: Mapping[str, float],
    step: Callable[[], None] = lambda: None,
) -> list[Turn]:
    """Return for each value what it takes of it alone to reach each goal, the shortest way first.

    Args:
        way: The scenario, and how values of the delivery are worked out.
        figure: The figure.
        keys: The values, each by its key or by that of a table.
        goals: The figure at each goal, in its unit.
        step: Called after each value.

    Raises:
        InputError: There is no such value.
    """
    levers = [way.worked.lever(key) for key in keys]
    now = today(way.worked, [figure])[0]
    closed = now if way.by_control is way.worked else today(way.by_control, [figure])[0]
    asked = _Asked(way, figure, goals, now, now / closed if closed and now else 1.0)
    still = _still(asked, levers)
    turns = []
    for lever in levers:
        turns.append(_unmoved(asked, lever) if lever.key in still else _turn(asked, lever))
        step()
    return sorted(turns, key=lambda turn: (turn.nearest, turn.beyond, turn.lever.key))


@dataclass(frozen=True)
class _Asked:
    """What is asked of every value.

    Attributes:
        way: The scenario, and how values of the delivery are worked out.
        figure: The figure.
        goals: The figure at each goal, in its unit.
        now: The figure as the scenario stands, in its unit.
        ratio: That of the simulated figure to the closed form's.
    """

    way: Way
    figure: Aimed
    goals: Mapping[str, float]
    now: float
    ratio: float


def _still(asked: _Asked, levers: Sequence[Lever]) -> set[str]:
    """Return the values that do not move the figure; those of the delivery by the closed form."""
    delivered = [lever for lever in levers if lever.stage == DELIVERY]
    valued = sorted((lever for lever in levers if lever.stage != DELIVERY), key=lambda lever: lever.stage)
    way = asked.way
    if way.simulate:
        return still_keys(way.worked, asked.figure, valued, asked.now)
    still = still_keys(way.by_control, asked.figure, delivered, asked.now / asked.ratio)
    return still | still_keys(way.worked, asked.figure, valued, asked.now)


def _unmoved(asked: _Asked, lever: Lever) -> Turn:
    ground = ground_of(lever.unit, lever.value, lever.low, lever.high)
    return _told(lever, ground, asked.goals, [Found((), IDLE) for _ in asked.goals])


def _turn(asked: _Asked, lever: Lever) -> Turn:
    ground = ground_of(lever.unit, lever.value, lever.low, lever.high)
    aims = list(asked.goals.values())
    if lever.stage != DELIVERY:
        return _told(
            lever, ground, asked.goals, solutions(_of_one(asked.way.worked, asked.figure, lever.key), aims, ground)
        )
    found = _along_control(asked, lever.key, aims, ground)
    if asked.way.simulate and asked.way.by_control is not asked.way.worked:
        found = _simulated(asked, lever, found, ground)
    return _told(lever, ground, asked.goals, found)


def _of_one(worked: Askable, figure: Aimed, key: str) -> Callable[[FloatArray], FloatArray]:
    return lambda points: at(worked, [key], points[:, None], [figure])[:, 0]


def _along_control(asked: _Asked, key: str, aims: list[float], ground: Ground) -> list[Found]:
    """Return where the closed form, scaled to the simulated figure, reaches the aims."""
    closed = _of_one(asked.way.by_control, asked.figure, key)
    scaled = [aim / asked.ratio for aim in aims]
    found = solutions(closed, scaled, ground, CONTROL_GRID, CONTROL_SHARP)
    told = []
    for one in found:
        roots = tuple(root for root in one.roots if asked.way.allows({key: root.value}))
        told.append(Found(roots, one.how if one.how in (IDLE, REFUSED) else CLOSED_FORM))
    return told


def _simulated(asked: _Asked, lever: Lever, expected: list[Found], ground: Ground) -> list[Found]:
    """Return where the simulated figure reaches the aims, beginning where the closed form expects it."""
    ask = _of_one(asked.way.worked, asked.figure, lever.key)
    known = {ground.today: asked.now} if lever.value is not None else {}

    def simulated(point: float) -> float:
        return float(ask(np.array([point]))[0])

    return [
        guess
        if guess.how in (IDLE, REFUSED)
        else _simulated_one(simulated, known, aim, (guess, ground, NEAR_SHARE * abs(asked.now)))
        for aim, guess in zip(asked.goals.values(), expected, strict=True)
    ]


def _simulated_one(
    simulated: Callable[[float], float], known: dict[float, float], aim: float, begun: tuple[Found, Ground, float]
) -> Found:
    """Return where the simulated figure reaches one aim; what is simulated is added to what is known."""
    guess, ground, near = begun
    first = [root.value for root in guess.roots[:1]]
    for point in [*first, ground.high, ground.low]:
        if point in known or (len(known) > 1 and point not in first):
            continue
        value = simulated(point)
        if isfinite(value):
            known[point] = value
    root = approached(simulated, known, aim, ground, (MOST_RUNS, near)) if len(known) > 1 else None
    return Found((root,) if root else (), SIMULATED)


def _told(lever: Lever, ground: Ground, goals: Mapping[str, float], found: list[Found]) -> Turn:
    answers = []
    for (goal, aim), one in zip(goals.items(), found, strict=True):
        roots = tuple(sorted(one.roots, key=lambda root: abs(root.value - ground.today)))
        kind = {IDLE: STILL, REFUSED: NOT_ALONE}.get(one.how, AT if roots else NONE)
        shares = tuple(way_share(lever, root.value) for root in roots)
        inside = tuple(in_range(lever, root.value) for root in roots)
        answers.append(Answer(goal, aim, kind, roots, shares, inside))
    return Turn(lever, found[0].how, tuple(answers))


def way_share(lever: Lever, point: float) -> float | None:
    """Return how far a point is from today, as a share of the way from today to the end of the range on its side.

    Above 1 it lies outside; None where the value has no number today, no range, or no room on that side.
    """
    if lever.value is None or lever.low is None or lever.high is None:
        return None
    end = lever.high if point > lever.value else lever.low
    if point == lever.value:
        return 0.0
    return None if end == lever.value else (point - lever.value) / (end - lever.value)


def in_range(lever: Lever, point: float) -> bool:
    """Return whether a point lies in the range of a value; a value without one has no point in it."""
    if lever.low is None or lever.high is None:
        return False
    room = 1e-9 * max(abs(lever.low), abs(lever.high), 1e-300)
    return lever.low - room <= point <= lever.high + room


def keys_of(worked: Askable) -> list[str]:
    """Return the values that are moved where none is named: those with a range, and tables that one number sets.

    A table stands for its values where all of them have one number and one range; it stands beside them where they have
    one range alone.
    """
    keys = {key: lever for key, lever in worked.levers.items() if lever.low is not None and lever.low != lever.high}
    single = {key: lever for key, lever in keys.items() if len(lever.leaves) == 1}
    tables = [table for table in _even_tables(single) if _is_settable(worked, table)]
    gathered = {
        key
        for table in tables
        for key in single
        if key.startswith(f"{table}.") and worked.lever(table).value is not None
    }
    return list(dict.fromkeys([*(key for key in keys if key not in gathered), *tables]))


def _is_settable(worked: Askable, table: str) -> bool:
    try:
        worked.lever(table)
    except InputError:
        return False
    return True


def _even_tables(keys: Mapping[str, Lever]) -> list[str]:
    """Return the widest tables whose values have one range."""
    prefixes = {key.rsplit(".", depth)[0] for key in keys for depth in range(1, key.count("."))}
    found: list[str] = []
    for table in sorted(prefixes, key=lambda prefix: (prefix.count("."), prefix)):
        members = [lever for key, lever in keys.items() if key.startswith(f"{table}.")]
        alike = {(lever.low, lever.high, lever.unit) for lever in members}
        inside = any(table.startswith(f"{wider}.") for wider in found)
        if len(members) > 1 and len(alike) == 1 and not inside:
            found.append(table)
    return sorted(found)
