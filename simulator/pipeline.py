"""The map: one call a stage, in order. The only file that knows the order.

    Scenario -> Calendar -> Demand -> Delivery (counts) -> Effects -> Saldo -> Results

`prepare` does what is the same for all replications, `run_once` one replication, `simulate` the whole run beside its
control. `stages_of`, `deliver`, `effect_at`, `valuation_at` and `figures_at` are the same way in single steps: what was
counted once can be valued at any other numbers that delivery does not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from simulator.calendars import Calendar, build_calendar
from simulator.calendars.span import Span
from simulator.control import Chains, Control, control_of, sums_of, valued
from simulator.delivery import Counts, Engine, Replicated, Way, engine_of, nothing_held, offices_of
from simulator.delivery.recorded import Recorded, recorded
from simulator.demand import population_of
from simulator.effects import Employment, employment_of, worth_of
from simulator.facts.read import table
from simulator.infection import Outbreak, outbreak_of
from simulator.plan import CONTROL, FAST, Plan, plan_of, with_draws
from simulator.results import Asked, Drawn, Rival, Run, Setting, Tally, events_of, results_of, results_of_control
from simulator.results.assemble import TOLERATED
from simulator.results.sample import control_figures
from simulator.results.tally import figures_of
from simulator.saldo import Saldo, Valuation, saldo, valuation_of
from simulator.scenario import Scenario
from simulator.world import World

__all__ = [
    "CONTROL",
    "Plan",
    "Replication",
    "World",
    "chains_at",
    "control_at",
    "deliver",
    "effect_at",
    "figures_at",
    "places_of",
    "plan_of",
    "prepare",
    "reads_of",
    "record",
    "rivals",
    "run_once",
    "setting_of",
    "simulate",
    "span_of",
    "stages_of",
    "unforeseen_at",
    "valuation_at",
    "with_draws",
]
Know = Callable[["World", Replicated | None], Drawn | None]
"""Takes the mean of all replications, None where nothing was simulated; values it at draws of uncertain values."""
More = Callable[[npt.NDArray[np.float64]], int]
"""Says by the employment effects of the replications so far [kr] how many to make next; 0 for no more."""
DELIVERY, EFFECTS, MONEY = STAGES = ("delivery", "effects", "money")
"""The stages that read values, in their order."""


@dataclass(frozen=True)
class Replication:
    """One draw of events, and what it adds up to."""

    counts: Counts
    employment: Employment
    saldo: Saldo


def span_of(scenario: Scenario) -> Span:
    """Return the days that a scenario simulates."""
    period, delivery = scenario.sections.period, scenario.baseline.sections.delivery
    run_on = (delivery.run_on_weeks.least, delivery.run_on_weeks.most)
    return Span.around((period.from_, period.to), delivery.warm_up_weeks, run_on)


def places_of(scenario: Scenario) -> tuple[str, ...]:
    """Return the municipality codes of a run, in the order of the country's list."""
    chosen = scenario.sections.places
    codes = [str(row["municipality_code"]) for row in table("municipalities")]
    return tuple(code for code in codes if not chosen or code in chosen)


def setting_of(scenario: Scenario) -> Setting:
    """Return days, places, calendars and prices of a scenario, and what its rules decided on the incidence."""
    ground = _days_of(scenario)
    return Setting(*ground[:4], valuation_of(ground[0], ground[1]), ground[4])


def _days_of(
    scenario: Scenario,
) -> tuple[Scenario, Span, tuple[str, ...], tuple[Calendar, Calendar], Outbreak]:
    """Return what stands before prices: the decided scenario, its days, places, calendars and incidence."""
    span, places = span_of(scenario), places_of(scenario)
    decided, outbreak = outbreak_of(scenario, span, places)
    calendars = [build_calendar(arm.sections, span.first, span.days, places) for arm in decided.arms]
    return decided, span, places, (calendars[0], calendars[1]), outbreak


def prepare(scenario: Scenario) -> World:
    """Return what is the same in all replications.

    Raises:
        InputError: The facts do not cover the period, or a rule cannot be applied.
    """
    setting = setting_of(scenario)
    decided, span, incidence = setting.scenario, setting.span, setting.outbreak.incidence
    population = population_of(decided, setting.places, span)
    offices = offices_of(decided, population, setting.calendars, span, incidence)
    return World(setting, population, offices, worth_of(decided, span, incidence))


