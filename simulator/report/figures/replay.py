"""The rules of several years replayed: how digital the jobcentres' conversations were, and the queue, by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise, product
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from simulator.report.drawing import Sheet
from simulator.report.labels import Box, Label, Labels
from simulator.report.language import Words
from simulator.report.months import Month, Months, months_of, whole_months
from simulator.report.reading import WITHIN, Run
from simulator.report.replayed import FIGURE, alt_text, calibrated_note, count_told, drawn_rows, title
from simulator.report.style import BLUES, HAIRLINE, INK, NAVY, PAPER, QUIET, SHADE, Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["NEEDS", "alt_text", "draw", "drawn_rows", "title", "wanted"]

LEAST_MONTHS = 24
SHARE_TICKS = (0, 25, 50, 75, 100)
NEEDS = f"a period of at least {LEAST_MONTHS} calendar months and a table of months with conversations at jobcentres"
"""What a run must have to be drawn, for the message where it has not."""

PLOT_INCHES = {"column": (1.5, 0.95), "page": (1.85, 1.15)}
"""Heights of the two panels [inches]; a slide shares out what it has."""

UPPER_SHARE_OF_SLIDE = 0.61
YEAR_STROKE = 0.5
"""Length of the stroke of a year, as a share of the year."""

Point = tuple[float, float]


@dataclass(frozen=True)
class _Panel:
    """A plot on the sheet: what lies where.

    Attributes:
        box: Its place [inches].
        first: First day on the axis.
        after: The day after the last.
        most: The value at the top.
    """

    box: Box
    first: date
    after: date
    most: float

    def x(self, day: date) -> float:
        """Return where a day begins [inches]."""
        return (
            self.box.left + (self.box.right - self.box.left) * (day - self.first).days / (self.after - self.first).days
        )

    def y(self, value: float) -> float:
        """Return the level of a value [inches]."""
        return self.box.low + (self.box.high - self.box.low) * value / self.most


class _Drawing:
    """The two panels, drawn on one sheet with one axis of time."""

    def __init__(self, sheet: Sheet, words: Words, months: Months) -> None:
        self.sheet, self.words, self.found = sheet, words, months
        self.points = sheet.size.text
        self.thick = self.points / 8.8
        self.ticks = _ticks(max((month.held for month in months.months), default=0.0), months)
        ticks = (*SHARE_TICKS, *self.ticks)
        widest = max(sheet.measure(words.number(tick), self.points) for tick in ticks)
        self.left = sheet.margin + widest + 0.6 * self.points / 72
        self.right = sheet.width - sheet.margin

    def panel(self, low: float, high: float, most: float) -> _Panel:
        """Return a panel between two levels [inches]."""
        months = self.found.months
        return _Panel(Box(self.left, low, self.right, high), months[0].first, months[-1].after, most)

    def ground(self, panel: _Panel, ticks: Sequence[float]) -> None:
        """Draw the shades of the stretches, the scale and the bounds of the years."""
        from matplotlib.patches import Rectangle

        box = panel.box
        for stretch in self.found.stretches:
            start, end = panel.x(stretch.first), panel.x(min(stretch.last + timedelta(days=1), panel.after))
            shade = Rectangle((start, box.low), end - start, box.high - box.low, facecolor=SHADE, zorder=0.3)
            self.sheet.figure.axes[0].add_patch(shade)
        for tick in ticks:
            level = panel.y(tick)
            self.sheet.line((box.left, level), (box.right, level), INK if tick == 0 else HAIRLINE)
            at = (box.left - 0.6 * self.points / 72, level)
            self.sheet.text(at, self.words.number(tick), self.points, color=QUIET, anchor=("right", "center"))
        for year in self.years()[1:]:
            across = panel.x(date(year, 1, 1))
            self.sheet.line((across, box.low - 0.4 * self.points / 72), (across, box.high))

    def years(self) -> list[int]:
        """Return the calendar years on the axis."""
        return list(dict.fromkeys(month.first.year for month in self.found.months))

    def years_below(self, panel: _Panel) -> None:
        """Name the years below a panel, each in its middle."""
        for year in self.years():
            start, end = _year_on(panel, year)
            at = ((start + end) / 2, panel.box.low - 0.6 * self.points / 72)
            if self.sheet.measure(str(year), self.points) < end - start:
                self.sheet.text(at, str(year), self.points, color=QUIET, anchor=("center", "top"))

    def path(self, points: Sequence[Point], color: str, width: float) -> None:
        """Draw a line through points [inches]."""
        from matplotlib.lines import Line2D

        across, along = zip(*points, strict=True)
        line = Line2D(across, along, color=color, linewidth=width * self.thick, solid_joinstyle="round", zorder=3)
        self.sheet.figure.axes[0].add_line(line)

    def stretches_named(self, panel: _Panel) -> None:
        """Name the stretches above a panel, each in its middle or else from its first day, where there is room."""
        points = self.points * 0.88
        room = panel.box._replace(low=panel.box.high, high=panel.box.high + 1.6 * self.points / 72)
        labels = Labels(self.sheet, room, points, apart=points / 72)
        for stretch in self.found.stretches:
            start, end = panel.x(stretch.first), panel.x(min(stretch.last, panel.after))
            name = self.words.text(f"{FIGURE}.stretches.{stretch.kind}")
            gap = 0.25 * self.points / 72
            label = Label(((start + end) / 2, panel.box.high), name, ("above",), "It", QUIET, gap)
            if not labels.set(label):
                labels.set(label._replace(at=(start, panel.box.high), sides=("onwards",)))

    def shares(self, panel: _Panel) -> None:
        """Draw the digital share by month, by year and as published, with the numbers of the years."""
        steps = [_step(panel, month, 100 * month.share) for month in self.found.months if month.share is not None]
        lines = list(_joined(steps))
        for line in lines:
            self.path(line, BLUES[2], 1.3)
        labels = Labels(self.sheet, panel.box._replace(left=panel.box.left + 0.03), self.points)
        labels.keep_free(_boxes_of(lines))
        for year, share in self.found.shares.items():
            (start, end), level = _stroke(panel, year), panel.y(100 * share)
            self.path([(start, level), (end, level)], NAVY, 2.6)
            labels.keep_free([Box(start, level - 0.02, end, level + 0.02)])
        side = 0.3 * self.points / 72
        for year, share in self.found.published.items():
            at = _middle(panel, year, share)
            self._diamond(at)
            labels.keep_free([Box(at[0] - side, at[1] - side, at[0] + side, at[1] + side)])
        self._numbers(panel, labels)

    def _numbers(self, panel: _Panel, labels: Labels) -> None:
        """Set the numbers of the years, with words where the two differ most and elsewhere without."""
        published = self.found.published
        widest_first = sorted(published, key=lambda year: -abs(published[year] - self.found.shares[year]))
        tries = [(year, beside) for beside in (True, False) for year in widest_first]
        named = next((year for year, at in tries if labels.set_all(self._pair(panel, year, "worded", at))), None)
        for year, share in self.found.shares.items():
            if year not in published:
                number = self.words.number(100 * share)
                sides = ("above", "below", "right", "left")
                labels.set(Label(_middle(panel, year, share), number, sides, "Semibold", NAVY), at_all=True)
            elif year != named and not labels.set_all(self._pair(panel, year, "plain", beside=False)):
                for label in self._pair(panel, year, "plain", beside=True):
                    labels.set(label._replace(sides=("right", "left", "above", "below")))

    def _pair(self, panel: _Panel, year: int, key: str, beside: bool) -> list[Label]:
        """Return the labels of the two numbers of a year.

        Args:
            panel: The panel of shares.
            year: The year.
            key: `worded` with a word each, or `plain`.
            beside: Both stand beside their marks; else the higher stands above and the lower below.
        """
        model, published = self.found.shares[year], self.found.published[year]
        start, end = _stroke(panel, year)
        over, under = (("right", "left"),) * 2 if beside else (("above",), ("below",))
        gap = (end - start) / 2 + 0.5 * self.points / 72 if beside else 0.55 * self.points / 72
        return [
            Label(
                _middle(panel, year, share),
                self.words.text(f"{FIGURE}.{key}.{name}", share=self.words.number(100 * share)),
                over if share > other or (share == other and name == "published") else under,
                "Semibold",
                color,
                gap,
            )
            for name, share, other, color in (("model", model, published, NAVY), ("published", published, model, INK))
        ]

    def _diamond(self, at: Point) -> None:
        from matplotlib.lines import Line2D

        mark = Line2D(
            [at[0]], [at[1]], marker="D", markersize=0.58 * self.points, color=INK, linestyle="none", zorder=5
        )
        mark.set_markerfacecolor(PAPER)
        mark.set_markeredgewidth(1.1 * self.thick)
        self.sheet.figure.axes[0].add_line(mark)

    def volumes(self, panel: _Panel) -> None:
        """Draw conversations held by month as a line, and those who wait longer as an area."""
        from matplotlib.patches import Polygon

        steps = [_step(panel, month, month.held) for month in self.found.months]
        lines = list(_joined(steps))
        labels = Labels(self.sheet, panel.box._replace(left=panel.box.left + 0.03), self.points)
        labels.keep_free(_boxes_of(lines))
        area = self._area(panel)
        if area:
            corners = [(area[0][0], panel.box.low), *area, (area[-1][0], panel.box.low)]
            self.sheet.figure.axes[0].add_patch(Polygon(corners, facecolor=NAVY, edgecolor="none", zorder=2))
            labels.keep_free(_boxes_below(area, panel.box.low))
        for line in lines:
            self.path(line, BLUES[2], 1.3)
        self._queue_named(panel, labels, area)
        for start, _ in steps:
            if labels.set(Label(start, self.words.text(f"{FIGURE}.held"), ("below", "above"), "Regular", BLUES[2])):
                break

    def _area(self, panel: _Panel) -> list[Point]:
        """Return the outline of those who wait longer, at the ends of months and at its peak; none without a queue."""
        backlog = self.found.backlog
        if backlog is None:
            return []
        levels = {month.after: max(month.more_waiting, 0.0) for month in self.found.months}
        levels[self.found.months[0].first] = 0.0
        for stretch in self.found.stretches:
            if stretch.kind == "suspended" and levels.get(stretch.first.replace(day=1), 1.0) < backlog.most / 100:
                levels[stretch.first] = 0.0
        levels[backlog.on + timedelta(days=1)] = backlog.most
        if backlog.gone_by:
            levels[backlog.gone_by + timedelta(days=1)] = 0.0
        return [(panel.x(day), panel.y(levels[day])) for day in sorted(levels) if day <= panel.after]

    def _queue_named(self, panel: _Panel, labels: Labels, area: Sequence[Point]) -> None:
        """Name the peak of the queue and the day on which it is gone."""
        backlog = self.found.backlog
        if backlog is None or not area:
            return
        near = 0.09 * self.thick
        values = {"count": count_told(self.words, backlog.most), "day": self.words.day(backlog.on)}
        ends = []
        if backlog.gone_by and backlog.gone_by < panel.after:
            foot = (panel.x(backlog.gone_by), panel.box.low + 0.75 * self.points / 72)
            text = self.words.text(f"{FIGURE}.gone", day=self.words.day(backlog.gone_by))
            ends = [Label(foot, text, ("right", "left"), "Regular", NAVY, near)]
        falling = [point for point in area if point[0] >= panel.x(backlog.on)]
        levels = [panel.y(backlog.most * part / 20) for part in range(20, 4, -1)]
        for key, others, level in product(("peak", "peak_short"), (ends, []), levels):
            text = self.words.text(f"{FIGURE}.{key}", **values)
            peak = Label((_across(falling, level), level), text, ("right", "left"), "Semibold", NAVY, near)
            if labels.set_all([peak, *others]):
                break


def _step(panel: _Panel, month: Month, value: float) -> list[Point]:
    """Return a value of a month as a level line over it [inches]."""
    level = panel.y(value)
    return [(panel.x(month.first), level), (panel.x(month.after), level)]


def _ticks(most: float, months: Months) -> list[float]:
    """Return three to five round numbers from zero to the first at or above what is shown."""
    most = max(most, months.backlog.most if months.backlog else 0.0, 1.0)
    unit = 10.0 ** floor(log10(most / 2))
    step = max(next(factor * unit for factor in (1, 2, 2.5, 5, 10) if factor * unit * 4 >= most), 1.0)
    return [step * index for index in range(ceil(most / step) + 1)]


def _joined(steps: Sequence[list[Point]]) -> Iterator[list[Point]]:
    """Yield lines through steps that follow each other."""
    line: list[Point] = []
    for step in steps:
        if line and abs(line[-1][0] - step[0][0]) > WITHIN:
            yield line
            line = []
        line = [*line, *step]
    if line:
        yield line


def _across(outline: Sequence[Point], level: float) -> float:
    """Return where an outline first lies at or below a level [inches]; its end where it never does."""
    for (left, one), (right, other) in pairwise(outline):
        if other <= level:
            return right if one <= other else left + (right - left) * (one - level) / (one - other)
    return outline[-1][0]


def _boxes_of(lines: Sequence[list[Point]]) -> Iterator[Box]:
    """Yield thin boxes around lines of level and upright pieces."""
    near = 0.012
    for line in lines:
        for (left, one), (right, other) in pairwise(line):
            yield Box(left - near, min(one, other) - near, right + near, max(one, other) + near)


def _boxes_below(outline: Sequence[Point], low: float) -> Iterator[Box]:
    """Yield narrow boxes that fill an area from a level up to its outline."""
    pieces = 12
    for (left, one), (right, other) in pairwise(outline):
        for piece in range(pieces):
            start, end = (left + (right - left) * part / pieces for part in (piece, piece + 1))
            high = one + (other - one) * (piece + 0.5) / pieces
            if high > low + WITHIN:
                yield Box(start, low, end, high)


def _year_on(panel: _Panel, year: int) -> Point:
    """Return where a year begins and ends on the axis [inches]."""
    return panel.x(max(date(year, 1, 1), panel.first)), panel.x(min(date(year + 1, 1, 1), panel.after))


def _stroke(panel: _Panel, year: int) -> Point:
    start, end = _year_on(panel, year)
    middle, half = (start + end) / 2, (end - start) * YEAR_STROKE / 2
    return middle - half, middle + half


def _middle(panel: _Panel, year: int, share: float) -> Point:
    start, end = _year_on(panel, year)
    return (start + end) / 2, panel.y(100 * share)


def wanted(run: Run) -> bool:
    """Return whether a run is long enough and says what jobcentres held, month by month."""
    if whole_months(run) < LEAST_MONTHS or not run.table("months"):
        return False
    return bool(months_of(run).shares)


def draw(run: Run, words: Words, size: Size) -> Figure:
    """Return the figure: the digital share above, conversations held and the longer queue below."""
    sheet = Sheet(size, height=9.0)
    found = months_of(run)
    drawing = _Drawing(sheet, words, found)
    top = sheet.heading(title(run, words), words.text(f"{FIGURE}.below"))
    line, points = sheet.line_height(size.text), size.text * 0.88
    note = calibrated_note(run, words)
    notes = sheet.wrap(note, sheet.width - 2 * sheet.margin, points) if note else []
    beside = 6.6 * line + len(notes) * sheet.line_height(points)
    if size.name == "slide":
        room = top - sheet.margin - beside
        upper, lower = UPPER_SHARE_OF_SLIDE * room, (1 - UPPER_SHARE_OF_SLIDE) * room
    else:
        upper, lower = PLOT_INCHES[size.name]
    high = top - 2.3 * line
    shares = drawing.panel(high - upper, high, 100.0)
    high = shares.box.low - 2.6 * line
    volumes = drawing.panel(high - lower, high, drawing.ticks[-1])
    for panel, ticks, key in ((shares, SHARE_TICKS, "share"), (volumes, drawing.ticks, "volume")):
        drawing.ground(panel, ticks)
        at = (sheet.margin, panel.box.high + (1.4 if key == "share" else 0.95) * line)
        sheet.text(at, words.text(f"{FIGURE}.panels.{key}"), size.text, "Semibold")
    drawing.stretches_named(shares)
    drawing.shares(shares)
    drawing.volumes(volumes)
    drawing.years_below(volumes)
    level = volumes.box.low - 1.7 * line
    level -= sheet.paragraph((sheet.margin, level), notes, points, "Regular", QUIET)
    sheet.crop(level)
    return sheet.figure
