"""What is taken home of a run is what the run holds; a name is looked up and never used as a path."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.web import downloads
from simulator.web.downloads import download, main, names_of, run_zip
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a made-up run of the published case."""
    return write_run(tmp_path_factory.mktemp("runs") / "run-1", SHAPES["published"])


def _bytes(content: bytes | Path) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def test_what_is_kept_is_given_byte_for_byte(run: Path) -> None:
    name, media, content = download(run, "headline.json", "da")
    assert (name, media) == ("headline.json", "application/json")
    assert content == (run / "headline.json").read_bytes()
    assert _bytes(download(run, "tables/saldo.csv", "da")[2]) == (run / "tables" / "saldo.csv").read_bytes()


def test_the_zip_of_a_run_holds_its_folder_and_is_the_same_each_time(run: Path) -> None:
    packed = download(run, "run.zip", "da")[2]
    assert isinstance(packed, bytes)
    assert packed == download(run, "run.zip", "en")[2]
    with zipfile.ZipFile(BytesIO(packed)) as read:
        names = read.namelist()
        assert len({name.partition("/")[0] for name in names}) == 1
        assert not [name for name in names if name.startswith("/") or ".." in name]
        inside = {name.partition("/")[2]: read.read(name) for name in names}
    assert inside == {path.relative_to(run).as_posix(): path.read_bytes() for path in run.rglob("*") if path.is_file()}


def test_a_link_out_of_the_folder_is_not_packed(run: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("not of the run")
    folder = tmp_path / "run"
    folder.mkdir()
    (folder / "headline.json").write_text("{}")
    (folder / "link.txt").symlink_to(secret)
    with zipfile.ZipFile(BytesIO(run_zip(folder, "x"))) as read:
        assert read.namelist() == ["x/headline.json"]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../run-1/headline.json",
        "tables/../headline.json",
        "tables/saldo",
        "tables/nothing.csv",
        "manifest.json",
        "figures/nothing.svg",
        "figures/bridge.exe",
        "brief/short.xlsx",
        "brief/defence.pdf",
        "/etc/passwd",
        "x" * 5000,
    ],
)
def test_what_is_not_there_is_refused(name: str, run: Path) -> None:
    with pytest.raises(InputError, match="there is no"):
        download(run, name, "da")


def test_a_language_that_is_not_there_is_refused(run: Path) -> None:
    with pytest.raises(InputError, match="no language"):
        download(run, "figures/bridge.svg", "../da")


def test_the_names_are_those_of_the_run(run: Path) -> None:
    names = names_of(run)
    assert {"run.zip", "headline.json", "figures/bridge.svg", "figures/bridge.png", "brief/full.xlsx"} <= set(names)
    assert {f"brief/{form}.{end}" for form in ("full", "short") for end in ("pdf", "docx", "html", "md")} <= set(names)
    tables = {path.name for path in (run / "tables").glob("*.csv")}
    assert {name.removeprefix("tables/") for name in names if name.count("/") == 1 and name[:7] == "tables/"} == tables


def test_a_figure_is_drawn_beside_the_run_and_once(run: Path) -> None:
    before = sorted(run.rglob("*"))
    name, media, content = download(run, "figures/years.svg", "en")
    assert isinstance(content, Path)
    assert name.endswith("-years-en.svg") and media == "image/svg+xml"
    assert content.read_text().count("<svg ") == 1
    drawn = content.stat().st_mtime_ns
    assert _bytes(download(run, "figures/years.png", "en")[2])[:4] == b"\x89PNG"
    again = download(run, "figures/years.svg", "en")[2]
    assert isinstance(again, Path) and again.stat().st_mtime_ns == drawn
    assert sorted(run.rglob("*")) == before


def test_a_brief_is_written_beside_the_run(run: Path, tmp_path: Path) -> None:
    """As the process that the server starts does it."""
    assert main(["write_brief", str(run), "short", "html", "en", str(tmp_path / "out")]) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["brief-short.en.html"]
    assert not list(run.glob("brief*"))


def test_what_cannot_be_drawn_is_told_and_leaves_nothing(run: Path, tmp_path: Path) -> None:
    assert main(["draw_figure", str(run), "nothing", "page", "da", str(tmp_path / "out")]) == 2
    assert main(["draw_figure", str(run), "years", "poster", "da", str(tmp_path / "out")]) == 2
    assert main(["write_brief", str(run), "long", "pdf", "da", str(tmp_path / "out")]) == 2
    assert not (tmp_path / "out").exists()


def test_documents_are_made_in_turn_and_the_same_one_once(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page may ask for all of them at once; each takes a processor and hundreds of megabytes."""
    made: list[str] = []
    at_work: list[str] = []

    def make(words: Sequence[str]) -> None:
        at_work.append(words[0])
        assert len(at_work) == 1
        time.sleep(0.02)
        made.append(words[2])
        out = Path(words[-1])
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{downloads.FORMS[words[2]]}.en.md").write_text("made")
        at_work.clear()

    monkeypatch.setattr(downloads, "_made_elsewhere", make)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda form: download(run, f"brief/{form}.md", "en")[2], ["full", "short"] * 4))
    assert {_bytes(one) for one in found} == {b"made"}
    assert sorted(made) == ["full", "short"]


def test_why_a_document_was_not_made_names_no_folder_of_the_machine(run: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError) as wrong:
        downloads._made_elsewhere(("draw_figure", str(run / "none"), "bridge", "page", "en", str(tmp_path)))
    assert str(run) not in str(wrong.value) and "none" in str(wrong.value)
