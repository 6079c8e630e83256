"""`saldo pack`: what is in it, what is left out and said, and what is refused with nothing damaged."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from simulator.pack import packed
from simulator.pack.cleaned import cleaned

from .planted import saldo


def names_of(pack: Path) -> list[str]:
    with zipfile.ZipFile(pack) as files:
        assert files.testzip() is None
        return files.namelist()


def test_it_holds_figures_tables_and_documents_and_says_what_is_left_out(pack: Path) -> None:
    names = names_of(pack)
    assert names == sorted(names)
    assert {"headline.json", "brief.pdf", "brief.docx", "tables/conversations.csv", "figures/calendar.png"} <= set(
        names
    )
    assert not {"log.txt", "tables/saldo.parquet"} & set(names)
    with zipfile.ZipFile(pack) as files:
        told = files.read("LEFT-OUT.txt").decode()
    for line in (
        "- log.txt: kommandoer og tidspunkter",
        "- log.txt: commands that were typed, and when",
        "- tables/saldo.parquet: samme indhold som tabellen i csv",
        "- tables/saldo.csv: kroner by conversation type and group, which are a computational split",
        "They are neither in the package nor in the folder of the run: attendance.take_up.cv_samtale.dagpenge",
    ):
        assert line in told


def test_no_path_user_note_or_time_is_in_it(kept: Path, pack: Path) -> None:
    with zipfile.ZipFile(pack) as files:
        content = {name: files.read(name) for name in files.namelist()}
        assert {one.date_time for one in files.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    record = json.loads(content["manifest.json"])
    assert not {"command", "settings", "scenario_file", "layers", "platform", "time"} & set(record)
    assert set(record["files"]) == set(content) - {"manifest.json"}
    for name, part in content.items():
        assert str(kept.parent).encode() not in part, name
        assert b"the desk of NN" not in part and b"own.yaml" not in part, name


def test_documents_carry_no_author_and_no_path(pack: Path) -> None:
    with zipfile.ZipFile(pack) as files:
        said = PdfReader(io.BytesIO(files.read("brief.pdf"))).metadata or {}
        properties = Document(io.BytesIO(files.read("brief.docx"))).core_properties
        pictures = [files.read(name) for name in files.namelist() if name.endswith(".png")]
    assert str(said.get("/Author")).startswith("saldo "), "the program, and nobody"
    assert {properties.author.partition(" ")[0], properties.last_modified_by.partition(" ")[0]} <= {"", "saldo"}
    assert properties.comments == ""
    assert pictures and all(b"Author" not in one and b"/tmp" not in one for one in pictures)


def test_the_same_run_gives_the_same_bytes_and_nothing_is_overwritten_unasked(kept: Path, pack: Path) -> None:
    before = pack.read_bytes()
    refused = saldo("pack", kept, "--external", "--out", pack)
    assert refused.exit_code == 2 and "is there already" in refused.output and "--force" in refused.output
    assert saldo("pack", kept, "--external", "--out", pack, "--force").exit_code == 0
    assert pack.read_bytes() == before
    assert [path.name for path in pack.parent.glob(".*")] == [], "nothing half written is left"


@pytest.mark.parametrize("asked", [(), ("--internal",), ("--external", "--internal")])
def test_there_is_only_an_external_one(kept: Path, asked: tuple[str, ...]) -> None:
    refused = saldo("pack", kept, *asked)
    assert refused.exit_code == 2 and "there is no internal pack" in refused.output


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("edit", "brief.docx: was changed after the run"),
        ("remove", "tables/steps.csv: is missing"),
        ("record", "holds no hashes of files"),
        ("headline", "headline.json: was changed after the run"),
    ],
)
def test_a_damaged_run_is_refused_and_nothing_written(kept: Path, tmp_path: Path, damage: str, said: str) -> None:
    run = Path(shutil.copytree(kept, tmp_path / "run"))
    if damage == "edit":
        (run / "brief.docx").write_bytes((run / "brief.docx").read_bytes() + b"x")
    elif damage == "remove":
        (run / "tables" / "steps.csv").unlink()
    elif damage == "record":
        (run / "manifest.json").write_text('{"run_id": "x", "scenario": "x", "files": {}}\n', encoding="utf-8")
    else:
        (run / "headline.json").write_text((run / "headline.json").read_text("utf-8") + " ", encoding="utf-8")
    refused = saldo("pack", run, "--external", "--out", tmp_path / "out.zip")
    assert refused.exit_code == 2 and said in refused.output, refused.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run"]


@pytest.mark.parametrize("place", ["missing", "file", "empty"])
def test_what_is_no_run_is_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    refused = saldo("pack", tmp_path / place, "--external", "--out", tmp_path / "out.zip")
    assert refused.exit_code == 2 and "finished run" in refused.output


@pytest.mark.parametrize(
    ("out", "said"),
    [("run", "is a folder"), ("no/out.zip", "there is no folder"), ("run/out.zip", "lies in the folder")],
)
def test_a_place_that_cannot_be_is_named(kept: Path, out: str, said: str) -> None:
    refused = saldo("pack", kept, "--external", "--out", kept.parent / out)
    assert refused.exit_code == 2 and said in refused.output


def test_a_document_that_was_written_later_is_left_out_and_told(kept: Path, tmp_path: Path) -> None:
    run = Path(shutil.copytree(kept, tmp_path / "run"))
    (run / "talk.txt").write_text("a note of ours", encoding="utf-8")
    files = packed(run)
    assert "talk.txt" not in files and b"- talk.txt: not written by the run itself" in files["LEFT-OUT.txt"]


def test_names_are_replaced_and_notes_left_out_of_the_table_of_assumptions() -> None:
    head = "key,layer,owner,signed_off_by,signed_off_on,note\n"
    table = head + "a,facts file x.yaml,Ulla,Bo,2021-12-01,ask her\nb,facts,,,,\n"
    content, reasons = cleaned("tables/assumptions.csv", table.encode())
    assert content is not None and reasons == ("names",)
    assert content.decode().splitlines()[1:] == ["a,facts file,***,***,2021-12-01,", "b,facts,,,,"]


def test_a_scenario_is_handed_out_without_notes_and_names_or_not_at_all() -> None:
    content, reasons = cleaned(
        "scenario.resolved.yaml", b"# head\nname: x\nnote: ours\na:\n  value: 1.0\n  owner: Ulla\n"
    )
    assert (content, reasons) == (b"name: x\na:\n  value: 1.0\n", ("people",))
    content, reasons = cleaned("scenario.resolved.yaml", b"# head\nname: x\nnote: |\n  two\n  lines\n")
    assert (content, reasons) == (None, ("unsafe",))


def test_a_draft_is_not_handed_out(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.pack.making.is_draft", lambda folder: True)
    files = packed(kept)
    assert not [name for name in files if name.startswith(("brief", "tabeller"))]
    assert b"- brief.pdf: udkast, der ikke er til udlevering" in files["LEFT-OUT.txt"]


def test_a_path_in_a_text_stops_the_pack(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = "/".join(["", "home", "ulla", "x"]).encode()
    monkeypatch.setattr("simulator.pack.making.cleaned", lambda name, content: (content + b" " + path, ()))
    refused = saldo("pack", kept, "--external", "--out", tmp_path / "out.zip")
    assert refused.exit_code == 1 and "a path or name of a machine; nothing was packed" in refused.output
    assert list(tmp_path.iterdir()) == []
