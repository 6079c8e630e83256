"""Knowledge: a run whose uncertain values are drawn, so that its figures get the range that assumptions leave.

All draws are made up front as one table. What they do not change is simulated once, in the run itself, and valued at
every draw; a draw that changes delivery is simulated for itself, with the luck of the first replication. The figures
of the run stay those of the values that the scenario states.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from simulator import pipeline
from simulator.delivery import Replicated
from simulator.draws import Correlation, DrawPlan, DrawTable, draw_row, draw_table, spearman
from simulator.errors import InputError
from simulator.pipeline import More, World
from simulator.plan import CONTROL, Plan
from simulator.results import Drawn, Exact, Run, Uncertain
from simulator.results.drawn import HEADLINE
from simulator.scenario import Scenario
from simulator.uncertainty.exact import NoMoments, exact_moments
from simulator.uncertainty.levers import Lever
from simulator.uncertainty.stop_rule import StopRule
from simulator.uncertainty.worked import Worked

OF_EACH = 1
"""Replications of a draw that is simulated for itself: what it differs by is knowledge, and luck is shared."""
RELATIVE_EFFECT = "effects.params.relative_effect"


def simulate(scenario: Scenario, plan: Plan, step: Callable[[], None] = lambda: None) -> Run:
    """Run a scenario with the draws of its uncertain values, as many as the plan says.

    Raises:
        InputError: The facts do not cover the period, or distributions and correlations do not go together.
        RunError: A law is broken, or parts do not add up.
    """
    more = _more(scenario, plan)
    if not plan.draws:
        return pipeline.simulate(scenario, plan, step, more=more)
    worked = Worked(scenario, replace(plan, replications=OF_EACH), step)
    drawn = draw_plan(worked, plan)
    table = draw_table(drawn)

    def know(world: World, found: Replicated) -> Drawn:
        worked.take(world, found)
        return value_draws(worked, drawn, table)

    return pipeline.simulate(scenario, plan, step, know, more)


def _more(scenario: Scenario, plan: Plan) -> More | None:
    """Return the stop rule of a scenario that states how small the luck of events is to be; None where it does not."""
    target_kr = scenario.sections.run.std_error_kr
    if target_kr is None or plan.engine == CONTROL:
        return None
    return StopRule(target_kr, maximum=max(plan.replications, StopRule.minimum)).more


def draw_plan(worked: Worked, plan: Plan) -> DrawPlan:
    """Return what is drawn: every value that the run reads and that carries a distribution.

    Raises:
        InputError: There is none.
    """
    distributions = {key: lever.distribution for key, lever in worked.levers.items() if lever.distribution is not None}
    if not distributions:
        carried = ", ".join(worked.scenario.uncertain)
        message = f"nothing that this run reads carries a distribution, only {carried}; allowed: 0"
        raise InputError.one(message, worked.scenario.path, "run.draws")
    sections = worked.scenario.sections
    correlations = tuple(
        Correlation(pair.one, pair.other, spearman(pair.correlation) if pair.of == "ranks" else pair.correlation)
        for pair in sections.uncertainty.correlations
    )
    return DrawPlan(distributions, plan.draws, plan.seed, sections.run.design, correlations)


def value_draws(worked: Worked, plan: DrawPlan, table: DrawTable) -> Drawn:
    """Return the figures at every draw of a table."""
    before = worked.runs
    figures = worked.figures(table.points)
    levers = [worked.lever(key) for key in table.keys]
    return Drawn(
        plan=plan,
        table=table,
        figures=figures,
        uncertain=tuple(_uncertain(worked, lever) for lever in levers),
        simulations=worked.runs - before,
        replications=worked.plan.replications,
        keeps_at_most_all=_keeps_at_most_all(worked, table),
        exact=_exact(worked, plan),
    )


def draw_of(scenario: Scenario, plan: Plan, number: int) -> Scenario:
    """Return the scenario with the values of one draw, so that the draw can be run for itself.

    Raises:
        InputError: Nothing is uncertain, or there is no such draw.
    """
    worked = Worked(scenario, plan)
    row = draw_row(draw_plan(worked, plan), number)
    numbers = {leaf: value for key, value in row.items() for leaf in worked.lever(key).leaves}
    return scenario.with_values(numbers, f"draw {number}")


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
    known = {key: plan.distributions[key] for key in plan.varying}
    found = exact_moments(worked.figure(plan.varying, HEADLINE), known, plan.seed, bool(plan.correlations))
    if isinstance(found, NoMoments):
        return found.why
    return Exact(found.mean, found.sd, dict(found.first), dict(found.total))
