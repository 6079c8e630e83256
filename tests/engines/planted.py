"""Small faults of order and chance, planted in the readable engine alone: the compiled one has copies of its own.

Each is a function that patches and says in its docstring what goes wrong.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from simulator.calendars.span import DAYS_A_WEEK, Span
from simulator.delivery import fates, reference, rules, tasks
from simulator.delivery.leaving import Exits
from simulator.delivery.outcome import Conditions, Task
from simulator.delivery.reference import Entry, Municipality, Office
from simulator.demand import office_kind_of
from simulator.streams import Purpose, counter_of, counters_of, key_of

Patch = pytest.MonkeyPatch
Plant = Callable[[Patch], None]
PLANTED: list[Plant] = []


def planted(plant: Plant) -> Plant:
    """Add a fault to the list."""
    PLANTED.append(plant)
    return plant


def change_entries(patch: Patch, changed: Callable[[Entry], tuple[Any, ...]]) -> None:
    """Change what is put in a queue, whose order is that of its entries; what is put back stays as it is."""

    class Changed(tuple[Any, ...]):
        pass

    class Queue:
        def __getattr__(self, name: str) -> Any:
            return getattr(heapq, name)

        @staticmethod
        def heappush(line: list[Any], entry: Entry) -> None:
            heapq.heappush(line, entry if isinstance(entry, Changed) else Changed(changed(entry)))

    patch.setattr(reference, "heapq", Queue())


def change_conditions(patch: Patch, changed: Callable[[Conditions], Conditions]) -> None:
    """Give the municipalities other conditions."""
    begin = Municipality.__init__

    def begin_otherwise(self: Municipality, task: Task, conditions: Conditions, exits: Exits, log: bool) -> None:
        begin(self, task, changed(conditions), exits, log)

    patch.setattr(Municipality, "__init__", begin_otherwise)


@planted
def persons_in_reverse(patch: Patch) -> None:
    """Of two persons due on one day the later is served first."""
    change_entries(patch, lambda entry: (*entry[:2], -entry[2], *entry[3:]))


@planted
def types_in_reverse(patch: Patch) -> None:
    """Of two conversations of one person due on one day the later type is held first."""
    change_entries(patch, lambda entry: (*entry[:2], (entry[2], -entry[3]), *entry[3:]))


@planted
def due_day_before_priority(patch: Patch) -> None:
    """The day goes before the priority."""
    change_entries(patch, lambda entry: (entry[1], entry[0], *entry[2:]))


@planted
def priority_upside_down(patch: Patch) -> None:
    """The larger priority goes first."""
    change_entries(patch, lambda entry: (-entry[0], *entry[1:]))


@planted
def second_tries_go_first(patch: Patch) -> None:
    """On one day a second try goes before a first, whoever's it is."""
    change_entries(patch, lambda entry: (*entry[:2], (-entry[4], entry[2]), *entry[3:]))


@planted
def second_tries_keep_their_first_day(patch: Patch) -> None:
    """A second try is put in line by the day on which the conversation fell due at first."""
    join = Office.join

    def join_by_first_day(self: Office, conversation: int, due_day: int, attempt: int) -> None:
        join(self, conversation, self.municipality.task.due_day[conversation], attempt)

    patch.setattr(Office, "join", join_by_first_day)


@planted
def second_tries_have_the_luck_of_the_first(patch: Patch) -> None:
    """The attempt is left out of the key of a draw."""
    patch.setattr(tasks, "counter_of", lambda *counter: counter_of(*counter[:5]))


@planted
def types_share_their_luck(patch: Patch) -> None:
    """The type is left out of the key of a first attempt."""
    patch.setattr(tasks, "counters_of", lambda *counters: counters_of(*counters[:3], 0, counters[4]))


@planted
def all_conversations_have_the_luck_of_the_first(patch: Patch) -> None:
    """The number of the conversation is left out of the key of a first attempt."""
    patch.setattr(tasks, "counters_of", lambda *counters: counters_of(*counters[:4]))


@planted
def replications_share_their_luck(patch: Patch) -> None:
    """The replication is left out of the key."""
    patch.setattr(reference, "key_of", lambda seed, _: key_of(seed, 0))


@planted
def volunteers_are_drawn_by_attempt(patch: Patch) -> None:
    """Whether contact is wanted in a suspension is drawn with the luck of the first attempt."""

    def counters(stock: Any, person: Any, _: int, *rest: Any) -> Any:
        return counters_of(stock, person, Purpose.ATTEMPT, *rest)

    patch.setattr(tasks, "counters_of", counters)


@planted
def leaves_a_day_later(patch: Patch) -> None:
    """Somebody is still met on the day on which she has left."""
    patch.setattr(rules, "has_left", lambda exit_day, day: exit_day < day)


@planted
def overruns_are_forgiven(patch: Patch) -> None:
    """An office does not owe the minutes by which it ran over."""
    patch.setattr(rules, "minutes_left", lambda minutes, _: minutes)


@planted
def no_desk_runs_over(patch: Patch) -> None:
    """A conversation is begun only where more than a minute is left."""
    patch.setattr(rules, "minutes_left", lambda minutes, debt: minutes - debt - 1)


@planted
def one_try_fewer(patch: Patch) -> None:
    """The last appointment is not made."""
    patch.setattr(rules, "may_try_again", lambda attempt, tries: attempt + 2 < tries)


@planted
def one_try_more(patch: Patch) -> None:
    """An appointment too many is made."""
    patch.setattr(rules, "may_try_again", lambda attempt, tries: attempt < tries)


