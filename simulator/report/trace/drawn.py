"""Ends of a range: the draws between which they lie."""

from __future__ import annotations

import math
from functools import cached_property

from simulator.report.trace.kept import Kept
from simulator.report.trace.node import Node, Value

DRAWS = "tables/draws.csv"
TAIL = {"low": 0.025, "high": 0.975}
"""Share of the draws below each end: 95 per cent lie between."""
MIO = 1e-6
KEPT_AS = {
    ("converted",): ("converted", 1.0),
    ("employment_weeks",): ("employment_weeks", 1.0),
    ("saldo_mio_kr", "employment_effect"): ("employment_effect_kr", MIO),
    ("saldo_mio_kr", "form"): ("form_kr", MIO),
    ("saldo_mio_kr", "volume"): ("volume_kr", MIO),
    ("saldo_mio_kr", "caseworker_time"): ("caseworker_time_kr", MIO),
    ("saldo_mio_kr", "net"): ("net_kr", MIO),
}
"""Figures of the headline that the table of draws keeps: the key there, and what turns it into their unit."""


class Draws:
    """The table of draws."""

    def __init__(self, kept: Kept) -> None:
        """Take a run."""
        self.kept = kept

    @cached_property
    def _read(self) -> tuple[dict[str, list[tuple[float, int, int]]], dict[int, list[Value]]]:
        figures: dict[str, list[tuple[float, int, int]]] = {}
        values: dict[int, list[Value]] = {}
        for index, row in enumerate(self.kept.run.table("draws")):
            draw = int(row["draw"])
            if row["role"] == "figure":
                figures.setdefault(row["key"], []).append((float(row["number"]), draw, index))
            else:
                known = self.kept.values(row["key"])
                source, unit = (known[0].source, known[0].unit) if known else ("", "")
                drawn = Value(row["key"], row["number"], unit, "", "", f"drawn ({draw})", source, "", "")
                values.setdefault(draw, []).append(drawn)
        return {key: sorted(found) for key, found in figures.items()}, values

    def end(self, path: tuple[str, ...], end: str, value: float, place: str) -> Node | None:
        """Return an end of a range as what lies between two draws; None where the run keeps no draws of the figure."""
        key, factor = KEPT_AS.get(path, ("", 1.0))
        found, values = self._read
        figures = found.get(key)
        if not figures:
            return None
        at = min(max(len(figures) * TAIL[end] - 0.5, 0.0), len(figures) - 1.0)
        below, part = math.floor(at), at - math.floor(at)
        ranks = (below, min(below + 1, len(figures) - 1))
        terms = []
        for rank, share in zip(ranks, (1 - part, part), strict=True):
            number, draw, index = figures[rank]
            name = f"draw {draw}, number {rank + 1} of {len(figures)} in order"
            kept = Node(name, number, f"{DRAWS}:{index}.number", rests=tuple(values.get(draw, ())))
            parts = (kept, Node("share of the way", share), Node("in the unit of the figure", factor))
            terms.append(Node(f"part of {name}", number * share * factor, sign="*", parts=parts))
        note = f"{TAIL[end]:.1%} of the draws lie below"
        return Node(".".join((*path, end)), value, place, sign="+", parts=tuple(terms), note=note)
