"""What is known of a lever as a distribution, and draws of levers that go together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulator.distributions import Distribution, distribution_of
from simulator.uncertainty.sensitivity.factors import FloatArray, factor_of

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.uncertainty.levers import Lever


def known_of(lever: Lever) -> Distribution:
    """Return the distribution of a lever; where it has none, every value of its range is equally likely.

    Raises:
        ValueError: It has neither a range nor a distribution.
    """
    if lever.distribution is not None:
        return lever.distribution
    factor = factor_of(lever)
    if factor.whole:
        values = range(math.ceil(factor.low), math.floor(factor.high) + 1)
        return distribution_of({"name": "empirical", "values": [float(value) for value in values]})
    if factor.low == factor.high:
        return distribution_of({"name": "fixed", "value": factor.low})
    return distribution_of({"name": "uniform", "low": factor.low, "high": factor.high})


def correlated_among(scenario: Scenario, levers: Sequence[Lever]) -> tuple[str, ...]:
    """Return the keys of the levers that the scenario says go together with another of them."""
    keys = {lever.key for lever in levers}
    pairs = [{pair.one, pair.other} for pair in scenario.sections.uncertainty.correlations if pair.correlation]
    return tuple(sorted({key for pair in pairs if pair <= keys for key in pair}))


def drawn_together(scenario: Scenario, levers: Sequence[Lever], count: int, seed: int) -> FloatArray:
    """Return draws of levers that go together as the scenario says, shape (draw, lever).

    Args:
        scenario: The scenario, which holds the correlations.
        levers: The levers, in the order of the columns.
        count: How many draws, as the design takes them.
        seed: Seed of the draws.

    Raises:
        InputError: The design has no such number of draws, or the correlations cannot be.
    """
    from simulator.draws import Correlation, DrawPlan, draw_table, spearman

    keys = {lever.key for lever in levers}
    together = tuple(
        Correlation(pair.one, pair.other, spearman(pair.correlation) if pair.of == "ranks" else pair.correlation)
        for pair in scenario.sections.uncertainty.correlations
        if {pair.one, pair.other} <= keys
    )
    plan = DrawPlan({lever.key: known_of(lever) for lever in levers}, count, seed, correlations=together)
    table = draw_table(plan)
    return table.values[:, [table.keys.index(lever.key) for lever in levers]]
