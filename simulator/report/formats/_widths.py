"""Widths of the columns of a table, from what stands in them, so that the table is as low as it can be.

A column is never narrower than the longest part of what stands in it, and a number is one part. What is left of the
page is moved between the columns until no move makes the table lower.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import permutations

from simulator.report.blocks import SOFT_HYPHEN, Table
from simulator.report.formats._letters import ZERO_WIDTH_SPACE
from simulator.report.style import FONTS

LEAST_SCALE = 0.62
"""Type of a table is set down to this share of its size, before a column is narrower than what stands in it."""
STEPS = (32.0, 12.0, 4.0)
"""How much of the width is moved from one column to another at a time [points], coarse first."""
ROUNDS = 30
TWO_LINES = 0.6
"""Share of its width that a heading needs in two lines."""
EASY = 48.0
"""Columns of numbers are so wide where there is room [points], so that they do not crowd."""
NOTE_LINE = 100
"""Characters of a line of notes, at least."""
ONE_PAGE = 34
"""A table of more lines may be broken over pages, between its rows."""
PART = re.compile(f"[{SOFT_HYPHEN}{ZERO_WIDTH_SPACE}]")


@dataclass(frozen=True)
class Widths:
    """How wide the columns of a table are.

    Attributes:
        columns: Width of each column [points].
        scale: Share of the ordinary size of type at which the table fits [0-1].
        lines: How many lines each row has, that of the headings first.
    """

    columns: tuple[float, ...]
    scale: float
    lines: tuple[int, ...]

    def together(self, notes: Sequence[str]) -> bool:
        """Return whether the table and its notes are small enough to be kept on one page."""
        return sum(self.lines) + sum(map(len, notes)) / NOTE_LINE <= ONE_PAGE


@dataclass(frozen=True)
class Setting:
    """How a table is set.

    Attributes:
        whole: Width of the page between its margins [points].
        points: Size of type [points].
        padding: Empty room in each column [points].
        wider: How much wider the typeface is than the shipped one.
    """

    whole: float
    points: float
    padding: float
    wider: float = 1.0


@dataclass
class _Column:
    """A column: its texts as words of parts, the heading first; how many lines they take is worked out once."""

    texts: list[list[list[float]]]
    room: float
    padding: float
    numeric: bool
    _lines: dict[float, list[int]] = field(default_factory=dict)

    @property
    def least(self) -> float:
        """Width below which something sticks out."""
        return max((part for text in self.texts for word in text for part in word), default=0.0) + self.padding

    @property
    def most(self) -> float:
        """Width at which every text is one line; a heading over numbers may be two."""
        head, *cells = map(self._whole, self.texts)
        wide = max([head * TWO_LINES if self.numeric else head, *cells])
        return max(wide + self.padding, self.least)

    def _whole(self, text: list[list[float]]) -> float:
        return sum(sum(word) for word in text) + self.room * (len(text) - 1)

    def lines(self, width: float) -> list[int]:
        """Return the number of lines of each text at a width."""
        if width not in self._lines:
            self._lines[width] = [self._wrapped(text, width - self.padding) for text in self.texts]
        return self._lines[width]

    def _wrapped(self, text: list[list[float]], width: float) -> int:
        lines, at = 1, 0.0
        for word in text:
            before = self.room if at else 0.0
            for part in word:
                if at and at + before + part > width + 0.01:
                    lines, at, before = lines + 1, 0.0, 0.0
                at, before = at + before + part, 0.0
        return lines


def widths_of(table: Table, setting: Setting, shown: Callable[[str], str]) -> Widths:
    """Return the widths at which a table fits.

    Args:
        table: The table.
        setting: How it is set.
        shown: Gives the text of a cell as it is set, with the places where a word may be divided.
    """
    columns = [_column(table, at, setting, shown) for at in range(len(table.columns))]
    least, most = [column.least for column in columns], [column.most for column in columns]
    scale = min(1.0, setting.whole / sum(least))
    if scale < 1.0:
        widths = tuple(width * scale for width in least)
    elif sum(most) <= setting.whole:
        widths = _filled(most, table.numeric, setting.whole)
    else:
        widths = _lowest(columns, least, setting.whole)
    lines = zip(*(column.lines(width / scale) for column, width in zip(columns, widths, strict=True)), strict=True)
    return Widths(widths, max(scale, LEAST_SCALE), tuple(map(max, lines)))


def _column(table: Table, at: int, setting: Setting, shown: Callable[[str], str]) -> _Column:
    size = setting.points * setting.wider
    texts = [shown(text) for text in (table.columns[at], *(line.cells[at] for line in table.lines))]
    measured = [[[advance(part) * size for part in PART.split(word)] for word in text.split(" ")] for text in texts]
    return _Column(measured, advance(" ") * size, setting.padding, table.numeric[at])


def _filled(natural: list[float], numeric: Sequence[bool], whole: float) -> tuple[float, ...]:
    """Return widths that fill the whole: what is left goes to the columns of text, by what stands in them."""
    crowded = [max(EASY - width, 0.0) if number else 0.0 for number, width in zip(numeric, natural, strict=True)]
    ease = min(1.0, (whole - sum(natural)) / 2 / sum(crowded)) if any(crowded) else 0.0
    easy = [width + ease * more for width, more in zip(natural, crowded, strict=True)]
    texts = [0.0 if number else width for number, width in zip(numeric, easy, strict=True)]
    texts = texts if any(texts) else easy
    spare = (whole - sum(easy)) / sum(texts)
    return tuple(width + spare * text for width, text in zip(easy, texts, strict=True))


def _lowest(columns: list[_Column], least: list[float], whole: float) -> tuple[float, ...]:
    """Return widths at which the table is low: from a fair share, moved between columns while it becomes lower."""
    loose = [column.most - low for column, low in zip(columns, least, strict=True)]
    spare = (whole - sum(least)) / sum(loose)
    widths = [low + more * spare for low, more in zip(least, loose, strict=True)]
    height = _height(columns, widths)
    for step in STEPS:
        for _ in range(ROUNDS):
            better = min(_moves(columns, widths, least, step), default=None)
            if better is None or better[0] >= height:
                break
            height, widths = better
    return tuple(widths)


def _moves(
    columns: list[_Column], widths: list[float], least: list[float], step: float
) -> list[tuple[tuple[int, int], list[float]]]:
    found = []
    for taken, given in permutations(range(len(widths)), 2):
        if widths[taken] - step >= least[taken] and widths[given] < columns[given].most:
            moved = list(widths)
            moved[taken] -= step
            moved[given] += step
            found.append((_height(columns, moved), moved))
    return found


def _height(columns: list[_Column], widths: list[float]) -> tuple[int, int]:
    """Return the lines of the table, and those of all its cells."""
    lines = [column.lines(width) for column, width in zip(columns, widths, strict=True)]
    return sum(map(max, zip(*lines, strict=True))), sum(map(sum, lines))


def advance(text: str) -> float:
    """Return the width of a line of text in the shipped bold face, as a share of the size of type."""
    wide, usual = _advances()
    return sum(wide.get(ord(char), usual) for char in text)


@cache
def _advances() -> tuple[dict[int, float], float]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # comes with matplotlib and has no types

    with TTFont(FONTS / "SourceSansPro-Semibold.ttf") as font:
        units, metrics = font["head"].unitsPerEm, font["hmtx"].metrics
        wide = {code: metrics[name][0] / units for code, name in font.getBestCmap().items()}
    return wide, wide[ord("m")]
