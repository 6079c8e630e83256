"""The blind workbook gives nothing of the run away, in no part of its file, and works out what is filled in."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import formulas
import openpyxl
import pytest
from openpyxl.workbook import Workbook

from simulator.errors import InputError
from simulator.report.workbook.blind import BlindHeading, blind_workbook
from tests.unit.recalculation.filling import HEADING, asked_of, filled_book, place, ran, saved, values_of

RunAt = Callable[..., Path]
SHEETS = {"da": ["Kontrolregning", "Led", "Kæde"], "en": ["Recalculation", "Factors", "Chain"]}
CHANGED = ("attendance.take_up_scale=0.5", "demand.scale=1.7", "calendar.closure_weeks=[2021-W52]")
CALENDAR_YEARS = {str(year) for year in range(1900, 2101)}
NUMBER = re.compile(r"(?<![\w.,])\d[\d.,\s\u00a0\u202f]*\d(?![\w])")
LEAST_DIGITS = 4
"""A figure of fewer digits stands in any file by chance."""


@pytest.fixture(scope="session")
def run_at(tmp_path_factory: pytest.TempPathFactory) -> RunAt:
    """Folder of a run of the control by its scenario, with settings laid over it."""

    @cache
    def folder(scenario: str, *sets: str) -> Path:
        return ran(tmp_path_factory.mktemp("blind") / "run", scenario, *sets)

    return folder


def texts_of(content: bytes) -> str:
    """Return all that the file holds, unpacked, but for the measures of rows and columns."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        whole = "\n".join(html.unescape(packed.read(name).decode("utf-8")) for name in packed.namelist())
    return re.sub(r' (?:ht|width)="[\d.]+"', "", whole)


def figures_of(run: Path) -> Iterator[float]:
    """Yield every number of the headline and of the tables."""
    yield from _numbers(json.loads((run / "headline.json").read_text(encoding="utf-8")))
    for table in sorted((run / "tables").glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                for name, cell in row.items():
                    if name in ("value", "low", "high", "kr", "count") or name.endswith(("_kr", "_share")):
                        yield from _number(cell)


def _numbers(found: Any) -> Iterator[float]:
    below = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    for one in below:
        yield from _numbers(one)
    if isinstance(found, int | float) and not isinstance(found, bool):
        yield float(found)


def _number(text: str) -> Iterator[float]:
    try:
        yield float(text)
    except ValueError:
        return


def spellings(value: float) -> Iterator[str]:
    """Yield the ways in which a number may be written, with enough digits to know it by."""
    for size in (abs(value), abs(value) * 100, abs(value) / 1e6, abs(value) / 1e3):
        for decimals in range(7):
            plain, grouped = f"{size:.{decimals}f}", f"{size:,.{decimals}f}"
            digits = plain.replace(".", "").strip("0")
            if len(digits) < LEAST_DIGITS or plain in CALENDAR_YEARS:
                continue
            yield from (plain, grouped, plain.replace(".", ","))
            yield grouped.translate(str.maketrans(",.", ".,"))
        exact = f"{size:.15g}"
        if len(exact.replace(".", "").strip("0")) >= LEAST_DIGITS and exact not in CALENDAR_YEARS:
            yield exact


@cache
def secrets_of(run: Path) -> set[str]:
    """Return all spellings of all figures of a run."""
    return {text for value in set(figures_of(run)) for text in spellings(value)}


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_figure_of_the_run_stands_in_any_part_of_the_file(run_at: RunAt, language: str) -> None:
    run = run_at("christmas-2021")
    found = {one.strip() for one in NUMBER.findall(texts_of(blind_workbook(run, HEADING, language)))}
    assert len(secrets_of(run)) > 1000
    assert not sorted(found & secrets_of(run))


def test_the_search_finds_a_figure_that_was_planted(run_at: RunAt) -> None:
    run = run_at("christmas-2021")
    control, persons = asked_of(run).control.kr, values_of(asked_of(run))["K01"]
    for planted in (f"{-control:.1f}", f"{-control:,.0f}".replace(",", "."), f"{persons:.4f}".replace(".", ",")):
        heading = BlindHeading("sag", "1", 1, f"Er det {planted} kr.?")
        found = {one.strip() for one in NUMBER.findall(texts_of(blind_workbook(run, heading)))}
        assert found & secrets_of(run)


def cells_of(book: Workbook, without_column: int) -> dict[str, Any]:
    """Return all that cells hold but for a column of the sheet of factors and the print of the run."""
    named = {}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and not (sheet is book.worksheets[1] and cell.column == without_column):
                    named[f"{sheet.title}!{cell.coordinate}"] = cell.value
    return named


def test_two_runs_with_other_values_have_the_same_sheet(run_at: RunAt) -> None:
    """Nothing that is on the sheet depends on a value: another scale, level and calendar change nothing on it."""
    runs = [run_at("christmas-2021"), run_at("christmas-2021", *CHANGED)]
    one, other = (asked_of(run) for run in runs)
    assert one.control.kr != pytest.approx(other.control.kr, rel=0.2)
    books = [openpyxl.load_workbook(io.BytesIO(blind_workbook(run, HEADING))) for run in runs]
    told = [cells_of(book, without_column=4) for book in books]  # sources differ with what a user sets
    differ = {at for at in told[0] if told[0][at] != told[1].get(at)}
    by_run = {at for at, value in told[0].items() if value in (one.run_id, one.fingerprint)}
    assert set(told[0]) == set(told[1]) and differ == by_run and len(by_run) == 2
    limits = [[repr(sheet.data_validations.dataValidation) for sheet in book] for book in books]
    assert limits[0] == limits[1]


@pytest.mark.parametrize("language", SHEETS)
def test_nothing_is_hidden_named_noted_or_kept(run_at: RunAt, language: str) -> None:
    content = blind_workbook(run_at("christmas-2021"), HEADING, language)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == SHEETS[language]
    assert {sheet.sheet_state for sheet in book} == {"visible"} and not book.defined_names
    for sheet in book:
        assert sheet.protection.sheet
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.comment or cell.hyperlink]
        hidden = [line for lines in (sheet.column_dimensions, sheet.row_dimensions) for line in lines.values()]
        assert not [line for line in hidden if line.hidden]
        limits = {limit for one in sheet.data_validations.dataValidation for limit in (one.formula1, one.formula2)}
        bases = {"da": '"slået op,oplyst"', "en": '"looked up,given"'}
        assert limits <= {None, "0", "1", "DATE(2000,1,1)", bases[language]}
    kept = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    numbers = [cell.value for sheet in kept for row in sheet.iter_rows() for cell in row if cell.data_type == "n"]
    assert [one for one in numbers if one is not None] == [len(asked_of(run_at("christmas-2021")).asked)]


