"""The map: one call a stage, in order. The only file that knows the order.

    Scenario -> Calendar -> Demand -> Delivery (counts) -> Effects -> Saldo -> Results

`prepare` does what is the same for all replications, `run_once` one replication, `control` the hand-checkable chain.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.calendars import Calendar, build_calendar
from simulator.calendars.span import Span
from simulator.delivery import Counts, Delivery, Offices, count, deliver, offices_of
from simulator.demand import Population, draw_demand, population_of
from simulator.effects import Employment, employment, worth
from simulator.effects import FloatArray as Weeks
from simulator.facts.read import table
from simulator.saldo import Saldo, saldo
from simulator.scenario import Scenario
from simulator.streams import key_of


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


def prepare(scenario: Scenario) -> World:
    """Return what is the same in all replications.

    Raises:
        InputError: The facts do not cover the period, or a rule cannot be applied.
    """
    span, places = span_of(scenario), places_of(scenario)
    calendars = tuple(build_calendar(arm.sections, span.first, span.days, places) for arm in scenario.arms)
    population = population_of(scenario, places, span)
    offices = offices_of(scenario, population, calendars, span)
    return World(scenario, span, places, (calendars[0], calendars[1]), population, offices, worth(scenario))


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
    delivery = deliver(world.offices, demands, world.places, span, key, engine=engine, log=log)
    counts = count(delivery, span, world.places)
    effect = employment(counts.joint, world.kept, span)
    return Replication(delivery, counts, effect, saldo(world.scenario, effect, counts.worked_minutes, span))
