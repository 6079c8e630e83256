"""The luck of the events in figures at some values: the standard error of their means over the replications."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import sqrt

import numpy as np

from simulator import pipeline
from simulator.plan import Plan
from simulator.scenario import Scenario
from simulator.uncertainty.targets import Aimed

FEWEST = 2


def event_errors(
    scenario: Scenario, plan: Plan, figures: Sequence[Aimed], step: Callable[[], None] = lambda: None
) -> list[float | None]:
    """Return the standard error of each figure from the draw of events, in its unit; None for a single replication.

    Args:
        scenario: The scenario at the values.
        plan: How it is simulated.
        figures: The figures.
        step: Called after each replication.
    """
    (rival,) = pipeline.rivals({scenario.sections.effects.model: scenario}, plan, step)
    drawn = rival.tally.figures
    return [_std_error(drawn, figure) for figure in figures]


def _std_error(drawn: Sequence[Mapping[str, float]], figure: Aimed) -> float | None:
    if len(drawn) < FEWEST:
        return None
    found = figure.of({name: np.array([one[name] for one in drawn]) for name in {figure.column, "converted"}})
    return float(found.std(ddof=1) / sqrt(len(drawn)))
