"""Drivers: what moves an estimate, family by family, each to the lower and to the upper ends of its values' ranges.

A family that no stage of delivery reads is valued on what was counted: exact. One that delivery reads is told by the
closed form at its ends, scaled by what the simulation gave of the closed form's figure today. Where the two are far
apart, as in a suspension whose queues no closed form foresees, or the period is of many years, it is not told at all.
Families that move nothing are left out; an end that is not told or that the scenario refuses is empty and says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, isnan, nan

import numpy as np

from simulator.errors import InputError
from simulator.pipeline import DELIVERY, control_at
from simulator.uncertainty.asking import Remembered
from simulator.uncertainty.families import Family, families_of
from simulator.uncertainty.targets import SALDO, Aimed, aimed
from simulator.uncertainty.worked import Worked

VALUED = "valued"
CLOSED_FORM = "closed form"
LEAST_MIO_KR = 5e-7
"""A swing that rounds to no krone is none."""
PLACES = (0.31, 0.83)
"""Where in their ranges many families are moved to at once, to see whether any of them moves the figure."""
FURTHER, SPREAD = 0.618, 0.15
"""Each a little further than the one before, so that no two cancel."""
FEW = 2
"""Families that are asked one by one."""
LONGEST_DAYS = 1_200
"""The closed form goes through every day; of a longer run it is not asked again and again."""
NEAR_ENOUGH = (0.8, 1.25)
"""What the run may give of the closed form's figure, so that the closed form can tell what other values do to it."""
TOO_FAR = "the closed form is too far from the simulation to tell; simulate other values of it"
TOO_LONG = "the closed form of so long a period takes too long to be asked; simulate other values of it"
STILL = 1e-10
"""Distance from today's figure, as a share of it, that rounding explains."""

Step = Callable[[], None]


@dataclass(frozen=True)
class Driver:
    """A family and what it does to the estimate.

    Attributes:
        family: The family.
        how: `valued` on what was counted, or `closed form`.
        low_figure: The estimate at the lower ends [mio. kr.]; not a number where the scenario refuses them.
        high_figure: The estimate at the upper ends [mio. kr.]; likewise.
        swing: Distance between the largest and the smallest of the two and today's [mio. kr.]; not a number where both
            ends are refused.
        refused: Why an end is refused; empty where none is.
    """

    family: Family
    how: str
    low_figure: float
    high_figure: float
    swing: float
    refused: str = ""

    @property
    def moves(self) -> bool:
        """Whether it moves the estimate."""
        return self.swing > LEAST_MIO_KR


class Ground:
    """A run that can be asked for its estimate at other values, and the closed form beside it.

    Attributes:
        worked: The run.
        closed: The closed form, which forgets nothing that it was asked.
        by_control: The closed form itself.
        figure: The estimate.
        now: The estimate as the scenario stands [mio. kr.].
        ratio: What the run gave of the closed form's estimate; 1 where both are nothing.
    """

    def __init__(self, worked: Worked, by_control: Worked) -> None:
        """Take a run and its closed form, which are the same where nothing was simulated."""
        self.worked, self.by_control = worked, by_control
        self.closed = Remembered(by_control)
        self.by_hand = worked is by_control
        self.figure: Aimed = aimed(SALDO, list(worked.today()))
        self.now = self.valued({})
        told = self.now if self.by_hand else float(self.figure.of(self.closed.figures({}))[0])
        self.ratio = self.now / told if told else 1.0 if not self.now else inf

    @cached_property
    def families(self) -> list[Family]:
        """What can be moved."""
        return families_of(self.worked.scenario, self.worked.read)

    def reaches(self, family: Family) -> bool:
        """Return whether a family is read where the estimate is worked out: the closed form reads less than a run."""
        return self.how(family.leaves) == VALUED or not self._closed_reads.isdisjoint(family.leaves)

    @cached_property
    def _closed_reads(self) -> frozenset[str]:
        """Keys of the values that the closed form reads, today or where what is nothing today is something."""
        scenario = self.worked.scenario
        rows = [row for row in scenario.baseline.values.rows() if row.value == 0 and row.high]
        found: set[str] = set()
        for numbers in ({}, {row.key: row.high or 0.0 for row in rows}):
            asked = scenario.with_values(numbers)
            control_at(asked)
            found |= asked.baseline.values.used
        return frozenset(found)

    def how(self, leaves: Sequence[str]) -> str:
        """Return how the estimate is worked out where some values move."""
        delivered = any(DELIVERY in self.worked.stages.get(leaf, ()) for leaf in leaves)
        return CLOSED_FORM if self.by_hand or delivered else VALUED

    @property
    def is_told(self) -> bool:
        """Whether the closed form is near enough to the run, and quick enough, to tell what other values do to it."""
        return self.is_short and NEAR_ENOUGH[0] <= self.ratio <= NEAR_ENOUGH[1]

    @property
    def is_short(self) -> bool:
        """Whether the closed form of the period is worked out in seconds."""
        period = self.worked.scenario.sections.period
        return (period.to - period.from_).days < LONGEST_DAYS

    def at(self, how: str, numbers: Mapping[str, float]) -> float:
        """Return the estimate at other values [mio. kr.].

        Raises:
            InputError: The scenario refuses them.
        """
        return self.valued(numbers) if how == VALUED else self.told(numbers)

    def valued(self, numbers: Mapping[str, float]) -> float:
        """Return the estimate valued on what was counted [mio. kr.]."""
        return float(self.figure.of(self.worked.figures(_point(numbers)))[0])

    def told(self, numbers: Mapping[str, float]) -> float:
        """Return the estimate by the closed form, scaled to the run [mio. kr.].

        Raises:
            InputError: The closed form is too far from the run, or the scenario refuses the values.
        """
        if not self.is_told:
            raise InputError.one(TOO_FAR if self.is_short else TOO_LONG)
        return float(self.figure.of(self.closed.figures(_point(numbers)))[0]) * self.ratio


