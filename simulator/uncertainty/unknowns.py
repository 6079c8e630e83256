"""Unknowns: what a run tells of what is not known, where the scenario asks: what knowing is worth, and its trial.

The tables are made beside the run, for the annex: `voi`, `trial_sizes` and `trial_worth` of a decision, `trial_design`,
`trial_power` and `trial_checks` of a trial. A decision with a trial in the same scenario is priced by that trial.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from simulator import pipeline
from simulator.plan import CONTROL, Plan
from simulator.scenario import Scenario
from simulator.uncertainty.information import tables as of_information
from simulator.uncertainty.information.answer import Planned, answered
from simulator.uncertainty.information.by_formula import by_formula
from simulator.uncertainty.information.deciding import deciding
from simulator.uncertainty.information.trial_worth import Evidence
from simulator.uncertainty.trials import tables as of_trials
from simulator.uncertainty.trials.asking import asked_lives
from simulator.uncertainty.trials.enrolment import window_of
from simulator.uncertainty.trials.evidence import made
from simulator.uncertainty.trials.record import record_of
from simulator.uncertainty.trials.simulated import simulated
from simulator.uncertainty.trials.staged import staged
from simulator.uncertainty.trials.terms import terms_of

DRAWS = 8192
"""Draws of what is uncertain, where a decision is weighed."""
REPLICATIONS = 5
"""Most replications of each option of a decision: differences share their luck, so few are enough."""
PILOT = 10
"""Replications by which persons of a trial are described, where none is simulated."""
MOST = 500
"""Simulations that draws may take; a decision that needs more is told by `saldo voi` alone."""

Step = Callable[[], None]


def _no_step() -> None:
    """Tell nobody."""


class Unknowns:
    """What is asked of a scenario beside its run."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        """Take a scenario and how it is run; nothing is worked out yet.

        Raises:
            InputError: The decision or the trial of the scenario cannot be.
        """
        self.scenario, self.plan = scenario, plan
        self._step: Step = _no_step
        decision = scenario.sections.decision
        few = replace(plan, replications=min(plan.replications, REPLICATIONS), log=False)
        self._deciding = (
            deciding(scenario, few, DRAWS, MOST, lambda: self._step()) if decision.options or decision.priors else None
        )
        self._staged = staged(scenario) if plans_trial(scenario) and plan.engine != CONTROL else None
        self._terms = None if self._staged is None else terms_of(self._staged)

    @property
    def asked(self) -> bool:
        """Whether the scenario asks for anything."""
        return self._deciding is not None or self._staged is not None

    @property
    def steps(self) -> int:
        """Replications that are made."""
        decided = 0 if self._deciding is None else self._deciding.replications
        piloted = PILOT if self._deciding is not None and self._terms is not None else 0
        return decided + piloted + (0 if self._terms is None else self._terms.simulations)

    def tables(self, step: Step = _no_step) -> dict[str, pd.DataFrame]:
        """Return the tables by name; none where the scenario asks for nothing.

        Args:
            step: Called after each replication.

        Raises:
            InputError: The intake of the trial admits hardly anybody, or a number that was drawn cannot be.
            RunError: A law is broken.
        """
        self._step = step
        found: dict[str, pd.DataFrame] = {}
        if self._deciding is not None:
            planned = planned_by(self.scenario, self.plan, step)
            found |= of_information.tables_of(answered(self._deciding, ("stage",), planned))
        if self._staged is not None and self._terms is not None:
            world = pipeline.prepare(self._staged)
            window = window_of(world, self._terms)
            plan = replace(self.plan, replications=self._terms.simulations, log=False)
            lives = asked_lives(world, window, self._terms, plan, step)
            trials = simulated(lives, window, self._terms, plan.seed)
            found |= of_trials.tables_of(record_of(self.scenario, trials, plan.seed))
        return found


def plans_trial(scenario: Scenario) -> bool:
    """Return whether a scenario plans a trial."""
    return scenario.sections.trial.intake is not None


def planned_by(scenario: Scenario, plan: Plan, step: Step = lambda: None) -> Planned:
    """Return what tells what a trial would show: the one that the scenario plans, in the engine, or the formula.

    Args:
        scenario: The scenario.
        plan: How it is run.
        step: Called after each replication of the trial.
    """
    if not plans_trial(scenario) or plan.engine == CONTROL:
        return by_formula

    def planned(option: Scenario, _: dict[str, float]) -> Evidence:
        return made(staged(option), replace(plan, replications=PILOT, log=False), step)

    return planned
