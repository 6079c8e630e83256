r"""Words and numbers in the reader's language, read from one file of `languages/`.

A language is one file: its marks for numbers, its names of months and things, its sentences. Adding a language
is adding a file. Rounding follows rules, not taste, so that equal runs are worded equally:

>>> from datetime import date
>>> from simulator.report.language import read_words
>>> words = read_words("da")
>>> words.number(-1234.56, 1), words.number(-0.04, 1), words.share(0.333)
('−1.234,6', '0,0', '33\xa0pct.')
>>> words.roughly(9_987), words.magnitude_kr(-5_030_000), words.day(date(2021, 12, 19))
('10.000', '5\xa0mio.\xa0kr.', '19.\xa0december\xa02021')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

from simulator.errors import InputError
from simulator.report.blocks import foreign
from simulator.report.bound import Ledger, Quantity, bare

FOLDER = Path(__file__).parent / "languages"
DOUBLE_STOP = re.compile(r"(?<=[a-z])\.\.(?!\.)")
NUMBER = "{number}"
"""Where its number stands in the pattern of a unit."""
NO_BREAK = "\N{NO-BREAK SPACE}"
MIO = 1_000_000.0
WEEK_OF_SPELL = re.compile(r"week_(\d+)")
WEEKS_BEFORE = re.compile(r"weeks_(\d+)")
YEAR_OF_RATE = re.compile(r"year_(\d+)")
FIRST_YEAR = 1900
"""A number of a year from here on is a calendar year; below it, years from now."""
NAMED_PARTS = ("types", "groups", "forms", "parts", "office_kinds", "rates")
"""Kinds of names that can follow a key."""


def languages() -> tuple[str, ...]:
    """Return the languages that a document can be written in, by the names of their files."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


@cache
def read_words(language: str) -> Words:
    """Return the words of a language.

    Raises:
        InputError: There is no such language.
    """
    if language not in languages():
        allowed = ", ".join(languages())
        raise InputError.one(f"no language {language!r}; allowed: {allowed}", path="language")
    import yaml

    # The compiled reader is the same one, eight times as fast, where there is one.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    tree = yaml.load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"), Loader=loader)
    return Words(language, tree)


def _laid_over(tree: Mapping[str, Any], instead: Mapping[str, Any]) -> dict[str, Any]:
    """Return a tree in which some texts are others."""
    laid = dict(tree)
    for key, value in instead.items():
        below = laid.get(key)
        laid[key] = _laid_over(below, value) if isinstance(value, Mapping) and isinstance(below, Mapping) else value
    return laid


