"""`saldo diff`: what it prints of kept runs, and what it refuses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group

SCENARIOS = Path(__file__).parents[3] / "scenarios"


def saldo(*arguments: str) -> Result:
    return CliRunner().invoke(group, list(arguments), prog_name="saldo")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("runs")
    for name in ("christmas-2021", "christmas-2021-bottom-up"):
        scenario = str(SCENARIOS / f"{name}.yaml")
        result = saldo("run", scenario, "--engine", "control", "--no-brief", "--out", str(folder / name))
        assert result.exit_code == 0, result.output
    return str(folder / "christmas-2021"), str(folder / "christmas-2021-bottom-up")


def test_the_published_case_is_told_from_the_bottom_up_one(runs: tuple[str, str]) -> None:
    result = saldo("diff", *runs)
    assert result.exit_code == 0
    for words in (
        "attendance.take_up_scale: 0.873 -> 1 factor",
        "effects.params.relative_effect (3 values): 0 -> 0.65 share",
        "Structure that differs",
        "effects.params.scale.distribution",
        "take up scale",
        "weeks of employment per conversation",
        "share of effect lost",
        "simulation less control",
        "in all",
    ):
        assert words in result.output


def test_the_difference_is_also_data(runs: tuple[str, str]) -> None:
    found = json.loads(saldo("diff", *runs, "--json").stdout)
    kroner = found["decompositions"][1]
    assert sum(term["amount"] for term in kroner["terms"]) == pytest.approx(kroner["difference"])
    assert saldo("diff", *runs, "--csv").stdout.startswith("section,item,unit,a,b,difference\n")


def test_what_is_no_kept_run_is_refused(runs: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    shutil.copytree(runs[0], tmp_path / "damaged")
    (tmp_path / "damaged" / "tables" / "control.csv").unlink()
    wrong = [
        ("diff", runs[0], "nowhere"),
        ("diff", runs[0]),
        ("diff", str(SCENARIOS / "null.yaml"), runs[0]),
        ("diff", runs[0], str(tmp_path / "empty")),
        ("diff", runs[0], str(tmp_path / "damaged")),
        ("diff", *runs, "--json", "--csv"),
    ]
    for arguments in wrong:
        result = saldo(*arguments)
        assert result.exit_code == 2, (arguments, result.output)
        assert "Traceback" not in result.output
