"""The figures in README and docs are those that were measured, and the measurement is of this code."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli import group
from simulator.control import control_of
from simulator.pipeline import setting_of
from simulator.scenario import read_scenario

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("fill", ROOT / "docs" / "fill.py")
assert _spec is not None
assert _spec.loader is not None
fill = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fill)
COLUMNS = ("in_order", "alone", "in_reverse")
MEASURED = json.loads((ROOT / "docs" / "measured.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", fill.PAGES, ids=lambda page: page.name)
def test_text_is_what_was_measured(page: Path) -> None:
    """A figure typed by hand, or left behind by a change, turns this red; `make docs-numbers` mends it."""
    text = page.read_text(encoding="utf-8")
    assert fill.filled(text, MEASURED) == text


RIVALS = [name for name in fill.scenarios_named() if name.startswith(fill.RIVALS)]


@pytest.mark.parametrize("name", RIVALS)
def test_measurement_of_rivals_is_of_this_code(name: str) -> None:
    """The control of each model, once more."""
    for model, row in MEASURED[name].items():
        path = ROOT / "scenarios" / f"{name.removeprefix(fill.RIVALS)}.yaml"
        setting = setting_of(read_scenario(path, [f"effects.model={model}"]))
        control = control_of(setting.scenario, setting.calendars, setting.span, setting.places)
        assert row["control_mio_kr"] == pytest.approx(control.total("employment_effect_kr") / 1e6, rel=1e-9)
        assert row["model"] == model


ELSEWHERE = (*fill.BRIDGES, *RIVALS, *fill.ANSWERS)
SCENARIOS = [name for name in fill.scenarios_named() if name not in ELSEWHERE]


def test_measured_answers_are_of_this_code() -> None:
    """Of a chain that is a straight line in a value, both the tornado and the turns are known without a simulation."""
    tornado, turns = MEASURED["tornado-christmas-2021"], MEASURED["turns-christmas-2021"]
    values = read_scenario(ROOT / fill.PUBLISHED).baseline.values
    for key, low, high in (("effects.params.scale", 0.1, 1.0), ("saldo.value_per_person_year_kr", 250_000, 330_000)):
        row, today = tornado[fill.spelled(key)], values.row(key).value
        assert row["low_figure"] == pytest.approx(tornado["today"] * low / today, rel=1e-9)
        assert row["high_figure"] == pytest.approx(tornado["today"] * high / today, rel=1e-9)
        found = turns[fill.spelled(key)]
        assert (found["today"], found["half"], found["double"]) == pytest.approx((today, today / 2, today * 2))
    kept = turns["effects/params/relative_effect"]
    assert (kept["zero"], kept["half"], kept.get("double")) == (pytest.approx(1), pytest.approx(0.5), None)


def test_the_shipped_calibration_comes_out() -> None:
    """The values of the published case are those that the measured calibration found, within what they say."""
    found, values = MEASURED["calibrated-christmas-2021"], read_scenario(ROOT / fill.PUBLISHED).baseline.values
    for key, within in (("attendance.take_up_scale", 0.003), ("effects.params.scale", 0.002)):
        assert found[fill.spelled(key)]["value"] == pytest.approx(values.row(key).value, abs=within)


@pytest.mark.parametrize("name", SCENARIOS)
def test_measurement_is_of_this_code(name: str) -> None:
    """The control needs no simulation, so it can be measured again here."""
    variant = fill.VARIANTS.get(name)
    file = fill.VARIED if variant else name
    scenario = read_scenario(ROOT / "scenarios" / f"{file}.yaml", list(variant or ()))
    setting = setting_of(scenario)
    control = control_of(scenario, setting.calendars, setting.span, setting.places)
    assert MEASURED[name]["converted"]["control"] == pytest.approx(control.total("converted"), rel=1e-9)
    effect = MEASURED[name]["saldo_mio_kr"]["employment_effect"]["control"]
    assert effect == pytest.approx(control.total("employment_effect_kr") / 1e6, rel=1e-9)


@pytest.mark.parametrize("name", fill.BRIDGES)
def test_measurement_of_a_bridge_is_of_this_code(name: str, tmp_path: Path) -> None:
    """The control builds the bridge again for the whole country: from runs of its own, with the same steps."""
    for end in fill.BRIDGES[name]:
        words = ("run", str(ROOT / "scenarios" / f"{end}.yaml"), "--engine", "control", "--no-brief")
        assert CliRunner().invoke(group, [*words, "--out", str(tmp_path / end)]).exit_code == 0
    ends = [str(tmp_path / end) for end in fill.BRIDGES[name]]
    built = CliRunner().invoke(group, ["bridge", *ends, "--out", str(tmp_path / "bridge"), "--no-figure", "--json"])
    found = fill.figures_of_bridge(json.loads(built.stdout))
    measured = MEASURED[name]["control"]
    assert found["total"] == pytest.approx(measured["total"], rel=1e-9)
    for block, step in found["steps"].items():
        assert step == pytest.approx(measured["steps"][block], rel=1e-9, abs=0.011), block


@pytest.mark.parametrize("name", fill.BRIDGES)
def test_a_measured_bridge_adds_up_to_the_oere(name: str) -> None:
    """As it stands on the page: each column of the table, and the runs at both ends."""
    for built in MEASURED[name].values():
        oere = {key: round(built[key] * 100) for key in ("total", "interaction")}
        steps = {column: [round(step[column] * 100) for step in built["steps"].values()] for column in COLUMNS}
        beside = sum(round(amount * 100) for amount in built["program_and_facts"].values())
        assert sum(steps["in_order"]) + beside == sum(steps["in_reverse"]) + beside == oere["total"]
        assert sum(steps["alone"]) + oere["interaction"] + beside == oere["total"]
        assert round(built["new"]["figure"] * 100) - round(built["old"]["figure"] * 100) == oere["total"]


def test_every_figure_of_a_page_stands_between_marks() -> None:
    """The table of the README has no figure of its own beside the marks."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text[text.index("## What it says") : text.index("## Use it")]
    bare = fill.MARK.sub("", table)
    assert not any(character.isdigit() for line in bare.splitlines() if line.startswith("|") for character in line[60:])


def test_the_page_of_the_replay_states_the_settings_of_its_lines() -> None:
    """What differs from the year as it stands can be copied from the page."""
    text = (ROOT / "docs" / "history.md").read_text(encoding="utf-8")
    for settings in fill.VARIANTS.values():
        assert all(setting in text for setting in settings if not setting.startswith("period."))
