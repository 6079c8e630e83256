"""`saldo convert`: a file in the present version, with what was changed; and what other verbs say of old files."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.cli import group
from simulator.scenario import read_scenario

OLD = """# mine
period: {from: 2021-12-19, to: 2022-01-16}
places: [Samsø]
uncertainty:
  correlations: [{between: [demand.scale, delivery.utilisation], correlation: 0.3}]  # a guess
"""
NEW = OLD.replace("period", "saldo: 1\nperiod").replace(
    "between: [demand.scale, delivery.utilisation]", "one: demand.scale, other: delivery.utilisation"
)
TOLD = ":5:19  uncertainty.correlations[1].between: is written as `one` and `other` from version 1 on"


def saldo(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.yaml"
    path.write_text(OLD, encoding="utf-8")
    return path


def only(folder: Path, *names: str) -> bool:
    return sorted(path.name for path in folder.iterdir()) == sorted(names)


def test_printed_without_a_place_to_write_to(old: Path) -> None:
    result = saldo("convert", old)
    assert (result.exit_code, result.stdout) == (0, NEW)
    assert result.stderr == f"{old}  version before the first -> 1\n{old}{TOLD}\n"
    assert old.read_text(encoding="utf-8") == OLD and only(old.parent, "old.yaml")


def test_in_its_place_the_old_one_is_kept(old: Path) -> None:
    old.chmod(0o640)
    result = saldo("convert", old, "--write")
    assert (result.exit_code, result.stdout) == (0, "")
    assert old.read_text(encoding="utf-8") == NEW
    assert (old.parent / "old.yaml.v0").read_text(encoding="utf-8") == OLD
    assert only(old.parent, "old.yaml", "old.yaml.v0") and old.stat().st_mode & 0o777 == 0o640
    again = saldo("convert", old, "--write")
    assert again.exit_code == 0 and "is of version 1 already; nothing is converted" in again.stderr
    assert only(old.parent, "old.yaml", "old.yaml.v0")


def test_after_a_stop_in_the_middle_it_goes_on(old: Path) -> None:
    """What is kept is written first: then the same conversion again does the rest."""
    (old.parent / "old.yaml.v0").write_text(OLD, encoding="utf-8")
    assert saldo("convert", old, "--write").exit_code == 0
    assert old.read_text(encoding="utf-8") == NEW


def test_what_is_kept_is_never_written_over(old: Path) -> None:
    (old.parent / "old.yaml.v0").write_text("something else", encoding="utf-8")
    result = saldo("convert", old, "--write")
    assert result.exit_code == 2 and "is there already and holds something else; move it away" in result.stderr
    assert old.read_text(encoding="utf-8") == OLD


def test_to_another_file(old: Path) -> None:
    result = saldo("convert", old, "--out", old.parent / "new.yaml")
    assert result.exit_code == 0 and result.stdout == ""
    assert (old.parent / "new.yaml").read_text(encoding="utf-8") == NEW and only(old.parent, "new.yaml", "old.yaml")
    assert read_scenario(old.parent / "new.yaml").files[0].version == 1


def test_line_ends_and_byte_order_mark_stay(old: Path) -> None:
    old.write_bytes(b"\xef\xbb\xbf" + OLD.replace("\n", "\r\n").encode())
    assert saldo("convert", old, "--write").exit_code == 0
    assert old.read_bytes() == b"\xef\xbb\xbf" + NEW.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("content", "arguments", "told"),
    [
        ("saldo: 2\n", (), ":1:8  saldo: version 2 was made by a later saldo; this one reads up to 1"),
        ("saldo: x\n", (), ":1:8  saldo: `x` is no version of the file format; allowed: 1"),
        ("- a\n", (), "holds no keys at its top"),
        ("", (), "holds no keys at its top"),
        ("a: [1\n", (), "the list that begins with [ is not closed"),
        ("a: 1\na: 2\n", (), "is written twice"),
        ("a: &x 1\n", (), "anchors"),
        (OLD, ("--out", "old.yaml"), "is there already; give another name"),
        (OLD, ("--out", "no/new.yaml"), "there is no folder"),
        (OLD, ("--out", "new.yaml", "--write"), "goes without --write"),
        ("extends: below\n", ("--out", "other/new.yaml"), "`extends` names a file relative to"),
        ("infection: {series: own.csv}\n", ("--out", "other/new.yaml"), "`infection` names a file relative to"),
        ("facts: {file: own.yaml}\n", ("--out", "other/new.yaml"), "`facts` names a file relative to"),
    ],
)
def test_wrong_input_is_told_and_nothing_is_written(
    old: Path, monkeypatch: pytest.MonkeyPatch, content: str, arguments: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(old.parent)
    (old.parent / "other").mkdir()
    old.write_text(content, encoding="utf-8")
    result = saldo("convert", "old.yaml", *arguments)
    assert result.exit_code == 2 and told in result.stderr and "Traceback" not in result.stderr
    assert result.stdout == "" and old.read_text(encoding="utf-8") == content
    assert only(old.parent, "old.yaml", "other") and not any((old.parent / "other").iterdir())


def test_no_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert "there is no such file" in saldo("convert", tmp_path / "no.yaml").stderr
    assert "a run is read as it stands" in saldo("convert", tmp_path).stderr


def test_a_folder_that_cannot_be_written_leaves_all_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    result = saldo("convert", old, "--write")
    assert result.exit_code == 2 and "cannot be written: No space left on device" in result.stderr
    assert old.read_text(encoding="utf-8") == OLD and only(old.parent, "old.yaml")


def test_check_says_what_is_old_and_what_is_converted(old: Path) -> None:
    result = saldo("check", old)
    assert result.exit_code == 0 and result.stdout.startswith("OK  old")
    said, changed = result.stderr.splitlines()
    assert said == f"{old}  says no version; read as of before the first; `saldo convert {old} --write` brings it up"
    assert changed == f"{old}{TOLD} (converted on reading)"
    saldo("convert", old, "--write")
    assert saldo("check", old).stderr == ""


def test_check_names_each_old_file_of_a_chain(old: Path) -> None:
    top = old.parent / "top.yaml"
    top.write_text("saldo: 1\nextends: old\n", encoding="utf-8")
    told = saldo("check", top).stderr.splitlines()
    assert len(told) == 2 and told[0].startswith(f"{old}  says no version")


def test_a_run_says_what_is_converted_and_no_more(old: Path) -> None:
    result = saldo("run", old, "--engine", "control", "--no-brief", "--out", old.parent / "run")
    assert result.exit_code == 0, result.stderr
    assert result.stderr.splitlines()[0] == f"{old}{TOLD} (converted on reading)"
    assert "says no version" not in result.stderr
    again = saldo("check", old.parent / "run")
    assert (again.exit_code, again.stderr) == (0, "")


def test_a_sweep_says_what_is_converted_in_its_scenarios(old: Path) -> None:
    plan = old.parent / "plan.yaml"
    plan.write_text(
        "scenario: old.yaml\nengine: control\nvary:\n  - grid: {demand.scale: [1, 1.1]}\n", encoding="utf-8"
    )
    result = saldo("sweep", plan, "--dry-run")
    assert result.exit_code == 0 and result.stderr == f"{old}{TOLD} (converted on reading)\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.yaml", "# a plan\nscenario: old.yaml\nvary:\n  - grid: {demand.scale: [1, 1.1]}\n"),
        ("register.yaml", "# a register\ndemand.scale:\n  owner: an office\nretired:\n  - key: old.key\n"),
        ("own.yaml", "saldo: {value_per_person_year_kr: {value: 1, unit: kr per person-year, source: own}}\n"),
    ],
)
def test_plans_registers_and_facts_are_converted_too(old: Path, name: str, content: str) -> None:
    (old.parent / name).write_text(content, encoding="utf-8")
    assert saldo("convert", old.parent / name, "--write").exit_code == 0
    text = (old.parent / name).read_text(encoding="utf-8")
    assert text.replace("saldo: 1\n", "").replace("version: 1, ", "") == content and text != content
