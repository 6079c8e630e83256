"""Curves over the size of a trial: a logarithmic scale of persons, lines and marks, each named where it ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from simulator.report.axes import Scale, spread_out
from simulator.report.drawing import Sheet
from simulator.report.style import BLUES, HAIRLINE, INK, LINK_POINTS, MARK_POINTS, NAVY, PAPER, QUIET, SMALL

STEPS = (1, 2, 5)
"""Round numbers of a logarithmic scale, times powers of ten."""
INCHES = {"column": 1.9, "page": 2.2}
"""Height of the plot; on a slide it takes the room that there is."""
NAMES_SHARE = 0.3
"""Most of the width that the names beside the plot take."""
STYLES = ((NAVY, "-"), (BLUES[2], (0, (5, 1.6))), (QUIET, (0, (1.2, 1.4))), (BLUES[1], (0, (6, 1.5, 1.2, 1.5))))
"""Colour and dashes of the first, second ... line."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Name:
    """What stands beside the plot at the end of a line.

    Attributes:
        text: The words.
        at: Value that they stand for, on the scale up.
        dashes: Colour and dashes of the line, of which a piece stands before the words; None for none.
        mark: Whether a mark stands before them instead.
    """

    text: str
    at: float
    dashes: tuple[str, object] | None = None
    mark: bool = False


def round_sizes(low: float, high: float) -> list[float]:
    """Return the round numbers 1, 2, 5 times powers of ten from one end to another; the ends where there are few."""
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    found = [step * 10.0**power for power in powers for step in STEPS]
    inside = [size for size in found if low * (1 - 1e-9) <= size <= high * (1 + 1e-9)]
    return inside if len(inside) > 1 else sorted({low, high})


