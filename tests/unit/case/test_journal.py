from __future__ import annotations

import json
import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from simulator.case import journal as journal_module
from simulator.case.folder import CaseFolder, case_named
from simulator.case.journal import CLOCKS_APART, Entry, digest_of, moment_after, read_journal, write_entry
from simulator.case.state import state_of
from simulator.errors import InputError, RunError
from simulator.results.save import now
from tests.unit.case.made_up_cases import AT, answer, made_case, put


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    made = made_case(tmp_path)
    put(made, state_of(read_journal(made)), "answered", 1, answer())
    return made


def entries_of(case: CaseFolder) -> tuple[Entry, ...]:
    return read_journal(case)


def test_entries_come_back_as_they_were_written(case: CaseFolder) -> None:
    found = entries_of(case)
    assert [entry.file for entry in found] == ["0001-opened.json", "0002-answered.json"]
    assert found[1].said["figures"]["mio_kr"] == -5.0
    assert found[0].at == AT


@pytest.mark.parametrize(
    ("damage", "part"),
    [
        (lambda text: text.replace('"by": "A. B."', '"by": "X. Y."'), "was changed after it was written"),
        (lambda text: text.replace("-5.0", "-4.0"), "was changed after it was written"),
        (lambda text: text[: len(text) // 2], "not readable as JSON"),
        (lambda text: "[]", "is not an entry"),
        (lambda text: "", "not readable as JSON"),
        (lambda text: text.replace('"saldo": 1', '"saldo": 2'), "later saldo"),
    ],
)
def test_an_entry_that_was_edited_is_told(case: CaseFolder, damage: object, part: str) -> None:
    file = case.journal / "0002-answered.json"
    file.write_text(damage(file.read_text(encoding="utf-8")), encoding="utf-8")  # type: ignore[operator]
    before = file.read_bytes()
    with pytest.raises(InputError, match=part):
        read_journal(case)
    assert file.read_bytes() == before


def test_an_edit_with_its_own_hash_breaks_the_chain(case: CaseFolder) -> None:
    first = case.journal / "0001-opened.json"
    content = json.loads(first.read_text(encoding="utf-8"))
    content["by"] = "X. Y."
    first.write_text(json.dumps({**content, "digest": digest_of(content)}), encoding="utf-8")
    with pytest.raises(InputError, match="does not follow entry 0001"):
        read_journal(case)


def test_a_folder_copied_in_part(case: CaseFolder) -> None:
    (case.journal / "0001-opened.json").unlink()
    with pytest.raises(InputError, match="entry 0001 is missing"):
        read_journal(case)


def test_two_entries_of_one_number_and_a_stray_file(case: CaseFolder) -> None:
    (case.journal / "0002-sent.json").write_text("{}", encoding="utf-8")
    (case.journal / "Thumbs.db").write_text("", encoding="utf-8")
    (case.journal / "notes.txt").write_text("", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_journal(case)
    assert "has the number of 0002-answered.json" in str(caught.value)
    assert "notes.txt" in str(caught.value)
    assert "Thumbs.db" not in str(caught.value)


def test_no_entry_is_overwritten(case: CaseFolder) -> None:
    """Whoever read the journal before another entry was written is refused, and the other entry stays."""
    seen = entries_of(case)
    put(case, state_of(seen), "cleared", 1, by="G. H.")
    with pytest.raises(RunError, match="somebody has worked in the case"):
        write_entry(case, seen, Entry(3, "withdrawn", AT, "A. B.", 1, {"why": "x"}, ""))
    assert [entry.kind for entry in entries_of(case)] == ["opened", "answered", "cleared"]
    assert sorted(path.name[0] for path in case.journal.iterdir()) == ["0", "0", "0"]


@pytest.mark.parametrize("links", [True, False])
def test_of_many_writers_one_wins(case: CaseFolder, links: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    seen, won, lost = entries_of(case), [], []
    start = threading.Barrier(6)

    def write(number: int) -> None:
        start.wait()
        try:
            won.append(write_entry(case, seen, Entry(3, "cleared", AT, f"P{number}", 1, {}, "")))
        except RunError as wrong:
            lost.append(wrong)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if links:
        assert (len(won), len(lost)) == (1, 5)
    assert len(entries_of(case)) == 3


def _no_links(*names: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_a_drive_that_vanishes_in_the_middle_of_a_write(case: CaseFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, away = entries_of(case), case.path.with_name("away")
    real = journal_module._write_through

    def vanish(path: Path, text: str) -> None:
        real(path, text)
        case.path.rename(away)

    monkeypatch.setattr(journal_module, "_write_through", vanish)
    with pytest.raises(RunError, match="could not be written"):
        write_entry(case, seen, Entry(3, "cleared", AT, "G. H.", 1, {}, ""))
    away.rename(case.path)
    assert entries_of(case) == seen


def test_a_clock_that_was_set_back(case: CaseFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = entries_of(case)
    monkeypatch.setattr(journal_module, "now", lambda: AT - timedelta(days=1))
    with pytest.raises(InputError, match="set the clock"):
        moment_after(seen)
    assert moment_after(seen, clock_is_right=True) == AT - timedelta(days=1)


def test_a_clock_that_was_right_all_the_same_is_said_once(case: CaseFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a year long, where another machine's was a year ahead."""
    seen, earlier = entries_of(case), AT - timedelta(days=365)
    monkeypatch.setattr(journal_module, "now", lambda: earlier)
    moment = moment_after(seen, clock_is_right=True)
    written = write_entry(case, seen, Entry(len(seen) + 1, "cleared", moment, "G. H.", 1, {}, ""))
    assert moment_after((*seen, written)) == earlier


def test_clocks_of_two_machines_may_differ_a_little(case: CaseFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_module, "now", lambda: AT - CLOCKS_APART)
    assert moment_after(entries_of(case)) == AT
    monkeypatch.undo()
    assert moment_after(entries_of(case)) >= now() - timedelta(seconds=5)


def test_a_case_is_found_by_its_name(case: CaseFolder) -> None:
    cases = case.path.parent
    assert case_named(cases, "spm-412") == case
    with pytest.raises(InputError, match="did you mean spm-412"):
        case_named(cases, "spm-421")
    for name in ("../spm-412", "SPM", "", "a/b", "con", "x" * 65):
        with pytest.raises(InputError, match="is not a name of a case"):
            case_named(cases, name)
    with pytest.raises(InputError, match="Windows keeps it for itself; did you mean nul-1"):
        case_named(cases, "nul")
    case.heading.unlink()
    with pytest.raises(InputError, match=r"lacks case\.yaml"):
        case_named(cases, "spm-412")
    with pytest.raises(InputError, match="no folder of cases"):
        case_named(cases / "none", "spm-412")
