"""More small faults, planted in the readable engine alone: in occasions of conversations, and in what infection does.

Each is a function that patches and says in its docstring what goes wrong.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import Any

import numpy as np

from simulator.delivery import reference, rules, tasks
from simulator.delivery.outcome import Task
from simulator.delivery.reference import Entry, Municipality, Office
from tests.engines.planted import Patch, Plant


def change_task(patch: Patch, **changed: Any) -> None:
    """Give the municipalities other lists: each is made from the one they would have had."""
    begin = Municipality.__init__

    def begin_otherwise(self: Municipality, task: Task, *rest: Any) -> None:
        begin(self, replace(task, **{name: change(getattr(task, name)) for name, change in changed.items()}), *rest)

    patch.setattr(Municipality, "__init__", begin_otherwise)


def called_on_the_day_held(patch: Patch) -> None:
    """A rule by the day of calling looks at the day on which the conversation is held."""
    rule_of = Municipality.rule_of

    def rule_of_the_day(self: Municipality, conversation: int, day: int) -> int:
        book, occasions = self.conditions.rulebook, self.task.occasion
        due, order = occasions[conversation], occasions[conversation] & book.tells_first
        occasions[conversation] = (bisect_right(book.called_bounds, day) << book.tells_first) + order
        found = rule_of(self, conversation, day)
        occasions[conversation] = due
        return found

    patch.setattr(Municipality, "rule_of", rule_of_the_day)


def called_a_day_earlier(patch: Patch) -> None:
    """Who is called on the first day of a rule by the day of calling is not yet under it."""
    occasions = tasks._occasions

    def a_day_earlier(offices: Any, demand: Any, key: Any) -> Any:
        return occasions(offices, replace(demand, due=replace(demand.due, day=demand.due.day - 1)), key)

    patch.setattr(tasks, "_occasions", a_day_earlier)


def first_of_the_simulated_days(patch: Patch) -> None:
    """A conversation is taken as the first though others fell due before the simulated days."""
    patch.setattr(tasks, "had_one_before", lambda phase, moved: np.zeros(len(phase), dtype=np.bool_))


def later_for_first(patch: Patch) -> None:
    """A rule for first conversations holds for later ones, and the other way round."""
    occasion_of = rules.occasion_of
    patch.setattr(tasks, "occasion_of", lambda called, tells, is_first: occasion_of(called, tells, not is_first))


def fear_of_yesterday(patch: Patch) -> None:
    """Who takes the phone for fear does so by the incidence of the day before."""
    change_task(patch, lift=lambda lift: [lift[0], *lift[:-1]])


def illness_of_yesterday(patch: Patch) -> None:
    """Who is ill is so by the incidence of the day before."""
    change_task(patch, ill=lambda ill: [ill[0], *ill[:-1]])


def fear_of_all_and_not_of_the_rest(patch: Patch) -> None:
    """The share of those who take the phone for fear is added to the take-up."""
    patch.setattr(rules, "share_of_rest", lambda threshold, share: min(threshold + share, rules.WHOLE))


def illness_of_digital_ones(patch: Patch) -> None:
    """Illness and isolation keep conversations by phone and video from being held too."""
    meets, turnout_of, today = Office.meets, rules.turnout_of, [0]

    def meets_the_ill(self: Office, entry: Entry, day: int) -> int:
        today[0] = self.municipality.task.ill[day]
        return meets(self, entry, day)

    patch.setattr(Office, "meets", meets_the_ill)
    patch.setattr(rules, "turnout_of", lambda no_show, _, off, word: turnout_of(no_show, today[0], off, word))


def called_off_for_put_off(patch: Patch) -> None:
    """What is put off is called off for good, and the other way round."""
    swapped = {rules.CALLED_OFF: rules.PUT_OFF, rules.PUT_OFF: rules.CALLED_OFF}
    turnout_of = rules.turnout_of

    def the_other(*shares_and_word: int) -> int:
        found = turnout_of(*shares_and_word)
        return swapped.get(found, found)

    patch.setattr(rules, "turnout_of", the_other)


def put_off_without_a_try(patch: Patch) -> None:
    """What is put off keeps its attempt: it uses up no try, and has the same luck again."""
    comes_later = Office.comes_later

    def keeps_its_attempt(self: Office, entry: Entry, day: int, form: int, turnout: int) -> None:
        made = entry[4] - (turnout == rules.PUT_OFF)
        comes_later(self, (*entry[:4], made), day, form, turnout)

    patch.setattr(Office, "comes_later", keeps_its_attempt)


def phone_where_nobody_chooses(patch: Patch) -> None:
    """Who is isolated takes the phone where everybody has to attend too."""
    patch.setattr(rules, "takes_the_phone", lambda rule, turnout: turnout > rules.CAME)


def no_phone_for_the_isolated(patch: Patch) -> None:
    """Who is isolated does not take the phone where somebody chooses."""
    patch.setattr(rules, "takes_the_phone", lambda rule, turnout: False)


def put_off_takes_its_minutes(patch: Patch) -> None:
    """What is called off or put off in time takes the minutes of a no-show."""
    minutes_of = rules.minutes_of
    patch.setattr(rules, "minutes_of", lambda form, _, *minutes: minutes_of(form, rules.MISSED, *minutes))


def isolated_counted_as_a_choice(patch: Patch) -> None:
    """A conversation by phone for isolation is counted with those for which somebody chose it."""
    patch.setattr(rules, "ISOLATED", rules.CHOICE)


def put_off_is_missed(patch: Patch) -> None:
    """What illness puts off is counted with those who did not turn up."""
    comes_later = Office.comes_later

    def missed(self: Office, entry: Entry, day: int, form: int, _: int) -> None:
        comes_later(self, entry, day, form, rules.MISSED)

    patch.setattr(reference.Office, "comes_later", missed)


PLANTED_OCCASIONS: tuple[Plant, ...] = (
    called_on_the_day_held,
    called_a_day_earlier,
    first_of_the_simulated_days,
    later_for_first,
    fear_of_yesterday,
    illness_of_yesterday,
    fear_of_all_and_not_of_the_rest,
    illness_of_digital_ones,
    called_off_for_put_off,
    put_off_without_a_try,
    phone_where_nobody_chooses,
    no_phone_for_the_isolated,
    put_off_takes_its_minutes,
    isolated_counted_as_a_choice,
    put_off_is_missed,
)
