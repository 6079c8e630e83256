"""Options and priors of a decision: what may be chosen, and what is believed before anything more is learnt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.distributions import Distribution, distribution_of
from simulator.errors import Fault, InputError
from simulator.facts.read import FOLDER
from simulator.facts.units import bounds_of
from simulator.scenario import Scenario
from simulator.scenario.plausible import BASELINE
from simulator.scenario.prior import Prior
from simulator.scenario.statutes import shipped_priors
from simulator.scenario.values import FACTS_LAYER
from simulator.uncertainty.levers import UNREAD, Lever
from simulator.uncertainty.worked import Worked

PROPOSAL = "proposal"
"""Name of the option of a scenario that states none."""


@dataclass(frozen=True)
class Choice:
    """One option.

    Attributes:
        name: Its name; `baseline` are the rules as they are.
        title: What it is called in English; empty where the scenario does not say.
        title_da: The same in Danish.
        scenario: The scenario with the option as its proposal; None for the rules as they are.
    """

    name: str
    title: str
    title_da: str
    scenario: Scenario | None

    def told(self, language: str) -> str:
        """Return its title in a language, or its name."""
        return (self.title_da if language == "da" else self.title) or self.name


def choices_of(scenario: Scenario) -> tuple[Choice, ...]:
    """Return the options of a scenario, the rules as they are first."""
    decision = scenario.sections.decision
    baseline = Choice(BASELINE, decision.baseline_title, decision.baseline_title_da, None)
    if not decision.options:
        sections = scenario.sections
        return baseline, Choice(PROPOSAL, sections.title, sections.title_da, scenario.with_values({}))
    stated = (Choice(one.name, one.title, one.title_da, scenario.under_option(one.name)) for one in decision.options)
    return baseline, *stated


@dataclass(frozen=True)
class Believed:
    """A prior that was read.

    Attributes:
        prior: What the scenario or the facts say of it.
        distributions: What is drawn under it, by key: its own, and those of the scenario that it leaves as they are.
    """

    prior: Prior
    distributions: Mapping[str, Distribution]

    @property
    def name(self) -> str:
        """Its name."""
        return self.prior.name

    def told(self, language: str) -> str:
        """Return its title in a language, or its name."""
        return (self.prior.title_da if language == "da" else self.prior.title) or self.name


def believed(scenario: Scenario, options: Sequence[Worked]) -> tuple[Believed, ...]:
    """Return the priors of a scenario, each with what is drawn under it; the shipped ones where it states none.

    Args:
        scenario: The scenario.
        options: Its options, worked up; what none of them reads is not drawn.

    Raises:
        InputError: A prior is on a value that is not there or that nothing reads, or its distribution does not fit;
            names all faults.
    """
    stated = scenario.sections.decision.priors
    drawn = {
        key: lever.distribution
        for worked in options
        for key, lever in worked.levers.items()
        if lever.distribution is not None
    }
    found, faults = [], []
    for number, prior in enumerate(stated or shipped_priors(FOLDER), start=1):
        path = f"decision.priors[{number}]" if stated else f"priors.{prior.name}"
        try:
            found.append(Believed(prior, _under(prior, drawn, options)))
        except InputError as wrong:
            where = scenario.path if stated else "facts/priors.yaml"
            faults += [Fault(where, 0, 0, path, one.message) for one in wrong.faults]
    if faults:
        raise InputError(faults)
    return tuple(found)


def _under(prior: Prior, drawn: Mapping[str, Distribution], options: Sequence[Worked]) -> dict[str, Distribution]:
    """Return what is drawn under a prior, by key."""
    levers = [worked.lever(prior.key) for worked in options]
    lever = next((one for one in levers if one.stage != UNREAD), None)
    if lever is None:
        message = f"{prior.key} is read by no option, so that no belief about it changes the choice"
        raise InputError.one(f"{message}; allowed: a value that the run reads, see `saldo sources`")
    try:
        own = distribution_of(prior.distribution.given(), bounds_of(lever.unit))
    except ValueError as wrong:
        raise InputError.one(f"distribution: {wrong}") from None
    kept = {key: one for key, one in drawn.items() if not set(_leaves(options[0], key)) <= set(lever.leaves)}
    return kept | _of_their_own(options[0], lever) | {prior.key: own}


def _leaves(worked: Worked, key: str) -> tuple[str, ...]:
    return worked.lever(key).leaves


def _of_their_own(worked: Worked, lever: Lever) -> dict[str, Distribution]:
    """Return what a prior on a table does not move: its values to which the scenario gave a number by name."""
    if lever.leaves == (lever.key,):
        return {}
    rows = [worked.scenario.baseline.values.row(leaf) for leaf in lever.leaves]
    named = [row for row in rows if row.layer != FACTS_LAYER and not row.set_as and row.distribution is None]
    return {row.key: distribution_of({"name": "fixed", "value": row.value}) for row in named}
