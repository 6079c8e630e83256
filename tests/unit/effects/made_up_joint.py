"""Joint tables of counts written by hand: how many, in which form in both arms, when, which type, group and spell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from simulator.calendars.span import Span
from simulator.delivery.cells import Cells
from simulator.delivery.counts import JOINT_AXES, joint_shape
from simulator.facts.read import words

TYPES, GROUPS = list(words()["types"]), list(words()["groups"])
SPAN = Span.around((date(2021, 12, 19), date(2022, 1, 16)), 4, (4, 6))
PHYSICAL, PHONE, VIDEO, NOT_HELD = range(4)
CLASSES = ["0-3", "4", "5-25", "26", "27-51", "52", "53-103", "104+"]


@dataclass(frozen=True)
class Line:
    """So many conversations of a kind."""

    count: int
    baseline: int = PHYSICAL
    proposal: int = PHONE
    day: date = date(2022, 1, 5)
    type: str = "jobsamtale"
    group: str = "dagpenge"
    spell: str = "5-25"


def joint_of(*lines: Line) -> Cells:
    """Return the joint table of these lines."""
    rows = [
        (
            line.baseline,
            line.proposal,
            int(SPAN.segment_of_day[line.day.toordinal() - SPAN.first]),
            TYPES.index(line.type),
            GROUPS.index(line.group),
            CLASSES.index(line.spell),
        )
        for line in lines
        for _ in range(line.count)
    ]
    columns = np.array(rows, dtype=np.int64).reshape(-1, len(JOINT_AXES)).T
    return Cells.of(JOINT_AXES, joint_shape(SPAN), tuple(columns))