@planted
def new_appointments_on_any_day(patch: Patch) -> None:
    """A new appointment is made for the calendar day and not for the meeting day."""

    class AnyDay:
        def __getitem__(self, day: int) -> int:
            return day

    begin = Municipality.__init__

    def begin_otherwise(self: Municipality, task: Task, *rest: Any) -> None:
        begin(self, replace(task, meeting_from=[AnyDay() for _ in task.meeting_from]), *rest)  # type: ignore[misc]

    patch.setattr(Municipality, "__init__", begin_otherwise)


@planted
def new_appointments_a_day_later(patch: Patch) -> None:
    """A new appointment is made a calendar day too late."""
    change_conditions(patch, lambda conditions: replace(conditions, rebook_days=conditions.rebook_days + 1))


@planted
def nothing_is_replaced(patch: Patch) -> None:
    """A conversation that waits is not replaced by the next one of its person and type."""

    class Forgets(dict[Any, Any]):
        def get(self, _: Any, default: Any = None) -> Any:
            return default

    begin = Municipality.__init__

    def begin_otherwise(self: Municipality, *rest: Any) -> None:
        begin(self, *rest)
        self.latest = Forgets()

    patch.setattr(Municipality, "__init__", begin_otherwise)


@planted
def suspended_for_volunteers_too(patch: Patch) -> None:
    """A suspension keeps those from coming who want contact all the same."""
    patch.setattr(rules, "may_be_held", lambda rule, _: rule != rules.SUSPENDED)


@planted
def cancelled_for_volunteers_too(patch: Patch) -> None:
    """A rule that cancels does so for those who want contact too."""

    def is_cancelled(self: Municipality, conversation: int, day: int) -> bool:
        cancels = self.conditions.rulebook.cancels
        return any(cancels) and cancels[self.rule_of(conversation, day)]

    patch.setattr(Municipality, "is_cancelled", is_cancelled)


@planted
def bounds_of_a_spell_belong_below(patch: Patch) -> None:
    """A length of spell at which a rule begins still has the rule below it."""
    patch.setattr(reference, "bisect_right", bisect_left)


@planted
def rules_of_yesterday(patch: Patch) -> None:
    """The rule in force is that of the day before."""
    rule_of = Municipality.rule_of
    patch.setattr(Municipality, "rule_of", lambda self, conversation, day: rule_of(self, conversation, max(day - 1, 0)))


@planted
def passed_over_for_good(patch: Patch) -> None:
    """Who is passed over in a suspension never gets back in line."""
    patch.setattr(Office, "takes_back", lambda self: None)


@planted
def no_shows_change_sides(patch: Patch) -> None:
    """The shares of no-show of physical and digital conversations are interchanged."""

    def swapped(conditions: Conditions) -> Conditions:
        return replace(conditions, no_show=tuple(tuple(pair[::-1] for pair in row) for row in conditions.no_show))

    change_conditions(patch, swapped)


@planted
def digital_takes_as_long(patch: Patch) -> None:
    """A conversation by phone or video takes the minutes of a physical one."""
    patch.setattr(rules, "minutes_of", lambda form, turnout, physical, digital: physical)


@planted
def exceptions_before_orders(patch: Patch) -> None:
    """A lawful exception is looked for where everything is digital by order."""
    basis_of = rules.basis_of

    def exceptions_first(rule: int, exception: int, take_up: int, *word: int) -> int:
        if rule == rules.DIGITAL_ONLY and word[0] < exception:
            return rules.EXCEPTION
        return basis_of(rule, exception, take_up, *word)

    patch.setattr(rules, "basis_of", exceptions_first)


@planted
def offices_share_the_component_of_another(patch: Patch) -> None:
    """The take-up of an office has the component of the next kind of office."""
    patch.setattr(tasks, "office_kind_of", lambda type_index: (office_kind_of(type_index) + 1) % 3)


@planted
def nobody_is_a_carrier(patch: Patch) -> None:
    """No contact clock runs on through a planned closure."""
    draw_demand = reference.draw_demand
    patch.setattr(reference, "draw_demand", lambda population, *rest: draw_demand(replace(population, carry=0), *rest))


@planted
def counted_a_day_later(patch: Patch) -> None:
    """The waiting are counted after the first day of the period."""
    patch.setattr(reference, "check_conservation", lambda *_: None)
    change_conditions(
        patch, lambda conditions: replace(conditions, census_days=tuple(day + 1 for day in conditions.census_days))
    )


@planted
def waited_a_day_longer(patch: Patch) -> None:
    """The day on which a conversation was due counts as waited."""
    waits = fates.waits
    patch.setattr(fates, "waits", lambda fate, *rest: waits(replace(fate, due=fate.due - 1), *rest))


@planted
def spells_a_day_older(patch: Patch) -> None:
    """Spell classes are those of the day after."""
    spell_class_of = fates.spell_class_of
    patch.setattr(fates, "spell_class_of", lambda age: spell_class_of(age + 1))


@planted
def the_baseline_leads(patch: Patch) -> None:
    """Week and spell class of a conversation held in both arms are those of the baseline."""
    joint_cells = fates.joint_cells

    def interchanged(pair: tuple[fates.Fate, fates.Fate], span: Span) -> Any:
        found = joint_cells((pair[1], pair[0]), span)
        index = [found.column(axis).repeat(found.total) for axis in found.axes]
        return type(found).of(found.axes, found.shape, (index[1], index[0], *index[2:]))

    patch.setattr(fates, "joint_cells", interchanged)


@planted
def ends_a_week_later(patch: Patch) -> None:
    """The queues are compared for the first time a week too late."""

    def ends(span: Span) -> Iterator[int]:
        yield from range(span.least_days + DAYS_A_WEEK, span.days + 1, DAYS_A_WEEK)

    patch.setattr(reference, "_ends", ends)
