"""What a scenario says, read rightly: spelling, places, words, names and law."""

from __future__ import annotations

from datetime import date

import pytest

from simulator.scenario import Scenario
from tests.unit.scenario.small_facts import PERIOD, Desk

PLAIN = """period: {from: 2021-12-19, to: 2022-01-16}
title: Christmas
places: ["492", "461"]
demand: {scale: 1.1}
attendance:
  law: true
  take_up: {dagpenge: 0.65}
  rules:
    - {rule: office_chooses, types: [rehabiliteringsmoede], groups: [ressourceforloeb], take_up: 0.5, from: 2021-12-19}
calendar: {closure_weeks: [2021-W51], customary: {december_24: false}}
run: {replications: 10000}
effects: {params: {weeks: {dagpenge: -0.2}}}
"""
DANISH = """period:
  from: 19.12.2021
  to: 16. 1.2022
title:\u00a0Christmas
places: [Ærø, Odense Kommune]
demand:
  scale: 110\u00a0%
attendance:
  law: ja
  take_up:
    dagpenge: 65 pct.
  rules:
    - rule: office_chooses
      types: [rehabiliteringsmøde]
      groups: [Ressourceforløb]
      take_up: 0,5
      from: 19-12-2021
calendar:
  closure_weeks: [2021-51]
  customary: {december_24: nej}
run: {replications: 10.000}
effects:
  params:
    weeks:
      dagpenge: \u22120,2
"""


def outcome(scenario: Scenario) -> tuple[object, ...]:
    return (scenario.sections, *((arm.sections, arm.values.rows()) for arm in scenario.arms))


def test_danish_and_plain_spelling_are_the_same(desk: Desk) -> None:
    assert outcome(desk.read(PLAIN)) == outcome(desk.read(DANISH))


@pytest.mark.parametrize("change", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n"), lambda t: t.rstrip()])
def test_byte_order_mark_and_line_ends_change_nothing(desk: Desk, change) -> None:  # type: ignore[no-untyped-def]
    assert outcome(desk.read(DANISH)) == outcome(desk.read(change(DANISH).encode()))


def test_what_was_read(desk: Desk) -> None:
    scenario = desk.read(DANISH)
    assert scenario.name == "mine"
    assert scenario.sections.period.to == date(2022, 1, 16)
    assert scenario.sections.places == ("492", "461")
    assert scenario.sections.run.replications == 10_000
    assert scenario.sections.calendar.customary == {"december_24": False}
    assert scenario.baseline.values["attendance.take_up.dagpenge"] == 0.65
    assert scenario.baseline.values["effects.params.weeks.dagpenge"] == -0.2
    assert scenario.baseline.values["demand.scale"] == 1.1


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Ærø", "492"), ("Aeroe", "492"), ("aero", "492"), ("0461", "461"), ("Odense", "461"), ("ODENSE", "461"),
        ("Odense Kommune", "461"), ("Københavns Kommune", "101"), ("Kobenhavn", "101"), ("Koebenhavn", "101"),
        ("Åbenrå", "580"), ("Aabenraa", "580"), ("Århus", "751"), ("Arhus", "751"), ("751", "751"), ('"751"', "751"),
    ],
)  # fmt: skip
def test_a_municipality_has_many_spellings(desk: Desk, written: str, code: str) -> None:
    assert desk.read(f"places: [{written}]").sections.places == (code,)
    assert desk.read("title: a", f"places={written}").sections.places == (code,)


def test_all_places_and_places_twice(desk: Desk) -> None:
    assert desk.read("places: all").sections.places == ()
    assert desk.read("places: []").sections.places == ()
    assert desk.read("places: [Odense, 461, Ærø]").sections.places == ("461", "492")


def test_words_go_by_their_danish_names(desk: Desk) -> None:
    scenario = desk.read(
        "attendance: {rules: [{rule: suspended, types: [CV-samtaler, Møder i rehabiliteringsteamet]}]}\n"
        "closures: {periods: [{office_kinds: [A-kasse]}]}\n"
    )
    assert scenario.sections.attendance.rules[0].types == ("cv_samtale", "rehabiliteringsmoede")
    assert scenario.sections.closures.periods[0].office_kinds == ("a_kasse",)


def test_law_comes_first_then_the_scenario_then_the_arm(desk: Desk) -> None:
    rules = "{attendance: {rules: [{rule: suspended}, {name: mine, rule: suspended}]}}"
    text = f"attendance: {{rules: [{{rule: digital_only}}]}}\nproposal: {rules}"
    scenario = desk.read(text)
    named = ["physical attendance", "law rule 2", "scenario rule 1"]
    assert [rule.name for rule in scenario.baseline.sections.attendance.rules] == named
    assert [rule.name for rule in scenario.proposal.sections.attendance.rules] == [*named, "proposal rule 1", "mine"]
    assert scenario.baseline.sections.attendance.rules[1].spell_from_days == 182
    assert scenario.baseline.sections.attendance.rules[1].from_ == date(2022, 1, 1)
    without = desk.read("proposal: {attendance: {law: false}}")
    assert len(without.baseline.sections.attendance.rules) == 2
    assert without.proposal.sections.attendance.rules == ()


def test_a_name_is_the_files_own(desk: Desk) -> None:
    desk.write(PERIOD + "name: below\ntitle: T", "below.yaml")
    scenario = desk.read("extends: below.yaml")
    assert (scenario.name, scenario.sections.title) == ("mine", "T")
    assert scenario.layers == ("facts", "scenario below", "scenario mine")


def test_a_file_may_extend_without_yaml_and_from_another_folder(desk: Desk) -> None:
    (desk.folder / "sub").mkdir()
    desk.write(PERIOD + "demand: {scale: 2}", "below.yaml")
    path = desk.write(b"extends: ../below\n", "sub/above.yaml")
    assert desk.open(path).baseline.values["demand.scale"] == 2


def test_files_that_extend_each_other_in_a_circle_are_refused_with_the_chain(desk: Desk) -> None:
    desk.write("extends: b", "a.yaml")
    desk.write("extends: mine", "b.yaml")
    fault = desk.fault("extends: a")
    assert "mine.yaml -> a.yaml -> b.yaml -> mine.yaml" in fault.message
    assert fault.where.endswith("b.yaml")
    assert "mine.yaml -> mine.yaml" in desk.fault("extends: mine").message


def test_empty_sections_say_nothing(desk: Desk) -> None:
    desk.write(PERIOD + "demand: {contact_rule: statutory}", "below.yaml")
    scenario = desk.read("extends: below\nbaseline:\nproposal:\ndemand:\nattendance:\n")
    assert scenario.sections.demand.contact_rule == "statutory"


def test_published_figures_and_notes_are_kept(desk: Desk) -> None:
    scenario = desk.read("published: {converted: 10000, employment_effect_mio_kr: -5.0}\nnote: |\n  a\n  b\n")
    assert scenario.sections.published == {"converted": 10_000.0, "employment_effect_mio_kr": -5.0}
