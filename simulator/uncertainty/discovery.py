"""Discovery: which combinations of assumptions turn the sign of a figure, or bring it past a threshold.

**In** come points that were worked out already, of a run with draws or of a sweep. **Out** come boxes: a few limits on
a few assumptions, found by peeling. A thin slice is taken off the side that leaves the largest share of points of
interest, again and again; of all boxes on the way the one is kept that best holds them (coverage) and little else
(density). A limit that chance could have made is dropped. What a box leaves uncovered is looked through again.

    >>> import numpy as np
    >>> grid = (np.arange(400) + 0.5) / 400
    >>> points = {"kept": np.tile(grid[::20], 20), "scale": np.repeat(grid[::20], 20)}
    >>> found = boxes(points, (points["kept"] > 0.8) & (points["scale"] < 0.3))
    >>> [(limit.key, limit.low is None, limit.high is None) for limit in found[0].limits]
    [('kept', False, True), ('scale', True, False)]
    >>> found[0].coverage, found[0].density
    (1.0, 1.0)

Source:
    J. H. Friedman, N. I. Fisher, Bump hunting in high-dimensional data, Statistics and Computing 9, 1999,
    doi:10.1023/A:1008894516817; B. P. Bryant, R. J. Lempert, Thinking inside the box: a participatory,
    computer-assisted approach to scenario discovery, Technological Forecasting and Social Change 77, 2010,
    doi:10.1016/j.techfore.2009.08.002: coverage, density and the test of a limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
Column = FloatArray | npt.NDArray[np.str_]
SLICE = 0.05
"""Share of the points that a slice takes off."""
LEAST_POINTS = 10
"""A box of fewer points is none."""
CHANCE = 0.05
"""A limit that chance makes more often than this is dropped."""
LOW, HIGH, WORDS = "low", "high", "words"
WORTH = 0.1
"""A further box must hold this share of the points of interest."""


@dataclass(frozen=True)
class Limit:
    """A limit on one assumption.

    Attributes:
        key: The assumption.
        low: Smallest value inside; None where there is no lower limit.
        high: Largest value inside; None where there is no upper limit.
        words: Words inside, of an assumption that is no number; empty for a number.
        chance: How often chance alone would make the limit as good [0-1].
    """

    key: str
    low: float | None
    high: float | None
    words: tuple[str, ...]
    chance: float


@dataclass(frozen=True)
class Box:
    """Limits on a few assumptions.

    Attributes:
        limits: The limits, by key.
        coverage: Share of all points of interest that lie inside [0-1].
        density: Share of the points inside that are of interest [0-1].
        mass: Share of all points that lie inside [0-1].
        points: Number of points inside.
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    mass: float
    points: int


def boxes(points: Mapping[str, Column], interest: BoolArray, most: int = 3) -> list[Box]:
    """Return the boxes that hold the points of interest, the best first; none where all or no points are of interest.

    Args:
        points: Values by assumption, each of shape (point,); words where it is no number.
        interest: Whether a point is of interest, shape (point,).
        most: Most boxes.
    """
    found: list[Box] = []
    left = np.ones(len(interest), dtype=bool)
    while len(found) < most and interest[left].any() and not interest[left].all():
        ends = _without_chance(interest, left, _ends(points, _peeled(points, interest, left)))
        inside = _met(ends, left)
        if not ends or inside.sum() < LEAST_POINTS or interest[inside].sum() < WORTH * interest.sum():
            break
        found.append(_box(interest, left, ends))
        left &= ~inside
    return found


def _peeled(points: Mapping[str, Column], interest: BoolArray, among: BoolArray) -> BoolArray:
    """Return the points of the best box on the way of peeling."""
    whole = interest[among].sum()
    inside, best, score = among.copy(), among.copy(), 0.0
    while inside.sum() * (1 - SLICE) >= LEAST_POINTS:
        slices = list(_slices(points, inside))
        if not slices:
            break
        # The share of interest gained for each point given up; of equals the larger box.
        inside = max(slices, key=lambda rest: (_gain(interest, inside, rest), rest.sum()))
        held = interest[inside].sum()
        coverage, density = held / whole, held / inside.sum()
        both = 2 * coverage * density / (coverage + density) if held else 0.0
        if both > score:
            best, score = inside.copy(), both
    return best


