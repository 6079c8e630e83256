"""The reference engine on hand-made cases: forms and their basis, rules of the day, and suspensions."""

from __future__ import annotations

import pytest

from simulator.delivery import rules
from tests.engines.hand_made import NO, YES, House, Rule, Talk, held_days, run

SUSPENDED = Rule("suspended", days=(7, 14))
CANCELLED = Rule("suspended", days=(7, 14), cancel=True)


@pytest.mark.parametrize(
    ("kind", "words", "form", "basis"),
    [
        ("physical_only", (NO, YES, NO, NO), rules.PHYSICAL, rules.ATTENDED),
        ("physical_only", (YES, NO, NO, NO), rules.PHONE, rules.EXCEPTION),
        ("physical_only", (YES, NO, YES, NO), rules.VIDEO, rules.EXCEPTION),
        ("citizen_chooses", (NO, NO, NO, NO), rules.PHYSICAL, rules.ATTENDED),
        ("citizen_chooses", (NO, YES, NO, NO), rules.PHONE, rules.CHOICE),
        ("office_chooses", (NO, YES, YES, NO), rules.VIDEO, rules.CHOICE),
        ("office_chooses", (YES, YES, NO, NO), rules.PHONE, rules.EXCEPTION),
        ("digital_only", (NO, NO, NO, NO), rules.PHONE, rules.ORDERED),
        ("digital_only", (NO, NO, YES, NO), rules.VIDEO, rules.ORDERED),
    ],
)
def test_the_rule_of_the_day_gives_form_and_basis(
    kind: str, words: tuple[int, int, int, int], form: int, basis: int
) -> None:
    house = House(rules=(Rule(kind),), exception=0.33, take_up=0.45, video=0.02)
    outcome = run(house, Talk(0, due=0, words=words))
    assert (outcome.form, outcome.basis) == ([form], [basis])


def test_the_form_is_drawn_at_service_under_the_rule_of_that_day() -> None:
    """Due on Friday under physical attendance, held on Monday when choice has begun."""
    row = [0] * 28
    row[7] = 80
    house = House(minutes=(tuple(row),), rules=(Rule(), Rule("citizen_chooses", days=(7, 28))), take_up=0.45)
    assert run(house, Talk(0, due=4, words=(NO, YES, NO, NO))).form == [rules.PHONE]
    assert run(House(rules=house.rules, take_up=0.45), Talk(0, due=4, words=(NO, YES, NO, NO))).form == [rules.PHYSICAL]


def test_the_day_of_service_does_not_change_the_luck() -> None:
    """The words belong to the attempt: held two days later, the same form."""
    talk = Talk(0, due=0, words=(NO, YES, YES, NO))
    open_all = House(rules=(Rule("office_chooses"),), take_up=0.45, video=0.1)
    row = [0, 0, 80] + [0] * 25
    late = House(rules=open_all.rules, take_up=0.45, video=0.1, minutes=(tuple(row),))
    assert run(open_all, talk).form == run(late, talk).form == [rules.VIDEO]


def test_choice_begins_on_the_day_the_spell_is_six_months_old() -> None:
    """Age on day 0 is minus the day it began: at 181 days physical, at 182 a call."""
    house = House(rules=(Rule(), Rule("citizen_chooses", ages=(182, 10**6))), take_up=0.45)
    chooser = (NO, YES, NO, NO)
    young, old = Talk(0, due=0, began=-181, words=chooser), Talk(1, due=0, began=-182, words=chooser)
    assert run(house, young, old).form == [rules.PHYSICAL, rules.PHONE]


def test_a_digital_no_show_has_a_rate_of_its_own() -> None:
    """The same word, between the two shares, misses the physical appointment and not the call."""
    word = int(0.07 * 2**32)
    house = House(no_show=0.08, no_show_digital=0.048, exception=0.5, tries=1)
    outcome = run(house, Talk(0, due=0, words=(NO, NO, NO, word)), Talk(1, due=0, words=(YES, NO, NO, word)))
    assert outcome.state == [rules.CANCELLED_TRIES, rules.HELD]


