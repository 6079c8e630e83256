"""What the parts of the pack read from the run: its estimate, drivers and turns, with their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from simulator.report.columns import decimals_of, is_nothing
from simulator.report.language import MIO, Words, first_digit_place
from simulator.report.reading import Row, quantity
from simulator.report.sections.closing import USELESS_SHARE
from simulator.report.sections.telling import Telling
from simulator.report.sections.values import span

RELATIVE_EFFECT = "effects.params.relative_effect"
VALUE = "saldo.value_per_person_year_kr"


@dataclass(frozen=True)
class Figures:
    """The run as the pack reads it.

    Attributes:
        telling: The run being told.
    """

    telling: Telling

    @property
    def words(self) -> Words:
        """The language."""
        return self.telling.words

    @cached_property
    def now_kr(self) -> float:
        """The estimate [kr]."""
        return self.telling.story.effect_kr

    @property
    def now(self) -> str:
        """The estimate with its sign."""
        return self.amount(self.now_kr)

    @cached_property
    def is_checked(self) -> bool:
        """Whether the closed form is near enough to the run to say anything of it."""
        control = self.telling.run.estimate("saldo_mio_kr", "employment_effect").control
        return control is not None and abs(control * MIO - self.now_kr) <= USELESS_SHARE * abs(self.now_kr)

    @cached_property
    def drivers(self) -> tuple[Row, ...]:
        """What moves the estimate, the largest swing first; ends that were refused have empty cells."""
        return self.telling.run.table("drivers")

    @cached_property
    def turns(self) -> dict[str, dict[str, Row]]:
        """The nearest turn of each value, by key and goal."""
        found: dict[str, dict[str, Row]] = {}
        for row in self.telling.run.table("turns"):
            found.setdefault(row["key"], {}).setdefault(row["goal"], row)
        return found

    def driver(self, key: str) -> Row | None:
        """Return the row of a driver with both ends; None where there is none."""
        rows = (row for row in self.drivers if row["key"] == key)
        return next((row for row in rows if row["low_figure_mio_kr"] and row["high_figure_mio_kr"]), None)

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of the pack."""
        return self.words.text(f"defence.{key}", **values)

    def name(self, key: str) -> str:
        """Return what a value is called; its key, as it is typed, where the language has no word for it."""
        return self.words.key_name(key) or f"`{key}`"

    def told(self, row: Row, column: str, named: bool = True) -> str:
        """Return a number of a row, with its unit or where that stands beside; the mark of a missing one if empty."""
        return span(self.telling, [quantity(row, column)], row["unit"], named) if row[column] else self.missing

    def range_of(self, row: Row) -> str:
        """Return the range of a row; the mark of a missing one where it has none."""
        if not row["low"] or not row["high"]:
            return self.missing
        return span(self.telling, [quantity(row, "low"), quantity(row, "high")], row["unit"], named=False)

    def mio(self, row: Row, column: str) -> str:
        """Return an amount of a row [mio. kr.] with its sign; the mark of a missing one where the cell is empty."""
        return self.amount(quantity(row, column) * MIO) if row[column] else self.missing

    def amount(self, kr: float) -> str:
        """Return an amount [kr] with its sign; one that rounds to no krone is 0."""
        return self.words.kr(kr) if is_nothing(kr) else self.telling.amount(kr)

    def size(self, kr: float) -> str:
        """Return the size of an amount [kr], without sign, to two digits."""
        return self.words.kr(abs(kr), 1 - first_digit_place(kr))

    def cell(self, row: Row, column: str, plus: bool = True) -> str:
        """Return an amount of a row as a cell in mio. kr., with the decimals of the largest of the table."""
        if not row[column]:
            return self.missing
        kr = quantity(row, column) * MIO
        if is_nothing(kr):
            return self.words.noted(kr, self.words.number(0))
        return self.words.number(kr / MIO, self.decimals, plus)

    @cached_property
    def decimals(self) -> int:
        """Decimals of amounts in tables."""
        return decimals_of(max((abs(float(row["swing_mio_kr"] or 0)) * MIO for row in self.drivers), default=MIO))

    @property
    def missing(self) -> str:
        """The mark of a missing number."""
        return self.words.number(None)

    def listed(self, items: Iterable[str]) -> str:
        """Return items parted by semicolons, for items that hold commas."""
        return "; ".join(items)
