"""Layers laid on each other: facts, facts file, extended files, the file, the arm, the command line."""

from __future__ import annotations

from datetime import date

import pytest

from simulator.errors import InputError
from tests.unit.scenario.small_facts import PERIOD, Desk

DAGPENGE = "attendance.take_up.dagpenge"
OTHER = "attendance.take_up.ressourceforloeb"
PAIR = "attendance: {take_up: {dagpenge: %s}}\n"


def test_a_higher_layer_wins_and_is_named(desk: Desk) -> None:
    desk.write(
        "attendance: {take_up: {dagpenge: {value: 0.1, unit: share, source: own count, date: 2021-01-01}}}",
        "own.yaml",
    )
    desk.write(PERIOD + PAIR % 0.2, "below.yaml")
    text = "extends: below\n"
    assert desk.read("title: a").baseline.values.row(DAGPENGE).layer == "facts"
    assert desk.read("facts: own.yaml").baseline.values.row(DAGPENGE).layer == "facts file own.yaml"
    assert desk.read(text + "facts: own.yaml").baseline.values.row(DAGPENGE).layer == "scenario below"
    above = desk.read(text + PAIR % 0.3 + "proposal: {attendance: {take_up: {dagpenge: 0.4}}}")
    assert above.baseline.values.row(DAGPENGE).layer == "scenario mine"
    assert above.proposal.values.row(DAGPENGE).layer == "proposal"
    assert (above.baseline.values[DAGPENGE], above.proposal.values[DAGPENGE]) == (0.3, 0.4)
    setting = desk.read(text + "proposal: {attendance: {take_up: {dagpenge: 0.4}}}", f"{DAGPENGE}=0,5")
    assert [arm.values[DAGPENGE] for arm in setting.arms] == [0.5, 0.5]
    assert setting.proposal.values.row(DAGPENGE).layer == "command line"
    one = desk.read(text, f"proposal.{DAGPENGE}=0.5", f"{DAGPENGE}=0.6", f"baseline.{DAGPENGE}=0.7")
    assert [arm.values[DAGPENGE] for arm in one.arms] == [0.7, 0.6]
    assert one.layers == ("facts", "scenario below", "scenario mine", "command line")


def test_one_number_for_a_table_sets_all_of_it(desk: Desk) -> None:
    values = desk.read("effects: {params: {relative_effect: 0.5}}").baseline.values
    assert values.under("effects.params.relative_effect") == {"cv_samtale": 0.5, "jobsamtale": 0.5}
    after = desk.read("effects: {params: {relative_effect: {jobsamtale: 0.2}}}", "effects.params.relative_effect=0.5")
    assert set(after.baseline.values.under("effects.params.relative_effect").values()) == {0.5}
    ranged = desk.read(
        "effects: {params: {relative_effect: {value: 0.5, low: 0.4, high: 60 %, kind: calibrated, reason: r}}}"
    )
    row = ranged.baseline.values.row("effects.params.relative_effect.jobsamtale")
    assert (row.value, row.low, row.high, row.kind, row.reason) == (0.5, 0.4, 0.6, "calibrated", "r")


def test_a_plain_number_is_a_point(desk: Desk) -> None:
    row = desk.read(PAIR % 0.3).baseline.values.row(DAGPENGE)
    assert (row.unit, row.low, row.high, row.kind, row.source) == ("share", None, None, "assumption", "scenario mine")


def test_a_range_alone_keeps_the_number(desk: Desk) -> None:
    row = desk.read(PAIR % "{low: 0.3, high: 0.5}").baseline.values.row(DAGPENGE)
    assert (row.value, row.low, row.high, row.source, row.layer) == (0.45, 0.3, 0.5, "paper", "scenario mine")


def test_lists_of_an_arm_are_laid_on_top_and_other_lists_replace(desk: Desk) -> None:
    desk.write(
        PERIOD
        + "attendance: {rules: [{name: a, rule: suspended}]}\n"
        + "proposal: {attendance: {rules: [{name: b, rule: suspended}]}}",
        "below.yaml",
    )

    def named(text: str, *sets: str) -> list[list[str]]:
        scenario = desk.read(text, *sets)
        return [[rule.name for rule in arm.sections.attendance.rules[2:]] for arm in scenario.arms]

    assert named("extends: below") == [["a"], ["a", "b"]]
    assert named("extends: below\nattendance: {rules: [{name: c, rule: suspended}]}") == [["c"], ["c", "b"]]
    assert named("extends: below\nproposal: {attendance: {rules: [{name: d, rule: suspended}]}}") == [["a"], ["a", "d"]]
    assert named("extends: below", "proposal.attendance.rules=[]") == [["a"], ["a"]]
    assert named("extends: below", "attendance.rules=[]") == [[], ["b"]]
    assert named("extends: below", "baseline.attendance.rules=[{name: e, rule: suspended}]") == [["a", "e"], ["a", "b"]]


@pytest.mark.parametrize(
    ("section", "key", "entry"),
    [
        ("closures", "periods", "{from: 2022-01-03}"),
        ("demand", "contact_changes", "{scale: 2}"),
        ("delivery", "capacity", "{scale: 2}"),
    ],
)
def test_dated_lists_are_appended_in_an_arm(desk: Desk, section: str, key: str, entry: str) -> None:
    scenario = desk.read(f"{section}: {{{key}: [{entry}]}}\nproposal: {{{section}: {{{key}: [{entry}]}}}}")
    counts = [len(getattr(getattr(arm.sections, section), key)) for arm in scenario.arms]
    assert counts == [1, 2]


