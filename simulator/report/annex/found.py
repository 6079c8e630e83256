"""What the parts of the annex read from the run: priors, values of information and sizes of a trial, with words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from simulator.report.blocks import foreign
from simulator.report.columns import is_nothing
from simulator.report.informed import checked, number_in, priors_of, titled
from simulator.report.language import MIO, Words, first_digit_place
from simulator.report.reading import Row, quantity
from simulator.report.sections.telling import SMALL_KR, Telling
from simulator.report.sections.values import is_fitted, span

HORIZON = "decision.horizon_years"
LARGE_MIO = 999.5
"""From this size on amounts are whole millions."""
NEAR = 0.005
"""A chance this near to nothing or certainty would be printed as that."""
MOST_DIGITS = 4
"""Decimals of a standard error."""
LEAST_MIO = 5e-7
"""Less is no worth [mio. kr.]: half a krone."""


@dataclass(frozen=True)
class Found:
    """The run as the annex reads it.

    Attributes:
        telling: The run being told.
    """

    telling: Telling

    @property
    def words(self) -> Words:
        """The language."""
        return self.telling.words

    def rows(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a table, checked; none where the run has no such table."""
        return checked(self.telling.run, name)

    @cached_property
    def priors(self) -> list[str]:
        """What is believed beforehand, by name, in the order of the tables."""
        return priors_of(self.telling.run, "voi", "trial_worth", "trial_sizes")

    @cached_property
    def _voi(self) -> dict[tuple[str, str, str], Row]:
        return {(row["measure"], row["subject"], row["prior"]): row for row in self.rows("voi")}

    def voi(self, measure: str, subject: str, prior: str) -> Row | None:
        """Return a row of the values of information; None where there is none."""
        return self._voi.get((measure, subject, prior))

    def subjects(self, measure: str) -> list[str]:
        """Return what a measure is told of, in the order of the table."""
        return list(dict.fromkeys(subject for kind, subject, _ in self._voi if kind == measure))

    def worth(self, measure: str, subject: str) -> list[float]:
        """Return what it is worth a year to know something, one number for each prior [mio. kr.]."""
        rows = (self.voi(measure, subject, prior) for prior in self.priors)
        return [value for row in rows if (value := number_in(row, "a_year_mio_kr")) is not None]

    def most_telling(self, measure: str, most: int) -> list[str]:
        """Return what it is worth most to know under any prior, the most first; nothing that is worth nothing."""
        worth = {subject: max(self.worth(measure, subject), default=0.0) for subject in self.subjects(measure)}
        told = [subject for subject, value in worth.items() if value >= LEAST_MIO]
        return sorted(told, key=lambda subject: -worth[subject])[:most]

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of the annex."""
        return self.words.text(f"information.{key}", **values)

    def name(self, key: str) -> str:
        """Return what an assumption is called; its key, as it is typed, where the language has no word for it."""
        return self.words.key_name(key) or f"`{foreign(key)}`"

    def prior(self, name: str) -> str:
        """Return what a prior is called."""
        return titled(self.words, self.telling.run, "priors", name)

    def option(self, name: str) -> str:
        """Return what an option is called."""
        return titled(self.words, self.telling.run, "options", name)

    def values_of(self, key: str) -> list[Row]:
        """Return the values that a key stands for, or all below it."""
        rows = self.telling.run.table("assumptions")
        return [row for row in rows if row["value"] and (row["key"] == key or row["key"].startswith(f"{key}."))]

    def told(self, rows: Sequence[Row], *columns: str, unit: bool) -> str:
        """Return the lowest and the highest number of some columns; the mark of a missing one where there is none."""
        if any(is_fitted(self.telling, row) for row in rows) and "value" in columns:
            return self.telling.say("annex.not_told")
        numbers = [quantity(row, column) for row in rows for column in columns if row.get(column)]
        units = {row["unit"] for row in rows}
        return span(self.telling, numbers, units.pop(), unit) if numbers and len(units) == 1 else self.missing

    def size(self, mio: float) -> str:
        """Return the size of an amount [mio. kr.] in a sentence, without sign; a small one in kroner."""
        kr = abs(mio) * MIO
        if is_nothing(kr):
            return self.words.kr(kr)
        if kr < SMALL_KR:
            return self.words.kr(kr, 1 - first_digit_place(kr))
        return self.words.mio_kr(kr, decimals(kr / MIO))

    def between(self, numbers: Sequence[float]) -> str:
        """Return the least and the largest of some amounts [mio. kr.]; one where they are written alike."""
        low, high = min(numbers), max(numbers)
        told = [self.size(low), self.size(high)]
        if high - low < LEAST_MIO:
            return told[1]
        return self.say("between", low=told[0], high=told[1])

    def cell(self, row: Row | None, column: str, places: int, error: str = "") -> str:
        """Return an amount of a row [mio. kr.] as a cell, with its standard error in brackets; empty where none is."""
        value, beside = number_in(row, column), number_in(row, error) if error else None
        if value is None:
            return ""
        if is_nothing(value * MIO) and not beside:
            return self.words.noted(value, self.words.number(0))
        told = self.words.number(value, places)
        if beside is None:
            return told
        digits = min(max(places, -first_digit_place(beside)), MOST_DIGITS) if beside else places
        return self.say("with_error", number=told, error=self.words.number(beside, digits))

    def chance(self, share: float) -> str:
        """Return a chance in per cent; one that is near nothing or certainty, and neither, is said to be so."""
        if share in (0.0, 1.0) or NEAR <= share <= 1 - NEAR:
            return self.words.share(share)
        return self.words.noted(share, self.say("chance_under" if share < NEAR else "chance_over"))

    @property
    def missing(self) -> str:
        """The mark of a missing number."""
        return self.words.number(None)

    def listed(self, items: Iterable[str]) -> str:
        """Return names as a list in a sentence."""
        return self.words.listed(self.words.quoted(item) for item in items)


def decimals(most_mio: float) -> int:
    """Return the decimals in which amounts up to a size [mio. kr.] are told: two digits of the largest."""
    size = abs(most_mio)
    return 0 if size >= LARGE_MIO else 1 if size >= 0.95 else 2 if size >= 0.095 else 3