def stages_of(scenario: Scenario) -> dict[str, frozenset[str]]:
    """Return which stages read each value: delivery, effects, money.

    The stages are gone through once, with nothing simulated, and what each of them reads is noted: no list is kept by
    hand. Under a model in which meetings lead persons out, what effects read is read by delivery.

    Raises:
        InputError: The facts do not cover the period, or a rule cannot be applied.
    """
    read: dict[str, set[str]] = {stage: set() for stage in STAGES}
    scenario = scenario.with_values({})
    used = scenario.baseline.values.used
    decided, span, places, calendars, outbreak = _days_of(scenario)
    population = population_of(decided, places, span)
    offices = offices_of(decided, population, calendars, span, outbreak.incidence)
    _take(used, read[DELIVERY])
    worth = worth_of(decided, span, outbreak.incidence)
    _take(used, read[EFFECTS])
    if worth.leaving is not None:
        read[DELIVERY] |= read[EFFECTS]
    setting = Setting(decided, span, places, calendars, valuation_of(decided, span), outbreak)
    nothing = nothing_held(World(setting, population, offices, worth).ground)
    figures_at(setting.valuation, employment_of(nothing, worth, span), nothing)
    _take(used, read[MONEY])
    keys = dict.fromkeys(key for keys in read.values() for key in sorted(keys))
    return {key: frozenset(stage for stage, keys in read.items() if key in keys) for key in keys}


def reads_of(scenario: Scenario) -> frozenset[str]:
    """Return the keys of all values that a run of a scenario reads, its control among them; nothing is simulated.

    Raises:
        InputError: The facts do not cover the period, or a rule cannot be applied.
    """
    again = scenario.with_values({})
    simulate(again, plan_of(again, engine=CONTROL))
    return frozenset((*again.baseline.values.used, *stages_of(scenario), TOLERATED))


def _take(used: set[str], into: set[str]) -> None:
    into |= used
    used.clear()


def deliver(world: World, plan: Plan, step: Callable[[], None] = lambda: None) -> Replicated:
    """Return all replications of a world as one, whose counts are the means.

    Args:
        world: From `prepare`.
        plan: How to run it.
        step: Called after each replication.

    Raises:
        RunError: A law is broken.
    """
    found = None
    engine = engine_of(plan.engine, world.ground, Way(plan.seed, plan.jobs))
    with closing(engine.replications(range(plan.replications))) as replications:
        for one in replications:
            found = one if found is None else found.plus(one)
            step()
    assert found is not None, "a run has at least one replication"
    return found


def record(world: World, plan: Plan, step: Callable[[], None] = lambda: None, more: More | None = None) -> Recorded:
    """Return all replications of a world, kept one by one, so that runs that deliver the same need no simulation.

    Args:
        world: From `prepare`.
        plan: How to run it.
        step: Called after each replication.
        more: Says how many replications to make next; all of the plan at once where it is left out.

    Raises:
        RunError: A law is broken.
    """
    engine = _engine(world, plan)
    if more is None:
        return recorded(engine.replications(range(plan.replications)), engine.counts, step)
    told = (found for found, _, _ in _in_batches(world, engine, plan, more))
    return recorded(told, engine.counts, step)


def _engine(world: World, plan: Plan) -> Engine:
    return engine_of(plan.engine, world.ground, Way(plan.seed, plan.jobs, plan.log))


def effect_at(world: World, scenario: Scenario, found: Replicated) -> Employment:
    """Return the effect on employment of what was counted, at the numbers of a scenario."""
    span, incidence = world.span, world.setting.outbreak.incidence
    return employment_of(found, worth_of(scenario, span, incidence), span)


def valuation_at(world: World, scenario: Scenario) -> Valuation:
    """Return what a week of employment is worth at the numbers of a scenario."""
    return valuation_of(scenario, world.span)


def figures_at(valuation: Valuation, effect: Employment, found: Replicated) -> dict[str, float]:
    """Return the figures of what was counted, by name, as `results.tally` names them."""
    return figures_of(effect, saldo(valuation, effect, found.joint, found.worked_minutes))


def run_once(world: World, seed: int, replication: int, *, engine: str = FAST) -> Replication:
    """Simulate one replication; it is the same whether it runs alone or among others.

    Args:
        world: From `prepare`.
        seed: Seed of the run.
        replication: Number of the replication, from 0.
        engine: Name of the delivery engine.

    Raises:
        RunError: A law is broken.
    """
    made = engine_of(engine, world.ground, Way(seed))
    ((found, effect, kroner),) = _valued(world, made, range(replication, replication + 1))
    assert found.log is None
    return Replication(made.counts(), effect, kroner)


def simulate(
    scenario: Scenario,
    plan: Plan,
    step: Callable[[], None] = lambda: None,
    know: Know | None = None,
    more: More | None = None,
    told: Recorded | None = None,
) -> Run:
    """Run a scenario: all replications, added up, beside the control.

    Args:
        scenario: The scenario.
        plan: How to run it.
        step: Called after each replication.
        know: Values what was counted at the draws of uncertain values; none are drawn where it is left out.
        more: Says how many replications to make next; all of the plan at once where it is left out.
        told: What was recorded of all replications of a scenario that delivers the same; simulated where left out.

    Raises:
        InputError: The facts do not cover the period, or a rule cannot be applied.
        RunError: A law is broken, or parts do not add up.
    """
    if plan.engine == CONTROL:
        return _by_hand(scenario, plan, know)
    world, tally, events, whole = prepare(scenario), Tally(), [], None
    setting = world.setting
    control = _control_of(setting)
    engine = _engine(world, plan) if told is None else told
    for number, (found, effect, kroner) in enumerate(_in_batches(world, engine, plan, more)):
        tally.add(effect, kroner, unforeseen_at(world.setting.valuation, effect, found))
        if found.log is not None:
            events.append(events_of(setting, found.log, number))
        if know is not None:
            whole = found if whole is None else whole.plus(found)
        step()
    drawn = None if know is None or whole is None else know(world, whole)
    asked = Asked(plan.seed, len(tally.figures), plan.engine, drawn)
    return results_of(setting, asked, (tally, engine.counts()), control, pd.concat(events) if events else None)


