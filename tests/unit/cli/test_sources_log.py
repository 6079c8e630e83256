"""`saldo sources --log`: the log of assumptions of a scenario and of a run, and the register that it keeps."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group
from simulator.pipeline import plan_of, reads_of, simulate
from simulator.scenario import read_scenario

SCENARIOS = Path(__file__).parents[3] / "scenarios"
PLACES = "places=[Samsø]"


def saldo(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments], prog_name="saldo")


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    text = "places: [Samsø]\nperiod: {from: 2021-12-19, to: 2022-01-16}\nproposal: {attendance: {take_up_scale: 2}}\n"
    path.write_text(text, encoding="utf-8")
    return path


def rows_of(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def test_the_log_has_what_a_run_reads() -> None:
    scenario = read_scenario(SCENARIOS / "christmas-2021.yaml", [PLACES])
    simulate(scenario, plan_of(scenario, replications=1, engine="reference"))
    assert reads_of(read_scenario(SCENARIOS / "christmas-2021.yaml", [PLACES])) == scenario.baseline.values.used


def test_a_register_is_written_signed_and_put_in_force(mine: Path, tmp_path: Path) -> None:
    register = tmp_path / "register.yaml"
    written = saldo("sources", mine, "--log", "--write", register)
    assert written.exit_code == 0 and " added, 0 retired, 0 given another number" in written.stdout
    text = register.read_text(encoding="utf-8")
    head = "delivery.utilisation:\n  owner:{}\n  grade:{}\n  expiry:{}\n  signed_off_by:{}\n  signed_off_on:{}\n"
    unsigned = head.format("", "  # 1 guess by rule", "", "", "")
    signed = head.format(" an office", " 2", " 2999-01-01", " A. B.", " 1.2.2022")
    assert unsigned in text
    register.write_text(text.replace(unsigned, signed), encoding="utf-8")
    mine.write_text(mine.read_text(encoding="utf-8") + "register: register.yaml\n", encoding="utf-8")
    result = saldo("sources", mine, "--log", "--csv", tmp_path / "log.csv")
    assert result.exit_code == 0, result.output
    rows = rows_of(tmp_path / "log.csv")
    row = rows["delivery.utilisation"]
    assert (row["status"], row["grade"], row["owner"], row["signed_off_on"]) == (
        "signed",
        "2 judgement",
        "an office",
        "2022-02-01",
    )
    assert rows["proposal.attendance.take_up_scale"]["status"] == "unsigned"
    assert any(row["status"] == "not needed" for row in rows.values())
    assert "infection.contacts.attack_share" not in rows, "what no run reads is no part of the log"
    told = saldo("sources", mine, "--log", "-S", "delivery.utilisation=0.9")
    assert "; 1 signed for another number" in told.stdout and "A register is in force" in told.stdout


def test_the_log_of_a_run_is_that_of_its_day(mine: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    assert saldo("run", mine, "--engine", "control", "--no-brief", "--out", run).exit_code == 0
    result = saldo("sources", run, "--log")
    assert result.exit_code == 0 and "No register is in force" in result.stdout
    assert "proposal.attendance.take_up_scale" in result.stdout
    wrong: list[tuple[tuple[str | Path, ...], str]] = [
        ((run, "--log", "-S", "demand.scale=2"), "cannot change a run"),
        ((run, "--log", "--write", run / "register.yaml"), "lies in the folder of the run"),
        ((tmp_path, "--log"), "holds no manifest.json"),
    ]
    for arguments, words in wrong:
        refused = saldo("sources", *arguments)
        assert refused.exit_code == 2 and words in refused.stderr, refused.output


def test_what_is_wrong_is_refused_and_nothing_is_written(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("demand.scale: {grade: 6}\ndemand.scale: {owner: a}\n", encoding="utf-8")
    (tmp_path / "flow.yaml").write_text(
        "{demand.scale: {owner: a}, delivery.utilisation: {owner: b}}\n", encoding="utf-8"
    )
    wrong: list[tuple[tuple[str | Path, ...], str]] = [
        (("--write", tmp_path / "r.yaml"), "goes with --log"),
        (("--log", "--write", tmp_path), "is a folder"),
        (("--log", "--write", tmp_path / "r.csv"), "must end in .yaml or .yml"),
        (("--log", "--write", tmp_path / "no" / "r.yaml"), "there is no folder"),
        (("--log", "--write", mine), "is the scenario itself"),
        (("--log", "--write", tmp_path / "bad.yaml"), "bad.yaml:2:1  demand.scale: is written twice"),
        (("--log", "--write", tmp_path / "flow.yaml"), "each key on a line of its own"),
        (("--log", "-S", "register=nowhere.yaml"), "there is no file"),
        (("--log", "-S", "register=[a]"), "register"),
    ]
    for arguments, words in wrong:
        result = saldo("sources", mine, *arguments)
        assert result.exit_code == 2 and words in result.stderr, (arguments, result.output)
    assert not list(tmp_path.glob(".*writing*")) and not (tmp_path / "r.yaml").exists()
