"""Infection in closed form: what the incidence of the country does on each day."""

from __future__ import annotations

from simulator.calendars.span import Span
from simulator.control.forms import Sickness
from simulator.infection import Incidence, away_share, moved_by
from simulator.scenario import Scenario


def sickness_of(scenario: Scenario, span: Span, incidence: Incidence | None) -> tuple[Sickness, ...]:
    """Return what infection does on each simulated day; empty where no link is on.

    Source:
        facts/infection.yaml.
    """
    links = scenario.sections.infection.links
    if incidence is None or not links:
        return ()
    values, first = scenario.baseline.values, span.first - incidence.first
    national = incidence.national[first : first + span.days]
    nothing = [0.0] * span.days
    lift, ill, lost, called_off = nothing, nothing, nothing, 0.0
    if "take_up" in links:
        take_up = values["infection.take_up.moved_share"], values["infection.take_up.half_per_100k"]
        lift = moved_by(national, *take_up).tolist()
    if "illness" in links:
        ill, called_off = away_share(scenario.baseline, national).tolist(), values["infection.illness.called_off_share"]
    if "worth" in links:
        worth = values["infection.worth.lost_share"], values["infection.worth.half_per_100k"]
        lost = moved_by(national, *worth).tolist()
    days = zip(lift, ill, lost, strict=True)
    return tuple(Sickness(fear, away, called_off, 1 - less) for fear, away, less in days)
