"""`saldo check`: one OK with a summary, or all faults on stderr and exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group

PERIOD = "saldo: 1\nperiod: {from: 2021-12-19, to: 2022-01-16}\n"


def saldo(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(
        PERIOD
        + "places: [Ærø]\nproposal:\n  attendance: {take_up_scale: 0,5, rules: []}\n".replace("0,5", '"0,5"')
        + "  delivery: {priority: {jobsamtale: 1}}\n"
        + "  closures: {periods: [{name: x, from: 2022-01-03, to: 2022-01-03}]}\n",
        encoding="utf-8",
    )
    return path


def test_a_scenario_in_order(mine: Path) -> None:
    result = saldo("check", mine)
    assert (result.exit_code, result.stderr) == (0, "")
    first, *rest = result.stdout.splitlines()
    assert first == "OK  mine: 2021-12-19 to 2022-01-16 (29 days), 1 municipality"
    assert "layers: facts < scenario mine < proposal" in rest[0]
    assert [line.strip() for line in rest[2:]] == [
        "closures.periods: + x",
        "delivery.priority: {} -> {'jobsamtale': 1}",
        "attendance.take_up_scale: 1 -> 0.5 (factor)",
    ]


def test_equal_arms_are_said_to_be_equal(mine: Path) -> None:
    mine.write_text(PERIOD, encoding="utf-8")
    assert "the proposal is equal to the baseline" in saldo("check", mine, "-S", "demand.scale=1.1").stdout


def test_all_faults_on_stderr_and_nothing_on_stdout(mine: Path) -> None:
    mine.write_text(PERIOD + "plces: [x]\ndemand: {scale: 1.000}\n", encoding="utf-8")
    result = saldo("check", mine, "-S", "run.seed=x")
    assert (result.exit_code, result.stdout) == (2, "")
    lines = result.stderr.splitlines()
    assert [line.partition("  ")[0] for line in lines] == [f"{mine}:3:1", f"{mine}:4:17", "command line"]
    assert "did you mean places?" in lines[0]
    assert not any("Traceback" in line for line in lines)


def test_a_missing_file_a_folder_and_a_run(tmp_path: Path, mine: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path, tmp_path / ("a" * 300)):
        result = saldo("check", path)
        assert (result.exit_code, result.stdout) == (2, "")
        assert str(path) in result.stderr
    from simulator.scenario import read_scenario

    (tmp_path / "scenario.resolved.yaml").write_text(read_scenario(mine).resolved_text(), encoding="utf-8")
    assert saldo("check", tmp_path).stdout.startswith("OK  mine: ")


@pytest.mark.parametrize("verb", ["check", "sources", "schema", "new"])
def test_help_has_an_example(verb: str) -> None:
    result = saldo(verb, "--help")
    assert result.exit_code == 0
    assert f"saldo {verb} " in result.stdout.partition("Example")[2]


@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "a", "b"], ["check", "a", "--no"], ["new"], ["schema", "x"]]
)
def test_wrong_use_of_a_verb_is_wrong_input(arguments: list[str]) -> None:
    assert saldo(*arguments).exit_code == 2
