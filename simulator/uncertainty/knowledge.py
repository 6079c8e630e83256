"""Knowledge: a run whose uncertain values are drawn, so that its figures get the range that assumptions leave.

All draws are made up front as one table. What they do not change is simulated once, in the run itself, and valued at
every draw; a draw that changes delivery is simulated for itself, with the luck of the first replication. The figures
of the run stay those of the values that the scenario states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from simulator import pipeline
from simulator.delivery import Replicated
from simulator.delivery.recorded import Recorded
from simulator.distributions import Distribution, distribution_of
from simulator.draws import Correlation, DrawPlan, DrawTable, draw_row, draw_table, spearman
from simulator.errors import InputError
from simulator.pipeline import Know, World
from simulator.plan import CONTROL, Plan
from simulator.results import Drawn, Exact, Run, Uncertain
from simulator.results.drawn import HEADLINE
from simulator.scenario import Scenario
from simulator.uncertainty.driving import Driving
from simulator.uncertainty.exact import NoMoments, exact_moments
from simulator.uncertainty.levers import UNREAD, Lever
from simulator.uncertainty.stop_rule import StopRule
from simulator.uncertainty.worked import FloatArray, Worked, reading_of

OF_EACH = 1
"""Replications of a draw that is simulated for itself: what it differs by is knowledge, and luck is shared."""
RELATIVE_EFFECT = "effects.params.relative_effect"


class Ready:
    """A run whose draws are made, so that it is known how much it simulates.

    Attributes:
        scenario: The scenario.
        plan: How it is run.
        drawn: What is drawn; None without draws.
        steps: Replications that are made, those of draws among them; with a stop rule at most so many.
    """

    def __init__(self, scenario: Scenario, plan: Plan, *, drives: bool = False) -> None:
        """Take a scenario and make its draws; nothing is simulated yet.

        Args:
            scenario: The scenario.
            plan: How it is run.
            drives: Whether it is to be asked afterwards what drives it.

        Raises:
            InputError: The facts do not cover the period, or distributions and correlations do not go together.
        """
        self.scenario, self.plan, self.drives = scenario, plan, drives
        self._rule = stop_rule_of(scenario, plan)
        self._found: tuple[World, Replicated] | None = None
        self._reading = reading_of(scenario) if plan.draws else None
        self.drawn: DrawPlan | None = None
        if plan.draws:
            self._worked = Worked(scenario, replace(plan, replications=OF_EACH), reading=self._reading)
            self.drawn = draw_plan(self._worked, plan)
            self._table = draw_table(self.drawn)
        self.steps = self._counted()

    def _counted(self) -> int:
        if self.plan.engine == CONTROL:
            return 0
        own = self.plan.replications if self._rule is None else self._rule.maximum
        return own + (self._worked.deliveries(self._table.points) * OF_EACH if self._simulates else 0)

    @property
    def _simulates(self) -> bool:
        """Whether a draw is another delivery."""
        return self.drawn is not None and any(self._worked.simulates(key) for key in self.drawn.varying)

    def run(self, step: Callable[[], None] = lambda: None, told: Recorded | None = None) -> Run:
        """Return the run.

        Args:
            step: Called after each replication.
            told: What was recorded of a scenario that delivers the same; simulated where left out.

        Raises:
            InputError: A number that was drawn is not one that its unit can be.
            RunError: A law is broken, or parts do not add up.
        """
        more = None if self._rule is None else self._rule.more
        return pipeline.simulate(self.scenario, self.plan, step, self._know(step), more, told)

    def driving(self) -> Driving:
        """Return the run that was made, ready to be asked what drives it."""
        assert self.drives, "what was counted is kept only where it is asked for"
        return Driving(self.scenario, self.plan, self._found, self._reading)

    def _know(self, step: Callable[[], None]) -> Know | None:
        drawn = self.drawn
        if drawn is None and not self.drives:
            return None

        def know(world: World, found: Replicated | None) -> Drawn | None:
            if self.drives and found is not None:
                self._found = world, found
            if drawn is None:
                return None
            # Where one draw is simulated for itself all are, also one at today's values: with the same luck.
            if found is not None and not self._simulates:
                self._worked.take(world, found)
            self._worked.step = step
            return value_draws(self._worked, drawn, self._table)

        return know


def simulate(scenario: Scenario, plan: Plan, step: Callable[[], None] = lambda: None, *, drives: bool = False) -> Run:
    """Run a scenario with the draws of its uncertain values, as many as the plan says; see `Ready`."""
    ready = Ready(scenario, plan, drives=drives)
    run = ready.run(step)
    return run.with_tables(ready.driving().tables()) if drives else run


def stop_rule_of(scenario: Scenario, plan: Plan) -> StopRule | None:
    """Return the stop rule of a scenario that states how small the luck of events is to be; None where it does not."""
    target_kr = scenario.sections.run.std_error_kr
    if target_kr is None or plan.engine == CONTROL:
        return None
    return StopRule(target_kr, maximum=max(plan.replications, StopRule.minimum))


def draw_plan(worked: Worked, plan: Plan) -> DrawPlan:
    """Return what is drawn: every value that the run reads and that carries a distribution.

    Raises:
        InputError: There is none.
    """
    found = ((key, lever.distribution) for key, lever in worked.uncertain.items())
    distributions = {key: known for key, known in found if known is not None}
    if not distributions:
        carried = ", ".join(worked.scenario.uncertain)
        message = f"nothing that this run reads carries a distribution, only {carried}; allowed: 0"
        raise InputError.one(message, worked.scenario.path, "run.draws")
    distributions |= _left_alone(worked, tuple(distributions))
    sections = worked.scenario.sections
    correlations = tuple(
        Correlation(pair.one, pair.other, spearman(pair.correlation) if pair.of == "ranks" else pair.correlation)
        for pair in sections.uncertainty.correlations
    )
    return DrawPlan(distributions, plan.draws, plan.seed, sections.run.design, correlations)


def _left_alone(worked: Worked, drawn: Iterable[str]) -> dict[str, Distribution]:
    """Return what a table that is drawn as one must not move: its values that were given a number of their own."""
    found: dict[str, Distribution] = {}
    for key in drawn:
        for leaf in worked.lever(key).leaves:
            row = worked.scenario.baseline.values.row(leaf)
            if row.distribution is None and worked.lever(leaf).stage != UNREAD:
                found[leaf] = distribution_of({"name": "fixed", "value": row.value})
    return found


def value_draws(worked: Worked, plan: DrawPlan, table: DrawTable) -> Drawn:
    """Return the figures at every draw of a table."""
    before = worked.runs
    figures = worked.figures(table.points)
    drawn = drawn_with(worked, (plan, table), figures)
    return replace(drawn, simulations=worked.runs - before, exact=_exact(worked, plan))


def drawn_with(worked: Worked, drawn: tuple[DrawPlan, DrawTable], figures: Mapping[str, FloatArray]) -> Drawn:
    """Return draws with figures that were found already, and without exact moments.

    Args:
        worked: The scenario.
        drawn: What is drawn, and the draws.
        figures: Figures by name, each of shape (draw,).
    """
    plan, table = drawn
    return Drawn(
        plan=plan,
        table=table,
        figures=figures,
        uncertain=tuple(_uncertain(worked, worked.lever(key)) for key in table.keys),
        simulations=0,
        replications=worked.plan.replications,
        keeps_at_most_all=_keeps_at_most_all(worked, table),
        exact="not worked out",
    )


def draw_of(scenario: Scenario, plan: Plan, number: int) -> Scenario:
    """Return the scenario with the values of one draw, so that the draw can be run for itself.

    Raises:
        InputError: Nothing is uncertain, or there is no such draw.
    """
    worked = Worked(scenario, plan)
    draws = plan.draws or scenario.sections.run.draws
    row = draw_row(draw_plan(worked, replace(plan, draws=draws)), number)
    return scenario.with_values(worked.leaves(row), f"draw {number}")


def _uncertain(worked: Worked, lever: Lever) -> Uncertain:
    source = worked.scenario.baseline.values.row(lever.leaves[0]).distribution_source
    return Uncertain(lever.key, lever.unit, lever.value, source, worked.simulates(lever.key))


def _keeps_at_most_all(worked: Worked, table: DrawTable) -> bool:
    """Return whether no draw lets a digital conversation do more than a physical one."""
    values = worked.scenario.baseline.values
    now = max(values.row(key).value for key in values if key.startswith(f"{RELATIVE_EFFECT}."))
    drawn = [column.max() for key, column in table.points.items() if key.startswith(RELATIVE_EFFECT)]
    return bool(max([now, *drawn]) <= 1)


def _exact(worked: Worked, plan: DrawPlan) -> Exact | str:
    """Return the exact moments of the employment effect, or why there are none."""
    simulating = [key for key in plan.varying if worked.simulates(key)]
    if simulating:
        return f"another {simulating[0]} is another simulation, which is no sum of products"
    found = exact_moments(worked.figure(plan.keys, HEADLINE), plan.distributions, plan.seed, bool(plan.correlations))
    if isinstance(found, NoMoments):
        return found.why
    return Exact(found.mean, found.sd, dict(found.first), dict(found.total))
