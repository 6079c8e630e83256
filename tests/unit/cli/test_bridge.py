"""`saldo bridge`: what it prints and keeps, and what it refuses, in one line a fault and without a traceback."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group
from simulator.results.record import seal
from tests.unit.bridge.made_up_ends import COMMIT, as_made_from

SCENARIOS = Path(__file__).parents[3] / "scenarios"
ISLANDS = "places=[Samsø, Ærø]"
QUICK = ("--engine", "control", "--no-figure")


@pytest.fixture(scope="module", autouse=True)
def committed() -> Iterator[None]:
    """Runs are used again where the program is that of one commit, which a folder that is worked in is not."""
    with pytest.MonkeyPatch.context() as patch:
        as_made_from(patch, COMMIT)
        yield


def saldo(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, list(map(str, arguments)), prog_name="saldo")


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("runs")
    for name in ("christmas-2021-bottom-up", "christmas-2021"):
        words = ("--engine", "control", "--no-brief", "-S", ISLANDS, "--out", folder / name)
        result = saldo("run", SCENARIOS / f"{name}.yaml", *words)
        assert result.exit_code == 0, result.output
    return folder / "christmas-2021-bottom-up", folder / "christmas-2021"


@pytest.fixture(scope="module")
def out(runs: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept") / "bridge"
    result = saldo("bridge", *runs, "--out", folder, "--csv", folder.parent / "steps.csv")
    assert result.exit_code == 0, result.output
    assert f"Kept in: {folder}" in result.stdout
    assert "interaction" in result.stdout and result.stderr == ""
    return folder


def test_everything_is_kept_in_one_folder(out: Path) -> None:
    runs = {"bridge-old", "bridge-form", "bridge-effect", "bridge-new"}
    files = {"bridge.json", "bridge.csv", "bridge.svg", "bridge.png", "bridge-scenarios"}
    assert {path.name for path in out.iterdir()} == runs | files
    assert (out.parent / "steps.csv").read_bytes() == (out / "bridge.csv").read_bytes()


def test_the_rows_of_the_csv_add_up_to_the_last_oere(out: Path) -> None:
    with (out / "bridge.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["line"]: row for row in csv.DictReader(lines)}
    change = round(float(rows["change"]["in_order"]) * 100)
    steps = [row for name, row in rows.items() if name not in ("change", "old_run", "new_run")]
    for column in ("in_order", "alone", "in_reverse"):
        assert sum(round(float(row[column]) * 100) for row in steps if row[column]) == change, column
    ends = [round(float(rows[name]["figure"]) * 100) for name in ("old_run", "new_run")]
    assert ends[1] - ends[0] == change


def copied(out: Path, to: Path) -> None:
    """Copy the runs of a bridge, and nothing that was made from them."""
    shutil.copytree(out, to, ignore=shutil.ignore_patterns("bridge.*"))


def test_json_is_what_is_kept(runs: tuple[Path, Path], out: Path, tmp_path: Path) -> None:
    copied(out, tmp_path / "again")
    result = saldo("bridge", *runs, "--out", tmp_path / "again", "--json", *QUICK)
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    assert printed == json.loads((tmp_path / "again" / "bridge.json").read_text(encoding="utf-8"))
    kept = json.loads((out / "bridge.json").read_text(encoding="utf-8"))
    assert printed["total"] == kept["total"] and printed["interaction"] == kept["interaction"]
    assert not list((tmp_path / "again").glob("bridge.svg"))


def test_another_order_and_another_figure(runs: tuple[Path, Path], out: Path, tmp_path: Path) -> None:
    copied(out, tmp_path / "bridge")
    order = "method,rules,prices,value,effect,form,volume,calendar"
    words = ("--order", order, "--of", "employment_weeks", "--json", *QUICK)
    found = json.loads(saldo("bridge", *runs, "--out", tmp_path / "bridge", *words).stdout)
    assert ",".join(found["order"]) == ",".join(found["steps"]) == order
    assert (found["figure"], found["unit"]) == ("employment_weeks", "weeks")
    assert sum(step["in_order"] for step in found["steps"].values()) == pytest.approx(found["total"], abs=1e-9)


def test_without_a_folder_it_stands_under_outputs(
    runs: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert saldo("bridge", runs[0], runs[0], "--no-figure").exit_code == 0
    run_id = json.loads((runs[0] / "manifest.json").read_text(encoding="utf-8"))["run_id"]
    found = json.loads((tmp_path / "outputs" / "bridge" / f"{run_id}-{run_id}" / "bridge.json").read_text("utf-8"))
    assert (found["total"], found["runs"]) == (0, [])


def damaged(folder: Path, name: str, to: Path) -> Path:
    shutil.copytree(folder, to)
    (to / name).write_text("x", encoding="utf-8")
    return to


def without_figure(folder: Path, to: Path) -> Path:
    """Copy a run and take a figure out of its headline."""
    shutil.copytree(folder, to)
    headline = json.loads((to / "headline.json").read_text(encoding="utf-8"))
    del headline["full_time_person_years"]
    (to / "headline.json").write_text(json.dumps(headline), encoding="utf-8")
    seal(to, json.loads((to / "manifest.json").read_text(encoding="utf-8")))
    return to


Wrong = Callable[[tuple[Path, Path], Path], tuple[str | Path, ...]]
WRONG: dict[str, tuple[Wrong, str]] = {
    "no such folder": (lambda runs, _: (runs[0], "nowhere"), "nowhere  there is no such folder"),
    "a file": (lambda runs, _: (SCENARIOS / "null.yaml", runs[0]), "is a file; give the folder of a finished run"),
    "an empty folder": (lambda runs, here: (runs[0], here), "holds no manifest.json"),
    "a headline that was changed": (
        lambda runs, here: (runs[0], damaged(runs[1], "headline.json", here / "d")),
        "headline.json  cannot be read",
    ),
    "a scenario that was changed": (
        lambda runs, here: (damaged(runs[0], "scenario.resolved.yaml", here / "d"), runs[1]),
        "scenario.resolved.yaml: was changed after the run",
    ),
    "an order with a block too few": (
        lambda runs, _: (*runs, "--order", "calendar,volume,form,effect,value,prices,rules"),
        "--order: method is missing; allowed: all of calendar,volume",
    ),
    "an order with a block that is none": (
        lambda runs, _: (*runs, "--order", "calendar,volume,form,effect,value,prices,rules,other"),
        "`other` is not a block",
    ),
    "a figure that is none": (lambda runs, _: (*runs, "--of", "gdp"), "--of: `gdp` is not a figure of the bridge"),
    "a figure that a run does not give": (
        lambda runs, here: (without_figure(runs[0], here / "d"), runs[1], "--of", "person_years"),
        "the run does not give full_time_person_years",
    ),
    "an engine that cannot be chosen": (lambda runs, _: (*runs, "--engine", "fast"), "--engine: `fast` cannot be"),
    "a folder with something else": (
        lambda runs, _: (*runs, "--out", runs[0]),
        "is not empty and holds no bridge; choose another folder",
    ),
    "a file as folder": (lambda runs, _: (*runs, "--out", runs[0] / "log.txt"), "is a file"),
    "a csv in no folder": (
        lambda runs, here: (*runs, "--csv", here / "no" / "steps.csv"),
        "--csv: there is no folder",
    ),
    "a language that is none": (lambda runs, _: (*runs, "--language", "xx"), "no language 'xx'"),
    "one run only": (lambda runs, _: (runs[0],), "Missing argument 'RUN_NEW'"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_on_stderr(name: str, runs: tuple[Path, Path], tmp_path: Path) -> None:
    words, told = WRONG[name]
    (tmp_path / "here").mkdir()
    arguments = words(runs, tmp_path / "here")
    where = () if "--out" in arguments else ("--out", tmp_path / "bridge")
    result = saldo("bridge", *arguments, *where)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == "" and "Traceback" not in result.stderr
    assert not (tmp_path / "bridge").exists()


def test_the_folder_of_another_bridge_is_left_alone(runs: tuple[Path, Path], out: Path) -> None:
    before = (out / "bridge.json").read_bytes()
    result = saldo("bridge", *runs[::-1], "--out", out)
    assert result.exit_code == 2
    assert "holds the bridge of" in result.stderr
    assert (out / "bridge.json").read_bytes() == before


def test_a_refused_order_names_one_that_can_be_run(runs: tuple[Path, Path], tmp_path: Path) -> None:
    later = ("-S", "period={from: 2026-11-02, to: 2026-11-29}", "-S", "facts.extrapolate=true")
    scenario = SCENARIOS / "christmas-2021.yaml"
    words = ("--engine", "control", "--no-brief", "-S", ISLANDS, "--out", tmp_path / "later")
    assert saldo("run", scenario, *words, *later).exit_code == 0
    result = saldo("bridge", runs[1], tmp_path / "later", "--out", tmp_path / "bridge", *QUICK)
    assert result.exit_code == 2
    assert "give an order that can be run: --order " in result.stderr
    order = result.stderr.strip().rpartition("--order ")[2]
    again = saldo("bridge", runs[1], tmp_path / "later", "--out", tmp_path / "bridge", "--order", order, *QUICK)
    assert again.exit_code == 0, again.stderr
