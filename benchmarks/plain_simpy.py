"""A peer: one arm of a scenario in SimPy as a competent user writes it, one process per citizen.

A citizen waits for the days on which her conversations fall due and puts each in the line of an office, a
`simpy.Store`. An office is a process that serves its line on each meeting day until its caseworker minutes run out. A
no-show is a small process that comes again. Time is in days; offices open at noon, after all calls of the day.

`Country` is that. `LeanCountry` keeps its lines in deques instead, which takes half of the events away: not what the
package teaches, but what somebody who has met its limits comes to.

It is the same load as an engine's and statistically the same model, but with an ordinary random stream, so the counts
agree in distribution and not one by one. It knows no suspension, carry share, contact change or priority.

Not slowed on purpose: due days are computed, not looked for day by day; those who have left are dropped when it is
their turn; an office holds a conversation without an event of its own. Nor sped up by what users do not do: one
environment for the whole country, and the events of the package.
"""

from __future__ import annotations

import gc
import time
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import simpy

from benchmarks.load import Group, Load, load_of
from benchmarks.society import Conversation, Counts, Society
from simulator.pipeline import World

NOON = 0.5
Events = Generator[simpy.Event, None, None]


@dataclass(frozen=True)
class Timed:
    """What was counted, and how long the simulation took."""

    counts: Counts
    cpu_seconds: float
    wall_seconds: float


class Country:
    """All citizens and offices."""

    def __init__(self, load: Load, seed: int, days: int) -> None:
        self.load, self.days = load, days
        self.society = Society(load, seed)
        self.environment = simpy.Environment()
        self.lines = [[self.line() for _ in kind] for kind in load.minutes]
        self.environment.process(self.arrivals())
        for kind, lines in zip(load.minutes, self.lines, strict=True):
            for minutes_of_day, line in zip(kind, lines, strict=True):
                self.environment.process(self.office(line, minutes_of_day))

    def line(self) -> Any:
        """Return a new line of an office."""
        return simpy.Store(self.environment)

    def arrivals(self) -> Events:
        """Start the citizens: the stock at once, the others on the day on which they come in."""
        for group in self.load.groups:
            for place, persons in enumerate(group.stock):
                for _ in range(persons):
                    self.environment.process(self.citizen(place, group, from_stock=True))
        for day in range(1, self.days):
            yield self.environment.timeout(1)
            for group in self.load.groups:
                for place, persons in enumerate(group.entering[day]):
                    for _ in range(persons):
                        self.environment.process(self.citizen(place, group, from_stock=False))

    def citizen(self, place: int, group: Group, from_stock: bool) -> Events:
        """Wait for the days of the conversations, and join a line on each."""
        environment, society = self.environment, self.society
        today = int(environment.now)
        person = society.newcomer(place, group, today, from_stock)
        for day, type_index in society.calls(person, group, today):
            yield environment.timeout(day - environment.now)
            self.join(society.owes(person, type_index))

    def join(self, conversation: Conversation) -> None:
        """Put a conversation in the line of its office."""
        kind = self.load.office_of_type[conversation.type_index]
        self.lines[kind][conversation.person.place].put(conversation)

    def office(self, line: Any, minutes_of_day: list[int]) -> Events:
        """Serve a line on each meeting day until the minutes run out; the overrun is a debt of the next one."""
        debt = 0
        for day, minutes in enumerate(minutes_of_day):
            if not minutes:
                continue
            yield self.environment.timeout(day + NOON - self.environment.now)
            left = minutes - debt
            while left > 0 and line.items:
                conversation: Any = yield line.get()
                left -= self.serve(conversation, day)
            debt = max(-left, 0)

    def serve(self, conversation: Conversation, day: int) -> int:
        """Hold an attempt at a conversation, see to the next one, and return the caseworker minutes."""
        worked, again = self.society.meets(conversation, day)
        if again:
            self.environment.process(self.comes_again(conversation, day))
        return worked

    def comes_again(self, conversation: Conversation, day: int) -> Events:
        """Join the line once more on the day of the next appointment, unless replaced meanwhile."""
        appointment = self.society.next_appointment(conversation, day)
        if appointment is None:
            return
        yield self.environment.timeout(appointment - self.environment.now)
        if conversation.is_open:
            self.join(conversation)


class LeanCountry(Country):
    """The same with lines that are deques and cause no events."""

    def line(self) -> Any:
        """Return a new line of an office."""
        return deque[Conversation]()

    def join(self, conversation: Conversation) -> None:
        """Put a conversation in the line of its office."""
        kind = self.load.office_of_type[conversation.type_index]
        self.lines[kind][conversation.person.place].append(conversation)

    def office(self, line: Any, minutes_of_day: list[int]) -> Events:
        """Serve a line on each meeting day, as the other offices do."""
        debt = 0
        for day, minutes in enumerate(minutes_of_day):
            if not minutes:
                continue
            yield self.environment.timeout(day + NOON - self.environment.now)
            left = minutes - debt
            while left > 0 and line:
                left -= self.serve(line.popleft(), day)
            debt = max(-left, 0)


def run(
    world: World, arm: int, seed: int, days: int, *, collect: bool = True, country: type[Country] = Country
) -> Timed:
    """Simulate one arm of a prepared world; the clock runs from the building of the environment to the last day.

    Args:
        world: From `pipeline.prepare`.
        arm: 0 is the baseline, 1 the proposal.
        seed: Seed of the random stream.
        days: Number of days to simulate.
        collect: Whether Python's cyclic garbage collector is on, as it is for those who do not turn it off.
        country: `Country`, or `LeanCountry`.

    Raises:
        InputError: The scenario uses what this peer does not know.
    """
    load = load_of(world, arm, days)
    with collector(collect):
        cpu, wall = time.process_time(), time.perf_counter()
        simulated = country(load, seed, days)
        simulated.environment.run(until=days)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return Timed(simulated.society.counts, cpu, wall)


@contextmanager
def collector(on: bool) -> Generator[None, None, None]:
    """Turn the cyclic garbage collector on or off for a while."""
    before = gc.isenabled()
    gc.collect()
    (gc.enable if on else gc.disable)()
    try:
        yield
    finally:
        (gc.enable if before else gc.disable)()
