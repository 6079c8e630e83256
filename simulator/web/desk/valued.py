"""A position, valued: the figures of what it delivers, at its own numbers and at others that delivery does not read.

What effects and money make of a position is kept, so that a move of one slider works out again only what reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from simulator.control import Chains, Control, Counted, Prices, counted_of, valued, week_kr_by_concept
from simulator.delivery import Replicated
from simulator.effects import Apart, Employment, apart_of, employment_of, worth_of
from simulator.pipeline import EFFECTS, MONEY, setting_of, unforeseen_at
from simulator.plan import Plan
from simulator.results import Setting
from simulator.results.sample import control_figures
from simulator.results.tally import figures_of
from simulator.saldo import Fallen, Saldo, Valuation, accounts_of, fallen_of, saldo, valuation_of
from simulator.saldo.concept import FloatArray
from simulator.scenario import Scenario
from simulator.uncertainty.worked import Reading
from simulator.web.desk.delivered import Ground, Kept
from simulator.web.desk.readings import structure_of
from simulator.web.desk.remembered import Remembered
from simulator.web.shelf import Shelf

Thing = TypeVar("Thing")
CORNERS = 8
"""Things of one kind that are kept: what the corners of the draws of one position need, and some more."""


@dataclass
class Rooms:
    """What was worked out for the latest positions, each bounded.

    Attributes:
        grounds: Days, places, calendars and prices by delivery.
        aparts: What the arms part in, by delivery.
        counted: What falls due by hand, and the keys that were read for it, by delivery and structure of the effects.
        effects: Effects on employment.
        accounts: What a week of employment gives by account.
        fallen: What a week of employment is worth in the headline.
        sums: What falls due by hand, summed up.
        prices: What a week of employment is worth by hand.
    """

    grounds: Shelf[Ground] = field(default_factory=lambda: Shelf(6))
    aparts: Shelf[Apart] = field(default_factory=lambda: Shelf(6))
    counted: Shelf[tuple[dict[tuple[str, str], Counted], frozenset[str]]] = field(default_factory=lambda: Shelf(6))
    effects: Remembered[Employment] = field(default_factory=lambda: Remembered(CORNERS))
    accounts: Remembered[FloatArray] = field(default_factory=lambda: Remembered(CORNERS))
    fallen: Remembered[Fallen] = field(default_factory=lambda: Remembered(CORNERS))
    sums: Remembered[Chains] = field(default_factory=lambda: Remembered(CORNERS))
    prices: Remembered[Prices] = field(default_factory=lambda: Remembered(CORNERS))


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
    def structure(self) -> tuple[str, ...]:
        """All that effects and money hang on besides numbers."""
        return (self.delivery, *structure_of(self.scenario))

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
        return self.ground.priced(self.scenario, self.valuation)

    @cached_property
    def valuation(self) -> Valuation:
        """What a week of employment is worth."""
        return valuation_of(self.scenario, self.ground.span, self._accounts(self.scenario))

    @cached_property
    def effect(self) -> Employment:
        """The effect on employment."""
        return self._effect(self.scenario)

    def headline(self) -> Callable[[Mapping[str, float]], float]:
        """Return the employment effect as a function of other numbers for some values [kr].

        Several points of the draws differ in no number that a stage reads; what it makes of them is found again.
        """
        known: dict[tuple[object, ...], Any] = {}

        def corner(stage: str, numbers: Mapping[str, float], works: Callable[[Scenario], Thing]) -> Thing:
            read = {key: one for key, one in numbers.items() if self._reads(stage, key)}
            at = (stage, *read.items())
            if at not in known:
                known[at] = works(self.at(read))
            found: Thing = known[at]
            return found

        def employment_effect_kr(numbers: Mapping[str, float]) -> float:
            effect = corner(EFFECTS, numbers, self._effect)
            return corner(MONEY, numbers, self._fallen).employment_effect_kr(effect)

        return employment_effect_kr

    def _reads(self, stage: str, key: str) -> bool:
        """Return whether a stage reads a value, as far as that is known."""
        return self.reading is None or stage in self.reading.stages.get(key, ())

    @cached_property
    def saldo(self) -> Saldo:
        """The effect on the public balance."""
        found = self.found
        return saldo(self.valuation, self.effect, found.joint, found.worked_minutes)

    @cached_property
    def figures(self) -> dict[str, float]:
        """The figures by name, as `results.tally` names them, with what of the effect the control cannot foresee."""
        unforeseen = unforeseen_at(self.valuation, self.effect, self.found)
        return figures_of(self.effect, self.saldo) | {"unforeseen_kr": unforeseen}

    def control(self, numbers: Mapping[str, float] | None = None) -> Control:
        """Return the control at other numbers for some values that delivery does not read."""
        ground, scenario = self.ground, self.at(numbers or {})
        counted, read = self.rooms.counted.get(self.structure[:2], lambda: self._counted(scenario))
        scenario.baseline.values.used.update(read)
        sums = self.rooms.sums.of(
            scenario, self.structure, lambda again: {pair: one.sums(again) for pair, one in counted.items()}
        )
        prices = self.rooms.prices.of(scenario, self.structure, lambda again: week_kr_by_concept(again, ground.span))
        return valued(scenario, ground.span, sums, prices)

    def control_figures(self, numbers: Mapping[str, float]) -> dict[str, float]:
        """Return the figures of the control by name, at other numbers for some values."""
        return control_figures(self.control(numbers), self.valuation.concept)

    def _counted(self, scenario: Scenario) -> tuple[dict[tuple[str, str], Counted], frozenset[str]]:
        ground, again = self.ground, scenario.with_values({})
        found = counted_of(again, ground.calendars, ground.span, ground.outbreak.incidence)
        return found, frozenset(again.baseline.values.used)

    def _effect(self, scenario: Scenario) -> Employment:
        span, incidence = self.ground.span, self.ground.outbreak.incidence
        apart = self.rooms.aparts.get(self.delivery, lambda: apart_of(self.found.joint, span))
        return self.rooms.effects.of(
            scenario,
            self.structure,
            lambda again: employment_of(self.found, worth_of(again, span, incidence), span, apart),
        )

    def _fallen(self, scenario: Scenario) -> Fallen:
        span = self.ground.span
        return self.rooms.fallen.of(
            scenario, self.structure, lambda again: fallen_of(again, span, self._accounts(again))
        )

    def _accounts(self, scenario: Scenario) -> FloatArray:
        return self.rooms.accounts.of(scenario, self.structure, lambda again: accounts_of(again, self.ground.span))
