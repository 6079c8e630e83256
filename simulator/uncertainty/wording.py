r"""Words of break-even, calibration and questions, from one file of `texts/` for each language.

>>> from simulator.uncertainty.wording import read_wording
>>> read_wording("da").told(0.65, "share"), read_wording("en").told(600_000, "kr per person-year")
('65\xa0pct.', '600,000\xa0kr.\xa0a\xa0person-year')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from math import floor, log10
from pathlib import Path
from typing import Any

from simulator.errors import InputError
from simulator.facts.spelling import did_you_mean
from simulator.facts.units import takes_per_cent
from simulator.report.language import Words, read_words
from simulator.report.language import languages as documents

FOLDER = Path(__file__).parent / "texts"
DIGITS = 4
SMALLEST = 1e-4
PER_CENT_UNITS = frozenset({"share", "utilisation", "growth"})


def languages() -> tuple[str, ...]:
    """Return the languages of answers, by the names of their files."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def read_wording(language: str) -> Wording:
    """Return the words of a language.

    Raises:
        InputError: There is no such language.
    """
    if language not in languages():
        allowed = ", ".join(languages())
        raise InputError.one(
            f"no language `{language}`; allowed: {allowed}{did_you_mean(language, languages())}", path="--language"
        )
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Wording(language, yaml.load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"), Loader=loader))


class Wording(Words):
    """The words of one language, with names for values and numbers in their units."""

    def lever_name(self, key: str) -> str:
        """Return what a value is called: its own name here, that of documents in the language, or its key."""
        keys: dict[str, str] = self.tree["keys"]
        if key in keys:
            return keys[key]
        found = read_words(self.language).key_name(key) if self.language in documents() else ""
        return found or key

    def told(self, value: float | None, unit: str) -> str:
        """Return a number with its unit, to four digits; shares in per cent."""
        if value is None:
            return self.text("break_even.differs")
        if unit == "year":
            return f"{value:.0f}"
        if unit in PER_CENT_UNITS and takes_per_cent(unit):
            return self.units(f"{self.digits(value * 100)} {self.text('units.per_cent')}")
        measure = self.tree["measures"].get(unit, unit)
        return self.units(f"{self.digits(value)} {measure}".rstrip())

    def bare(self, value: float, unit: str) -> str:
        """Return a number as `told` does, but without its unit where that is more than per cent."""
        return self.told(value, unit if unit in PER_CENT_UNITS or unit == "year" else "factor")

    def digits(self, value: float, digits: int = DIGITS, plus: bool = False) -> str:
        """Return a number to a few digits, without noughts that say nothing."""
        if abs(value) < SMALLEST:
            return self.number(0.0)
        decimals = max(digits - 1 - floor(log10(abs(value))), 0)
        text = self.number(value, decimals, plus)
        mark = self.tree["numbers"]["decimal"]
        return text.rstrip("0").rstrip(mark) if mark in text else text

    def span(self, low: float | None, high: float | None, unit: str) -> str:
        """Return a range, or a mark where there is none."""
        if low is None or high is None:
            return str(self.tree["numbers"]["missing"])
        if unit == "year":
            return f"{low:.0f}\N{EN DASH}{high:.0f}"
        factor = 100 if unit in PER_CENT_UNITS else 1
        return f"{self.digits(low * factor)}\N{EN DASH}{self.told(high, unit)}"

    def figure(self, name: str) -> str:
        """Return what a figure is called."""
        return str(self.tree["figures"].get(name, name.replace("_", " ")))

    def figure_unit(self, unit: str) -> str:
        """Return the unit of a figure."""
        return self.units(str(self.tree["figure_units"].get(unit, unit)))


def table_text(lines: Sequence[Sequence[str]], left: Iterable[int] = (0,)) -> str:
    """Return lines of cells as columns; the first line is the head.

    Args:
        lines: Cells of each line.
        left: Columns that stand at the left; the others stand at the right.
    """
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    kept = frozenset(left)
    told = []
    for line in lines:
        cells: list[Any] = [
            f"{cell:<{wide}}" if place in kept else f"{cell:>{wide}}"
            for place, (cell, wide) in enumerate(zip(line, widths, strict=True))
        ]
        told.append("  ".join(cells).rstrip())
    return "\n".join(told)