def test_a_suspended_conversation_waits_and_is_held_when_the_office_reopens() -> None:
    house = House(rules=(Rule(), SUSPENDED))
    assert held_days(house, Talk(0, due=7), Talk(1, due=11), Talk(2, due=14)) == [14, 14, 14]


def test_what_was_due_before_a_suspension_waits_too() -> None:
    row = [0] * 5 + [0, 0] + [80] * 5 + [0, 0] + [80] * 5 + [0] * 9
    assert held_days(House(minutes=(tuple(row),), rules=(Rule(), SUSPENDED)), Talk(0, due=4)) == [14]


def test_what_falls_due_under_a_cancelling_rule_is_cancelled_and_what_waited_is_not() -> None:
    row = [0] * 7 + [240] * 5 + [0, 0] + [240] * 5 + [0] * 9
    house = House(minutes=(tuple(row),), rules=(Rule(), CANCELLED))
    outcome = run(house, Talk(0, due=4), Talk(1, due=9), Talk(2, due=14))
    assert outcome.state == [rules.HELD, rules.CANCELLED_RULE, rules.HELD]
    assert outcome.closed == [14, 9, 14]


@pytest.mark.parametrize("rule", [SUSPENDED, CANCELLED])
def test_voluntary_contact_in_a_suspension_is_by_phone_or_video(rule: Rule) -> None:
    house = House(rules=(Rule(), rule), video=0.5)
    outcome = run(house, Talk(0, due=8, volunteers=True), Talk(1, due=8, volunteers=True, words=(NO, NO, YES, NO)))
    assert outcome.closed == [8, 8]
    assert outcome.form == [rules.PHONE, rules.VIDEO]
    assert outcome.basis == [rules.VOLUNTARY] * 2


def test_a_suspended_type_does_not_hold_up_another_one() -> None:
    house = House(rules=(Rule(), Rule("suspended", days=(7, 14), types=(0,))), priority=(0, 1))
    assert held_days(house, Talk(0, due=7), Talk(1, due=7, type=1)) == [14, 7]


def test_queues_apart_keep_the_order_of_one_queue() -> None:
    """A suspension elsewhere in the year opens a queue for each type and group; the order stays the same."""
    house = House(a_day=80, priority=(1, 0))
    apart = House(a_day=80, priority=(1, 0), rules=(Rule(), Rule("suspended", days=(26, 27))))
    talks = [Talk(3, due=0, group=1), Talk(1, due=0), Talk(2, due=0, type=1), Talk(0, due=1, group=1)]
    assert held_days(house, *talks) == held_days(apart, *talks) == [2, 1, 0, 3]


def test_one_who_leaves_during_a_suspension_lapses_at_the_reopening() -> None:
    outcome = run(House(rules=(Rule(), SUSPENDED)), Talk(0, due=7, leaves=10))
    assert (outcome.state, outcome.closed) == ([rules.LAPSED], [14])


def test_a_conversation_of_every_interval_replaces_the_waiting_one_in_a_suspension() -> None:
    house = House(rules=(Rule(), Rule("suspended", days=(0, 14))))
    talks = [Talk(0, due=0), Talk(0, due=7, number=1), Talk(0, due=11, number=2)]
    outcome = run(house, *talks)
    assert outcome.state == [rules.CANCELLED_REPLACED, rules.CANCELLED_REPLACED, rules.HELD]
    assert outcome.closed == [7, 11, 14]


def test_a_suspension_of_short_spells_does_not_hold_up_long_ones() -> None:
    """Both wait for the same type in the same group; the newcomer stands first and may not be seen."""
    house = House(rules=(Rule(), Rule("suspended", days=(7, 14), ages=(0, 182))))
    newcomer, long_spell = Talk(0, due=7, began=0), Talk(1, due=7, began=-300)
    assert held_days(house, newcomer, long_spell) == [14, 7]
