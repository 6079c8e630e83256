"""Law and orders: dated, usable by name, and laid under what a scenario says itself."""

from __future__ import annotations

from datetime import date

import pytest

from simulator.errors import InputError
from simulator.facts.read import sources
from simulator.scenario import Scenario
from simulator.scenario.schema import AttendanceRule, ClosedGroup, ContactLaw
from simulator.scenario.statutes import LISTS, dated_law, orders, rule_sets
from tests.unit.demand.made_up import scenario_of

YEAR_2026 = "period: {from: 2026-09-01, to: 2026-09-30}\nfacts: {extrapolate: true}\n"


def rules_of(scenario: Scenario, arm: str = "baseline") -> list[str]:
    return [rule.name for rule in getattr(scenario, arm).sections.attendance.rules]


def changes_of(scenario: Scenario, arm: str = "baseline") -> dict[str, tuple[date | None, date | None]]:
    return {one.name: (one.from_, one.to) for one in getattr(scenario, arm).sections.demand.contact_changes}


def test_every_entry_of_law_and_orders_has_a_listed_source() -> None:
    entries = [entry for file, _ in LISTS.values() for entry in dated_law(file)]
    entries += [rule for order in orders().values() for rule in order["rules"]]
    named = [entry["source"] for entry in entries] + [one["source"] for one in rule_sets().values()]
    assert len(named) > 45
    assert set(named) <= set(sources())


def test_every_entry_is_what_its_model_wants() -> None:
    for file, model in LISTS.values():
        for entry in dated_law(file):
            assert isinstance(model.model_validate(entry), AttendanceRule | ContactLaw | ClosedGroup)


def test_rule_sets_are_those_of_the_law_to_2027_in_order() -> None:
    days = [one["from"] for one in rule_sets().values()]
    assert days == sorted(days)
    assert {"law-2021", "law-2022", "law-2023", "law-2024", "law-2026-07", "law-2027"} <= set(rule_sets())
    assert rule_sets()["law-2027"]["draft"]
    assert "draft" not in rule_sets()["law-2022"]


@pytest.mark.parametrize(
    ("name", "first", "last", "places"),
    [
        ("suspension-2020", date(2020, 3, 12), date(2020, 5, 25), 0),
        ("nordjylland-2020", date(2020, 11, 9), date(2020, 12, 3), 7),
        ("local-38-2020", date(2020, 12, 9), date(2020, 12, 16), 38),
        ("local-69-2020", date(2020, 12, 12), date(2020, 12, 16), 31),
        ("lockdown-december-2020", date(2020, 12, 17), date(2021, 1, 31), 0),
        ("lockdown-february-2021", date(2021, 2, 1), date(2021, 4, 14), 0),
        ("digital-option-december-2021", date(2021, 12, 19), date(2022, 1, 16), 0),
    ],
)
def test_the_days_and_places_of_an_order(name: str, first: date, last: date, places: int) -> None:
    rule = orders()[name]["rules"][0]
    assert (rule["from"], rule["to"], len(rule.get("places", []))) == (first, last, places)


def test_the_38_and_the_31_are_69_different_municipalities() -> None:
    codes = [code for name in ("local-38-2020", "local-69-2020") for code in orders()[name]["rules"][0]["places"]]
    assert len(set(codes)) == len(codes) == 69


def test_in_the_suspension_dagpenge_conversations_are_cancelled_and_all_others_wait() -> None:
    rules = orders()["suspension-2020"]["rules"]
    found = [(rule.get("groups", []), rule.get("when_suspended")) for rule in rules]
    assert found == [([], None), (["dagpenge"], "cancel")]


def test_summer_2021_turned_on_the_day_of_calling() -> None:
    (rule,) = orders()["called-before-23-june-2021"]["rules"]
    assert (rule["applies_by"], rule["to"], rule["held_to"]) == ("called", date(2021, 6, 22), date(2021, 8, 31))


def test_orders_stand_above_the_law_and_below_the_rules_of_a_scenario() -> None:
    text = "attendance: {orders: [digital-option-december-2021], rules: [{name: own, rule: digital_only}]}\n"
    names = rules_of(scenario_of(text))
    assert names[0] == "physical attendance"
    assert names[-2:] == ["digital option of 19 December 2021", "own"]


