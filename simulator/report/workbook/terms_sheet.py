"""The sheet of terms: the control written out in its inputs, term by term, each in a live formula."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.report.language import Words
from simulator.report.workbook.grid import Formula, Sheet, cell, span
from simulator.report.workbook.terms import Terms

Key = tuple[str, str, str, str]
"""Line, type, group and year."""
NUMBER, NOW = 4, 6
EXACT = "0.000000"


@dataclass(frozen=True)
class Sums:
    """Where the terms of each figure stand, and what they add up to.

    Attributes:
        sheet: Name of the sheet.
        rows: First and last row by line, type, group and year.
        values: Sums at the run's own inputs.
    """

    sheet: str
    rows: Mapping[Key, tuple[int, int]]
    values: Mapping[Key, float]

    def of(self, line: str, type_name: str, group: str, year: str = "") -> Formula:
        """Return a figure as a formula; 0 where no term makes it up."""
        key = (line, type_name, group, year)
        if key not in self.rows:
            return Formula("=0", 0.0)
        return Formula(f"=SUM('{self.sheet}'!{span(*self.rows[key], NOW)})", self.values[key])


def write_terms(sheet: Sheet, terms: Terms, words: Words) -> Sums:
    """Write the terms, those of one figure in rows below each other, and return where they stand."""
    sheet.line(words.text("workbook.terms.heading"), "heading")
    sheet.heads(words.find("workbook.terms.heads"), (False, False, False, True, True, False, True), repeat=True)
    rows: dict[Key, tuple[int, int]] = {}
    values: defaultdict[Key, float] = defaultdict(float)
    for part in terms.parts:
        key = (part.line, part.type, part.group, part.year)
        first, _ = rows.get(key, (sheet.row, sheet.row))
        rows[key] = (first, sheet.row)
        now = part.value(terms.inputs)
        values[key] += now
        named = (
            words.text(f"workbook.terms.lines.{part.line}"),
            words.name("types", part.type) if part.type else "",
            words.name("groups", part.group),
            int(part.year) if part.year else None,
        )
        formula = Formula(part.formula(cell(sheet.row, NUMBER), terms.inputs), now)
        unit = words.name("value_units", part.unit)
        sheet.cells((*named, part.number, unit, formula), ("", "", "", "0", EXACT, "", "#,##0.0000"))
    return Sums(sheet.made.get_name(), rows, dict(values))
