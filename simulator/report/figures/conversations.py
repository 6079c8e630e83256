"""Conversations held by week and form, without and with the proposal."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import TYPE_CHECKING

from simulator.report.axes import counting_ticks
from simulator.report.drawing import Sheet
from simulator.report.language import Words
from simulator.report.reading import Run
from simulator.report.story import Story, count_word
from simulator.report.style import BLUES, HAIRLINE, INK, PAPER, QUIET, Size
from simulator.report.weeks import FORMS, Week, closed_weeks, held_by_week

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SHADES = dict(zip(FORMS, (BLUES[3], BLUES[2], BLUES[1]), strict=True))
ARMS = ("baseline", "proposal")
NUMBERS_UP_TO_WEEKS = 8


class _Panels:
    """Two panels of the same scale, one an arm, with the weeks from left to right."""

    def __init__(self, sheet: Sheet, words: Words, weeks: list[Week], most: float, room: tuple[float, float]) -> None:
        self.sheet, self.words, self.weeks = sheet, words, weeks
        self.points = sheet.size.text
        self.foot, self.top = room
        self.ticks = counting_ticks(most)
        axis = max(sheet.measure(words.number(tick), self.points) for tick in self.ticks)
        self.names = max(sheet.measure(words.name("forms", form), self.points) for form in FORMS)
        self.left = sheet.margin + axis + self.points / 72
        gap = 2.2 * self.points / 72
        right = sheet.margin + self.names + 2.4 * self.points / 72
        self.width = (sheet.width - self.left - gap - right) / 2
        self.starts = (self.left, self.left + self.width + gap)
        self.step = self.width / len(weeks)
        self.wide = self.step * (0.74 if len(weeks) <= NUMBERS_UP_TO_WEEKS else 0.9)
        # Numbers stand in all bars or in none.
        longest = sheet.measure(words.roughly(most, 3), self.points * 0.92)
        self.numbers = len(weeks) <= NUMBERS_UP_TO_WEEKS and longest < self.wide * 0.94

    def height(self, count: float) -> float:
        """Return where a count lies above the foot [inches from below]."""
        return self.foot + (self.top - self.foot) * count / self.ticks[-1]

    def scale(self) -> None:
        """Draw the lines and numbers of the scale."""
        for tick in self.ticks:
            level = self.height(tick)
            for start in self.starts:
                self.sheet.line((start, level), (start + self.width, level), INK if tick == 0 else HAIRLINE)
            at = (self.left - 0.6 * self.points / 72, level)
            self.sheet.text(at, self.words.number(tick), self.points, color=QUIET, anchor=("right", "center"))

    def weeks_below(self) -> None:
        """Name the weeks below each panel, leaving out names for which there is no room."""
        names = [self.words.text("week_long", week=week) for _, week in self.weeks]
        level = self.foot - 0.7 * self.points / 72
        if max(self.sheet.measure(name, self.points) for name in names) > self.step * 0.94:
            names = [str(week) for _, week in self.weeks]
            at = (self.left - 0.6 * self.points / 72, level)
            self.sheet.text(at, self.words.text("week"), self.points, color=QUIET, anchor=("right", "top"))
        widest = max(self.sheet.measure(name, self.points) for name in names) + 0.5 * self.points / 72
        every = max(1, ceil(widest / self.step))
        for start in self.starts:
            for index in range(0, len(names), every):
                at = (start + (index + 0.5) * self.step, level)
                self.sheet.text(at, names[index], self.points, color=QUIET, anchor=("center", "top"))

    def bars(self, start: float, held: dict[Week, dict[str, float]], closed: set[Week]) -> None:
        """Draw the weeks of one arm: a stack of forms, or a word where all is closed."""
        wide = self.wide
        for index, week in enumerate(self.weeks):
            left = start + (index + 0.5) * self.step - wide / 2
            level = 0.0
            for form in FORMS:
                count = held[week][form]
                bottom, high = self.height(level), self.height(level + count) - self.height(level)
                self.sheet.box((left, bottom), wide, high, SHADES[form])
                if level and high:
                    self.sheet.line((left, bottom), (left + wide, bottom), PAPER, 0.7)
                self._number((left + wide / 2, bottom + high / 2), high, count, form)
                level += count
            word = self.words.text("figures.conversations.closed")
            if level == 0 and week in closed and self.sheet.measure(word, self.points * 0.9) < self.step:
                at = (left + wide / 2, self.foot + 0.5 * self.points / 72)
                self.sheet.text(at, word, self.points * 0.9, "It", QUIET, ("center", "baseline"))

    def _number(self, at: tuple[float, float], high: float, count: float, form: str) -> None:
        """Set a number into its part of a bar where it fits."""
        points = self.points * 0.92
        text = self.words.roughly(count, 3)
        if self.numbers and high > points * 1.15 / 72:
            color = INK if form == "video" else PAPER
            self.sheet.text(at, text, points, color=color, anchor=("center", "center"))

    def forms_beside(self, last: dict[str, float]) -> None:
        """Name the forms at the right, each beside its part of the last bar, and none upon another."""
        step = 1.35 * self.points / 72
        left = self.starts[1] + self.width + 0.5 * self.points / 72
        level, floor_at = 0.0, self.foot
        for form in FORMS:
            middle = self.height(level + last[form] / 2)
            level += last[form]
            middle = max(middle, floor_at + step / 2)
            floor_at = middle + step / 2
            side = 0.8 * self.points / 72
            self.sheet.box((left, middle - side / 2), side, side, SHADES[form])
            at = (left + 1.3 * side, middle)
            self.sheet.text(at, self.words.name("forms", form), self.points, anchor=("left", "center"))


def title(run: Run, words: Words) -> str:
    """Return the statement of the figure."""
    story = Story(run)
    # Where both form and number change, the larger of the two is the finding.
    fewer = story.change == "both" and abs(story.held_change) > story.converted
    change = "volume" if fewer else "form" if story.change == "both" else story.change
    counts = {"form": story.converted, "reverse": story.reverse, "volume": story.held_change}
    key = {"volume": "fewer" if story.held_change < 0 else "more"}.get(change, change)
    count = count_word(words, counts.get(change, 0.0))
    return words.sentence(f"figures.conversations.{key}", count=count)


def draw(run: Run, words: Words, size: Size) -> Figure:
    """Return the figure: two panels of weekly bars, each stacked by form."""
    sheet = Sheet(size, height=2.9 if size.name == "page" else 2.6)
    held = {arm: held_by_week(run, arm) for arm in ARMS}
    weeks = list(held["baseline"])
    most = max(sum(forms.values()) for arm in ARMS for forms in held[arm].values())
    top = sheet.heading(title(run, words), words.text("figures.conversations.below"))
    line = sheet.line_height(size.text)
    panels = _Panels(sheet, words, weeks, most, (sheet.margin + 1.65 * line, top - 1.5 * line))
    panels.scale()
    panels.weeks_below()
    closed = closed_weeks(run)
    for arm, start in zip(ARMS, panels.starts, strict=True):
        name = words.text(f"arms.{arm}")
        sheet.text((start, top - 0.8 * line), name, size.text, "Semibold")
        panels.bars(start, held[arm], closed)
    filled = [forms for forms in held["proposal"].values() if sum(forms.values())]
    panels.forms_beside(filled[-1] if filled else dict.fromkeys(FORMS, 0.0))
    return sheet.figure


def alt_text(run: Run, words: Words) -> str:
    """Return what the figure shows, in words."""
    totals = {
        arm: {form: sum(forms[form] for forms in held_by_week(run, arm).values()) for form in FORMS} for arm in ARMS
    }
    parts = [
        words.text(
            "figures.conversations.alt_arm",
            arm=words.text(f"arms.{arm}"),
            forms=words.listed(
                f"{words.roughly(totals[arm][form], 3)} {words.name('forms_held', form)}" for form in FORMS
            ),
        )
        for arm in ARMS
    ]
    return f"{title(run, words)}. {' '.join(parts)}"


def drawn_rows(run: Run, words: Words) -> list[Mapping[str, object]]:
    """Return what is drawn: conversations held by arm, week and form."""
    return [
        {
            "arm": arm,
            "iso_year": year,
            "iso_week": week,
            "form": form,
            "label": words.name("forms", form),
            "held_conversations": forms[form],
        }
        for arm in ARMS
        for (year, week), forms in held_by_week(run, arm).items()
        for form in FORMS
    ]
