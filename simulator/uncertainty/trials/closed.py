"""Power and standard errors in closed form, by what the engine's persons are like: the formulas of the textbook.

Each is about a trial in which everybody is met as she was drawn, hazards are proportional, and persons are independent
but for their jobcentre. Where that is not so, `doubts` says it. Where whole jobcentres are drawn, the error is itself
estimated from so many jobcentres, so Student's t stands in place of the normal distribution.

Source:
    A. Donner, N. Klar, Design and Analysis of Cluster Randomization Trials in Health Research, 2000, chapter 5.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from simulator.uncertainty.trials.few import power_of_few
from simulator.uncertainty.trials.outcomes import EXIT, HAZARD
from simulator.uncertainty.trials.pilot import Pilot
from simulator.uncertainty.trials.sizes import design_effect, power_of, power_schoenfeld, power_two_proportions
from simulator.uncertainty.trials.terms import Terms

FEW_CLUSTERS = 20
"""Clusters below which their number alone does not say how sure the error is."""
UNEQUAL = 0.6
"""Coefficient of variation of their sizes above which it does not."""
CONTAMINATED, ATTRITION, FEAR, NOT_PROPORTIONAL, FEW, UNLIKE, SHARES_ALIKE, NOT_ADMITTED = (
    "contamination",
    "attrition",
    "fear",
    "not_proportional",
    "few_clusters",
    "unequal_clusters",
    "hazards_by_cluster",
    "not_admitted",
)
"""Why a formula does not hold, or cannot be set beside simulated trials."""


@dataclass(frozen=True)
class Closed:
    """What a formula says of a size: the power, and the standard error of the estimate [unit of the outcome]."""

    power: float
    std_error: float


def by_person(pilot: Pilot, terms: Terms, outcome: str, per_arm: float, inflation: float = 1.0) -> Closed:
    """Return what the formulas for two independent arms say.

    Args:
        pilot: What the persons are like.
        terms: The terms of the trial.
        outcome: One of `OUTCOMES`.
        per_arm: Persons per arm who are taken in.
        inflation: Design effect: how many persons tell as much as one who is independent.
    """
    number = per_arm * (1 - sum(terms.lost) / 2) / inflation
    if outcome == HAZARD:
        events = number * sum(pilot.jobs)
        told = power_schoenfeld(events, math.exp(pilot.log_ratio), terms.significance, both_tails=True)
        return Closed(told, 2 / math.sqrt(events))
    control, treated = pilot.means[outcome]
    if outcome == EXIT:
        variances = control * (1 - control), treated * (1 - treated)
        told = power_two_proportions(number, control, treated, terms.significance, both_tails=True)
        return Closed(told, math.sqrt(sum(variances) / number))
    error = math.sqrt(sum(sd**2 for sd in pilot.sds[outcome]) / number)
    return Closed(power_of(treated - control, error, terms.significance, both_tails=True), error)


def by_cluster(pilot: Pilot, terms: Terms, difference: float, std_error: float) -> Closed:
    """Return what is said of an effect whose error is estimated from whole municipalities, by Student's t.

    Args:
        pilot: What the persons are like.
        terms: The terms of the trial.
        difference: The effect [unit of the outcome].
        std_error: Its standard error [the same unit].
    """
    freedom = max(pilot.clusters - 2, 1.0)
    return Closed(power_of_few(difference, std_error, freedom, terms.significance, both_tails=True), std_error)


def inflation_of(pilot: Pilot, outcome: str, per_arm: float) -> float:
    """Return the design effect of whole municipalities in a trial of a size."""
    return design_effect(pilot.mean_size(per_arm), pilot.cluster_cv, min(pilot.icc[outcome], 1.0))


def doubts(pilot: Pilot, terms: Terms, outcome: str) -> tuple[str, ...]:
    """Return why the formulas do not hold for any design."""
    found = {
        CONTAMINATED: any(terms.crossed),
        ATTRITION: terms.lost[0] != terms.lost[1],
        FEAR: terms.feared,
        NOT_PROPORTIONAL: outcome == HAZARD and not pilot.proportional,
    }
    return tuple(name for name, there in found.items() if there)


def doubts_of_clusters(pilot: Pilot, outcome: str) -> tuple[str, ...]:
    """Return why the formulas do not hold where whole municipalities are drawn."""
    unequal = pilot.cluster_cv > UNEQUAL
    found = {FEW: pilot.clusters < FEW_CLUSTERS, UNLIKE: unequal, SHARES_ALIKE: unequal and outcome == HAZARD}
    return tuple(name for name, there in found.items() if there)
