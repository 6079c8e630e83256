"""A workbook being written: sheets with one head, cells by what they hold, and text that is never anything else."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from textwrap import wrap
from typing import Any, TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from simulator.report.blocks import foreign, plain
from simulator.report.language import Words
from simulator.report.reading import Run

LONGEST = 32_000
"""Characters of a text; a cell holds 32,767."""
WIDEST, NARROWEST = 48, 9
"""Width of a column [characters]."""
LINE_HEIGHT = 13.5
"""Height of a line [points]."""
UNDATED = "2000-01-01T00:00:00"
INK, PAPER, MARKED, LINE = "#1F2A36", "#E7ECF1", "#FFF2B3", "#9AA5B1"
PLAIN = {"font_name": "Calibri", "font_size": 10, "font_color": INK, "valign": "top"}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "remark": {"italic": True},
    "draft": {"bold": True, "font_color": "#9C1C1C"},
    "heading": {"bold": True, "font_size": 12},
    "head": {"bold": True, "bg_color": PAPER, "bottom": 1, "bottom_color": LINE, "text_wrap": True, "valign": "bottom"},
    "head_left": {"indent": 1, "align": "left"},
    "head_right": {"align": "right"},
    "text": {},
    "noted": {"text_wrap": True, "font_size": 9},
    "chosen": {"bold": True},
    "part": {"indent": 1, "align": "left", "text_wrap": True},
    "total": {"bold": True, "top": 1, "top_color": LINE},
    "input": {"bg_color": MARKED, "border": 1, "border_color": LINE, "locked": False},
}
SIDES: dict[str, dict[str, Any]] = {
    "": {},
    "first": {"text_wrap": True},
    "beside": {"text_wrap": True, "indent": 1, "align": "left"},
    "right": {"align": "right"},
}
"""How a text of a table stands: in the first column, beside a number, or among numbers."""
for _side in ("head_left", "head_right"):
    STYLES[_side] = STYLES["head"] | STYLES[_side]


@dataclass(frozen=True)
class Formula:
    """A formula with the value that it has when the workbook is opened.

    Attributes:
        text: The formula, beginning with an equals sign.
        value: Its value.
    """

    text: str
    value: float | str


Content: TypeAlias = str | float | Formula | None


@dataclass
class Book:
    """A workbook being written.

    Attributes:
        run: The run.
        words: The language.
        title: Its title.
    """

    run: Run
    words: Words
    title: str
    _formats: dict[tuple[str, str, str], Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open the workbook; nothing that a text holds becomes more than text."""
        self._bytes = io.BytesIO()
        never = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
        self.book = Workbook(self._bytes, {"in_memory": True, **never})
        started = self.run.manifest.get("time", {}).get("started") or UNDATED
        created = datetime.fromisoformat(str(started)).replace(tzinfo=None)
        self.book.set_properties({"title": self.title, "created": created})
        self.book.set_calc_mode("auto")

    def saved(self) -> bytes:
        """Close the workbook and return its bytes."""
        self.book.close()
        return self._bytes.getvalue()

    def style(self, name: str, number: str = "", side: str = "") -> Format:
        """Return a format by name, for numbers written as `number` says, and for text of tables on a side."""
        if (name, number, side) not in self._formats:
            spoken = {"num_format": number} if number else {}
            self._formats[name, number, side] = self.book.add_format(PLAIN | STYLES[name] | SIDES[side] | spoken)
        return self._formats[name, number, side]

    def sheet(self, name: str, title: str, lines: Sequence[str]) -> Sheet:
        """Return a new sheet with its head: a title, and lines on run, unit, price level and sign."""
        made = self.book.add_worksheet(name)
        made.hide_gridlines(2)
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        made.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        made.set_footer(f"&L{name.replace('&', '&&')}&R{self.words.text('workbook.page')}")
        sheet = Sheet(self, made)
        sheet.line(title, "title")
        for text in lines:
            sheet.line(text, "remark")
        sheet.row += 1
        return sheet


