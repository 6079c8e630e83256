"""The world of a run: what is the same in all its replications."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.calendars import Calendar
from simulator.calendars.span import Span
from simulator.delivery import Ground, Offices
from simulator.demand import Population
from simulator.effects import Worth
from simulator.results import Setting
from simulator.scenario import Scenario


@dataclass(frozen=True)
class World:
    """What is the same in all replications of a scenario.

    Attributes:
        setting: Scenario, days, places and calendars, which results are told about.
        population: Levels and spells of the groups.
        offices: Rules and minutes of the offices of each arm.
        worth: What conversations are worth under the effect model.
    """

    setting: Setting
    population: Population
    offices: list[Offices]
    worth: Worth

    @property
    def scenario(self) -> Scenario:
        """The scenario, with what its rules decided on the incidence."""
        return self.setting.scenario

    @property
    def span(self) -> Span:
        """The simulated days."""
        return self.setting.span

    @property
    def places(self) -> tuple[str, ...]:
        """Municipality codes of the run."""
        return self.setting.places

    @property
    def calendars(self) -> tuple[Calendar, Calendar]:
        """Calendar of each arm."""
        return self.setting.calendars

    @property
    def ground(self) -> Ground:
        """What engines are given."""
        arms = tuple(zip(self.scenario.arms, self.calendars, strict=True))
        histories, leaving = self.worth.share is not None, self.worth.leaving
        return Ground(arms, self.span, self.population, tuple(self.offices), histories, leaving)
