"""Valuer: the figures of one delivery at any numbers that delivery does not read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from simulator import pipeline
from simulator.delivery import Replicated
from simulator.delivery.counts import NOT_HELD
from simulator.effects import Employment
from simulator.pipeline import EFFECTS, MONEY, World
from simulator.saldo import Valuation
from simulator.scenario import Scenario

Numbers = tuple[tuple[str, float], ...]
Figures = dict[str, float]
Kept = TypeVar("Kept", Employment, Valuation)
BASELINE_HELD = "baseline_held"
"""Conversations that the baseline held inside the period, beside the figures of a replication."""
AT_HAND = 64
"""Effects and valuations that are kept at hand."""


class Valuer:
    """Values what was counted in a world; the latest effects and valuations are kept at hand."""

    def __init__(self, world: World, found: Replicated, stages: Mapping[str, frozenset[str]]) -> None:
        """Take a world, what was counted in it, and which stages read each value."""
        self.world, self.found, self.stages = world, found, stages
        self._effects: dict[Numbers, Employment] = {}
        self._valuations: dict[Numbers, Valuation] = {}
        self._held = held_in_baseline(found, world)

    def __call__(self, numbers: Mapping[str, float]) -> Figures:
        """Return the figures by name, with other numbers for some keys of the catalogue.

        Raises:
            InputError: A number is not one that its unit can be.
        """
        effect = self._at(self._effects, EFFECTS, numbers, self._effect_at)
        valuation = self._at(self._valuations, MONEY, numbers, self._valuation_at)
        return pipeline.figures_at(valuation, effect, self.found) | {BASELINE_HELD: self._held}

    def _effect_at(self, scenario: Scenario) -> Employment:
        return pipeline.effect_at(self.world, scenario, self.found)

    def _valuation_at(self, scenario: Scenario) -> Valuation:
        return pipeline.valuation_at(self.world, scenario)

    def _at(
        self, kept: dict[Numbers, Kept], stage: str, numbers: Mapping[str, float], make: Callable[[Scenario], Kept]
    ) -> Kept:
        """Return what a stage makes of the numbers that it reads."""
        read = tuple(sorted((key, one) for key, one in numbers.items() if stage in self.stages.get(key, ())))
        if read not in kept:
            if len(kept) >= AT_HAND:
                del kept[next(iter(kept))]
            kept[read] = make(self.world.scenario.with_values(dict(read)))
        return kept[read]


def held_in_baseline(found: Replicated, world: World) -> float:
    """Return the conversations that the baseline held inside the period."""
    counts = found.joint.dense("baseline", "segment")[:NOT_HELD]
    return float(counts[:, [segment.inside for segment in world.span.segments]].sum())