@dataclass
class Sheet:
    """A sheet, written row after row.

    Attributes:
        book: The workbook.
        made: The sheet itself.
        row: Row to be written next, counted from 0.
        widths: Widest text of each column [characters].
        told: Rows of tables, and their texts.
        notes: Rows of notes, the columns that they run over, and their texts.
    """

    book: Book
    made: Worksheet
    row: int = 0
    widths: dict[int, int] = field(default_factory=dict)
    told: list[tuple[int, Sequence[str]]] = field(default_factory=list)
    notes: list[tuple[int, int, str]] = field(default_factory=list)

    def line(self, text: str, style: str = "text") -> None:
        """Write a text in the first column, which runs on over the others."""
        self.put(self.row, 0, text, style, fits=False)
        self.row += 1

    def note(self, text: str, columns: int) -> None:
        """Write a text below a table, over as many columns as it has."""
        self.notes.append((self.row, columns, seen(text)))
        self.row += 1

    def heads(self, texts: Sequence[str], right: Sequence[bool], repeat: bool = False) -> None:
        """Write the headings of columns; `repeat` has them at the head of every printed page, and kept in sight."""
        self.told.append((self.row, texts))
        for column, (text, flush) in enumerate(zip(texts, right, strict=True)):
            style = "head_right" if flush else "head_left" if column else "head"
            self.put(self.row, column, text, style, fits=False)
            longest = max((len(word) for word in text.split()), default=0)
            self.widen(column, longest + 2)
        if repeat:
            self.made.repeat_rows(self.row)
            self.made.freeze_panes(self.row + 1, 0)
        self.row += 1

    def cells(self, contents: Sequence[Content], numbers: Sequence[str], style: str = "text") -> None:
        """Write a row; `numbers` says how the numbers of each column are written."""
        for column, (content, number) in enumerate(zip(contents, numbers, strict=True)):
            self.put(self.row, column, content, style, number)
        self.told.append((self.row, [one if isinstance(one, str) else "" for one in contents]))
        self.row += 1

    def put(
        self, row: int, column: int, content: Content, style: str = "text", number: str = "", *, fits: bool = True
    ) -> None:
        """Write a cell.

        Args:
            row: Row, from 0.
            column: Column, from 0.
            content: Text, number or formula; None leaves the cell empty.
            style: Name of a style.
            number: How a number is written.
            fits: Whether the column is made as wide as the content.
        """
        if isinstance(content, str):
            text = seen(content)
            # A text beside a number keeps off it; one that is longer than its column goes on below.
            side = "" if not fits else "right" if number else "beside" if column else "first"
            self.made.write_string(row, column, text, self.book.style(style, side=side))
            width = len(text)
        elif isinstance(content, Formula):
            self.made.write_formula(row, column, content.text, self.book.style(style, number), content.value)
            width = _width(content.value, number)
        elif content is None:
            self.made.write_blank(row, column, None, self.book.style(style))
            width = 0
        else:
            self.made.write_number(row, column, float(content), self.book.style(style, number))
            width = _width(content, number)
        if fits:
            self.widen(column, width)

    def widen(self, column: int, width: int) -> None:
        """Have a column at least as wide as a text."""
        self.widths[column] = max(self.widths.get(column, NARROWEST), min(width + 1, WIDEST))

    def on_one_page(self) -> None:
        """Have the sheet printed on one page."""
        self.made.fit_to_pages(1, 1)

    def close(self) -> None:
        """Set the widths of the columns and the heights of the rows."""
        for column, width in self.widths.items():
            self.made.set_column(column, column, width)
        for row, texts in self.told:
            lines = [len(wrap(text, max(self.widths.get(at, NARROWEST), 1))) for at, text in enumerate(texts)]
            self.made.set_row(row, LINE_HEIGHT * max(1, *lines))
        for row, columns, text in self.notes:
            width = sum(self.widths.get(column, NARROWEST) for column in range(columns))
            self.made.set_row(row, LINE_HEIGHT * max(1, len(wrap(text, max(width - 2, 1)))))
            self.made.merge_range(row, 0, row, max(columns - 1, 1), "", self.book.style("noted"))
            self.made.write_string(row, 0, text, self.book.style("noted"))


def seen(text: str) -> str:
    """Return a text as a cell may hold it: as it is, in one direction, not too long."""
    return plain(foreign(text))[:LONGEST]


def cell(row: int, column: int) -> str:
    """Return the name of a cell, such as B3."""
    return str(xl_rowcol_to_cell(row, column))


def span(first: int, last: int, column: int) -> str:
    """Return the name of a stretch of a column, from row to row."""
    return f"{cell(first, column)}:{cell(last, column)}"


def _width(value: float | str, number: str) -> int:
    if isinstance(value, str):
        return len(value)
    decimals = len(number.partition(".")[2].rstrip("%")) if "." in number else 0
    return len(f"{value:,.{decimals}f}") + 2
