"""Laws of the entrance: damage is refused with a place, spelling changes nothing, and layers merge lawfully."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.errors import InputError
from simulator.facts.tree import Faults, Place, Scalar, Table
from simulator.scenario import Scenario
from simulator.scenario.layers import overlay
from tests.unit.scenario.small_facts import PERIOD, Desk

WHOLE = """# a scenario
name: mine
title: "Jul: 2021"
period: {from: 19.12.2021, to: 2022-01-16}
places: [Ærø, 461, "751"]
known_as_of: 2022-12-01
published: {converted: 10000, employment_effect_mio_kr: -5.0}
calendar:
  closure_weeks: [2021-W51, 2021-W52]
  customary: {december_24: nej}
demand: {scale: 110 %, contact_changes: [{from: 2022-01-01, types: [jobsamtale], scale: 0.5}]}
attendance:
  take_up: {dagpenge: {value: 0.65, low: 0.5, high: 0.7, kind: calibrated, reason: why not}}
  rules:
    - rule: physical_only
      exception_share: 0.33
effects: {params: {relative_effect: 0.5, weeks: {dagpenge: -0.2}}}
proposal:
  attendance:
    rules:
      - {rule: office_chooses, from: 19.12.2021, types: [rehabiliteringsmøde], take_up: 0.5}
  delivery: {capacity: [{scale: 0.95, office_kinds: [jobcentre]}], priority: {jobsamtale: 1}}
