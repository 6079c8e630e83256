"""The workbook as its reader opens it: sheets, marks, names, text that stays text, and what it never tells."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from simulator.report.language import read_words
from simulator.report.reading import read_run
from simulator.report.story import words_for
from simulator.report.workbook import workbook_bytes
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES
from tests.unit.report.workbook.conftest import BookOf, FolderOf

ALL = ["Læs mig", "Inddata", "Kæden", "År", "Resultater", "Forudsætninger", "Led"]
HARD = {
    "formula": '=HYPERLINK("http://example.org","x")',
    "array": "{=1+1}",
    "plus": "+1+cmd|' /C calc'!A0",
    "link": "https://example.org/a",
    "number": "1234",
    "markup": "<b>x</b> **y** #set page() `z`",
    "turned": "a\u202eb\u200fc",
    "long": "x" * 10_000,
}


def written(folder: Path) -> bytes:
    run = read_run(folder)
    return workbook_bytes(run, words_for(run, read_words("da")))


def opened(folder: Path) -> Workbook:
    return openpyxl.load_workbook(BytesIO(written(folder)))


def texts(book: Workbook) -> list[str]:
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    return [cell.value for cell in cells if cell.data_type in ("s", "inlineStr")]


def formulas_in(book: Workbook) -> int:
    return sum(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("kind", HARD)
def test_text_of_a_scenario_is_text_in_every_cell(
    run_folder: FolderOf, book_of: BookOf, tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(run_folder("christmas-2021"), folder)
    headline = json.loads((folder / "headline.json").read_text(encoding="utf-8"))
    (folder / "headline.json").write_text(json.dumps({**headline, "title_da": HARD[kind]}), encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**manifest, "command": HARD[kind]}), encoding="utf-8")
    book = opened(folder)
    shown = HARD[kind].replace("\u202e", "").replace("\u200f", "")
    assert shown in texts(book)
    assert any(text.endswith(f"· {shown}") for text in texts(book))
    assert formulas_in(book) == formulas_in(openpyxl.load_workbook(book_of("christmas-2021")))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def test_the_same_run_gives_the_same_bytes(run_folder: FolderOf) -> None:
    assert written(run_folder("christmas-2021")) == written(run_folder("christmas-2021"))


def test_inputs_are_marked_named_and_validated(book_of: BookOf) -> None:
    book = openpyxl.load_workbook(book_of("christmas-2021"))
    assert book.sheetnames == ALL
    sheet = book["Inddata"]
    cells = {
        name: book.defined_names[name].attr_text.rpartition("!")[2].replace("$", "") for name in book.defined_names
    }
    checked = {str(one.sqref) for one in sheet.data_validations.dataValidation}
    assert set(cells.values()) == checked
    assert {sheet[cell].fill.fgColor.rgb for cell in checked} == {"FFFFF2B3"}
    assert {"attendance_take_up_scale", "relative_effect_jobsamtale", "meeting_weeks_cv_samtale"} <= set(cells)
    carry = next(
        one for one in sheet.data_validations.dataValidation if str(one.sqref) == cells["closures_carry_share"]
    )
    assert (carry.operator or "between", carry.formula1, carry.formula2) == ("between", "0", "1")


def test_numbers_are_numbers_and_sheets_print_on_lying_pages(book_of: BookOf) -> None:
    book = openpyxl.load_workbook(book_of("christmas-2021"))
    numbers = re.compile(r"-?\d+[.,]?\d*")
    told = [text for text in texts(book) if numbers.fullmatch(text) and not 1900 < float(text.replace(",", ".")) < 2100]
    assert set(told) <= {"1", "0"}, "only seed and replications stand as text, among what the run is"
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth in (None, 1) and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet["A1"].value.startswith("Kørsel ")
        assert "minus svækker den offentlige saldo" in sheet["A2"].value and "2021-pl" in sheet["A2"].value
    assert book["Led"].print_title_rows and book["Forudsætninger"].print_title_rows


def test_charts_say_in_words_what_they_show(book_of: BookOf) -> None:
    with zipfile.ZipFile(book_of("christmas-2021")) as parts:
        drawings = [parts.read(name).decode() for name in parts.namelist() if "drawings/drawing" in name]
    assert len(drawings) == 2
    assert all('descr="Søjler: ' in drawing for drawing in drawings)


def test_neither_the_error_of_events_nor_kroner_by_type_are_told(book_of: BookOf) -> None:
    book = openpyxl.load_workbook(book_of("christmas-2021"))
    heads = {str(cell.value) for row in book["Kæden"].iter_rows() for cell in row if cell.font.b}
    by_type = [row for row in book["Kæden"].iter_rows(values_only=True) if row[0] == "Samtaletype"]
    assert "Mio. kr." in heads
    assert by_type and not any("kr." in str(cell) for row in by_type for cell in row)
    assert not any("standardfejl" in text.lower() or "std" in text.lower().split() for text in texts(book))


def test_a_calibrated_relative_effect_is_told_as_an_index_of_its_loss(run_folder: FolderOf) -> None:
    book = opened(run_folder("christmas-2021-partial-loss"))
    assert "loss_index_jobsamtale" in book.defined_names and "relative_effect_jobsamtale" not in book.defined_names
    rows = [row for row in book["Forudsætninger"].iter_rows(values_only=True) if "relative_effect" in str(row[1])]
    calibrated = [row for row in rows if "kalibreret" in str(row[6])]
    assert calibrated and all(row[2] is None and row[4] is None for row in calibrated)
    resolved = read_run(run_folder("christmas-2021-partial-loss")).table("assumptions")
    secret = next(
        float(row["value"]) for row in resolved if row["key"] == "effects.params.relative_effect.jobsamtale.phone"
    )
    numbers = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "n")
    assert not [number for number in numbers if number in (secret, round(1 - secret, 12))]


def test_a_proposal_that_changes_nothing_gives_a_chain_of_zeros(book_of: BookOf) -> None:
    book = openpyxl.load_workbook(book_of("null"), data_only=True)
    totals = [row for row in book["Kæden"].iter_rows(values_only=True) if row[0] == "I alt"]
    assert [totals[0][12], totals[1][8], totals[2][3]] == [0, 0, 0]
    assert totals[0][6] > 0


@pytest.mark.parametrize("shape", SHAPES)
def test_a_run_without_terms_has_results_and_assumptions_and_says_why(tmp_path: Path, shape: str) -> None:
    book = opened(write_run(tmp_path / "run", SHAPES[shape]))
    assert book.sheetnames == ["Læs mig", "Resultater", "Forudsætninger"]
    assert any("Kør scenariet igen" in text for text in texts(book))
    rows = {row[0]: row for row in book["Resultater"].iter_rows(values_only=True)}
    headline = read_run(tmp_path / "run").estimate("saldo_mio_kr", "employment_effect")
    assert rows["Beskæftigelseseffekt"][2] == pytest.approx(headline.mean)
    assert rows["Beskæftigelseseffekt"][3] == (None if headline.low is None else pytest.approx(headline.low))


def test_a_draft_is_marked_on_every_sheet(tmp_path: Path) -> None:
    folder = write_run(tmp_path / "run", SHAPES["published"])
    headline = json.loads((folder / "headline.json").read_text(encoding="utf-8"))
    assert "UDKAST" not in texts(opened(folder))
    (folder / "headline.json").write_text(json.dumps({**headline, "draft": True}), encoding="utf-8")
    assert texts(opened(folder)).count("UDKAST") == 3


def test_the_workbook_speaks_english_where_asked(run_folder: FolderOf) -> None:
    run = read_run(run_folder("christmas-2021"))
    book = openpyxl.load_workbook(BytesIO(workbook_bytes(run, words_for(run, read_words("en")))))
    assert book.sheetnames == ["Read me", "Inputs", "Chain", "Years", "Results", "Assumptions", "Terms"]
    assert book.defined_names["attendance_take_up_scale"].attr_text.startswith("'Inputs'!")
    assert not [text for text in texts(book) if "samtaler" in text.lower()]
