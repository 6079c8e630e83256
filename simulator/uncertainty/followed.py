"""Followed: single persons through their spells, in the engine itself, as a trial follows them."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from simulator.delivery import Lives, Way, engine_of
from simulator.demand import Persons, paces_of
from simulator.errors import InputError
from simulator.pipeline import World
from simulator.plan import Plan

Wanted = Callable[[Persons], npt.NDArray[np.bool_]]
"""Says of all persons who is followed."""


def followed(world: World, plan: Plan, spread: float, wanted: Wanted | None = None) -> Generator[Lives]:
    """Yield the persons of each replication with the spells that they have in both arms.

    Offices keep the minutes that the whole population asks for. Persons of other groups, or who come in at another
    time, can be left out: they meet nobody of those who are followed but in the queue.

    Args:
        world: From `prepare`; its effect model leads persons out.
        plan: How to run it.
        spread: Coefficient of variation of the hazard of leaving between municipalities.
        wanted: Says who is followed, of all persons; all where left out.

    Raises:
        InputError: Under the effect model nobody leaves earlier for a meeting, or the spread makes no sense.
        RunError: A law is broken.
    """
    if world.ground.leaving is None:
        raise InputError.one(
            "nobody leaves earlier for a meeting under this effect model; allowed: hazard",
            world.scenario.path,
            "effects.model",
        )
    population = world.population
    persons = population.persons if wanted is None else population.persons.of(wanted(population.persons))
    followed = replace(population, persons=persons, paces=paces_of(world.scenario, world.places, spread))
    engine = engine_of(plan.engine, replace(world.ground, population=followed, lives=True), Way(plan.seed, plan.jobs))
    with closing(engine.replications(range(plan.replications))) as replications:
        for one in replications:
            assert one.lives is not None, "the ground asks for lives"
            yield one.lives