def test_only_cells_to_fill_are_open_and_all_of_them_are_limited(run_at: RunAt) -> None:
    run = run_at("christmas-2021")
    book = openpyxl.load_workbook(io.BytesIO(blind_workbook(run, HEADING)))
    count = len(asked_of(run).asked)
    open_cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    assert len(open_cells) == 3 * count + 2
    assert {cell.value for cell in open_cells} == {None, "oplyst"}
    assert sum(cell.value == "oplyst" for cell in open_cells) == sum(one.given for one in asked_of(run).asked)
    units = [row[2].value for row in book["Led"].iter_rows(min_row=5) if row[2].value]
    assert len(units) == count and {"personer", "pr. uge", "uger", "andel", "faktor", "kr. pr. fuldtidsår"} == set(
        units
    )
    sources = [row[3].value for row in book["Led"].iter_rows(min_row=5) if row[2].value]
    assert all(sources) and any("svar på spørgsmål 558" in source for source in sources)


def test_the_head_says_what_is_asked(run_at: RunAt) -> None:
    heading = BlindHeading("=1+1", "2021/47 <b>", 3, "https://example.org/?a=1&b=2 " + "lang " * 60 + "slut")
    book = openpyxl.load_workbook(io.BytesIO(blind_workbook(run_at("null"), heading)))
    texts = [cell.value for row in book["Kontrolregning"].iter_rows() for cell in row if cell.data_type == "s"]
    assert {"=1+1", "2021/47 <b>", "3", heading.question, "Fanø", "Udfyldes uden at se beregningen"} <= set(texts)


def test_the_same_run_and_heading_give_the_same_bytes(run_at: RunAt) -> None:
    assert blind_workbook(run_at("null"), HEADING) == blind_workbook(run_at("null"), HEADING)


def test_wrong_inputs_are_told(run_at: RunAt, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        blind_workbook(tmp_path / "none", HEADING)
    with pytest.raises(InputError, match="no language 'sv'"):
        blind_workbook(run_at("null"), HEADING, "sv")
    for name in ("headline.json", "manifest.json"):
        (tmp_path / name).write_bytes((run_at("null") / name).read_bytes())
    with pytest.raises(InputError, match="keeps no control"):
        blind_workbook(tmp_path, HEADING)
    whole = (run_at("null") / "tables" / "control.csv").read_text(encoding="utf-8")
    (tmp_path / "tables").mkdir()
    for damaged in (whole.replace("converted_kr", "converted"), whole.replace(",2.0,", ",to,"), whole[:400]):
        (tmp_path / "tables" / "control.csv").write_text(damaged, encoding="utf-8")
        with pytest.raises(InputError, match=r"control\.csv  does not hold the factors"):
            blind_workbook(tmp_path, HEADING)


def test_the_sheet_works_out_what_is_filled_in_and_nothing_before(run_at: RunAt, tmp_path: Path) -> None:
    """Recomputed by another program: with one cell empty there is no result, with all of them there is ours."""
    run = run_at("christmas-2021")
    chain = asked_of(run)
    values = {number: value * 1.01 for number, value in values_of(chain).items()}
    file = saved(filled_book(run, values), tmp_path / "filled.xlsx")
    program = formulas.ExcelModel().loads(str(file)).finish()
    front = openpyxl.load_workbook(file).worksheets[0]
    rows = [row for row in front.iter_rows() if str(row[2].value).startswith("='")]
    places = [f"'[{file.name}]{front.title.upper()}'!{row[2].coordinate}" for row in rows]

    def results(changed: dict[str, object]) -> list[Any]:
        solution = program.calculate(inputs=changed, outputs=places)
        return [solution[place].value[0, 0] for place in places]

    expected = chain.totals(list(values.values()))
    assert results({}) == pytest.approx([expected.converted, expected.weeks, expected.kr / 1e6])
    assert results({f"'[{file.name}]LED'!{place(run, 'K31')}": ""}) == ["", "", ""]
