"""The ridge as a figure: all pairs of two values that meet the targets, and the field of both ranges."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from simulator.errors import InputError
from simulator.report.drawing import Sheet, saved_png, saved_svg
from simulator.report.style import BLUES, INK, NAVY, QUIET, figure_size
from simulator.uncertainty.calibrate import Calibration
from simulator.uncertainty.calibrate_page import formula, targets_told
from simulator.uncertainty.levers import Lever
from simulator.uncertainty.ridge import CURVE_POINTS, Ridge, ridge_of
from simulator.uncertainty.wording import Wording

FloatArray = npt.NDArray[np.float64]
ENDINGS = (".png", ".svg")
NAME = "ridge"
HEIGHT = 3.6
TICKS = 4


class _Axes:
    """Two axes on a sheet: where a pair of values lies [inches]."""

    def __init__(
        self, sheet: Sheet, box: tuple[float, float, float, float], ends: Sequence[tuple[float, float]]
    ) -> None:
        self.sheet, (self.left, self.low, self.right, self.top), self.ends = sheet, box, ends

    def at(self, across: float, up: float) -> tuple[float, float]:
        """Return where a pair lies [inches]."""
        (first, last), (bottom, top) = self.ends
        x = self.left + (across - first) / (last - first) * (self.right - self.left)
        return x, self.low + (up - bottom) / (top - bottom) * (self.top - self.low)

    def frame(self, levers: Sequence[Lever], words: Wording) -> None:
        """Draw both axes with their numbers."""
        points = self.sheet.size.text
        for number in np.linspace(*self.ends[0], TICKS + 1).tolist():
            x, y = self.at(number, self.ends[1][0])
            self.sheet.line((x, y), (x, self.top))
            told = words.told(number, levers[0].unit)
            self.sheet.text((x, y - 0.06), told, points, "Regular", QUIET, ("center", "top"))
        for number in np.linspace(*self.ends[1], TICKS + 1).tolist():
            x, y = self.at(self.ends[0][0], number)
            self.sheet.line((x, y), (self.right, y))
            told = words.told(number, levers[1].unit)
            self.sheet.text((x - 0.06, y), told, points, "Regular", QUIET, ("right", "center"))
        self.sheet.line((self.left, self.low), (self.right, self.low), INK, 0.6)
        self.sheet.line((self.left, self.low), (self.left, self.top), INK, 0.6)


def refuse_ending(file: Path | None, option: str) -> None:
    """Refuse a file of a figure that is neither PNG nor SVG.

    Raises:
        InputError: The ending is another one.
    """
    if file is not None and file.suffix not in ENDINGS:
        raise InputError.one(f"ends in `{file.suffix}`; allowed: {' or '.join(ENDINGS)}", str(file), option)


def draw(found: Calibration, words: Wording) -> Figure:
    """Return the figure of a ridge between the first two values that the targets do not fix."""
    ridge = ridge_of(found, CURVE_POINTS)
    loose = [place for place, implied in enumerate(found.implied) if not implied.identified]
    pair = [ridge.free, next(place for place in loose if place != ridge.free)]
    levers = [found.implied[place].lever for place in pair]
    ends = [_ends(lever, ridge.points[:, place]) for lever, place in zip(levers, pair, strict=True)]
    sheet = Sheet(figure_size("page"), HEIGHT)
    below = words.text("calibrate.ridge_below", targets=targets_told(found, words))
    told = (
        ""
        if ridge.fixed is None
        else f" {words.text('calibrate.formula', formula=formula(ridge.factors, ridge.fixed, words))}"
    )
    top = sheet.heading(words.text("calibrate.ridge_title"), f"{below}{told}")
    points = sheet.size.text
    name = words.lever_name(levers[1].key)
    sheet.text((sheet.margin, top - 0.05), name, points, "Semibold", INK, ("left", "top"))
    low = sheet.margin + 3 * sheet.line_height(points)
    axes = _Axes(sheet, (sheet.margin + 0.75, low, sheet.width - 0.35, top - 0.3), ends)
    _field(axes, levers)
    axes.frame(levers, words)
    _curve(axes, ridge, pair)
    across = words.lever_name(levers[0].key)
    sheet.text((axes.right, sheet.margin), across, points, "Semibold", INK, ("right", "bottom"))
    return sheet.figure


def _ends(lever: Lever, numbers: FloatArray) -> tuple[float, float]:
    """Return the ends of an axis: the range, and as much of the ridge as is three times as wide."""
    if lever.low is None or lever.high is None:
        return float(numbers.min()), float(numbers.max()) or 1.0
    wide = lever.high - lever.low
    first = max(min(lever.low, float(numbers.min())), lever.low - wide)
    last = min(max(lever.high, float(numbers.max())), lever.high + wide)
    return first, last


def _field(axes: _Axes, levers: Sequence[Lever]) -> None:
    """Draw where both values lie in their ranges."""
    first, second = levers
    if first.low is None or first.high is None or second.low is None or second.high is None:
        return
    (x, y), (right, top) = axes.at(first.low, second.low), axes.at(first.high, second.high)
    axes.sheet.box((x, y), right - x, top - y, BLUES[0])


def _curve(axes: _Axes, ridge: Ridge, pair: Sequence[int]) -> None:
    shown = [
        (point[pair[0]], point[pair[1]])
        for point in ridge.points.tolist()
        if all(low <= point[place] <= high for place, (low, high) in zip(pair, axes.ends, strict=True))
    ]
    for one, two in pairwise(shown):
        axes.sheet.line(axes.at(*one), axes.at(*two), NAVY, 1.6)


def save(found: Calibration, file: Path, words: Wording) -> None:
    """Write the figure of a ridge as PNG or SVG, as its ending says.

    Raises:
        InputError: The file cannot be written.
    """
    figure = draw(found, words)
    title = words.text("calibrate.ridge_title")
    told = words.text("calibrate.ridge_below", targets=targets_told(found, words))
    try:
        if file.suffix == ".png":
            file.write_bytes(saved_png(figure))
        else:
            file.write_text(saved_svg(figure, NAME, title, told), encoding="utf-8", newline="\n")
    except OSError as wrong:
        raise InputError.one(f"cannot be written: {wrong.strerror}", str(file)) from wrong
