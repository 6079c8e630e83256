"""`tabeller.xlsx` and single tables of a run: each table a sheet or a document, the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import docx
import openpyxl
import pytest

from simulator.errors import InputError
from simulator.report.tables import data_table, save_tables, written_table
from simulator.report.tables.rows import MARK
from simulator.results.dictionary import columns_of
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_run(tmp_path / "run", SHAPES["published"])


@pytest.mark.parametrize("shape", ["published", "null", "gain", "suspension", "thousandfold"])
def test_every_table_of_the_brief_is_a_sheet_with_run_unit_and_sign(tmp_path: Path, shape: str) -> None:
    folder = write_run(tmp_path / "run", SHAPES[shape])
    path = save_tables(folder)
    first = path.read_bytes()
    assert save_tables(folder).read_bytes() == first
    book = openpyxl.load_workbook(path)
    assert path.name == "tabeller.xlsx" and book.sheetnames[0] == "Oversigt" and len(book.sheetnames) > 2
    run_id = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["run_id"]
    for sheet in book:
        assert run_id in sheet["A1"].value
        assert all(word in sheet["A2"].value for word in ("Enhed: ", "Prisniveau: 2021-pl", "Fortegn: "))
        assert sheet.page_setup.orientation == "landscape"


def test_amounts_are_exact_numbers_written_as_they_are_printed(folder: Path) -> None:
    book = openpyxl.load_workbook(save_tables(folder))
    sheet = next(sheet for sheet in book if "konsekvenser for" in sheet.title)
    total = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("Efter skat, tilbageløb og adfærd"))
    headline = json.loads((folder / "headline.json").read_text(encoding="utf-8"))
    assert total[-1].value == pytest.approx(headline["saldo_mio_kr"]["employment_effect"]["mean"], rel=1e-9)
    assert "0.0" in total[-1].number_format
    assert isinstance(total[1].value, float)


def test_a_title_that_looks_like_a_formula_is_text(folder: Path) -> None:
    headline = json.loads((folder / "headline.json").read_text(encoding="utf-8"))
    (folder / "headline.json").write_text(json.dumps({**headline, "title_da": "=1+1"}), encoding="utf-8")
    book = openpyxl.load_workbook(save_tables(folder))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert all(sheet["A1"].value.endswith("· =1+1") for sheet in book)


def test_a_word_document_holds_the_table_alone_with_a_header_row_that_repeats(folder: Path) -> None:
    first = written_table(folder, "chain", "docx")
    assert written_table(folder, "chain", "docx") == first
    document = docx.Document(io.BytesIO(first))
    [table] = document.tables
    assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert table.rows[0].cells[0].text == "Led"
    assert len(table.rows) > 5
    assert document.core_properties.language == "da"


def test_the_own_table_of_a_run_opens_in_a_danish_excel(folder: Path) -> None:
    path = folder / "tables" / "steps.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    rows[0]["source"] = '=cmd("x")'
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, columns_of("steps"))
        writer.writeheader()
        writer.writerows(rows)
    told = data_table(folder, "steps", "da").decode()
    assert told.startswith(MARK)
    found = list(csv.DictReader(io.StringIO(told.removeprefix(MARK)), delimiter=";"))
    assert [float(row["value"].replace(",", ".")) for row in found if row["value"]] == [
        float(row["value"]) for row in rows if row["value"]
    ]
    assert "." not in found[0]["value"] and "," in found[0]["value"]
    assert found[0]["source"] == '\'=cmd("x")'
    assert data_table(folder, "steps", "en") == path.read_bytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("order,step,value\n1,a,2\n", "has other columns than"),
        ("order,step,value,unit,source\n1,a,2\n", "has 3 cells instead of 5"),
        ("order,step,value,unit,source\n1,a,much,kr,x\n", "value is no number: 'much'"),
        ("", "has other columns than"),
        ('order,step,value,unit,source\n1,"a,2,kr,x\n', "cannot be read"),
        (b"order,step,value,unit,source\n1,\xff,2,kr,x\n", "cannot be read"),
    ],
)
def test_a_damaged_table_is_refused_with_its_place(folder: Path, content: str | bytes, said: str) -> None:
    written = content if isinstance(content, bytes) else content.encode()
    (folder / "tables" / "steps.csv").write_bytes(written)
    with pytest.raises(InputError, match=r"steps\.csv") as wrong:
        data_table(folder, "steps", "da")
    assert said in str(wrong.value)


def test_a_table_that_the_run_lacks_is_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="this run has no table 'ladder'"):
        data_table(folder, "ladder", "da")
