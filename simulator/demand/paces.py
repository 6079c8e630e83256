"""Paces: how fast persons leave, by municipality. One pace for all, but in a trial that asks how alike offices are.

A pace is a factor on the weekly hazards of every group. Municipalities are put on a few paces by a keyed order, each as
often as the others, so that the mean over municipalities is the ordinary hazard and their coefficient of variation is
the spread that was asked for. Which municipality has which pace hangs on its code alone: offices differ, and next
year's differ in the same way. Inflow and stock on the first day stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from simulator.demand.spells import Survival, survival_of
from simulator.errors import InputError
from simulator.facts.read import table, words
from simulator.scenario import Scenario
from simulator.streams import key_of, named_words

COUNT = 1 << 4
"""Paces among municipalities."""


@dataclass(frozen=True)
class Paces:
    """How fast persons leave, by municipality.

    Attributes:
        survivals: Survival of each group at each pace, shape (pace, group).
        of_place: Pace of each municipality of the run, shape (place,).
        factor: What each pace makes of the ordinary hazard, shape (pace,).
    """

    survivals: tuple[tuple[Survival, ...], ...]
    of_place: tuple[int, ...]
    factor: tuple[float, ...] = (1.0,)

    @property
    def first_spells(self) -> tuple[int, ...]:
        """The spells of the first group in each municipality, in a list by pace and group, shape (place,)."""
        return tuple(pace * len(self.survivals[0]) for pace in self.of_place)


def one_pace(survivals: Sequence[Survival], places: Sequence[str]) -> Paces:
    """Return the ordinary pace for all municipalities."""
    return Paces((tuple(survivals),), (0,) * len(places))


def paces_of(scenario: Scenario, places: Sequence[str], spread: float) -> Paces:
    """Return paces of a given spread.

    Args:
        scenario: The scenario, for its hazards.
        places: Municipality codes of the run.
        spread: Coefficient of variation of the hazard of leaving between municipalities.

    Raises:
        InputError: The spread is below 0, or so large that some offices would let nobody go.
    """
    values, groups = scenario.baseline.values, list(words()["groups"])
    if spread == 0:
        return one_pace([survival_of(values, group) for group in groups], places)
    factors = _factors(spread)
    if spread < 0 or factors[0] <= 0:
        raise InputError.one(
            f"a spread of {spread:g} between offices makes no sense; allowed: 0 to below {_most():.2f}"
        )
    survivals = tuple(tuple(survival_of(values, group, factor) for group in groups) for factor in factors)
    rank = _ranks()
    return Paces(survivals, tuple(rank[code] * COUNT // len(rank) for code in places), factors)


def _factors(spread: float) -> tuple[float, ...]:
    """Return factors around 1 whose standard deviation is the spread, ascending: middles of equal normal parts."""
    scores = np.array([NormalDist().inv_cdf((2 * number + 1) / (2 * COUNT)) for number in range(COUNT)])
    return tuple((1 + spread * scores / scores.std()).tolist())


def _most() -> float:
    return 1 / (1 - _factors(1.0)[0])


def _ranks() -> dict[str, int]:
    """Return the municipalities of the whole country in an order that hangs on nothing but their codes."""
    codes = [str(row["municipality_code"]) for row in table("municipalities")]
    word = {code: int(named_words(f"pace/{code}", 0, 1, key_of(0, 0))[0]) for code in codes}
    return {code: at for at, code in enumerate(sorted(codes, key=lambda code: (word[code], code)))}
