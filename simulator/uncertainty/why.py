"""Why this figure and not another: each assumption that alone gives the other, and the smallest pair of changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from simulator.errors import InputError
from simulator.facts.spelling import decimal, tidy
from simulator.uncertainty.asking import DELIVERY, at, today
from simulator.uncertainty.breakeven import AT, NONE, TARGET, Turn, Way, break_even, in_range
from simulator.uncertainty.levers import Lever
from simulator.uncertainty.roots import ground_of, solutions
from simulator.uncertainty.targets import Aimed

FloatArray = npt.NDArray[np.float64]

WHY_OPTION = "--why"
STRONGEST = 8
"""Values, those that move the figure most inside their ranges, whose pairs are tried."""
PARTS = 10
"""Points on the way to the end of a range at which a value is asked for."""
FINE = 191
"""Points between at which the shortest way of a pair is looked for."""
LEAST_SHARE = 0.05
"""Shortest way of one of a pair."""
HOLDS = 0.05
"""How far a simulated pair may be from the aim, as a share of the way to it."""
TRIED = 4
"""Pairs that are solved exactly, the shortest by the estimate first."""


@dataclass(frozen=True)
class Half:
    """One of a pair of changes.

    Attributes:
        lever: The value.
        needed: Its number.
        share: How far it is on the way from today to the end of the range [0-1].
    """

    lever: Lever
    needed: float
    share: float


@dataclass(frozen=True)
class Reasons:
    """What would make the figure another.

    Attributes:
        figure: The figure.
        today: The figure as the scenario stands, in its unit.
        aim: What it would be.
        turns: Each value with the number at which it alone gives that; the shortest way first.
        pair: The smallest pair of changes inside both ranges; None where there is none.
        furthest: What the strongest pair gives inside its ranges; None where no value moves the figure.
    """

    figure: Aimed
    today: float
    aim: float
    turns: tuple[Turn, ...]
    pair: tuple[Half, Half] | None
    furthest: float | None

    def able(self) -> list[Turn]:
        """Return the values that alone can do it, inside their ranges or not."""
        return [turn for turn in self.turns if turn.answers[0].kind == AT]


def aim_of(text: str, figure_today: float) -> float:
    """Return the figure that is asked about: an amount without a sign is of the same kind as the figure, loss or gain.

    Args:
        text: What is written, such as 10, -10 (a loss) or +10 (a gain), in the unit of the figure.
        figure_today: The figure as the scenario stands.

    Raises:
        InputError: It is no number.
    """
    written = tidy(text)
    try:
        amount = decimal(written, per_cent=False)
    except ValueError as wrong:
        raise InputError.one(f"{wrong}, such as 10 or -10", path=WHY_OPTION) from None
    if written[:1] in "+-":
        return amount
    return -amount if figure_today < 0 else amount


def reasons_for(
    way: Way, figure: Aimed, aim: float, keys: Sequence[str], step: Callable[[], None] = lambda: None
) -> Reasons:
    """Return what would bring a figure to an aim.

    The pair is the one whose ways to the ends of the ranges are the shortest together, among the values that move the
    figure most and cannot do it alone inside their ranges; each goes at least a twentieth of its way. Where that is is
    estimated as if the two acted as factors; one of them is then solved, and a pair of the delivery is simulated: only
    one that gives the aim then is told.

    Args:
        way: The scenario, and how values of the delivery are worked out.
        figure: The figure.
        aim: What it shall be, in its unit.
        keys: The values that may move.
        step: Called after each value.
    """
    now = today(way.worked, [figure])[0]
    turns = break_even(way, figure, keys, {TARGET: aim}, step)
    paths = _paths(way, figure, [turn.lever for turn in turns if _partner(turn)], (now, aim))
    pair, furthest = _pair(way, figure, paths, (now, aim))
    return Reasons(figure, now, aim, tuple(turns), pair, furthest)


def _partner(turn: Turn) -> bool:
    """Return whether a value moves the figure and cannot give the aim alone inside its range."""
    answer = turn.answers[0]
    return answer.kind in (AT, NONE) and not any(answer.inside)


@dataclass(frozen=True)
class _Path:
    """One value on its way to the end of its range that brings the figure nearer to the aim.

    Attributes:
        lever: The value.
        end: That end.
        ratios: The figure over today's at even steps of the way, from 1 on, shape (step,).
    """

    lever: Lever
    end: float
    ratios: FloatArray

    def at(self, share: float) -> float:
        """Return the number at a share of the way."""
        assert self.lever.value is not None
        return self.lever.value + share * (self.end - self.lever.value)


def _paths(way: Way, figure: Aimed, levers: Sequence[Lever], aimed_at: tuple[float, float]) -> list[_Path]:
    """Return the strongest values with their ways, the strongest first."""
    now, aim = aimed_at
    if now == 0:
        return []
    paths = []
    for lever in levers:
        if lever.value is None or lever.low is None or lever.high is None:
            continue
        ends = np.array([[lever.low], [lever.high]])
        ratio = _asked(way, figure, [lever.key])(ends) / now
        nearer = (ratio - 1.0) * np.sign(aim / now - 1.0)
        if not np.isfinite(nearer).any() or np.nanmax(nearer) <= 0:
            continue
        paths.append((float(np.nanmax(nearer)), lever, float(ends[int(np.nanargmax(nearer)), 0])))
    strongest = sorted(paths, key=lambda path: (-path[0], path[1].key))[:STRONGEST]
    found = [_path(way, figure, lever, (end, now)) for _, lever, end in strongest]
    return sorted(found, key=lambda path: -abs(path.ratios[-1] - 1.0))


def _path(way: Way, figure: Aimed, lever: Lever, known: tuple[float, float]) -> _Path:
    end, now = known
    assert lever.value is not None
    points = np.linspace(lever.value, end, PARTS + 1)[:, None]
    ratios = _asked(way, figure, [lever.key])(points) / now
    ratios[0] = 1.0
    ratios = np.nan_to_num(ratios, nan=1.0)
    if lever.stage == DELIVERY and way.by_control is not way.worked and ratios[-1] != 1.0:
        # The closed form has no queues: its curve is kept, and what is reached at its end is simulated.
        reached = float(at(way.worked, [lever.key], points[-1:], [figure])[0, 0]) / now
        ratios = 1.0 + (ratios - 1.0) * (reached - 1.0) / (ratios[-1] - 1.0)
    return _Path(lever, end, ratios)


def _asked(way: Way, figure: Aimed, keys: Sequence[str]) -> Callable[[FloatArray], FloatArray]:
    """Return the figure at points; with values of the delivery by the closed form, scaled to the simulated figure."""
    delivers = any(way.worked.lever(key).stage == DELIVERY for key in keys)
    if not delivers or way.by_control is way.worked:
        return lambda points: at(way.worked, keys, points, [figure])[:, 0]
    now, closed = (today(asked, [figure])[0] for asked in (way.worked, way.by_control))
    ratio = now / closed if closed else 1.0
    return lambda points: ratio * at(way.by_control, keys, points, [figure])[:, 0]


def _pair(
    way: Way, figure: Aimed, paths: list[_Path], aimed_at: tuple[float, float]
) -> tuple[tuple[Half, Half] | None, float | None]:
    """Return the smallest pair of changes, and what the strongest pair gives."""
    now, aim = aimed_at
    pairs = [(one, two) for one, two in combinations(paths, 2) if not _overlap(one.lever, two.lever)]
    if not pairs:
        return None, None
    furthest = max((one.ratios[-1] * two.ratios[-1] * now for one, two in pairs), key=lambda kr: abs(kr - now))
    guessed = [(*_guess(one, two, aim / now), one, two) for one, two in pairs]
    likely = sorted((guess for guess in guessed if np.isfinite(guess[0])), key=lambda guess: guess[0])[:TRIED]
    found = [half for _, share, one, two in likely for half in [_solved(way, figure, (one, two), (share, aim))] if half]
    shortest = sorted(found, key=lambda pair: pair[0].share + pair[1].share)
    best = next((pair for pair in shortest if _holds(way, figure, pair, aimed_at)), None)
    return best, float(furthest)


def _holds(way: Way, figure: Aimed, pair: tuple[Half, Half], aimed_at: tuple[float, float]) -> bool:
    """Return whether a pair that the closed form found gives the aim when it is simulated, queues and all."""
    now, aim = aimed_at
    if way.by_control is way.worked:
        return True
    keys, numbers = [half.lever.key for half in pair], np.array([[half.needed for half in pair]])
    if not any(half.lever.stage == DELIVERY for half in pair):
        return True
    there = float(at(way.worked, keys, numbers, [figure])[0, 0])
    return abs(there - aim) <= HOLDS * abs(aim - now)


def _overlap(one: Lever, two: Lever) -> bool:
    """Return whether two levers set a value in common."""
    return bool(set(one.leaves) & set(two.leaves))


def _guess(one: _Path, two: _Path, ratio: float) -> tuple[float, float]:
    """Return the shortest way of a pair together, and the first one's share of its own, as if they were factors."""
    shares = np.linspace(0.0, 1.0, PARTS + 1)
    rising = two.ratios if two.ratios[-1] >= two.ratios[0] else -two.ratios
    sign = 1.0 if two.ratios[-1] >= two.ratios[0] else -1.0
    if np.any(np.diff(rising) < 0):
        return float("inf"), 0.0
    fine = np.linspace(LEAST_SHARE, 1.0, FINE)
    first = np.interp(fine, shares, one.ratios)
    needed = np.divide(ratio, first, out=np.full_like(first, np.inf), where=first != 0)
    second = np.interp(sign * needed, rising, shares, left=np.inf, right=np.inf)
    second[second < LEAST_SHARE] = np.inf
    whole = fine + second
    best = int(np.argmin(whole))
    return float(whole[best]), float(fine[best])


def _solved(
    way: Way, figure: Aimed, pair: tuple[_Path, _Path], aimed_at: tuple[float, float]
) -> tuple[Half, Half] | None:
    """Return a pair whose first number stands and whose second is solved; None where that leaves its range."""
    (one, two), (share, aim) = pair, aimed_at
    first = one.at(share)
    asked = _asked(way, figure, [one.lever.key, two.lever.key])
    ground = ground_of(two.lever.unit, two.lever.value, two.lever.low, two.lever.high)

    def along(numbers: FloatArray) -> FloatArray:
        return asked(np.column_stack([np.full(len(numbers), first), numbers]))

    (found,) = solutions(along, [aim], ground, grid=PARTS // 2, sharp=1e-6)
    inside = [root.value for root in found.roots if in_range(two.lever, root.value)]
    if not inside:
        return None
    assert two.lever.value is not None
    needed = min(inside, key=lambda number: abs(number - ground.today))
    if not way.allows({one.lever.key: first, two.lever.key: needed}):
        return None
    way_there = abs((needed - two.lever.value) / (two.end - two.lever.value))
    return Half(one.lever, first, share), Half(two.lever, needed, way_there)
