"""What a scenario adds to its concept, and the refusal to count anything twice."""

from __future__ import annotations

from dataclasses import replace

from simulator.errors import InputError
from simulator.facts.spelling import allowed
from simulator.saldo.accounts import RUNNING_COSTS
from simulator.saldo.concept import Concept, FloatArray, Week, concept_named, concept_names
from simulator.scenario import Scenario

ALSO = "saldo.also"


def with_additions(scenario: Scenario, concept: Concept) -> Concept:
    """Return a concept with what `saldo.also` adds to it.

    Raises:
        InputError: The concept contains it already, or it does not fit a causal effect.
    """
    also = tuple(dict.fromkeys(scenario.sections.saldo.also))
    for added in also:
        _refuse_overlap(scenario, concept, added)
    if not also:
        return concept

    def week_kr(week: Week) -> FloatArray:
        kr = concept.week_kr(week)
        if "running_costs" in also:
            kr = kr + week.only(RUNNING_COSTS)
        if "displacement" in also:
            kr = kr * (1.0 - week.rates.values["saldo.displacement.sensitivity_share"])
        return kr

    time = concept.counts_caseworker_time or "caseworker_time" in also
    return replace(concept, includes=(*concept.includes, *also), week_kr=week_kr, counts_caseworker_time=time)


def _refuse_overlap(scenario: Scenario, concept: Concept, added: str) -> None:
    name, model = scenario.sections.saldo.concept, scenario.sections.effects.model
    if added == "deadweight":
        message = (
            f"cannot be added to a causal effect: {model} says what a conversation changes, so what would have "
            "happened anyway is not in it; leave it out"
        )
        raise InputError.one(f"deadweight {message}", scenario.path, ALSO)
    if "production" in concept.includes:
        message = f"{added} cannot be added to `{name}`, which is not the public balance; leave it out"
        raise InputError.one(message, scenario.path, ALSO)
    if added in concept.includes:
        others = [one for one in concept_names() if not {added, "production"} & set(concept_named(one).includes)]
        message = f"{added} would count twice: the concept `{name}` contains it already; leave it out"
        raise InputError.one(f"{message}, or choose a concept without it; {allowed(others)}", scenario.path, ALSO)
