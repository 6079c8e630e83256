"""The attendance rules as tables: the last that applies wins, and each condition is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from simulator.delivery.attendance import Rulebook, rulebook_of
from simulator.delivery.rules import occasion_of
from simulator.errors import InputError
from simulator.facts.read import words
from simulator.pipeline import span_of
from simulator.scenario import Scenario
from simulator.streams import threshold
from tests.unit.demand.made_up import scenario_of

TYPES, GROUPS = list(words()["types"]), list(words()["groups"])
PLACES = ("101", "461")
LAW, SIX_MONTHS = "physical attendance", "own choice after six months"


def book_of(scenario: Scenario, arm: str = "baseline") -> Rulebook:
    return rulebook_of(getattr(scenario, arm), PLACES, span_of(scenario))


@dataclass(frozen=True)
class Talk:
    """A conversation; called on the day on which it is held where no other is named."""

    type_name: str = "jobsamtale"
    group: str = "dagpenge"
    age: int = 0
    place: str = "101"
    called: str = ""
    first: bool = False


def name_of(text: str, day: str, type_name: str = "jobsamtale", **said: Any) -> str:
    """Return the name of the rule in force in the proposal for one conversation."""
    talk, scenario = Talk(type_name, **said), scenario_of(text)
    book = book_of(scenario, "proposal")
    band = sum(bound <= talk.age for bound in book.bounds)
    table = book.tables[book.table_of_place[PLACES.index(talk.place)]]
    index, due = (date.fromisoformat(one).toordinal() - span_of(scenario).first for one in (day, talk.called or day))
    occasion = occasion_of(sum(bound <= due for bound in book.called_bounds), book.tells_first, talk.first)
    return book.rules[table[TYPES.index(talk.type_name), GROUPS.index(talk.group), band, occasion, index]].name


def proposal(*rules: str) -> str:
    return "proposal: {attendance: {rules: [" + ", ".join("{name: new, " + rule + "}" for rule in rules) + "]}}\n"


@pytest.mark.parametrize(
    ("day", "type_name", "age", "name"),
    [
        ("2021-12-31", "jobsamtale", 400, LAW),
        ("2022-01-01", "jobsamtale", 182, SIX_MONTHS),
        ("2022-01-01", "jobsamtale", 181, LAW),
        ("2022-01-03", "opfoelgning", 182, SIX_MONTHS),
        ("2022-01-03", "cv_samtale", 400, LAW),
        ("2022-01-03", "raadighedssamtale", 400, LAW),
        ("2022-01-03", "rehabiliteringsmoede", 400, LAW),
    ],
)
def test_the_choice_after_six_months_is_law_from_2022_for_its_types_and_in_the_baseline_too(
    day: str, type_name: str, age: int, name: str
) -> None:
    """Act 2590 of 2021: jobsamtaler and sick-leave follow-up; 26 weeks are 182 days."""
    assert name_of("", day, type_name, age=age) == name
    baseline = book_of(scenario_of(""))
    assert [rule.name for rule in baseline.rules] == [LAW, SIX_MONTHS]


def test_a_rule_is_in_force_from_its_first_to_its_last_day() -> None:
    text = proposal("rule: digital_only, from: 2021-12-20, to: 2022-01-05")
    for day, name in [("2021-12-19", LAW), ("2021-12-20", "new"), ("2022-01-05", "new"), ("2022-01-06", LAW)]:
        assert name_of(text, day) == name


def test_the_last_rule_that_applies_wins() -> None:
    text = (
        "proposal: {attendance: {rules: [{name: first, rule: digital_only}, "
        "{name: second, rule: physical_only, from: 2022-01-03}]}}\n"
    )
    assert name_of(text, "2022-01-02") == "first"
    assert name_of(text, "2022-01-03", age=400) == "second"


@pytest.mark.parametrize(
    ("condition", "inside", "outside"),
    [
        ("types: [cv_samtale]", {"type_name": "cv_samtale"}, {"type_name": "jobsamtale"}),
        ("groups: [jobparat]", {"group": "jobparat"}, {"group": "dagpenge"}),
        ("places: [Odense]", {"place": "461"}, {"place": "101"}),
        ("spell_from_days: 28", {"age": 28}, {"age": 27}),
        ("spell_to_days: 28", {"age": 27}, {"age": 28}),
    ],
)
def test_each_condition_of_a_rule_is_looked_at(condition: str, inside: dict, outside: dict) -> None:
    text = proposal(f"rule: suspended, {condition}")
    assert name_of(text, "2021-12-20", **inside) == "new"
    assert name_of(text, "2021-12-20", **outside) == LAW


def test_a_rule_after_the_simulated_days_is_in_force_on_none() -> None:
    for days in ("from: 2030-01-01", "to: 2020-01-01", "applies_by: called, held_to: 2020-01-01"):
        book = book_of(scenario_of(proposal(f"rule: digital_only, {days}")), "proposal")
        assert [rule.name for rule in book.rules] == [LAW, SIX_MONTHS], days


def test_places_with_the_same_rules_share_a_table() -> None:
    assert len(book_of(scenario_of("")).tables) == 1
    apart = book_of(scenario_of(proposal("rule: suspended, places: [Odense]")), "proposal")
    assert (len(apart.tables), apart.table_of_place) == (2, (0, 1))
    span = span_of(scenario_of(""))
    assert [rule.name for rule in apart.rules_on(span.period_from, 2, 1)] == ["new"]
    assert [rule.name for rule in apart.rules_on(span.period_from, 2, 0)] == [LAW]
    assert [rule.name for rule in apart.rules_on(span.period_to, 2, 0)] == [LAW, SIX_MONTHS], "they differ by spell"


def test_conversations_without_a_rule_are_an_error() -> None:
    text = "attendance: {law: false, rules: [{rule: physical_only, types: [jobsamtale]}]}\n"
    with pytest.raises(InputError, match="no attendance rule covers every conversation"):
        book_of(scenario_of(text))


def test_a_suspension_is_seen_only_where_it_is_in_force() -> None:
    assert not book_of(scenario_of("")).any_suspended
    inside = book_of(scenario_of(proposal("rule: suspended, from: 2022-01-03, to: 2022-01-03")), "proposal")
    assert inside.any_suspended
    assert not inside.suspends_by_person
    covered = proposal("rule: suspended, from: 2030-01-01")
    assert not book_of(scenario_of(covered), "proposal").any_suspended
    by_spell = book_of(scenario_of(proposal("rule: suspended, spell_to_days: 182")), "proposal")
    assert by_spell.suspends_by_person


def test_cancelling_is_a_thing_of_suspensions_that_say_so() -> None:
    for rule, cancels in [("suspended", False), ("suspended, when_suspended: cancel", True), ("digital_only", False)]:
        assert book_of(scenario_of(proposal(f"rule: {rule}")), "proposal").cancels == (False, False, cancels)


def test_exceptions_come_from_the_type_unless_the_rule_gives_its_own() -> None:
    book = book_of(scenario_of(proposal("rule: physical_only, exception_share: 0.1")), "proposal")
    by_type = dict(zip(TYPES, book.exception[0], strict=True))
    assert by_type["jobsamtale"] == threshold(0.33)
    assert by_type["cv_samtale"] == 0
    assert book.exception[2] == (threshold(0.1),) * len(TYPES)


def test_take_up_is_scaled_and_exceptions_are_not() -> None:
    scenario = scenario_of(proposal("rule: citizen_chooses, take_up: 0.5"), "attendance.take_up_scale=0.8")
    book = book_of(scenario, "proposal")
    cell = (TYPES.index("jobsamtale"), GROUPS.index("dagpenge"))
    assert book.take_up[1][cell] == threshold(0.45 * 0.8)
    assert book.take_up[2][cell] == threshold(0.5 * 0.8)
    assert book.exception[0][cell[0]] == threshold(0.33)
    assert book.take_up[1][TYPES.index("jobsamtale"), GROUPS.index("sygedagpenge")] == 0, "no such conversation"


@pytest.mark.parametrize(("scale", "spread", "fine"), [(2.0, 0.1, True), (2.1, 0.1, False), (2.2, 0.0, True)])
def test_a_take_up_above_1_is_an_error_and_never_clipped(scale: float, spread: float, fine: bool) -> None:
    """0.45 x 2.0 x 1.1 = 0.99; 0.45 x 2.1 x 1.1 = 1.04; 0.45 x 2.2 = 0.99 where offices are alike."""
    scenario = scenario_of("", f"attendance.take_up_scale={scale}", f"attendance.office_spread={spread}")
    if fine:
        book_of(scenario)
        return
    with pytest.raises(InputError, match=r"take-up 0.945 of .*dagpenge x \(1 \+ office_spread 0.1\) is above 1"):
        book_of(scenario)


def test_both_arms_have_the_scale() -> None:
    scenario = scenario_of("", "attendance.take_up_scale=0.5")
    cell = (1, TYPES.index("jobsamtale"), GROUPS.index("dagpenge"))
    assert book_of(scenario).take_up[cell] == book_of(scenario, "proposal").take_up[cell] == threshold(0.225)


def test_a_rule_by_the_day_of_calling_follows_the_day_that_a_conversation_fell_due() -> None:
    """Summer 2021: who was called before a day might still be met digitally, up to another day."""
    text = proposal("rule: digital_only, applies_by: called, to: 2021-12-22, held_to: 2022-01-05")
    for called, held, name in [
        ("2021-12-22", "2021-12-22", "new"),
        ("2021-12-22", "2022-01-05", "new"),
        ("2021-12-22", "2022-01-06", LAW),
        ("2021-12-23", "2021-12-23", LAW),
    ]:
        assert name_of(text, held, called=called) == name, (called, held)


def test_a_rule_for_first_conversations_leaves_the_later_ones_alone_and_the_other_way_round() -> None:
    assert name_of(proposal("rule: digital_only, conversations: first"), "2021-12-20", first=True) == "new"
    assert name_of(proposal("rule: digital_only, conversations: first"), "2021-12-20", first=False) == LAW
    assert name_of(proposal("rule: digital_only, conversations: later"), "2021-12-20", first=True) == LAW
    assert name_of(proposal("rule: digital_only, conversations: later"), "2021-12-20", first=False) == "new"


def test_occasions_are_told_apart_only_where_a_rule_asks() -> None:
    assert book_of(scenario_of("")).occasions == 1
    both = proposal("rule: digital_only, applies_by: called, to: 2021-12-22", "rule: suspended, conversations: first")
    assert book_of(scenario_of(both), "proposal").occasions == 4, "called by then or not, first or later"


def test_a_region_is_the_list_of_its_municipalities() -> None:
    region = scenario_of(proposal("rule: digital_only, places: [Region Hovedstaden]"))
    rule = region.proposal.sections.attendance.rules[-1]
    assert len(rule.places) == 29
    assert name_of(proposal("rule: digital_only, places: [Hovedstaden]"), "2021-12-20", place="101") == "new"
    assert name_of(proposal("rule: digital_only, places: [Fyn]"), "2021-12-20", place="101") == LAW
    assert name_of(proposal("rule: digital_only, places: [Fyn, København]"), "2021-12-20", place="101") == "new"
