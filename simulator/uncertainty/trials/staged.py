"""Staged: a scenario as its trial runs it, whatever period and effect model its own estimate has.

A trial follows persons until a year after the last was taken in, and only where meetings lead persons out is there
anything to see. So it runs over its own days, and under the hazard model where the scenario has another.
"""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from simulator.calendars.span import DAYS_A_WEEK
from simulator.scenario import Scenario
from simulator.uncertainty.trials.outcomes import YEAR

HAZARD = "hazard"
"""The effect model in which meetings lead persons out."""


def staged(scenario: Scenario) -> Scenario:
    """Return a scenario as its trial runs it, with nothing read yet; as it is where it plans none."""
    intake = scenario.sections.trial.intake
    if intake is None:
        return scenario.with_values({})
    period, followed = scenario.sections.period, intake.to + timedelta(YEAR * DAYS_A_WEEK)
    found = scenario.with_values({})
    if intake.from_ < period.from_ or followed > period.to:
        found = found.over(min(intake.from_, period.from_), max(followed, period.to))
    return found if leads_out(scenario) else found.under_model(HAZARD)


def leads_out(scenario: Scenario) -> bool:
    """Return whether under the effect model of a scenario a meeting leads persons out."""
    return hasattr(import_module(f"simulator.effects.{scenario.sections.effects.model}"), "leaving")
