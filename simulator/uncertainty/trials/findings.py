"""What a trial comes to: the line for a committee, the quantities of its design, and both powers side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from simulator.calendars.span import DAYS_A_WEEK
from simulator.uncertainty.trials.closed import NOT_ADMITTED, inflation_of
from simulator.uncertainty.trials.designs import Design, design_of
from simulator.uncertainty.trials.outcomes import EXIT, HALF_YEAR, HAZARD, WEEKS_52, WEEKS_TO
from simulator.uncertainty.trials.pilot import Pilot
from simulator.uncertainty.trials.simulated import Shares, Simulated
from simulator.uncertainty.trials.sizes import detectable
from simulator.uncertainty.trials.terms import MOST, Terms

POINT = 0.01
"""One percentage point."""
CURVE_POINTS = 60
NEAR = 0.001
"""Persons within which a number of persons is found before it is rounded."""
EFFECT_UNITS = {EXIT: "percentage points", HAZARD: "hazard ratio"}
"""Units in which effects are told; weeks for the others."""


@dataclass(frozen=True)
class Asked:
    """Persons per arm that find a percentage point, and when they would have answered.

    Attributes:
        per_arm: Persons per arm; None where no number is enough.
        answer: Day of the answer; None where the intake does not admit them.
        most: Persons per arm that the intake admits.
        detectable: Least effect on the share that all of them find [share].
    """

    per_arm: int | None
    answer: date | None
    most: int
    detectable: float


@dataclass(frozen=True)
class Row:
    """Both powers of one outcome at one size.

    Attributes:
        outcome: One of `followed.OUTCOMES`.
        per_arm: Persons per arm.
        effect: The effect as the engine has it [percentage points, weeks, or hazard ratio].
        unit: Its unit.
        closed: Power in closed form.
        detectable: Least effect that is found with the power aimed at [the same unit].
        simulated: Share of simulated trials that rejected; None where none were made.
        answer: Day of the answer; None where the intake does not admit them.
        why_not: Why the formula does not hold; empty where it does.
    """

    outcome: str
    per_arm: int
    effect: float
    unit: str
    closed: float
    detectable: float
    simulated: Shares | None
    answer: date | None
    why_not: tuple[str, ...]

    @property
    def agrees(self) -> bool | None:
        """Whether the closed form lies within the error of the simulation; None where there is none."""
        if self.simulated is None:
            return None
        low, high = self.simulated.interval()
        return low <= self.closed <= high


def asked_for_a_point(found: Simulated) -> Asked:
    """Return how many persons per arm find one percentage point fewer in a job by week 26, and when."""
    pilot, terms, design = found.pilot, found.terms, design_of(found.terms.design)
    pointed = pilot.with_difference(EXIT, -min(POINT, pilot.means[EXIT][0]))
    per_arm = needed(design, pointed, terms, EXIT)
    all_of_it = design.closed_form(pilot, terms, EXIT, max(pilot.most, 2)).std_error
    least = detectable(all_of_it, terms.power, terms.significance)
    admitted = per_arm is not None and per_arm <= pilot.persons / 2
    answer = answer_day(pilot, terms, per_arm, HALF_YEAR) if per_arm is not None and admitted else None
    return Asked(per_arm, answer, pilot.most, least)


def needed(design: Design, pilot: Pilot, terms: Terms, outcome: str) -> int | None:
    """Return the persons per arm that find the effect with the power aimed at, rounded as the published numbers are.

    Returns:
        Persons per arm; None where no number is enough.
    """
    low, high = 1.0, float(MOST)
    if design.closed_form(pilot, terms, outcome, high).power < terms.power:
        return None
    while high - low > NEAR:
        middle = (low + high) / 2
        if design.closed_form(pilot.of_size(middle), terms, outcome, middle).power < terms.power:
            low = middle
        else:
            high = middle
    return max(round(high), 2)


def answer_day(pilot: Pilot, terms: Terms, per_arm: float, weeks: int) -> date | None:
    """Return the day of the answer: the last is taken in, followed for some weeks, and analysed.

    Args:
        pilot: What the persons are like.
        terms: The terms of the trial.
        per_arm: Persons per arm.
        weeks: Weeks of follow-up.

    Returns:
        The day; None where the intake does not admit so many.
    """
    if 2 * per_arm > pilot.persons:
        return None
    last = terms.last_day if design_of(terms.design).WHOLE else int(np.searchsorted(pilot.by_day, 2 * per_arm))
    last = min(last, terms.last_day)
    return date.fromordinal(pilot.first + last + weeks * DAYS_A_WEEK + terms.analysis_days)


def rows_of(found: Simulated) -> list[Row]:
    """Return both powers of each outcome at each size; the outcome that the trial is for stands first."""
    design, own = design_of(found.terms.design), found.terms.outcome
    outcomes = sorted(design.OUTCOMES, key=lambda outcome: outcome != own)
    return [_row(found, design, outcome, size) for outcome in outcomes for size in found.terms.sizes]


def _row(found: Simulated, design: Design, outcome: str, size: int) -> Row:
    pilot, terms = found.pilot.of_size(size), found.terms
    closed = design.closed_form(pilot, terms, outcome, size)
    answer = answer_day(pilot, terms, size, WEEKS_TO[outcome])
    least = detectable(closed.std_error, terms.power, terms.significance)
    return Row(
        outcome=outcome,
        per_arm=size,
        effect=told_effect(outcome, pilot.difference(outcome)),
        unit=EFFECT_UNITS.get(outcome, "weeks"),
        closed=closed.power,
        detectable=told_effect(outcome, -least),
        simulated=found.power.get((outcome, size)),
        answer=answer,
        why_not=(*design.doubts(pilot, terms, outcome), *(() if answer else (NOT_ADMITTED,))),
    )


def told_effect(outcome: str, effect: float) -> float:
    """Return an effect in the unit in which it is told: points for a share, a ratio for a logarithm."""
    if outcome == HAZARD:
        return math.exp(effect)
    return effect * 100 if outcome == EXIT else effect


def curve_of(found: Simulated) -> list[tuple[float, float]]:
    """Return persons per arm and power in closed form along the sizes, for the outcome that the trial is for."""
    sizes, terms, design = found.terms.sizes, found.terms, design_of(found.terms.design)
    ends = max(sizes[0] / 2, 2), max(sizes[-1], min(found.pilot.most, 2 * sizes[-1]))
    return [
        (size, design.closed_form(found.pilot.of_size(size), terms, terms.outcome, size).power)
        for size in np.geomspace(*ends, CURVE_POINTS).tolist()
    ]


def quantities(found: Simulated, asked: Asked) -> list[tuple[str, float | None, str, date | None]]:
    """Return the quantities of a design: name, value, unit, day."""
    pilot, terms, design = found.pilot, found.terms, design_of(found.terms.design)
    share = pilot.persons * DAYS_A_WEEK / max(terms.last_day - terms.first_day + 1, 1)
    whole = max(pilot.most, 2)
    weeks = detectable(design.closed_form(pilot, terms, WEEKS_52, whole).std_error, terms.power, terms.significance)
    inflation = inflation_of(pilot, EXIT, whole) if design.CLUSTERED else 1.0
    first_stage = [("first_stage", pilot.first_stage, "share", None)] if terms.design == "encouragement" else []
    return [
        ("persons_for_one_point", None if asked.per_arm is None else float(asked.per_arm), "persons per arm", None),
        ("answer_for_one_point", None, "", asked.answer),
        ("intake_persons", pilot.persons, "persons", None),
        ("intake_persons_per_week", share, "persons per week", None),
        ("exit_share_control", pilot.means[EXIT][0], "share", None),
        ("exit_share_treated", pilot.means[EXIT][1], "share", None),
        ("weeks_52_control", pilot.means[WEEKS_52][0], "weeks", None),
        ("weeks_52_treated", pilot.means[WEEKS_52][1], "weeks", None),
        ("weeks_52_sd", pilot.sds[WEEKS_52][0], "weeks", None),
        ("hazard_ratio", math.exp(pilot.log_ratio), "ratio", None),
        ("icc", pilot.icc[EXIT], "number", None),
        ("clusters", pilot.clusters, "municipalities", None),
        ("cluster_mean_size", pilot.persons / pilot.clusters, "persons", None),
        ("cluster_cv", pilot.cluster_cv, "number", None),
        ("design_effect", inflation, "factor", None),
        ("conversations_changed", pilot.changed, "conversations per person", None),
        ("detectable_points", asked.detectable * 100, "percentage points", None),
        ("detectable_weeks", weeks, "weeks", None),
        *first_stage,
    ]
