"""A position, valued: the figures of what it delivers, at its own numbers and at others that delivery does not read.

What effects and money make of a position is kept, so that a move of one slider works out again only what reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from simulator.control import Control, Counted, Prices, counted_of, valued, week_kr_by_concept
from simulator.delivery import Replicated
from simulator.effects import Employment, employment_of, worth_of
from simulator.pipeline import EFFECTS, MONEY, figures_at, setting_of, unforeseen_at
from simulator.plan import Plan
from simulator.results import Setting
from simulator.results.sample import control_figures
from simulator.saldo import Saldo, Valuation, saldo, valuation_of
from simulator.scenario import Scenario
from simulator.uncertainty.worked import Reading
from simulator.web.desk.delivered import Ground, Kept
from simulator.web.desk.same_delivery import VALUED
from simulator.web.desk.shelf import Shelf

VALUED_KEYS = tuple(f"{name}." for name in VALUED)
EFFECTS_ALONE = "effects.params."
"""What a conversation does; no price reads it."""


@dataclass
class Rooms:
    """What was worked out for the latest positions, each bounded.

    Attributes:
        grounds: Days, places, calendars and prices by delivery.
        counted: What falls due by hand, by delivery and structure of the effects.
        effects: Effects on employment by what they read.
        valuations: Values of a week of employment by what they read.
        prices: The same of the control.
    """

    grounds: Shelf[Ground] = field(default_factory=lambda: Shelf(6))
    counted: Shelf[dict[tuple[str, str], Counted]] = field(default_factory=lambda: Shelf(6))
    effects: Shelf[Employment] = field(default_factory=lambda: Shelf(10))
    valuations: Shelf[Valuation] = field(default_factory=lambda: Shelf(6))
    prices: Shelf[Prices] = field(default_factory=lambda: Shelf(6))


@dataclass(frozen=True)
class Footing:
    """A position with its scenario and what is at hand of its delivery.

    Attributes:
        scenario: The scenario, with what its rules decided on the incidence.
        plan: How it is run.
        delivery: Key of what it delivers.
        kept: What was delivered; None where it is not at hand.
        reading: What the scenario reads; None where that is not known.
        rooms: What was worked out before.
    """

    scenario: Scenario
    plan: Plan
    delivery: str
    kept: Kept | None
    reading: Reading | None
    rooms: Rooms

    @cached_property
    def structure(self) -> str:
        """The structure of the effects."""
        return self.scenario.sections.effects.model_dump_json()

    @property
    def ground(self) -> Ground:
        """Days, places, calendars and incidence; the prices are those of another position that delivers the same."""
        if self.kept is not None:
            return self.kept.ground
        return self.rooms.grounds.get(self.delivery, lambda: Ground.of(setting_of(self.scenario)))

    @property
    def found(self) -> Replicated:
        """What was counted."""
        assert self.kept is not None, "only what was delivered can be valued"
        return self.kept.mean

    def decided(self) -> Footing:
        """Return the position with the rules as the incidence decided them; they are those of what it delivers."""
        if self.scenario.sections.infection.series is None:
            return self
        pairs = zip(self.scenario.arms, self.ground.scenario.arms, strict=True)
        baseline, proposal = (replace(arm, sections=other.sections) for arm, other in pairs)
        return replace(self, scenario=replace(self.scenario, baseline=baseline, proposal=proposal))

    def at(self, numbers: Mapping[str, float]) -> Scenario:
        """Return the scenario with other numbers for some values.

        Raises:
            InputError: A number is not one that its unit can be.
        """
        return self.scenario.with_values(numbers) if numbers else self.scenario

    def setting(self) -> Setting:
        """Return the ground of the position itself."""
        return self.ground.priced(self.scenario, self.valuation({}))

    def effect(self, numbers: Mapping[str, float]) -> Employment:
        """Return the effect on employment at other numbers for some values."""
        key = self._key(EFFECTS, numbers)
        incidence, span = self.ground.outbreak.incidence, self.ground.span
        return self.rooms.effects.get(
            key, lambda: employment_of(self.found, worth_of(self.at(numbers), span, incidence), span)
        )

    def valuation(self, numbers: Mapping[str, float]) -> Valuation:
        """Return what a week of employment is worth at other numbers for some values."""
        key = self._key(MONEY, numbers)
        return self.rooms.valuations.get(key, lambda: valuation_of(self.at(numbers), self.ground.span))

    def figures(self, numbers: Mapping[str, float]) -> dict[str, float]:
        """Return the figures by name, as `results.tally` names them, at other numbers for some values."""
        return figures_at(self.valuation(numbers), self.effect(numbers), self.found)

    def saldo(self) -> Saldo:
        """Return the effect on the public balance."""
        found = self.found
        return saldo(self.valuation({}), self.effect({}), found.joint, found.worked_minutes)

    def unforeseen_kr(self) -> float:
        """Return the part of the effect that the control cannot foresee [kr]."""
        return unforeseen_at(self.valuation({}), self.effect({}), self.found)

    def control(self, numbers: Mapping[str, float] | None = None) -> Control:
        """Return the control at other numbers for some values that delivery does not read."""
        ground, scenario = self.ground, self.at(numbers or {})
        counted = self.rooms.counted.get(
            (self.delivery, self.structure),
            lambda: counted_of(scenario, ground.calendars, ground.span, ground.outbreak.incidence),
        )
        sums = {pair: one.sums(scenario) for pair, one in counted.items()}
        prices = self.rooms.prices.get(self._priced(scenario), lambda: week_kr_by_concept(scenario, ground.span))
        return valued(scenario, ground.span, sums, prices)

    def _priced(self, scenario: Scenario) -> tuple[object, ...]:
        """Return all that may decide the kroner of a week of employment: what is no effect of a conversation."""
        rows = (row for arm in scenario.arms for row in arm.values.rows() if row.key.startswith(VALUED_KEYS))
        priced = ((row.key, row.value) for row in rows if not row.key.startswith(EFFECTS_ALONE))
        return (self.delivery, scenario.sections.saldo.model_dump_json(), *priced)

    def control_figures(self, numbers: Mapping[str, float] | None = None) -> dict[str, float]:
        """Return the figures of the control by name."""
        return control_figures(self.control(numbers), self.valuation(numbers or {}).concept)

    def _key(self, stage: str, numbers: Mapping[str, float]) -> tuple[object, ...]:
        """Return what a stage reads: the delivery, the structure of effects and money, and the numbers."""
        moved = ((key, one) for key, one in numbers.items() if self._reads(stage, key) and self._is_other(key, one))
        return (self._read[stage], tuple(sorted(moved)))

    def _is_other(self, key: str, number: float) -> bool:
        """Return whether a number is another than that of the position, in either arm."""
        return any(arm.values.row(key).value != number for arm in self.scenario.arms)

    @cached_property
    def _read(self) -> dict[str, tuple[object, ...]]:
        """What each stage reads as the position stands."""
        sections = self.scenario.sections
        effects, money = self.structure, sections.saldo.model_dump_json()
        baseline, proposal = (arm.values for arm in self.scenario.arms)
        # The arms share the rows that neither of them sets.
        own = (row for row in proposal.rows() if row.key not in baseline or row is not baseline.row(row.key))
        rows = [row for row in (*baseline.rows(), *own) if row.key.startswith(VALUED_KEYS)]
        found: dict[str, tuple[object, ...]] = {}
        for stage, structure in ((EFFECTS, effects), (MONEY, effects + money)):
            read = ((row.key, row.value) for row in rows if self._reads(stage, row.key))
            found[stage] = (self.delivery, stage, structure, *read)
        return found

    def _reads(self, stage: str, key: str) -> bool:
        """Return whether a stage reads a value, as far as that is known."""
        return self.reading is None or stage in self.reading.stages.get(key, ())
