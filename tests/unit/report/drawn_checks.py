"""What holds for every drawing: readable type on a ground it stands out from, and fills that grey keeps apart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from simulator.report.style import LEAST_POINTS, Size, figure_size
from tests.unit.report.drawn_texts import check_texts, measured, renderer_of, shown_texts

FloatArray = npt.NDArray[np.float64]
Measured = list[tuple[Text, Bbox]]
LEAST_CONTRAST = 4.5
"""Contrast of text and ground that WCAG asks for at this size."""
MOST_HIDDEN_SHARE = 0.12
"""Share of the ground of a text that may be crossed by a hairline or a line that a halo interrupts."""
GREY_STEP = 0.2
COARSE = 2
"""The ground is drawn at the resolution of the figure divided by this."""
NEAR_PIXELS = 1.6
"""Edges that are no farther apart touch."""


def check_drawing(figure: Figure, size: str) -> None:
    """State all that holds for a drawing of a size."""
    texts = measured(figure)
    check_texts(figure, texts)
    check_type(figure, figure_size(size))
    check_contrast(figure, texts)
    check_fills(figure, texts)


def check_type(figure: Figure, size: Size) -> None:
    """State that no type is smaller than seven points where the figure is printed at its width."""
    assert figure.get_size_inches()[0] == size.width
    for text in shown_texts(figure):
        printed = text.get_fontsize() * size.print_width / size.width
        assert printed >= LEAST_POINTS - 1e-6, f"{text.get_text()!r} has {printed:.1f} points on paper"


def check_contrast(figure: Figure, texts: Measured) -> None:
    """State that every text stands out from the ground that lies under it, wherever it crosses an edge."""
    ground = _ground(figure, [text for text, _ in texts])
    for text, extent in texts:
        part = _under(ground, extent)
        ratios = _contrast(part, to_rgb(text.get_color()))
        hidden = float((ratios < LEAST_CONTRAST).mean())
        assert hidden <= MOST_HIDDEN_SHARE, f"{text.get_text()!r}: {hidden:.0%} of its ground is too near its colour"


def _ground(figure: Figure, texts: list[Text]) -> FloatArray:
    """Return the figure without its texts as grey-level colours [0-1], shape (row, column, part), coarsely."""
    fine = figure.dpi
    for text in texts:
        text.set_visible(False)
    figure.set_dpi(fine / COARSE)
    try:
        canvas = figure.canvas
        assert isinstance(canvas, FigureCanvasAgg)
        canvas.draw()
        return np.asarray(canvas.buffer_rgba(), dtype=np.float64)[:, :, :3] / 255
    finally:
        figure.set_dpi(fine)
        for text in texts:
            text.set_visible(True)


def _under(ground: FloatArray, extent: Bbox) -> FloatArray:
    """Return the ground under a text, without the empty rows above and below its letters."""
    height = ground.shape[0]
    inner = 0.12 * extent.height
    left, right = int(extent.x0 / COARSE), int(extent.x1 / COARSE) + 1
    top, low = height - int((extent.y1 - inner) / COARSE) - 1, height - int((extent.y0 + inner) / COARSE)
    return ground[max(top, 0) : max(low, top + 1), max(left, 0) : right]


def _luminance(colors: FloatArray) -> FloatArray:
    linear = np.where(colors <= 0.03928, colors / 12.92, ((colors + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def _contrast(ground: FloatArray, color: tuple[float, float, float]) -> FloatArray:
    below, own = _luminance(ground), _luminance(np.array(color))
    high, low = np.maximum(below, own), np.minimum(below, own)
    return np.asarray((high + 0.05) / (low + 0.05))


def check_fills(figure: Figure, texts: Measured) -> None:
    """State that fills that touch differ in grey by a fifth, or that one of them has a pattern or words in it."""
    renderer = renderer_of(figure)
    patches = [patch for axes in figure.axes for patch in axes.patches if _is_filled(patch)]
    boxes = [patch.get_window_extent(renderer) for patch in patches]
    middles = np.array([((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2) for _, box in texts]).reshape(-1, 2)
    greys = [_grey(patch) for patch in patches]
    for one, other in _touching(boxes):
        told = patches[one].get_hatch() or patches[other].get_hatch()
        same = patches[one].get_facecolor() == patches[other].get_facecolor()
        if told or same or _holds(boxes[one], middles) or _holds(boxes[other], middles):
            continue
        apart = abs(greys[one] - greys[other])
        assert apart >= GREY_STEP - 1e-6, f"{boxes[one]} and {boxes[other]} touch and differ in grey by {apart:.2f}"


def _is_filled(patch: Patch) -> bool:
    return patch.get_visible() and to_rgba(patch.get_facecolor())[3] > 0


def _grey(patch: Patch) -> float:
    red, green, blue = to_rgb(patch.get_facecolor())
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _holds(box: Bbox, middles: FloatArray) -> bool:
    across = (middles[:, 0] > box.x0) & (middles[:, 0] < box.x1)
    return bool((across & (middles[:, 1] > box.y0) & (middles[:, 1] < box.y1)).any())


def _touching(boxes: list[Bbox]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that share an edge and do not lie on each other."""
    found = np.array([(box.x0, box.y0, box.x1, box.y1) for box in boxes]).reshape(-1, 4)
    for one in range(len(found) - 1):
        left, low, right, high = found[one]
        rest = found[one + 1 :]
        over = np.minimum(right, rest[:, 2]) - np.maximum(left, rest[:, 0])
        up = np.minimum(high, rest[:, 3]) - np.maximum(low, rest[:, 1])
        beside = (np.abs(over) <= NEAR_PIXELS) & (up > 2 * NEAR_PIXELS)
        above = (np.abs(up) <= NEAR_PIXELS) & (over > 2 * NEAR_PIXELS)
        for other in np.flatnonzero(beside | above):
            yield one, one + 1 + int(other)
