"""A table as text with tabs: pasted into a spreadsheet of the language it becomes cells, and its numbers numbers."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.report.blocks import Table, plain
from simulator.report.tables.numbers import Number, Reading, guarded


def write(table: Table, reading: Reading) -> bytes:
    """Return a table as lines with tabs, in UTF-8; the caption and the notes are left out."""
    lines = [_line(tuple(map(plain, table.columns)))]
    for line in table.lines:
        cells = reading.row(line.cells)
        lines.append(_line([cell.pasted(reading.words) if isinstance(cell, Number) else cell for cell in cells]))
    return ("\n".join(lines) + "\n").encode()


def _line(cells: Sequence[str]) -> str:
    return "\t".join(cell if _is_number(cell) else guarded(cell) for cell in cells)


def _is_number(cell: str) -> bool:
    return cell[:1] == "-" and cell[1:2].isdigit() and not cell.strip("-0123456789.,%")
