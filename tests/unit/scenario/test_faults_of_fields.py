"""What a scenario says wrongly: each fault with its line, column, path and words, and all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.scenario import read_scenario
from tests.unit.scenario.small_facts import PERIOD, Desk

UP = "attendance: {take_up: {dagpenge: %s}}"
WEEK = "calendar: {closure_weeks: [%s]}"
FAULTS = [
    # text after the period line, column, path, words
    ("demand: {scale: 1.000}", 17, "demand.scale", "two readings; write 1000 without a point, or 1,000 with"),
    ("demand: {scale: nan}", 17, "demand.scale", "not a number"),
    ("demand: {scale: inf}", 17, "demand.scale", "not a number"),
    ("demand: {scale: .inf}", 17, "demand.scale", "not a number"),
    ("demand: {scale: 1e999}", 17, "demand.scale", "too large"),
    ("demand: {scale: 12:30}", 17, "demand.scale", "not a number"),
    ("demand: {scale: -0.5}", 17, "demand.scale", "at least 0 (unit: factor)"),
    ("demand: {scale: [1]}", 17, "demand.scale", "not a list"),
    ("demand: {scale: {a: 1}}", 17, "demand.scale", "not a table"),
    ("demand: {scale: {value: 1, unit: share}}", 34, "demand.scale.unit", "unit of this value; allowed: factor"),
    ("demand: {scale: {value: 1, kind: guess}}", 34, "demand.scale.kind", "is unknown; allowed: fact"),
    ("demand: {scale: {value: 1, low: 2}}", 25, "demand.scale", "low (2) lies above the value (1)"),
    ("demand: {scale: {value: 1, lov: 2}}", 28, "demand.scale.lov", "unknown key; allowed: value"),
    ("demand: {scale: {value: 1, date: 2021-02-30}}", 34, "demand.scale.date", "does not exist"),
    ("demand: 2", 9, "demand", "must be a table"),
    ("delivery: {minutes: -5}", 21, "delivery.minutes", "at least 0 (unit: minutes)"),
    ("delivery: {minutes: 65 %}", 21, "delivery.minutes", "percentage"),
    (UP % "65", 34, "attendance.take_up.dagpenge", "(unit: share), but is 65; did you mean 65 %?"),
    (UP % "101 %", 34, "attendance.take_up.dagpenge", "between 0 and 1"),
    (UP % "-0.1", 34, "attendance.take_up.dagpenge", "between 0 and 1"),
    ("attendance: {take_up: {dagpeng: 0.1}}", 24, "attendance.take_up.dagpeng", "did you mean dagpenge?"),
    ("attendance: {take_up: [1, 2]}", 23, "attendance.take_up", "must be a number or a table"),
    ("effects: {params: 0.5}", 19, "effects.params", "different units"),
    ("effects: {params: {relative_efect: 1}}", 20, "effects.params.relative_efect", "did you mean relative_effect?"),
    ("effects: {model: none_such}", 18, "effects.model", "not a known effect model"),
    ("relative_effect: 0.5", 1, "relative_effect", "did you mean effects.params.relative_effect?"),
    ("demand.scale: 2", 1, "demand.scale", "write tables in each other: demand: {scale: ...}"),
    (f"facts: {'a' * 300}", 8, "facts.file", "there is no file"),
    (f"extends: {'a' * 300}", 10, "extends", "there is no file"),
    ("plces: [Odense]", 1, "plces", "unknown key; allowed: law, calendar, closures"),
    ("places: [Ordense]", 10, "places[1]", "did you mean Odense?"),
    ("places: [Odense, 999]", 18, "places[2]", "not a municipality"),
    ("places: Odense, Aarhus", 9, "places", "write a list"),
    ("places: {a: 1}", 9, "places", "must be a list"),
    ("places: ", 8, "places", "write [] for an empty list"),
    ("places: [[Odense]]", 10, "places[1]", "not a list"),
    (WEEK % "2021-W53", 28, "calendar.closure_weeks[1]", "2021 has weeks 1 to 52"),
    (WEEK % "51", 28, "calendar.closure_weeks[1]", "is not a week"),
    ("calendar: {customary: {december_2: no}}", 24, "calendar.customary.december_2", "mean december_24?"),
    ("calendar: {customary: {december_24: x}}", 37, "calendar.customary.december_24", "neither yes nor no"),
    ("calendar: {customary: 3}", 23, "calendar.customary", "must be a table"),
    ("known_as_of: 2021-13-01", 14, "known_as_of", "does not exist"),
    ("known_as_of: yesterday", 14, "known_as_of", "is not a date"),
    ("run: {seed: -1}", 13, "run.seed", "at least 0"),
    ("run: {seed: 1.5}", 13, "run.seed", "not a whole number"),
    ("run: {replications: 0}", 21, "run.replications", "at least 1"),
    ("name: Jul 2021", 7, "name", "small letters"),
    ("saldo: {caseworker_time_realised: half}", 35, "saldo.caseworker_time_realised", "allowed: none, dut, full"),
    ("demand: {stock_series: [a]}", 24, "demand.stock_series", "not a list"),
    ("demand: {stock_series: ''}", 24, "demand.stock_series", "is not allowed"),
    ("baseline: [1]", 11, "baseline", "must be a table"),
    ("proposal: {period: {from: 2021-01-01}}", 12, "proposal.period", "stands for both arms"),
    ("proposal: {saldo: {value_kr: 1}}", 12, "proposal.saldo", "stands for both arms"),
    ("proposal: {effects: {params: {scale: 2}}}", 12, "proposal.effects", "stands for both arms"),
    ("proposal: {demand: {scal: 2}}", 21, "proposal.demand.scal", "did you mean scale?"),
    ("published: {converted: many}", 24, "published.converted", "not a number"),
    ("facts: none.yaml", 8, "facts.file", "there is no file"),
    ("extends: none", 10, "extends", "there is no file"),
    ("extends: [a]", 10, "extends", "must name one scenario file"),
    (UP % "0,65, ressourceforloeb: 0.1", 35, "attendance.take_up.dagpenge", "comma right before a digit"),
]  # fmt: skip
RULES = [
    ("rule: fysical_only", 14, "rule", "did you mean physical_only?"),
    ("types: [jobsamtlae], rule: suspended", 16, "types[1]", "did you mean jobsamtale?"),
    ("groups: [dagpnge], rule: suspended", 17, "groups[1]", "did you mean dagpenge?"),
    ("take_up: 65, rule: office_chooses", 17, "take_up", "at most 1, but is 65; did you mean 65 %?"),
    ("exception_share: -0.1, rule: physical_only", 25, "exception_share", "at least 0"),
    ("from: 30.02.2022, rule: suspended", 14, "from", "does not exist"),
    ("from: 2022-01-16, to: 2022-01-10, rule: suspended", 30, "to", "ends 2022-01-10, before it begins 2022-01-16"),
    ("spell_from_days: 9, spell_to_days: 9, rule: suspended", 43, "spell_to_days", "not above spell_from_days"),
    ("spell_from_days: half a year, rule: suspended", 25, "spell_from_days", "not a whole number"),
    ("name: nobody", 7, "rule", "is missing"),
    ("ruel: suspended, rule: suspended", 8, "ruel", "did you mean rule?"),
]


@pytest.mark.parametrize(("text", "column", "path", "words"), FAULTS, ids=[case[0] for case in FAULTS])
def test_a_fault_has_place_path_and_words(desk: Desk, text: str, column: int, path: str, words: str) -> None:
    fault = desk.fault(PERIOD + text)
    assert words in fault.message
    assert (fault.line, fault.column, fault.path) == (2, column, path)
    assert str(fault).startswith(f"{desk.folder / 'mine.yaml'}:2:{column}  {path}: ")


def test_a_value_that_is_not_written(desk: Desk) -> None:
    fault = desk.fault(f"{PERIOD}demand:\n  scale:\n")  # the two parsers of YAML differ in its column
    assert (fault.line, fault.path, fault.message) == (
        3,
        "demand.scale",
        "has no number; allowed: a number (unit: factor)",
    )


@pytest.mark.parametrize(("rule", "column", "path", "words"), RULES, ids=[case[0] for case in RULES])
def test_a_fault_of_a_rule(desk: Desk, rule: str, column: int, path: str, words: str) -> None:
    fault = desk.fault(f"{PERIOD}attendance:\n  rules:\n    - {{{rule}}}")
    assert words in fault.message
    assert (fault.line, fault.column, fault.path) == (4, column, f"attendance.rules[1].{path}")


@pytest.mark.parametrize(
    ("block", "path", "words"),
    [
        ("closures: {periods: [{from: 2022-02-01, to: 2022-01-01}]}", "closures.periods[1].to", "before it begins"),
        (
            "closures: {periods: [{office_kinds: [jobcenter]}]}",
            "closures.periods[1].office_kinds[1]",
            "mean jobcentre?",
        ),
        ("demand: {contact_changes: [{scale: -1}]}", "demand.contact_changes[1].scale", "at least 0"),
        ("demand: {contact_changes: [{types: [jobsamtale]}]}", "demand.contact_changes[1]", "changes nothing"),
        ("delivery: {capacity: [{places: [Ribe], scale: 1}]}", "delivery.capacity[1].places[1]", "municipality"),
        ("delivery: {capacity: [{to: 2022-01-01}]}", "delivery.capacity[1].scale", "is missing"),
        ("delivery: {capacity: 3}", "delivery.capacity", "must be a list"),
        ("delivery: {capacity: [3]}", "delivery.capacity[1]", "must be a table"),
        ("delivery: {priority: {kaffe: 1}}", "delivery.priority.kaffe", "not a known conversation type"),
    ],
)
def test_faults_of_dated_blocks(desk: Desk, block: str, path: str, words: str) -> None:
    fault = desk.fault(PERIOD + block)
    assert fault.path == path
    assert words in fault.message


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        ("title: a", "period", "is missing"),
        ("period: {from: 2021-12-19}", "period.to", "is missing"),
        ("period: {from: 2022-01-16, to: 2021-12-19}", "period.to", "before it begins"),
        ("period: {from: 2021-12-19, to: 2031-12-19}", "period.to", "longer than 5 years"),
        ("period: {from: 0021-12-19, to: 2021-12-19}", "period.from", "year 21 is out of reach"),
        ("period: 2021", "period", "must be a table"),
    ],
)
def test_faults_of_the_period(desk: Desk, text: str, path: str, words: str) -> None:
    fault = desk.fault(f"{text}\n".encode())
    assert fault.path == path
    assert words in fault.message


def test_all_faults_are_told_in_order_of_place(desk: Desk) -> None:
    faults = desk.faults(
        "period: {from: 2021-12-19, to: 2021-12-01}\nplaces: [X]\ndemand: {scale: 1.000}\nscle: 3\n"
        "proposal: {attendance: {rules: [{rule: x}]}}\n"
    )
    assert [(fault.line, fault.path) for fault in faults] == [
        (1, "period.to"),
        (2, "places[1]"),
        (3, "demand.scale"),
        (4, "scle"),
        (5, "proposal.attendance.rules[1].rule"),
    ]


def test_faults_of_an_extended_file_and_of_the_facts_file_stand_in_those_files(desk: Desk) -> None:
    desk.write(PERIOD + "demand: {scale: x}\n", "below.yaml")
    desk.write("demand: {scale: {value: 1.000, unit: factor, source: own}}\n", "own.yaml")
    found = {fault.where.rpartition("/")[2] for fault in desk.faults("extends: below\nfacts: own.yaml\nplaces: [X]\n")}
    assert found == {"below.yaml", "own.yaml", "mine.yaml"}


@pytest.mark.parametrize(
    ("setting", "path", "words"),
    [
        ("demand.scale", "", "is not a setting"),
        ("=1", "", "is not a setting"),
        ("demand..scale=1", "", "is not a setting"),
        ("demand.scale=1.000", "demand.scale", "two readings"),
        ("demand.scale=", "demand.scale", "has no number"),
        ("demand.scale=[1", "demand.scale", "is not closed"),
        ("demand.skale=1", "demand.skale", "did you mean scale?"),
        ("extends=other", "extends", "in a scenario file only"),
        ("attendance.rules[1].take_up=0.5", "attendance.rules[1].take_up", "give the whole list"),
        ("period.to=2021-01-01", "period.to", "before it begins"),
        ("places=[0,75]", "places[1]", "comma right before a digit"),
        ("title=&a b", "title", "anchors"),
        ("proposal.saldo.value_kr=1", "proposal.saldo", "stands for both arms"),
    ],
)
def test_faults_of_settings_stand_at_the_command_line(desk: Desk, setting: str, path: str, words: str) -> None:
    fault = desk.fault("title: a", setting)
    assert (fault.where, fault.line, fault.path) == ("command line", 0, path)
    assert words in fault.message


def test_two_codes_in_a_list_are_no_decimal() -> None:
    """Three digits on both sides of the comma are two municipalities, as people write them."""
    scenario = Path(__file__).parents[3] / "scenarios" / "null.yaml"
    assert read_scenario(scenario, ["places=[101,751]"]).sections.places == ("101", "751")
