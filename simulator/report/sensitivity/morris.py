"""Many assumptions on one sheet: how far each moves the figure, and how much that hangs on the others."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.patches import Circle

from simulator.report.drawing import HAIRLINE, INK, NAVY, QUIET, Sheet, Size
from simulator.report.labels import Box, Label, Labels
from simulator.report.sensitivity.telling import Told

SIDES = ("right", "above", "below", "left")
MOST_LABELS = 12
"""Labels that are tried; one that has no room is left out."""
DOT = 0.3
"""Radius of a dot, as a share of the size of type."""


def title(told: Told) -> str:
    """Return the finding."""
    if not told.rows:
        return told.sentence("title.none", figure=told.figure)
    return told.sentence("title.morris", figure=told.figure, driver=told.inside(told.rows[0]["name"]))


def draw(told: Told, size: Size) -> Figure:
    """Return the drawing."""
    sheet = Sheet(size, height={"column": 4.2, "page": 4.8}.get(size.name))
    top = sheet.heading(title(told), told.text("below.morris", unit=told.unit_told))
    points = size.text
    line = sheet.line_height(points)
    room = Box(sheet.margin, sheet.margin + 2.6 * line, sheet.width - sheet.margin, top - 1.6 * line)
    _Field(sheet, told, room).draw()
    return sheet.figure


def alt_text(told: Told) -> str:
    """Return what the drawing shows, in words."""
    rows = "; ".join(f"{told.inside(row['name'])} {told.amount(row['mu_star'])}" for row in told.rows)
    return told.text("alt", title=title(told), rows=rows)


class _Field:
    """Dots in a field: across the mean size of the effect, up how much it varies."""

    def __init__(self, sheet: Sheet, told: Told, room: Box) -> None:
        self.sheet, self.told, self.room = sheet, told, room
        self.points = sheet.size.text
        self.rows = [row for row in told.rows if row["sigma"] is not None]
        self.wide = max((row["mu_star"] for row in told.rows), default=0.0) * 1.12 or 1.0
        self.high = max((row["sigma"] for row in self.rows), default=0.0) * 1.15 or self.wide

    def at(self, across: float, up: float) -> tuple[float, float]:
        """Return where a point stands [inches]."""
        room = self.room
        x = room.left + across / self.wide * (room.right - room.left)
        return x, room.low + up / self.high * (room.high - room.low)

    def draw(self) -> None:
        """Draw the field."""
        room, sheet = self.room, self.sheet
        sheet.line((room.left, room.low), (room.right, room.low), INK, 0.7)
        sheet.line((room.left, room.low), (room.left, room.high), INK, 0.7)
        reach = min(self.wide, self.high)
        sheet.line(self.at(0, 0), self.at(reach, reach), HAIRLINE, 0.8)
        self._axes()
        radius = DOT * self.points / 72
        spots = [(row, self.at(row["mu_star"], row["sigma"] or 0.0)) for row in self.told.rows]
        for _, spot in spots:
            sheet.figure.axes[0].add_patch(Circle(spot, radius, facecolor=NAVY, edgecolor="none", zorder=3))
        labels = Labels(sheet, room._replace(high=room.high + 1.2 * sheet.line_height(self.points)), self.points)
        labels.keep_free(Box(x - radius, y - radius, x + radius, y + radius) for _, (x, y) in spots)
        for row, spot in spots[:MOST_LABELS]:
            labels.set(Label(spot, self.told.name(row["name"]), SIDES, gap=radius + 0.03))

    def _axes(self) -> None:
        sheet, room, line = self.sheet, self.room, self.sheet.line_height(self.points)
        across, up = (self.told.text(f"axes.{name}", unit=self.told.unit) for name in ("mu_star", "sigma"))
        sheet.text((room.left, room.high + 0.6 * line), up, self.points, color=QUIET)
        sheet.text((room.right, room.low - 2.3 * line), across, self.points, color=QUIET, anchor=("right", "baseline"))
        most = max((row["mu_star"] for row in self.told.rows), default=0.0)
        for number in (0.0, most / 2, most):
            x, y = self.at(number, 0.0)
            sheet.line((x, y), (x, y - 0.25 * line), INK, 0.7)
            anchor = "left" if not number else "center"
            sheet.text((x, y - 1.15 * line), self.told.number(number), self.points, anchor=(anchor, "baseline"))
