"""How hard a scenario is for an engine, told from what became of every conversation and not from what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from simulator.delivery import reference, rules
from simulator.delivery.engines import Ground
from simulator.delivery.fates import Fate, fate_of
from simulator.delivery.outcome import CENSUS_END, NOT_SIMULATED, OPEN, Delivery
from simulator.delivery.tasks import Offices, tasks_of
from simulator.demand import office_kind_of
from simulator.facts.read import words
from simulator.pipeline import World
from simulator.streams import Key, key_of

IntArray = npt.NDArray[np.int64]
LEAST_PERSONS, LEAST_OFFICES, LEAST_SHARE, LEAST_SHARE_OF_RARE = 30, 2, 0.1, 0.06
QUEUE, TRIES = "a queue at the end", "two or more tries"
CHANGE, LAPSE = "a rule that changes while persons wait", "lapse while waiting"
TIES, CLOSINGS = "ties that decide who is served", "offices closed on different days"
TRAITS = (QUEUE, TRIES, CHANGE, LAPSE, TIES, CLOSINGS)
MORE_TRAITS = (
    "a suspension that cancels",
    "contact wanted during a suspension",
    "a suspension by person",
    "replaced by the next",
    "given up after the last try",
    "arms owe different conversations",
    "arms have different minutes",
    "some clocks run on through a closure",
    "persons come and go",
    "two conversations of one person and office on one day",
    "offices differ in take-up",
    "an exception",
    "a choice",
    "an order",
)
CALLED, FIRST = "the day of calling decides", "what is first or later decides"
PUT_OFF, CALLED_OFF = "illness puts off", "illness calls off"
ISOLATED, TRIGGERED = "somebody isolated takes the phone", "a rule in force on some days of an incidence"
RARE_TRAITS = (CALLED, FIRST, PUT_OFF, CALLED_OFF, ISOLATED, TRIGGERED)
"""What a scenario has only if it names an occasion or a series of incidence."""


@dataclass(frozen=True)
class Difficulty:
    """Persons and open offices of a scenario, and what happens in it."""

    persons: int
    offices: int
    traits: frozenset[str]


@contextmanager
def deliveries() -> Iterator[list[Delivery]]:
    """Give the replications that the readable engine makes in the block, in order, so that none is made twice."""
    told: list[Delivery] = []
    deliver = reference.deliver

    def kept(ground: Ground, key: Key, log: bool = False) -> Delivery:
        told.append(deliver(ground, key, log))
        return told[-1]

    with patch.object(reference, "deliver", kept):
        yield told


def difficulty_of(world: World, delivery: Delivery, seed: int, number: int) -> Difficulty:
    """Return how hard one replication of a world is, as the readable engine saw it with a log."""
    key = key_of(seed, number)
    fates = [fate_of(demand, found) for demand, found in zip(delivery.demands, delivery.outcomes, strict=True)]
    traits = set(_traits_of_demand(world, delivery, fates))
    for arm, (fate, offices) in enumerate(zip(fates, world.offices, strict=True)):
        tasks = tasks_of(offices, delivery.demands[arm], key)
        look_up = LookUp(fate, np.array([one for task in tasks for one in task.occasion], dtype=np.int64), offices)
        traits |= set(_traits_of_waiting(world, delivery, arm, look_up))
        traits |= set(_traits_of_rules(fate, offices)) | set(_traits_of_occasions(look_up))
        traits |= set(_traits_of_infection(world, delivery, arm, fate))
    return Difficulty(
        persons=len(delivery.demands[0].register),
        offices=int((world.offices[0].minutes > 0).any(axis=2).sum()),
        traits=frozenset(traits),
    )


def shares_of(found: list[Difficulty]) -> dict[str, float]:
    """Return the share of a batch that has each trait."""
    return {
        trait: sum(trait in one.traits for one in found) / len(found) for trait in (*TRAITS, *MORE_TRAITS, *RARE_TRAITS)
    }


def too_easy(found: list[Difficulty]) -> list[str]:
    """Return in which way a batch is too easy to prove anything."""
    small = sum(one.persons < LEAST_PERSONS or one.offices < LEAST_OFFICES for one in found)
    least = dict.fromkeys(RARE_TRAITS, LEAST_SHARE_OF_RARE)
    rare = {trait: share for trait, share in shares_of(found).items() if share < least.get(trait, LEAST_SHARE)}
    return [
        *([f"{small} scenarios have fewer than {LEAST_PERSONS} persons or {LEAST_OFFICES} offices"] if small else []),
        *(f"{trait}: only {share:.0%} of {len(found)} scenarios" for trait, share in rare.items()),
    ]


@dataclass(frozen=True)
class LookUp:
    """The conversations of an arm, the occasion of each, and the rules to look it up in."""

    fate: Fate
    occasion: IntArray
    offices: Offices

    def allows(self, rows: IntArray, day: IntArray, aged: IntArray, occasion: IntArray) -> IntArray:
        """Return what the rules let happen to conversations on a day, with spells as old as on another."""
        book, fate = self.offices.rulebook, self.fate
        band = np.searchsorted(np.array(book.bounds), aged - fate.start[rows], side="right")
        allows = np.stack([np.array(book.allows)[table] for table in book.tables])
        table = np.array(book.table_of_place)[fate.place[rows]]
        found: IntArray = allows[table, fate.type_index[rows], fate.group[rows], band, occasion, day]
        return found


def _traits_of_waiting(world: World, delivery: Delivery, arm: int, look_up: LookUp) -> Iterator[str]:
    """Yield what happens in the queues of an arm."""
    outcomes, fate, offices = delivery.outcomes[arm], look_up.fate, look_up.offices
    if any(sum(outcome.census[CENSUS_END]) for outcome in outcomes):
        yield QUEUE
    if any(attempt > 0 for outcome in outcomes for _, _, _, attempt, _, _ in outcome.log or []):
        yield TRIES
    last = np.array([outcome.last_day for outcome in outcomes])[fate.place]
    if _rule_changes(look_up, np.minimum(fate.closed, last)):
        yield CHANGE
    if (fate.state == rules.LAPSED).any():
        yield LAPSE
    if _ties_decide(fate, offices):
        yield TIES
    calendar = world.calendars[arm].open[:, :, : world.span.days]
    if len(np.unique(calendar.reshape(-1, world.span.days), axis=0)) > 1:
        yield CLOSINGS


def _traits_of_rules(fate: Fate, offices: Offices) -> Iterator[str]:
    """Yield how conversations of an arm ended, and why they had their form."""
    states, bases = set(fate.state.tolist()), set(fate.basis.tolist())
    if rules.CANCELLED_RULE in states:
        yield "a suspension that cancels"
    if rules.VOLUNTARY in bases:
        yield "contact wanted during a suspension"
    if offices.rulebook.suspends_by_person:
        yield "a suspension by person"
    if rules.CANCELLED_REPLACED in states:
        yield "replaced by the next"
    if rules.CANCELLED_TRIES in states:
        yield "given up after the last try"
    if offices.conditions.spread and rules.CHOICE in bases:
        yield "offices differ in take-up"
    reasons = {"an exception": rules.EXCEPTION, "a choice": rules.CHOICE, "an order": rules.ORDERED}
    yield from (reason for reason, basis in reasons.items() if basis in bases)


def _traits_of_demand(world: World, delivery: Delivery, fates: list[Fate]) -> Iterator[str]:
    """Yield in what the arms differ, and who comes and goes."""
    if not np.array_equal(*(np.column_stack([fate.key, fate.due]) for fate in fates)):
        yield "arms owe different conversations"
    if not np.array_equal(world.offices[0].minutes, world.offices[1].minutes):
        yield "arms have different minutes"
    register, due = delivery.demands[0].register, delivery.demands[0].due
    kind = np.array([office_kind_of(index) for index in range(len(words()["types"]))])[due.type_index]
    if len(np.unique(np.column_stack([due.person, kind, due.day]), axis=0)) < len(due):
        yield "two conversations of one person and office on one day"
    owed = np.unique(due.person)
    carriers = register.carrier[owed]
    if carriers.any() and not carriers.all():
        yield "some clocks run on through a closure"
    if (register.entry[owed] > 0).any() and (register.exit[owed] < world.span.least_days).any():
        yield "persons come and go"


def _traits_of_occasions(look_up: LookUp) -> Iterator[str]:
    """Yield what rules ask besides type, group, spell and day, where another answer would let something else happen."""
    fate, book = look_up.fate, look_up.offices.rulebook
    rows = np.nonzero(fate.state == rules.HELD)[0]
    own, day = look_up.occasion[rows], fate.closed[rows]
    allowed = look_up.allows(rows, day, day, own)
    if book.tells_first and (look_up.allows(rows, day, day, own ^ 1) != allowed).any():
        yield FIRST
    others = (own % (1 + book.tells_first) + (at << book.tells_first) for at in range(len(book.called_bounds) + 1))
    if any((look_up.allows(rows, day, day, other) != allowed).any() for other in others):
        yield CALLED


def _traits_of_infection(world: World, delivery: Delivery, arm: int, fate: Fate) -> Iterator[str]:
    """Yield what illness does to appointments, and whether a trigger turns a rule on and off."""
    if any(outcome.put_off for outcome in delivery.outcomes[arm]):
        yield PUT_OFF
    if (fate.state == rules.CANCELLED_ILLNESS).any():
        yield CALLED_OFF
    if (fate.basis == rules.ISOLATED).any():
        yield ISOLATED
    book, name = world.offices[arm].rulebook, world.scenario.arms[arm].name
    decided = tuple(f"{found.rule} (" for of, found in world.setting.outbreak.decisions if of == name)
    switched = [index for index, rule in enumerate(book.rules) if rule.name.startswith(decided)] if decided else []
    days = [np.isin(table, switched).any(axis=(0, 1, 2, 3)) for table in book.tables]
    if any(on.any() and not on.all() for on in days):
        yield TRIGGERED


def _rule_changes(look_up: LookUp, until: IntArray) -> bool:
    """Return whether what a rule lets happen changes between the day on which somebody is due and that of the end."""
    fate = look_up.fate
    rows = np.nonzero((fate.state != NOT_SIMULATED) & (until > fate.due))[0]
    own = look_up.occasion[rows]
    before, after = (look_up.allows(rows, day[rows], fate.due[rows], own) for day in (fate.due, until))
    return bool((before != after).any())


def _ties_decide(fate: Fate, offices: Offices) -> bool:
    """Return whether two persons share priority and due day at an office, and one is served on a later day."""
    rows = np.nonzero((fate.state == rules.HELD) | (fate.closed == OPEN) & (fate.state == rules.WAITING))[0]
    kind = np.array([office_kind_of(index) for index in range(len(offices.conditions.priority))])
    priority = np.array(offices.conditions.priority)
    of_type = fate.type_index[rows]
    same = np.column_stack([fate.place[rows], kind[of_type], priority[of_type], fate.due[rows]])
    _, group = np.unique(same, axis=0, return_inverse=True)
    first, last = np.full(len(rows), OPEN), np.zeros(len(rows), dtype=np.int64)
    np.minimum.at(first, group.ravel(), fate.closed[rows])
    np.maximum.at(last, group.ravel(), fate.closed[rows])
    return bool((first < last).any())
