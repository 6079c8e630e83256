"""The calendar of the period: on which days conversations are held, how many, and why not on the others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from simulator.report.drawing import Face, Sheet
from simulator.report.language import Words
from simulator.report.reading import Run
from simulator.report.style import (
    BLUES,
    CLOSED_SHADE,
    DARK_FROM,
    HAIRLINE,
    HATCHES,
    INK,
    PAPER,
    QUIET,
    WEEKEND_SHADE,
    Size,
)
from simulator.report.weeks import OPEN, WEEKEND, Day, Week, days_of, week_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LARGE_UP_TO_WEEKS = 8
CELL_INCHES = {"column": 0.31, "page": 0.42}


def shade_of(conversations: float, most: float) -> int:
    """Return the step of the scale of a day, 0 for few to 4 for the most."""
    return min(int(conversations / most * len(BLUES)), len(BLUES) - 1) if most > 0 else 0


class _Cells:
    """The cells of the days: their place on the sheet and how they are filled."""

    def __init__(self, sheet: Sheet, words: Words, days: list[Day]) -> None:
        self.sheet, self.words, self.days = sheet, words, days
        self.points = sheet.size.text
        self.most = max((day.conversations for day in days), default=0.0)
        self.weeks: list[Week] = list(dict.fromkeys(week_of(day.day) for day in days))
        self.large = len(self.weeks) <= LARGE_UP_TO_WEEKS

    def fill(self, day: Day, at: tuple[float, float], wide: float, high: float) -> None:
        """Fill the cell of a day by its reason or its number of conversations."""
        if day.kind == OPEN:
            self.sheet.box(at, wide, high, BLUES[shade_of(day.conversations, self.most)])
        elif day.kind == WEEKEND and self.large:
            self.sheet.box(at, wide, high, WEEKEND_SHADE)
        elif day.kind == WEEKEND:
            # Rows of days are named at the left; small cells of a weekend stay empty.
            return
        else:
            self.sheet.box(at, wide, high, CLOSED_SHADE, HATCHES.get(day.kind, HATCHES["closed"]), HAIRLINE)

    def draw_large(self, top: float, foot: float) -> float:
        """Draw weeks as rows, each day with its date and its number or its reason; return the level below."""
        names = [self.words.text("week_long", week=week) for _, week in self.weeks]
        left = self.sheet.margin + max(self.sheet.measure(name, self.points) for name in names) + 0.1
        wide = (self.sheet.width - self.sheet.margin - left) / 7
        top -= 1.25 * self.sheet.line_height(self.points)
        high = min((top - foot) / len(self.weeks), wide * 0.66)
        for column, name in enumerate(self.words.tree["weekdays_short"]):
            at = (left + (column + 0.5) * wide, top + 0.45 * self.points / 72)
            self.sheet.text(at, name, self.points, color=QUIET, anchor=("center", "baseline"))
        for row, name in enumerate(names):
            at = (self.sheet.margin, top - (row + 0.5) * high)
            self.sheet.text(at, name, self.points, color=QUIET, anchor=("left", "center"))
        for day in self.days:
            row, column = self.weeks.index(week_of(day.day)), day.day.isoweekday() - 1
            at = (left + column * wide + 0.015, top - (row + 1) * high + 0.015)
            self.fill(day, at, wide - 0.03, high - 0.03)
            self._words_in(day, at, (wide - 0.03, high - 0.03))
        return top - len(self.weeks) * high

    def _words_in(self, day: Day, at: tuple[float, float], room: tuple[float, float]) -> None:
        wide, high = room
        narrow = self.sheet.size.name == "column"
        dark = day.kind == OPEN and shade_of(day.conversations, self.most) >= DARK_FROM
        color = PAPER if dark else INK if day.kind == OPEN else QUIET
        points = max(self.points * (0.84 if narrow else 0.9), self.sheet.size.least)
        told = "" if day.kind == WEEKEND else self._told(day)
        own = self.words.text(f"day_classes_short.{day.kind}") if day.kind not in (OPEN, WEEKEND) else told
        short = self.words.short_day(day.day)
        middle = at[0] + wide / 2
        size = min(points, self.sheet.fitting(short, wide * 0.94, points))
        step = min(self.sheet.line_height(points), high / 2.15)
        # A reason that is too long for its cell is told by its pattern alone.
        lines = [short, own] if own and self.sheet.fits(own, wide * 0.98, "Semibold") else [short]
        for index, text in enumerate(lines):
            fit = min(size, self.sheet.fitting(text, wide * 0.94, points, "Semibold"), step * 72 / 1.1)
            level = at[1] + high / 2 + (len(lines) / 2 - index - 0.5) * step
            if day.kind not in (OPEN, WEEKEND):
                # A hatch may not run through the words.
                across = self.sheet.measure(text, fit) + 0.5 * fit / 72
                self.sheet.box((middle - across / 2, level - step / 2), across, step, CLOSED_SHADE)
            shown: Face = "Semibold" if index == 1 and day.kind == OPEN else "Regular"
            self.sheet.text((middle, level), text, fit, shown, color, ("center", "center"))

    def _told(self, day: Day) -> str:
        return self.words.roughly(day.conversations) if day.conversations >= 0.5 else ""

    def draw_small(self, top: float, foot: float) -> float:
        """Draw weeks as columns and weekdays as rows, with the months above; return the level below."""
        names = self.words.tree["weekdays_short"]
        left = self.sheet.margin + max(self.sheet.measure(name, self.points) for name in names) + 0.1
        top -= 1.25 * self.sheet.line_height(self.points)
        wide = (self.sheet.width - self.sheet.margin - left) / len(self.weeks)
        high = min((top - foot) / 7, max(wide * 1.3, self.points * 1.15 / 72))
        for row, name in enumerate(names):
            at = (self.sheet.margin, top - (row + 0.5) * high)
            self.sheet.text(at, name, self.points, color=QUIET, anchor=("left", "center"))
        gap = min(0.02, wide * 0.08)
        self._months(left, wide, top)
        for day in self.days:
            column, row = self.weeks.index(week_of(day.day)), day.day.isoweekday() - 1
            at = (left + column * wide + gap / 2, top - (row + 1) * high + gap / 2)
            self.fill(day, at, wide - gap, high - gap)
        return top - 7 * high

    def _months(self, left: float, wide: float, top: float) -> None:
        """Name the months above their first week, where there is room."""
        free_from, end = left, self.sheet.width - self.sheet.margin
        for index, week in enumerate(self.weeks):
            monday = max(date.fromisocalendar(*week, 1), self.days[0].day)
            month = self.words.tree["months_short"][monday.month - 1]
            at, long = left + index * wide, self.sheet.measure(month, self.points)
            if (index == 0 or monday.day <= 7) and free_from <= at and at + long <= end:
                self.sheet.text((at, top + 0.45 * self.points / 72), month, self.points, color=QUIET)
                free_from = at + long + 0.5 * self.points / 72

    def legend_rows(self) -> list[list[tuple[str, str, str]]]:
        """Return the items of the legend in rows that fit the sheet."""
        points = self.points * 0.92
        rows: list[list[tuple[str, str, str]]] = [[]]
        used, room = 0.0, self.sheet.width - 2 * self.sheet.margin
        for color, hatch, told in self._legend_items():
            wide = (self.sheet.measure(told, points) + 1.9 * points / 72 if told else 0.0) + 1.15 * points / 72
            if used + wide > room and rows[-1]:
                rows.append([])
                used = 0.0
            rows[-1].append((color, hatch, told))
            used += wide
        return rows

    def legend(self, top: float) -> float:
        """Explain the shades and hatches below a level; return the level below [inches]."""
        points = self.points * 0.92
        side = points / 72
        rows = self.legend_rows()
        for index, row in enumerate(rows):
            base = top - side - index * self.legend_step
            left = self.sheet.margin
            for color, hatch, told in row:
                self.sheet.box((left, base), side, side, color, hatch, HAIRLINE)
                left += side * 1.15
                if told:
                    at = (left + 0.3 * side, base + side / 2)
                    self.sheet.text(at, told, points, color=QUIET, anchor=("left", "center"))
                    left += self.sheet.measure(told, points) + 1.7 * side
        return top - len(rows) * self.legend_step

    @property
    def legend_step(self) -> float:
        """Distance from row to row of the legend [inches]."""
        return self.sheet.line_height(self.points * 0.92) * 1.2

    def _legend_items(self) -> list[tuple[str, str, str]]:
        items = []
        if self.most > 0:
            told = self.words.text("figures.calendar.scale", most=self.words.roughly(self.most))
            items = [(shade, "", "") for shade in BLUES[:-1]] + [(BLUES[-1], "", told)]
        kinds = list(dict.fromkeys(day.kind for day in self.days if day.kind != OPEN))
        if not self.large:
            kinds = [kind for kind in kinds if kind != WEEKEND]
        for kind in sorted(kinds, key=lambda kind: (kind != WEEKEND, kind)):
            shade = WEEKEND_SHADE if kind == WEEKEND else CLOSED_SHADE
            hatch = "" if kind == WEEKEND else HATCHES.get(kind, HATCHES["closed"])
            items.append((shade, hatch, self.words.name("day_classes", kind)))
        return items


def title(run: Run, words: Words) -> str:
    """Return the statement of the figure."""
    days = days_of(run)
    weekdays = sum(day.day.isoweekday() <= 5 for day in days)
    meeting = sum(bool(day.meeting_kinds) for day in days)
    if meeting == 0:
        return words.text("figures.calendar.title_none")
    if meeting == weekdays:
        return words.text("figures.calendar.title_all", weekdays=words.number(weekdays))
    return words.text("figures.calendar.title", meeting=words.number(meeting), weekdays=words.number(weekdays))


def draw(run: Run, words: Words, size: Size) -> Figure:
    """Return the figure: a cell for each day, darker for more conversations, hatched where closed."""
    sheet = Sheet(size, height=9.0)
    cells = _Cells(sheet, words, days_of(run))
    top = sheet.heading(title(run, words), words.text("figures.calendar.below"))
    room = len(cells.legend_rows()) * cells.legend_step + 0.5 * cells.legend_step
    if size.name == "slide":
        foot = sheet.margin + room
    else:
        rows = len(cells.weeks) if cells.large else 7
        foot = top - 0.2 - rows * (CELL_INCHES[size.name] if cells.large else 0.21)
    level = (cells.draw_large if cells.large else cells.draw_small)(top, foot)
    sheet.crop(cells.legend(level - 0.5 * cells.legend_step))
    return sheet.figure


def alt_text(run: Run, words: Words) -> str:
    """Return what the figure shows, in words."""
    days = days_of(run)
    kinds = list(dict.fromkeys(day.kind for day in days if day.kind != OPEN))
    closed = words.listed(
        words.text(
            "figures.calendar.alt_closed",
            days=sum(day.kind == kind for day in days),
            kind=words.name("day_classes", kind),
        )
        for kind in kinds
    )
    text = f"{title(run, words)}."
    return f"{text} {words.text('figures.calendar.alt', closed=closed)}" if closed else text


def drawn_rows(run: Run, words: Words) -> list[Mapping[str, object]]:
    """Return what is drawn: each day with its class and its conversations under the proposal."""
    return [
        {
            "date": day.day.isoformat(),
            "class": day.kind,
            "label": words.name("day_classes", day.kind),
            "meeting_day": int(bool(day.meeting_kinds)),
            "conversations_proposal": day.conversations,
        }
        for day in days_of(run)
    ]
