"""What the peers have in common: persons, the days on which they are called, and how a conversation goes.

Ordinary Python with one ordinary random stream, as a user of a simulation package writes it. What a peer adds is what
its package is for: the clock, the processes of the citizens, the queues and the desks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field
from math import ceil
from random import Random

from benchmarks.load import Contact, Group, Load
from simulator.calendars.span import DAYS_A_WEEK, WEEKDAYS_A_WEEK
from simulator.delivery.rules import CHOSEN, DIGITAL_ONLY, PHONE, PHYSICAL, VIDEO

Cell = tuple[int, int, int, int, int]
"""(week, place, type, group, form)."""
Calls = list[tuple[int, int]]
"""(day, type) of the conversations of a person, in order of the days."""


@dataclass
class Counts:
    """What a peer counts."""

    held: Counter[Cell] = field(default_factory=Counter)
    no_show: Counter[Cell] = field(default_factory=Counter)
    lapsed: int = 0
    replaced: int = 0
    given_up: int = 0

    @property
    def attempts(self) -> int:
        """Conversations held, and no-shows."""
        return self.held.total() + self.no_show.total()


class Person:
    """Somebody in a group, from the start of the spell until she leaves."""

    __slots__ = ("group", "leaves", "place", "start", "waiting")

    def __init__(self, place: int, group: int, start: int, leaves: int) -> None:
        self.place, self.group, self.start, self.leaves = place, group, start, leaves
        self.waiting: dict[int, Conversation] = {}


class Conversation:
    """A conversation that has fallen due and is open until it is held, given up or replaced."""

    __slots__ = ("attempt", "is_open", "person", "type_index")

    def __init__(self, person: Person, type_index: int) -> None:
        self.person, self.type_index = person, type_index
        self.attempt, self.is_open = 0, True


class Society:
    """The rules of an arm and one stream of chance."""

    def __init__(self, load: Load, seed: int) -> None:
        self.load, self.counts = load, Counts()
        self.random = Random(seed).random
        self.leaning = [[1 - load.spread + 2 * load.spread * self.random() for _ in kind] for kind in load.minutes]

    def newcomer(self, place: int, group: Group, day: int, from_stock: bool) -> Person:
        """Return a person of a group, drawn from its weekly hazards; from the stock she has been there for a while."""
        age = bisect_right(group.age_edges, self.random()) if from_stock else 0
        still_running = self.random() * group.alive[age]
        age_at_exit = len(group.alive) - bisect_right(group.alive_reversed, still_running)
        return Person(place, group.index, day - age, day - age + age_at_exit)

    def calls(self, person: Person, group: Group, today: int) -> Calls:
        """Return the days on which a person's conversations fall due, from today on."""
        found: Calls = []
        for contact in group.contacts:
            meeting_days = self.load.meeting_days[contact.office_kind][person.place]
            if contact.spell_days:
                self._on_spell_days(person, contact, meeting_days, today, found)
            else:
                self._at_a_rate(person, contact, meeting_days, today, found)
        found.sort()
        return found

    def _on_spell_days(self, person: Person, contact: Contact, meeting_days: list[int], today: int, to: Calls) -> None:
        """Add the fixed days of the spell; a weekend moves one to Monday, another closed day drops it."""
        for spell_day in contact.spell_days:
            day = person.start + spell_day
            of_week = day % DAYS_A_WEEK
            if of_week >= WEEKDAYS_A_WEEK:
                day += DAYS_A_WEEK - of_week
            if today <= day < person.leaves:
                at = bisect_left(meeting_days, day)
                if at < len(meeting_days) and meeting_days[at] == day:
                    to.append((day, contact.type_index))

    def _at_a_rate(self, person: Person, contact: Contact, meeting_days: list[int], today: int, to: Calls) -> None:
        """Add the meeting days on which the cumulated rate passes a whole number."""
        position = self.random()
        for age_from, age_before, per_meeting_day in contact.steps:
            first = bisect_left(meeting_days, max(person.start + age_from, today))
            after = bisect_left(meeting_days, min(person.start + age_before, person.leaves))
            if first >= after:
                continue
            moved = position + (after - first) * per_meeting_day
            for whole in range(1, int(moved) + 1):
                ticks = min(ceil((whole - position) / per_meeting_day), after - first)
                to.append((meeting_days[first + ticks - 1], contact.type_index))
            position = moved % 1

    def owes(self, person: Person, type_index: int) -> Conversation:
        """Return a new conversation; it replaces the former one of its type if that still waits."""
        former = person.waiting.get(type_index)
        if former is not None and former.is_open:
            former.is_open = False
            self.counts.replaced += 1
        conversation = person.waiting[type_index] = Conversation(person, type_index)
        return conversation

    def form(self, conversation: Conversation, day: int) -> int:
        """Return the form of a conversation under the rule of the day."""
        load, person, type_index = self.load, conversation.person, conversation.type_index
        band = bisect_right(load.bounds, day - person.start)
        rule = load.table[person.place][type_index][person.group][band][day]
        allows = load.allows[rule]
        digital = allows == DIGITAL_ONLY or self.random() < load.exception[rule][type_index]
        if not digital and allows == CHOSEN:
            leaning = self.leaning[load.office_of_type[type_index]][person.place]
            digital = self.random() < load.take_up[rule][type_index][person.group] * leaning
        if not digital:
            return PHYSICAL
        return VIDEO if self.random() < load.video else PHONE

    def meets(self, conversation: Conversation, day: int) -> tuple[int, bool]:
        """Hold an attempt at a conversation.

        Returns:
            Caseworker minutes, and whether another appointment is to be made.
        """
        person, type_index = conversation.person, conversation.type_index
        if not conversation.is_open:
            return 0, False
        if person.leaves <= day:
            conversation.is_open = False
            self.counts.lapsed += 1
            return 0, False
        form = self.form(conversation, day)
        physical, digital = self.load.no_show[type_index][person.group]
        came = self.random() >= (physical if form == PHYSICAL else digital)
        cell = (day // DAYS_A_WEEK, person.place, type_index, person.group, form)
        counter = self.counts.held if came else self.counts.no_show
        counter[cell] += 1
        conversation.attempt += 1
        again = not came and conversation.attempt < self.load.tries
        if not again:
            conversation.is_open = False
            self.counts.given_up += not came
        return self.load.form_minutes[form != PHYSICAL], again

    def next_appointment(self, conversation: Conversation, day: int) -> int | None:
        """Return the day of the appointment after a no-show, None if it lies after the end."""
        kind = self.load.office_of_type[conversation.type_index]
        meeting_days = self.load.meeting_days[kind][conversation.person.place]
        at = bisect_left(meeting_days, day + self.load.rebook_days)
        return meeting_days[at] if at < len(meeting_days) else None
