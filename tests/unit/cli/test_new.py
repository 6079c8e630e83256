"""`saldo new`: a file that differs only where its user edits it, and never overwrites one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group
from simulator.scenario import read_scenario

TEXT = """period: {from: 2021-12-19, to: 2022-01-16}
title: 'A "quoted" title'
places: [Odense]
calendar: {closure_weeks: [2021-W51]}
"""


def saldo(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_new_file_is_the_old_scenario_until_it_is_edited(source: Path) -> None:
    result = saldo("new", "mine", "--from", source)
    assert (result.exit_code, result.stderr) == (0, "")
    target = source.parent / "mine.yaml"
    assert str(target) in result.stdout
    assert target.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=schema.json\n")
    old, new = read_scenario(source), read_scenario(target)
    assert new.name == "mine"
    assert new.sections.title == 'A "quoted" title, changed'
    assert new.sections.model_dump(exclude={"name", "title"}) == old.sections.model_dump(exclude={"name", "title"})
    assert [arm.values.rows() for arm in new.arms] == [arm.values.rows() for arm in old.arms]


def test_what_is_offered_can_be_taken(source: Path) -> None:
    saldo("new", "mine", "--from", source)
    target = source.parent / "mine.yaml"
    head, _, rest = target.read_text(encoding="utf-8").partition("\n\n")
    offered = "\n".join(re.sub(r"^#( |(?=[a-z]))|(?<=^  )#(?=[a-z])", "", line) for line in rest.splitlines())
    target.write_text(f"{head}\n\n{offered}\n", encoding="utf-8")
    scenario = read_scenario(target)
    assert scenario.baseline.values.row("effects.params.relative_effect.jobsamtale.phone").layer == "scenario mine"
    assert scenario.baseline.values.row("demand.scale").value == read_scenario(source).baseline.values["demand.scale"]
    assert scenario.proposal.sections.attendance.rules[-1].rule == "office_chooses"
    assert scenario.sections.places == ("461",)
    assert scenario.baseline.values.row("saldo.value_per_person_year_kr").layer == "scenario mine"
    assert [(file.version, file.changes) for file in scenario.files] == [(1, ()), (0, ())]


def test_in_another_folder_it_still_finds_what_it_extends(source: Path) -> None:
    (source.parent / "own").mkdir()
    assert saldo("new", source.parent / "own" / "mine.yaml", "--from", source).exit_code == 0
    assert read_scenario(source.parent / "own" / "mine.yaml").layers[1] == "scenario source"


def test_nothing_is_overwritten(source: Path) -> None:
    (source.parent / "mine.yaml").write_text("kept", encoding="utf-8")
    for name in ("mine", "source"):
        result = saldo("new", name, "--from", source)
        assert result.exit_code == 2 and "is there already" in result.stderr
    assert (source.parent / "mine.yaml").read_text(encoding="utf-8") == "kept"
    assert source.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("My Scenario", "did you mean my-scenario?"),
        ("æble", "is not a name"),
        ("-x", "did you mean x?"),
        ("a" * 65, "is not a name"),
        ("con", "is not a name"),
        ("..", "is not a name"),
        ("none/mine", "there is no such folder"),
        ("a\nb", "is not a name"),
    ],
)
def test_names_that_are_refused(source: Path, name: str, words: str) -> None:
    before = sorted(source.parent.iterdir())
    result = saldo("new", "--from", source, "--", name)
    assert result.exit_code == 2
    assert words in result.stderr
    assert sorted(source.parent.iterdir()) == before


def test_a_wrong_source_is_told_and_nothing_is_written(source: Path) -> None:
    source.write_text("plces: []\n", encoding="utf-8")
    result = saldo("new", "mine", "--from", source)
    assert result.exit_code == 2 and f"{source}:1:1  plces: unknown key" in result.stderr
    assert not (source.parent / "mine.yaml").exists()


def test_the_law_of_today_is_what_is_copied_where_nothing_is_named(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenarios = source.parent / "scenarios"
    scenarios.mkdir()
    shipped = Path(__file__).parents[3] / "scenarios" / "current-law.yaml"
    (scenarios / "current-law.yaml").write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.chdir(source.parent)
    assert saldo("new", "mine").exit_code == 0
    assert read_scenario(scenarios / "mine.yaml").sections.period.from_.year == 2026


def test_without_the_folder_of_scenarios_the_error_says_what_is_missing(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(source.parent)
    result = saldo("new", "mine")
    assert result.exit_code == 2
    assert "scenarios" in result.stderr
