"""Figures and their difference as they are printed: to one place, so that what is told adds up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from simulator.report.columns import decimals_of, is_nothing
from simulator.report.language import MIO, Words, rounded

SAME = Decimal(0)


@dataclass(frozen=True)
class Printed:
    """Amounts in mio. kr., told with the same decimals.

    Attributes:
        words: The language.
        decimals: Digits after the comma.
    """

    words: Words
    decimals: int

    def of(self, kr: float) -> Decimal:
        """Return an amount [kr] as it is printed [mio. kr.]."""
        return rounded(kr / MIO, self.decimals)

    def total(self, amounts: Sequence[float]) -> Decimal:
        """Return what some amounts [kr] add up to as each is printed [mio. kr.]."""
        return sum(map(self.of, amounts), SAME)

    def cell(self, mio: Decimal | None, standing_for: float = 0.0) -> str:
        """Return a change [mio. kr.] as a cell with its sign; the mark of a missing one for none.

        Args:
            mio: The change as it is printed.
            standing_for: The number behind it, which may know the run that it comes from.
        """
        written = self.words.number(None if mio is None else float(mio), self.decimals, plus=True)
        return self.words.noted(standing_for, written)

    def figure(self, kr: float) -> str:
        """Return a figure [kr] as a cell; nothing has no decimals."""
        if is_nothing(kr):
            return self.words.noted(kr, self.words.number(0))
        return self.words.number(kr / MIO, self.decimals)

    def amount(self, kr: float) -> str:
        """Return a figure [kr] with its unit."""
        return self.words.amount(self.figure(kr), "mio_kr")

    def change(self, mio: Decimal, standing_for: float = 0.0) -> str:
        """Return a change [mio. kr.] with its sign and unit; see `cell`."""
        return self.words.amount(self.cell(mio, standing_for), "mio_kr")


def printed_for(words: Words, changes: Sequence[float]) -> Printed:
    """Return how figures are printed whose changes [kr] are told: two digits of the largest."""
    return Printed(words, decimals_of(max(map(abs, changes), default=0.0)))