def test_closure_weeks_of_an_arm_replace_and_a_setting_wins_over_both(desk: Desk) -> None:
    text = "calendar: {closure_weeks: [2021-W51]}\nproposal: {calendar: {closure_weeks: [2021-W52]}}"
    assert [arm.sections.calendar.closure_weeks for arm in desk.read(text).arms] == [("2021-W51",), ("2021-W52",)]
    setting = desk.read(text, "calendar.closure_weeks=[]")
    assert [arm.sections.calendar.closure_weeks for arm in setting.arms] == [(), ()]


def test_structure_set_on_the_command_line(desk: Desk) -> None:
    scenario = desk.read(
        "title: a", "period.from=03.01.2022", "places=[Odense, 751]", "proposal.delivery.priority={jobsamtale: 2}"
    )
    assert scenario.sections.period.from_ == date(2022, 1, 3)
    assert scenario.sections.places == ("461", "751")
    assert [arm.sections.delivery.priority for arm in scenario.arms] == [{}, {"jobsamtale": 2}]
    assert desk.read("title: a", "published={converted: 10}", "published.other=2").sections.published == {
        "converted": 10,
        "other": 2,
    }


def test_known_as_of_takes_the_vintage_of_the_day(desk: Desk) -> None:
    def value(day: str) -> float:
        return desk.read(f"known_as_of: {day}").baseline.values["saldo.value_kr"]

    assert desk.read("title: a").baseline.values["saldo.value_kr"] == 320_000
    assert value("2021-08-31") == 300_000
    assert value("30.08.2021") == 290_000


def test_what_was_not_yet_known_is_refused_unless_it_is_set(desk: Desk) -> None:
    fault = desk.fault("known_as_of: 2020-01-01")
    assert "saldo.value_kr was not yet known: it was published 2020-08-31" in fault.message
    assert (fault.line, fault.path) == (2, "known_as_of")
    assert desk.read("known_as_of: 2020-01-01\nsaldo: {value_kr: 250000}").baseline.values["saldo.value_kr"] == 250_000


def test_entries_of_a_dated_table_that_were_not_yet_known_are_left_out(desk: Desk) -> None:
    values = desk.read("known_as_of: 2021-12-17").baseline.values
    assert values.under("saldo.price_index") == {"year_2020": 100.0}
    assert "saldo.price_index.year_2021" not in values
    with pytest.raises(InputError, match="published 2022-01-01"):
        values["saldo.price_index.year_2021"]


def test_a_use_is_recorded_for_both_arms_together(desk: Desk) -> None:
    scenario = desk.read("title: a")
    values = scenario.baseline.values
    assert values.row("demand.scale").value == 1 and "demand.scale" in values and len(list(values)) == len(values)
    assert values.used == set()
    assert values["demand.scale"] == 1
    scenario.proposal.values.under("attendance.take_up")
    assert values.get("no.such.key", 3.0) == 3.0
    assert values.under("delivery.minutes") == {"": 80.0}
    assert values.used == {"demand.scale", DAGPENGE, OTHER, "delivery.minutes"}
    with pytest.raises(KeyError, match=r"did you mean demand\.scale"):
        values["demand.skale"]


OVERLAY_FAULTS = [
    ("demand: {scale: 2}", "is a bare value"),
    ("demand: {scale: {value: 2, source: s}}", "unit `` is not the unit of this value; allowed: factor"),
    ("demand: {scale: {value: 2, unit: factor}}", "has no source"),
    ("demand: {scale: {value: -2, unit: factor, source: s}}", "at least 0"),
    ("demand: {scale: {value: 1, unit: factor, source: s, low: 2}}", "lies above the value"),
    ("demand: {scale: {value: 1, unit: factor, source: s, kind: k}}", "is unknown; allowed: fact"),
    ("demand: {skale: {value: 1, unit: factor, source: s}}", "did you mean scale?"),
    ("wages: {mean: {value: 1, unit: kr, source: s}}", "neither a known value"),
    ("saldo: {price_index: {year_2022: {value: 1, unit: kr, source: s}}}", "allowed: index"),
    ("demand: {scale: {value: 1, unit: factor, source: s, colour: red}}", "unknown key"),
    ("demand: {scale: {values: [], unit: factor, source: s}}", "has no vintage"),
]


@pytest.mark.parametrize(("text", "words"), OVERLAY_FAULTS, ids=[case[0] for case in OVERLAY_FAULTS])
def test_faults_of_a_facts_file(desk: Desk, text: str, words: str) -> None:
    desk.write(text, "own.yaml")
    fault = desk.fault("facts: own.yaml")
    assert words in fault.message
    assert fault.where.endswith("own.yaml") and fault.line == 1


def test_a_facts_file_may_add_to_a_known_table_and_carry_vintages(desk: Desk) -> None:
    desk.write(
        """
saldo:
  price_index:
    year_2022: {value: "105,5", unit: index, source: own}
  value_kr:
    unit: kr per person-year
    source: own
    values: [{value: 1000, published: 2021-01-01}, {value: 2000, published: 2022-01-01}]
""",
        "own.yaml",
    )
    values = desk.read("facts: {file: own.yaml}\nknown_as_of: 2021-12-01").baseline.values
    assert values["saldo.price_index.year_2022"] == 105.5
    assert values.row("saldo.price_index.year_2022").layer == "facts file own.yaml"
    assert values["saldo.value_kr"] == 1000


def test_the_facts_file_is_looked_for_beside_the_file_that_names_it(desk: Desk) -> None:
    (desk.folder / "sub").mkdir()
    desk.write("demand: {scale: {value: 2, unit: factor, source: s}}", "sub/own.yaml")
    desk.write(PERIOD + "facts: own.yaml", "sub/below.yaml")
    assert desk.read("extends: sub/below").baseline.values["demand.scale"] == 2
    assert desk.read("extends: sub/below\nfacts: {file: null}").baseline.values["demand.scale"] == 1
