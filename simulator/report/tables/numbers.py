"""Cells of a brief's table as numbers: the exact figure behind what is printed, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.report.blocks import Document, Table, plain, spans
from simulator.report.language import Words, rounded

HUNDRED = 100
UNITS = ("per_cent", "mio_kr", "kr")
FORMULA = re.compile(r"[=+@\t\r-]")
"""What a text begins with that a spreadsheet takes for a formula when it is pasted or opened."""


@dataclass(frozen=True)
class Number:
    """A number of a table.

    Attributes:
        value: The exact number; of per cent the share.
        decimals: Decimals that are printed.
        per_cent: Whether it is printed in per cent.
        plus: Whether a plus is printed before it.
        unit: What stands behind it, but for per cent.
    """

    value: float
    decimals: int
    per_cent: bool
    plus: bool
    unit: str

    @property
    def excel(self) -> str:
        """How a spreadsheet is told to write it; the separators are those of the reader's own setting."""
        shown = "#,##0" + (f".{'0' * self.decimals}" if self.decimals else "")
        shown += "%" if self.per_cent else f'" {self.unit}"' if self.unit else ""
        return f"+{shown};-{shown};{shown}" if self.plus else shown

    def pasted(self, words: Words) -> str:
        """Return the number as text that a spreadsheet of the language reads as a number: no separator of thousands."""
        exact = rounded(self.value * (HUNDRED if self.per_cent else 1), self.decimals)
        # Minus nothing is nothing.
        shown = f"{exact if exact else abs(exact):.{self.decimals}f}"
        shown = shown.replace(".", str(words.tree["numbers"]["decimal"]))
        return f"{shown}%" if self.per_cent else shown


@dataclass(frozen=True)
class Reading:
    """Reads the cells of a document.

    Attributes:
        document: The document.
        words: Its language.
    """

    document: Document
    words: Words

    @property
    def tables(self) -> dict[str, Table]:
        """Its tables by name; one without a name has its number for one."""
        found = [block for block in self.document.blocks if isinstance(block, Table)]
        return {table.name or f"table-{at}": table for at, table in enumerate(found, start=1)}

    def cell(self, text: str) -> Number | str:
        """Return a cell as a number where it writes one figure and nothing but its unit, else as its reader sees it."""
        parts = list(spans(text))
        bound = [part for part in parts if part.number is not None]
        unit = "".join(part.text for part in parts if part.number is None)
        unit = " ".join(unit.split())
        units = {" ".join(self.words.text(f"units.{name}").split()): name for name in UNITS}
        if len(bound) != 1 or bound[0].number is None or (unit and unit not in units):
            return plain(text)
        marks = self.words.tree["numbers"]
        value, shown = float(self.document.numbers[bound[0].number]), bound[0].text
        if not any(character.isdigit() for character in shown):
            return plain(text)
        per_cent = units.get(unit) == "per_cent"
        decimals = len(shown.partition(marks["decimal"])[2])
        plus = shown.startswith("+")
        return Number(value / HUNDRED if per_cent else value, decimals, per_cent, plus, "" if per_cent else unit)

    def row(self, cells: Sequence[str]) -> list[Number | str]:
        """Return the cells of a row."""
        return [self.cell(text) for text in cells]


def guarded(text: str) -> str:
    """Return a text that stays one when a spreadsheet opens or takes it in, on one line."""
    line = " ".join(text.split())
    return f"'{line}" if FORMULA.match(text) or FORMULA.match(line) else line
