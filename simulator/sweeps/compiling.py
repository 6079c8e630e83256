"""From a plan file to jobs that are known to be in order: every key and value is tried on the scenarios first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from simulator.errors import InputError
from simulator.facts.tree import Faults, Place
from simulator.plan import plan_of, with_draws
from simulator.scenario import Scenario, read_scenario
from simulator.sweeps.designs._uncertain import uncertain
from simulator.sweeps.jobs import Compiled, compiled, spread
from simulator.sweeps.plan_file import SweepPlan, read_plan
from simulator.sweeps.program import program_digest
from simulator.sweeps.valuing import is_value, without_simulation
from simulator.uncertainty.knowledge import draw_plan
from simulator.uncertainty.worked import Worked

MOST_ROWS = 1_000_000_000
MOST_JOBS = 200_000
MOST_TRIED = 100
"""Combinations of settings that are tried before the work begins; the others are tried when their turn comes."""
MODEL = "effects.model"


def compile_plan(path: Path) -> Compiled:
    """Return the plan of a file with its jobs.

    Raises:
        InputError: The plan, a scenario of it, or a value that it gives is wrong; with all faults.
    """
    plan = read_plan(path)
    rows = len(plan.scenarios) * math.prod(block.count for block in plan.blocks) * max(plan.draws, 1)
    if rows > MOST_ROWS:
        raise InputError.one(f"has {rows:,} rows; allowed: {MOST_ROWS:,} in one sweep", str(path), "vary")
    trial = _Trial(plan)
    plan = trial.plan = _with_draws(plan, trial.scenarios, str(path))
    made = compiled(plan, trial.is_value, trial.costs_nothing, program_digest())
    if len(made) > MOST_JOBS:
        message = f"has {len(made):,} simulations; allowed: {MOST_JOBS:,} in one sweep"
        raise InputError.one(message, str(path), "vary")
    trial.settings(made)
    return made


def _with_draws(plan: SweepPlan, scenarios: Sequence[Scenario], path: str) -> SweepPlan:
    """Return a plan with the draws of the uncertain values of its scenarios as its last block."""
    if not plan.draws:
        return plan
    found = []
    for scenario in scenarios:
        way = with_draws(plan_of(scenario, plan.seed, 1, plan.engine), scenario, plan.draws)
        found.append(draw_plan(Worked(scenario, way), way))
    if any(one != found[0] for one in found[1:]):
        message = "the scenarios do not share their uncertain values, correlations and seed; draw them in sweeps apart"
        raise InputError.one(message, path, "draws")
    return replace(plan, blocks=(*plan.blocks, uncertain(found[0], plan.keys)))


class _Trial:
    """The scenarios of a plan, first without its settings, then with them."""

    def __init__(self, plan: SweepPlan) -> None:
        self.plan, self.faults = plan, Faults()
        self.scenarios = [found for path in plan.paths.values() if (found := self._read(path, ()))]
        self.faults.stop_if_any()
        models = [text for block in plan.blocks if MODEL in block.keys for text in block.extremes(MODEL)]
        under = [(path, (f"{MODEL}={text}",)) for path in plan.paths.values() for text in models]
        self.models = [found for path, sets in under if (found := self._read(path, sets))]
        self.faults.stop_if_any()

    def is_value(self, key: str) -> bool:
        """Return whether a key is a number of the catalogue in all scenarios."""
        return all(is_value(scenario, key) for scenario in self.scenarios)

    def costs_nothing(self, key: str) -> bool:
        """Return whether a number costs no simulation, in all scenarios and under every effect model of the plan."""
        return all(key in keys for keys in self._free)

    @cached_property
    def _free(self) -> list[frozenset[str]]:
        plan = self.plan
        return [without_simulation(one, plan.keys, plan.engine) for one in (*self.scenarios, *self.models)]

    def settings(self, made: Compiled) -> None:
        """Try what the plan sets, and tell all that is wrong with it.

        Raises:
            InputError: Something is.
        """
        for number in spread(len(made), MOST_TRIED):
            job = made[number]
            self._read(self.plan.paths[job.scenario], [f"{key}={text}" for key, text in job.settings.items()])
        valued = {key: block.extremes(key) for block in self.plan.blocks for key in block.keys if key in made.valued}
        for number in spread(max((len(texts) for texts in valued.values()), default=0), MOST_TRIED):
            sets = [f"{key}={texts[number % len(texts)]}" for key, texts in valued.items()]
            for path in self.plan.paths.values():
                self._read(path, sets)
        self.faults.stop_if_any()

    def _read(self, path: Path, sets: Sequence[str]) -> Scenario | None:
        """Return a scenario under settings; where it is wrong, note where the plan or a file says so."""
        try:
            return read_scenario(path, sets)
        except InputError as wrong:
            for fault in wrong.faults:
                own = Place(fault.where, fault.line, fault.column)
                place = own if fault.line else self._place(fault.path) or own
                self.faults.add(place, fault.path, fault.message)
            return None

    def _place(self, path: str) -> Place | None:
        """Return where the plan sets a key, or one that leads to it."""
        near = [key for key in self.plan.places if f"{path}.".startswith(f"{key}.") or key.startswith(f"{path}.")]
        return self.plan.places[max(near, key=len)] if near else None
