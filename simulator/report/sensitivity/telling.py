"""The words and numbers of an analysis in the reader's language."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from simulator.report.language import NUMBER, Words

Record = Mapping[str, Any]
DIGITS = 3
MOST_DECIMALS = 6
GROUPED_FROM = 1000.0
MIO_KR = "mio. kr."
"""Unit of kroner in a record."""
YEAR = "year"


@dataclass(frozen=True)
class Told:
    """An analysis in words.

    Attributes:
        record: Its record.
        words: The language.
    """

    record: Record
    words: Words

    def text(self, key: str, **values: object) -> str:
        """Return a sentence of this room with its values filled in."""
        return self.words.text(f"sensitivity.{key}", **values)

    def sentence(self, key: str, **values: object) -> str:
        """Return a sentence that begins with a capital."""
        return self.words.sentence(f"sensitivity.{key}", **values)

    @property
    def rows(self) -> list[Record]:
        """The rows that move the figure, the largest first."""
        still = set(self.record["unmoved"])
        return [row for row in self.record["rows"] if row["name"] not in still]

    @property
    def figure(self) -> str:
        """What the figure is called inside a sentence."""
        return self._found("figures", self.record["figure"]) or self.text("other_figure")

    @property
    def unit(self) -> str:
        """Unit of the figure."""
        return self.words.units(self._found("units", self.record["unit"]))

    @property
    def unit_told(self) -> str:
        """Unit of the figure, and of kroner what minus means."""
        kroner = self.record["unit"] == MIO_KR
        return self.text("unit_kroner", unit=self.unit) if kroner else self.unit

    def name(self, key: str) -> str:
        """Return what an assumption or a group is called; as it was written where the language has no word for it."""
        if key in self.record.get("groups", {}):
            return self._found("stages", key) or self.words.key_name(key) or self._bare(key)
        return self.words.key_name(key) or self._bare(key)

    def inside(self, key: str) -> str:
        """Return what an assumption is called inside a sentence: without a capital, but for an abbreviation."""
        name = self.name(key)
        return name if name[1:2].isupper() else name[:1].lower() + name[1:]

    def range(self, key: str) -> str:
        """Return the range of an assumption and its value today; of a group how many it holds."""
        lever = self._levers.get(key)
        if lever is None:
            return self.text("group_of", count=len(self.record["groups"].get(key, ())))
        low, high, today = (self.value(lever[name], lever["unit"]) for name in ("low", "high", "value"))
        unit = self.words.name("value_units", lever["unit"])
        if lever["low"] is None:
            return self.text("drawn", today=today, unit=unit)
        kind = "range" if lever["value"] is not None else "range_alone"
        return self.text(kind, low=low, high=high, today=today, unit=unit)

    def ends(self, key: str) -> dict[str, str]:
        """Return both ends of the range of an assumption."""
        lever = self._levers[key]
        return {name: self.value(lever[name], lever["unit"]) for name in ("low", "high")}

    def unit_of(self, key: str) -> str:
        """Return the unit of an assumption."""
        return self.words.name("value_units", self._levers[key]["unit"])

    def today_of(self, key: str) -> float | None:
        """Return today's value of an assumption."""
        value: float | None = self._levers[key]["value"]
        return value

    def value_of(self, key: str, value: float) -> str:
        """Return a value of an assumption, as numbers of its unit are written."""
        return self.value(value, self._levers[key]["unit"])

    def value(self, value: float | None, unit: str) -> str:
        """Return a number of a unit to three digits; a year has no thousands."""
        if value is None:
            return self.words.number(None)
        if unit == YEAR:
            return f"{value:.0f}"
        if abs(value) >= GROUPED_FROM or value == 0:
            return self.words.number(value)
        decimals = min(max(DIGITS - 1 - math.floor(math.log10(abs(value))), 0), MOST_DECIMALS)
        short = next(fewer for fewer in range(decimals + 1) if round(value, fewer) == round(value, decimals))
        return self.words.number(value, short)

    def number(self, figure: float) -> str:
        """Return a figure to three digits of the largest of the analysis."""
        return self.words.number(figure, self.decimals)

    def amount(self, figure: float) -> str:
        """Return a figure with its unit."""
        pattern = self.words.tree["names"]["values_in"].get(self.record["unit"], f"{NUMBER} {self.unit}")
        return self.words.units(self.words.placed(self.number(figure), pattern))

    @cached_property
    def decimals(self) -> int:
        """Decimals of the figures."""
        largest = max((abs(number) for number in self._figures()), default=0.0)
        return min(max(DIGITS - 1 - math.floor(math.log10(largest)), 0), MOST_DECIMALS) if largest else 0

    @cached_property
    def _levers(self) -> dict[str, Record]:
        return {lever["key"]: lever for lever in self.record["levers"]}

    def _figures(self) -> Iterator[float]:
        yield self.record["today"]
        if self.record["method"] == "map":
            yield from (number for line in self.record["figures"] for number in line)
            return
        for row in self.record["rows"]:
            yield from (row[name] for name in ("low_figure", "high_figure", "mu_star") if row.get(name) is not None)

    def _found(self, kind: str, key: str) -> str:
        found = self.words.find(f"sensitivity.{kind}")
        known = found.get(key) if isinstance(found, Mapping) else None
        return str(known) if known is not None else ""

    def _bare(self, key: str) -> str:
        return key.replace("_", " ").replace(".", ", ")
