"""The register: laid over the values of a scenario, written out with it, and refused with all its faults at once."""

from __future__ import annotations

import pytest

from simulator.facts.standing import NOTHING, Standing
from simulator.scenario import Scenario
from simulator.scenario.model import Value
from tests.unit.scenario.small_facts import Desk

SIGNED = "{owner: an office, grade: 2, expiry: 2026-12-31, signed_off_by: A. B., signed_off_on: 14.1.2022, value: %s}\n"


def row_of(scenario: Scenario, key: str) -> Value:
    return scenario.baseline.values.row(key)


def test_a_register_is_laid_over_the_values(desk: Desk) -> None:
    desk.write("demand.scale: " + SIGNED % "1.1" + "delivery.minutes: {owner: another}\n", "register.yaml")
    scenario = desk.read("register: register.yaml\ndemand: {scale: 1.1}\n")
    signed = row_of(scenario, "demand.scale")
    assert signed.standing == Standing("an office", 2, "2026-12-31", "A. B.", "2022-01-14", 1.1)
    assert signed.standing.holds_for(signed.value)
    assert row_of(scenario, "delivery.minutes").standing == Standing(owner="another")
    assert row_of(scenario, "attendance.take_up_scale").standing == NOTHING
    assert scenario.sections.register_.in_force


def test_a_signature_does_not_hold_for_another_number(desk: Desk) -> None:
    desk.write("demand.scale: " + SIGNED % "1.1", "register.yaml")
    for scenario in (
        desk.read("register: register.yaml\n"),
        desk.read("register: register.yaml\ndemand: {scale: 1.1}\n", "demand.scale=1.2"),
        desk.read("register: register.yaml\ndemand: {scale: 1.1}\n").with_values({"demand.scale": 1.3}),
    ):
        row = row_of(scenario, "demand.scale")
        assert row.standing.signed_off_by == "A. B." and not row.standing.holds_for(row.value)


def test_a_number_of_a_scenario_may_be_signed_where_it_stands(desk: Desk) -> None:
    text = "demand: {scale: {value: 1.1, signed_off_by: A, signed_off_on: 2022-01-14, grade: judgement}}\n"
    row = row_of(desk.read(text), "demand.scale")
    assert row.standing.holds_for(1.1) and row.standing.grade == 2
    over = row_of(desk.read(text, "demand.scale=1.2"), "demand.scale")
    assert over.standing == NOTHING, "a plain number is laid over all that was said of the one below"
    assert not desk.read(text).sections.register_.in_force


def test_where_the_arms_differ_each_has_its_entry(desk: Desk) -> None:
    text = "proposal.attendance.take_up_scale: " + SIGNED % "2" + "proposal.demand.scale: {owner: nobody}\n"
    desk.write(text, "register.yaml")
    scenario = desk.read("register: register.yaml\nproposal: {attendance: {take_up_scale: 2}}\n")
    key = "attendance.take_up_scale"
    assert scenario.proposal.values.row(key).standing.holds_for(2.0)
    assert scenario.baseline.values.row(key).standing == NOTHING
    assert row_of(scenario, "demand.scale").standing == NOTHING, "the arms do not differ in it"


def test_a_scenario_under_a_register_reads_back_without_it(desk: Desk) -> None:
    desk.write("demand.scale: " + SIGNED % "1" + "delivery.minutes: {note: 'seen: yes'}\n", "register.yaml")
    scenario = desk.read("register: {file: register.yaml}\nproposal: {attendance: {take_up_scale: 2}}\n")
    for everything in (False, True):
        text = scenario.resolved_text(everything=everything)
        (desk.folder / "register.yaml").unlink(missing_ok=True)
        again = desk.open(desk.write(text, "again.yaml"))
        assert again.sections.register_.in_force
        for arm, other in zip(scenario.arms, again.arms, strict=True):
            found = {row.key: row.standing for row in other.values.rows()}
            wanted = {row.key: row.standing for row in arm.values.rows()}
            assert found["demand.scale"] == wanted["demand.scale"] and (not everything or found == wanted)


def test_a_register_is_found_beside_the_file_that_names_it(desk: Desk) -> None:
    (desk.folder / "sub").mkdir()
    desk.write("demand.scale: {owner: an office}\n", "sub/register.yaml")
    desk.write("period: {from: 2021-12-19, to: 2022-01-16}\nregister: register.yaml\n", "sub/base.yaml")
    assert row_of(desk.read("extends: sub/base\nname: top\n"), "demand.scale").standing.owner == "an office"
    assert not desk.read("extends: sub/base\nname: top\nregister: {file: null}\n").sections.register_.in_force


def test_all_faults_of_a_register_are_told_at_once_with_their_places(desk: Desk) -> None:
    wrong = """demand.scal: {owner: a}
demand.scale:
  grade: 6
  expiry: 2021-13-01
  value: x
  foo: 1
delivery.minutes: {signed_off_by: A, value: 80}
attendance.take_up_scale: {signed_off_by: A, signed_off_on: 2022-01-14}
effects.params.scale: {expiry: 2022-01-01, signed_off_by: A, signed_off_on: 2022-01-14, value: 1}
effects.params.scale: {owner: b}
saldo.value_kr: 3
retired:
  - {owner: a}
"""
    desk.write(wrong, "register.yaml")
    faults = desk.faults("register: register.yaml\n")
    told = {(fault.line, fault.path): fault.message for fault in faults}
    assert all(fault.where.endswith("register.yaml") and fault.column for fault in faults)
    assert "did you mean demand.scale?" in told[1, "demand.scal"]
    assert "no step of evidence" in told[3, "demand.scale.grade"]
    assert "does not exist" in told[4, "demand.scale.expiry"]
    assert "not a number" in told[5, "demand.scale.value"]
    assert "unknown key" in told[6, "demand.scale.foo"]
    assert "has no day" in told[7, "delivery.minutes.signed_off_on"]
    assert "write the one that was signed" in told[8, "attendance.take_up_scale.value"]
    assert "before the day of the signature" in told[9, "effects.params.scale.expiry"]
    assert "written twice; the first is in line 9" in told[10, "effects.params.scale"]
    assert "must be a table" in told[11, "saldo.value_kr"]
    assert "names no key" in told[13, "retired[1]"]
    assert len(faults) == 11


@pytest.mark.parametrize(
    ("register", "words"),
    [
        (None, "there is no file"),
        ("", "holds nothing at its top"),
        ("- a\n", "holds a list at its top"),
        ("a: [b\n", "is not closed"),
        ("demand: {scale: {owner: a}}\n", "is not the key of a value"),
        ("retired: 3\n", "must be a list"),
        ("demand.scale: [a]\n", "must be a table"),
        ("demand.scale: &x {owner: a}\n", "anchors"),
    ],
)
def test_what_is_no_register_is_refused(desk: Desk, register: str | None, words: str) -> None:
    if register is not None:
        desk.write(register, "register.yaml")
    assert words in desk.fault("register: register.yaml\n").message
