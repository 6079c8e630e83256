"""The section `trial` of a scenario: a randomised trial of the proposal's rules against the baseline's."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from simulator.scenario.section import GroupName, PlaceCode, Section, TrialDesign


class TrialIntake(Section):
    """Who is taken into a trial: new spells of some groups and places, by the day of the first conversation.

    Empty `groups` or `places` means all. Nobody is taken in while the national incidence of the scenario's series is
    at or above `stop_above_per_100k`, per 100,000 inhabitants in seven days.
    """

    from_: date = Field(alias="from")
    to: date
    groups: tuple[GroupName, ...] = ()
    places: tuple[PlaceCode, ...] = ()
    stop_above_per_100k: float | None = Field(default=None, gt=0)


class TrialSteps(Section):
    """Waves of a stepped wedge, after each of which more municipalities step over, and the weeks of a wave."""

    number: int = Field(default=8, ge=2, le=26)
    weeks: int = Field(default=4, ge=1, le=26)


class TrialSection(Section):
    """A randomised trial of the proposal's rules against the baseline's; none is planned where `intake` is left out.

    Attributes:
        design: Who is drawn and how, by the name of the file in `uncertainty/trials/designs/`.
        intake: Who is taken in, and when.
        outcome: What the trial is to decide on.
        steps: Waves of a stepped wedge.
        persons_per_arm: Sizes of the power curve; a few round ones where left out.
        simulations: Number of simulated trials.
    """

    design: TrialDesign = "by_citizen"
    intake: TrialIntake | None = None
    outcome: Literal["exit_by_week_26", "weeks_in_26", "weeks_in_52", "hazard_ratio"] = "exit_by_week_26"
    steps: TrialSteps = TrialSteps()
    persons_per_arm: tuple[int, ...] = ()
    simulations: int = Field(default=200, ge=2, le=100_000)
