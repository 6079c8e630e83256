"""What the offices of an arm are given, and the tasks of each municipality, conversation by conversation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.calendars import OFFICE_KINDS, Calendar
from simulator.calendars.span import Span
from simulator.delivery.attendance import Rulebook, rulebook_of
from simulator.delivery.capacity import conversation_minutes, daily_minutes, normal_minutes
from simulator.delivery.outcome import Conditions, Task
from simulator.delivery.pressure import Pressure, pressure_of
from simulator.delivery.rules import occasion_of, office_take_up
from simulator.demand import Demand, Population, office_kind_of
from simulator.demand.contact import rhythms
from simulator.demand.due import clock_of
from simulator.demand.rules import had_one_before
from simulator.errors import InputError
from simulator.facts.read import words
from simulator.infection import Incidence
from simulator.scenario import Arm, Scenario
from simulator.scenario.occurs import occurs
from simulator.streams import (
    WORD_VOLUNTARY,
    Key,
    Purpose,
    Words,
    counter_of,
    counters_of,
    philox,
    philox_arrays,
    stock_of,
    threshold,
)

IntArray = npt.NDArray[np.int64]
Moved: TypeAlias = dict[tuple[int, int], IntArray]


@dataclass(frozen=True)
class Offices:
    """What the offices of an arm are given, the same in all replications.

    Attributes:
        places: Municipality codes.
        span: The simulated days.
        rulebook: The attendance rules of the arm.
        conditions: What the arm has in common for all municipalities.
        minutes: Caseworker minutes, shape (office kind, place, day).
        meeting_from: First planned meeting day on or after a day, for each office kind shape (place, day + 1).
        pressure: What infection does on each day.
        moved: How far the position of a person moves by each age of the spell, by (type, group).
    """

    places: tuple[str, ...]
    span: Span
    rulebook: Rulebook
    conditions: Conditions
    minutes: IntArray
    meeting_from: tuple[IntArray, ...]
    pressure: Pressure
    moved: Moved

    def offered_minutes(self, last_days: IntArray) -> IntArray:
        """Return the minutes up to the last simulated day of each municipality, shape (office kind, place)."""
        days = np.arange(self.minutes.shape[2])
        offered: IntArray = np.where(days <= last_days[:, None], self.minutes, 0).sum(axis=2)
        return offered


def offices_of(
    scenario: Scenario,
    population: Population,
    calendars: tuple[Calendar, ...],
    span: Span,
    incidence: Incidence | None = None,
) -> list[Offices]:
    """Return the offices of both arms; both are sized on the normal load of the baseline."""
    for arm in scenario.arms:
        _refuse_no_show(arm)
    normal = normal_minutes(scenario.baseline, population)
    found = []
    for arm, calendar in zip(scenario.arms, calendars, strict=True):
        rulebook = rulebook_of(arm, population.places, span)
        meeting_from = tuple(clock_of(calendar, kind, span.days).meeting_from for kind in range(len(OFFICE_KINDS)))
        minutes = daily_minutes(arm, normal, calendar, span)
        links, ground = scenario.sections.infection.links, (len(population.places), span)
        pressure = pressure_of(arm, links, incidence, ground)
        conditions = _conditions_of(arm, rulebook, span, pressure.called_off)
        moved = _moved(arm, population, span) if rulebook.tells_first else {}
        found.append(Offices(population.places, span, rulebook, conditions, minutes, meeting_from, pressure, moved))
    return found


def _refuse_no_show(arm: Arm) -> None:
    """Refuse a digital no-show share above 1.

    Raises:
        InputError: A share times the ratio lies above 1.
    """
    ratio = arm.values["delivery.no_show_digital_ratio"]
    for key, share in _no_show(arm).items():
        if share * ratio > 1:
            raise InputError.one(
                f"{share:g} x no_show_digital_ratio {ratio:g} is above 1; lower one of them",
                arm.name,
                f"delivery.no_show.{key}",
            )


def _no_show(arm: Arm) -> dict[str, float]:
    """Return the share of physical appointments that are missed [0-1], by `type.group` of those that occur."""
    pairs = [(name, group) for name in words()["types"] for group in words()["groups"] if occurs(arm, name, group)]
    return {f"{name}.{group}": arm.values[f"delivery.no_show.{name}.{group}"] for name, group in pairs}


def _moved(arm: Arm, population: Population, span: Span) -> Moved:
    """Return how far the position of a person moves by each age of the spell, by (type, group)."""
    longest = {group: len(survival.alive) + 1 for group, survival, _ in population.groups}
    return {
        (rhythm.type_index, rhythm.group): rhythm.moved_by_age(longest[rhythm.group], span) for rhythm in rhythms(arm)
    }


def _conditions_of(arm: Arm, rulebook: Rulebook, span: Span, called_off: int) -> Conditions:
    """Return what is common to all municipalities of an arm."""
    values = arm.values
    ratio = values["delivery.no_show_digital_ratio"]
    types, groups = list(words()["types"]), list(words()["groups"])
    share = _no_show(arm)
    no_show = tuple(
        tuple((threshold(share.get(f"{t}.{g}", 0.0)), threshold(share.get(f"{t}.{g}", 0.0) * ratio)) for g in groups)
        for t in types
    )
    return Conditions(
        rulebook=rulebook,
        office_of_type=tuple(office_kind_of(index) for index in range(len(types))),
        priority=tuple(arm.sections.delivery.priority.get(name, 0) for name in types),
        no_show=no_show,
        video=threshold(values["attendance.video_share"]),
        minutes=conversation_minutes(arm),
        rebook_days=max(round(values["delivery.rebook_days"]), 1),
        tries=max(round(values["delivery.tries"]), 1),
        census_days=(span.period_from, span.period_to + 1),
        volunteers=threshold(values["attendance.voluntary_contact_share"]) if rulebook.any_suspended else 0,
        spread=threshold(values["attendance.office_spread"]),
        called_off=called_off,
    )


def tasks_of(offices: Offices, demand: Demand, key: Key) -> Iterator[Task]:
    """Yield the task of each municipality, in the order of places."""
    register, due = demand.register, demand.due
    who = due.person
    stock, person = register.stock_number[who], register.number[who]
    first = philox_arrays(*counters_of(stock, person, Purpose.ATTEMPT, due.type_index, due.number), key=key)
    volunteers, occasion = _volunteers(offices, demand, key), _occasions(offices, demand, key)
    edges = np.searchsorted(register.place[who], np.arange(len(offices.places) + 1))
    tables = [table.tolist() for table in offices.rulebook.tables]
    for place, code in enumerate(offices.places):
        part = slice(int(edges[place]), int(edges[place + 1]))
        yield Task(
            key=key,
            place=place,
            person=who[part].tolist(),
            stock_number=stock[part].tolist(),
            person_number=person[part].tolist(),
            type_index=due.type_index[part].tolist(),
            group=register.group[who[part]].tolist(),
            number=due.number[part].tolist(),
            due_day=due.day[part].tolist(),
            exit_day=register.exit[who[part]].tolist(),
            spell_start=register.start[who[part]].tolist(),
            words=first[:, part].tolist(),
            volunteers=volunteers[part].tolist(),
            occasion=occasion[part].tolist(),
            table=tables[offices.rulebook.table_of_place[place]],
            bounds=offices.rulebook.bounds,
            take_up=_office_take_up(offices, int(code), key),
            minutes=offices.minutes[:, place].tolist(),
            meeting_from=[meeting[place].tolist() for meeting in offices.meeting_from],
            lift=offices.pressure.lift[place].tolist(),
            ill=offices.pressure.ill[place].tolist(),
        )


def attempt_words(task: Task, conversation: int, attempt: int) -> Words:
    """Return the four words of an attempt; those of the first are made up front."""
    if attempt == 0:
        first = task.words
        return first[0][conversation], first[1][conversation], first[2][conversation], first[3][conversation]
    counter = counter_of(
        task.stock_number[conversation],
        task.person_number[conversation],
        Purpose.ATTEMPT,
        task.type_index[conversation],
        task.number[conversation],
        attempt,
    )
    return philox(counter, task.key)


def _volunteers(offices: Offices, demand: Demand, key: Key) -> npt.NDArray[np.bool_]:
    register, due = demand.register, demand.due
    if not offices.rulebook.any_suspended:
        return np.zeros(len(due), dtype=np.bool_)
    counters = counters_of(
        register.stock_number[due.person], register.number[due.person], Purpose.CONVERSATION, due.type_index, due.number
    )
    word = philox_arrays(*counters, key=key)[WORD_VOLUNTARY].astype(np.int64)
    chosen: npt.NDArray[np.bool_] = word < offices.conditions.volunteers
    return chosen


def _occasions(offices: Offices, demand: Demand, key: Key) -> IntArray:
    """Return the occasion of each conversation, shape (conversation,)."""
    book, due = offices.rulebook, demand.due
    called = np.searchsorted(np.array(book.called_bounds, dtype=np.int64), due.day, side="right")
    first = _is_first(offices, demand, key) if book.tells_first else np.zeros(len(due), dtype=np.bool_)
    found = [
        occasion_of(*pair) for pair in zip(called.tolist(), repeat(book.tells_first), first.tolist(), strict=False)
    ]
    return np.array(found, dtype=np.int64)


def _is_first(offices: Offices, demand: Demand, key: Key) -> npt.NDArray[np.bool_]:
    """Return which conversations are the first of their type in the spell of the person."""
    register, due = demand.register, demand.due
    first: npt.NDArray[np.bool_] = due.number == 0
    for (type_index, group), moved in offices.moved.items():
        at = np.nonzero(first & (due.type_index == type_index) & (register.group[due.person] == group))[0]
        who = due.person[at]
        counters = counters_of(register.stock_number[who], register.number[who], Purpose.PHASE, type_index)
        phase = philox_arrays(*counters, key=key)[0].astype(np.int64)
        first[at] = ~had_one_before(phase, moved[np.maximum(-register.start[who], 0)])
    return first


def _office_take_up(offices: Offices, code: int, key: Key) -> list[list[list[int]]]:
    """Return the take-up thresholds of a municipality's offices, by rule, type and group."""
    found: list[list[list[int]]] = offices.rulebook.take_up.tolist()
    for type_index in range(len(words()["types"])):
        counter = counter_of(stock_of(code, 0), 0, Purpose.OFFICE, office_kind_of(type_index))
        word = philox(counter, key)[0]
        for rule in found:
            rule[type_index] = [
                office_take_up(take_up, offices.conditions.spread, word) for take_up in rule[type_index]
            ]
    return found