class Curves:
    """A plot of lines over a logarithmic scale, on a sheet with its heading set.

    Attributes:
        sheet: The sheet.
        up: Scale of the values.
    """

    def __init__(self, sheet: Sheet, top: float, sizes: Sequence[float], ticks: Sequence[float], names: Sequence[Name]):
        """Lay out the plot below a level [inches], for some sizes, round values and names."""
        self.sheet, self.points = sheet, sheet.size.text
        self.ticks, self.names = ticks, names
        line = sheet.line_height(self.points)
        self.top = top - 0.5 * line
        below = 2.6 * line
        self.bottom = (
            self.top - INCHES[sheet.size.name] if sheet.size.name in INCHES else sheet.margin + below + 2 * line
        )
        self.up = Scale(ticks[0], ticks[-1], self.bottom, self.top)
        self.sizes = sizes
        self._wrapped = [self._lines_of(name) for name in names]

    def _lines_of(self, name: Name) -> list[str]:
        return self.sheet.wrap(name.text, self._most, self.points)

    @property
    def _most(self) -> float:
        return NAMES_SHARE * (self.sheet.width - 2 * self.sheet.margin)

    @property
    def _gap(self) -> float:
        """Between the plot and the names: room for a piece of the line [inches]."""
        return 3.2 * self.points / 72

    def lay(self, told: Callable[[float], str]) -> None:
        """Draw the scale of values with its round numbers, the longest of which decides where the plot begins."""
        sheet, least = self.sheet, 0.6 * self.points / 72
        axis = max(sheet.measure(told(tick), self.points) for tick in self.ticks)
        names = max((sheet.measure(line, self.points) for lines in self._wrapped for line in lines), default=0.0)
        self.left = sheet.margin + axis * 1.02 + least
        self.right = sheet.width - sheet.margin - names * 1.02 - self._gap
        low, high = min(self.sizes), max(self.sizes)
        low, high = (low / 2, high * 2) if low == high else (low, high)
        inset = 0.8 * self.points / 72
        self.across = Scale(log10(low), log10(high), self.left + inset, self.right - inset)
        for tick in self.ticks:
            level = self.up.at(tick)
            sheet.line((self.left, level), (self.right, level), QUIET if tick == 0 else HAIRLINE)
            sheet.text((self.left - least, level), told(tick), self.points, color=QUIET, anchor=("right", "center"))

    def floor(self, told: Callable[[float], str], title: str) -> float:
        """Write the round sizes below the plot, as many as there is room for, and what they count; return the level."""
        sheet, line = self.sheet, self.sheet.line_height(self.points)
        level, free = self.bottom - 0.5 * line, self.left - 1.0
        for size in round_sizes(10**self.across.first, 10**self.across.last):
            middle, half = self.at(size), sheet.measure(told(size), self.points) / 2
            middle = min(max(middle, self.left + half), self.right - half)
            if middle - half < free:
                continue
            sheet.line((self.at(size), self.bottom), (self.at(size), self.bottom - 0.18 * line), QUIET)
            sheet.text((middle, level), told(size), self.points, color=QUIET, anchor=("center", "top"))
            free = middle + half + 0.9 * self.points / 72
        level -= 1.15 * line
        sheet.text((self.left, level), title, self.points * SMALL, color=QUIET, anchor=("left", "top"))
        return level - line

    def at(self, size: float) -> float:
        """Return where a size stands [inches]."""
        return self.across.at(log10(size))

    def place(self, point: Point) -> Point:
        """Return where a size and a value stand [inches]."""
        return self.at(point[0]), self.up.within(point[1])

    def line(self, points: Sequence[Point], dashes: tuple[str, object]) -> None:
        """Draw a line through sizes and values."""
        self._add([self.place(point) for point in points], dashes)

    def level(self, value: float, dashes: tuple[str, object]) -> None:
        """Draw a level across the whole plot."""
        self._add([(self.left, self.up.at(value)), (self.right, self.up.at(value))], dashes)

    def mark(self, point: Point, filled: bool = True, spread: float = 0.0) -> None:
        """Draw a mark at a size and a value, with a bar that far to both sides where it is uncertain."""
        middle, level = self.place(point)
        if spread:
            ends = [self.up.within(point[1] + side * spread) for side in (-1, 1)]
            self.sheet.line((middle, ends[0]), (middle, ends[1]), INK, MARK_POINTS * self.points / 8.8)
            for end in ends:
                half = 0.22 * self.points / 72
                self.sheet.line((middle - half, end), (middle + half, end), INK, MARK_POINTS * self.points / 8.8)
        self._dot((middle, level), filled)

    def _dot(self, at: Point, filled: bool) -> None:
        from matplotlib.lines import Line2D

        dot = Line2D([at[0]], [at[1]], marker="o", color=INK, linestyle="none", zorder=6)
        dot.set_markersize(0.62 * self.points)
        dot.set_markerfacecolor(NAVY if filled else PAPER)
        dot.set_markeredgewidth(1.0 * self.points / 8.8)
        self.sheet.figure.axes[0].add_line(dot)

    def _add(self, places: Sequence[Point], dashes: tuple[str, object]) -> None:
        from matplotlib.lines import Line2D

        color, style = dashes
        drawn = Line2D([x for x, _ in places], [y for _, y in places], color=color, zorder=3)
        drawn.set_linestyle(style)  # type: ignore[arg-type]  # matplotlib's own word for it is narrower than what it takes
        drawn.set_linewidth(1.6 * self.points / 8.8)
        self.sheet.figure.axes[0].add_line(drawn)

    def ends(self) -> None:
        """Set the names beside the plot, each as near to the end of its line as may be."""
        step = self.sheet.line_height(self.points)
        order = sorted(range(len(self.names)), key=lambda index: self.names[index].at)
        heights = [(len(self._wrapped[index]) + 0.15) * step for index in order]
        wanted = [self.up.within(self.names[index].at) for index in order]
        room = sum(heights) - (self.top - self.bottom)
        low, high = self.bottom - 0.5 * step - max(room, 0.0), self.top + 0.5 * step
        middles = spread_out(wanted, heights, low, high) or wanted
        for index, middle, level in zip(order, middles, wanted, strict=True):
            self._end(self.names[index], self._wrapped[index], middle, level)

    def _end(self, name: Name, lines: Sequence[str], middle: float, level: float) -> None:
        step, right = self.sheet.line_height(self.points), self.right
        start = right + self._gap
        near, far = right + 0.2 * self._gap, start - 0.15 * self._gap
        if name.mark:
            self._dot((far - 0.25 * self._gap, middle), filled=True)
        else:
            if abs(middle - level) > 0.1 * step:
                self.sheet.line((right, level), (near, middle), QUIET, LINK_POINTS)
            self._add([(near, middle), (far, middle)], name.dashes or STYLES[0])
        top = middle + len(lines) * step / 2
        self.sheet.paragraph((start, top), lines, self.points)
