"""Asks the engine for the persons of a trial, and nobody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from simulator import pipeline
from simulator.delivery.lives import Lives
from simulator.pipeline import World
from simulator.plan import Plan
from simulator.uncertainty.trials.enrolment import Window


def asked_lives(world: World, window: Window, plan: Plan, step: Callable[[], None] = lambda: None) -> Iterator[Lives]:
    """Yield the persons of each replication of a plan who may be taken in.

    Args:
        world: From `pipeline.prepare`.
        window: From `window_of`.
        plan: How to run it.
        step: Called after each replication.

    Raises:
        RunError: A law is broken.
    """
    yield from pipeline.lives_of(world, plan, step)
