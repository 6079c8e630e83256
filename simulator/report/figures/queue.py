"""The queue by week and the days that a conversation waits, without and with the proposal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from simulator.report.axes import Scale, counting_ticks
from simulator.report.drawing import Sheet
from simulator.report.labels import Box, Label, Labels
from simulator.report.language import Words
from simulator.report.queues import ARMS, Queues, has_queues, queues_of
from simulator.report.reading import WITHIN, Run
from simulator.report.story import count_word
from simulator.report.style import HAIRLINE, HATCH, INK, NAVY, PAPER, QUIET, WITHDRAWN, Size
from simulator.report.weeks import Week

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURE = "figures.queue"
NEEDS = "a table of conversations that says who waits and who falls due"
"""What a run must have to be drawn, for the message where it has not."""

PLOT_INCHES = {"column": 1.45, "page": 1.7}
"""Height of the plot of the queue [inches]; a slide shares out what it has."""
NAMED_UP_TO_WEEKS = 8
YEARS_FROM_WEEKS = 60
"""From so many weeks on the axis names years."""
DASHES = (3.0, 1.6)
LOOKS = {"baseline": (QUIET, 1.6, DASHES), "proposal": (NAVY, 2.2, None)}
"""Colour, thickness and dashes of the line of an arm: told apart without colours too."""

Point = tuple[float, float]


class _Plot:
    """The queue of both arms, a point for the start and one for each week."""

    def __init__(self, sheet: Sheet, words: Words, queues: Queues, room: tuple[float, float]) -> None:
        self.sheet, self.words, self.queues = sheet, words, queues
        self.points = sheet.size.text
        self.ticks = counting_ticks(queues.most)
        widest = max(sheet.measure(words.number(tick), self.points) for tick in self.ticks)
        left = sheet.margin + widest + self.points / 72
        self.across = Scale(0, len(queues.weeks), left, sheet.width - sheet.margin - 1.5 * self.points / 72)
        self.up = Scale(0, self.ticks[-1], *room)

    def ground(self) -> None:
        """Draw the scale and name the weeks below."""
        left, right = self.across.start, self.sheet.width - self.sheet.margin
        for tick in self.ticks:
            level = self.up.at(tick)
            self.sheet.line((left, level), (right, level), INK if tick == 0 else HAIRLINE)
            at = (left - 0.6 * self.points / 72, level)
            self.sheet.text(at, self.words.number(tick), self.points, color=QUIET, anchor=("right", "center"))
        level = self.up.start - 0.7 * self.points / 72
        free_from = 0.0
        for place, name in self._names():
            half = self.sheet.measure(name, self.points) / 2
            middle = min(max(self.across.at(place), left + half * (place == 0) * 0.6), right - half)
            if middle - half >= free_from:
                self.sheet.text((middle, level), name, self.points, color=QUIET, anchor=("center", "top"))
                free_from = middle + half + 0.5 * self.points / 72

    def _names(self) -> Iterator[tuple[float, str]]:
        """Yield where a name stands below the axis, and the name."""
        weeks = self.queues.weeks
        if len(weeks) > YEARS_FROM_WEEKS:
            for year in dict.fromkeys(year for year, _ in weeks):
                of_year = [index for index, week in enumerate(weeks) if week[0] == year]
                if len(of_year) > 4:
                    yield (of_year[0] + of_year[-1] + 1) / 2, str(year)
            return
        yield 0, self.words.text(f"{FIGURE}.start")
        every = 1 if len(weeks) <= NAMED_UP_TO_WEEKS else ceil(len(weeks) / NAMED_UP_TO_WEEKS)
        for index in range(every - 1, len(weeks), every):
            yield index + 1, self.words.text("week_long", week=weeks[index][1])

    def line_of(self, arm: str) -> list[Point]:
        """Return the line of an arm [inches]."""
        counts = self.queues.waiting[arm]
        return [(self.across.at(place), self.up.at(count)) for place, count in enumerate(counts)]

    def draw(self) -> None:
        """Draw both lines and name them beside them."""
        from matplotlib.lines import Line2D

        labels = Labels(self.sheet, self._room(), self.points)
        lines = {arm: self.line_of(arm) for arm in ARMS}
        for arm, line in lines.items():
            color, thick, dashes = LOOKS[arm]
            across, up = zip(*line, strict=True)
            drawn = Line2D(across, up, color=color, linewidth=thick * self.points / 8.8, zorder=3)
            if dashes:
                drawn.set_dashes(dashes)
            self.sheet.figure.axes[0].add_line(drawn)
            labels.keep_free(_boxes_along(line))
        if self.queues.same:
            self._named(labels, (lines["proposal"], lines["proposal"]), self.words.text(f"{FIGURE}.both"), NAVY)
            return
        for arm, other in (ARMS[::-1], ARMS):
            pair = (lines[arm], lines[other])
            self._named(labels, pair, self.words.text(f"arms.{arm}").lower(), LOOKS[arm][0])

    def _room(self) -> Box:
        right, high = self.sheet.width - self.sheet.margin, self.up.end + 0.9 * self.points / 72
        return Box(self.across.start + 0.03, self.up.start + 0.01, right, high)

    def _named(self, labels: Labels, pair: tuple[list[Point], list[Point]], text: str, color: str) -> None:
        """Set a name beside a line where there is room, from its end backwards: away from the other line.

        Args:
            labels: The labels of the plot.
            pair: The line, and that of the other arm.
            text: The name.
            color: Its colour.
        """
        own, other = (_with_middles(line) for line in pair)
        for at, beside in zip(reversed(own), reversed(other), strict=True):
            sides = ("above", "onwards") if at[1] >= beside[1] else ("below",)
            if labels.set(Label(at, text, sides, "Semibold", color)):
                return
        # A line too near the axis is named on its free side.
        if any(labels.set(Label(at, text, ("above", "below"), "Semibold", color)) for at in reversed(own)):
            return
        at, beside = max(zip(own, other, strict=True), key=lambda places: abs(places[0][1] - places[1][1]))
        labels.set(Label(at, text, ("above" if at[1] >= beside[1] else "below",), "Semibold", color), at_all=True)


def _with_middles(line: list[Point]) -> list[Point]:
    """Return the points of a line with one between each two."""
    found = [line[0]]
    for one, two in pairwise(line):
        found += [((one[0] + two[0]) / 2, (one[1] + two[1]) / 2), two]
    return found


def _boxes_along(line: list[Point]) -> Iterator[Box]:
    """Yield small boxes that cover a line."""
    near, pieces = 0.015, 10
    for (left, one), (right, other) in pairwise(line):
        for piece in range(pieces):
            start, end = (left + (right - left) * part / pieces for part in (piece, piece + 1))
            low, high = sorted(one + (other - one) * part / pieces for part in (piece, piece + 1))
            yield Box(start - near, low - near, end + near, high + near)


def _waits(sheet: Sheet, words: Words, queues: Queues, top: float) -> float:
    """Draw a bar for the mean wait of each arm below a level; return the level below [inches]."""
    points, line = sheet.size.text, sheet.line_height(sheet.size.text)
    sheet.text((sheet.margin, top - line), words.text(f"{FIGURE}.panels.days"), points, "Semibold")
    names = {arm: words.text(f"arms.{arm}") for arm in ARMS}
    left = sheet.margin + max(sheet.measure(name, points) for name in names.values()) + 0.8 * points / 72
    told = {arm: _days_told(words, queues.days[arm]) for arm in ARMS}
    room = sheet.width - sheet.margin - left - max(sheet.measure(text, points) for text in told.values()) - points / 72
    most = max((days for days in queues.days.values() if days), default=0.0)
    row = 1.45 * line
    for index, arm in enumerate(ARMS):
        middle = top - 1.55 * line - (index + 0.5) * row
        long = room * (queues.days[arm] or 0.0) / most if most else 0.0
        sheet.text((sheet.margin, middle), names[arm], points, anchor=("left", "center"))
        hatch, edge, color = (HATCH, PAPER, WITHDRAWN) if arm == "baseline" else ("", "", NAVY)
        sheet.box((left, middle - 0.33 * row), long, 0.66 * row, color, hatch, edge)
        sheet.text((left + long + 0.4 * points / 72, middle), told[arm], points, anchor=("left", "center"))
    bottom = top - 1.55 * line - len(ARMS) * row
    sheet.line((left, top - 1.55 * line), (left, bottom), INK)
    return bottom


def _days_told(words: Words, days: float | None) -> str:
    return words.number(days, 0 if days is not None and days >= 9.95 else 1)


def wanted(run: Run) -> bool:
    """Return whether a run says who waits."""
    return has_queues(run)


def title(run: Run, words: Words) -> str:
    """Return the statement of the figure: how much longer or shorter the queue is."""
    queues = queues_of(run)
    backlog = queues.backlog
    if backlog and not queues.same:
        count = count_word(words, backlog.most)
        key = "peak_gone" if backlog.gone_by else "peak"
        gone = words.day(backlog.gone_by) if backlog.gone_by else ""
        return words.sentence(f"{FIGURE}.title.{key}", count=count, day=words.day(backlog.on), gone=gone)
    ends = [run.mean("conversations", arm, "waiting_end") for arm in ARMS]
    change = ends[1] - ends[0]
    if queues.same or abs(change) < 0.5 + WITHIN:
        return words.text(f"{FIGURE}.title.same")
    side = "fewer" if change < 0 else "more"
    return words.sentence(f"{FIGURE}.title.{side}", count=count_word(words, change))


def draw(run: Run, words: Words, size: Size) -> Figure:
    """Return the figure: the queue as a line for each arm, and the mean wait as a bar for each."""
    queues = queues_of(run)
    sheet = Sheet(size, height=6.0)
    top = sheet.heading(title(run, words), words.text(f"{FIGURE}.below"))
    line = sheet.line_height(size.text)
    below = (1.8 + 1.0 + 1.55 + 2 * 1.45 + 0.4) * line
    high = PLOT_INCHES.get(size.name, top - sheet.margin - below - 2.1 * line)
    sheet.text((sheet.margin, top - line), words.text(f"{FIGURE}.panels.queue"), size.text, "Semibold")
    end = top - 2.1 * line
    plot = _Plot(sheet, words, queues, (end - high, end))
    plot.ground()
    plot.draw()
    level = end - high - 2.6 * line
    if any(days is not None for days in queues.days.values()):
        level = _waits(sheet, words, queues, level)
    sheet.crop(level - 0.2 * line)
    return sheet.figure


def alt_text(run: Run, words: Words) -> str:
    """Return what the figure shows, in words."""
    queues = queues_of(run)
    arms = [
        words.text(
            f"{FIGURE}.alt_arm",
            arm=words.text(f"arms.{arm}"),
            start=words.roughly(run.mean("conversations", arm, "waiting_start"), 3),
            end=words.roughly(run.mean("conversations", arm, "waiting_end"), 3),
            days=_days_told(words, queues.days[arm]),
        )
        for arm in ARMS
    ]
    return f"{title(run, words)}. {' '.join(arms)}"


def drawn_rows(run: Run, words: Words) -> list[Mapping[str, object]]:
    """Return what is drawn: the queue at the start and at the end of each week, and the mean wait."""
    queues = queues_of(run)
    found: list[Mapping[str, object]] = []
    for arm in ARMS:
        ends: list[Week | None] = [None, *queues.weeks]
        for week, count in zip(ends, queues.waiting[arm], strict=True):
            year, number = week or ("", "")
            found.append(_row(arm, "start" if week is None else "end_of_week", (year, number), count, "conversations"))
        if queues.days[arm] is not None:
            found.append(_row(arm, "mean_wait", ("", ""), queues.days[arm], "days"))
    return found


def _row(arm: str, quantity: str, week: tuple[object, object], value: object, unit: str) -> Mapping[str, object]:
    return {"arm": arm, "quantity": quantity, "iso_year": week[0], "iso_week": week[1], "value": value, "unit": unit}
