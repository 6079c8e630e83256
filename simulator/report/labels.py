"""Labels beside what they name: each is set where it covers neither a line nor another label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from simulator.report.drawing import Across, Along, Face, Sheet
from simulator.report.style import INK, PAPER


class Box(NamedTuple):
    """A rectangle on the sheet [inches]."""

    left: float
    low: float
    right: float
    high: float

    def meets(self, other: Box) -> bool:
        """Return whether the two have a point in common."""
        apart = self.right <= other.left or other.right <= self.left or self.high <= other.low or other.high <= self.low
        return not apart


class Label(NamedTuple):
    """A line of text beside a point.

    Attributes:
        at: The point [inches].
        text: The text.
        sides: Sides of the point to try, in order: `above`, `below`, `right`, `left`; `onwards` is above, from it on.
        face: Its face.
        color: Its colour.
        gap: Distance from the point [inches].
    """

    at: tuple[float, float]
    text: str
    sides: Sequence[str]
    face: Face = "Regular"
    color: str = INK
    gap: float = 0.05


ANCHORS: dict[str, tuple[tuple[int, int], tuple[Across, Along]]] = {
    "above": ((0, 1), ("center", "bottom")),
    "below": ((0, -1), ("center", "top")),
    "right": ((1, 0), ("left", "center")),
    "onwards": ((0, 1), ("left", "bottom")),
    "left": ((-1, 0), ("right", "center")),
}
"""Side of a point: the direction to it, and how the text hangs there."""


class Labels:
    """The labels of a figure, and what they may not cover.

    Attributes:
        sheet: The sheet drawn on.
        room: Where labels may stand [inches].
        points: Size of type [points].
        apart: Empty space beside a label [inches].
    """

    def __init__(self, sheet: Sheet, room: Box, points: float, apart: float = 0.02) -> None:
        self.sheet, self.room, self.points, self.apart = sheet, room, points, apart
        self._taken: list[Box] = []

    def keep_free(self, boxes: Iterable[Box]) -> None:
        """Keep labels off some rectangles."""
        self._taken.extend(boxes)

    def set(self, label: Label, at_all: bool = False) -> bool:
        """Set a label on the first side that is free, and say whether it was set; see `set_all`."""
        return self.set_all([label], at_all)

    def set_all(self, labels: Sequence[Label], at_all: bool = False) -> bool:
        """Set several labels, each on its first free side, or none of them, and say whether they were set.

        Args:
            labels: The labels.
            at_all: Set a label on its first side where no side is free.
        """
        before, sides = list(self._taken), []
        for label in labels:
            free = [side for side in label.sides if self._free(self._extent(label, side))]
            if not free and not at_all:
                self._taken = before
                return False
            sides.append(free[0] if free else label.sides[0])
            self._taken.append(self._extent(label, sides[-1]))
        for label, side in zip(labels, sides, strict=True):
            self._draw(label, side)
        return True

    def _free(self, extent: Box) -> bool:
        room = self.room
        inside = room.left <= extent.left and extent.right <= room.right
        inside = inside and room.low <= extent.low and extent.high <= room.high
        return inside and not any(extent.meets(taken) for taken in self._taken)

    def _extent(self, label: Label, side: str) -> Box:
        """Return what a label takes on a side of its point."""
        (x, y), (across, along) = self._hung(label, side)
        wide = self.sheet.measure(label.text, self.points, label.face) + self.apart
        high = self.points * 1.1 / 72
        left = x - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[across]
        low = y - high * {"bottom": 0.0, "center": 0.5, "top": 1.0}[along]
        return Box(left, low, left + wide, low + high)

    def _hung(self, label: Label, side: str) -> tuple[tuple[float, float], tuple[Across, Along]]:
        """Return from where a label hangs on a side of its point, and how."""
        (across, along), anchor = ANCHORS[side]
        return (label.at[0] + across * label.gap, label.at[1] + along * label.gap), anchor

    def _draw(self, label: Label, side: str) -> None:
        from matplotlib.patheffects import withStroke

        at, anchor = self._hung(label, side)
        self.sheet.text(at, label.text, self.points, label.face, label.color, anchor)
        # Hairlines end a little before the words.
        halo = withStroke(linewidth=0.22 * self.points, foreground=PAPER)
        self.sheet.figure.axes[0].texts[-1].set_path_effects([halo])
