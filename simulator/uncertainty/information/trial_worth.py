"""What a trial is worth: what its answer gains a year from the day it comes, less what it costs to get it.

A trial tells how many weeks of employment a person loses whose conversations change form. At a draw that is
conversations of a person x weeks lost by each; what the trial shows is that and its sampling error, normal with the
standard error that its design gives. What the result is worth follows by regression on it. It counts from the day of
the answer to the end of the horizon. Against it stand the costs of the trial, and what the public balance loses on
those who are kept on the arm that is the worse one by what is believed today: of two arms one always is.

    >>> from simulator.uncertainty.information.trial_worth import sizes_up_to
    >>> sizes_up_to(700)
    [10, 20, 50, 100, 200, 500, 700]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from simulator.distributions import distribution_of
from simulator.draws import design_points
from simulator.errors import InputError
from simulator.results.sample import MIO
from simulator.scenario import Scenario
from simulator.uncertainty.information.deciding import Weighed
from simulator.uncertainty.information.horizon import Horizon
from simulator.uncertainty.information.regression import Worth, everything, rising, sample, some

FloatArray = npt.NDArray[np.float64]
RESULTS = 4
"""Results of a trial that are drawn beside each draw; half of them mirror the others."""
STEPS, SMALLEST = (1, 2, 5), 10
FINER = 6
"""Sizes that are tried on each side of the best of the grid."""


class Evidence(Protocol):
    """What a trial would show, by persons in each arm."""

    @property
    def most(self) -> int:
        """Persons in each arm that can be enrolled."""
        ...

    @property
    def conversations(self) -> float:
        """Conversations of a person that change form."""
        ...

    def std_error(self, per_arm: int) -> float:
        """Return the standard error of the difference between the arms [weeks of employment a person]."""
        ...

    def weeks_until(self, per_arm: int) -> float:
        """Return the weeks from the decision to hold a trial until its answer."""
        ...


@dataclass(frozen=True)
class Price:
    """What a trial costs, and for how long its answer is used.

    Attributes:
        per_person_kr: For each person in it [kr].
        set_up_kr: For any trial at all [kr].
        horizon: The years for which the decision holds.
        seed: Seed of the results that are drawn.
    """

    per_person_kr: float
    set_up_kr: float
    horizon: Horizon
    seed: int


@dataclass(frozen=True)
class Size:
    """A trial of a size.

    Attributes:
        per_arm: Persons in each arm.
        std_error: Standard error of what it shows [weeks of employment a person].
        weeks: Weeks until the answer.
        a_year: What its answer is worth [mio. kr. a year].
        horizon: The same from the answer to the end of the horizon [mio. kr.].
        cost: What it costs [mio. kr.].
        loss: What is lost on those who are kept on the worse arm [mio. kr.].
    """

    per_arm: int
    std_error: float
    weeks: float
    a_year: Worth
    horizon: float
    cost: float
    loss: float

    @property
    def net_gain(self) -> float:
        """What is gained after all that it costs [mio. kr.]."""
        return self.horizon - self.cost - self.loss


@dataclass(frozen=True)
class TrialWorth:
    """What a trial is worth under one prior.

    Attributes:
        sizes: Trials by size, the smallest first.
        best: The one that gains most, also where that is less than nothing.
        set_up: Cost of setting up at which the best trial just pays [mio. kr.]; 0 where none pays at any.
        per_person: Cost of a person at which some trial just pays [kr]; 0 where none pays at any.
    """

    sizes: tuple[Size, ...]
    best: Size
    set_up: float
    per_person: float

    @property
    def pays(self) -> bool:
        """Whether a trial of some size gains more than it costs."""
        return self.best.net_gain > 0


def price_of(scenario: Scenario, seed: int) -> Price:
    """Return what a trial costs in a scenario."""
    values = scenario.baseline.values
    per_person_kr, set_up_kr = (values[f"decision.trial.{name}_kr"] for name in ("per_person", "set_up"))
    return Price(per_person_kr, set_up_kr, Horizon(scenario), seed)


def trial_worth(weighed: Weighed, evidence: Evidence, price: Price) -> TrialWorth:
    """Return what a trial is worth under a prior, by its size.

    Args:
        weighed: The options at the draws.
        evidence: What a trial shows, and when.
        price: What it costs.

    Raises:
        InputError: Nobody can be enrolled, or nothing that a trial could measure changes.
    """
    if evidence.most < 1 or not evidence.conversations > 0:
        message = "a trial would enrol nobody, or no conversation of those enrolled would change form"
        raise InputError.one(f"{message}; allowed: a longer intake, more places, or options that change form")
    asking = _Asking(weighed, evidence, price)
    sizes = [asking.of(per_arm) for per_arm in sizes_up_to(evidence.most)]
    around = _around([one.per_arm for one in sizes], asking.best_of(sizes).per_arm)
    sizes = sorted([*sizes, *map(asking.of, around)], key=lambda one: one.per_arm)
    sizes = asking.growing(sizes)
    benefits = [one.net_gain + one.cost for one in sizes]
    costs = price.set_up_kr * MIO
    each = [(gain - costs) / (2 * one.per_arm) / MIO for gain, one in zip(benefits, sizes, strict=True)]
    best = asking.best_of(sizes)
    set_up = max(one.net_gain for one in sizes) + costs
    return TrialWorth(tuple(sizes), best, max(set_up, 0.0), max(*each, 0.0))


def sizes_up_to(most: int) -> list[int]:
    """Return round numbers of persons in each arm, and the most that there can be."""
    grid, power = [], SMALLEST
    while power <= most:
        grid += [step * power for step in STEPS if step * power < most]
        power *= SMALLEST
    return [*grid, most]


def _around(grid: Sequence[int], best: int) -> list[int]:
    """Return sizes between the best of a grid and its neighbours, to two digits."""
    at = list(grid).index(best)
    if at == 0:  # the smallest is best where none pays, and a smaller one is no trial
        return []
    low, high = grid[max(at - 1, 0)], grid[min(at + 1, len(grid) - 1)]
    finer = np.geomspace(low, high, 2 * FINER + 1).tolist()
    digits = [int(float(f"{one:.2g}")) for one in finer]
    return sorted({one for one in digits if low < one < high} - set(grid))


class _Asking:
    """Asks what trials of many sizes are worth, each with the same luck."""

    def __init__(self, weighed: Weighed, evidence: Evidence, price: Price) -> None:
        self.weighed, self.evidence, self.price = weighed, evidence, price
        self.truth = evidence.conversations * weighed.lost_weeks
        columns = [f"result of a trial/{number}" for number in range(RESULTS // 2)]
        shares = design_points("random", weighed.table.count, columns, price.seed)
        noise = distribution_of({"name": "normal", "mean": 0.0, "sd": 1.0}).quantile(shares)
        self.noise: FloatArray = np.concatenate([noise, -noise], axis=1)
        perfect = everything(weighed.drawn).value
        self.most = some(weighed.drawn, self.truth[:, None], perfect).value
        self.loss_of_one = abs(float(weighed.net_kr.mean())) * evidence.conversations * MIO

    def of(self, per_arm: int) -> Size:
        """Return a trial of a size."""
        error = self.evidence.std_error(per_arm)
        weeks = self.evidence.weeks_until(per_arm)
        worth = sample(self.weighed.drawn, self.truth[:, None] + self.noise * error, self.most)
        cost = (self.price.set_up_kr + 2 * per_arm * self.price.per_person_kr) * MIO
        years = self.price.horizon.worth_of_one(weeks)
        return Size(per_arm, error, weeks, worth, worth.value * years, cost, self.loss_of_one * per_arm)

    def growing(self, sizes: Sequence[Size]) -> list[Size]:
        """Return trials none of which tells less than a smaller one."""
        held = rising([one.a_year.value for one in sizes])
        years = [self.price.horizon.worth_of_one(one.weeks) for one in sizes]
        return [
            replace(one, a_year=replace(one.a_year, value=value), horizon=value * year)
            for one, value, year in zip(sizes, held, years, strict=True)
        ]

    def best_of(self, sizes: Sequence[Size]) -> Size:
        """Return the trial that gains most; the smaller of two that gain the same."""
        return max(self.growing(sizes), key=lambda one: (one.net_gain, -one.per_arm))