run: {seed: 7, replications: 10.000}
"""
RELATIVE = "effects.params.relative_effect"
PIECES = [
    *["\t", "  ", "- ", ": ", "{", "}", "[", "]", '"', "'", "&a ", "*a", "!x ", "|", ">", "#", "%", "@", "\n", "---\n"],
    *["\u00a0", "\u2212", "\ufeff", "\x00", "\x85", ",5", "1.000", "nan", "null", "~", "? ", "<<: ", "ø", "9" * 60],
]


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with tempfile.TemporaryDirectory() as folder:
        yield Desk(Path(folder))


def damaged(seed: int) -> bytes:
    """Return the scenario with one to four kinds of damage."""
    chance = random.Random(seed)
    content = WHOLE.encode()
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(content) + 1), chance.randint(1, 12)
        match chance.randrange(6):
            case 0:
                content = content[:at] + content[at + length :]
            case 1:
                content = content[:at] + content[at : at + length] * 2 + content[at + length :]
            case 2:
                content = content[:at] + chance.choice(PIECES).encode() + content[at:]
            case 3:
                lines = content.splitlines(keepends=True) or [b""]
                one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
                lines[one], lines[other] = lines[other], lines[one]
                content = b"".join(lines)
            case 4:
                content = content[:at] + chance.randbytes(length) + content[at:]
            case _:
                content = content[:at]
    return content


def outcome(scenario: Scenario) -> object:
    return (scenario.sections, *((arm.sections, arm.values.rows()) for arm in scenario.arms))


def test_the_whole_scenario_is_read(desk: Desk) -> None:
    assert desk.read(WHOLE).sections.run.replications == 10_000


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_damage_is_read_or_refused_with_a_place(desk: Desk, seed: int) -> None:
    content = damaged(seed)
    try:
        scenario = desk.read(content)
    except InputError as refused:
        assert refused.faults
        for fault in refused.faults:
            assert fault.where and fault.message
            assert "\n" not in str(fault)
            assert fault.line <= content.decode("utf-8", "replace").count("\n") + content.count(b"\r") + 2
    else:
        assert outcome(desk.open(desk.write(scenario.resolved_text(), "again.yaml"))) == outcome(scenario)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    key=st.sampled_from(["demand.scale", "places", "period", "attendance.rules", "proposal", "title", "x"]),
    text=st.text(max_size=30),
)
def test_any_setting_is_read_or_refused(desk: Desk, key: str, text: str) -> None:
    try:
        desk.read(PERIOD, f"{key}={text}")
    except InputError as refused:
        assert {fault.where for fault in refused.faults} <= {"command line"}
        assert not any("\n" in str(fault) for fault in refused.faults)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tenths=st.integers(-999, 999), digits=st.sampled_from([1, 2, 4, 5]))
def test_danish_and_plain_numbers_are_the_same(desk: Desk, tenths: int, digits: int) -> None:
    plain = f"{tenths / 10**digits:.{digits}f}"
    danish = plain.replace(".", ",").replace("-", "\u2212")
    percent = f"{tenths / 10 ** (digits - 2):.{max(digits - 2, 0)}f}".replace(".", ",") + "\u00a0%"
    key = "effects.params.weeks.dagpenge"
    values = [desk.read(PERIOD, f"{key}={text}").baseline.values[key] for text in (plain, danish)]
    assert values[0] == values[1] == float(plain)
    if tenths >= 0 and digits > 1:
        shares = [
            desk.read(PERIOD, f"demand.scale={text}").baseline.values["demand.scale"] for text in (danish, percent)
        ]
        assert shares[0] == shares[1]


LEAF = st.sampled_from(["1", "2", "3"]).map(lambda text: Scalar(text, Place("f", 1, 1)))
TABLE = st.recursive(
    LEAF,
    lambda node: st.dictionaries(st.sampled_from("abc"), node, max_size=3).map(
        lambda entries: Table(entries, dict.fromkeys(entries, Place("f", 1, 1)), Place("f", 1, 1))
    ),
    max_leaves=8,
).filter(lambda node: isinstance(node, Table))


def plain(node: object) -> object:
    if isinstance(node, Table):
        return {key: plain(child) for key, child in node.entries.items()}
    assert isinstance(node, Scalar)
    return node.text


@settings(max_examples=150)
@given(one=TABLE, two=TABLE, three=TABLE)
def test_laws_of_laying_over(one: Table, two: Table, three: Table) -> None:
    nothing = Table({}, {}, Place("f"))
    assert plain(overlay(one, nothing)) == plain(overlay(nothing, one)) == plain(one)
    assert plain(overlay(one, one)) == plain(one)
    below = overlay(one, two)
    assert plain(overlay(below, two)) == plain(below)
    assert set(below.entries) == set(one.entries) | set(two.entries)
    assert set(overlay(below, three).entries) == set(below.entries) | set(three.entries)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=st.lists(st.integers(0, 9), min_size=1, max_size=4), arm=st.sampled_from(["", "baseline.", "proposal."]))
def test_the_last_setting_wins_and_touches_its_arm_only(desk: Desk, numbers: list[int], arm: str) -> None:
    untouched = desk.read(PERIOD).baseline.values["delivery.minutes"]
    scenario = desk.read(PERIOD, *(f"{arm}delivery.minutes={number}" for number in numbers))
    touched = {"": {"baseline", "proposal"}, "baseline.": {"baseline"}, "proposal.": {"proposal"}}[arm]
    for one in scenario.arms:
        assert one.values["delivery.minutes"] == (numbers[-1] if one.name in touched else untouched)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sets=st.lists(st.tuples(st.sampled_from([RELATIVE, f"{RELATIVE}.jobsamtale"]), st.integers(0, 10)), max_size=5))
def test_a_number_for_a_table_is_the_same_as_a_number_for_each(desk: Desk, sets: list[tuple[str, int]]) -> None:
    names = (f"{RELATIVE}.cv_samtale", f"{RELATIVE}.jobsamtale")
    each = [(name, tenth) for key, tenth in sets for name in names if name.startswith(key)]
    together = desk.read(PERIOD, *(f"{key}={tenth / 10}" for key, tenth in sets))
    apart = desk.read(PERIOD, *(f"{key}={tenth / 10}" for key, tenth in each))
    numbers = [[dict(arm.values) for arm in scenario.arms] for scenario in (together, apart)]
    assert numbers[0] == numbers[1] and together.sections == apart.sections


def test_the_same_fault_is_told_once() -> None:
    faults = Faults()
    for _ in range(3):
        faults.add(Place("f", 1, 1), "a", "b")
    assert len(faults.found) == 1
