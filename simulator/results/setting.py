"""What every replication of a run has in common, as far as results need it."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.calendars import Calendar
from simulator.calendars.span import Span
from simulator.infection import Outbreak
from simulator.saldo import Valuation
from simulator.scenario import Scenario


@dataclass(frozen=True)
class Setting:
    """The ground on which a run stands.

    Attributes:
        scenario: The scenario.
        span: The simulated days.
        places: Municipality codes of the run.
        calendars: Calendar of each arm.
        valuation: What a week of employment is worth.
        outbreak: Incidence, and what rules decided on it.
    """

    scenario: Scenario
    span: Span
    places: tuple[str, ...]
    calendars: tuple[Calendar, Calendar]
    valuation: Valuation
    outbreak: Outbreak = field(default_factory=Outbreak)

    @property
    def period(self) -> tuple[int, int]:
        """Ordinals of the first and the last day of the period."""
        return self.span.first + self.span.period_from, self.span.first + self.span.period_to
