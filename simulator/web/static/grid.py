"""Grid: the figures of the page at every stop of its sliders, and how far off a straight line between stops is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import product

import numpy as np
import numpy.typing as npt

from simulator.errors import InputError
from simulator.web.static.axes import Axis
from simulator.web.static.draws import Draws
from simulator.web.static.ground import RANGE, Ground, Tables

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Table = dict[str, FloatArray]
MOST_LEVELS = 40_000
"""Points of a grid: more would not go into a file that can be mailed."""
MOST_SIMULATIONS = 80
MOST_CENTRES = 16
"""Middles of cells in which several delivery sliders stand between stops that are simulated."""


@dataclass(frozen=True)
class Along:
    """Where along an axis figures are worked out.

    Attributes:
        numbers: Numbers of the slider [unit], shape (point,); empty where nothing is set.
        below: Level of the grid at or below each, shape (point,).
        part: How far each is from there to the next [0-1], shape (point,).
    """

    numbers: FloatArray
    below: IntArray
    part: FloatArray

    @property
    def set(self) -> bool:
        """Whether a number is set there."""
        return len(self.numbers) > 0


@dataclass(frozen=True)
class Grid:
    """The figures of a page.

    Attributes:
        axes: Its sliders: first those that simulate nothing, then those that are simulated.
        figures: By name an array with an axis of levels for each slider.
        off_between: By name the largest error found between stops of the sliders that simulate nothing.
        off_delivery: The same between stops of those that are simulated.
        checked: Points at which each of the two was measured.
        simulations: Simulations made, for stops and for middles.
        called: What a range is called, by the keys of the sliders that are drawn, joined by blanks.
    """

    axes: tuple[Axis, ...]
    figures: Table
    off_between: Mapping[str, float]
    off_delivery: Mapping[str, float]
    checked: tuple[int, int]
    simulations: tuple[int, int]
    called: Mapping[str, str]


@dataclass
class Building:
    """A grid while it is made.

    Attributes:
        axes: Its sliders, those that simulate nothing first.
        draws: What is drawn at each level.
        ground: Simulates the scenario with some settings.
    """

    axes: tuple[Axis, ...]
    draws: Draws
    ground: Callable[[Mapping[str, str]], Ground]
    figures: Table = field(default_factory=dict)
    off: tuple[dict[str, float], dict[str, float]] = field(default_factory=lambda: ({}, {}))
    checked: list[int] = field(default_factory=lambda: [0, 0])

    @property
    def valued(self) -> tuple[Axis, ...]:
        """The sliders that simulate nothing."""
        return tuple(axis for axis in self.axes if not axis.simulates)

    @property
    def simulated(self) -> tuple[Axis, ...]:
        """The sliders whose stops are simulated."""
        return tuple(axis for axis in self.axes if axis.simulates)

    @property
    def stops(self) -> list[tuple[Along, ...]]:
        """Every delivery of the grid."""
        return list(product(*(_one_by_one(axis) for axis in self.simulated)))

    @property
    def middles(self) -> list[tuple[Along, ...]]:
        """The deliveries between stops that are simulated to see how far off a straight line is.

        Of each slider the middle between any two neighbouring stops, the others standing as the scenario has them;
        where there are several sliders, middles of cells as well.
        """
        axes = self.simulated
        found = [
            tuple(middle if other is axis else _own(other) for other in axes)
            for axis in axes
            for middle in _apart(_middles(axis))
        ]
        if len(axes) > 1:
            centres = list(product(*(_apart(_middles(axis)) for axis in axes)))
            found += centres[:: max(1, -(-len(centres) // MOST_CENTRES))]
        return found

    def refuse_too_large(self) -> None:
        """Refuse a grid that would take too long or not go into a file.

        Raises:
            InputError: It has too many levels, or too many of them are simulated.
        """
        levels, simulations = int(np.prod([axis.levels for axis in self.axes])), len(self.stops) + len(self.middles)
        told = " x ".join(str(axis.levels) for axis in self.axes)
        if levels > MOST_LEVELS:
            message = f"{told} points are {levels}; allowed: {MOST_LEVELS}. Name fewer values, or fewer assumptions"
            raise InputError.one(message, "--over")
        if simulations > MOST_SIMULATIONS:
            message = f"{simulations} simulations would be needed; allowed: {MOST_SIMULATIONS}. Name fewer values of "
            raise InputError.one(message + ", ".join(axis.key for axis in self.simulated), "--over")

    def build(self) -> Grid:
        """Return the grid.

        Raises:
            InputError: A level is not one that the scenario can have.
            RunError: A law is broken.
        """
        shape = tuple(axis.levels for axis in self.axes)
        for delivered in self.stops:
            ground = self.ground(_sets(self.simulated, delivered))
            for lay in self._lays():
                for name, block in self._worked_out(ground, lay, delivered).items():
                    whole = self.figures.setdefault(name, np.full(shape, np.nan))
                    whole[np.ix_(*(along.below for along in (*lay, *delivered)))] = block
            for lay in self._lays_between():
                self._compare(ground, lay, delivered, 0)
        for delivered in self.middles:
            ground = self.ground(_sets(self.simulated, delivered))
            for lay in (*self._lays(), *self._lays_between(centres_only=True)):
                self._compare(ground, lay, delivered, 1)
        return Grid(
            self.axes,
            {name: whole for name, whole in self.figures.items() if name not in RANGE or not np.isnan(whole).all()},
            *self.off,
            (self.checked[0], self.checked[1]),
            (len(self.stops), len(self.middles)),
            self.draws.called,
        )

    def _lays(self) -> Iterator[tuple[Along, ...]]:
        """Yield the levels of all sliders that simulate nothing: stops, and where nothing is set."""
        choices = [(_stops(axis), _own(axis)) if axis.own is None else (_stops(axis),) for axis in self.valued]
        yield from product(*choices)

    def _lays_between(self, *, centres_only: bool = False) -> Iterator[tuple[Along, ...]]:
        """Yield the middles of all edges and of all cells."""
        for lay in self._lays():
            moving = [at for at, along in enumerate(lay) if along.set]
            edges = [] if centres_only else [[at] for at in moving]
            cells = [moving] if len(moving) > 1 or (centres_only and moving) else []
            for halved in (*edges, *cells):
                yield tuple(_middles(self.valued[at]) if at in halved else along for at, along in enumerate(lay))

    def _worked_out(self, ground: Ground, lay: Sequence[Along], delivered: Sequence[Along]) -> Table:
        """Return the figures at the levels of a lay, with an axis for each slider."""
        moved = [(axis.key, along.numbers) for axis, along in zip(self.valued, lay, strict=True) if along.set]
        mesh = np.meshgrid(*(numbers for _, numbers in moved), indexing="ij")
        columns = {key: part.ravel() for (key, _), part in zip(moved, mesh, strict=True)}
        count = mesh[0].size if mesh else 1
        standing = {
            axis.key: np.full(count, axis.lever.value)
            for axis, along in zip(self.valued, lay, strict=True)
            if not along.set and axis.lever.value is not None
        }
        found = ground.figures(columns | standing)
        found |= ground.ranges(columns, self._tables((*lay, *delivered)))
        shape = tuple(len(along.below) for along in (*lay, *delivered))
        return {name: numbers.reshape(shape) for name, numbers in found.items()}

    def _tables(self, lay: Sequence[Along]) -> Tables:
        left = frozenset(axis.key for axis, along in zip(self.axes, lay, strict=True) if not along.set)
        return lambda zero: self.draws.table(left, zero)

    def _compare(self, ground: Ground, lay: Sequence[Along], delivered: Sequence[Along], kind: int) -> None:
        """Note how far the straight lines of the grid are from the figures worked out."""
        alongs = (*lay, *delivered)
        if not all(len(along.below) for along in alongs):
            return
        for name, exact in self._worked_out(ground, lay, delivered).items():
            off = np.abs(straight(self.figures[name], alongs) - exact)
            if not np.isnan(off).all():
                self.off[kind][name] = max(self.off[kind].get(name, 0.0), float(np.nanmax(off)))
        self.checked[kind] += int(np.prod([len(along.below) for along in alongs]))


def straight(whole: FloatArray, alongs: Sequence[Along]) -> FloatArray:
    """Return the figures between levels, on straight lines along each axis, shape (points along each axis)."""
    found: FloatArray = np.zeros(tuple(len(along.below) for along in alongs))
    moving = [along.part.any() for along in alongs]
    for corner in product(*((0, 1) if one else (0,) for one in moving)):
        weights = [along.part if up else 1 - along.part for along, up in zip(alongs, corner, strict=True)]
        levels = np.ix_(*(along.below + up for along, up in zip(alongs, corner, strict=True)))
        found = found + whole[levels] * reduce(np.multiply, np.ix_(*weights))
    return found


def _stops(axis: Axis) -> Along:
    return Along(np.array(axis.values), np.arange(len(axis.stops)), np.zeros(len(axis.stops)))


def _own(axis: Axis) -> Along:
    """Return a slider that stands as the scenario has it."""
    if axis.own is None:
        return Along(np.empty(0), np.array([len(axis.stops)]), np.zeros(1))
    return Along(np.array([axis.values[axis.own]]), np.array([axis.own]), np.zeros(1))


def _middles(axis: Axis) -> Along:
    """Return the middles between neighbouring stops; of whole numbers the one below, where there is one."""
    below, above = np.array(axis.values[:-1]), np.array(axis.values[1:])
    middle = (below + above) / 2
    middle = np.floor(middle) if axis.whole else middle
    there = np.flatnonzero(middle > below)
    return Along(middle[there], there, (middle[there] - below[there]) / (above[there] - below[there]))


def _one_by_one(axis: Axis) -> list[Along]:
    return [*_apart(_stops(axis)), *([_own(axis)] if axis.own is None else [])]


def _apart(along: Along) -> list[Along]:
    assert along.set, "only what is set is taken apart"
    points = zip(along.numbers, along.below, along.part, strict=True)
    return [Along(np.array([number]), np.array([below]), np.array([part])) for number, below, part in points]


def _sets(axes: Sequence[Axis], alongs: Sequence[Along]) -> dict[str, str]:
    """Return the settings of some sliders, as texts; a stop is written as it stands."""
    found = {}
    for axis, along in zip(axes, alongs, strict=True):
        if along.set:
            level, number = int(along.below[0]), float(along.numbers[0])
            found[axis.key] = repr(number) if along.part[0] else axis.stops[level]
    return found
