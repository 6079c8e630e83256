"""Runs that older programs made still open in brief, diff, bridge, trace and verify, with the figures that they had."""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group
from simulator.results.difference import figure_of
from simulator.results.read import kept_run
from simulator.results.verify import faults_of

FOLDER = Path(__file__).parent / "old_runs"
NAMES = sorted(path.stem for path in FOLDER.glob("*.zip"))
SCENARIO = Path(__file__).parents[2] / "scenarios" / "christmas-2021.yaml"
PLAN = ("-S", "places=[Samsø]", "--replications", "1", "--engine", "reference", "--no-brief")
EFFECT = "saldo_mio_kr.employment_effect"
"""What both runs give, to the øre: 7 conversations on Samsø cost 1,695.81 kr."""
KR = -1695.8076923076922


def saldo(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


@pytest.fixture(params=NAMES)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "old"
    with zipfile.ZipFile(FOLDER / f"{request.param}.zip") as kept:
        kept.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same run by this program."""
    folder = tmp_path_factory.mktemp("runs") / "new"
    assert saldo("run", SCENARIO, *PLAN, "--out", folder).exit_code == 0
    return folder


def test_it_is_whole_and_gives_the_figure_of_its_day(old: Path, new: Path) -> None:
    assert faults_of(kept_run(old)) == []
    assert figure_of(kept_run(old).headline, EFFECT) == pytest.approx(KR / 1e6, rel=1e-12)
    assert figure_of(kept_run(new).headline, EFFECT) == pytest.approx(KR / 1e6, rel=1e-12)
    result = saldo("verify", old, "--no-rerun")
    assert result.exit_code == 0 and "made by another program" in result.stdout


def test_a_changed_figure_in_it_is_still_found(old: Path) -> None:
    """Also where the checksums were rewritten to fit: sums that such a run has must add up."""
    headline = json.loads((old / "headline.json").read_text(encoding="utf-8"))
    headline["converted"]["mean"] += 1
    (old / "headline.json").write_text(json.dumps(headline), encoding="utf-8")
    assert any("headline.json: was changed" in fault for fault in faults_of(kept_run(old)))
    assert any("converted by type" in fault for fault in faults_of(kept_run(old)))


def test_made_again_its_figures_are_the_same(old: Path) -> None:
    """What differs is what this program writes beside; no number that both have."""
    result = saldo("verify", old, "--out", old.parent / "certificate.json")
    assert result.exit_code == 1, "this program writes more tables and columns"
    found = json.loads((old.parent / "certificate.json").read_text(encoding="utf-8"))
    differing = found["differences"]
    for name in ("tables/conversations.csv", "tables/calendar.csv", "tables/control.csv", "tables/offices.csv"):
        assert name in found["compared"] and name not in differing
    assert {row["kept"] for row in differing["headline.json"]} == {"nothing"}, "the headline has more, nothing else"
    assert not any(row["where"] == "saldo.version" for row in differing["scenario.resolved.yaml"])


def test_brief(old: Path) -> None:
    result = saldo("brief", old, "--format", "md")
    assert result.exit_code == 0, result.stderr
    assert "Samsø" in (old / "brief.md").read_text(encoding="utf-8") or (old / "brief.md").stat().st_size > 5000


def test_diff(old: Path, new: Path) -> None:
    result = saldo("diff", old, new)
    assert result.exit_code == 0, result.stderr
    rows = [line.split() for line in result.stdout.splitlines() if line.strip()]
    assert ["converted", "7", "7", "0", "conversations"] in rows
    assert not any("version" in row[0] for row in rows)


def test_bridge(old: Path, new: Path) -> None:
    result = saldo("bridge", old, new, "--out", old.parent / "bridge")
    assert result.exit_code == 0, result.stderr
    assert "-1,695.81" in result.stdout
    same = ("program and facts make nothing of the change", "The scenarios are the same, so nothing was run.")
    assert any(told in result.stdout for told in same)


def test_trace(old: Path) -> None:
    result = saldo("trace", old, EFFECT)
    assert result.exit_code == 0, result.stderr
    assert "lines of arithmetic worked out again; each gives its figure" in result.stdout


def test_its_scenario_is_read_and_told_to_be_old(old: Path) -> None:
    result = saldo("check", old)
    assert result.exit_code == 0
    first, *rest = result.stderr.splitlines()
    assert first.endswith("scenario.resolved.yaml  says no version; read as of before the first")
    text = (old / "scenario.resolved.yaml").read_text(encoding="utf-8")
    with (old / "tables" / "assumptions.csv").open(encoding="utf-8", newline="") as file:
        held = any(row["key"].endswith("subsidy_taper_share_above") for row in csv.DictReader(file))
    assert len(rest) == held == ("subsidy_taper_share_above" in text)
    assert all("is no value any more" in line for line in rest)


def test_it_can_be_run_again_and_says_its_version_then(old: Path) -> None:
    copy = old.parent / "again"
    result = saldo("run", old, "--engine", "control", "--no-brief", "--out", copy)
    assert result.exit_code == 0, result.stderr
    assert "\n  version: 1\n" in (copy / "scenario.resolved.yaml").read_text(encoding="utf-8")
    shutil.rmtree(copy)
