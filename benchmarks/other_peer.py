"""A peer: one arm of a scenario in salabim, another package for simulation in Python; used only where it is installed.

The citizens, the offices and those who come again after a no-show are components, as the package's users write them.
The lines are deques, as in `plain_simpy.LeanCountry`: a line of the package holds components only, and a component is
dear to make (most of the time goes into checks of signatures). Trace is off and no line is monitored. Load, rules,
random stream and days are those of the SimPy peer.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Generator
from typing import Any

import salabim  # type: ignore[import-not-found]

from benchmarks.load import Group, Load, load_of
from benchmarks.plain_simpy import NOON, Timed, collector
from benchmarks.society import Conversation, Society
from simulator.pipeline import World

salabim.yieldless(False)
Events = Generator[Any, None, None]


class Country:
    """What the components share: the load, the rules and the lines."""

    def __init__(self, load: Load, seed: int, days: int) -> None:
        self.load, self.days = load, days
        self.society = Society(load, seed)
        self.environment = salabim.Environment(random_seed="", set_numpy_random_seed=False, trace=False)
        self.lines: list[list[deque[Conversation]]] = [[deque() for _ in kind] for kind in load.minutes]
        Arrivals(country=self)
        for kind, lines in zip(load.minutes, self.lines, strict=True):
            for minutes_of_day, line in zip(kind, lines, strict=True):
                Office(country=self, line=line, minutes_of_day=minutes_of_day)

    def join(self, conversation: Conversation) -> None:
        """Put a conversation in the line of its office."""
        kind = self.load.office_of_type[conversation.type_index]
        self.lines[kind][conversation.person.place].append(conversation)

    def serve(self, conversation: Conversation, day: int) -> int:
        """Hold an attempt at a conversation, see to the next one, and return the caseworker minutes."""
        worked, again = self.society.meets(conversation, day)
        appointment = self.society.next_appointment(conversation, day) if again else None
        if appointment is not None:
            ComesAgain(country=self, conversation=conversation, appointment=appointment)
        return worked


class Arrivals(salabim.Component):  # type: ignore[misc]
    """Starts the citizens: the stock at once, the others on the day on which they come in."""

    def setup(self, country: Country) -> None:
        """Take what the process needs."""
        self.country = country

    def process(self) -> Events:
        """Start the citizens."""
        groups = self.country.load.groups
        for group in groups:
            self.start(group, group.stock, from_stock=True)
        for day in range(1, self.country.days):
            yield self.hold(till=day)
            for group in groups:
                self.start(group, group.entering[day], from_stock=False)

    def start(self, group: Group, persons_by_place: list[int], from_stock: bool) -> None:
        """Start the citizens of one group, by place."""
        for place, persons in enumerate(persons_by_place):
            for _ in range(persons):
                Citizen(country=self.country, place=place, group=group, from_stock=from_stock)


class Citizen(salabim.Component):  # type: ignore[misc]
    """Waits for the days of her conversations, and joins a line on each."""

    def setup(self, country: Country, place: int, group: Group, from_stock: bool) -> None:
        """Take what the process needs."""
        self.country, self.place, self.group, self.from_stock = country, place, group, from_stock

    def process(self) -> Events:
        """Live from day to day."""
        society, today = self.country.society, int(self.env.now())
        person = society.newcomer(self.place, self.group, today, self.from_stock)
        for day, type_index in society.calls(person, self.group, today):
            yield self.hold(till=day)
            self.country.join(society.owes(person, type_index))


class Office(salabim.Component):  # type: ignore[misc]
    """Serves a line on each meeting day until the minutes run out; the overrun is a debt of the next one."""

    def setup(self, country: Country, line: deque[Conversation], minutes_of_day: list[int]) -> None:
        """Take what the process needs."""
        self.country, self.line, self.minutes_of_day = country, line, minutes_of_day

    def process(self) -> Events:
        """Work from day to day."""
        debt = 0
        for day, minutes in enumerate(self.minutes_of_day):
            if not minutes:
                continue
            yield self.hold(till=day + NOON)
            left = minutes - debt
            while left > 0 and self.line:
                left -= self.country.serve(self.line.popleft(), day)
            debt = max(-left, 0)


class ComesAgain(salabim.Component):  # type: ignore[misc]
    """Joins the line once more on the day of the next appointment, unless replaced meanwhile."""

    def setup(self, country: Country, conversation: Conversation, appointment: int) -> None:
        """Take what the process needs."""
        self.country, self.conversation, self.appointment = country, conversation, appointment

    def process(self) -> Events:
        """Join the line."""
        yield self.hold(till=self.appointment)
        if self.conversation.is_open:
            self.country.join(self.conversation)


def run(world: World, arm: int, seed: int, days: int, *, collect: bool = False) -> Timed:
    """Simulate one arm of a prepared world, as `plain_simpy.run` does.

    Args:
        world: From `pipeline.prepare`.
        arm: 0 is the baseline, 1 the proposal.
        seed: Seed of the random stream.
        days: Number of days to simulate.
        collect: Whether Python's cyclic garbage collector is on.

    Raises:
        InputError: The scenario uses what the peers do not know.
    """
    load = load_of(world, arm, days)
    with collector(collect):
        cpu, wall = time.process_time(), time.perf_counter()
        country = Country(load, seed, days)
        country.environment.run(till=days)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return Timed(country.society.counts, cpu, wall)
