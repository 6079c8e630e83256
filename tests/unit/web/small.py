"""A small place to value positions of: its base, and what a worker would deliver of them."""

from __future__ import annotations

from pathlib import Path

from simulator import pipeline
from simulator.results import Run
from simulator.uncertainty.knowledge import Ready
from simulator.uncertainty.worked import reading_of
from simulator.web.desk.desk import Delivered, Desk
from simulator.web.opened import Base, Options, base_of
from simulator.web.position import Position, Reader

SCENARIOS = Path(__file__).parents[3] / "scenarios"
REPLICATIONS, DRAWS = 2, 64
Sets = tuple[tuple[str, str], ...]


def base(name: str, *sets: str, draws: int | None = None, engine: str = "fast") -> Base:
    """Return a shipped scenario on Samsø, opened."""
    asked = Options(replications=REPLICATIONS, draws=draws, engine=engine)
    return base_of(SCENARIOS / f"{name}.yaml", name, asked, ("places=[Samsø]", *sets))


def deliver(desk: Desk, reader: Reader, position: Position) -> Delivered:
    """Give a desk what is delivered at a position, and return it."""
    scenario = reader(position)
    world = pipeline.prepare(scenario)
    found = Delivered(world, pipeline.record(world, position.plan(scenario)), reading_of(scenario))
    desk.take(desk.delivery_of(position), found)
    return found


def run_of(reader: Reader, position: Position, told: Delivered | None = None) -> Run:
    """Return the run of a position; what was delivered is told again where it is given."""
    scenario = reader(position)
    return Ready(scenario, position.plan(scenario)).run(told=None if told is None else told.told)
