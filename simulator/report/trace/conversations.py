"""Counts of conversations: sums of the rows of `tables/conversations.csv`, which is read once and not kept in mind."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cached_property

from simulator.report.trace.kept import Kept
from simulator.report.trace.node import Node, summed

TABLE = "tables/conversations.csv"
Cell = tuple[str, str, str]
"""Arm, what is counted, and week."""


class Conversations:
    """The table of conversations, by arm, state or form, and week."""

    def __init__(self, kept: Kept) -> None:
        """Take a run."""
        self.kept = kept

    @cached_property
    def _counts(self) -> dict[Cell, tuple[float, int]]:
        counts: dict[Cell, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
        path = self.kept.run.folder / TABLE
        if not path.is_file():
            return counts
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                week, count = f"{row['year']}-{int(row['week']):02d}", float(row["count"] or 0)
                # Cancelled by rule, replaced or for want of tries is one state of the headline.
                state = "cancelled" if row["state"].startswith("cancelled") else row["state"]
                for name in (state, row["form"]) if state == "held" else (state,):
                    total, number = counts[row["arm"], name, week]
                    counts[row["arm"], name, week] = (total + count, number + 1)
        return counts

    def sum(self, arm: str, name: str, value: float, place: str) -> Node | None:
        """Return a count of the headline as the sum over the weeks; None where the table holds none of it."""
        weeks = {week: found for (of_arm, what, week), found in self._counts.items() if (of_arm, what) == (arm, name)}
        if not weeks:
            return None
        parts = tuple(
            Node(f"week {week}", count, f"{TABLE} ({number} rows)", "conversations", note="counted by the simulation")
            for week, (count, number) in sorted(weeks.items())
        )
        return summed(f"conversations.{arm}.{name}", value, parts, place, "conversations")
