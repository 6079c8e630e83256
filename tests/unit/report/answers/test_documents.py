"""The four documents as files: in two languages and all forms, of one page where they must be, with the same bytes."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest

from simulator.errors import InputError, RunError
from simulator.report.answers import form_names, write_answers
from simulator.report.answers.answer import cut
from simulator.report.answers.documents import compose
from simulator.report.answers.issue import STATUSES, Checked
from simulator.report.answers.room import PAGE, height
from simulator.report.blocks import KeyFigures, Paragraph, plain
from simulator.report.formats.md import write as write_md
from simulator.report.language import read_words
from simulator.report.pictures import Pictures
from simulator.report.reading import read_run
from simulator.report.story import words_for
from tests.unit.report.answers.made_up_issues import CHANGES, DRAFT, FULL, ISSUES, NEWEST, TODAY, document, table, text
from tests.unit.report.danish_text import assert_danish, told
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.printed import loose_numbers, printed, without_digits
from tests.unit.report.shapes import SHAPES

FolderOf = Callable[[str], Path]
MANY = replace(
    FULL,
    question="Hvorfor? " * 250,
    earlier=tuple(replace(NEWEST, version=at) for at in range(1, 30)),
    changes=CHANGES * 4,
    withdrawn_why="Fordi " * 60,
    replaced_by=4,
)
"""More than one page has room for."""


def rewritten(folder: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    path = folder / "headline.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    change(found)
    path.write_text(json.dumps(found), encoding="utf-8")
    return folder


def test_eight_files_are_written_each_whole_and_the_same_again(folder_of: FolderOf, tmp_path: Path) -> None:
    files = write_answers(folder_of("gain"), FULL, tmp_path / "a" / "b")
    names = [f"{stem}.{end}" for stem in ("svar", "halv-side", "notat", "talelinje") for end in ("docx", "pdf")]
    assert [file.name for file in files] == names
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == sorted(names)
    first = {file.name: file.read_bytes() for file in files}
    assert {
        file.name: file.read_bytes() for file in write_answers(folder_of("gain"), FULL, tmp_path / "a" / "b")
    } == first
    said = pypdf.PdfReader(io.BytesIO(first["notat.pdf"])).metadata
    assert said is not None and str(said.title).startswith("NOTAT: ")


@pytest.mark.parametrize("name", ["erstattet", "clearet"])
def test_the_foot_of_every_page_has_the_status_in_word_and_pdf(name: str, folder_of: FolderOf, tmp_path: Path) -> None:
    write_answers(folder_of("published"), replace(ISSUES[name], question="Hvorfor? " * 250), tmp_path)
    stamped = "UDGÅET, erstattet af v4" if name == "erstattet" else "CLEARET v3"
    pages = pypdf.PdfReader(tmp_path / "svar.pdf").pages
    assert len(pages) == 2 and all(stamped in page.extract_text().replace("\xa0", " ") for page in pages)
    word = docx.Document(str(tmp_path / "svar.docx"))
    assert word.sections[0].footer.paragraphs[0].text.startswith(stamped)


@pytest.mark.parametrize(("name", "language"), [("published", "da"), ("draft", "en")])
def test_the_note_has_one_page_however_much_there_is_to_say(
    name: str, language: str, folder_of: FolderOf, tmp_path: Path
) -> None:
    files = write_answers(folder_of(name), MANY, tmp_path, ["pdf"], language)
    [note] = [file for file in files if file.name.startswith("not")]
    assert len(pypdf.PdfReader(note).pages) == 1


LARGEST = ("counted_time", "lasting", "draft", "both")


@pytest.mark.parametrize(
    ("name", "language"), [*((name, "da") for name in SHAPES), *((name, "en") for name in LARGEST)]
)
def test_a_note_is_as_high_as_a_page_at_most(name: str, language: str, folder_of: FolderOf) -> None:
    for issue in (ISSUES["erstattet"], MANY):
        assert height(document(folder_of(name), issue, "note", language).blocks) <= PAGE


def test_where_there_is_room_all_is_told(folder_of: FolderOf) -> None:
    found = document(folder_of("gain"), FULL, "note")
    shown = table(found, "changed")
    assert shown is not None and len(shown.lines) == len(CHANGES) + 2


def test_the_note_has_the_eight_sections_in_order(folder_of: FolderOf) -> None:
    for name in ("published", "null", "suspension", "published_before"):
        labels = [
            block.label for block in document(folder_of(name), FULL, "note").blocks if isinstance(block, Paragraph)
        ]
        assert [label for label in labels if label[:1].isdigit()] == [
            "1. Skøn",
            "2. Forslaget",
            "3. Beregning",
            "4. Økonomiske konsekvenser",
            "5. Følsomhed",
            "6. Ikke indregnet",
            "7. Tidligere oplyst",
            "8. Grundlag",
        ]


def test_half_a_page_has_three_numbers_at_most_and_what_is_not_known(folder_of: FolderOf) -> None:
    for name in ("published", "null", "suspension", "lasting"):
        blocks = document(folder_of(name), FULL, "half_page").blocks
        [key] = [block for block in blocks if isinstance(block, KeyFigures)]
        assert 1 <= len(key.items) <= 3
        assert [b.label for b in blocks if isinstance(b, Paragraph) and b.label][-2:] == [
            "Følsomhed",
            "Det ved vi ikke",
        ]


@pytest.mark.parametrize("form", form_names())
@pytest.mark.parametrize("name", SHAPES)
def test_every_run_has_every_form_in_danish_without_seams(name: str, form: str, folder_of: FolderOf) -> None:
    run = read_run(folder_of(name))
    words = words_for(run, read_words("da"))
    written = write_md(compose(run, words, FULL, form), Pictures(run, words)).decode()
    assert_danish(told(written, "md").replace(run.manifest["run_id"], ""))


@pytest.mark.parametrize("form", form_names())
@pytest.mark.parametrize("name", SHAPES)
def test_every_number_is_bound_to_the_run(name: str, form: str, folder_of: FolderOf) -> None:
    run = read_run(folder_of(name))
    bare = replace(DRAFT, file_number="A", question="?", version=1)
    found = compose(run, without_digits(words_for(run, read_words("da"))), bare, form)
    texts = [one for one in printed(found) if not re.match(r"\d\. ", one)]
    assert [number for one in texts for number in loose_numbers(one) if " v1" not in number] == []


def test_figures_that_are_not_told_leave_sentences_and_no_crash(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["published"])
    for name, column in (("saldo", "kr"), ("steps", "value"), ("assumptions", "value")):
        path = folder / "tables" / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows([{**row, column: ""} for row in rows])
    note = text(document(folder, FULL, "note"))
    assert "Fordelingen på finansår oplyses ikke: Den bygger på fortrolige tal." in note
    assert "Hvad der halverer eller fordobler skønnet, oplyses ikke" in note
    assert "størrelsesordenen 5 mio. kr." in note
    for form in form_names():
        assert text(document(folder, FULL, form))


ODD = "**fed** `kode` [[x]] <b>&amp;</b> #import $x$ {0} \u202eabc\u0000 " + "lang" * 500


def test_what_people_wrote_is_shown_as_it_stands_and_is_no_markup(folder_of: FolderOf, tmp_path: Path) -> None:
    issue = replace(
        MANY,
        case=ODD,
        question=ODD,
        asker=ODD,
        file_number=ODD,
        recipient=ODD,
        cleared_by=ODD,
        withdrawn_why=ODD,
        replaced_by=None,
        status="udgaaet",
        checked=Checked(ODD, TODAY, 0.5),
        earlier=(replace(NEWEST, recipient=ODD, case=ODD, file_number=ODD, status=ODD, concept=ODD),),
        moved=((ODD, 1e6),),
        changes=tuple(replace(one, why=ODD, by=ODD, before=ODD, key=ODD) for one in CHANGES),
    )
    files = write_answers(folder_of("published"), issue, tmp_path, ["pdf", "docx", "html", "md"])
    assert len(files) == 16
    page = (tmp_path / "svar.html").read_text(encoding="utf-8")
    assert "**fed** `kode` [[x]] &lt;b&gt;&amp;amp;&lt;/b&gt; #import $x$ {0} abc " in page
    assert "\u202e" not in page and "<script" not in page
    assert len(pypdf.PdfReader(tmp_path / "notat.pdf").pages) == 1


def test_a_text_is_cut_after_a_word_and_never_grows() -> None:
    assert cut("et to tre fire", 9) == "et to…"
    assert cut("et,  to\n", 9) == "et, to"
    assert cut("x" * 50, 10) == "x" * 9 + "…"
    assert all(len(cut("ord og " * 30, most)) <= most for most in range(1, 60))
    assert plain(cut("**a** [[b]]", 40)) == "**a** [[b]]"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"status": "sendt"}, "no status 'sendt'; allowed: udkast, kontrolregnet, clearet, oversendt, udgaaet"),
        ({"version": 0, "replaces": None, "changed_since": None}, "version: is below 1"),
        ({"replaces": 3}, "replaces: is 3; give an earlier version than 3"),
        ({"changed_since": 7}, "changed_since: is 7; give an earlier version than 3"),
        ({"replaced_by": 3}, "replaced_by: is 3; give a later version than 3"),
        ({"before_kr": float("nan")}, "before_kr: is nan; give a number"),
        ({"rest_kr": float("inf")}, "rest_kr: is inf; give a number"),
        ({"moved": (("effect", float("nan")),)}, r"moved\[0\]: is nan"),
        ({"earlier": (replace(NEWEST, mio_kr=float("inf")),)}, r"earlier\[0\].mio_kr: is inf"),
        ({"changes": (replace(CHANGES[0], effect_kr=float("nan")),)}, r"changes\[0\].effect_kr: is nan"),
        ({"checked": Checked("KFR", TODAY, float("nan"))}, "checked.difference_share: is nan"),
    ],
)
def test_an_issue_that_cannot_be_is_refused(
    wrong: dict[str, Any], told: str, folder_of: FolderOf, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=told):
        write_answers(folder_of("null"), replace(FULL, **wrong), tmp_path)
    assert not list(tmp_path.iterdir())


def test_all_faults_of_an_issue_are_told_at_once(folder_of: FolderOf, tmp_path: Path) -> None:
    with pytest.raises(InputError) as wrong:
        write_answers(folder_of("null"), replace(FULL, status="x", replaced_by=1, rest_kr=float("nan")), tmp_path)
    assert len(wrong.value.faults) == 3 and "version 3 of the case 'jul-2021'" in str(wrong.value)


@pytest.mark.parametrize(
    ("formats", "language", "told"),
    [
        (["xlsx"], "da", "no format 'xlsx' for an answer; allowed: docx, html, md, pdf"),
        (["pdf", "odt", "x"], "da", "no format 'odt', 'x' for an answer"),
        ([], "da", "no format none for an answer"),
        (["md"], "fr", "no language 'fr'; allowed: da, en"),
    ],
)
def test_a_format_or_language_that_there_is_not_is_refused(
    formats: list[str], language: str, told: str, folder_of: FolderOf, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=told):
        write_answers(folder_of("null"), FULL, tmp_path, formats, language)


def test_a_folder_without_a_run_a_file_for_a_folder_and_an_unknown_form_are_refused(
    folder_of: FolderOf, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="no such folder; give the folder of a finished run"):
        write_answers(tmp_path / "none", FULL, tmp_path)
    with pytest.raises(InputError, match=r"no headline\.json here"):
        write_answers(tmp_path, FULL, tmp_path)
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(InputError, match="is a file; give a folder for the documents"):
        write_answers(folder_of("null"), FULL, file)
    with pytest.raises(InputError, match="no form 'letter'; available: committee, half_page, note, spoken"):
        document(folder_of("null"), FULL, "letter")


def test_where_nothing_can_be_written_the_documents_stay_as_they_were(
    folder_of: FolderOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = write_answers(folder_of("null"), DRAFT, tmp_path, ["md"])
    before = {file: file.read_bytes() for file in files}
    write = Path.write_bytes

    def vanishing(path: Path, content: bytes) -> int:
        if path.name.startswith(".talelinje"):
            raise OSError(5, "Input/output error", str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", vanishing)
    with pytest.raises(RunError, match="the document cannot be written: Input/output error"):
        write_answers(folder_of("null"), ISSUES["oversendt"], tmp_path, ["md"])
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_every_status_has_its_words_in_every_language() -> None:
    for language in ("da", "en"):
        words = read_words(language)
        assert set(words.find("answers.statuses")) == set(STATUSES)
        named = {f"{status}{end}" for status in STATUSES[:-1] for end in ("", "_plain")}
        assert set(words.find("answers.stamps")) == named | {STATUSES[-1]}
        assert all(set(words.find(f"answers.{part}")) == set(form_names()) for part in ("kinds", "titles", "files"))


def test_a_run_of_the_control_alone_has_its_documents(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["published"])
    rewritten(folder, lambda found: found.update(engine="control", replications=1, unexplained_share=None))
    path = folder / "tables" / "steps.csv"
    kept = [
        line for line in path.read_text(encoding="utf-8").splitlines() if "held" not in line and "digital" not in line
    ]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    (folder / "tables" / "conversations.csv").unlink()
    for form in form_names():
        assert text(document(folder, FULL, form))
    assert height(document(folder, FULL, "note").blocks) <= PAGE
