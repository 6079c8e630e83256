"""The effect by financial year, and the range of the whole where assumptions were drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.report.axes import Scale, decimals_between, ticks_around
from simulator.report.columns import Column, decimals_of, is_nothing, whole_column, year_columns
from simulator.report.drawing import Face, Sheet
from simulator.report.known import bare_amount, sign_is_open, stated
from simulator.report.language import MIO, Words
from simulator.report.reading import Row, Run, quantity
from simulator.report.stated import span_text
from simulator.report.story import Direction, Story, direction, in_headline
from simulator.report.style import BLUES, GAIN, HAIRLINE, INK, LOSS, NAVY, PAPER, QUIET, SMALL, Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURE = "figures.years"
NEEDS = "a table of kroner by financial year"
"""What a run must have to be drawn, for the message where it has not."""

COLORS: dict[Direction, str] = {"loss": LOSS, "gain": GAIN, "none": NAVY}
PLOT_INCHES = {"column": 1.7, "page": 2.0}
BAR_SHARE = 0.56
"""Width of a bar as a share of its room."""
MOST_BAR = {"column": 0.5, "page": 0.7, "slide": 1.3}
"""Width of the widest bar [inches]."""
LARGE_KR = 99.5 * MIO
"""From this size on amounts are whole millions."""
MAIN_SHARE = 0.5
"""A year with more than this share of the effect is named in the title."""


@dataclass(frozen=True)
class Years:
    """The effect by column of years.

    Attributes:
        columns: The columns of single years, and the whole as the last.
        amounts: Effect of each [kr], minus is a loss.
        low: Lower end of the range of the whole, as it is stated [kr]; None where nothing was drawn, or the whole is
            not the sum of the years.
        high: Upper end of the same.
    """

    columns: tuple[Column, ...]
    amounts: tuple[float, ...]
    low: float | None
    high: float | None

    @property
    def whole(self) -> float:
        """The effect of all years, or of a year of full effect [kr]."""
        return self.amounts[-1]


def _headline_rows(run: Run) -> list[Row]:
    story = Story(run)
    rows = [row for row in run.table("saldo") if not story.concept or row["concept"] == story.concept]
    return [row for row in rows or run.table("saldo") if in_headline(row, story)]


def years_of(run: Run) -> Years:
    """Return the effect by financial year, in the columns of the table of the brief."""
    by_year: defaultdict[str, float] = defaultdict(float)
    for row in _headline_rows(run):
        by_year[row["year"]] += quantity(row, "kr")
    story = Story(run)
    years = sorted(by_year) or sorted({row["year"] for row in run.table("saldo")})
    columns = (*year_columns(story, years), whole_column(story, years))
    told = stated(run)
    low, high = (None, None) if told is None or story.full_years else (told.low, told.high)
    return Years(columns, tuple(column.of(by_year) for column in columns), low, high)


def _decimals(years: Years) -> int:
    """Return the decimals in which amounts are told in mio. kr.: those of the table, and none of large ones."""
    most = max(abs(kr) for kr in years.amounts)
    return 0 if most >= LARGE_KR else decimals_of(most)


def _heading(words: Words, column: Column) -> str:
    return column.heading if column.heading.isdigit() else words.text(f"brief.consequences.{column.heading}")


class _Bars:
    """A bar a year from left to right, and the whole at the right behind a hairline."""

    def __init__(self, sheet: Sheet, words: Words, years: Years, room: tuple[float, float]) -> None:
        self.sheet, self.words, self.years = sheet, words, years
        self.points = sheet.size.text
        shown = [*years.amounts, *(end for end in (years.low, years.high) if end is not None)]
        self.decimals = _decimals(years)
        self.ticks = ticks_around(min(shown) / MIO, max(shown) / MIO)
        if len(self.ticks) == 1:
            self.ticks = [0.0, 1.0]
        self.places = decimals_between(self.ticks)
        self.up = Scale(self.ticks[0], self.ticks[-1], *room)
        axis = max(sheet.measure(words.number(tick, self.places), self.points) for tick in self.ticks)
        self.left = sheet.margin + axis + self.points / 72
        ends = [self._end_told(end) for end in (years.low, years.high) if end is not None]
        beside = max((sheet.measure(text, self.points) for text in ends), default=0.0)
        self.beside = beside + 1.6 * self.points / 72 if ends else 0.0
        self.step = (sheet.width - sheet.margin - self.left - self.beside) / (len(years.columns) + 0.3)
        self.wide = min(self.step * BAR_SHARE, MOST_BAR[sheet.size.name])

    def _end_told(self, kr: float) -> str:
        decimals = next(places for places in range(9) if abs(round(kr / MIO, places) - kr / MIO) < 1e-9)
        return self.words.number(kr / MIO, decimals, plus=True)

    def middle(self, index: int) -> float:
        """Return the middle of a column [inches]; the whole stands a little apart."""
        return self.left + (index + 0.5 + (0.3 if index == len(self.years.columns) - 1 else 0.0)) * self.step

    def ground(self) -> None:
        """Draw the scale."""
        right = self.sheet.width - self.sheet.margin
        for tick in self.ticks:
            level = self.up.at(tick)
            self.sheet.line((self.left, level), (right, level), INK if tick == 0 else HAIRLINE)
            at = (self.left - 0.6 * self.points / 72, level)
            told = self.words.number(tick, self.places if tick else 0)
            self.sheet.text(at, told, self.points, color=QUIET, anchor=("right", "center"))

    def draw(self) -> float:
        """Draw the bars with their numbers, and what they are called below; return the level of the names [inches]."""
        last = len(self.years.columns) - 1
        self.range_behind()
        levels = [self.up.at(min(kr, 0.0) / MIO) - 1.6 * self.points / 72 * (kr < 0) for kr in self.years.amounts]
        below = min(self.up.start, *levels) - 0.45 * self.points / 72
        for index, (column, kr) in enumerate(zip(self.years.columns, self.years.amounts, strict=True)):
            middle, level, nought = self.middle(index), self.up.at(kr / MIO), self.up.at(0.0)
            color = NAVY if index == last else COLORS[direction(kr)]
            self.sheet.box((middle - self.wide / 2, min(level, nought)), self.wide, abs(level - nought), color)
            self._number(middle, kr, bold=index == last)
            name = _heading(self.words, column)
            fit = self.sheet.fitting(name, self.step * 0.98, self.points, "Semibold")
            face: Face = "Semibold" if index == last else "Regular"
            self.sheet.text((middle, below), name, fit, face, anchor=("center", "top"))
        return below

    def _told(self, kr: float) -> str:
        return self.words.number(0) if is_nothing(kr) else self.words.number(kr / MIO, self.decimals, plus=True)

    def _number(self, middle: float, kr: float, *, bold: bool) -> None:
        """Set the number of a bar beyond its end, on paper."""
        told = self._told(kr)
        level, up = self.up.at(kr / MIO), kr >= 0
        at = (middle, level + (0.35 if up else -0.35) * self.points / 72)
        face: Face = "Semibold" if bold else "Regular"
        points = self.sheet.fitting(told, self.step * 0.98, self.points, face)
        wide, high = self.sheet.measure(told, points, face), 1.15 * points / 72
        self.sheet.box((middle - wide / 2, at[1] - (0.0 if up else high)), wide, high, PAPER)
        self.sheet.text(at, told, points, face, INK, ("center", "bottom" if up else "top"))

    def range_behind(self) -> None:
        """Draw the range of the whole as a bar beside its own, with the numbers of its ends."""
        low, high = self.years.low, self.years.high
        if low is None or high is None:
            return
        number = self.sheet.measure(self._told(self.years.whole), self.points, "Semibold")
        aside = max(self.wide, min(number, self.step * 0.98)) / 2 + 0.11 * self.points / 8.8
        middle = self.middle(len(self.years.columns) - 1) + aside
        thick = 0.09 * self.points / 8.8
        start, end = self.up.at(low / MIO), self.up.at(high / MIO)
        self.sheet.box((middle - thick / 2, start), thick, end - start, BLUES[1])
        least = 0.6 * self.points / 72
        levels = [min(start, end - 2 * least), max(end, start + 2 * least)]
        # A number on the line of nought stands inside the range.
        nought, aside = self.up.at(0.0), 0.85 * self.points / 72
        levels = [
            nought + inward * aside if abs(level - nought) < aside else level
            for level, inward in zip(levels, (1, -1), strict=True)
        ]
        for kr, level in zip((low, high), levels, strict=True):
            told = self._end_told(kr)
            at = (middle + thick / 2 + 0.3 * self.points / 72, level)
            wide, tall = self.sheet.measure(told, self.points), 1.1 * self.points / 72
            self.sheet.box((at[0], level - tall / 2), wide, tall, PAPER)
            self.sheet.text(at, told, self.points, color=QUIET, anchor=("left", "center"))


def wanted(run: Run) -> bool:
    """Return whether a run has kroner by financial year."""
    return bool(run.table("saldo"))


def title(run: Run, words: Words) -> str:
    """Return the statement of the figure: the whole effect, and the year in which most of it falls."""
    years, story = years_of(run), Story(run)
    side = direction(years.whole)
    amount = bare_amount(run, words)
    if side == "none":
        moved = any(not is_nothing(kr) for kr in years.amounts)
        return words.text(f"{FIGURE}.title.{'none_whole' if moved else 'none'}")
    if story.full_years:
        return words.text(f"{FIGURE}.title.lasting_{side}", amount=words.magnitude_kr(years.whole))
    if sign_is_open(run):
        return words.sentence(f"{FIGURE}.title.open", amount=amount)
    single = years.columns[:-1]
    shares = {column.heading: kr / years.whole for column, kr in zip(single, years.amounts, strict=False)}
    main = max(shares, key=lambda name: shares[name])
    if len(single) == 1 or shares[main] >= 1 - 1e-9:
        return words.text(f"{FIGURE}.title.one_{side}", amount=amount, year=_heading(words, single[0]))
    if shares[main] <= MAIN_SHARE or not main.isdigit():
        return words.text(f"{FIGURE}.title.{side}", amount=amount, years=len(single))
    return words.text(f"{FIGURE}.title.main_{side}", amount=amount, share=words.share(shares[main]), year=main)


def _note(run: Run, words: Words, years: Years) -> str:
    """Return what the range is of, and that none is kept by year; empty where nothing was drawn."""
    told = stated(run)
    if told is None:
        return ""
    key = "range" if years.low is not None else "range_alone"
    return words.text(f"{FIGURE}.{key}", range=span_text(words, told))


def draw(run: Run, words: Words, size: Size) -> Figure:
    """Return the figure: a bar for each financial year and one for the whole, with its range beside it."""
    years = years_of(run)
    sheet = Sheet(size, height=6.0)
    top = sheet.heading(title(run, words), words.text(f"{FIGURE}.below", unit=words.text("units.mio_kr")))
    line, points = sheet.line_height(size.text), size.text * SMALL
    note = _note(run, words, years)
    lines = sheet.wrap(note, sheet.width - 2 * sheet.margin, points) if note else []
    foot = len(lines) * sheet.line_height(points) + 3.0 * line
    end = top - 0.9 * line
    high = PLOT_INCHES.get(size.name, end - sheet.margin - foot - 0.9 * line)
    # Numbers below the lowest bars keep their room above the names of the years.
    low = end - high + 0.9 * line
    bars = _Bars(sheet, words, years, (low, end))
    bars.ground()
    level = bars.draw() - 1.6 * line
    level -= sheet.paragraph((sheet.margin, level), lines, points, "Regular", QUIET)
    sheet.crop(level)
    return sheet.figure


def alt_text(run: Run, words: Words) -> str:
    """Return what the figure shows, in words."""
    years = years_of(run)
    decimals = _decimals(years)
    told = words.listed(
        words.text(
            f"{FIGURE}.alt_year",
            year=_heading(words, column).lower(),
            amount=words.mio_kr(0.0 if is_nothing(kr) else kr, decimals, plus=True),
        )
        for column, kr in zip(years.columns, years.amounts, strict=True)
    )
    note = _note(run, words, years)
    return " ".join(part for part in (f"{title(run, words)}.", words.text(f"{FIGURE}.alt", years=told), note) if part)


def drawn_rows(run: Run, words: Words) -> list[Mapping[str, object]]:
    """Return what is drawn: the effect by financial year and as a whole, with the range of the whole."""
    years = years_of(run)
    last = len(years.columns) - 1
    return [
        {
            "column": _heading(words, column),
            "first_year": column.years[0] if column.years else "",
            "last_year": column.years[-1] if column.years else "",
            "effect_mio_kr": kr / MIO,
            "low_mio_kr": "" if years.low is None or index < last else years.low / MIO,
            "high_mio_kr": "" if years.high is None or index < last else years.high / MIO,
        }
        for index, (column, kr) in enumerate(zip(years.columns, years.amounts, strict=True))
    ]
