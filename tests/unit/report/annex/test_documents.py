"""The annex as files: where it may stand, foreign text in every form, and that no brief says anything of it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from simulator.errors import InputError
from simulator.report.annex import make_annex
from simulator.report.brief import FORMS, compose
from simulator.report.language import read_words
from simulator.report.pictures import Pictures
from simulator.report.plugs import plug
from simulator.report.reading import Run, read_run
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for
from simulator.report.tables import data_table, written_table
from simulator.report.tables.single import reading_of
from simulator.report.tables.workbook import tables_bytes
from simulator.results.dictionary import INFORMATION
from tests.unit.report.made_up_information import Trial, write_information
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES

SHAPE = SHAPES["published"]
EVIL = "<script>alert(1)</script> **fed** [[x]] `kode` {0} #set \u202ex"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_information(write_run(tmp_path_factory.mktemp("annex") / "run", SHAPE), SHAPE)


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run(tmp_path_factory.mktemp("plain") / "run", SHAPE)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_brief_is_the_same_with_the_tables_and_without(run: Path, without: Path, form: str, language: str) -> None:
    told = []
    for folder in (run, without):
        read, words = read_run(folder), read_words(language)
        told.append(compose(Telling(read, words_for(read, words)), form))
    assert told[0] == told[1]


def test_the_files_of_the_brief_and_the_workbooks_are_the_same_with_the_tables(run: Path, without: Path) -> None:
    made = [_files(read_run(folder)) for folder in (run, without)]
    assert made[0] == made[1]


def _files(run: Run) -> list[bytes]:
    words = words_for(run, read_words("da"))
    document = compose(Telling(run, words))
    pictures = Pictures(run, words)
    names = ("md", "xlsx")
    return [
        tables_bytes(run, reading_of(run, "da")),
        *(plug("formats", n, "format").write(document, pictures) for n in names),
    ]


def test_it_stands_beside_the_run_and_is_the_same_each_time(run: Path) -> None:
    before = sorted(run.rglob("*"))
    (file,) = make_annex(run)
    assert file == run.resolve().parent / "run-bilag-viden.pdf"
    first = file.read_bytes()
    assert make_annex(run, ("pdf", "md"), "en")[1] == run.resolve().parent / "run-annex-knowledge.md"
    assert make_annex(run)[0].read_bytes() == first
    assert sorted(run.rglob("*")) == before


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_is_one_page(run: Path, tmp_path: Path, language: str) -> None:
    (file,) = make_annex(run, language=language, out=tmp_path / "annex.pdf")
    assert len(PdfReader(str(file)).pages) == 1


def test_what_others_wrote_stays_text_in_every_form(tmp_path: Path) -> None:
    trial = Trial(options=("baseline", EVIL), priors=(("=cmd", 1.0), ("@x", 0.5)))
    folder = write_information(write_run(tmp_path / "run", SHAPE), SHAPE, trial)
    files = {path.suffix: path for path in make_annex(folder, ("html", "md", "docx", "pdf"))}
    html = files[".html"].read_text(encoding="utf-8")
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)" in html and "<strong>fed" not in html
    md = files[".md"].read_text(encoding="utf-8")
    assert "\\<script>alert(1)" in md and " **fed**" not in md and "\u202e" not in md
    told = "\n".join(
        cell.text for table in docx.Document(str(files[".docx"])).tables for row in table.rows for cell in row.cells
    )
    assert "<script>alert(1)</script> **fed** [[x]] `kode` {0}" in told
    assert "<script>" not in zipfile.ZipFile(files[".docx"]).read("word/document.xml").decode()
    assert PdfReader(str(files[".pdf"])).pages
    pasted = written_table(folder, "trial_worth", "tsv").decode()
    assert not any(line.startswith(("=", "@", "-")) for line in pasted.splitlines())


@pytest.mark.parametrize("name", INFORMATION)
def test_the_tables_can_be_asked_for_as_they_are(run: Path, without: Path, name: str) -> None:
    assert data_table(run, name, "da").decode("utf-8-sig").startswith(("prior;", "quantity;", "outcome;"))
    with pytest.raises(InputError, match="a scenario with a section 'decision' or 'trial' makes it"):
        data_table(without, name, "da")


def test_the_tables_of_the_annex_can_be_pasted(run: Path, without: Path) -> None:
    told = written_table(run, "voi", "tsv").decode().replace("\N{NO-BREAK SPACE}", " ")
    assert told.splitlines()[1].startswith("Værdien af at vide alt\t5,6 (0,2)\t")
    assert b"<table" in written_table(run, "trial_power", "html", "en")
    with pytest.raises(
        InputError, match=r"in the brief and the annex of this run; it has: .*unknown, voi, trial_worth"
    ):
        written_table(run, "trial_sizes", "tsv")
    with pytest.raises(InputError, match=r"no table 'voi' in the brief of this run; .*give --format csv"):
        written_table(without, "voi", "tsv")


@pytest.mark.parametrize("inside", ["bilag.pdf", "tables/bilag.md"])
def test_it_is_never_written_into_a_run(run: Path, inside: str) -> None:
    with pytest.raises(InputError, match="inside the run folder"):
        make_annex(run, out=run / inside)
