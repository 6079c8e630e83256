"""A folder appears whole or not at all, and nobody's files are lost."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from simulator.errors import InputError, RunError
from simulator.results.folder import free_folder, id_of, refuse_unless_free, whole_folder


def write(folder: Path, text: str, *, force: bool = False) -> None:
    """Write a folder with a record and a table."""
    with whole_folder(folder, force=force) as aside:
        (aside / "tables").mkdir()
        (aside / "tables" / "a.csv").write_text(text, encoding="utf-8")
        (aside / "manifest.json").write_text(text, encoding="utf-8")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_folder_and_those_above_it_are_made(tmp_path: Path) -> None:
    write(tmp_path / "a b" / "æøå" / "run", "one")
    assert (tmp_path / "a b" / "æøå" / "run" / "tables" / "a.csv").read_text() == "one"
    assert names(tmp_path / "a b" / "æøå") == {"run"}


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    write(tmp_path / "run", "one")
    assert names(tmp_path) == {"run"}


@pytest.mark.parametrize("end", [ValueError("no"), KeyboardInterrupt(), SystemExit(1)])
def test_nothing_is_left_of_a_folder_that_was_not_finished(tmp_path: Path, end: BaseException) -> None:
    with pytest.raises(type(end)), whole_folder(tmp_path / "outputs" / "name" / "run", force=False) as aside:
        (aside / "half").write_text("written", encoding="utf-8")
        raise end
    assert names(tmp_path) == set()


def test_an_interrupted_run_leaves_the_one_that_it_would_replace(tmp_path: Path) -> None:
    write(tmp_path / "run", "one")
    with pytest.raises(KeyboardInterrupt), whole_folder(tmp_path / "run", force=True):
        raise KeyboardInterrupt
    assert names(tmp_path) == {"run"}
    assert (tmp_path / "run" / "manifest.json").read_text() == "one"


def test_a_folder_that_is_not_empty_is_refused_without_force(tmp_path: Path) -> None:
    write(tmp_path / "run", "one")
    with pytest.raises(InputError, match="--force"):
        write(tmp_path / "run", "two")
    assert (tmp_path / "run" / "manifest.json").read_text() == "one"


def test_force_replaces_what_a_run_wrote_and_keeps_the_rest(tmp_path: Path) -> None:
    write(tmp_path / "run", "one")
    (tmp_path / "run" / "tables" / "old.csv").write_text("old", encoding="utf-8")
    (tmp_path / "run" / "brief.md").write_text("old", encoding="utf-8")
    (tmp_path / "run" / "my notes.txt").write_text("mine", encoding="utf-8")
    write(tmp_path / "run", "two", force=True)
    assert names(tmp_path) == {"run"}
    assert names(tmp_path / "run") == {"manifest.json", "tables", "my notes.txt"}
    assert names(tmp_path / "run" / "tables") == {"a.csv"}
    assert (tmp_path / "run" / "manifest.json").read_text() == "two"


def test_what_cannot_be_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for folder, words in (("file", "is a file"), ("file/below", "cannot be made"), ("link", "link to nothing")):
        with pytest.raises(InputError, match=words):
            refuse_unless_free(tmp_path / folder, force=True)


def test_a_disk_that_fails_ends_the_run_with_one_line(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="No space left"), whole_folder(tmp_path / "run", force=False):
        raise OSError(28, "No space left on device")
    assert names(tmp_path) == set()


def test_a_run_id_is_legal_everywhere_and_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = datetime(2021, 12, 17, 10, 30, 5, tzinfo=UTC)
    run_id = id_of(moment, "abcdef0123")
    assert run_id == "2021-12-17-103005-abcdef"
    monkeypatch.chdir(tmp_path)
    first = free_folder(None, "null", run_id)
    assert first.parts == ("outputs", "null", run_id)
    first.mkdir(parents=True)
    assert free_folder(None, "null", run_id).name == f"{run_id}-2"
    assert free_folder(Path("x"), "null", run_id) == Path("x")
