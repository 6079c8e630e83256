"""`saldo rivals`: one scenario under every effect model, and what it refuses."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group
from simulator.pipeline import plan_of, simulate
from simulator.results.rivals import COLUMNS
from simulator.scenario import read_scenario

SCENARIO = str(Path(__file__).parents[3] / "scenarios" / "christmas-2021.yaml")
SMALL = ("-S", "places=[Samsoe, Laesoe]", "--replications", "2", "--jobs", "1")
MODELS = ["constant_loss", "dose_response", "fading_loss", "hazard"]


def saldo(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments), prog_name="saldo")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, object]]:
    result = saldo("rivals", SCENARIO, *SMALL, "--json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_all_models_stand_on_one_page(rows: list[dict[str, object]]) -> None:
    assert [row["model"] for row in rows] == MODELS
    assert all(tuple(row) == COLUMNS for row in rows)
    assert len({row["converted"] for row in rows[:3]}) == 1, "they value the same conversations"


@pytest.mark.parametrize("model", MODELS)
def test_a_row_is_what_a_run_under_the_model_says(rows: list[dict[str, object]], model: str) -> None:
    scenario = read_scenario(SCENARIO, ("places=[Samsoe, Laesoe]", f"effects.model={model}"))
    headline = simulate(scenario, plan_of(scenario, replications=2)).headline
    row = rows[MODELS.index(model)]
    effect = headline["saldo_mio_kr"]["employment_effect"]
    assert row["saldo_mio_kr"] == effect["mean"]
    assert (row["std_error_mio_kr"], row["control_mio_kr"]) == (effect["std_error"], effect["control"])
    assert row["converted"] == headline["converted"]["mean"]
    assert row["employment_weeks"] == headline["employment_weeks"]["mean"]
    assert row["due_proposal"] == headline["conversations"]["proposal"]["due"]
    assert sum(headline["control_parts_mio_kr"].values()) == row["unforeseen_mio_kr"]


def test_the_page_and_the_file_say_the_same(rows: list[dict[str, object]], tmp_path: Path) -> None:
    result = saldo("rivals", SCENARIO, *SMALL, "--csv", str(tmp_path / "rivals.csv"))
    assert result.exit_code == 0
    for row in rows:
        assert f"{row['model']}: {row['assumes']}" in result.stdout
        assert f"{row['saldo_mio_kr']:,.3f}" in result.stdout
    kept = list(csv.DictReader(StringIO((tmp_path / "rivals.csv").read_text(encoding="utf-8"))))
    assert [row["model"] for row in kept] == MODELS
    assert [float(row["saldo_mio_kr"]) for row in kept] == [row["saldo_mio_kr"] for row in rows]


def test_both_engines_say_the_same(rows: list[dict[str, object]]) -> None:
    other = saldo("rivals", SCENARIO, *SMALL, "--engine", "reference", "--json")
    assert json.loads(other.stdout) == rows


def test_one_replication_has_no_error() -> None:
    result = saldo("rivals", SCENARIO, *SMALL[:2], "--replications", "1")
    assert result.exit_code == 0
    one = saldo("rivals", SCENARIO, *SMALL[:2], "--replications", "1", "--json")
    assert {row["std_error_mio_kr"] for row in json.loads(one.stdout)} == {None}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere.yaml",), "nowhere.yaml"),
        ((SCENARIO, "--engine", "control"), "allowed: fast, reference"),
        ((SCENARIO, "--engine", "slow"), "not among the engines"),
        ((SCENARIO, "--replications", "0"), "allowed: 1 to"),
        ((SCENARIO, "-S", "effects.hazard.multiplier=0.5"), "allowed: 1 to"),
        ((SCENARIO, "-S", "effects.fading.kept_per_meeting=2"), "between 0 and 1"),
    ],
)
def test_what_is_wrong_is_refused(words: tuple[str, ...], said: str) -> None:
    result = saldo("rivals", *words)
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_help_shows_an_example() -> None:
    assert "saldo rivals scenarios/christmas-2021.yaml" in saldo("rivals", "--help").stdout
