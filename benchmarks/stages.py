"""Where the time of the fast engine goes: the same replication over and over, stopped one stage later each time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.contestants import Arena, timed
from simulator.delivery import Ground, Way
from simulator.delivery.fast import engine
from simulator.delivery.fast.engine import Fast, shares_of
from simulator.delivery.fast.jit import kept
from simulator.delivery.fast.owed import order_by_day, owe
from simulator.delivery.fast.people import draw_spells
from simulator.delivery.fast.place import Chunk, clear, run_places
from simulator.delivery.fast.scratch import Scratch
from simulator.delivery.fast.tables import Tables

IntArray = npt.NDArray[np.int64]
KEY = (1, 0)
SPELLS, OWED, ORDERED = range(3)
STAGES = ("spells of the persons", "what falls due, by person", "what falls due, by day", "the days")


@kept
def stop_after(tables: Tables, places: IntArray, stage: int, scratch: Scratch) -> None:
    """Go as far as a stage in each municipality, for the first arm."""
    until = tables.days.least_days
    for place in places:
        clear(scratch)
        draw_spells(tables.people, place, until, KEY, scratch)
        if stage >= OWED:
            scratch.sizes[0] = owe(tables, (0, place), until, KEY, scratch)
        if stage >= ORDERED:
            order_by_day(scratch, 0, False)


def stages(arena: Arena, rounds: int) -> dict[str, Any]:
    """Return the processor time of each stage of one arm [s], medians over the rounds."""
    world = arena.world
    ground = Ground(world.ground.arms[:1], world.span, world.population, world.ground.offices[:1])
    fast = engine(ground, Way(seed=KEY[0]))
    seconds = [_taken(fast, ground) for _ in range(rounds + 1)][1:]
    parts = [median(part) for part in zip(*seconds, strict=True)]
    return {"stages": dict(zip(STAGES, np.diff([0.0, *parts]).tolist(), strict=True)), "whole": parts[-1]}


def _taken(fast: Fast, ground: Ground) -> list[float]:
    """Return the processor time up to the end of each stage [s]."""
    places, room = fast.shares[0], (fast.scratch[0], fast.sums, fast.joint[0])
    chunk = Chunk(KEY[0], KEY[1], shares_of(ground, KEY[0], range(1)))
    stops: list[Callable[[], Any]] = [
        partial(stop_after, fast.tables, places, stage, fast.scratch[0]) for stage in (SPELLS, OWED, ORDERED)
    ]
    stops.append(partial(run_places, fast.tables, chunk, places, 0, room))
    return [timed(stop)[0] for stop in stops]
