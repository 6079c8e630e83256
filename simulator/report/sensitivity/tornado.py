"""One at a time: a bar from today's figure to each end of the range, the widest at the top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from simulator.report.drawing import Sheet
from simulator.report.sensitivity.rows import MOST_ROWS, Row, Rows
from simulator.report.sensitivity.telling import Told
from simulator.report.style import BLUES, INK, NAVY, PAPER, QUIET, Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Note: TypeAlias = Callable[[Sequence[str]], str]
"""Words about some rows, by their names."""

LIGHT, DARK = BLUES[1], NAVY
"""Lower and upper end of a range: told apart in grey as well."""
THIN = 0.5
"""Thickness of the shorter of two bars on the same side, as a share of the longer."""


def title(told: Told) -> str:
    """Return the finding."""
    if not told.rows:
        return told.sentence("title.none", figure=told.figure)
    return told.sentence("title.tornado", figure=told.figure, driver=told.inside(told.rows[0]["name"]))


def draw(told: Told, size: Size, most: int = MOST_ROWS, note: Note | None = None) -> Figure:
    """Return the drawing.

    Args:
        told: The analysis in words.
        size: Its size.
        most: So many rows are drawn at most.
        note: Gives further words for the note at the foot, from the names of the rows that have a place.
    """
    sheet = Sheet(size, height=14.0)
    top = sheet.heading(title(told), told.text("below.tornado", unit=told.unit_told))
    line = sheet.line_height(size.text)
    rows = Rows(sheet, told, told.rows[:most], top - 1.5 * line, foot=2.2 * line + (line if note else 0.0))
    bars = _Bars(rows, told)
    for row in rows.rows:
        bars.draw(row)
    bars.levels()
    drawn = any(lever["distribution"] for lever in told.record["levers"])
    further = note([row.record["name"] for row in rows.rows]) if note else ""
    rows.note(told.text("quantiles") if drawn else "", further)
    return sheet.figure


def alt_text(told: Told, most: int | None = None) -> str:
    """Return what the drawing shows, in words, of so many rows at most."""
    rows = "; ".join(
        told.text(
            "alt_row.tornado",
            name=told.inside(row["name"]),
            low=told.number(row["low_figure"]),
            high=told.number(row["high_figure"]),
        )
        for row in told.rows[:most]
    )
    return told.text("alt", title=title(told), rows=rows)


class _Bars:
    """Bars about today's figure."""

    def __init__(self, rows: Rows, told: Told) -> None:
        self.rows, self.told, self.sheet = rows, told, rows.sheet
        self.points = rows.points
        self.today: float = told.record["today"]
        self.gap = 0.35 * self.points / 72
        ends: list[float] = [row.record[name] for row in rows.rows for name in ("low_figure", "high_figure")]
        number = max((self.sheet.measure(told.number(end), self.points) for end in [*ends, self.today]), default=0.0)
        self.low: float = min([*ends, self.today])
        self.high: float = max([*ends, self.today])
        self.start = rows.left + number + self.gap
        width = rows.right - number - self.gap - self.start
        self.scale: float = width / (self.high - self.low) if self.high > self.low else 0.0

    def across(self, figure: float) -> float:
        """Return where a figure stands [inches]."""
        return self.start + (figure - self.low) * self.scale

    def draw(self, row: Row) -> None:
        """Draw a row."""
        ends = ((row.record["low_figure"], LIGHT), (row.record["high_figure"], DARK))
        apart = sorted(ends, key=lambda end: -abs(end[0] - self.today))
        same_side = (ends[0][0] - self.today) * (ends[1][0] - self.today) > 0
        for at, (figure, color) in enumerate(apart):
            thick = row.thick * (THIN if same_side and at else 1.0)
            left, right = sorted((self.across(self.today), self.across(figure)))
            self.sheet.box((left, row.middle - thick / 2), right - left, thick, color, edge=PAPER)
        outward = 1 if apart[0][0] >= self.today else -1
        self._number(row, apart[0][0], apart[0][0], outward)
        self._number(row, self.today if same_side else apart[1][0], apart[1][0], -outward)

    def _number(self, row: Row, beside: float, figure: float, side: int) -> None:
        at = (self.across(beside) + side * self.gap, row.middle)
        self.sheet.text(at, self.told.number(figure), self.points, anchor=("left" if side > 0 else "right", "center"))

    def levels(self) -> None:
        """Draw today's figure and, where it lies within, nothing."""
        above = self.rows.top + 0.35 * self.rows.line
        told = self.told.text("today", amount=self.told.amount(self.today))
        half = self.sheet.measure(told, self.points, "Semibold") / 2
        middle = min(max(self.across(self.today), self.rows.left + half), self.rows.right - half)
        self.sheet.text((middle, above), told, self.points, "Semibold", NAVY, ("center", "baseline"))
        self._level(self.across(self.today), INK, 0.8)
        if self.low < 0 < self.high and self.today:
            nought = self.across(0.0)
            self._level(nought, QUIET, 0.6)
            if abs(nought - middle) > half + self.points / 72:
                self.sheet.text((nought, above), "0", self.points, color=QUIET, anchor=("center", "baseline"))

    def _level(self, across: float, color: str, points: float) -> None:
        bottom = self.rows.bottom + 0.2 * self.rows.line
        self.sheet.line((across, self.rows.top + 0.15 * self.rows.line), (across, bottom), color, points)
