"""`saldo sweep`: a plan from its estimate to its rows, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group
from tests.unit.sweeps.hand_made import written

ROOT = Path(__file__).parents[3]
PLAN = """
name: tiny
scenario: christmas-2021
engine: control
rows_per_part: 2
vary: [{grid: {effects.params.scale: [0.1, 0.2, 0.4]}}]
"""


def saldo(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments], prog_name="saldo")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    written(PLAN, home)
    result = saldo("sweep", home / "plan.yaml", "--out", home / "out", "--jobs", "1")
    assert result.exit_code == 0, result.output
    assert f"3 of 3 rows are kept, 3 of them made now: {home / 'out'}" in result.output
    return home


def test_a_sweep_says_what_it_will_take_and_does_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    before = sorted(home.rglob("*"))
    result = saldo("sweep", "plan.yaml", "--dry-run")
    assert result.exit_code == 0, result.output
    assert "rows         3 in 2 part files" in result.output
    assert "jobs         1\nsimulations  0" in result.output
    assert "valued only  effects.params.scale" in result.output
    assert sorted(home.rglob("*")) == before


def test_a_finished_sweep_makes_nothing_twice(home: Path) -> None:
    result = saldo("sweep", home / "plan.yaml", "--out", home / "out", "--resume")
    assert (result.exit_code, result.output) == (0, f"3 of 3 rows are kept, 0 of them made now: {home / 'out'}\n")
    again = saldo("sweep", home / "plan.yaml", "--out", home / "out")
    assert again.exit_code == 2
    assert "holds a sweep already; go on with it by --resume" in again.output


def test_its_rows_are_shown_asked_and_exported(home: Path) -> None:
    shown = saldo("sweep", "show", home / "out")
    assert "rows      3 of 3 are finished (100.0%)" in shown.output
    assert json.loads(saldo("sweep", "show", home / "out", "--json").output)["rows_finished"] == 3
    sql = 'SELECT "effects.params.scale" AS scale, employment_effect_kr AS kr FROM sweep ORDER BY row'
    answer = json.loads(saldo("sweep", "query", home / "out", sql, "--json").output)
    assert [row["scale"] for row in answer] == [0.1, 0.2, 0.4]
    assert answer[2]["kr"] == pytest.approx(4 * answer[0]["kr"], rel=1e-9)
    assert "scale" in saldo("sweep", "query", home / "out", sql).output
    exported = saldo("sweep", "export", home / "out", "--csv", home / "rows.csv")
    assert exported.output == f"3 of 3 rows in {home / 'rows.csv'}\n"
    assert len((home / "rows.csv").read_text(encoding="utf-8").splitlines()) == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.yaml"], "none.yaml  there is no such file"),
        (["plan.yaml", "--jobs", "0"], "--jobs: 0 is out of range; allowed: 1 to 256"),
        (["plan.yaml", "--jobs", "2", "--cluster", "tcp://a:1"], "give --jobs or --cluster"),
        (["plan.yaml", "--out", "plan.yaml"], "--out: is a file"),
        (["plan.yaml", "--out", "."], "--out: is not empty and holds no sweep"),
        (["plan.yaml", "--frce"], "No such option"),
        (["show", "none"], "holds no sweep"),
        (["query", "out"], "Missing argument 'SQL'"),
        (["query", "out", "DROP TABLE sweep"], "SQL: must be one SELECT"),
        (["export", "out"], "Missing option '--csv'"),
        (["export", "out", "--csv", "none/a.csv"], "--csv: is a folder, or lies in none that exists"),
        (["christmas-2021.yaml"], "proposal: unknown key"),
        ([], "PLAN"),
    ],
)
def test_wrong_input_ends_with_two(
    home: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(home)
    result = saldo("sweep", *arguments)
    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert "Traceback" not in result.output


def test_a_job_that_cannot_be_done_is_named_and_the_exit_says_so(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A combination that is not among those that are tried before."""
    monkeypatch.setattr("simulator.sweeps.compiling.MOST_TRIED", 2)
    dates = "vary: [{list: [{}, {period.to: 2021-12-01}, {period.to: 2022-01-09}]}]"
    plan = written(f"scenario: christmas-2021\nengine: control\n{dates}", tmp_path)
    result = saldo("sweep", plan, "--out", tmp_path / "out", "--jobs", "1")
    assert result.exit_code == 1
    assert "error: 1 jobs were set aside, all others are done" in result.output
    assert "job 2 (christmas-2021: period.to=2021-12-01): " in result.output
    shown = saldo("sweep", "show", tmp_path / "out").output
    assert "rows      2 of 3 are finished" in shown
    assert "aside     1 jobs were set aside" in shown


def test_help_shows_every_way(home: Path) -> None:
    told = saldo("sweep", "--help").output
    for words in ("PLAN [OPTIONS]", "show DIR", "query DIR", "export DIR --csv FILE", "--dry-run", "--cluster ADDRESS"):
        assert words in told
    assert "--json" in saldo("sweep", "query", "--help").output


@pytest.mark.parametrize("plan", sorted((ROOT / "scenarios" / "plans").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_shipped_plans_are_in_order(plan: Path) -> None:
    from simulator.sweeps.compiling import compile_plan

    made = compile_plan(plan)
    assert made.plan.name == plan.stem
    assert made.rows > 1
