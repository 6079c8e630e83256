"""Asks the engine for the persons who may be taken into a trial, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import numpy as np
import numpy.typing as npt

from simulator.delivery import Lives
from simulator.demand import Persons
from simulator.pipeline import World
from simulator.plan import Plan
from simulator.uncertainty.followed import followed
from simulator.uncertainty.trials.enrolment import Window
from simulator.uncertainty.trials.terms import Terms


def asked_lives(
    world: World, window: Window, terms: Terms, plan: Plan, step: Callable[[], None] = lambda: None
) -> Iterator[Lives]:
    """Yield the persons of each replication of a plan who may be taken in.

    Args:
        world: From `pipeline.prepare`.
        window: From `window_of`.
        terms: The terms of the trial.
        plan: How to run it.
        step: Called after each replication.

    Raises:
        InputError: The spread between jobcentres makes no sense.
        RunError: A law is broken.
    """

    def wanted(persons: Persons) -> npt.NDArray[np.bool_]:
        """Return who comes in until the last day of intake, in the groups and places of the trial."""
        ours: npt.NDArray[np.bool_] = window.places[persons.place] & window.groups[persons.group]
        return ours & (persons.entry > 0) & (persons.entry <= terms.last_day)

    with closing(followed(world, plan, terms.jobcentre_spread, wanted)) as lives:
        for one in lives:
            yield one
            step()
