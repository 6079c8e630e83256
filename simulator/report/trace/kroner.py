"""Kroner: sums of the rows of `tables/saldo.csv`."""

from __future__ import annotations

import math
from collections.abc import Callable

from simulator.report.reading import Row
from simulator.report.trace.kept import Kept
from simulator.report.trace.node import Node, summed

SALDO = "tables/saldo.csv"
Chosen = Callable[[Row], bool]


def counted(kept: Kept) -> Chosen:
    """Return what tells whether a row is part of the headline."""

    def of(row: Row) -> bool:
        if row.get("in_headline"):
            return row["in_headline"] == "1"
        return row["line"] in kept.lines

    return of


def sum_of_rows(kept: Kept, name: str, chosen: Chosen, place: str = "", value: float | None = None) -> Node:
    """Return an amount [mio. kr.] as the sum of rows of the table of kroner, by account, over a million.

    Args:
        kept: The run.
        name: What the amount is called.
        chosen: Whether a row belongs to it.
        place: Where the run keeps the amount.
        value: The amount; the sum itself where it is left out.
    """
    by_account: dict[str, list[Node]] = {}
    for row in kept.run.table("saldo"):
        if row["concept"] == kept.concept and chosen(row):
            by_account.setdefault(row["account"], []).append(_cell(row))
    accounts = tuple(
        summed(f"account {account}", math.fsum(cell.value for cell in cells), tuple(cells), "", "kr.")
        for account, cells in by_account.items()
    )
    kr = summed(f"{name}, kr.", math.fsum(one.value for one in accounts), accounts, "", "kr.", f"rows of {SALDO}")
    million = Node("kr. in a million", 1e6)
    return Node(name, kr.value / 1e6 if value is None else value, place, "mio. kr.", "/", (kr, million))


def has_rows(kept: Kept, chosen: Chosen) -> bool:
    """Return whether the table of kroner has a row of the concept that is chosen."""
    return any(row["concept"] == kept.concept and chosen(row) for row in kept.run.table("saldo"))


def _cell(row: Row) -> Node:
    told = ", ".join(row[name] for name in ("line", "step", "authority", "group", "type", "year") if row.get(name))
    return Node(told, float(row["kr"]), f"{SALDO}:{getattr(row, 'index', '')}.kr", "kr.", note="simulated, then valued")
