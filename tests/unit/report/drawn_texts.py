"""The texts of a figure as they are drawn, and what holds for all of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from simulator.report.language import NO_BREAK
from tests.unit.report.danish_text import assert_danish


def shown_texts(figure: Figure) -> list[Text]:
    """Return the texts that are seen: every one of them is set on the sheet itself."""
    found = [text for axes in figure.axes for text in axes.texts]
    return [text for text in found if text.get_visible() and text.get_text()]


def renderer_of(figure: Figure) -> Any:
    """Return what draws a figure."""
    canvas = figure.canvas
    assert isinstance(canvas, FigureCanvasAgg)
    return canvas.get_renderer()  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped


def measured(figure: Figure) -> list[tuple[Text, Bbox]]:
    """Return each visible text with its extent [pixels]; to lay them out takes as long as to draw the figure."""
    renderer = renderer_of(figure)
    return [(text, text.get_window_extent(renderer)) for text in shown_texts(figure)]


def texts_of(figure: Figure) -> list[tuple[str, Bbox]]:
    """Return the words of each visible text with its extent [pixels]."""
    return [(text.get_text(), extent) for text, extent in measured(figure)]


def check_texts(figure: Figure, found: list[tuple[Text, Bbox]] | None = None) -> None:
    """State that all texts are Danish and filled, that none leaves the sheet and none overlaps another."""
    texts = [(text.get_text(), extent) for text, extent in (measured(figure) if found is None else found)]
    assert_danish(" | ".join(text for text, _ in texts).replace(NO_BREAK, " "))
    width, height = figure.get_size_inches() * figure.dpi
    for text, extent in texts:
        assert extent.width > 1 and extent.height > 1, f"{text!r} is empty"
        inside = extent.x0 >= -1 and extent.y0 >= -1 and extent.x1 <= width + 1 and extent.y1 <= height + 1
        assert inside, f"{text!r} leaves the sheet: {extent} of {width} x {height}"
    boxes = np.array([(box.x0, box.y0, box.x1, box.y1) for _, box in texts])
    for one in range(len(texts) - 1):
        rest = boxes[one + 1 :]
        across = np.minimum(boxes[one, 2], rest[:, 2]) - np.maximum(boxes[one, 0], rest[:, 0])
        up = np.minimum(boxes[one, 3], rest[:, 3]) - np.maximum(boxes[one, 1], rest[:, 1])
        met = np.flatnonzero((across >= 1) & (up >= 1))
        assert not met.size, f"{texts[one][0]!r} overlaps {texts[one + 1 + int(met[0])][0]!r}"
