"""Break-even bars: the range of each value, its number today, and where it alone gives none, half or twice as much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.report.axes import Scale, spread_out
from simulator.report.drawing import Sheet
from simulator.report.driven import GOALS, Turn, Turning, turnings, turns_record
from simulator.report.language import Words
from simulator.report.reading import Run
from simulator.report.sensitivity.rows import Row, Rows
from simulator.report.sensitivity.telling import Told
from simulator.report.style import BLUES, INK, LINK_POINTS, NAVY, PAPER, QUIET, SMALL, Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURE = "figures.breakeven"
NEEDS = "a table of values at which the estimate is nothing, half or twice as large"
"""What a run must have to be drawn, for the message where it has not."""

RANGE_PART = (0.24, 0.76)
"""Where the range of a value begins and ends, as a share of the room: beside it stands what lies outside."""
ROW_LINES = 3.2
MARKS = {"zero": ("o", PAPER), "half": ("s", PAPER), "double": ("D", NAVY)}
"""Shape and filling of a mark by its goal."""
ARROWS = {"left": "<", "right": ">"}


@dataclass(frozen=True)
class _Mark:
    """A mark with its words.

    Attributes:
        goal: zero, half or double.
        side: `at` within the room; `left` or `right` where it lies beyond it.
        across: Where it stands [inches].
        text: Its words.
    """

    goal: str
    side: str
    across: float
    text: str


class _Bars:
    """Ranges of values as bars, each on a scale of its own, with marks where the answer turns."""

    def __init__(self, rows: Rows, told: Told, words: Words) -> None:
        self.rows, self.told, self.words, self.sheet = rows, told, words, rows.sheet
        self.points = rows.points
        self.small = self.points * SMALL
        room = rows.right - rows.left
        self.start, self.end = (rows.left + part * room for part in RANGE_PART)

    def draw(self, row: Row, turning: Turning) -> None:
        """Draw the bar of a value, its number today, and its marks with their words."""
        lever = turning.lever
        scale = self._scale(turning)
        top = row.middle + ROW_LINES * self.rows.line / 2
        middle, thick = top - 0.55 * self.rows.line, 0.62 * self.rows.line
        if lever["low"] is not None and lever["high"] is not None:
            left, right = scale.within(lever["low"]), scale.within(lever["high"])
            self.sheet.box((left, middle - thick / 2), right - left, thick, BLUES[1])
        self.sheet.line((self.rows.left, middle), (self.rows.right, middle), QUIET, LINK_POINTS)
        if lever["value"] is not None:
            at = scale.within(lever["value"])
            self.sheet.line((at, middle - 0.8 * thick), (at, middle + 0.8 * thick), NAVY, 2.2 * self.points / 8.8)
        marks = sorted(self._marks(turning, scale), key=lambda mark: mark.across)
        for mark in marks:
            self._mark(mark, middle)
        self._words_below(marks, turning, middle - 0.72 * self.rows.line)

    def _scale(self, turning: Turning) -> Scale:
        """Return the scale of a value: its range takes the middle, and today's number has a place in any case."""
        lever = turning.lever
        given = [lever[name] for name in ("low", "high", "value") if lever[name] is not None]
        if not given or max(given) == min(given):
            given = [turn.at for turn in turning.turns if turn.at is not None] + given
        low, high = min(given, default=0.0), max(given, default=1.0)
        part = (RANGE_PART[1] - RANGE_PART[0]) or 1.0
        beside = (high - low or 1.0) / part * RANGE_PART[0]
        gap = 0.5 * self.points / 72
        return Scale(low - beside, high + beside, self.rows.left + gap, self.rows.right - gap)

    def _marks(self, turning: Turning, scale: Scale) -> Iterator[_Mark]:
        for goal in GOALS:
            for turn in turning.at(goal):
                assert turn.at is not None
                across = scale.within(turn.at)
                number = self.told.value_of(turning.key, turn.at)
                side = _side(scale.at(turn.at) - across)
                text = self.words.text(
                    f"{FIGURE}.marks.{side}", goal=self.words.text(f"{FIGURE}.goals.{goal}"), number=number
                )
                yield _Mark(goal, side, across, self.words.units(text))

    def _mark(self, mark: _Mark, level: float) -> None:
        """Draw a mark; one beyond the room is an arrow at its edge."""
        from matplotlib.lines import Line2D

        shape, filling = MARKS[mark.goal] if mark.side == "at" else (ARROWS[mark.side], QUIET)
        drawn = Line2D([mark.across], [level], marker=shape, color=INK, linestyle="none", zorder=5)
        drawn.set_markersize(0.6 * self.points)
        drawn.set_markerfacecolor(filling)
        drawn.set_markeredgewidth(1.1 * self.points / 8.8)
        self.sheet.figure.axes[0].add_line(drawn)

    def _words_below(self, marks: list[_Mark], turning: Turning, top: float) -> None:
        """Set the words of the marks below the bar, on two lines where one is too short, and what is not possible."""
        lines = self._lines(marks)
        step = self.sheet.line_height(self.small)
        for index, line in enumerate(lines):
            for mark, middle in line:
                at = (middle, top - (index + 0.75) * step)
                self.sheet.text(at, mark.text, self.small, anchor=("center", "baseline"))
        if turning.impossible:
            goals = self.words.listed(self.words.text(f"{FIGURE}.goals.{goal}") for goal in turning.impossible)
            told = self.words.text(f"{FIGURE}.impossible", goals=goals)
            at = (self.rows.right, top - (len(lines) + 0.75) * step)
            self.sheet.text(at, told, self.small, "It", QUIET, ("right", "baseline"))

    def _lines(self, marks: list[_Mark]) -> list[list[tuple[_Mark, float]]]:
        """Return the marks on as few lines as hold their words, each with the middle of its words [inches]."""
        for count in range(1, len(marks) + 1):
            lines = [marks[index::count] for index in range(count)]
            placed = [self._placed(line) for line in lines]
            if all(line is not None for line in placed):
                return [line for line in placed if line is not None]
        return []

    def _placed(self, line: list[_Mark]) -> list[tuple[_Mark, float]] | None:
        widths = [self.sheet.measure(mark.text, self.small) + 0.8 * self.small / 72 for mark in line]
        edge = 0.4 * self.small / 72
        middles = spread_out([mark.across for mark in line], widths, self.rows.left - edge, self.rows.right + edge)
        return None if middles is None else list(zip(line, middles, strict=True))


