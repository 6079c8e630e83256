"""The look of all figures in one place: sizes, type, colours, patterns and widths of lines.

Colours can be told apart by those who see few of them, and steps of one hue differ in grey by a fifth at least, so that
a figure reads on a black and white printer too. Type is never smaller than seven points where a figure is printed at
the width that is meant for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simulator.errors import InputError

FONTS = Path(__file__).parent / "fonts"

NAVY = "#0B3556"
INK = "#1F2A33"
QUIET = "#5B6873"
HAIRLINE = "#C9D2D9"
PAPER = "#FFFFFF"
GAIN = "#0072B2"
LOSS = "#D55E00"
LOSS_TEXT = "#B04A00"
"""A loss in words or numbers: darker than its bars, so that it reads on white."""
WITHDRAWN = "#B9C6D1"
SHADE = "#EEF1F3"
"""Ground behind a stretch of time that is marked."""
BLUES = ("#E3EDF5", "#8DB7D9", "#3A77AC", "#0B3556")
"""One blue hue from few to many, and from light to dark; neighbours differ in grey by a fifth or more."""
DARK_FROM = 2
"""From this step of the blues on, text is set in white."""
WEEKEND_SHADE = "#EDEFF1"
CLOSED_SHADE = "#F7F4EE"

HATCH = "////"
HATCHES = {
    "legal_holiday": "xxxx",
    "customary_closure": "||||",
    "closure_week": "////",
    "planned_closure": "----",
    "unplanned_closure": "\\\\\\\\",
    "closed": "++++",
}
"""Pattern by the class of a day that is closed."""
HATCH_POINTS = 0.5

HAIRLINE_POINTS = 0.6
AXIS_POINTS = 0.6
LINK_POINTS = 0.5
"""Lines that lead from a bar to the next."""
MARK_POINTS = 1.4
"""Lines that carry a value."""

DOTS_PER_INCH = 200
LEAST_POINTS = 7.0
"""No type is smaller where a figure is printed at its width."""
SMALL = 0.88
"""Size of notes, as a share of ordinary text."""


@dataclass(frozen=True)
class Size:
    """A size of figure.

    Attributes:
        name: `column`, `page` or `slide`.
        width: Width [inches].
        height: Height where the figure has no reason for another [inches].
        text: Size of ordinary text [points].
        margin: Empty edge [inches].
        print_width: Width at which it stands on paper; a slide fills a sheet of A4 on its side [inches].
    """

    name: str
    width: float
    height: float
    text: float
    margin: float
    print_width: float

    @property
    def least(self) -> float:
        """The smallest type that may be set, so that it has `LEAST_POINTS` on paper [points]."""
        return LEAST_POINTS * self.width / self.print_width


SIZES = {
    "column": Size("column", 3.35, 3.5, 8.0, 0.03, 3.35),
    "page": Size("page", 6.5, 3.6, 8.8, 0.03, 6.5),
    "slide": Size("slide", 13.333, 7.5, 16.0, 0.45, 10.5),
}


def figure_size(name: str) -> Size:
    """Return a size by its name.

    Raises:
        InputError: There is no such size.
    """
    if name not in SIZES:
        raise InputError.one(f"no size {name!r}; available: {', '.join(SIZES)}", path="size")
    return SIZES[name]


def grey(color: str) -> float:
    """Return how light a colour is in grey, from 0 for black to 1 for white."""
    red, green, blue = (int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue
