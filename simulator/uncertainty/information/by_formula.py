"""What a trial would show, in closed form: for scenarios that plan none.

Citizens who begin a spell are followed for 52 weeks: one arm has all its conversations in person, the other none. Weeks
in employment are those after a spell has ended; their spread follows from the exit curve of the group, and the standard
error of a difference between two arms of n persons is the standard deviation times the root of 2/n. Conversations of a
person follow from how often they fall due while the spell lasts. Who can enter follows from the inflow of the group.
No contamination, nobody lost, one citizen like another: a planned trial has all of these, and is simulated where a
scenario plans it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from simulator import pipeline
from simulator.calendars.span import DAYS_A_WEEK
from simulator.demand.spells import Survival, from_weeks
from simulator.facts.read import words
from simulator.scenario import Scenario
from simulator.streams import WORD_RANGE

FOLLOWED_DAYS = 52 * DAYS_A_WEEK
DAYS_A_YEAR = 365
GROUP = "converted_by_group"
"""What the figures of conversations that change form begin with, by group."""


@dataclass(frozen=True)
class ByFormula:
    """A trial by citizen with two arms, of one group.

    Attributes:
        group: The group that it enrols.
        sd: Standard deviation of weeks in employment in 52 weeks [weeks].
        conversations: Conversations of a person, which change form between the arms.
        entrants_a_week: Persons who begin a spell and take part [persons a week].
        longest_intake_weeks: Weeks for which persons may be taken in.
        answer_weeks: Weeks from the last who enters to the answer.
    """

    group: str
    sd: float
    conversations: float
    entrants_a_week: float
    longest_intake_weeks: float
    answer_weeks: float

    @property
    def most(self) -> int:
        """Persons in each arm that can be enrolled."""
        return int(self.entrants_a_week * self.longest_intake_weeks / 2)

    def std_error(self, per_arm: int) -> float:
        """Return the standard error of the difference between the arms [weeks of employment a person]."""
        return self.sd * math.sqrt(2 / per_arm)

    def weeks_until(self, per_arm: int) -> float:
        """Return the weeks until the answer."""
        return 2 * per_arm / self.entrants_a_week + self.answer_weeks


def by_formula(scenario: Scenario, figures: dict[str, float]) -> ByFormula:
    """Return what a trial would show, of the group of which most conversations change form.

    Args:
        scenario: The scenario, with the option that is tried as its proposal.
        figures: Its figures as it stands, by name.
    """
    groups = list(words()["groups"])
    group = max(groups, key=lambda name: figures.get(f"{GROUP}.{name}", 0.0))
    world, values = pipeline.prepare(scenario), scenario.baseline.values
    index, survival, inflow = world.population.groups[groups.index(group)]
    assert groups[index] == group, "groups stand in the order of the words"
    rows = [inflow.codes.index(code) for code in world.places]
    span = world.span
    entering = inflow.entering[rows, span.period_from : span.period_to + 1].sum(axis=0)
    entrants = float(entering.mean()) * DAYS_A_WEEK * values["decision.trial.takes_part_share"]
    return ByFormula(
        group=group,
        sd=sd_of_weeks(survival),
        conversations=due_of(scenario, group, survival),
        entrants_a_week=entrants,
        longest_intake_weeks=values["decision.trial.longest_intake_weeks"],
        answer_weeks=values["decision.trial.answer_weeks"],
    )


def sd_of_weeks(survival: Survival) -> float:
    """Return the standard deviation of weeks in employment in the 52 weeks after a spell began [weeks]."""
    running = survival.alive[: FOLLOWED_DAYS + 1].astype(np.float64) / WORD_RANGE
    running = np.pad(running, (0, FOLLOWED_DAYS + 1 - len(running)))
    leaves = np.append(running[:-1] - running[1:], running[-1])
    weeks = (FOLLOWED_DAYS - np.arange(1, FOLLOWED_DAYS + 2)).clip(min=0) / DAYS_A_WEEK
    mean = float(leaves @ weeks)
    return math.sqrt(max(float(leaves @ weeks**2) - mean**2, 0.0))


def due_of(scenario: Scenario, group: str, survival: Survival) -> float:
    """Return the conversations of a person that fall due in the 52 weeks after a spell began, as they are observed."""
    total, running = 0.0, survival.alive[:FOLLOWED_DAYS].astype(np.float64) / WORD_RANGE
    for name in words()["types"]:
        steps = from_weeks(scenario.baseline.values.under(f"demand.contact.observed.{name}.{group}"))
        ends = [*(first for first, _ in steps[1:]), FOLLOWED_DAYS]
        for (first, per_year), end in zip(steps, ends, strict=False):
            total += float(running[first:end].sum()) * per_year / DAYS_A_YEAR
    return total
