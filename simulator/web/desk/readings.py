"""What a position reads: found again from that of its delivery, since only effects and money can read otherwise."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from simulator.effects import employment_of, worth_of
from simulator.pipeline import DELIVERY, EFFECTS, MONEY, figures_at
from simulator.saldo import valuation_of
from simulator.scenario import Scenario
from simulator.uncertainty.worked import Reading, reading_of
from simulator.web.desk.delivered import Kept
from simulator.web.desk.remembered import Remembered
from simulator.web.desk.same_delivery import VALUED

Stages = dict[str, frozenset[str]]


def structure_of(scenario: Scenario) -> tuple[str, ...]:
    """Return all that effects and money hang on besides numbers and what is delivered."""
    sections, keys = scenario.sections, (key for arm in scenario.arms for key in arm.values)
    return (sections.effects.model_dump_json(), sections.saldo.model_dump_json(), *keys)


def signature(scenario: Scenario) -> tuple[object, ...]:
    """Return what decides which values effects and money read: structure, values of nothing, and price levels."""
    rows = [row for row in scenario.baseline.values.rows() if row.key.split(".", 1)[0] in VALUED]
    zero = tuple(row.key for row in rows if row.value == 0)
    years = tuple(row.value for row in rows if row.unit == "year")
    return (structure_of(scenario), zero, years)


@dataclass(frozen=True)
class Again:
    """Finds which stages read each value of a scenario that delivers as another does.

    Attributes:
        kept: The delivery.
        structure: All that effects and money hang on besides numbers.
        known: What effects and money were found to read at other numbers.
    """

    kept: Kept
    structure: Hashable
    known: Remembered[frozenset[str]]

    def reading(self, scenario: Scenario) -> Reading:
        """Return what a scenario reads that delivers the same."""
        return reading_of(scenario, self._stages)

    def _stages(self, scenario: Scenario) -> Mapping[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {
            key: frozenset({DELIVERY}) for key, stages in self.kept.reading.stages.items() if DELIVERY in stages
        }
        for stage, keys in self._valued(scenario).items():
            for key in keys:
                found[key] = found.get(key, frozenset()) | {stage}
        return found

    def _valued(self, scenario: Scenario) -> dict[str, frozenset[str]]:
        """Return what effects and money read, with nothing counted."""
        again = scenario.with_values({})
        return {
            stage: self.known.of(again, (stage, self.structure), finds)
            for stage, finds in ((EFFECTS, self._effects), (MONEY, self._money))
        }

    def _effects(self, scenario: Scenario) -> frozenset[str]:
        worth_of(scenario, self.kept.ground.span, self.kept.ground.outbreak.incidence)
        return frozenset(scenario.baseline.values.used)

    def _money(self, scenario: Scenario) -> frozenset[str]:
        ground, nothing = self.kept.ground, self.kept.nothing
        worth = worth_of(ground.scenario.with_values({}), ground.span, ground.outbreak.incidence)
        figures_at(valuation_of(scenario, ground.span), employment_of(nothing, worth, ground.span), nothing)
        return frozenset(scenario.baseline.values.used)
