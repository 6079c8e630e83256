"""`tabeller.xlsx`: the tables of the brief as sheets, with the exact numbers behind what is printed."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import shorten

from simulator.report.blocks import Table, plain
from simulator.report.language import Words
from simulator.report.reading import Run, read_run
from simulator.report.story import Story
from simulator.report.tables.numbers import Number, Reading
from simulator.report.tables.single import reading_of
from simulator.report.workbook.grid import Book, Sheet

FILE = "tabeller.xlsx"
LONGEST = 31
"""Characters of the name of a sheet."""
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
STYLES = {"plain": "text", "sub": "text", "total": "chosen"}


def save_tables(folder: Path, language: str = "da", run: Run | None = None) -> Path:
    """Write the tables of the brief of a finished run into its folder and return the file.

    Args:
        folder: Run folder.
        language: Name of a file in `languages/`.
        run: The run, where it was read already.

    Raises:
        InputError: The folder holds no finished run, or there is no such language.
    """
    run = read_run(folder) if run is None else run
    path = folder / FILE
    path.write_bytes(tables_bytes(run, reading_of(run, language)))
    return path


def tables_bytes(run: Run, reading: Reading) -> bytes:
    """Return the tables of a brief as a workbook; the same run gives the same bytes."""
    words = reading.words
    book = Book(run, words, plain(reading.document.title))
    tables = {_name(at, table): table for at, table in enumerate(reading.tables.values(), start=1)}
    overview = _sheet(book, words.text("tables.overview"), "in_cells")
    overview.heads(words.find("tables.overview_heads"), (False, False))
    for name, table in tables.items():
        overview.cells((name, plain(table.caption)), ("", ""))
        # A link within the workbook: its text is that of the cell.
        overview.made.write_url(overview.row - 1, 0, f"internal:'{name}'!A1", book.style("text"), name)
    overview.close()
    for name, table in tables.items():
        _write(_sheet(book, name, _unit(table, words)), table, reading)
    return book.saved()


def _name(at: int, table: Table) -> str:
    """Return the name of a sheet: the number of the table and the beginning of its caption."""
    caption = plain(table.caption)
    title = caption.partition(". ")[2] or caption
    told = shorten(NOT_IN_NAMES.sub(" ", title), LONGEST - len(f"{at} "), placeholder="")
    return f"{at} {told}".strip()


def _unit(table: Table, words: Words) -> str:
    return "in_caption" if plain(words.text("units.mio_kr")) in plain(table.caption) else "in_cells"


def _sheet(book: Book, name: str, unit: str) -> Sheet:
    run, words = book.run, book.words
    year = run.headline.get("price_year")
    lines = [
        words.text("tables.unit", unit=words.text(f"tables.{unit}")),
        *([words.text("tables.price_level", year=year)] if year else []),
        words.text("tables.sign" if Story(run).is_public else "workbook.signs_social"),
    ]
    told = words.text("tables.run", run=str(run.manifest.get("run_id", "")), title=book.title)
    return book.sheet(name, told, [" ".join(lines)])


def _write(sheet: Sheet, table: Table, reading: Reading) -> None:
    sheet.line(plain(table.caption), "heading")
    sheet.heads([plain(head) for head in table.columns], table.numeric, repeat=True)
    for line in table.lines:
        cells = reading.row(line.cells)
        contents = [cell.value if isinstance(cell, Number) else cell for cell in cells]
        # A text in a column of numbers stands flush right with them.
        numbers = [
            cell.excel if isinstance(cell, Number) else "@" if numeric else ""
            for cell, numeric in zip(cells, table.numeric, strict=True)
        ]
        sheet.cells(contents, numbers, STYLES[line.emphasis])
        if line.emphasis == "sub":
            sheet.put(sheet.row - 1, 0, plain(line.cells[0]), "part", fits=False)
    sheet.row += 1
    for note in table.notes:
        sheet.note(plain(note), len(table.columns))
    sheet.close()
