"""The municipalities in their places: physical meetings that are avoided, or the rule in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from simulator.report.drawing import Face, Sheet
from simulator.report.language import Words
from simulator.report.municipalities.choice import Choice
from simulator.report.municipalities.content import FIGURE, MISSING, Content, Fill, content_of
from simulator.report.municipalities.geometry import Polygon
from simulator.report.municipalities.outlines import Inset, Outlines, outlines_of
from simulator.report.municipalities.tiles import read_tiles
from simulator.report.reading import Run
from simulator.report.style import HAIRLINE, HATCH, HATCH_POINTS, INK, NAVY, PAPER, QUIET, Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MAP_HEIGHT_INCHES = {"column": 2.75, "page": 4.7}
NUMBERS_FROM_INCHES = 0.28
"""From this step on a square has room for its number."""

FREE_COLUMNS = (8.5, 13.0)
"""Where the tiles leave the sea between Jutland and Zealand free for the legend [columns from the left]."""

SLIDE_SHARE = 0.58
"""Share of the width of a slide that the map may take; the legend stands beside it."""

NAMED_SHARE = 0.9
"""Share of the width of a square that words in it may take."""

SLIDE_GAP_INCHES = 0.6
INSET_NAME_SHARE = 0.34
"""Share of the width of the map that the name of the inset may take."""

WHOLE = Choice()
"""What a run draws by itself."""


class _Map:
    """A map on a sheet: shapes filled by their class, their words, and the legend."""

    def __init__(self, sheet: Sheet, words: Words, content: Content, outlines: Outlines) -> None:
        self.sheet, self.words, self.content, self.outlines = sheet, words, content, outlines
        self.points = sheet.size.text

    def draw(self) -> None:
        """Fill the shapes and, where they are squares, set their words."""
        for code, polygons in self.outlines.polygons.items():
            fill = self.content.fill(code)
            for polygon in polygons:
                self._shape(polygon, fill)
            if self.outlines.step and self._named():
                self._words_in(code, fill)
        if self.outlines.inset:
            self._draw_inset(self.outlines.inset)

    def _named(self) -> bool:
        """Return whether every square has room for its short name; else none is named."""
        room = self.outlines.step * NAMED_SHARE
        return all(self.sheet.fits(tile.short, room) for tile in read_tiles().values())

    def _draw_inset(self, inset: Inset) -> None:
        """Draw the capital again, larger, in a frame with its name below."""
        (left, low), (right, high) = inset.corners
        for code, polygons in inset.polygons.items():
            for polygon in polygons:
                self._shape(polygon, self.content.fill(code))
        for start, end in (((left, low), (right, low)), ((left, high), (right, high))):
            self.sheet.line(start, end)
        for start, end in (((left, low), (left, high)), ((right, low), (right, high))):
            self.sheet.line(start, end)
        name = self.words.text(f"{FIGURE}.inset")
        fit = self.sheet.fitting(name, max(right - left, INSET_NAME_SHARE * self.outlines.width), self.points * 0.92)
        self.sheet.text((right, low - 1.05 * fit / 72), name, fit, color=QUIET, anchor=("right", "baseline"))

    def _shape(self, polygon: Polygon, fill: Fill) -> None:
        """Fill a polygon but for its holes; a hatch is drawn in a quiet colour."""
        import matplotlib
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path as Line

        # A closing corner is named but not drawn to.
        corners = np.concatenate([np.vstack([ring, ring[:1]]) for ring in polygon])
        codes = [code for ring in polygon for code in (Line.MOVETO, *[Line.LINETO] * (len(ring) - 1), Line.CLOSEPOLY)]
        line = Line(corners.tolist(), codes)
        axes = self.sheet.figure.axes[0]
        if fill.hatched:
            with matplotlib.rc_context({"hatch.linewidth": HATCH_POINTS}):
                axes.add_artist(PathPatch(line, facecolor=fill.color, edgecolor=QUIET, linewidth=0.0, hatch=HATCH))
        face = "none" if fill.hatched else fill.color
        edge = HAIRLINE if fill is MISSING or fill.hatched else PAPER
        axes.add_artist(PathPatch(line, facecolor=face, edgecolor=edge, linewidth=0.5, joinstyle="round"))

    def _words_in(self, code: str, fill: Fill) -> None:
        """Set the short name into a square and, where there is room, the number below."""
        step = self.outlines.step
        across, level = self.outlines.middle(code)
        shown = self.content.in_tiles and step >= NUMBERS_FROM_INCHES
        number = self.content.printed.get(code, "") if shown else ""
        room = step * NAMED_SHARE
        points = max(min(step * 72 * (0.29 if number else 0.42), self.points), self.sheet.size.least)
        color = PAPER if fill.dark else QUIET if fill is MISSING else INK
        lines = [read_tiles()[code].short, number] if number else [read_tiles()[code].short]
        for index, text in enumerate(lines):
            face: Face = "Semibold" if index else "Regular"
            fit = self.sheet.fitting(text, room, points, face)
            along = level + ((len(lines) - 1) / 2 - index) * points * 1.3 / 72
            if fill.hatched:
                wide, high = self.sheet.measure(text, fit) + 0.4 * fit / 72, 1.1 * fit / 72
                self.sheet.box((across - wide / 2, along - high / 2), wide, high, fill.color)
            self.sheet.text((across, along), text, fit, face, color, ("center", "center"))

    def legend_in(self, left: float, top: float, room: float) -> float:
        """Explain the fills one below the other in a width [inches]; return the level below [inches]."""
        points = self.points * 0.92
        side, step = 1.1 * points / 72, self.sheet.line_height(points) * 1.25
        lines = self.sheet.wrap(self.content.unit, room, points) if self.content.unit else []
        level = top - self.sheet.paragraph((left, top), lines, points, "Regular", QUIET) - 0.25 * step
        for fill, told in self._legend_items():
            self._swatch((left, level - side), side, fill)
            at = (left + 1.5 * side, level - side / 2)
            fit = self.sheet.fitting(told, room - 1.5 * side, points)
            self.sheet.text(at, told, fit, color=QUIET, anchor=("left", "center"))
            level -= step
        return level

    def lists_in(self, left: float, top: float, room: float) -> None:
        """Name the municipalities with the highest and lowest numbers, side by side in a width [inches]."""
        step, gap = self.sheet.line_height(self.points), 2 * self.points / 72
        wide = (room - gap) / 2
        for index, (heading, places) in enumerate(self.content.lists):
            start, level = left + index * (wide + gap), top - 0.9 * self.points / 72
            self.sheet.text((start, level), heading, self.points, "Semibold", NAVY)
            for name, number in places:
                level -= step
                fit = self.sheet.fitting(name, wide - self.sheet.measure(number, self.points) - gap / 4, self.points)
                self.sheet.text((start, level), name, fit)
                self.sheet.text((start + wide, level), number, self.points, anchor=("right", "baseline"))

    def _legend_items(self) -> list[tuple[Fill, str]]:
        shown = set(self.outlines.polygons)
        bare = any(self.content.fill(code) is MISSING for code in shown)
        return [*self.content.legend, *([(MISSING, self.content.missing)] if bare else [])]

    def legend_below(self, top: float) -> float:
        """Explain the fills side by side, in rows that fit the sheet; return the level below [inches]."""
        points = self.points * 0.92
        side, step = points / 72, self.sheet.line_height(points) * 1.2
        right = self.sheet.width - self.sheet.margin
        left, level = self.sheet.margin, top
        if self.content.unit:
            lines = self.sheet.wrap(self.content.unit, right - left, points)
            level -= self.sheet.paragraph((left, level), lines, points, "Regular", QUIET) + 0.15 * step
        for fill, told in self._legend_items():
            wide = self.sheet.measure(told, points) + 3.0 * side
            if left > self.sheet.margin and left + wide - 1.4 * side > right:
                left, level = self.sheet.margin, level - step
            self._swatch((left, level - side), side, fill)
            at = (left + 1.45 * side, level - side / 2)
            self.sheet.text(at, told, points, color=QUIET, anchor=("left", "center"))
            left += wide
        return level - step

    def _swatch(self, at: tuple[float, float], side: float, fill: Fill) -> None:
        left, low = at
        corners = np.array([(left, low), (left + side, low), (left + side, low + side), (left, low + side)])
        self._shape((corners,), fill)


def title(run: Run, words: Words, choice: Choice = WHOLE) -> str:
    """Return the statement of the figure."""
    return content_of(run, words, choice).title


def draw(run: Run, words: Words, size: Size, choice: Choice = WHOLE) -> Figure:
    """Return the figure: each municipality filled by its number, or by the rule in force there.

    Args:
        run: The run.
        words: The language.
        size: Size of the figure.
        choice: What the map shows.

    Raises:
        InputError: A table of the run or the file of shapes cannot be read.
    """
    content = content_of(run, words, choice)
    sheet = Sheet(size, height=9.0)
    top = sheet.heading(content.title, content.below)
    points = size.text * 0.88
    wide = sheet.width - 2 * sheet.margin
    notes = sheet.wrap(content.note, 0.96 * wide, points) if content.note else []
    foot = sheet.margin + len(notes) * sheet.line_height(points)
    slide = size.name == "slide"
    room = (SLIDE_SHARE * wide, top - foot - 0.15) if slide else (wide, MAP_HEIGHT_INCHES[size.name])
    outlines = outlines_of(choice.geometry, (sheet.margin, top), room)
    drawn = _Map(sheet, words, content, outlines)
    drawn.draw()
    below = _explained(drawn, top)
    level = foot if slide else below - 0.05
    height = sheet.paragraph((sheet.margin, level), notes, points, "Regular", QUIET)
    sheet.crop(level - height)
    return sheet.figure


def _explained(drawn: _Map, top: float) -> float:
    """Set the legend where there is room for it, and return the level below the map and it [inches]."""
    sheet, outlines = drawn.sheet, drawn.outlines
    below = top - outlines.height - 0.06
    if sheet.size.name == "slide":
        left = sheet.margin + outlines.width + SLIDE_GAP_INCHES
        room = sheet.width - sheet.margin - left
        level = drawn.legend_in(left, top, room)
        drawn.lists_in(left, level - 0.3, room)
        return below
    if sheet.size.name == "page" and outlines.step:
        first, last = (column * outlines.step for column in FREE_COLUMNS)
        drawn.legend_in(sheet.margin + first, top, last - first)
        return below
    return drawn.legend_below(below)


def alt_text(run: Run, words: Words, choice: Choice = WHOLE) -> str:
    """Return what the figure shows, in words."""
    return content_of(run, words, choice).alt


def drawn_rows(run: Run, words: Words, choice: Choice = WHOLE) -> list[Mapping[str, object]]:
    """Return what is drawn: the number or the rule of each municipality.

    Raises:
        InputError: A table of the run cannot be read.
    """
    content = content_of(run, words, choice)
    column = "rule" if choice.day is not None else choice.column
    return [
        {
            "municipality_code": code,
            "municipality": read_tiles()[code].name,
            column: content.exact.get(code, content.printed[code]),
        }
        for code in sorted(content.printed, key=int)
    ]
