"""`saldo breakeven`, `saldo calibrate` and `saldo question`: what they say, write and refuse."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group
from simulator.scenario import read_scenario

SCENARIOS = Path(__file__).parents[3] / "scenarios"
SCENARIO, PARTIAL = str(SCENARIOS / "christmas-2021.yaml"), str(SCENARIOS / "christmas-2021-partial-loss.yaml")
TAKE_UP, SCALE, KEPT = "attendance.take_up_scale", "effects.params.scale", "effects.params.relative_effect"
CONTROL = ("--engine", "control")
SMALL = ("-S", "places=[Samsoe, Laesoe]", "--replications", "2")


def saldo(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments), prog_name="saldo")


def told(*arguments: str) -> Any:
    result = saldo(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_break_even_of_the_published_case_by_hand(tmp_path: Path) -> None:
    """The figure is a product of scale and of what is lost: they halve and double it at half and twice their number."""
    file = tmp_path / "turn.csv"
    rows = told("breakeven", SCENARIO, *CONTROL, "--only", SCALE, "--only", KEPT, "--target", "-10", "--csv", str(file))
    found = {(row["key"], row["goal"]): row for row in rows}
    now = found[SCALE, "zero"]["figure_today"]
    for key, goal, value in [
        (SCALE, "zero", 0.0),
        (SCALE, "half", 0.1278),
        (SCALE, "double", 0.5112),
        (SCALE, "target", 0.2556 * -10 / now),
        (KEPT, "zero", 1.0),
        (KEPT, "half", 0.5),
        (KEPT, "double", None),
    ]:
        expected = None if value is None else pytest.approx(value, rel=1e-9, abs=1e-12)
        assert found[key, goal]["value"] == expected, (key, goal)
    assert {row["worked_out"] for row in rows} == {"exact"}
    kept = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert [row["key"] for row in kept] == [row["key"] for row in rows]


def test_break_even_in_danish_after_a_simulation() -> None:
    result = saldo("breakeven", SCENARIO, *SMALL, "--only", SCALE, "--only", TAKE_UP)
    assert result.exit_code == 0, result.output
    text = result.stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert "halveres ved 0,1278, fordobles ved 0,5112, bortfalder ved 0 (uden for spænd)" in text
    assert "simuleret" in text


def test_the_calibrated_scenario_comes_out_of_what_it_was_calibrated_to(tmp_path: Path) -> None:
    """The closed form, aimed at what it says of the shipped scenario, finds the shipped values again."""
    shipped = told("question", SCENARIO, *CONTROL, "--at", f"{SCALE}=0.2556")["today"]
    aims = (
        f"converted={shipped['converted']['mean']!r}",
        f"saldo={shipped['saldo_mio_kr']['employment_effect']['mean']!r}",
    )
    file = tmp_path / "again.yaml"
    forgotten = ("-S", f"{TAKE_UP}=1", "-S", f"{SCALE}=1", "--vary", TAKE_UP, "--vary", SCALE)
    targets = [part for aim in aims for part in ("--target", aim)]
    content = told("calibrate", SCENARIO, *CONTROL, *targets, *forgotten, "--write", str(file))
    found = {value["key"]: value["value"] for value in content["values"]}
    assert content["identified"]
    assert found == {TAKE_UP: pytest.approx(0.873, abs=1e-6), SCALE: pytest.approx(0.2556, abs=1e-6)}
    row = read_scenario(file).proposal.values.row(SCALE)
    assert (row.value, row.kind) == (pytest.approx(0.2556, abs=1e-6), "calibrated")
    assert "calibrated to converted = " in row.reason


def test_the_published_pair_gives_the_shipped_values_within_what_they_say() -> None:
    """The closed form converts 0.85 per cent more than the simulation that the shipped take-up was calibrated with."""
    content = told(
        "calibrate", SCENARIO, *CONTROL, "--target", "converted=10000±500", "--target", "saldo=-5.0±0.25",
        "-S", f"{TAKE_UP}=1", "-S", f"{SCALE}=1", "--vary", TAKE_UP, "--vary", SCALE,
    )  # fmt: skip
    found = {value["key"]: value for value in content["values"]}
    assert content["interval"] == "rounding"
    for key, shipped in ((TAKE_UP, 0.873), (SCALE, 0.2556)):
        assert found[key]["value"] == pytest.approx(shipped, rel=0.01)
        assert found[key]["low"] < shipped < found[key]["high"]


def test_the_partial_loss_comes_out_too() -> None:
    content = told("calibrate", PARTIAL, *CONTROL, "--target", "saldo=-5.0", "-S", f"{KEPT}=0.5", "--vary", KEPT)
    assert content["values"][0]["value"] == pytest.approx(0.7444, abs=0.005)


def test_effect_and_loss_are_not_identified_and_that_is_no_error(tmp_path: Path) -> None:
    picture = tmp_path / "ridge.png"
    arguments = ("calibrate", SCENARIO, *CONTROL, "--target", "saldo=-5.0", "--vary", SCALE, "--vary", KEPT)
    result = saldo(*arguments, "--draw", str(picture), "--language", "en")
    assert result.exit_code == 0, result.output
    assert "NOT IDENTIFIED" in result.stdout
    assert f"{SCALE} × (1 − {KEPT}) = 0.2528" in result.stdout
    assert picture.read_bytes()[:4] == b"\x89PNG"


def test_a_calibration_of_the_delivery_simulates() -> None:
    content = told("calibrate", SCENARIO, *SMALL, "--target", "converted=14", "--vary", TAKE_UP, "--tolerance", "0.05")
    assert content["targets"][0]["reached"] == pytest.approx(14, rel=0.05)
    assert content["interval"] == "events"


def test_lines_for_the_command_line(tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    target = ("--target", "saldo=-0.005", "--vary", SCALE, "--write", str(file))
    assert saldo("calibrate", SCENARIO, *CONTROL, *SMALL[:2], *target).exit_code == 0
    first, second = file.read_text(encoding="utf-8").splitlines()
    assert first == "-S 'places=[Samsoe, Laesoe]'"
    assert second.startswith(f"-S {SCALE}=0.")


def test_a_question_answers_in_both_languages() -> None:
    for language, word in (("da", "Som beregnet"), ("en", "As worked out")):
        result = saldo(
            "question", SCENARIO, *CONTROL, *SMALL[:2], "--at", "demand.scale=0.9,1.25", "--language", language
        )
        assert result.exit_code == 0, result.output
        assert word in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("breakeven", "nowhere.yaml"), "nowhere.yaml"),
        (("breakeven", SCENARIO, *CONTROL, "--target", "ten"), "--target"),
        (("breakeven", SCENARIO, *CONTROL, "--target", "1.000"), "--target"),
        (("breakeven", SCENARIO, *CONTROL, "--only", "effects.params.scal"), "did you mean"),
        (("breakeven", SCENARIO, *CONTROL, "--only", ""), "there is no value"),
        (("breakeven", SCENARIO, *CONTROL, "--only", "saldo"), "different units"),
        (("breakeven", SCENARIO, *CONTROL, "--figure", "sald"), "did you mean saldo"),
        (("breakeven", SCENARIO, "--engine", "slow"), "not among the engines"),
        (("breakeven", SCENARIO, "--replications", "0"), "allowed: 1 to"),
        (("breakeven", SCENARIO, "--language", "sv"), "allowed: da, en"),
        (("breakeven", SCENARIO, "--csv", "nowhere/at/all.csv"), "there is no folder"),
        (("breakeven", SCENARIO, "-S", "demand.scale=-1"), "at least 0"),
        (("calibrate", SCENARIO), "nothing to calibrate to"),
        (("calibrate", SCENARIO, *CONTROL, "--target", "saldo=-5"), "no value to find"),
        (("calibrate", SCENARIO, *CONTROL, "--target", "saldo", "--vary", SCALE), "is not a target"),
        (("calibrate", SCENARIO, *CONTROL, "--target", "saldi=-5", "--vary", SCALE), "did you mean saldo"),
        (("calibrate", SCENARIO, *CONTROL, "--target", "saldo=-500", "--vary", KEPT), "can be"),
        (("calibrate", SCENARIO, *CONTROL, "--target", "saldo=-5", "--vary", "scale"), "there is no value"),
        (("calibrate", SCENARIO, *CONTROL, "--target", "converted=30000", "--vary", TAKE_UP), "is above 1"),
        (("calibrate", SCENARIO, "--target", "saldo=-5", "--vary", SCALE, "--tolerance", "2"), "below 1"),
        (("calibrate", SCENARIO, "--target", "saldo=-5", "--vary", SCALE, "--write", "a.csv"), "allowed: .yaml"),
        (("calibrate", SCENARIO, "--target", "saldo=-5", "--vary", SCALE, "--write", SCENARIO), "is there already"),
        (("calibrate", SCENARIO, "--target", "saldo=-5", "--vary", SCALE, "--draw", "a.pdf"), "allowed: .png"),
        (
            ("calibrate", SCENARIO, *CONTROL, "--target", "saldo=-5", "--vary", KEPT, "--vary", f"{KEPT}.jobsamtale"),
            "table",
        ),
        (("question", SCENARIO), "either --at"),
        (("question", SCENARIO, "--at", "demand.scale=1", "--why", "10"), "not both"),
        (("question", SCENARIO, "--at", "demand.scale"), "is not a question"),
        (("question", SCENARIO, "--at", "demand.scale=1,one"), "demand.scale"),
        (("question", SCENARIO, "--at", "demand.scal=1"), "did you mean"),
        (("question", SCENARIO, "--at", "effects.model=magic"), "magic"),
        (("question", SCENARIO, "--at", "period.to=2022-02-30"), "does not exist"),
        (("question", SCENARIO, "--at", "a=1,2", "--at", "b=1", "--together"), "as many values"),
        (("question", SCENARIO, "--why", "much"), "--why"),
        (("question", SCENARIO, "--why", "10", "--together"), "belongs to --at"),
        (("question", SCENARIO, "--why", "10", "--engine", "slow"), "not among the engines"),
        (("question", SCENARIO, "--at", "demand.scale=1", "--language", "danish"), "allowed: da, en"),
    ],
)
def test_what_is_wrong_is_refused(words: tuple[str, ...], said: str) -> None:
    result = saldo(*words)
    assert result.exit_code == 2, result.output
    assert said in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("verb", ["breakeven", "calibrate", "question"])
def test_help_shows_an_example(verb: str) -> None:
    assert f"saldo {verb} scenarios/christmas-2021.yaml" in saldo(verb, "--help").stdout
