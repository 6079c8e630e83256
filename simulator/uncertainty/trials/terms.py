"""The terms of a trial: what the scenario's section `trial` and the values beside it say, checked before any work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from simulator.calendars.span import DAYS_A_WEEK
from simulator.errors import Fault, InputError
from simulator.facts.read import words
from simulator.facts.spelling import allowed, did_you_mean
from simulator.pipeline import places_of, span_of
from simulator.scenario import Scenario
from simulator.scenario.names import names
from simulator.scenario.trial import TrialIntake, TrialSection
from simulator.uncertainty.trials.outcomes import OUTCOMES, WEEKS
from simulator.uncertainty.trials.staged import leads_out

MOST = 10_000_000
"""Persons per arm above which no trial is planned."""
BY_PLACE = ("by_jobcentre", "stepped_wedge")
FEWEST_PLACES = 4
"""Municipalities without which there are no two in each arm."""


@dataclass(frozen=True)
class Terms:
    """What a trial is.

    Attributes:
        design: Name of the design, a file of `designs/`.
        outcome: What it is to decide on, one of `OUTCOMES`.
        first_day: First day of intake, as an index of the simulated days.
        last_day: Last day of intake.
        groups: Indices of the groups that are taken in.
        places: Municipality codes that are taken in.
        stop_above_per_100k: National incidence at which nobody is taken in; None where none stops it.
        steps: Steps of a stepped wedge.
        step_days: Days of a wave.
        sizes: Persons per arm of the power curve, ascending; empty where they follow from the intake.
        simulations: Number of simulated trials.
        significance: Two-sided level of the test.
        power: Power that is aimed at.
        takes_part_share: Share of those who could be drawn who are.
        job_share: Share of those who leave who leave into employment.
        analysis_days: Days from the last day of follow-up to the answer.
        lost: Share that is not followed to the end, control and treated.
        crossed: Share that is met as the other arm is, control and treated.
        jobcentre_spread: Coefficient of variation of the pace of leaving between jobcentres.
        feared: Whether fear moves what a conversation in person is worth.
    """

    design: str
    outcome: str
    first_day: int
    last_day: int
    groups: tuple[int, ...]
    places: tuple[str, ...]
    stop_above_per_100k: float | None
    steps: int
    step_days: int
    sizes: tuple[int, ...]
    simulations: int
    significance: float
    power: float
    takes_part_share: float
    job_share: float
    analysis_days: int
    lost: tuple[float, float]
    crossed: tuple[float, float]
    jobcentre_spread: float
    feared: bool

    @property
    def waves(self) -> int:
        """Waves of a stepped wedge: one before the first step, and one after each."""
        return self.steps + 1


def terms_of(
    scenario: Scenario, design: str | None = None, outcome: str | None = None, simulations: int | None = None
) -> Terms:
    """Return the terms of the trial of a scenario; what is given goes before what it says.

    Raises:
        InputError: The scenario plans no trial, or one that cannot be; names all faults.
    """
    section = scenario.sections.trial
    if section.intake is None:
        message = "plans no trial; give `trial: {intake: {from: DAY, to: DAY}}`, as trial-digital-2021 does"
        raise InputError.one(message, scenario.path, "trial.intake")
    given = {"design": design, "outcome": outcome, "simulations": simulations}
    asked = section.model_copy(update={name: one for name, one in given.items() if one is not None})
    faults = [*_faults_of_words(asked), *_faults_of(scenario, asked, section.intake)]
    if faults:
        raise InputError([Fault(scenario.path, 0, 0, path, message) for path, message in faults])
    return _terms(scenario, asked, section.intake)


def with_sizes(terms: Terms, sizes: tuple[int, ...]) -> Terms:
    """Return the same terms with persons per arm of the power curve."""
    return replace(terms, sizes=sizes)


def _terms(scenario: Scenario, section: TrialSection, intake: TrialIntake) -> Terms:
    span, values, wedge = span_of(scenario), scenario.baseline.values, section.design == "stepped_wedge"
    first, step_days = intake.from_.toordinal() - span.first, section.steps.weeks * DAYS_A_WEEK
    whole = first + step_days * (section.steps.number + 1) - 1
    ours = places_of(scenario)
    return Terms(
        design=section.design,
        outcome=section.outcome,
        first_day=first,
        last_day=whole if wedge else intake.to.toordinal() - span.first,
        groups=tuple(i for i, group in enumerate(words()["groups"]) if not intake.groups or group in intake.groups),
        places=tuple(code for code in ours if not intake.places or code in intake.places),
        stop_above_per_100k=intake.stop_above_per_100k,
        steps=section.steps.number,
        step_days=step_days,
        sizes=tuple(sorted(set(section.persons_per_arm))),
        simulations=section.simulations,
        significance=values["trial.significance"],
        power=values["trial.power"],
        takes_part_share=values["trial.takes_part_share"],
        job_share=values["trial.exit_to_job_share"],
        analysis_days=round(values["trial.analysis_weeks"] * DAYS_A_WEEK),
        lost=(values["trial.attrition.control"], values["trial.attrition.treated"]),
        crossed=(
            values["trial.contamination.control_gets_treated"],
            values["trial.contamination.treated_gets_control"],
        ),
        jobcentre_spread=values["trial.jobcentre_spread"],
        feared="worth" in scenario.sections.infection.links,
    )


def _faults_of_words(section: TrialSection) -> list[tuple[str, str]]:
    """Return what is wrong with the names and numbers that may come from the command line."""
    faults = []
    designs = names().known["trial_designs"]
    if section.design not in designs:
        hint = did_you_mean(section.design, designs)
        faults.append(("trial.design", f"`{section.design}` is no design of a trial; {allowed(designs)}{hint}"))
    if section.outcome not in OUTCOMES:
        hint = did_you_mean(section.outcome, OUTCOMES)
        faults.append(("trial.outcome", f"`{section.outcome}` is no outcome of a trial; {allowed(OUTCOMES)}{hint}"))
    elif section.design == "stepped_wedge" and section.outcome == "hazard_ratio":
        message = "a stepped wedge is analysed in shares and weeks; allowed: exit_by_week_26, weeks_in_26, weeks_in_52"
        faults.append(("trial.outcome", message))
    if not 2 <= section.simulations <= 100_000:
        faults.append(("trial.simulations", f"{section.simulations} is out of range; allowed: 2 to 100,000"))
    wrong = [size for size in section.persons_per_arm if not 2 <= size <= MOST]
    if wrong:
        message = f"{wrong[0]} persons per arm are out of range; allowed: 2 to {MOST:,}"
        faults.append(("trial.persons_per_arm", message))
    return faults


def _faults_of(scenario: Scenario, section: TrialSection, intake: TrialIntake) -> list[tuple[str, str]]:
    """Return what is wrong with the intake, beside the days that are simulated and the values."""
    faults = [*_faults_of_days(scenario, section, intake), *_faults_of_values(scenario)]
    places = intake.places or places_of(scenario)
    if section.design in BY_PLACE and len(places) < FEWEST_PLACES:
        message = f"draws whole municipalities, and there are {len(places)}; allowed: at least {FEWEST_PLACES} `places`"
        faults.append(("trial.design", message))
    if not set(intake.places) <= set(places_of(scenario)):
        faults.append(("trial.intake.places", "names municipalities that are not among the `places` of the run"))
    if intake.stop_above_per_100k is not None and scenario.sections.infection.series is None:
        message = "needs a series of incidence; give infection.series, or leave it out"
        faults.append(("trial.intake.stop_above_per_100k", message))
    if not leads_out(scenario):
        message = (
            f"under `{scenario.sections.effects.model}` nobody leaves earlier or later, so there is nothing that a "
            "trial could see; allowed: a model in which meetings lead persons out: hazard"
        )
        faults.append(("effects.model", message))
    return faults


def _faults_of_values(scenario: Scenario) -> list[tuple[str, str]]:
    """Return which of the shares leave nothing to find."""
    values, faults = scenario.baseline.values, []
    for key in ("trial.significance", "trial.power", "trial.takes_part_share", "trial.exit_to_job_share"):
        if not values[key] > 0:
            faults.append((key, "is 0, and nothing would be found; allowed: above 0"))
    for key in ("trial.significance", "trial.power", "trial.attrition.control", "trial.attrition.treated"):
        if values[key] >= 1:
            faults.append((key, "is 1, which leaves nothing to find; allowed: below 1"))
    if values["trial.power"] <= values["trial.significance"]:
        faults.append(("trial.power", "is not above trial.significance, which chance alone gives; allowed: above it"))
    return faults


def _faults_of_days(scenario: Scenario, section: TrialSection, intake: TrialIntake) -> list[tuple[str, str]]:
    faults, span = [], span_of(scenario)
    simulated = date.fromordinal(span.first), date.fromordinal(span.first + span.least_days - 1)
    if intake.from_ < simulated[0]:
        message = f"{intake.from_} lies before the first simulated day, {simulated[0]}; move it or the period"
        faults.append(("trial.intake.from", message))
    if intake.to + timedelta(WEEKS[-1] * DAYS_A_WEEK) > simulated[1]:
        message = (
            f"who is taken in on {intake.to} is followed for {WEEKS[-1]} weeks, and {simulated[1]} is the last day "
            "that is surely simulated; end the intake earlier, or move period.to"
        )
        faults.append(("trial.intake.to", message))
    weeks = section.steps.weeks * (section.steps.number + 1)
    if section.design == "stepped_wedge" and (intake.to - intake.from_).days + 1 < weeks * DAYS_A_WEEK:
        message = f"{section.steps.number + 1} waves of {section.steps.weeks} weeks need {weeks} weeks of intake"
        faults.append(("trial.steps", f"{message}; allowed: fewer or shorter waves, or a longer intake"))
    return faults
