"""The power curve: what the formula says as a line, what simulated trials found as points with their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10
from typing import Any

from matplotlib.figure import Figure

from simulator.report.drawing import Sheet, saved_png, saved_svg
from simulator.report.style import HAIRLINE, INK, MARK_POINTS, NAVY, QUIET, Size, figure_size
from simulator.uncertainty.trials.simulated import Shares
from simulator.uncertainty.wording import Wording

NAME = "trial-power"
LEVELS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
ROUND = (1, 2, 5)
"""Round numbers of persons have one of these as their only digit."""
DOT = 0.055
"""Width of a point [inches of a page]."""
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Picture:
    """A drawn power curve.

    Attributes:
        figure: The drawing.
        caption: Its statement.
        alt: What it shows, in words.
    """

    figure: Figure
    caption: str
    alt: str

    def png(self) -> bytes:
        """Return it as PNG."""
        return saved_png(self.figure)

    def svg(self) -> str:
        """Return it as SVG with title and description."""
        return saved_svg(self.figure, NAME, self.caption, self.alt)


def picture_of(record: Record, size: str, words: Wording) -> Picture:
    """Return the power curve of a trial.

    Args:
        record: From `record.record_of`.
        size: `column`, `page` or `slide`.
        words: Words of a language.

    Raises:
        InputError: There is no such size.
    """
    drawn = _Curve(record, figure_size(size), words)
    drawn.draw()
    return Picture(drawn.sheet.figure, title(record, words), alt_text(record, words))


def title(record: Record, words: Wording) -> str:
    """Return the statement of the figure: the persons that the effect as it is asks for."""
    power, persons = words.told(record["power_aim"], "share"), record["needed_per_arm"]
    if persons is None or persons > record["one_point"]["admitted_per_arm"]:
        return words.text("trial.figure.title_never", power=power)
    return words.text("trial.figure.title", persons=words.number(persons), power=power)


def below(record: Record, words: Wording) -> str:
    """Return the line below it: which effect, on what, by which design."""
    row = _own(record)[0]
    unit = words.find("trial.units")[row["effect_unit"]]
    effect = f"{words.number(row['effect'], 4 if row['outcome'] == 'hazard_ratio' else 2)} {unit}".rstrip()
    outcome = words.text(f"trial.outcomes.{row['outcome']}")
    design = words.text(f"trial.designs.{record['design']}")
    return words.text("trial.figure.below", effect=words.units(effect), outcome=outcome, design=design)


def alt_text(record: Record, words: Wording) -> str:
    """Return what the figure shows, in words."""
    rows = []
    for row in _own(record):
        closed = words.told(row["closed_form_power"], "share")
        told = {"persons": words.number(row["persons_per_arm"]), "closed": closed}
        tried = row["simulated_power"]
        key = "alt_closed" if tried is None else "alt_row"
        rows.append(words.text(f"trial.figure.{key}", **told, simulated=words.told(tried or 0.0, "share")))
    told = {"title": title(record, words), "below": below(record, words), "rows": "; ".join(rows)}
    return words.text("trial.figure.alt", **told)


def _own(record: Record) -> list[Mapping[str, Any]]:
    return [row for row in record["power"] if row["outcome"] == record["outcome"]]


class _Curve:
    """A sheet with persons per arm across, each ten times as far as the last, and power up."""

    def __init__(self, record: Record, size: Size, words: Wording) -> None:
        self.record, self.words = record, words
        self.sheet = Sheet(size)
        self.points = size.text
        self.line = self.sheet.line_height(self.points)
        top = self.sheet.heading(title(record, words), below(record, words))
        self.top = top - 1.3 * self.line
        self.low = self.sheet.margin + 2.4 * self.line
        self.left = self.sheet.margin + self.sheet.measure(words.told(1.0, "share"), self.points) + 0.1
        self.right = self.sheet.width - self.sheet.margin - 0.6 * self.line
        across = [one["persons_per_arm"] for one in record["curve"]]
        self.ends = log10(across[0]), log10(across[-1])

    def at(self, persons: float, power: float) -> tuple[float, float]:
        """Return where a size and a power lie [inches]."""
        share = (log10(persons) - self.ends[0]) / (self.ends[1] - self.ends[0])
        return self.left + share * (self.right - self.left), self.low + power * (self.top - self.low)

    def draw(self) -> None:
        """Draw axes, the aim, the line and the points."""
        self._frame()
        curve = [self.at(one["persons_per_arm"], one["closed_form_power"]) for one in self.record["curve"]]
        for start, end in pairwise(curve):
            self.sheet.line(start, end, NAVY, MARK_POINTS)
        tried = [row for row in _own(self.record) if row["simulated_power"] is not None]
        for row in tried:
            self._point(row)
        self._key(bool(tried))

    def _frame(self) -> None:
        for level in LEVELS:
            y = self.at(10 ** self.ends[0], level)[1]
            self.sheet.line((self.left, y), (self.right, y), HAIRLINE)
            told = self.words.told(level, "share")
            self.sheet.text((self.left - 0.06, y), told, self.points, "Regular", QUIET, ("right", "center"))
        free = self.left
        for persons in _round_numbers(self.ends):
            x = self.at(persons, 0.0)[0]
            told = self.words.number(persons)
            half = self.sheet.measure(told, self.points) / 2
            self.sheet.line((x, self.low), (x, self.low - 0.04), INK)
            if x - half >= free and x + half <= self.sheet.width - self.sheet.margin:
                self.sheet.text((x, self.low - 0.07), told, self.points, "Regular", QUIET, ("center", "top"))
                free = x + half + 0.12
        self.sheet.line((self.left, self.low), (self.right, self.low), INK)
        name = self.words.text("trial.figure.persons")
        self.sheet.text((self.right, self.sheet.margin), name, self.points, "Semibold", INK, ("right", "bottom"))
        aim = self.record["power_aim"]
        x, y = self.at(10 ** self.ends[0], aim)
        self.sheet.line((x, y), (self.right, y), QUIET, 0.9)
        told = self.words.text("trial.figure.aim", power=self.words.told(aim, "share"))
        self.sheet.text((x + 0.05, y + 0.03), told, self.points, "Regular", QUIET, ("left", "bottom"))

    def _point(self, row: Mapping[str, Any]) -> None:
        number = row["simulations"]
        found = Shares(round(row["simulated_power"] * number), number)
        low, high = found.interval()
        x, y = self.at(row["persons_per_arm"], found.share)
        ends = [self.at(row["persons_per_arm"], end) for end in (low, high)]
        self.sheet.line(ends[0], ends[1], INK, 1.0)
        wide = DOT * self.points / 8.8
        self.sheet.box((x - wide / 2, y - wide / 2), wide, wide, INK)

    def _key(self, tried: bool) -> None:
        """Name the line, and the points where there are any, above the field at the right."""
        y = self.top + 0.75 * self.line
        x = self.right
        for key, color in (("simulated", INK), ("closed", NAVY)) if tried else (("closed", NAVY),):
            told = self.words.text(f"trial.figure.{key}")
            self.sheet.text((x, y), told, self.points, "Regular", color, ("right", "center"))
            x -= self.sheet.measure(told, self.points) + 0.07
            if key == "closed":
                self.sheet.line((x - 0.22, y), (x, y), color, MARK_POINTS)
            else:
                wide = DOT * self.points / 8.8
                self.sheet.line((x - 0.05, y - 0.07), (x - 0.05, y + 0.07), color, 1.0)
                self.sheet.box((x - 0.05 - wide / 2, y - wide / 2), wide, wide, color)
            x -= 0.45


def _round_numbers(ends: tuple[float, float]) -> list[int]:
    """Return the round numbers between two powers of ten.

    >>> _round_numbers((1.5, 3.2))
    [50, 100, 200, 500, 1000]
    """
    tens = range(floor(ends[0]), floor(ends[1]) + 1)
    found = [digit * 10**power for power in tens for digit in ROUND if power >= 0]
    return [number for number in found if ends[0] <= log10(number) <= ends[1]]
