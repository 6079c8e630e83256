"""Cases that are handled badly: odd texts, files of people, drives that go, several who open the same."""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from simulator.case import desk as desk_module
from simulator.case.desk import Asked, on_desk
from simulator.case.folder import CaseFolder, aside
from simulator.case.issued import faults_of_issued, write_issued
from simulator.case.journal import read_journal
from simulator.case.lock import holder_of
from simulator.case.opening import open_case
from simulator.case.said_before import said_before
from simulator.case.state import state_of
from simulator.case.writing import new_folder
from simulator.cli import group
from simulator.errors import InputError, RunError
from tests.unit.case.made_up_cases import answer, made_case, put

SCENARIO = Path(__file__).parents[3] / "scenarios" / "christmas-2021.yaml"
TEXTS = {
    "question": "Hvad?",
    "asker": "FIU",
    "file_number": "1",
    "deadline": "1.1.2030",
    "subject": "",
    "recipient": "",
}


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    return made_case(tmp_path / "cases")


def say(case: CaseFolder, *words: str) -> Result:
    return CliRunner().invoke(group, ["case", *words, "--cases", str(case.path.parent)])


@pytest.mark.parametrize("odd", ["a\x01b", "\udcff", "\x7f", "\ufffe"])
@pytest.mark.parametrize(
    "words",
    [
        ("withdraw", "spm-412", "--why"),
        ("send", "spm-412", "--to"),
        ("answer", "spm-412", "--why"),
        ("hold", "spm-412", "--doing"),
        ("new", "spm-1", "--scenario", str(SCENARIO), "--question"),
    ],
)
def test_what_cannot_be_seen_is_refused(case: CaseFolder, odd: str, words: tuple[str, ...]) -> None:
    """No document can hold it, and a file that does cannot be read again."""
    result = say(case, *words, odd, "--by", "A. B.")
    assert result.exit_code == 2, result.output
    assert "holds a character that cannot be seen" in result.stderr
    assert sorted(path.name for path in case.path.parent.iterdir()) == ["spm-412"]
    assert not case.lock.exists()


def test_a_recipient_of_two_lines_does_not_spoil_the_register(case: CaseFolder) -> None:
    state = put(case, state_of(read_journal(case)), "answered", 1, answer())
    state = put(case, state, "sent", 1, {"recipient": "Finans-\rudvalget\n", "files": {}})
    write_issued(case, state)
    assert faults_of_issued(case, state.entries) == []
    assert "Finans- udvalget" in case.issued.read_text(encoding="utf-8")


def test_what_people_put_beside_the_versions_stays(case: CaseFolder) -> None:
    note, half = case.versions / "gammel" / "note.txt", case.versions / "v7" / "run"
    for folder in (note.parent, half):
        folder.mkdir(parents=True)
    note.write_text("x", encoding="utf-8")
    with on_desk(Asked(case.path.parent, case.name, "A. B."), "x"):
        pass
    assert note.is_file()
    assert not half.exists()


def test_what_ended_commands_wrote_to_take_the_lock_is_removed(case: CaseFolder) -> None:
    for name in (".lock.7-7-7", ".clock.7", ".lock.stale-x-7", ".lock.now"):
        (case.path / name).touch()
        if name != ".lock.now":
            os.utime(case.path / name, (time.time() - 300,) * 2)
    with on_desk(Asked(case.path.parent, case.name, "A. B."), "x"):
        pass
    assert [path.name for path in case.path.iterdir() if path.name.startswith(".")] == [".lock.now"]


def test_a_folder_of_cases_that_is_gone_is_not_one_without_cases(tmp_path: Path) -> None:
    """A drive that is not there must not say that nothing has been issued."""
    (tmp_path / "file").touch()
    for gone in ("gone", "file"):
        for words in (("log",), ("log", "--history"), ("score",)):
            result = CliRunner().invoke(group, ["case", *words, "--cases", str(tmp_path / gone)])
            assert result.exit_code == 2, result.output
            assert "there is no folder of cases" in result.stderr


def test_a_copy_does_not_stand_in_the_register_twice(case: CaseFolder) -> None:
    put(case, state_of(read_journal(case)), "answered", 1, answer())
    shutil.copytree(case.path, case.path.with_name("spm-412-kopi"))
    result = say(case, "log")
    assert result.exit_code == 2
    assert "spm-412-kopi, but was opened as spm-412: a copy" in result.stderr
    with pytest.raises(InputError, match="a copy, or renamed"):
        said_before(case.path.parent, "christmas-2021")


def test_what_was_noted_is_told_where_the_rest_could_not_be_written(
    case: CaseFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else somebody does it again."""

    def full(*_: object) -> None:
        raise RunError("No space left on device")

    with (
        pytest.raises(RunError, match="No space left on device; what was done is in the journal all the same"),
        on_desk(Asked(case.path.parent, case.name, "A. B."), "x") as desk,
    ):
        monkeypatch.setattr(desk_module, "write_issued", full)
        desk.write("scored", 0, {})
    assert [entry.kind for entry in read_journal(case)][-1] == "scored"


def test_who_takes_a_stale_lock_over_to_hold_the_case_leaves_a_record(case: CaseFolder) -> None:
    case.lock.write_text(json.dumps(asdict(holder_of("E. F.", "answers it", pid=2**30))), encoding="utf-8")
    assert say(case, "hold", "spm-412", "--by", "A. B.").exit_code == 0
    last = read_journal(case)[-1]
    assert (last.kind, last.by, last.said["holder"]) == ("taken-over", "A. B.", "E. F.")
    assert say(case, "hold", "spm-412", "--by", "C. D.").exit_code == 2


def test_nothing_is_made_where_the_drive_is_gone(case: CaseFolder) -> None:
    case.path.rename(case.path.with_name("away"))
    with pytest.raises(RunError, match="could not be written"), new_folder(case.version(1).path):
        pass
    assert not case.path.exists()


def test_a_drive_that_goes_while_a_version_is_made_is_no_wrong_input(case: CaseFolder) -> None:
    with pytest.raises(RunError, match="the drive is gone"), new_folder(case.version(1).path):
        case.path.rename(case.path.with_name("away"))
        raise InputError.one("no such folder; give the folder of a finished run", "run")
    with pytest.raises(InputError, match="kept"), new_folder(case.path.with_name("spm-2")):
        raise InputError.one("kept", "run")


def test_who_opens_a_case_leaves_another_at_work_alone(tmp_path: Path) -> None:
    theirs, left = (CaseFolder(aside(tmp_path / "spm-1")) for _ in range(2))
    for folder in (theirs, left):
        folder.path.mkdir()
    os.utime(left.path, (time.time() - 300,) * 2)
    open_case(tmp_path, "spm-1", "A. B.", {**TEXTS, "scenario": str(SCENARIO)}, {})
    assert theirs.path.is_dir()
    assert not left.path.exists()
    with pytest.raises(InputError, match="already"):
        open_case(tmp_path, "spm-1", "A. B.", {**TEXTS, "scenario": str(SCENARIO)}, {})
