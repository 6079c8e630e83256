"""What a longer queue was and when it was gone, and how digital the conversations of jobcentres were, year by year."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.delivery.cells import Cells
from simulator.delivery.counts import CANCELLED, STATES
from simulator.results.delivered import ARMS
from simulator.results.months import months_table
from simulator.results.setting import Setting

FloatArray = npt.NDArray[np.float64]
GONE = 0.01
"""A backlog counts as gone when less than this share of the most is left."""


def backlog_of(setting: Setting, arms: tuple[Cells, ...]) -> dict[str, Any] | None:
    """Return how many more wait under the proposal than under the baseline at most, when, and when that is gone.

    Weeks are parted at the ends of months, and the queue is counted at the end of each part. None where the queue
    never becomes longer by one conversation.

    Args:
        setting: The ground of the run.
        arms: Mean counts of each arm.
    """
    baseline, proposal = (_waiting(cells) for cells in arms)
    longer = proposal - baseline
    peak = int(np.argmax(longer))
    if longer[peak] < 1:
        return None
    left = np.nonzero(longer[peak:] < GONE * longer[peak])[0]
    return {
        "most": float(longer[peak]),
        "on": _end_of(setting, peak),
        "gone_by": _end_of(setting, peak + int(left[0])) if len(left) else None,
    }


def _waiting(cells: Cells) -> FloatArray:
    """Return how many wait at the end of each segment, shape (segment,)."""
    counts = dict(zip(STATES, cells.dense("state", "segment"), strict=True))
    gone = counts["held"] + counts["lapsed"] + np.sum([counts[state] for state in CANCELLED], axis=0)
    waiting: FloatArray = np.cumsum(counts["due"] - gone)
    return waiting


def _end_of(setting: Setting, segment: int) -> str:
    at = setting.span.segments[segment]
    return setting.span.date_of(at.first_day + at.days - 1).isoformat()


def digital_share_by_year(setting: Setting, arms: tuple[Cells, ...]) -> dict[str, dict[str, float | None]]:
    """Return the share of the jobcentres' conversations held by phone or video in each calendar year, by arm [0-1]."""
    months = months_table(setting, arms)
    sums = months[months["office_kind"] == "jobcentre"].groupby(["arm", "year"])[["held", "physical"]].sum()
    found: dict[str, dict[str, float | None]] = {arm: {} for arm in ARMS}
    for row in sums.reset_index().to_dict("records"):
        share = float(1 - row["physical"] / row["held"]) if row["held"] else None
        found[str(row["arm"])][str(row["year"])] = share
    return found
