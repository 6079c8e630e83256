"""One reason for which some offices are closed on some days: the unit that every layer delivers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

BoolArray: TypeAlias = NDArray[np.bool_]
DayClass = Literal[
    "weekday",
    "legal_holiday",
    "weekend",
    "customary_closure",
    "closure_week",
    "planned_closure",
    "unplanned_closure",
]

OFFICE_KINDS = ("jobcentre", "a_kasse", "rehabilitation_team")
# Where several reasons meet on one day, the first of this order names the day; all are kept.
ORDER: tuple[DayClass, ...] = (
    "legal_holiday",
    "weekend",
    "customary_closure",
    "closure_week",
    "planned_closure",
    "unplanned_closure",
    "weekday",
)


@dataclass(frozen=True, eq=False)
class Closing:
    """A reason, and the office kinds, places and days that it concerns.

    Attributes:
        day_class: Layer that it belongs to; `weekday` for a note that closes nothing (a half day).
        reason: Words for the ledger.
        source: Id of `facts/sources.yaml`, `scenario`, `definition` or `none-found`.
        office_kinds: Concerned or not, shape (office kind,).
        places: Concerned or not, shape (place,).
        days: Concerned or not, shape (day,).
    """

    day_class: DayClass
    reason: str
    source: str
    office_kinds: BoolArray
    places: BoolArray
    days: BoolArray

    @property
    def closes(self) -> bool:
        """Whether no conversations are held on its days."""
        return self.day_class != "weekday"

    @property
    def stops_clock(self) -> bool:
        """Whether the contact clock stops: every closing but an unplanned one, in which conversations wait."""
        return self.closes and self.day_class != "unplanned_closure"

    def cells(self) -> tuple[NDArray[np.intp], ...]:
        """Return an index of the (office kind, place, day) block that it concerns."""
        return np.ix_(*(np.flatnonzero(axis) for axis in (self.office_kinds, self.places, self.days)))


@dataclass(frozen=True)
class Frame:
    """The axes of a calendar: office kinds, places and days.

    Attributes:
        first: Ordinal of day 0.
        days: Number of days.
        places: Municipality codes.
        office_kinds: Kinds of office.
    """

    first: int
    days: int
    places: tuple[str, ...]
    office_kinds: tuple[str, ...] = OFFICE_KINDS

    def no_days(self) -> BoolArray:
        """Return a mask of days with none chosen, shape (day,)."""
        return np.zeros(self.days, dtype=np.bool_)

    def days_between(self, from_ordinal: int | None, to_ordinal: int | None) -> BoolArray:
        """Return a mask of the days from a day to a day, both included; None is an open end."""
        chosen = self.no_days()
        low = 0 if from_ordinal is None else max(0, from_ordinal - self.first)
        high = self.days if to_ordinal is None else max(0, to_ordinal - self.first + 1)
        chosen[low:high] = True
        return chosen

    def kinds_in(self, names: tuple[str, ...]) -> BoolArray:
        """Return a mask of the office kinds named; no names means all."""
        return np.array([not names or kind in names for kind in self.office_kinds], dtype=np.bool_)

    def places_in(self, codes: tuple[str, ...]) -> BoolArray:
        """Return a mask of the places named by code; no codes means all."""
        return np.array([not codes or place in codes for place in self.places], dtype=np.bool_)
