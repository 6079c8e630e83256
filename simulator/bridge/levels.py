"""The figure of a mixture of two scenarios: what was counted once is valued as often as one likes.

Only a mixture in which delivery reads something else is simulated again, and only when its figure is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from simulator import pipeline
from simulator.bridge.assumptions import exchanged_keys
from simulator.bridge.ends import End
from simulator.bridge.figures import Figure
from simulator.bridge.mixtures import scenario_of, shipped_numbers
from simulator.delivery import Replicated
from simulator.errors import InputError, RunError
from simulator.pipeline import CONTROL, DELIVERY, World
from simulator.results.sample import MIO
from simulator.scenario import Scenario
from simulator.scenario.model import ARMS

TALLIED = {
    "employment_effect": "employment_effect_kr",
    "form": "form_kr",
    "volume": "volume_kr",
    "caseworker_time": "caseworker_time_kr",
    "net": "net_kr",
    "converted": "converted",
    "employment_weeks": "employment_weeks",
    "person_years": "full_time_weeks",
}
"""Under which name a figure of the bridge is tallied; kroner and weeks as their names say."""
VALUED = ("effects", "saldo")
"""Sections of a scenario of which no rule of delivery reads the structure."""
Keys = frozenset[str]
Jobs = Callable[[Scenario, str], int]


@dataclass(eq=False)
class Levels:
    """Figures of mixtures: the old run with what the new run says under some keys.

    Attributes:
        old: The old end, which says how mixtures are run: seed, replications, engine.
        new: The new end.
        figure: The figure.
        step: Called after each replication.
        jobs: Gives the number of threads or processes for a scenario and an engine.
        simulated: Simulations made so far; all replications of both arms count as one.
    """

    old: End
    new: End
    figure: Figure
    step: Callable[[], None] = lambda: None
    jobs: Jobs = lambda _scenario, _engine: 1
    simulated: int = 0
    _mixed: dict[Keys, tuple[Scenario, World]] = field(default_factory=dict, repr=False)
    _delivered: dict[Keys, Replicated] = field(default_factory=dict, repr=False)

    @property
    def by_control(self) -> bool:
        """Whether the control answers alone."""
        return self.old.asked.engine == CONTROL

    def fault_of(self, keys: Iterable[str]) -> str | None:
        """Return why a mixture cannot be run; None where it can."""
        try:
            self.mixed(frozenset(keys))
        except InputError as wrong:
            told = [f"{fault.path}: {fault.message}" if fault.path else fault.message for fault in wrong.faults]
            return "; ".join(dict.fromkeys(told))
        return None

    def mixed(self, keys: Keys) -> tuple[Scenario, World]:
        """Return a mixture as a scenario, and what is the same in all its replications.

        Raises:
            InputError: No scenario allows it.
        """
        if keys not in self._mixed:
            scenario = scenario_of(exchanged_keys(self.old, self.new, keys, self._shipped))
            self._mixed[keys] = scenario, pipeline.prepare(scenario)
        return self._mixed[keys]

    @cached_property
    def _shipped(self) -> dict[str, Any]:
        return shipped_numbers(self.old, self.new)

    def same_delivery(self, before: Keys, after: Keys) -> bool:
        """Return whether two mixtures deliver the same, so that what was counted for one can be valued for the other.

        They do where delivery reads nothing of what parts them: no number that it goes through, no structure but that
        of effects and money, and no effect by which meetings lead persons out or for which histories are counted.
        """
        if self.by_control:
            return True
        scenario = self.mixed(after)[0]
        values, worlds = scenario.baseline.values, [self.mixed(keys)[1] for keys in (before, after)]
        read = {key for key, stages in pipeline.stages_of(scenario).items() if DELIVERY in stages}
        apart = {_own(key) for key in before ^ after}
        if any(key in read if key in values else key.split(".")[0] not in VALUED for key in apart):
            return False
        if any(key.split(".")[0] == "effects" for key in apart):
            return _counts_alike(worlds)
        return True

    def level(self, keys: Keys, delivery: Keys) -> int:
        """Return the figure of a mixture [smallest parts].

        Args:
            keys: What the new run says.
            delivery: The first mixture that delivers the same.

        Raises:
            InputError: No scenario allows it, or its concept has no figure here.
            RunError: A law is broken.
        """
        scenario, world = self.mixed(keys)
        if self.by_control:
            figures = pipeline.control_at(scenario)
        else:
            found = self._deliver(delivery)
            effect = pipeline.effect_at(world, world.scenario, found)
            figures = pipeline.figures_at(world.setting.valuation, effect, found)
        return self.figure.whole(headline_number(self.figure, figures, scenario))

    def _deliver(self, delivery: Keys) -> Replicated:
        if delivery not in self._delivered:
            (scenario, world), asked = self.mixed(delivery), self.old.asked
            jobs = self.jobs(scenario, asked.engine)
            plan = pipeline.plan_of(scenario, asked.seed, asked.replications, asked.engine, jobs=jobs)
            self._delivered.clear()  # the way goes on; what was counted for a mixture behind it is not asked for again
            self._delivered[delivery] = pipeline.deliver(world, plan, self.step)
            self.simulated += 1
        return self._delivered[delivery]


def headline_number(figure: Figure, figures: dict[str, float], scenario: Scenario) -> float:
    """Return a figure as the headline gives it, from the figures of a tally.

    Args:
        figure: The figure.
        figures: By name, as `results.tally` names them.
        scenario: The scenario that they are of.

    Raises:
        RunError: There is no such figure.
    """
    found = figures.get(TALLIED[figure.name])
    if found is None:
        raise RunError(f"a mixture does not give {figure.path}")
    if figure.name == "person_years":
        return found * (1 / scenario.baseline.values["saldo.weeks_per_person_year"])
    return found * MIO if TALLIED[figure.name].endswith("_kr") else found


def _own(key: str) -> str:
    """Return a key without its arm."""
    arm, _, own = key.partition(".")
    return own if arm in ARMS else key


def _counts_alike(worlds: Sequence[World]) -> bool:
    """Return whether delivery does and counts the same under the effect models of all these worlds.

    Models by which meetings lead persons out are never taken as alike.
    """
    none_leaves = all(world.worth.leaving is None for world in worlds)
    return none_leaves and len({world.worth.share is None for world in worlds}) == 1
