"""The estimate over its two largest drivers: a cell for each pair of values, and today's point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from simulator.report.driven import has_map, map_record
from simulator.report.language import Words
from simulator.report.reading import Run
from simulator.report.sensitivity import map as drawing
from simulator.report.sensitivity.telling import Told
from simulator.report.style import Size

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FIGURE = "figures.two_way"
NEEDS = "a table of the estimate over two drivers"
"""What a run must have to be drawn, for the message where it has not."""


def wanted(run: Run) -> bool:
    """Return whether a run has its estimate over two drivers."""
    return has_map(run)


def title(run: Run, words: Words) -> str:
    """Return the statement of the figure: between which ends the estimate lies."""
    told = Told(map_record(run), words)
    figures = [figure for line in told.record["figures"] for figure in line]
    low, high = min(figures), max(figures)
    key = "turns" if low < 0 < high else "loss" if high <= 0 else "gain"
    near, far = (low, high) if key != "loss" else (high, low)
    ends = {"low": told.words.number(abs(near), told.decimals if near else 0), "high": told.amount(abs(far))}
    if key == "turns":
        ends = {"low": told.number(low), "high": told.amount(high)}
    return words.text(f"{FIGURE}.title.{key}", **ends)


def draw(run: Run, words: Words, size: Size) -> Figure:
    """Return the figure: a grid of cells, today's point, and the line on which the effect is nothing."""
    return drawing.draw(Told(map_record(run), words), size, title(run, words))


def alt_text(run: Run, words: Words) -> str:
    """Return what the figure shows, in words."""
    return drawing.alt_text(Told(map_record(run), words), title(run, words))


def drawn_rows(run: Run, words: Words) -> list[Mapping[str, object]]:
    """Return what is drawn: the estimate for each pair of values."""
    record = map_record(run)
    units = {lever["key"]: lever["unit"] for lever in record["levers"]}
    across, up = record["across"], record["up"]
    return [
        {
            "key_across": across,
            "value_across": wide,
            "unit_across": units[across],
            "key_up": up,
            "value_up": high,
            "unit_up": units[up],
            "effect_mio_kr": record["figures"][row][column],
        }
        for row, high in enumerate(record["values_up"])
        for column, wide in enumerate(record["values_across"])
    ]