def _side(beyond: float) -> str:
    """Return on which side of the room a mark lies beyond it [inches]; `at` where it lies within."""
    if abs(beyond) < 1e-6:
        return "at"
    return "right" if beyond > 0 else "left"


def wanted(run: Run) -> bool:
    """Return whether a run says where its answer turns."""
    return bool(turnings(run))


def _turns_inside(run: Run, goal: str) -> Iterator[tuple[Turning, Turn]]:
    for turning in turnings(run):
        yield from ((turning, turn) for turn in turning.at(goal) if turn.inside)


def title(run: Run, words: Words) -> str:
    """Return the statement of the figure: which value alone takes the effect away within its range."""
    told = Told(turns_record(run), words)
    for goal in ("zero", "half"):
        found = next(_turns_inside(run, goal), None)
        if found:
            turning, turn = found
            assert turn.at is not None
            number = told.value_of(turning.key, turn.at)
            return words.text(f"{FIGURE}.title.{goal}", name=told.name(turning.key), number=number)
    return words.text(f"{FIGURE}.title.none")


def draw(run: Run, words: Words, size: Size) -> Figure:
    """Return the figure: a bar for the range of each value, with today's number and the marks of the goals."""
    told = Told(turns_record(run), words)
    sheet = Sheet(size, height=14.0)
    top = sheet.heading(title(run, words), words.text(f"{FIGURE}.below"))
    line = sheet.line_height(size.text)
    level = _legend(sheet, words, top)
    rows = Rows(sheet, told, told.rows, level - 0.6 * line, foot=1.4 * line, least_lines=ROW_LINES)
    bars = _Bars(rows, told, words)
    for row, turning in zip(rows.rows, turnings(run), strict=False):
        bars.draw(row, turning)
    hidden = len(told.rows) - len(rows.rows)
    note = words.text(f"{FIGURE}.hidden", count=hidden) if hidden else ""
    sheet.crop(rows.bottom - sheet.paragraph((sheet.margin, rows.bottom), [note] if note else [], size.text * SMALL))
    return sheet.figure