def drivers_of(ground: Ground, step: Step = lambda: None) -> list[Driver]:
    """Return what moves the estimate, the largest swing first; those whose ends are refused stand last.

    Args:
        ground: The run.
        step: Called after each family.
    """
    reached = [family for family in ground.families if ground.reaches(family)]
    still = _still(ground, [family for family in reached if _is_screened(ground, family)])
    found = []
    for family in ground.families:
        if family in reached and family.key not in still:
            found.append(_driver(ground, family))
        step()
    if not any(one.moves for one in found):
        return []
    kept = [one for one in found if one.moves or isnan(one.swing)]
    return sorted(kept, key=lambda one: (isnan(one.swing), -one.swing, one.family.key))


def _driver(ground: Ground, family: Family) -> Driver:
    how = ground.how(family.leaves)
    ends, refused = [], ""
    for share in (0.0, 1.0):
        try:
            ends.append(_at_end(ground, how, family, share))
        except InputError as wrong:
            ends.append(nan)
            refused = refused or wrong.faults[0].message
    three = [end for end in (*ends, ground.now) if not isnan(end)]
    swing = nan if len(three) == 1 else max(three) - min(three)
    return Driver(family, how, ends[0], ends[1], swing, refused)


def _at_end(ground: Ground, how: str, family: Family, share: float) -> float:
    numbers = family.at(share)
    today = {member.row.key: member.row.value for member in family.members}
    return ground.now if numbers == today else ground.at(how, numbers)


def _is_screened(ground: Ground, family: Family) -> bool:
    """Return whether a family is asked together with others first: most of the money moves nothing, or all do."""
    if not ground.now:
        return True
    stages = {stage for leaf in family.leaves for stage in ground.worked.stages.get(leaf, ())}
    return DELIVERY not in stages


def _still(ground: Ground, families: Sequence[Family]) -> set[str]:
    """Return the keys of families that do not move the estimate, asked of whole groups before one by one."""
    if len(families) <= FEW:
        return set()
    try:
        found = [ground.at(_how_of(ground, families), _together(families, place)) for place in PLACES]
    except InputError:
        found = [nan]
    if all(abs(one - ground.now) <= STILL * abs(ground.now) for one in found):
        return {family.key for family in families}
    half = len(families) // 2
    return _still(ground, families[:half]) | _still(ground, families[half:])


def _how_of(ground: Ground, families: Sequence[Family]) -> str:
    return ground.how([leaf for family in families for leaf in family.leaves])


def _together(families: Sequence[Family], place: float) -> dict[str, float]:
    """Return many families somewhere in their ranges, each at a place of its own."""
    found: dict[str, float] = {}
    for number, family in enumerate(families):
        found |= family.at(place + SPREAD * ((number * FURTHER) % 1.0))
    return found


def _point(numbers: Mapping[str, float]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    return {key: np.array([number]) for key, number in numbers.items()}
