"""Rows of an analysis: a label and the range of an assumption at the left, room for bars at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.report.drawing import Sheet
from simulator.report.sensitivity.telling import Record, Told
from simulator.report.style import HAIRLINE, QUIET, SMALL

MOST_ROWS = 15
"""Rows that are drawn; the others are told of in the note."""
LABEL_SHARE = {"column": 0.46, "page": 0.42, "slide": 0.40}
GAP_LINES = 0.5
"""Space between rows, in lines."""


@dataclass(frozen=True)
class Row:
    """A row that has its place.

    Attributes:
        record: The row.
        middle: Height of its middle [inches].
        thick: Room for its bar [inches].
    """

    record: Record
    middle: float
    thick: float


class Rows:
    """The rows that fit a sheet, with their labels set.

    Attributes:
        sheet: The sheet.
        left: Where the room for bars begins [inches].
        right: Where it ends [inches].
        rows: The rows that have a place.
        bottom: Level below the last [inches].
    """

    def __init__(
        self, sheet: Sheet, told: Told, rows: Sequence[Record], top: float, foot: float = 0.0, least_lines: float = 0.0
    ) -> None:
        """Set the labels of the rows.

        Args:
            sheet: The sheet.
            told: The analysis in words.
            rows: Its rows, the first at the top.
            top: Level from which they go down [inches].
            foot: Room kept free at the foot of a sheet of fixed height [inches].
            least_lines: Height of a row at least [lines].
        """
        self.sheet, self.told = sheet, told
        self.points = sheet.size.text
        self.line = sheet.line_height(self.points)
        self.right = sheet.width - sheet.margin
        self.wide = sheet.width * LABEL_SHARE[sheet.size.name]
        self.left = sheet.margin + self.wide + 0.8 * self.points / 72
        self.rows: list[Row] = []
        self.top, level = top, top
        lowest = sheet.margin + foot
        for record in rows[:MOST_ROWS]:
            name = sheet.wrap(told.name(record["name"]), self.wide, self.points)
            below = sheet.wrap(told.range(record["name"]), self.wide, self.points * SMALL)
            height = max(len(name) + SMALL * len(below), least_lines) * self.line
            if level - height < lowest and sheet.size.name == "slide":
                break
            self._label(name, below, level)
            self.rows.append(Row(record, level - height / 2, min(height * 0.62, 1.5 * self.line)))
            level -= height + GAP_LINES * self.line
        self.bottom = level

    @property
    def hidden(self) -> int:
        """How many rows have no place."""
        return len(self.told.rows) - len(self.rows)

    def note(self, *more: str) -> None:
        """Set a note below the rows, what has no place first, and cut the sheet off below it."""
        told = [self._hidden_told(), self._still_told(), *more]
        points, wide = self.points * SMALL, self.sheet.width - 2 * self.sheet.margin
        lines = [line for part in told if part for line in self.sheet.wrap(part, wide, points)]
        at = (self.sheet.margin, self.bottom - 0.2 * self.line)
        height = self.sheet.paragraph(at, lines, points, "Regular", QUIET)
        self.sheet.crop(at[1] - height - 0.2 * self.line)

    def rule(self, across: float) -> None:
        """Draw a hairline through all rows."""
        self.sheet.line((across, self.top), (across, self.bottom + GAP_LINES * self.line), HAIRLINE, 0.6)

    def _hidden_told(self) -> str:
        order = self.told.record["order"]
        if not self.hidden:
            return ""
        largest = self.told.rows[len(self.rows)][order]
        told = self.told.amount(largest) if order in ("swing", "mu_star") else self.told.words.number(largest, 2)
        return self.told.text("hidden" if self.hidden > 1 else "hidden_one", count=self.hidden, most=told)

    def _still_told(self) -> str:
        count = len(self.told.record["unmoved"])
        return self.told.text("still" if count > 1 else "still_one", count=count) if count else ""

    def _label(self, name: Sequence[str], below: Sequence[str], top: float) -> None:
        at = self.sheet.margin
        self.sheet.paragraph((at, top), name, self.points)
        self.sheet.paragraph((at, top - len(name) * self.line), below, self.points * SMALL, "Regular", QUIET)
