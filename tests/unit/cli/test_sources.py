"""`saldo sources`: every number with unit, range, source and the layer that set it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group
from simulator.facts.read import catalogue
from simulator.scenario import read_scenario


def saldo(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    period = "period: {from: 2021-12-19, to: 2022-01-16}\n"
    text = "demand: {scale: 1.05}\nproposal: {attendance: {take_up_scale: 2}}\n"
    path.write_text(period + text, encoding="utf-8")
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_line_for_every_number(mine: Path) -> None:
    result = saldo("sources", mine, "-S", "delivery.utilisation=0.9")
    assert result.exit_code == 0
    lines = {line.split()[0]: line.split() for line in result.stdout.splitlines()}
    assert lines["key"] == ["key", "value", "unit", "low", "high", "kind", "source", "date", "layer"]
    assert lines["delivery.utilisation"][1:] == [
        "0.9",
        "utilisation",
        "assumption",
        "command",
        "line",
        "command",
        "line",
    ]
    assert lines["demand.scale"][-2:] == ["scenario", "mine"]
    assert lines["proposal.attendance.take_up_scale"][1] == "2"
    assert lines["baseline.attendance.take_up_scale"][-1] == "facts"
    assert len(lines) == len(catalogue()) + 2


def test_as_a_file(mine: Path, tmp_path: Path) -> None:
    result = saldo("sources", mine, "--csv", tmp_path / "sources.csv")
    rows = {row["key"]: row for row in rows_of(tmp_path / "sources.csv")}
    assert f"{len(rows)} rows" in result.stdout
    assert rows["demand.scale"] == {
        "key": "demand.scale", "value": "1.05", "unit": "factor", "low": "", "high": "", "kind": "assumption",
        "source": "scenario mine", "date": "", "layer": "scenario mine",
    }  # fmt: skip


def test_of_a_run(mine: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    (run / "scenario.resolved.yaml").write_text(read_scenario(mine).resolved_text(), encoding="utf-8")
    assert saldo("sources", run).stdout == saldo("sources", mine).stdout
    (run / "tables").mkdir()
    saved = "key,value,unit,low,high,kind,source,date,layer,used\na.b,1,share,,,fact,paper,2020-01-01,facts,true\n"
    (run / "tables" / "assumptions.csv").write_text(saved, encoding="utf-8")
    lines = saldo("sources", run).stdout.splitlines()
    assert len(lines) == 2 and lines[1].split() == ["a.b", "1", "share", "fact", "paper", "2020-01-01", "facts"]
    result = saldo("sources", run, "-S", "demand.scale=2")
    assert result.exit_code == 2 and "cannot change a run" in result.stderr


def test_of_what_is_no_run(tmp_path: Path) -> None:
    result = saldo("sources", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "folder without scenario.resolved.yaml" in result.stderr