def _legend(sheet: Sheet, words: Words, top: float) -> float:
    """Explain the bar, the stroke and the marks in rows that fit the sheet; return the level below [inches]."""
    points = sheet.size.text * SMALL
    step, side = sheet.line_height(points) * 1.2, points / 72
    left, level = sheet.margin, top - side
    for kind in ("range", "today", *GOALS):
        told = words.text(f"{FIGURE}.legend.{kind}")
        wide = 1.6 * side + sheet.measure(told, points) + 1.4 * side
        if left > sheet.margin and left + wide - 1.4 * side > sheet.width - sheet.margin:
            left, level = sheet.margin, level - step
        _sample(sheet, kind, (left, level), side)
        sheet.text((left + 1.6 * side, level), told, points, color=QUIET, anchor=("left", "center"))
        left += wide
    return level - 0.5 * step


def _sample(sheet: Sheet, kind: str, at: tuple[float, float], side: float) -> None:
    from matplotlib.lines import Line2D

    left, middle = at
    across = left + 0.6 * side
    if kind == "range":
        sheet.box((left, middle - 0.35 * side), 1.2 * side, 0.7 * side, BLUES[1])
    elif kind == "today":
        sheet.line((across, middle - 0.5 * side), (across, middle + 0.5 * side), NAVY, 2.2 * sheet.size.text / 8.8)
    else:
        shape, filling = MARKS[kind]
        mark = Line2D([across], [middle], marker=shape, markersize=0.6 * side * 72, color=INK, linestyle="none")
        mark.set_markerfacecolor(filling)
        sheet.figure.axes[0].add_line(mark)


def alt_text(run: Run, words: Words) -> str:
    """Return what the figure shows, in words."""
    told = Told(turns_record(run), words)
    rows = "; ".join(
        words.text(f"{FIGURE}.alt_row", name=told.name(turning.key), turns=_turns_told(words, told, turning))
        for turning in turnings(run)
    )
    return words.text(f"{FIGURE}.alt", title=title(run, words), rows=rows)


def _turns_told(words: Words, told: Told, turning: Turning) -> str:
    parts = [
        words.text(
            f"{FIGURE}.{'alt_inside' if turn.inside else 'alt_outside'}",
            goal=words.text(f"{FIGURE}.legend.{goal}").lower(),
            number=told.value_of(turning.key, turn.at),
        )
        for goal in GOALS
        for turn in turning.at(goal)
        if turn.at is not None
    ]
    parts += [
        words.text(f"{FIGURE}.alt_impossible", goal=words.text(f"{FIGURE}.legend.{goal}").lower())
        for goal in turning.impossible
    ]
    return words.listed(parts)


def drawn_rows(run: Run, words: Words) -> list[Mapping[str, object]]:
    """Return what is drawn: each value with its range and where it alone gives each goal."""
    told = Told(turns_record(run), words)
    return [
        {
            "key": turning.key,
            "name": told.name(turning.key),
            **{name: _plain(turning.lever[name]) for name in ("low", "high", "value", "unit")},
            "goal": turn.goal,
            "at": _plain(turn.at),
            "inside_range": int(turn.inside),
        }
        for turning in turnings(run)
        for turn in turning.turns
    ]


def _plain(value: object) -> object:
    return "" if value is None else value
