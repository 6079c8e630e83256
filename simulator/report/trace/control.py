"""The control's chain: each figure the sum over types and groups of products of named factors."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cached_property

from simulator.report.reading import Row
from simulator.report.trace.kept import Kept
from simulator.report.trace.node import WITHIN, Node, Value, constant, summed

CONTROL = "tables/control.csv"
VALUE_KEY, WEEKS_KEY = "saldo.value_per_person_year_kr", "saldo.weeks_per_person_year"
SCALE_KEY, KEPT_SHARE = "effects.params.scale", "effects.params.relative_effect"
CONTACT, DUE_DAY = "demand.contact", "demand.due_spell_day"
OF_EFFECT = "weeks_of_employment_per_conversation"
UNITS = {
    "due": "conversations",
    "converted": "conversations",
    "converted_weeks": "weeks",
    "converted_kr": "kr.",
    "reverse_weeks": "weeks",
    "reverse_kr": "kr.",
}
Pair = tuple[str, str]


class Chains:
    """The products of `tables/control.csv`."""

    def __init__(self, kept: Kept) -> None:
        """Take a run."""
        self.kept = kept
        self._made: dict[tuple[str, Pair], Node] = {}

    @cached_property
    def _rows(self) -> dict[tuple[str, Pair], list[Row]]:
        found: dict[tuple[str, Pair], list[Row]] = {}
        for row in self.kept.run.table("control"):
            if row["type"]:
                found.setdefault((row["quantity"], (row["type"], row["group"])), []).append(row)
        return {name: sorted(rows, key=lambda row: int(row["order"])) for name, rows in found.items()}

    def known(self, quantity_name: str) -> bool:
        """Return whether the run keeps the factors of a figure."""
        return any(name == quantity_name for name, _ in self._rows)

    def pairs(self, name: str, wanted: Callable[[Pair], bool] = lambda pair: True) -> tuple[Node, ...]:
        """Return the products of a figure for the types and groups that are wanted; those that are nothing left out."""
        kept_as = "reverse_kr" if name == "reverse_weeks" else name
        pairs = [pair for found, pair in self._rows if found == kept_as and wanted(pair)]
        return tuple(node for pair in pairs if (node := self.product(name, pair)).value)

    def product(self, name: str, pair: Pair) -> Node:
        """Return a figure of a type and group as the product of its factors."""
        if (name, pair) not in self._made:
            rows = self._rows["reverse_kr" if name == "reverse_weeks" else name, pair]
            # The weeks of conversations that return are their kroner without the last factor.
            parts = tuple(self._factors(rows[:-1] if name == "reverse_weeks" else rows))
            value = math.prod(part.value for part in parts)
            self._made[name, pair] = Node(f"{name} {', '.join(pair)}", value, "", UNITS.get(name, ""), "*", parts)
        return self._made[name, pair]

    def _factors(self, rows: list[Row]) -> Iterator[Node]:
        for row in rows:
            if not row["value"]:  # after a 0 there is nothing to multiply
                return
            yield self._factor(row)

    def _factor(self, row: Row) -> Node:
        value, place = float(row["value"]), f"{CONTROL}:{getattr(row, 'index', '')}.value"
        if row["key"] == VALUE_KEY and self.kept.stated:
            return self._kr_a_week(row, value, place)
        key = self._key(row)
        rests = self.kept.values(key)
        made = self._of_one(row, rests) if len({one.value for one in rests}) == 1 else None
        if made is not None and abs(abs(made.value) - abs(value)) <= WITHIN * abs(value):
            sign = "=" if (value < 0) == (made.value < 0) else "neg"
            return Node(row["factor"], value, place, row["unit"], sign, (made,))
        if row["factor"] == OF_EFFECT:
            rests = (*rests, *self.kept.values(SCALE_KEY))
        many = f"{len(rests)} values" if len(rests) > 1 else "the value" if rests else "the rules"
        note = f"worked out by the control from {many} of {key}"
        return Node(row["factor"], value, place, row["unit"], rests=rests, note=note)

    def _key(self, row: Row) -> str:
        """Return the key of a factor, narrowed to its type and group where the table gives that of all."""
        if row["key"] == CONTACT and row["type"]:
            rule = self.kept.run.headline.get("contact_rule")
            own = f"{CONTACT}.{rule}.{row['type']}.{row['group']}", f"{DUE_DAY}.{row['type']}"
            return next((key for key in own if self.kept.values(key, narrow=True)), row["key"])
        if row["key"] == KEPT_SHARE and self.kept.values(f"{KEPT_SHARE}.{row['type']}", narrow=True):
            return f"{KEPT_SHARE}.{row['type']}"
        return row["key"]

    def _of_one(self, row: Row, rests: tuple[Value, ...]) -> Node | None:
        """Return a factor as it comes of one value of the scenario: itself, scaled, or what it leaves of the whole."""
        one = rests[0]
        leaf = Node(one.key, float(one.value or "nan"), f"tables/assumptions.csv:{one.key}", one.unit, rests=rests)
        scale = self.kept.assumption(SCALE_KEY)
        if row["factor"] == OF_EFFECT and scale is not None:
            return Node("scaled effect", leaf.value * scale.value, "", one.unit, "*", (leaf, scale))
        if row["key"] == KEPT_SHARE:
            return Node("share not kept", 1 - leaf.value, "", "share", "-", (constant(1.0), leaf))
        return leaf

    def _kr_a_week(self, row: Row, value: float, place: str) -> Node:
        """Return kroner of a week of employment: the value of a person-year over its weeks, a loss with a minus."""
        year, weeks = self.kept.assumption(VALUE_KEY), self.kept.assumption(WEEKS_KEY)
        if year is None or weeks is None:
            return Node(row["factor"], value, place, row["unit"], rests=self.kept.values(VALUE_KEY))
        a_week = Node("value of a week of employment", year.value / weeks.value, "", "kr.", "/", (year, weeks))
        if value < 0:
            return Node(row["factor"], value, place, row["unit"], "neg", (a_week,))
        return Node(row["factor"], value, place, row["unit"], "=", (a_week,))

    def sum(self, name: str, value: float, quantities: tuple[str, ...], place: str) -> Node:
        """Return a figure of the whole as the sum of the products of its types and groups."""
        parts = tuple(node for one in quantities for node in self.pairs(one))
        return summed(name, value, parts, place, UNITS.get(quantities[0], ""))
