"""Cells of the brief's tables as numbers: exact, with the decimals that are printed, in three forms."""

from __future__ import annotations

import pytest

from simulator.report.blocks import Document, Line, Table, foreign
from simulator.report.bound import Cell, Ledger, Quantity
from simulator.report.language import Words, read_words
from simulator.report.plugs import plug
from simulator.report.tables.numbers import Number, Reading, guarded

LEDGER = Ledger()
WORDS: Words = read_words("da").noting(LEDGER)


def quantity(value: float) -> Quantity:
    return Quantity(value, Cell("headline.json", ("x",)))


KR = quantity(-5_034_567.0)
CELLS = {
    "count": (WORDS.number(quantity(9987.4)), Number(9987.4, 0, False, False, ""), "#,##0", "9987"),
    "share": (WORDS.share(quantity(0.18553), 1), Number(0.18553, 1, True, False, ""), "#,##0.0%", "18,6%"),
    "mio": (WORDS.mio_kr(KR), Number(-5.034567, 1, False, False, "mio. kr."), '#,##0.0" mio. kr."', "-5,0"),
    "plus": (
        WORDS.number(quantity(1.25), 1, plus=True),
        Number(1.25, 1, False, True, ""),
        "+#,##0.0;-#,##0.0;#,##0.0",
        "1,3",
    ),
    "nothing": (WORDS.number(quantity(-0.004), 1), Number(-0.004, 1, False, False, ""), "#,##0.0", "0,0"),
    "strong": (f"**{WORDS.number(quantity(2.0))}**", Number(2.0, 0, False, False, ""), "#,##0", "2"),
}
TEXTS = {
    "unbound": "1.234,5",
    "about": f"ca. {WORDS.number(quantity(10.0))}",
    "two": f"{WORDS.number(quantity(1.0))} til {WORDS.number(quantity(2.0))}",
    "missing": WORDS.number(None),
}
LINES = tuple(Line((name, cell[0])) for name, cell in CELLS.items())
TABLE = Table(
    "Tabel 1. Prøve, mio. kr.", ("Navn", "Tal"), (*LINES, Line(("Sum", "7"), "total")), (False, True), ("Anm.: intet.",)
)
DOCUMENT = Document("Prøve", "da", (TABLE,), "", numbers=tuple(LEDGER.entries))
READING = Reading(DOCUMENT, WORDS)


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_that_writes_one_figure_is_that_figure_exactly(name: str) -> None:
    text, number, excel, pasted = CELLS[name]
    found = READING.cell(text)
    assert isinstance(found, Number)
    assert found.value == pytest.approx(number.value, rel=1e-12)
    assert (found.decimals, found.per_cent, found.plus, found.unit) == (
        number.decimals,
        number.per_cent,
        number.plus,
        number.unit,
    )
    assert (found.excel, found.pasted(WORDS)) == (excel, pasted)


@pytest.mark.parametrize("name", TEXTS)
def test_every_other_cell_is_text(name: str) -> None:
    found = READING.cell(TEXTS[name])
    assert isinstance(found, str)
    assert "\ue000" not in found


@pytest.mark.parametrize("text", ["=1+1", "+45 12", "-x", "@sum", "\t=1", " =1"])
def test_text_that_a_spreadsheet_would_work_out_is_kept_from_it(text: str) -> None:
    assert guarded(text).startswith("'")
    assert guarded("samtaler − i alt") == "samtaler − i alt"


def test_text_with_tabs_pastes_as_cells_and_numbers() -> None:
    lines = plug("tables/formats", "tsv", "format").write(TABLE, READING).decode().splitlines()
    assert lines[0] == "Navn\tTal"
    assert "mio\t-5,0" in lines and "share\t18,6%" in lines
    hard = Table("x", ("a", "b"), (Line((foreign("=1\t2\n3"), foreign("-1+1"))),), (False, False))
    assert plug("tables/formats", "tsv", "format").write(hard, READING).decode() == "a\tb\n'=1 2 3\t'-1+1\n"


def test_html_is_a_real_table_with_its_style_within_and_foreign_text_as_text() -> None:
    page = plug("tables/formats", "html", "format").write(TABLE, READING).decode()
    assert page.count("<tr>") == len(TABLE.lines) + 1
    assert '<html lang="da">' in page and 'scope="col"' in page and 'scope="row"' in page
    assert "class=" not in page and "http" not in page
    hard = Table("<b>", ("<i>", "b"), (Line((foreign("<script>"), "")),), (False, False))
    page = plug("tables/formats", "html", "format").write(hard, READING).decode()
    assert "<script>" not in page and "&lt;script&gt;" in page and "<i>" not in page
