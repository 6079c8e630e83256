"""A table as a Word document that holds nothing else: real rows and cells, and a header row that repeats."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from simulator.report.blocks import Line, Table, plain, spans
from simulator.report.tables.numbers import Reading

UNDATED = datetime(2000, 1, 1)
MANY = 6
"""From so many columns a page is turned."""
SIZE, SMALL = Pt(10), Pt(8.5)
FONT, INK = "Calibri", RGBColor(0x1F, 0x2A, 0x36)


def write(table: Table, reading: Reading) -> bytes:
    """Return a table as a Word document; the same table gives the same bytes."""
    document = docx.Document()
    core = document.core_properties
    core.title, core.language, core.author = plain(table.caption), reading.words.language, ""
    core.created = core.modified = UNDATED
    if len(table.columns) >= MANY:
        section = document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    caption = document.add_paragraph(style="Caption")
    _write(caption, table.caption, bold=True)
    caption.paragraph_format.keep_with_next = True
    document.styles["Normal"].font.name = FONT
    made = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    _head(made, table)
    for line in table.lines:
        _row(made.add_row().cells, line, table.numeric)
    _widths(made, table.numeric, document.sections[0])
    for note in table.notes:
        _write(document.add_paragraph(), note, size=SMALL)
    return _dated(document)


def _head(made: Any, table: Table) -> None:
    row = made.rows[0]
    for cell, text, numeric in zip(row.cells, table.columns, table.numeric, strict=True):
        _fill(cell, text, numeric, bold=True)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(repeated)


def _widths(made: Any, numeric: tuple[bool, ...], section: Any) -> None:
    """Give columns of text twice the width of columns of numbers, and the first some more."""
    weights = [1.4 if flush else 2.0 for flush in numeric]
    weights[0] += 1.0
    whole = section.page_width - section.left_margin - section.right_margin
    made.autofit = False
    for column, weight in zip(made.columns, weights, strict=True):
        column.width = int(whole * weight / sum(weights))
        for cell in column.cells:
            cell.width = column.width


def _row(cells: Any, line: Line, numeric: tuple[bool, ...]) -> None:
    for at, (cell, text, flush) in enumerate(zip(cells, line.cells, numeric, strict=True)):
        _fill(cell, text, flush, bold=line.emphasis == "total")
        if line.emphasis == "sub" and not at:
            cell.paragraphs[0].paragraph_format.left_indent = Pt(10)


def _fill(cell: Any, text: str, flush: bool, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if flush:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _write(paragraph, text, bold=bold)


def _write(paragraph: Any, text: str, *, bold: bool = False, size: Any = SIZE) -> None:
    for span in spans(text):
        run = paragraph.add_run(span.text)
        run.bold = bold or span.style == "strong" or None
        run.italic = span.style == "cite" or None
        run.font.size, run.font.name, run.font.color.rgb = size, FONT, INK


def _dated(document: Any) -> bytes:
    """Return the bytes of a document whose parts all have the same date."""
    written, dated = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as out:
        for part in parts.infolist():
            told = zipfile.ZipInfo(part.filename, UNDATED.timetuple()[:6])
            told.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(told, parts.read(part))
    return dated.getvalue()