def rounded(value: float, decimals: int) -> Decimal:
    """Return a number rounded half away from zero; negative `decimals` round to tens, hundreds and so on."""
    step = Decimal(1).scaleb(-decimals)
    return (Decimal(repr(float(value))) / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def first_digit_place(value: float) -> int:
    """Return the power of ten of the first digit: 0 for 1 to 9, 3 for 1,000 to 9,999, -1 for 0.1 to 0.9."""
    return Decimal(repr(abs(float(value)))).adjusted() if value else 0


@dataclass(frozen=True, eq=False)
class Words:
    """The words and marks of one language.

    Attributes:
        language: Code of the language, such as `da`.
        tree: The content of its file.
        ledger: Notes the quantities that are written, and has their numbers marked; None marks nothing.
    """

    language: str
    tree: Mapping[str, Any]
    ledger: Ledger | None = None

    def noting(self, ledger: Ledger) -> Words:
        """Return the same words, whose numbers are noted in a ledger where they are quantities of a run."""
        return replace(self, ledger=ledger)

    def find(self, key: str) -> Any:
        """Return what stands under a dotted key; None where nothing does."""
        found: Any = self.tree
        for part in key.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        return found

    def seen_as(self, concept: str) -> Words:
        """Return the words for a figure under a concept: its own ones where the language words it otherwise."""
        instead = self.find(f"seen_as.{concept}")
        return replace(self, tree=_laid_over(self.tree, instead)) if isinstance(instead, Mapping) else self

    def text(self, key: str, **values: object) -> str:
        """Return a sentence with its values filled in.

        Raises:
            KeyError: The language has no such sentence.
        """
        found = self.find(key)
        if not isinstance(found, str):
            raise KeyError(f"language {self.language} has no text {key!r}")
        told = found.format(**values) if values else found
        # An abbreviation that ends a sentence has one full stop.
        told = DOUBLE_STOP.sub(".", told)
        for unit in self.tree.get("unbroken", ()):
            told = told.replace(unit, self.units(unit))
        return told

    def sentence(self, key: str, **values: object) -> str:
        """Return a sentence with its values filled in, beginning with a capital."""
        text = self.text(key, **values)
        return text[:1].upper() + text[1:]

    def name(self, kind: str, key: str) -> str:
        """Return the name of a thing of a kind; an unknown one is given as it stands, without underscores."""
        found = self.find(f"names.{kind}")
        known = found.get(key) if isinstance(found, Mapping) else None
        if known is not None:
            return str(known)
        told = key.replace("_", " ").replace("-", " ")
        return foreign(told) if self.ledger is not None else told

    def key_name(self, key: str) -> str:
        """Return what a value of the scenario is called; empty where the language has no word for it.

        The longest known beginning of the key is named; types, groups, forms, rates, weeks and years that follow are
        added.
        """
        parts = key.split(".")
        keys = self.tree["keys"]
        for length in range(len(parts), 0, -1):
            known = keys.get(".".join(parts[:length]))
            if known is not None:
                rest = [self._part_name(part) for part in parts[length:]]
                return "" if "" in rest else ", ".join([str(known), *rest])
        return ""

    def _part_name(self, part: str) -> str:
        week = WEEK_OF_SPELL.fullmatch(part)
        if week:
            return self.text("spell_from_week", week=week.group(1))
        weeks = WEEKS_BEFORE.fullmatch(part)
        if weeks:
            return self.text("weeks_before", weeks=weeks.group(1))
        year = YEAR_OF_RATE.fullmatch(part)
        if year:
            number = year.group(1)
            return number if int(number) >= FIRST_YEAR else self.text("from_year", year=number)
        return next((self.name(kind, part) for kind in NAMED_PARTS if part in self.tree["names"][kind]), "")

    def number(self, value: float | None, decimals: int = 0, plus: bool = False) -> str:
        """Return a number with a true minus, a decimal comma and grouped thousands; never a negative zero.

        Args:
            value: The number; None or not finite gives the mark of a missing number.
            decimals: Digits after the comma; negative rounds to tens, hundreds and so on.
            plus: Mark a number above zero by a plus.
        """
        if value is None or not isfinite(value):
            return str(self.tree["numbers"]["missing"])
        return self.noted(value, self._written(rounded(value, decimals), decimals, plus))

    def noted(self, value: float, text: str) -> str:
        """Return a text that writes a number, marked as such where the number is a quantity of a run."""
        if self.ledger is None or not isinstance(value, Quantity):
            return text
        return self.ledger.mark(value, text)

    def _written(self, exact: Decimal, decimals: int, plus: bool = False) -> str:
        marks = self.tree["numbers"]
        whole = f"{abs(exact):,.{max(decimals, 0)}f}"
        swapped = whole.replace(",", "\0").replace(".", marks["decimal"]).replace("\0", marks["thousands"])
        sign = marks["minus"] if exact < 0 else "+" if plus and exact > 0 else ""
        return f"{sign}{swapped}"

    def roughly(self, value: float, digits: int = 2) -> str:
        """Return the size of a number to a few digits, without its sign: 9,987 is 10.000."""
        size = abs(value)
        decimals = digits - 1 - first_digit_place(size) if size else 0
        return self.noted(size, self._written(rounded(size, decimals), max(decimals, 0)))

    def units(self, text: str) -> str:
        """Return a text whose spaces do not break."""
        return text.replace(" ", NO_BREAK)

    @property
    def unit_first(self) -> bool:
        """Whether a unit of money stands before its number, so that the first of two amounts has one as well."""
        return not str(self.tree["amounts"]["mio_kr"]).startswith(NUMBER)

    def placed(self, number: str, pattern: str) -> str:
        """Return a written number in the pattern of a unit; its sign leads, also where the unit does."""
        sign = "" if pattern.startswith(NUMBER) else self._sign_of(number)
        return f"{sign}{pattern.replace(NUMBER, number.replace(sign, '', 1))}"

    def _sign_of(self, number: str) -> str:
        return next((sign for sign in (self.tree["numbers"]["minus"], "+") if bare(number).startswith(sign)), "")

    def amount(self, number: str, unit: str) -> str:
        """Return a written number with one of the units of `amounts`; it does not break."""
        return self.units(self.placed(number, self.tree["amounts"][unit]))

    def valued(self, number: str, unit: str) -> str:
        """Return a written number of a value of the scenario with its unit, which may stand on a line of its own."""
        return self.placed(
            number, self.tree["names"]["values_in"].get(unit, f"{NUMBER} {self.name('value_units', unit)}")
        )

    def share(self, value: float, decimals: int = 0) -> str:
        """Return a share [0-1] in per cent."""
        return self.amount(self.number(value * 100, decimals), "per_cent")

    def mio_kr(self, kr: float, decimals: int = 1, plus: bool = False) -> str:
        """Return an amount [kr] in millions of kroner, with its sign."""
        return self.amount(self.number(kr / MIO, decimals, plus), "mio_kr")

    def kr(self, kr: float, decimals: int = 0, plus: bool = False) -> str:
        """Return an amount in kroner, with its sign."""
        return self.amount(self.number(kr, decimals, plus), "kr")

    def magnitude_kr(self, kr: float) -> str:
        """Return the order of magnitude of an amount [kr], without its sign.

        From 10m two digits are given, from 3m halves, from 0.1m tenths; smaller amounts are in kroner.
        """
        mio = abs(kr) / MIO
        if mio < 0.095:
            return self.amount(self.roughly(kr, 1), "kr")
        if mio < 2.95:
            tenths = rounded(mio, 1)
            return self.mio_kr(abs(kr), 0 if tenths == tenths.to_integral_value() else 1)
        if mio < 9.75:
            halves = rounded(mio * 2, 0) / 2
            decimals = 0 if halves == halves.to_integral_value() else 1
            return self.amount(self.noted(mio, self._written(halves, decimals)), "mio_kr")
        return self.amount(self.roughly(mio), "mio_kr")

    def day(self, day: date, year: bool = True) -> str:
        """Return a date in words."""
        month = self.tree["months"][day.month - 1]
        key = "date.full" if year else "date.day_month"
        return self.units(self.text(key, day=day.day, month=month, year=day.year))

    def short_day(self, day: date) -> str:
        """Return day and shortened month."""
        return self.units(self.text("date.short", day=day.day, month=self.tree["months_short"][day.month - 1]))

    def period(self, first: date, last: date) -> str:
        """Return a period in words, with the year once where both days share it."""
        start = self.day(first, year=first.year != last.year)
        return self.text("date.period", first=start, last=self.day(last))

    def quoted(self, text: str) -> str:
        """Return a name in quotation marks."""
        return self.text("quoted", text=text)

    def listed(self, items: Iterable[str]) -> str:
        """Return items as a list in a sentence: a, b and c."""
        parts = list(items)
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self.text('and')} {parts[-1]}"
