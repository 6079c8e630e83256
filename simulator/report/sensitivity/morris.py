"""Many assumptions on one sheet: how far each moves the figure, and how much that hangs on the others."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simulator.report.drawing import Sheet
from simulator.report.labels import Box, Label, Labels
from simulator.report.sensitivity.telling import Told
from simulator.report.style import HAIRLINE, INK, NAVY, PAPER, QUIET, Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SIDES = ("right", "above", "left", "below")
MOST_LABELS = {"column": 12, "page": 15, "slide": 6}
"""Dots that are numbered and listed below."""
DOT = 0.3
"""Radius of a dot, as a share of the size of type."""
TICKS = 5
"""An axis has at most so many numbers above nought."""


def title(told: Told) -> str:
    """Return the finding."""
    if not told.rows:
        return told.sentence("title.none", figure=told.figure)
    return told.sentence("title.morris", figure=told.figure, driver=told.inside(told.rows[0]["name"]))


def draw(told: Told, size: Size) -> Figure:
    """Return the drawing: a field of numbered dots, and their names below it."""
    sheet = Sheet(size, height=12.0)
    top = sheet.heading(title(told), told.text("below.morris", unit=told.unit))
    line = sheet.line_height(size.text)
    side = sheet.margin + _number_width(sheet, told)
    names = list(_lines(sheet, told))
    fixed = top - sheet.margin - (sum(map(len, names)) + 5.5) * line
    high = fixed if size.name == "slide" else 0.48 * sheet.width
    room = Box(side, top - 1.6 * line - high, sheet.width - sheet.margin, top - 1.6 * line)
    _Field(sheet, told, room).draw()
    sheet.crop(_names(sheet, names, room.low - 3.2 * line))
    return sheet.figure


def alt_text(told: Told) -> str:
    """Return what the drawing shows, in words."""
    rows = "; ".join(f"{told.inside(row['name'])} {told.amount(row['mu_star'])}" for row in told.rows)
    return told.text("alt", title=title(told), rows=rows)


def _number_width(sheet: Sheet, told: Told) -> float:
    """Return the room that the numbers of the axis up take [inches]."""
    most = max((row["sigma"] or 0.0 for row in told.rows), default=0.0)
    return sheet.measure(told.number(most), sheet.size.text) + 0.8 * sheet.size.text / 72


def _left(sheet: Sheet) -> float:
    """Return where the names of the dots begin [inches]."""
    return sheet.margin + sheet.measure("00", sheet.size.text, "Semibold") + 0.5 * sheet.size.text / 72


def _lines(sheet: Sheet, told: Told) -> Iterator[list[str]]:
    """Yield the name and the range of each numbered dot, in lines."""
    wide = sheet.width - sheet.margin - _left(sheet)
    for row in told.rows[: MOST_LABELS[sheet.size.name]]:
        yield sheet.wrap(f"{told.name(row['name'])}, {told.range(row['name'])}", wide, sheet.size.text)


def _names(sheet: Sheet, names: Sequence[Sequence[str]], top: float) -> float:
    """Set the names of the numbered dots and return the level below them [inches]."""
    points, level = sheet.size.text, top + sheet.size.text * 0.92 / 72
    for number, lines in enumerate(names, 1):
        at = (_left(sheet) - 0.5 * points / 72, level - points * 0.92 / 72)
        sheet.text(at, str(number), points, "Semibold", NAVY, ("right", "baseline"))
        level -= sheet.paragraph((_left(sheet), level), lines, points)
    return level - 0.2 * sheet.line_height(points)


class _Field:
    """Dots in a field: across the mean size of the effect, up how much it varies."""

    def __init__(self, sheet: Sheet, told: Told, room: Box) -> None:
        self.sheet, self.told, self.room = sheet, told, room
        self.points = sheet.size.text
        self.wide = max((row["mu_star"] for row in told.rows), default=0.0) * 1.12 or 1.0
        self.high = max((row["sigma"] or 0.0 for row in told.rows), default=0.0) * 1.2 or self.wide

    def at(self, across: float, up: float) -> tuple[float, float]:
        """Return where a point stands [inches]."""
        room = self.room
        x = room.left + across / self.wide * (room.right - room.left)
        return x, room.low + up / self.high * (room.high - room.low)

    def draw(self) -> None:
        """Draw the field."""
        from matplotlib.patches import Circle

        room, sheet = self.room, self.sheet
        sheet.line((room.left, room.low), (room.right, room.low), INK, 0.7)
        sheet.line((room.left, room.low), (room.left, room.high), INK, 0.7)
        reach = min(self.wide, self.high)
        sheet.line(self.at(0, 0), self.at(reach, reach), HAIRLINE, 0.8)
        self._axes()
        radius = DOT * self.points / 72
        spots = [self.at(row["mu_star"], row["sigma"] or 0.0) for row in self.told.rows]
        for spot in spots:
            sheet.figure.axes[0].add_patch(Circle(spot, radius, facecolor=NAVY, edgecolor=PAPER, lw=0.5, zorder=3))
        labels = Labels(sheet, room, self.points)
        labels.keep_free(Box(x - radius, y - radius, x + radius, y + radius) for x, y in spots)
        for number, spot in enumerate(spots[: MOST_LABELS[sheet.size.name]], 1):
            labels.set(Label(spot, str(number), SIDES, "Semibold", NAVY, gap=radius + 0.03))

    def _axes(self) -> None:
        sheet, room, line = self.sheet, self.room, self.sheet.line_height(self.points)
        across, up = (self.told.text(f"axes.{name}", unit=self.told.unit) for name in ("mu_star", "sigma"))
        sheet.text((sheet.margin, room.high + 0.5 * line), up, self.points, color=QUIET)
        sheet.text((room.right, room.low - 2.2 * line), across, self.points, color=QUIET, anchor=("right", "baseline"))
        for number in _ticks(self.wide):
            x, y = self.at(number, 0.0)
            sheet.line((x, y), (x, y - 0.25 * line), INK, 0.7)
            sheet.text((x, y - 1.15 * line), self.told.value(number, ""), self.points, anchor=("center", "baseline"))
        for number in _ticks(self.high)[1:]:
            x, y = self.at(0.0, number)
            sheet.line((x, y), (x - 0.25 * line, y), INK, 0.7)
            sheet.text((x - 0.4 * line, y), self.told.value(number, ""), self.points, anchor=("right", "center"))


def _ticks(most: float) -> list[float]:
    """Return round numbers from nought on, at most `TICKS` of them above it."""
    unit = 10.0 ** math.floor(math.log10(most))
    step = next(unit * part for part in (0.1, 0.2, 0.5, 1, 2, 5) if most / (unit * part) <= TICKS)
    return [step * at for at in range(math.floor(most / step) + 1)]
