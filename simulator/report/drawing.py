"""A sheet to draw on in inches: every text is measured before it is set, and saved files are equal on a rerun.

Figures are drawn on one canvas with the object interface of matplotlib, never with its global state, in the
shipped typeface. Sizes: `column` (half a page), `page` (the width of a page) and `slide`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from contextlib import nullcontext
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Literal

from simulator.report.style import (
    DOTS_PER_INCH,
    FONTS,
    HAIRLINE,
    HAIRLINE_POINTS,
    HATCH_POINTS,
    INK,
    NAVY,
    PAPER,
    QUIET,
    SMALL,
    Size,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

SCREEN_WIDENS = 1.015
"""Small type on a grid of dots is a little wider than its outlines."""

Face = Literal["Regular", "Semibold", "It"]
Across = Literal["left", "center", "right"]
Along = Literal["top", "center", "bottom", "baseline"]


@cache
def face(name: Face, points: float) -> FontProperties:
    """Return a shipped face at a size [points]."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=str(FONTS / f"SourceSansPro-{name}.ttf"), size=points)


@cache
def _text_width(text: str, name: Face, points: float) -> float:
    """Return the width of a line [inches] as its outlines have it: a little more than a screen's hinted type."""
    from matplotlib.textpath import TextToPath

    width, _, _ = TextToPath().get_text_width_height_descent(text, face(name, points), ismath=False)
    return float(width) / 72