def rivals(scenarios: Mapping[str, Scenario], plan: Plan, step: Callable[[], None] = lambda: None) -> list[Rival]:
    """Return what one scenario adds up to under several effect models, and the control of each.

    Models that value what was counted share one simulation. One that leads persons out has its own.

    Args:
        scenarios: The scenario under each model, by name of the model.
        plan: How to run them.
        step: Called after each replication under each model.

    Raises:
        InputError: The facts do not cover the period, or a value of a model makes no sense.
        RunError: A law is broken.
    """
    worlds = {model: prepare(scenario) for model, scenario in scenarios.items()}
    alike = [model for model, world in worlds.items() if world.worth.leaving is None]
    together = [*([alike] if alike else []), *([model] for model in worlds if model not in alike)]
    found = {}
    for models in together:
        tallies = {model: Tally() for model in models}
        histories = any(worlds[model].worth.share is not None for model in models)
        ground = replace(worlds[models[0]].ground, histories=histories)
        engine = engine_of(plan.engine, ground, Way(plan.seed, plan.jobs))
        with closing(engine.replications(range(plan.replications))) as replications:
            for told in replications:
                for model in models:
                    effect, kroner = _value(worlds[model], told)
                    tallies[model].add(effect, kroner, unforeseen_at(worlds[model].setting.valuation, effect, told))
                    step()
        for model in models:
            setting = worlds[model].setting
            found[model] = Rival(setting, tallies[model], engine.counts(), _control_of(setting))
    return [found[model] for model in worlds]


def control_at(scenario: Scenario, chains: Chains | None = None) -> dict[str, float]:
    """Return the figures of the control, by name, as `results.tally` names them; nothing is simulated.

    Args:
        scenario: The scenario.
        chains: From `chains_at`, where they are known already.
    """
    setting = setting_of(scenario)
    found = chains_at(scenario) if chains is None else chains
    return control_figures(valued(setting.scenario, setting.span, found), setting.valuation.concept)


def chains_at(scenario: Scenario) -> Chains:
    """Return the chains of the control, which no value of the money enters."""
    decided, span, _, calendars, outbreak = _days_of(scenario)
    return sums_of(decided, calendars, span, outbreak.incidence)


def _by_hand(scenario: Scenario, plan: Plan, know: Know | None) -> Run:
    """Return the run of the control alone; what a simulation would refuse is refused, and not noted as read."""
    setting, used = setting_of(scenario), scenario.baseline.values.used
    before = set(used)
    world = prepare(scenario)
    used.intersection_update(before)
    control = _control_of(setting)
    drawn = None if know is None else know(world, None)
    return results_of_control(setting, Asked(plan.seed, 0, CONTROL, drawn), control)


def _control_of(setting: Setting) -> Control:
    incidence = setting.outbreak.incidence
    return control_of(setting.scenario, setting.calendars, setting.span, setting.places, incidence)


def unforeseen_at(valuation: Valuation, effect: Employment, found: Replicated) -> float:
    """Return the part of the effect on the public balance that no closed form foresees [kr]."""
    if effect.unforeseen is None:
        return 0.0
    part = replace(effect, weeks=effect.unforeseen)
    return saldo(valuation, part, found.joint, found.worked_minutes).employment_effect_kr


def _in_batches(
    world: World, engine: Engine, plan: Plan, more: More | None
) -> Iterator[tuple[Replicated, Employment, Saldo]]:
    """Yield the replications of a plan with their worth, or as many as are asked for, batch by batch."""
    if more is None:
        yield from _valued(world, engine, range(plan.replications))
        return
    kr: list[float] = []
    while count := more(np.array(kr)):
        for found, effect, kroner in _valued(world, engine, range(len(kr), len(kr) + count)):
            kr.append(kroner.employment_effect_kr)
            yield found, effect, kroner


def _valued(world: World, engine: Engine, numbers: range) -> Iterator[tuple[Replicated, Employment, Saldo]]:
    """Yield each replication with its effect on employment and on the public balance."""
    with closing(engine.replications(numbers)) as replications:
        for found in replications:
            yield found, *_value(world, found)


def _value(world: World, found: Replicated) -> tuple[Employment, Saldo]:
    effect = employment_of(found, world.worth, world.span)
    return effect, saldo(world.setting.valuation, effect, found.joint, found.worked_minutes)
