"""What a position reads: found again from that of its delivery, since only effects and money can read otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.effects import employment_of, worth_of
from simulator.pipeline import DELIVERY, EFFECTS, MONEY, figures_at
from simulator.saldo import valuation_of
from simulator.scenario import Scenario
from simulator.uncertainty.worked import Reading, reading_of
from simulator.web.desk.delivered import Kept
from simulator.web.desk.same_delivery import VALUED

Stages = dict[str, frozenset[str]]


def signature(scenario: Scenario) -> tuple[object, ...]:
    """Return what decides which values effects and money read: structure, values of nothing, and price levels."""
    values, sections = scenario.baseline.values, scenario.sections
    rows = [row for row in values.rows() if row.key.split(".", 1)[0] in VALUED]
    zero = tuple(row.key for row in rows if row.value == 0)
    years = tuple(row.value for row in rows if row.unit == "year")
    return (sections.effects.model_dump_json(), sections.saldo.model_dump_json(), zero, years)


@dataclass(frozen=True)
class Again:
    """Finds which stages read each value of a scenario that delivers as another does.

    Attributes:
        kept: The delivery.
    """

    kept: Kept

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
        setting, nothing = self.kept.ground, self.kept.nothing
        again = scenario.with_values({})
        used = again.baseline.values.used
        effect = employment_of(nothing, worth_of(again, setting.span, setting.outbreak.incidence), setting.span)
        effects = frozenset(used)
        used.clear()
        figures_at(valuation_of(again, setting.span), effect, nothing)
        return {EFFECTS: effects, MONEY: frozenset(used)}
