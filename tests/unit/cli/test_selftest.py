"""`saldo selftest`: a line for each figure, and PASSED or FAILED at the end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group

SCENARIOS = Path(__file__).parents[3] / "scenarios"
HEAD = "name,engine,settings,key,low,high,why\n"


def selftest(folder: Path) -> Result:
    return CliRunner().invoke(group, ["selftest", "--scenarios", str(folder)], prog_name="saldo")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "expected").mkdir()
    shutil.copy(SCENARIOS / "null.yaml", tmp_path)
    return tmp_path


def test_figures_that_hold_pass(folder: Path) -> None:
    text = HEAD + "nothing,control,,converted,0,0,why\nno ratio,control,,kr_per_converted_conversation,null,null,why\n"
    (folder / "expected" / "null.csv").write_text(text, encoding="utf-8")
    result = selftest(folder)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "ok    null: nothing (converted: 0)",
        "ok    null: no ratio (kr_per_converted_conversation: null)",
        "PASSED: 2 figures of 1 scenarios",
    ]


def test_a_figure_that_does_not_hold_fails_with_its_reason(folder: Path) -> None:
    text = HEAD + "much,control,,converted,1,2,because\nwrong,control,no.such=1,converted,0,0,because\n"
    (folder / "expected" / "null.csv").write_text(text, encoding="utf-8")
    result = selftest(folder)
    assert result.exit_code == 1
    assert "FAIL  null: much (converted: 1 to 2)\n      is 0; expected because: because" in result.stdout
    assert "did not run: command line" in result.stdout
    assert result.stdout.endswith("FAILED: 2 of 2 figures\n")


def test_a_folder_without_figures_is_wrong_input(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        result = selftest(folder)
        assert (result.exit_code, "--scenarios" in result.stderr) == (2, True)
