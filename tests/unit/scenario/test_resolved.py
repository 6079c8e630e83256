"""A resolved scenario stands alone and reads back to the same outcome."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.scenario import Scenario, read_scenario, resolved
from tests.unit.scenario.small_facts import PERIOD, Desk

SHIPPED = sorted((Path(__file__).parents[3] / "scenarios").glob("*.yaml"))
FULL = """extends: below
facts: {file: own.yaml, extrapolate: true}
known_as_of: 2021-12-01
published: {converted: 12.3450}
places: [Ærø]
title: "a: b # c"
calendar: {closure_weeks: [2021-W51], customary: {december_24: ja}}
attendance: {take_up_scale: 12.3450, rules: [{rule: office_chooses, take_up: 0.125, from: 2022-01-01}]}
effects: {params: {relative_effect: {value: 0.5, low: 0.4, high: 0.6, kind: calibrated, reason: "why: because"}}}
proposal:
  calendar: {closure_weeks: []}
  attendance: {take_up: 0.3, rules: [{rule: suspended, types: [jobsamtale], spell_to_days: 10.000}]}
  delivery: {priority: {jobsamtale: 1}, capacity: [{scale: 0.95}]}
"""


def same(one: Scenario, other: Scenario) -> None:
    apart = {"facts"}
    assert one.sections.model_dump(exclude=apart) == other.sections.model_dump(exclude=apart)
    assert one.sections.facts.extrapolate == other.sections.facts.extrapolate
    for mine, theirs in zip(one.arms, other.arms, strict=True):
        assert mine.sections == theirs.sections
        assert set(mine.values.rows()) == set(theirs.values.rows())


@pytest.mark.parametrize("everything", [False, True])
def test_reads_back_to_the_same(desk: Desk, everything: bool) -> None:
    desk.write(
        "demand: {scale: {value: 2.125, unit: factor, source: own, low: 1, high: 3}}\n".replace("2.125", "'2,125'")
        + "saldo: {price_index: {year_2022: {value: 105, unit: index, source: own}}}\n",
        "own.yaml",
    )
    desk.write(
        PERIOD + "demand: {contact_changes: [{scale: 2}]}\nproposal: {demand: {contact_rule: statutory}}", "below.yaml"
    )
    scenario = desk.read(FULL, "delivery.minutes=66", "proposal.delivery.minutes=3")
    text = scenario.resolved_text(everything=everything)
    again = desk.open(desk.write(text, "scenario.resolved.yaml"))
    same(scenario, again)
    assert again.resolved_text(everything=everything).splitlines()[1:] == text.splitlines()[1:]
    assert "extends" not in text and "own.yaml\n" not in text.partition("demand:")[0].split("\n", 1)[1]
    assert ("year_2020" in text) == everything


def test_only_what_differs_is_written_unless_asked(desk: Desk) -> None:
    tree = desk.read("demand: {scale: 2}").resolved()
    assert set(tree) == {"name", "period", "demand"}
    assert tree["demand"]["scale"]["value"] == 2.0
    assert set(desk.read("title: a").resolved(everything=True)) >= {
        "demand",
        "attendance",
        "delivery",
        "effects",
        "saldo",
    }


def test_plain_data_of_the_standard_dumper_is_read_too(desk: Desk) -> None:
    scenario = desk.read("demand: {scale: 12,3450 }".replace("12,3450 ", "'12,345'"))
    same(scenario, desk.open(desk.write(yaml.safe_dump(scenario.resolved()), "again.yaml")))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_scenarios_read_back(desk: Desk, path: Path) -> None:
    scenario = read_scenario(path)
    for everything in (False, True):
        same(scenario, read_scenario(desk.write(scenario.resolved_text(everything=everything), "resolved.yaml")))


@pytest.mark.parametrize(
    "setting",
    [
        "delivery.run_on_weeks={least: 5, most: 13}",
        "delivery.warm_up_weeks=5",
        "demand.stock_series=constant",
        "demand.closed_groups=[{groups: [dagpenge]}]",
    ],
)
def test_a_setting_of_what_both_arms_share_reads_back(desk: Desk, setting: str) -> None:
    """A setting holds for both arms, but what cannot differ between them is written once, above them."""
    scenario = read_scenario(SHIPPED[0], [setting])
    same(scenario, read_scenario(desk.write(scenario.resolved_text(everything=True), "resolved.yaml")))


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.dates())
TEXTS = st.text(max_size=20) | st.text("ab .,:-_#&*!|>'\"%@`{}[]?\\\n\u00e6\u0085\U0001f600", max_size=40)
TREES = st.recursive(
    SCALARS | TEXTS,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(TEXTS, below, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300)
@given(tree=st.dictionaries(TEXTS, TREES, max_size=4))
def test_the_quick_writer_says_what_that_of_python_says(tree: dict[str, object]) -> None:
    """To the letter, with and without compiled YAML: the id of a run hangs on it. Keys of a scenario are short."""
    written = yaml.dump(tree, Dumper=resolved._Dumper, sort_keys=False, allow_unicode=True, width=10_000)
    assert resolved.text_of_tree(tree, "head") == f"# head\n{written}"
