"""The map: one call a stage, in order. The only file that knows the order.

    Scenario -> Calendar -> Demand -> Delivery (counts) -> Effects -> Saldo -> Results

`prepare` does what is the same for all replications, `run_once` one replication, `simulate` the whole run beside its
control.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

import pandas as pd

from simulator.calendars import Calendar, build_calendar
from simulator.calendars.span import Span
from simulator.control import control_of
from simulator.delivery import Counts, Delivery, Offices, count, deliver, offices_of
from simulator.demand import Population, draw_demand, population_of
from simulator.effects import Employment, employment, worth
from simulator.effects import FloatArray as Weeks
from simulator.facts.read import table
from simulator.plan import CONTROL, Plan, plan_of
from simulator.results import Asked, Outcome, Run, Setting, Tally, events_of, results_of, results_of_control
from simulator.saldo import Saldo, saldo
from simulator.scenario import Scenario
from simulator.streams import key_of
from simulator.workers import in_order

__all__ = [
    "CONTROL",
    "Plan",
    "Replication",
    "World",
    "places_of",
    "plan_of",
    "prepare",
    "run_once",
    "setting_of",
    "simulate",
    "span_of",
]


@dataclass(frozen=True)
class World:
    """What is the same in all replications of a scenario.

    Attributes:
        scenario: The scenario.
        span: The simulated days.
        places: Municipality codes of the run.
        calendars: Calendar of each arm.
        population: Levels and spells of the groups.
        offices: Rules and minutes of the offices of each arm.
        kept: Weeks of employment of a conversation, by form, type, group and spell class.
    """

    scenario: Scenario
    span: Span
    places: tuple[str, ...]
    calendars: tuple[Calendar, Calendar]
    population: Population
    offices: list[Offices]
    kept: Weeks

    @property
    def setting(self) -> Setting:
        """The ground that results stand on."""
        return Setting(self.scenario, self.span, self.places, self.calendars)


@dataclass(frozen=True)
class Replication:
    """One draw of events, and what it adds up to."""

    delivery: Delivery
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
    """Return days, places and calendars of a scenario."""
    span, places = span_of(scenario), places_of(scenario)
    calendars = [build_calendar(arm.sections, span.first, span.days, places) for arm in scenario.arms]
    return Setting(scenario, span, places, (calendars[0], calendars[1]))


def prepare(scenario: Scenario) -> World:
    """Return what is the same in all replications.

    Raises:
        InputError: The facts do not cover the period, or a rule cannot be applied.
    """
    setting = setting_of(scenario)
    population = population_of(scenario, setting.places, setting.span)
    offices = offices_of(scenario, population, setting.calendars, setting.span)
    return World(scenario, setting.span, setting.places, setting.calendars, population, offices, worth(scenario))


def run_once(world: World, seed: int, replication: int, *, engine: str = "reference", log: bool = False) -> Replication:
    """Simulate one replication; it is the same whether it runs alone or among others.

    Args:
        world: From `prepare`.
        seed: Seed of the run.
        replication: Number of the replication, from 0.
        engine: Name of the delivery engine.
        log: Whether to keep a log of attempts.

    Raises:
        RunError: A law is broken.
    """
    key, span = key_of(seed, replication), world.span
    arms = tuple(zip(world.scenario.arms, world.calendars, strict=True))
    demands = draw_demand(world.population, arms, span, key)
    delivery = deliver(world.offices, demands, key, engine=engine, log=log)
    counts = count(delivery, span, world.places)
    effect = employment(counts.joint, world.kept, span)
    return Replication(delivery, counts, effect, saldo(world.scenario, effect, counts.worked_minutes, span))


def simulate(scenario: Scenario, plan: Plan, step: Callable[[], None] = lambda: None) -> Run:
    """Run a scenario: all replications, added up, beside the control.

    Args:
        scenario: The scenario.
        plan: How to run it.
        step: Called after each replication.

    Raises:
        InputError: The facts do not cover the period, or a rule cannot be applied.
        RunError: A law is broken, or parts do not add up.
    """
    world, tally, events = prepare(scenario), Tally(), []
    setting = world.setting
    control = control_of(scenario, world.calendars, world.span, world.places)
    if plan.engine == CONTROL:
        return results_of_control(setting, Asked(plan.seed, 0, CONTROL), control)
    with closing(in_order(_piece, (world, plan), range(plan.replications), plan.jobs)) as pieces:
        for outcome, attempts, used in pieces:
            tally.add(outcome)
            events.append(attempts)
            scenario.baseline.values.used.update(used)
            step()
    asked = Asked(plan.seed, plan.replications, plan.engine)
    minutes = tuple(office.minutes for office in world.offices)
    return results_of(setting, asked, tally, control, minutes, pd.concat(events) if plan.log else None)


def _piece(ground: tuple[World, Plan], number: int) -> tuple[Outcome, pd.DataFrame | None, set[str]]:
    """Run one replication, perhaps in another process, and hand back what it adds up to."""
    world, plan = ground
    found = run_once(world, plan.seed, number, engine=plan.engine, log=plan.log)
    attempts = events_of(world.setting, found.delivery, number) if plan.log else None
    return Outcome(found.counts, found.employment, found.saldo), attempts, world.scenario.baseline.values.used
