"""Shares of the variance: of each assumption alone, and with all that it works together with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.drawing import Sheet
from simulator.report.sensitivity.bars import Bars, Mark
from simulator.report.sensitivity.rows import Rows
from simulator.report.sensitivity.telling import Record, Told
from simulator.report.style import Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLUMNS = ("S1", "ST")


def title(told: Told) -> str:
    """Return the finding."""
    first = max(told.rows, key=lambda row: row["S1"])
    share = told.words.share(min(max(first["S1"], 0.0), 1.0))
    return told.sentence("title.sobol", figure=told.figure, driver=told.inside(first["name"]), share=share)


def draw(told: Told, size: Size) -> Figure:
    """Return the drawing."""
    sheet = Sheet(size, height=14.0)
    exact = any(row.get("S1_exact") is not None for row in told.rows)
    below = [told.text("below.sobol"), *([told.text("below.exact")] if exact else [])]
    top = sheet.heading(title(told), " ".join(below))
    line = sheet.line_height(size.text)
    rows = Rows(sheet, told, told.rows, top - 1.5 * line, foot=2.2 * line)
    heads = [told.text(f"heads.{column}") for column in COLUMNS]
    wide = (
        max(sheet.measure(text, size.text, "Semibold") for text in [*heads, _share(told, 1.0)]) + 0.7 * size.text / 72
    )
    most = max(_mark(row.record, column).high for row in rows.rows for column in COLUMNS)
    bars = Bars(rows, max(most, 1e-9), wide * len(COLUMNS))
    ends = [rows.right - wide, rows.right]
    for row in rows.rows:
        bars.draw(row, [_mark(row.record, "ST"), _mark(row.record, "S1")])
        for end, column in zip(ends, COLUMNS, strict=True):
            sheet.text((end, row.middle), _share(told, row.record[column]), size.text, anchor=("right", "center"))
    bars.axis()
    bars.heads(list(zip(ends, heads, strict=True)))
    rows.note()
    return sheet.figure


def alt_text(told: Told) -> str:
    """Return what the drawing shows, in words."""
    rows = "; ".join(
        told.text(
            "alt_row.sobol",
            name=told.inside(row["name"]),
            alone=_share(told, row["S1"]),
            whole=_share(told, row["ST"]),
        )
        for row in told.rows
    )
    return told.text("alt", title=title(told), rows=rows)


def _mark(row: Record, column: str) -> Mark:
    size, wide = row[column], row[f"{column}_conf"]
    return Mark(size, size - wide, size + wide, row.get(f"{column}_exact"))


def _share(told: Told, share: float) -> str:
    return told.words.share(max(share, 0.0))
