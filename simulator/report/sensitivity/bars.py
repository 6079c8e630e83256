"""Bars from nought: shares and distances between 0 and 1, each with its uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.report.sensitivity.rows import Row, Rows
from simulator.report.style import BLUES, INK, LOSS, NAVY, PAPER, QUIET

THIN = 0.52


@dataclass(frozen=True)
class Mark:
    """A bar of a row.

    Attributes:
        size: Where it ends [0-1].
        low: Lower end of its uncertainty.
        high: Upper end of the same.
        exact: The exact number; None where there is none.
    """

    size: float
    low: float
    high: float
    exact: float | None = None


class Bars:
    """Bars of rows, on one scale from nought."""

    def __init__(self, rows: Rows, most: float, numbers: float) -> None:
        """Take the rows.

        Args:
            rows: The rows.
            most: Largest number of the scale.
            numbers: Room for the numbers at the right [inches].
        """
        self.rows, self.sheet = rows, rows.sheet
        self.end = rows.right - numbers - 0.8 * rows.points / 72
        self.scale = (self.end - rows.left) / most if most > 0 else 0.0
        self.most = most

    def across(self, number: float) -> float:
        """Return where a number stands; what is below nought stands at nought [inches]."""
        return self.rows.left + self.scale * min(max(number, 0.0), self.most)

    def draw(self, row: Row, marks: Sequence[Mark]) -> None:
        """Draw the bars of a row over each other, the first behind and light, the last in front and dark."""
        for at, mark in enumerate(marks):
            front = at == len(marks) - 1
            thick = row.thick * (THIN if front and len(marks) > 1 else 1.0)
            color = NAVY if front else BLUES[1]
            self.sheet.box((self.rows.left, row.middle - thick / 2), self.scale * max(mark.size, 0.0), thick, color)
        for at, mark in enumerate(marks):
            # The two uncertainties lie above each other, each within its own bar.
            height = row.middle + (0.38 * row.thick if at == 0 and len(marks) > 1 else 0.0)
            self._whisker(mark, height, row.thick * 0.1, dark=at == len(marks) - 1)
            if mark.exact is not None:
                self._exact(mark.exact, height, row.thick)

    def _whisker(self, mark: Mark, height: float, half: float, *, dark: bool) -> None:
        low, high = self.across(mark.low), self.across(mark.high)
        if dark and low < self.across(mark.size):
            # Light on what is dark.
            self.sheet.line((low, height), (min(self.across(mark.size), high), height), PAPER, 0.9)
            low = min(self.across(mark.size), high)
        self.sheet.line((low, height), (high, height), INK, 0.9)
        self.sheet.line((high, height - half), (high, height + half), INK, 0.9)

    def _exact(self, exact: float, height: float, thick: float) -> None:
        at = self.across(exact)
        self.sheet.line((at, height - 0.14 * thick), (at, height + 0.14 * thick), LOSS, 1.8)

    def axis(self) -> None:
        """Draw the line at nought."""
        bottom = self.rows.bottom + 0.2 * self.rows.line
        self.sheet.line((self.rows.left, self.rows.top + 0.15 * self.rows.line), (self.rows.left, bottom), INK, 0.8)

    def heads(self, heads: Sequence[tuple[float, str]]) -> None:
        """Set headings over the numbers, each with the right end of its column [inches]."""
        for right, text in heads:
            at = (right, self.rows.top + 0.35 * self.rows.line)
            self.sheet.text(at, text, self.rows.points, color=QUIET, anchor=("right", "baseline"))
