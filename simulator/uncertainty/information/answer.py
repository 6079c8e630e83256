"""The whole answer: what a decision hangs on under every prior, and what a trial of it is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from simulator.errors import InputError
from simulator.scenario import Scenario
from simulator.uncertainty.information.by_formula import by_formula
from simulator.uncertainty.information.deciding import Deciding
from simulator.uncertainty.information.horizon import Horizon
from simulator.uncertainty.information.options import Choice
from simulator.uncertainty.information.priced import Priced, grouped, priced
from simulator.uncertainty.information.trial_worth import Evidence, TrialWorth, price_of, trial_worth

Planned = Callable[[Scenario, dict[str, float]], Evidence]
"""Returns what a trial would show: of the scenario with the option that is tried, and its figures as it stands."""


@dataclass(frozen=True)
class Answer:
    """What is known of a decision.

    Attributes:
        scenario: The scenario.
        choices: The options, the rules as they are first.
        priors: What information is worth under each prior.
        tried: The option that a trial would try.
        evidence: What it would show; None where there can be no trial.
        trials: What it is worth under each prior, in their order; empty where there can be none.
        why_none: Why there can be no trial; empty where there can.
        simulations: Simulations that were made.
    """

    scenario: Scenario
    choices: tuple[Choice, ...]
    priors: tuple[Priced, ...]
    tried: Choice
    evidence: Evidence | None
    trials: tuple[TrialWorth, ...]
    why_none: str
    simulations: int

    @property
    def horizon(self) -> Horizon:
        """The years for which the decision holds."""
        return Horizon(self.scenario)

    @property
    def agreed(self) -> bool:
        """Whether the same option is best under every prior."""
        return len({one.best for one in self.priors}) == 1


def answered(deciding: Deciding, groups: Sequence[str] = (), planned: Planned = by_formula) -> Answer:
    """Return the answer to a decision.

    Args:
        deciding: The decision.
        groups: Groups of assumptions, as `sensitivity.factors.groups_of` reads them; by stage where left out.
        planned: What a trial would show; in closed form where left out.

    Raises:
        InputError: A group cannot be read, the horizon makes no sense, or the baseline holds no conversation.
        RunError: A law is broken.
    """
    sets = grouped(deciding.levers, groups)
    price = price_of(deciding.scenario, deciding.plan.seed)
    weighed = deciding.weighed()
    priors = tuple(priced(one, sets) for one in weighed)
    tried, worked = deciding.tried_choice, deciding.options[deciding.tried]
    evidence: Evidence | None = None
    trials: tuple[TrialWorth, ...] = ()
    why = ""
    try:
        evidence = planned(worked.scenario, worked.today())
        trials = tuple(trial_worth(one, evidence, price) for one in weighed)
    except InputError as wrong:
        evidence, why = None, "; ".join(fault.message for fault in wrong.faults)
    made = sum(one.runs for one in deciding.options)
    return Answer(deciding.scenario, deciding.choices, priors, tried, evidence, trials, why, made)
