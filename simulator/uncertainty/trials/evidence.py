"""What a trial of a size would tell, and when: what the value of information asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simulator import pipeline
from simulator.calendars.span import DAYS_A_WEEK
from simulator.plan import Plan
from simulator.scenario import Scenario
from simulator.uncertainty.trials.asking import asked_lives
from simulator.uncertainty.trials.designs import design_of
from simulator.uncertainty.trials.enrolment import window_of
from simulator.uncertainty.trials.findings import answer_day
from simulator.uncertainty.trials.outcomes import WEEKS_52, YEAR
from simulator.uncertainty.trials.pilot import Pilot
from simulator.uncertainty.trials.simulated import simulated
from simulator.uncertainty.trials.terms import Terms, terms_of


@dataclass(frozen=True)
class Evidence:
    """What the trial of a scenario would tell, by persons per arm.

    Attributes:
        pilot: What the persons are like.
        terms: The terms of the trial.
    """

    pilot: Pilot
    terms: Terms

    @property
    def most(self) -> int:
        """Persons per arm that the intake admits."""
        return self.pilot.most

    @property
    def conversations(self) -> float:
        """Conversations per person that change form, of all that she has in the simulated days."""
        return self.pilot.changed

    def std_error(self, per_arm: float) -> float:
        """Return the standard error of the effect on weeks of employment per person in 52 weeks [weeks]."""
        return design_of(self.terms.design).closed_form(self.pilot, self.terms, WEEKS_52, per_arm).std_error

    def weeks_until(self, per_arm: float) -> float:
        """Return the weeks from the first day of intake to the answer; more than are admitted take as long as all."""
        day = answer_day(self.pilot, self.terms, min(per_arm, self.pilot.persons / 2), YEAR)
        assert day is not None, "as many as are admitted are admitted"
        return (day.toordinal() - self.pilot.first - self.terms.first_day) / DAYS_A_WEEK


def made(scenario: Scenario, plan: Plan, step: Callable[[], None] = lambda: None) -> Evidence:
    """Return what the trial of a scenario would tell, by the persons of a few replications.

    Args:
        scenario: The scenario, with a section `trial`.
        plan: How to run it; a few replications are enough.
        step: Called after each replication.

    Raises:
        InputError: The scenario plans no trial, or one that cannot be.
        RunError: A law is broken.
    """
    terms = terms_of(scenario)
    world = pipeline.prepare(scenario)
    window = window_of(world, terms)
    found = simulated(asked_lives(world, window, terms, plan, step), window, terms, plan.seed, only_pilot=True)
    return Evidence(found.pilot, found.terms)
