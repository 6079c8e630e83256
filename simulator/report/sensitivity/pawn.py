"""Shifts of the distribution of a figure when one assumption is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.drawing import Sheet
from simulator.report.sensitivity.bars import Bars, Mark
from simulator.report.sensitivity.rows import Rows
from simulator.report.sensitivity.telling import Told
from simulator.report.style import LOSS, Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def title(told: Told) -> str:
    """Return the finding."""
    return told.sentence("title.tornado", figure=told.figure, driver=told.inside(told.rows[0]["name"]))


def draw(told: Told, size: Size) -> Figure:
    """Return the drawing."""
    sheet = Sheet(size, height=14.0)
    top = sheet.heading(title(told), told.text("below.pawn"))
    line = sheet.line_height(size.text)
    rows = Rows(sheet, told, told.rows, top - 1.5 * line, foot=2.2 * line)
    wide = sheet.measure(_number(told, 1.0), size.text) + 0.7 * size.text / 72
    bars = Bars(rows, max(row.record["maximum"] for row in rows.rows), wide)
    for row in rows.rows:
        record = row.record
        bars.draw(row, [Mark(record["median"], record["minimum"], record["maximum"])])
        sheet.text((rows.right, row.middle), _number(told, record["median"]), size.text, anchor=("right", "center"))
    bars.axis()
    noise, bottom = bars.across(told.record["noise"]), rows.bottom + 0.2 * line
    sheet.line((noise, rows.top + 0.15 * line), (noise, bottom), LOSS, 1.0)
    sheet.text((noise, rows.top + 0.35 * line), told.text("noise"), size.text, color=LOSS, anchor=("left", "baseline"))
    rows.note()
    return sheet.figure


def alt_text(told: Told) -> str:
    """Return what the drawing shows, in words."""
    rows = "; ".join(f"{told.inside(row['name'])} {_number(told, row['median'])}" for row in told.rows)
    return told.text("alt", title=title(told), rows=rows)


def _number(told: Told, number: float) -> str:
    return told.words.number(number, 2)
