"""The cases that the contestants are given."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from simulator.pipeline import World, prepare
from simulator.scenario import read_scenario

SCENARIOS = Path("scenarios")
CHRISTMAS = SCENARIOS / "christmas-2021-bottom-up.yaml"
YEAR = SCENARIOS / "national-year-2022.yaml"
ISLANDS = "places=[Samsø, Ærø, Langeland]"
FUNEN = "places=[Odense, Svendborg, Faaborg-Midtfyn, Assens, Middelfart, Nyborg, Nordfyns, Kerteminde, Langeland, Ærø]"


@dataclass(frozen=True)
class Case:
    """A scenario with settings.

    Attributes:
        title: What it is, for the table.
        scenario: The scenario file.
        sets: Settings laid over it.
    """

    title: str
    scenario: Path
    sets: tuple[str, ...]


CASES = {
    "islands": Case("three islands, Christmas 2021", CHRISTMAS, (ISLANDS,)),
    "small": Case("Funen (10 municipalities), Christmas 2021", CHRISTMAS, (FUNEN,)),
    "middle": Case("Funen, the year 2022", YEAR, (FUNEN,)),
    "national": Case("the country (98 municipalities), the year 2022", YEAR, ()),
}


@cache
def world_of(case: str, *sets: str) -> World:
    """Return the prepared world of a case, with more settings laid over it."""
    chosen = CASES[case]
    return prepare(read_scenario(chosen.scenario, [*chosen.sets, *sets]))


def persons_by_place(world: World) -> npt.NDArray[np.int64]:
    """Return how many persons a replication has in each municipality over the days that it simulates at least."""
    total = np.zeros(len(world.places), dtype=np.int64)
    for _, _, inflow in world.population.groups:
        for place, code in enumerate(world.places):
            row = inflow.codes.index(code)
            total[place] += inflow.stock[row] + inflow.entering[row, : world.span.least_days].sum()
    return total
