"""The bridge between two runs as a waterfall: the old estimate, a bar for each block that differs, the new estimate.

It is drawn from the record that `saldo bridge` keeps, and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from simulator.report.drawing import Face, Sheet, saved_png, saved_svg
from simulator.report.language import MIO, Words, read_words
from simulator.report.style import GAIN, INK, LOSS, NAVY, PAPER, QUIET, WITHDRAWN, figure_size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Record: TypeAlias = Mapping[str, Any]
"""The content of `bridge.json`."""

NAME = "bridge"
THICK = 0.62
"""Thickness of a bar as a share of its row."""
ROW_LINES = 1.55
"""Height of a row in lines of text."""
SMALL_KR = 95_000.0
"""Below this all amounts are told in kroner, not in millions of them."""
MANY = 100.0
"""From so many on a number that is no amount of kroner is told without decimals."""


@dataclass(frozen=True)
class Bar:
    """A row of the waterfall.

    Attributes:
        label: Its words.
        start: Where the bar begins, in the unit of the bridge: 0 for a level.
        end: Where it ends.
        level: Whether it is a level and not a change.
    """

    label: str
    start: float
    end: float
    level: bool


def bars_of(record: Record, words: Words) -> list[Bar]:
    """Return the rows from the top down; blocks that are the same in both runs are left out."""
    level = record["old"]["figure"]
    bars = [Bar(words.text("waterfall.rows.old_run"), 0.0, level, level=True)]
    for name, amount in _changes(record):
        bars.append(Bar(words.text(f"waterfall.rows.{name}"), level, level + amount, level=False))
        level += amount
    return [*bars, Bar(words.text("waterfall.rows.new_run"), 0.0, record["new"]["figure"], level=True)]


def _changes(record: Record) -> Iterator[tuple[str, float]]:
    beside = record["program_and_facts"]
    if beside["old"]:
        yield "program_and_facts", beside["old"]
    for block in record["order"]:
        if record["steps"][block]["changes"]:
            yield block, record["steps"][block]["in_order"]
    if beside["new"]:
        yield "program_and_facts", beside["new"]


@dataclass(frozen=True)
class _Unit:
    """How the numbers of a bridge are told."""

    words: Words
    name: str
    factor: float
    decimals: int
    unit: str = ""

    def number(self, amount: float, *, plus: bool) -> str:
        return self.words.number(amount / self.factor, self.decimals, plus=plus)

    def told(self, amount: float) -> str:
        return self.words.amount(self.number(amount, plus=False), self.unit) if self.unit else self._counted(amount)

    def _counted(self, amount: float) -> str:
        return self.words.units(f"{self.number(amount, plus=False)} {self.name}")


def _unit(record: Record, words: Words) -> _Unit:
    largest = max(abs(record[end]["figure"]) for end in ("old", "new"))
    if record["unit"] == "kr.":
        large = largest >= SMALL_KR
        unit = "mio_kr" if large else "kr"
        return _Unit(words, words.text(f"units.{unit}"), MIO if large else 1.0, 2 if large else 0, unit)
    return _Unit(words, words.text(f"waterfall.units.{record['unit']}"), 1.0, 0 if largest >= MANY else 2)


class _Waterfall:
    """Rows from the top down: the words, the bar, the number."""

    def __init__(self, sheet: Sheet, bars: list[Bar], unit: _Unit, top: float) -> None:
        self.sheet, self.bars, self.unit, self.top = sheet, bars, unit, top
        self.points = sheet.size.text
        self.row = sheet.line_height(self.points) * ROW_LINES
        widest = max(sheet.measure(bar.label, self.points, "Semibold") for bar in bars)
        self.left = sheet.margin + widest + self.points / 72
        number = max(sheet.measure(self._number(bar), self.points, "Semibold") for bar in bars)
        width = sheet.width - sheet.margin - self.left - number - 0.8 * self.points / 72
        ends = [0.0, *(end for bar in bars for end in (bar.start, bar.end))]
        self.low = min(ends)
        self.scale = width / (max(ends) - self.low) if max(ends) > self.low else 0.0

    def _number(self, bar: Bar) -> str:
        return self.unit.number(bar.end - bar.start, plus=not bar.level)

    def _across(self, amount: float) -> float:
        return self.left + (amount - self.low) * self.scale

    def draw(self, *, kroner: bool) -> float:
        """Draw all rows and return the level below the last [inches]."""
        thick = self.row * THICK
        for index, bar in enumerate(self.bars):
            middle = self.top - (index + 0.5) * self.row
            face: Face = "Semibold" if bar.level else "Regular"
            self.sheet.text((self.sheet.margin, middle), bar.label, self.points, face, anchor=("left", "center"))
            low, high = sorted((self._across(bar.start), self._across(bar.end)))
            color = NAVY if bar.level else _color(bar.end - bar.start) if kroner else WITHDRAWN
            self.sheet.box((low, middle - thick / 2), high - low, thick, color, edge=PAPER)
            at = (high + 0.4 * self.points / 72, middle)
            self.sheet.text(at, self._number(bar), self.points, face, anchor=("left", "center"))
            if index + 1 < len(self.bars):
                across = self._across(bar.end)
                self.sheet.line((across, middle - thick / 2), (across, middle - self.row + thick / 2), QUIET, 0.5)
        bottom = self.top - len(self.bars) * self.row
        self.sheet.line((self._across(0.0), self.top), (self._across(0.0), bottom), INK, 0.6)
        return bottom


def _color(change: float) -> str:
    return GAIN if change >= 0 else LOSS


def title(record: Record, words: Words) -> str:
    """Return the statement of the waterfall."""
    unit = _unit(record, words)
    old, new = (unit.told(record[end]["figure"]) for end in ("old", "new"))
    figure = words.text(f"waterfall.figures.{record['figure']}")
    kind = "same" if record["total"] == 0 else "changed"
    return words.sentence(f"waterfall.title.{kind}", figure=figure, old=old, new=new)


def _below(record: Record, words: Words) -> str:
    ends = {end: record[end]["scenario"] for end in ("old", "new")}
    same = [
        words.text(f"waterfall.rows.{block}").lower()
        for block in record["order"]
        if not record["steps"][block]["changes"]
    ]
    told = words.text("waterfall.below", unit=_unit(record, words).name, **ends)
    return f"{told} {words.text('waterfall.same', blocks=words.listed(same))}" if same else told


def draw(record: Record, words: Words, size: str = "page") -> Figure:
    """Return the waterfall of a bridge."""
    sheet = Sheet(figure_size(size), height=6.0)
    top = sheet.heading(title(record, words), _below(record, words))
    rows = _Waterfall(sheet, bars_of(record, words), _unit(record, words), top)
    sheet.crop(rows.draw(kroner=record["unit"] == "kr."))
    return sheet.figure


def alt_text(record: Record, words: Words) -> str:
    """Return what the waterfall shows, in words."""
    unit = _unit(record, words)
    rows = "; ".join(
        f"{bar.label.lower()} {unit.number(bar.end - bar.start, plus=not bar.level)}" for bar in bars_of(record, words)
    )
    return words.text("waterfall.alt", title=title(record, words), unit=unit.name, rows=rows)


def save_waterfall(record: Record, folder: Path, language: str = "da") -> list[Path]:
    """Save the waterfall of a bridge into a folder, as SVG and PNG, and return the files.

    Args:
        record: The content of `bridge.json`.
        folder: The folder.
        language: Language of the words.

    Raises:
        InputError: There is no such language.
    """
    words = read_words(language)
    figure = draw(record, words)
    paths = [folder / f"{NAME}.svg", folder / f"{NAME}.png"]
    svg = saved_svg(figure, NAME, words.text("waterfall.caption"), alt_text(record, words))
    paths[0].write_text(svg, encoding="utf-8", newline="\n")
    paths[1].write_bytes(saved_png(figure))
    return paths