class Sheet:
    """A canvas with its origin at the lower left, all lengths in inches and all type in points.

    Attributes:
        figure: The figure drawn on.
        size: Its size.
        width: Width of the canvas [inches].
        height: Height of the canvas [inches].
        margin: Empty edge [inches].
    """

    def __init__(self, size: Size, height: float | None = None) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.size = size
        self.width = size.width
        self.height = size.height if height is None or size.name == "slide" else height
        self.margin = size.margin
        self.figure = Figure(figsize=(self.width, self.height), dpi=DOTS_PER_INCH, facecolor=PAPER)
        FigureCanvasAgg(self.figure)
        self._axes: Axes = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self._axes.set_xlim(0, self.width)
        self._axes.set_ylim(0, self.height)
        self._axes.set_axis_off()

    def measure(self, text: str, points: float, name: Face = "Regular") -> float:
        """Return the width of a line of text [inches]."""
        return _text_width(text, name, 10.0) * points / 10.0

    def line_height(self, points: float) -> float:
        """Return the distance from line to line [inches]."""
        return points * 1.22 / 72

    def wrap(self, text: str, width: float, points: float, name: Face = "Regular") -> list[str]:
        """Return a text in lines that fit a width [inches]; a single long word is left whole."""
        lines: list[str] = []
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.measure(longer, points, name) <= width / SCREEN_WIDENS:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def fitting(self, text: str, width: float, points: float, name: Face = "Regular") -> float:
        """Return the size of type [points], at most `points`, at which a line fits a width [inches].

        It is never below the smallest that may be set: a longer line must be broken, shortened or left out.
        """
        wide = self.measure(text, points, name)
        return points if wide <= width else max(points * width / wide * 0.98, self.size.least)

    def fits(self, text: str, width: float, name: Face = "Regular") -> bool:
        """Return whether a line fits a width [inches] in the smallest type that may be set."""
        return self.measure(text, self.size.least, name) <= width

    def text(
        self,
        at: tuple[float, float],
        text: str,
        points: float,
        name: Face = "Regular",
        color: str = INK,
        anchor: tuple[Across, Along] = ("left", "baseline"),
    ) -> None:
        """Set one line of text at a point [inches]."""
        across, along = anchor
        self._axes.text(
            *at, text, fontproperties=face(name, points), color=color, ha=across, va=along, parse_math=False
        )

    def paragraph(
        self,
        at: tuple[float, float],
        lines: Sequence[str],
        points: float,
        name: Face = "Regular",
        color: str = INK,
        across: Across = "left",
    ) -> float:
        """Set lines below a point [inches] and return the height that they take [inches]."""
        x, top = at
        step = self.line_height(points)
        for index, line in enumerate(lines):
            self.text((x, top - index * step - points * 0.92 / 72), line, points, name, color, (across, "baseline"))
        return len(lines) * step

    def box(
        self, at: tuple[float, float], width: float, height: float, color: str, hatch: str = "", edge: str = ""
    ) -> None:
        """Draw a filled box from its lower left corner [inches]; a hatch is drawn in the colour of the edge."""
        import matplotlib
        from matplotlib.patches import Rectangle

        with matplotlib.rc_context({"hatch.linewidth": HATCH_POINTS}) if hatch else nullcontext():
            patch = Rectangle(at, width, height, facecolor=color, edgecolor=edge or "none", linewidth=0.0)
            if hatch:
                patch.set_hatch(hatch)
        self._axes.add_artist(patch)  # the limits of the sheet are set: `add_patch` would look for them in each box

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        color: str = HAIRLINE,
        points: float = HAIRLINE_POINTS,
    ) -> None:
        """Draw a straight line between two points [inches]; hairlines lie behind the boxes."""
        from matplotlib.lines import Line2D

        line = Line2D([start[0], end[0]], [start[1], end[1]], color=color, linewidth=points, solid_capstyle="butt")
        line.set_zorder(0.5 if color == HAIRLINE else 2.0)
        self._axes.add_artist(line)

    def crop(self, lowest: float) -> None:
        """Cut off what is empty below a level [inches], but for the margin; a slide keeps its height."""
        cut = lowest - self.margin
        if self.size.name != "slide":
            self.height -= cut
            self.figure.set_size_inches(self.width, self.height)
            self._axes.set_ylim(cut, cut + self.height)

    def heading(self, title: str, below: str = "") -> float:
        """Set the statement of the figure and a line below it; return what is left from the foot up [inches]."""
        points = self.size.text * 1.22
        width = self.width - 2 * self.margin
        top = self.height - self.margin
        top -= self.paragraph((self.margin, top), self.wrap(title, width, points, "Semibold"), points, "Semibold", NAVY)
        if below:
            lines = self.wrap(below, width, self.size.text)
            top -= self.paragraph((self.margin, top - 0.02), lines, self.size.text, "Regular", QUIET) + 0.02
        return top - self.line_height(self.size.text) * 0.45

    def footnote(self, text: str) -> float:
        """Set a note at the foot and return the height above it [inches]."""
        points = self.size.text * SMALL
        lines = self.wrap(text, self.width - 2 * self.margin, points)
        height = len(lines) * self.line_height(points)
        self.paragraph((self.margin, self.margin + height), lines, points, "Regular", QUIET)
        return self.margin + height + self.line_height(points) * 0.4


def saved_png(figure: Figure) -> bytes:
    """Return a figure as PNG, the same bytes each time."""
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    return stream.getvalue()


def saved_svg(figure: Figure, name: str, title: str, description: str) -> str:
    """Return a figure as SVG with a title and a description, the same text each time.

    Args:
        figure: The figure.
        name: Name of the figure; ids within begin with it, so that several can stand in one page.
        title: Short name, for those who cannot see it.
        description: What the figure shows, in words.
    """
    import matplotlib

    stream = io.StringIO()
    with matplotlib.rc_context(rc={"svg.hashsalt": "saldo", "svg.fonttype": "path"}):
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    text = stream.getvalue()
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r'(id="|href="#|url\(#)', rf"\g<1>{name}-", text)
    head = f'role="img" aria-labelledby="{name}-title {name}-desc"'
    told = f'<title id="{name}-title">{escape(title)}</title>\n <desc id="{name}-desc">{escape(description)}</desc>'
    return re.sub(r"<svg ([^>]*)>", lambda found: f"<svg {found[1]} {head}>\n {told}", text, count=1)
