"""The texts of a figure as they are drawn, and what holds for all of them."""

from __future__ import annotations

import itertools

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from simulator.report.language import NO_BREAK
from tests.unit.report.danish_text import assert_danish


def texts_of(figure: Figure) -> list[tuple[str, Bbox]]:
    """Return each visible text with its extent [pixels]."""
    canvas = figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped
    found = [text for text in figure.findobj(Text) if isinstance(text, Text)]
    shown = [text for text in found if text.get_visible() and text.get_text()]
    return [(text.get_text(), text.get_window_extent(renderer)) for text in shown]


def check_texts(figure: Figure) -> None:
    """State that all texts are Danish and filled, that none leaves the sheet and none overlaps another."""
    texts = texts_of(figure)
    assert_danish(" | ".join(text for text, _ in texts).replace(NO_BREAK, " "))
    width, height = figure.get_size_inches() * figure.dpi
    for text, extent in texts:
        assert extent.width > 1 and extent.height > 1, f"{text!r} is empty"
        inside = extent.x0 >= -1 and extent.y0 >= -1 and extent.x1 <= width + 1 and extent.y1 <= height + 1
        assert inside, f"{text!r} leaves the sheet: {extent} of {width} x {height}"
    for (one, first), (other, second) in itertools.combinations(texts, 2):
        common = Bbox.intersection(first, second)
        assert common is None or common.width < 1 or common.height < 1, f"{one!r} overlaps {other!r}"
