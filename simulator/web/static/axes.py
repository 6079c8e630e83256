"""Axes: the assumptions that a page without a server can move, and where its sliders stop."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from simulator.errors import Fault, InputError
from simulator.facts.spelling import one_reading
from simulator.facts.units import WHOLE
from simulator.uncertainty.levers import UNREAD, Lever
from simulator.uncertainty.worked import Worked
from simulator.web.desk.steps import decimals_of, nice

if TYPE_CHECKING:
    from simulator.scenario import Scenario

WHERE = "--over"
RARE = 1e-6
"""Share of the draws that may lie beyond what the figures are written out for; they are written out anew then."""
MAIN = (
    ("effects.params.relative_effect", 11),
    ("effects.params.scale", 10),
    ("saldo.value_per_person_year_kr", 9),
)
"""What moves the figure most and costs no simulation, with how many stops at most."""
DELIVERED = ("attendance.take_up_scale", "closures.carry_share", "demand.scale")
"""Of these the first that is read is simulated at each of its stops."""
STOPS_DELIVERED, STOPS_OTHER = 5, 6
MOST_BY_DEFAULT = 12_000
"""Points of a grid that nobody chose: what is drawn or calibrated beside the main ones moves as far as they reach."""
MOST_STOPS, FEWEST_STOPS = 40, 2


@dataclass(frozen=True)
class Axis:
    """One assumption of the page.

    Attributes:
        lever: What it is.
        stops: Where its slider stops, ascending, each as a setting writes it; the scenario's own number is among them
            where it has one.
        own: Which stop is the scenario's own number; None where that is drawn or is several numbers: then the scenario
            as it stands is a level of its own, after the stops.
        simulates: Whether each stop is a simulation.
        step: Smaller step, for moves between the stops [unit of the lever].
    """

    lever: Lever
    stops: tuple[str, ...]
    own: int | None
    simulates: bool
    step: float

    @property
    def key(self) -> str:
        """The key that the slider sets."""
        return self.lever.key

    @property
    def values(self) -> tuple[float, ...]:
        """The stops as numbers."""
        return tuple(map(float, self.stops))

    @property
    def levels(self) -> int:
        """How many levels the grid has along it: the stops, and the scenario as it stands where that is none."""
        return len(self.stops) + (self.own is None)

    @property
    def whole(self) -> bool:
        """Whether only whole numbers make sense."""
        return self.lever.unit in WHOLE


def axes_of(worked: Worked, over: Sequence[str]) -> tuple[Axis, ...]:
    """Return the axes that are asked for, or those that a scenario is first asked about.

    Args:
        worked: The scenario; nothing is simulated.
        over: Each `KEY` or `KEY=v1,v2,...`; the default ones where empty.

    Raises:
        InputError: A key is no number of the scenario, is not read, or has no range and no values; names all faults.
    """
    if not over:
        return _default(worked)
    axes: dict[str, Axis] = {}
    faults: list[Fault] = []
    for one in over:
        try:
            axis = _asked(worked, one)
            if axis.key in axes:
                raise InputError.one("is named twice", WHERE, axis.key)
            axes[axis.key] = axis
        except InputError as wrong:
            faults.extend(wrong.faults)
    if faults:
        raise InputError(faults)
    return tuple(axes.values())


def _default(worked: Worked) -> tuple[Axis, ...]:
    """Return the main assumptions, one that is simulated, and what else is drawn or calibrated and goes into a mail."""
    levers = worked.levers
    main = [(worked.lever(key), count) for key, count in MAIN if _is_known(worked, key)]
    delivered = [(levers[key], STOPS_DELIVERED) for key in DELIVERED if key in levers][:1]
    axes = [_axis(worked, lever, count) for lever, count in (*main, *delivered) if _even(worked, lever)]
    named = {key for key, _ in MAIN} | set(DELIVERED)
    for key, lever in levers.items():
        uncertain = lever.distribution is not None or "calibrated" in lever.kind
        beside = key not in named and not any(key.startswith(f"{one}.") for one in named)
        if uncertain and beside and not worked.simulates(key) and _even(worked, lever):
            axis = _axis(worked, lever, STOPS_OTHER)
            if math.prod(one.levels for one in (*axes, axis)) <= MOST_BY_DEFAULT:
                axes.append(axis)
    return tuple(axes)


def _is_known(worked: Worked, key: str) -> bool:
    """Return whether a scenario has a value or table of values of a name, and reads it."""
    is_there = key in worked.levers or any(leaf.startswith(f"{key}.") for leaf in worked.read)
    return is_there and worked.lever(key).stage != UNREAD


def _even(worked: Worked, lever: Lever) -> bool:
    return lever.low is not None and lever.high is not None and lever.low < lever.high and _alike(worked, lever)


def _alike(worked: Worked, lever: Lever) -> bool:
    """Return whether both arms hold the same numbers, so that one setting can move them."""
    one, other = worked.scenario.arms
    return all(one.values.row(leaf).value == other.values.row(leaf).value for leaf in lever.leaves)


def _asked(worked: Worked, text: str) -> Axis:
    """Return the axis of one `--over`."""
    key, equals, given = (part.strip() for part in text.partition("="))
    if not key:
        raise InputError.one(f"{text!r} names no key; write KEY or KEY=v1,v2,...", WHERE)
    lever = worked.lever(key)
    if lever.stage == UNREAD:
        raise InputError.one("is not read by this scenario: moving it would move nothing", WHERE, key)
    if not _alike(worked, lever):
        raise InputError.one("differs between the two sets of rules; one slider cannot move both", WHERE, key)
    if equals:
        return _axis(worked, lever, stops=_numbers(key, given))
    if lever.low is None or lever.high is None or lever.low >= lever.high:
        raise InputError.one(f"has no range; name its values, such as {key}=1,2,3", WHERE, key)
    most = STOPS_DELIVERED if worked.simulates(key) else dict(MAIN).get(key, STOPS_OTHER)
    return _axis(worked, lever, most)


def _numbers(key: str, given: str) -> tuple[str, ...]:
    """Return the stops of a list, ascending.

    Raises:
        InputError: One is no number, they are too few or too many, or one is there twice.
    """
    stops = [one.strip() for one in given.split(",")]
    wrong = [one for one in stops if not _is_number(one)]
    if wrong:
        told = ", ".join(repr(one[:40]) for one in wrong)
        raise InputError.one(f"{told} is no number; write decimals with a point, such as 0.25", WHERE, key)
    if not FEWEST_STOPS <= len(stops) <= MOST_STOPS:
        raise InputError.one(f"{len(stops)} values were given; allowed: {FEWEST_STOPS} to {MOST_STOPS}", WHERE, key)
    if len(set(map(float, stops))) < len(stops):
        raise InputError.one("a value is there twice", WHERE, key)
    return tuple(sorted(map(plainly, stops), key=float))


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text)) and "_" not in text
    except ValueError:
        return False


def _axis(worked: Worked, lever: Lever, most: int = MOST_STOPS, stops: tuple[str, ...] = ()) -> Axis:
    """Return an axis with its own number among the stops."""
    if not stops:
        assert lever.low is not None and lever.high is not None, "the default stops lie in a range"
        stops = nice_stops(lever.low, lever.high, most, whole=lever.unit in WHOLE)
    own = None if lever.distribution is not None else lever.value
    if own is not None and own not in map(float, stops):
        stops = tuple(sorted((*stops, plainly(own)), key=float))
    values = [float(one) for one in stops]
    smaller = min(high - low for low, high in pairwise(values)) / 5
    step = float(nice(Decimal(repr(smaller)), down=True))
    if lever.unit in WHOLE:
        step = max(1.0, step)
    at = None if own is None else values.index(own)
    return Axis(lever, stops, at, worked.simulates(lever.key), step)


def nice_stops(low: float, high: float, most: int, *, whole: bool = False) -> tuple[str, ...]:
    """Return round numbers from the low end to the high end, both among them.

    >>> nice_stops(0.1, 1.0, 10)
    ('0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7', '0.8', '0.9', '1.0')
    >>> nice_stops(250_000, 330_000, 9)[:2], nice_stops(3, 14, 6, whole=True)
    (('250000', '260000'), ('3', '6', '9', '12', '14'))

    Args:
        low: The low end.
        high: The high end, which is larger.
        most: At most so many stops; the high end comes in addition where no step meets it.
        whole: Whether the step is to be a whole number.
    """
    first, last = Decimal(repr(float(low))), Decimal(repr(float(high)))
    step = nice((last - first) / (most - 1))
    if whole and first == first.to_integral_value():
        step = max(Decimal(1), step.to_integral_value(rounding="ROUND_CEILING"))
    count = int((last - first) / step)
    numbers = [first + step * at for at in range(count + 1)]
    if numbers[-1] < last:
        numbers.append(last)
    places = max(decimals_of(one) for one in (first, step, last))
    return tuple(one_reading(f"{one:.{places}f}") for one in numbers)


def spans_of(worked: Worked, axes: Sequence[Axis]) -> dict[str, tuple[float, float]]:
    """Return between which numbers each slider moves that simulates nothing, and each value is drawn."""
    spans = {axis.key: (axis.values[0], axis.values[-1]) for axis in axes if not axis.simulates}
    for key, lever in worked.levers.items():
        if lever.distribution is not None and lever.distribution.sd > 0:
            low, high = lever.distribution.quantile(np.array([RARE, 1 - RARE])).tolist()
            first, last = spans.get(key, (low, high))
            spans[key] = (min(first, low), max(last, high))
    return spans


def plainly(number: str | float) -> str:
    """Return a number as a setting writes it: no exponent, no more digits than it has."""
    exact = Decimal(number if isinstance(number, str) else repr(float(number)))
    return one_reading(f"{exact.normalize():f}")


def refuse_deaf(axes: Sequence[Axis], moved: Sequence[Scenario]) -> None:
    """Refuse axes that one set of rules does not follow.

    Args:
        axes: The axes.
        moved: Of each axis the scenario with its slider at the first stop.

    Raises:
        InputError: A set of rules keeps a number of its own; names all such axes.
    """
    faults = []
    for axis, scenario in zip(axes, moved, strict=True):
        rows = [arm.values.row(leaf) for arm in scenario.arms for leaf in axis.lever.leaves]
        if any(row.value != axis.values[0] for row in rows):
            message = "is set anew further down in the scenario, so that one slider does not move it"
            faults.append(Fault(WHERE, 0, 0, axis.key, message))
    if faults:
        raise InputError(faults)