def test_an_order_of_an_arm_does_not_outlast_the_period_and_keeps_its_first_day() -> None:
    text = "period: {from: 2020-12-21, to: 2021-01-10}\nproposal: {attendance: {orders: [lockdown-december-2020]}}\n"
    scenario = scenario_of(text)
    rule = scenario.proposal.sections.attendance.rules[-1]
    assert (rule.from_, rule.to) == (date(2020, 12, 17), date(2021, 1, 10))
    assert "lockdown of 17 December 2020" not in rules_of(scenario)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("attendance: {orders: [suspension-2021]}\n", "did you mean suspension-2020"),
        ("attendance: {orders: [suspension-2020, 3]}\n", "is not a known order"),
        ("law: law-2020\n", "is not a known law"),
        ("proposal: {law: law2022}\n", "did you mean law-2022"),
        ("attendance: {rules: [{rule: digital_only, places: [Region Nordjyland]}]}\n", "is not a municipality"),
        ("attendance: {rules: [{rule: digital_only, held_to: 2022-01-01}]}\n", "add applies_by: called"),
        ("attendance: {rules: [{rule: digital_only, applies_by: met}]}\n", "allowed: held, called"),
        ("attendance: {rules: [{rule: digital_only, conversations: second}]}\n", "allowed: all, first, later"),
        ("attendance: {rules: [{rule: digital_only, trigger: {at_least_per_100k: 200}}]}\n", "waits for an incidence"),
        ("attendance: {orders: [automatic-lockdown-2021]}\n", "automatic-lockdown-2021 waits for an incidence"),
        ("infection: {links: [illness]}\n", "need a series"),
        ("infection: {series: ssi-weekly, links: [fear]}\n", "allowed: take_up, illness, worth"),
        ("proposal: {infection: {series: ssi-weekly}}\n", "stands for both arms"),
        (
            "infection: {series: ssi-weekly}\nattendance: {rules: [{rule: digital_only, "
            "trigger: {at_least_per_100k: 100, below_per_100k: 200}}]}\n",
            "the rule would end while it begins",
        ),
    ],
)
def test_a_wrong_order_law_or_condition_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(InputError) as wrong:
        scenario_of(text)
    (fault,) = wrong.value.faults
    assert words in str(fault)
    assert fault.line >= 3


def test_rules_of_one_list_that_contradict_each_other_are_refused() -> None:
    rule = "{{rule: {kind}, from: 2021-12-20, to: 2021-12-31, places: [{places}]}}"
    both = [rule.format(kind="digital_only", places="Odense, Ærø"), rule.format(kind="suspended", places="Ærø, 461")]
    with pytest.raises(InputError, match=r"attendance.rules\[2\]: says something else than \[1\]"):
        scenario_of(f"attendance: {{rules: [{both[0]}, {both[1]}]}}\n")
    with pytest.raises(InputError, match=r"proposal.attendance.rules\[2\]"):
        scenario_of(f"proposal: {{attendance: {{rules: [{both[0]}, {both[1]}]}}}}\n")


def test_rules_that_are_laid_over_each_other_do_not_contradict() -> None:
    whole = "{rule: office_chooses, from: 2021-12-20, to: 2022-01-10}"
    week = "{rule: digital_only, from: 2021-12-27, to: 2021-12-31}"
    place = "{rule: suspended, from: 2021-12-20, to: 2022-01-10, places: [Odense]}"
    scenario_of(f"attendance: {{rules: [{whole}, {week}, {place}, {whole}]}}\n")


def test_each_day_has_its_own_law_where_no_rule_set_is_named() -> None:
    assert rules_of(scenario_of("")) == ["physical attendance", "own choice after six months"]
    found = changes_of(scenario_of(YEAR_2026))
    assert "2024: no jobsamtaler at the jobcentre in the first three months" in found
    assert "2026: two jobsamtaler in the a-kasse, 75 per cent" in found
    assert "2024: three jobsamtaler in the a-kasse in three months" not in found, "ended with June 2026"


def test_a_rule_set_holds_on_all_days_without_its_dates() -> None:
    scenario = scenario_of("law: law-2023\n")
    assert rules_of(scenario) == [
        "physical attendance (law-2023)",
        "own choice after the first conversation (law-2023)",
        "own choice of rådighedssamtaler (law-2023)",
    ]
    assert all(rule.from_ is None for rule in scenario.baseline.sections.attendance.rules)


def test_the_rule_set_of_an_arm_holds_in_the_period_and_the_law_of_both_around_it() -> None:
    scenario = scenario_of(YEAR_2026 + "baseline: {law: law-2024}\n")
    found = changes_of(scenario)
    assert found["2024: three jobsamtaler in the a-kasse in three months (law-2024)"] == (
        date(2026, 9, 1),
        date(2026, 9, 30),
    )
    shared = [one for one in scenario.baseline.sections.demand.contact_changes if "a-kasse, 75" in one.name]
    assert [(one.from_, one.to) for one in shared] == [
        (date(2026, 7, 1), date(2026, 8, 31)),
        (date(2026, 10, 1), None),
    ]
    assert len([one for one in scenario.proposal.sections.demand.contact_changes if "a-kasse, 75" in one.name]) == 1


def test_the_contact_rule_decides_which_law_on_contact_is_read() -> None:
    observed, statutory = scenario_of(YEAR_2026), scenario_of(YEAR_2026 + "demand: {contact_rule: statutory}\n")
    asked = "2026: four jobsamtaler with job-ready, 75 per cent"
    assert asked not in changes_of(observed)
    assert asked in changes_of(statutory)


def test_groups_are_closed_to_new_cases_by_law_and_for_both_arms() -> None:
    closed = scenario_of(YEAR_2026).baseline.sections.demand.closed_groups
    assert [(one.groups, one.from_, one.draft) for one in closed] == [(("ressourceforloeb",), date(2026, 7, 1), True)]
    assert not scenario_of("").baseline.sections.demand.closed_groups
    with pytest.raises(InputError, match="stands for both arms"):
        scenario_of("proposal: {demand: {closed_groups: [{groups: [jobparat]}]}}\n")