def _gain(interest: BoolArray, inside: BoolArray, rest: BoolArray) -> float:
    given_up = inside.sum() - rest.sum()
    return float((interest[rest].mean() - interest[inside].mean()) / given_up)


def _slices(points: Mapping[str, Column], inside: BoolArray) -> Iterator[BoolArray]:
    """Yield what is left inside after each slice that can be taken off."""
    for column in points.values():
        for end in _sides(column, inside):
            rest = inside & end
            if LEAST_POINTS <= rest.sum() < inside.sum():
                yield rest


@dataclass(frozen=True, eq=False)
class _End:
    """One end of an assumption that limits a box, and which of all points meet it."""

    key: str
    side: str
    met: BoolArray
    number: float = 0.0
    words: tuple[str, ...] = ()


def _sides(column: Column, inside: BoolArray) -> list[BoolArray]:
    """Return which of all points are left by each slice of an assumption; points of one value go together."""
    if column.dtype.kind != "f":
        return [column != word for word in np.unique(column[inside])]
    numbers = column.astype(np.float64)
    low, high = np.quantile(numbers[inside], [SLICE, 1 - SLICE])
    return [numbers > low, numbers < high]


def _ends(points: Mapping[str, Column], inside: BoolArray) -> list[_End]:
    """Return the ends that limit a box."""
    found = []
    for key, column in points.items():
        values = column[inside]
        if column.dtype.kind != "f":
            kept = np.unique(values)
            found.append(_End(key, WORDS, np.isin(column, kept), words=tuple(kept.tolist())))
            continue
        numbers = column.astype(np.float64)
        low, high = float(numbers[inside].min()), float(numbers[inside].max())
        found += [_End(key, LOW, numbers >= low, low), _End(key, HIGH, numbers <= high, high)]
    return [end for end in found if not end.met.all()]


def _without_chance(interest: BoolArray, among: BoolArray, ends: list[_End]) -> list[_End]:
    """Return the ends of a box without those that chance could have made, the weakest dropped first."""
    ends = list(ends)
    while ends:
        chances = [_chance(interest, among, ends, end) for end in ends]
        weakest = int(np.argmax(chances))
        if chances[weakest] <= CHANCE:
            break
        del ends[weakest]
    return ends


def _met(ends: list[_End], among: BoolArray, but: _End | None = None) -> BoolArray:
    met = among.copy()
    for end in ends:
        if end is not but:
            met &= end.met
    return met


def _chance(interest: BoolArray, among: BoolArray, ends: list[_End], end: _End) -> float:
    """Return how often as many points of interest lie inside by chance as with an end, given the box without it."""
    from scipy.special import bdtrc

    inside, without = _met(ends, among), _met(ends, among, but=end)
    held, share = int(interest[inside].sum()), float(interest[without].mean())
    return float(bdtrc(held - 1, int(inside.sum()), share)) if held else 1.0


def _box(interest: BoolArray, among: BoolArray, ends: list[_End]) -> Box:
    inside = _met(ends, np.ones(len(interest), dtype=bool))
    limits = []
    for key in dict.fromkeys(end.key for end in ends):
        mine = {end.side: end for end in ends if end.key == key}
        limits.append(
            Limit(
                key=key,
                low=mine[LOW].number if LOW in mine else None,
                high=mine[HIGH].number if HIGH in mine else None,
                words=mine[WORDS].words if WORDS in mine else (),
                chance=max(_chance(interest, among, ends, end) for end in mine.values()),
            )
        )
    held = int(interest[inside].sum())
    return Box(
        limits=tuple(limits),
        coverage=held / int(interest.sum()),
        density=held / int(inside.sum()),
        mass=float(inside.mean()),
        points=int(inside.sum()),
    )
