"""A figure over two assumptions: a cell for each pair of values, today's point, and the line of nought."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simulator.report.drawing import Sheet
from simulator.report.sensitivity.telling import Told
from simulator.report.style import GAIN, INK, LOSS, NAVY, PAPER, QUIET, Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FloatArray = npt.NDArray[np.float64]
DEEPEST = 0.6
"""Share of the full colour that the largest figure has: dark words read on it."""
ROW_LINES = {"column": 2.0, "page": 2.0, "slide": 1.7}


def title(told: Told) -> str:
    """Return the finding."""
    low, high = _least(told), _most(told)
    kind = "map_turns" if low < 0 < high else "map"
    names = {"across": told.inside(told.record["across"]), "up": told.inside(told.record["up"])}
    ends = {"low": told.number(low), "high": told.amount(high)}
    return told.sentence(f"title.{kind}", figure=told.figure, **names, **ends)


def draw(told: Told, size: Size, stated: str = "") -> Figure:
    """Return the drawing.

    Args:
        told: The analysis in words.
        size: Its size.
        stated: Statement above it; its own where none is given.
    """
    sheet = Sheet(size, height=9.0)
    top = sheet.heading(stated or title(told), _below(told))
    cells = _Cells(sheet, told, top)
    cells.draw()
    if _least(told) < 0 < _most(told):
        cells.nought()
    cells.sides()
    cells.today()
    sheet.crop(cells.foot - 0.4 * cells.line)
    return sheet.figure


def alt_text(told: Told, stated: str = "") -> str:
    """Return what the drawing shows, in words, after its statement."""
    record = told.record
    corners = "; ".join(
        told.text(
            "alt_row.map",
            up=told.value_of(record["up"], record["values_up"][at]),
            across=told.value_of(record["across"], record["values_across"][beside]),
            figure=told.number(record["figures"][at][beside]),
        )
        for at in (0, -1)
        for beside in (0, -1)
    )
    return told.text("alt", title=stated or title(told), rows=corners)


def _below(told: Told) -> str:
    line = [told.text("below.nought")] if _least(told) < 0 < _most(told) else []
    today = told.amount(told.record["today"])
    cross = [told.text("below.cross", today=today)] if None not in _places(told) else []
    return " ".join([told.sentence("below.map", unit=told.unit_told), *cross, *line])


def _least(told: Told) -> float:
    least: float = min(number for line in told.record["figures"] for number in line)
    return least


def _most(told: Told) -> float:
    most: float = max(number for line in told.record["figures"] for number in line)
    return most


class _Cells:
    """Cells of a map."""

    def __init__(self, sheet: Sheet, told: Told, top: float) -> None:
        self.sheet, self.told, self.record = sheet, told, told.record
        self.points = sheet.size.text
        self.line = sheet.line_height(self.points)
        self.across, self.up = self.record["values_across"], self.record["values_up"]
        side = max(sheet.measure(told.value_of(self.record["up"], value), self.points) for value in self.up)
        self.left = sheet.margin + side + 0.6 * self.points / 72
        self.right = sheet.width - sheet.margin - sheet.measure(told.text("now"), self.points) - self.points / 72
        self.wide = (self.right - self.left) / len(self.across)
        self.height = self.line * ROW_LINES[sheet.size.name]
        self.along = {side: self._along(side) for side in ("across", "up")}
        self.high = top - (1.5 + len(self.along["up"])) * self.line
        below = (2.4 + len(self.along["across"])) * self.line
        if sheet.size.name == "slide":
            self.height = min(self.height, (self.high - sheet.margin - below) / len(self.up))
        self.low = self.high - self.height * len(self.up)
        self.foot = self.low - (1.4 + len(self.along["across"])) * self.line

    def _along(self, side: str) -> list[str]:
        """Return what a side of the map shows, in lines."""
        name = self.record[side]
        text = self.told.text(f"axes.{side}", name=self.told.name(name), unit=self.told.unit_of(name))
        return self.sheet.wrap(text, self.sheet.width - 2 * self.sheet.margin, self.points)

    def draw(self) -> None:
        """Draw the cells and their numbers, all in one size of type."""
        from matplotlib.patheffects import withStroke

        largest = max(abs(_least(self.told)), abs(_most(self.told))) or 1.0
        texts = [[self.told.number(figure) for figure in line] for line in self.record["figures"]]
        points = min(self.sheet.fitting(text, self.wide * 0.86, self.points) for line in texts for text in line)
        narrow = not all(self.sheet.fits(text, self.wide * 0.98) for line in texts for text in line)
        for row, line in enumerate(self.record["figures"]):
            for column, figure in enumerate(line):
                color = _mixed(LOSS if figure < 0 else GAIN, DEEPEST * abs(figure) / largest)
                at = (self.left + column * self.wide, self.low + row * self.height)
                self.sheet.box(at, self.wide, self.height, color)
                middle = (at[0] + self.wide / 2, at[1] + self.height / 2)
                # Where the numbers are too long for the cells, every second one is told.
                left_out = narrow and (row + column) % 2
                if not left_out and not self._covered(middle, self.sheet.measure(texts[row][column], points), points):
                    self.sheet.text(middle, texts[row][column], points, color=INK, anchor=("center", "center"))
                    # The line of nought ends a little before a number.
                    halo = withStroke(linewidth=0.3 * points, foreground=color)
                    self.sheet.figure.axes[0].texts[-1].set_path_effects([halo])

    def _covered(self, middle: tuple[float, float], wide: float, points: float) -> bool:
        """Return whether the mark of today's point would lie on a number."""
        spot = self._spot()
        mark = 0.5 * self.points / 72
        return (
            spot is not None
            and abs(spot[0] - middle[0]) < wide / 2 + mark
            and abs(spot[1] - middle[1]) < points / 144 + mark
        )

    def nought(self) -> None:
        """Draw the line on which the figure is nought."""
        x = self.left + self.wide * _with_edges(np.arange(len(self.across), dtype=np.float64) + 0.5)
        y = self.low + self.height * _with_edges(np.arange(len(self.up), dtype=np.float64) + 0.5)
        figures = np.array(self.record["figures"])
        figures = np.apply_along_axis(_with_edges, 0, np.apply_along_axis(_with_edges, 1, figures))
        axes = self.sheet.figure.axes[0]
        axes.contour(x, y, figures, levels=[0.0], colors=[INK], linewidths=[1.8], zorder=2.5)

    def sides(self) -> None:
        """Set the values along the sides, and what they are."""
        told, key, up = self.told, self.record["across"], self.record["up"]
        texts = [told.value_of(key, value) for value in self.across]
        points = min(self.sheet.fitting(text, self.wide * 0.94, self.points) for text in texts)
        # Where the values are too long for the cells, only some of them stand below.
        widest = max(self.sheet.measure(text, points) for text in texts)
        every = max(1, math.ceil(widest * 1.08 / self.wide))
        for at, text in list(enumerate(texts))[::every]:
            middle = self.left + (at + 0.5) * self.wide
            self.sheet.text((middle, self.low - 1.0 * self.line), text, points, anchor=("center", "baseline"))
        for at, value in enumerate(self.up):
            middle = self.low + (at + 0.5) * self.height
            here = (self.left - 0.4 * self.points / 72, middle)
            self.sheet.text(here, told.value_of(up, value), self.points, anchor=("right", "center"))
        margin = self.sheet.margin
        self.sheet.paragraph((margin, self.low - 1.4 * self.line), self.along["across"], self.points, color=QUIET)
        above = self.high + (1.4 + len(self.along["up"])) * self.line
        self.sheet.paragraph((margin, above), self.along["up"], self.points, color=QUIET)

    def today(self) -> None:
        """Mark today's point, and where it stands on both sides."""
        spot = self._spot()
        if spot is None:
            return
        x, y = spot
        mark = 0.45 * self.points / 72
        for points, color in ((3.4, PAPER), (1.6, NAVY)):
            self.sheet.line((x - mark, y), (x + mark, y), color, points)
            self.sheet.line((x, y - mark), (x, y + mark), color, points)
        now = self.told.text("now")
        self.sheet.line((x, self.high), (x, self.high + 0.3 * self.line), NAVY, 1.2)
        self.sheet.line((self.right, y), (self.right + 0.3 * self.line, y), NAVY, 1.2)
        above, beside = (x, self.high + 0.5 * self.line), (self.right + 0.45 * self.line, y)
        self.sheet.text(above, now, self.points, "Semibold", NAVY, ("center", "baseline"))
        self.sheet.text(beside, now, self.points, "Semibold", NAVY, ("left", "center"))

    def _spot(self) -> tuple[float, float] | None:
        """Return where today's point stands [inches]; None where it lies outside the map."""
        across, up = _places(self.told)
        return None if across is None or up is None else (self.left + across * self.wide, self.low + up * self.height)


def _places(told: Told) -> list[float | None]:
    """Return how many cells from the first edge today's values stand, across and up; None where outside the map."""
    sides = (("across", "values_across"), ("up", "values_up"))
    return [_place(told.today_of(told.record[key]), told.record[values]) for key, values in sides]


def _with_edges(line: FloatArray) -> FloatArray:
    """Return the numbers of cells with those at both edges, half a cell further."""
    first, last = (0.0, 0.0) if len(line) < 2 else (line[1] - line[0], line[-1] - line[-2])
    return np.concatenate([[line[0] - first / 2], line, [line[-1] + last / 2]])


def _place(value: float | None, values: list[float]) -> float | None:
    """Return how many cells from the first edge a value stands; None where it is outside."""
    if value is None or not values[0] <= value <= values[-1]:
        return None
    return float(np.interp(value, values, np.arange(len(values)) + 0.5))


def _mixed(color: str, share: float) -> str:
    """Return a colour with white, of which the colour is a share."""
    from matplotlib.colors import to_hex, to_rgb

    red, green, blue = (1 - share * (1 - part) for part in to_rgb(color))
    return to_hex((red, green, blue))
