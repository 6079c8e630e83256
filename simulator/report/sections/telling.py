"""What every section needs at hand: the run, its story, the words, and the numbers of tables and figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from simulator.report.bound import NOTHING, Quantity
from simulator.report.columns import Column, decimals_of, is_nothing
from simulator.report.language import MIO, Words, first_digit_place
from simulator.report.reading import Run
from simulator.report.story import Story, count_word

WEEKDAYS = 5
SMALL_KR = 95_000
"""Amounts below this are told in kroner."""


@dataclass(frozen=True)
class Telling:
    """A run being told in a language; tables and figures are numbered as they come.

    Attributes:
        run: The run.
        words: The language.
        short: Whether it is told on one page.
        internal: Whether what is a computational split may be told.
        earlier: An earlier run that this one is compared with; None where it stands alone.
    """

    run: Run
    words: Words
    short: bool = False
    internal: bool = False
    earlier: Run | None = None
    _numbers: dict[str, int] = field(default_factory=dict)

    @cached_property
    def story(self) -> Story:
        """What happened in the run."""
        return Story(self.run)

    @cached_property
    def period(self) -> str:
        """The period in words."""
        return self.words.period(*self.run.period)

    @cached_property
    def included(self) -> tuple[str, ...]:
        """What the concept of the headline includes, by name; nothing where the run has no table of concepts."""
        chosen = next((row for row in self.run.table("concepts") if row["chosen"] == "1"), None)
        return tuple(part.strip() for part in chosen["includes"].split(",")) if chosen else ()

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of the brief with its values filled in."""
        return self.words.text(f"brief.{key}", **values)

    def numbered(self, kind: str, caption: str) -> str:
        """Return the caption of the next table or figure with its number."""
        self._numbers[kind] = self._numbers.get(kind, 0) + 1
        return self.say(kind, number=self._numbers[kind], caption=caption)

    def count(self, number: float) -> str:
        """Return a rough number of conversations."""
        return count_word(self.words, number)

    def years(self, person_years: float) -> str:
        """Return full-time persons in one year, roughly and without sign."""
        size = abs(person_years)
        if size < 0.095:
            return self.say("estimate.under_one")
        return self.words.text("about", number=self.words.roughly(size, 1 if size < 1 else 2))

    def days(self, days: float) -> str:
        """Return full-time days for each conversation, without sign, to two digits."""
        return self.words.roughly(days)

    def weeks(self, weekdays: float) -> str:
        """Return how many weeks some weekdays are, with a decimal where they are not whole."""
        weeks = weekdays / WEEKDAYS
        return self.words.number(weeks, 0 if float(round(weeks, 1)).is_integer() else 1)

    def per_conversation(self, kr: float) -> str:
        """Return kroner for each conversation, roughly and without sign."""
        return self.words.amount(self.words.roughly(kr), "kr")

    def amount(self, kr: float) -> str:
        """Return an amount [kr] with its sign: in mio. kr., a small one in kroner to two digits."""
        if abs(kr) >= SMALL_KR:
            return self.words.mio_kr(kr, decimals_of(abs(kr)), plus=True)
        return self.words.kr(kr, 1 - first_digit_place(kr), plus=True)

    def cell(self, kr: float, decimals: int) -> str:
        """Return an amount [kr] as a cell in mio. kr. with its sign; 0 without decimals where it is nothing."""
        if is_nothing(kr):
            return self.words.noted(kr if isinstance(kr, Quantity) else NOTHING, self.words.number(0))
        return self.words.number(kr / MIO, decimals, plus=True)

    def heading(self, column: Column) -> str:
        """Return the heading of a column of years: its year, or what it adds up."""
        return column.heading if column.heading.isdigit() else self.say(f"consequences.{column.heading}")

    def percent(self, share: float) -> str:
        """Return a share without sign, with one decimal below twenty per cent where it is not whole."""
        hundredths = round(abs(share) * 100, 1)
        return self.words.share(abs(share), 1 if hundredths < 20 and not hundredths.is_integer() else 0)

    def number(self, value: float) -> str:
        """Return a number with the decimals that it needs, at most four, and no idle zeros."""
        for decimals in range(5):
            if abs(round(value, decimals) - value) <= abs(value) * 0.005:
                return self.words.number(value, decimals)
        return self.words.number(value, 4)
