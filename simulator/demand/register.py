"""The register: who is in which group and from when, built once; since when and until when, drawn each time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import Span
from simulator.demand.paces import Paces
from simulator.demand.spells import Survival
from simulator.demand.stocks import Inflow
from simulator.streams import (
    GROUPS,
    WORD_CARRIER,
    WORD_ELAPSED,
    WORD_EXIT,
    Key,
    Purpose,
    counters_of,
    philox_arrays,
    stock_of,
)

IntArray = npt.NDArray[np.int64]
ENTRANTS_A_DAY = 4096
"""Room in a person's number for those who enter one municipality and group on one day."""


@dataclass(frozen=True)
class Persons:
    """Who there is: the same in all replications. Sorted by place, group and number; arrays of shape (person,).

    A person's number depends on the person alone: the stock is counted from 0; who comes in later has
    4096 x ordinal of the day + running number of that day.

    Attributes:
        codes: Municipality code of each place of the run.
        place: Index among the places of the run.
        group: Index of the group.
        number: Number of the person in the stock.
        entry: Day index from which the person is present; 0 for the stock.
    """

    codes: tuple[int, ...]
    place: npt.NDArray[np.int16]
    group: npt.NDArray[np.int8]
    number: npt.NDArray[np.uint32]
    entry: npt.NDArray[np.int16]

    def __len__(self) -> int:
        """Number of persons."""
        return len(self.place)

    def of(self, chosen: npt.NDArray[np.bool_]) -> Persons:
        """Return some of the persons, in the same order; places keep their index."""
        place, group, number, entry = self.place, self.group, self.number, self.entry
        return Persons(self.codes, place[chosen], group[chosen], number[chosen], entry[chosen])

    @property
    def edges(self) -> IntArray:
        """First person of each place, and the number of persons, shape (place + 1,)."""
        return np.searchsorted(self.place, np.arange(len(self.codes) + 1)).astype(np.int64)


@dataclass(frozen=True)
class Register:
    """Persons and their spells in one replication. All arrays have shape (person,).

    Attributes:
        place: Index among the places of the run.
        group: Index of the group.
        stock_number: Stock number for the random key.
        number: Number of the person in the stock.
        start: Day index on which the spell began, negative for the stock.
        entry: Day index from which the person is present.
        exit: Day index from which the person has left.
        carrier: The contact clock runs on through planned closures.
    """

    place: IntArray
    group: IntArray
    stock_number: IntArray
    number: IntArray
    start: IntArray
    entry: IntArray
    exit: IntArray
    carrier: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        """Number of persons."""
        return len(self.place)


def persons_of(groups: list[tuple[int, Survival, Inflow]], places: tuple[str, ...], span: Span) -> Persons:
    """Return who there is.

    Args:
        groups: For each group its index, survival and persons.
        places: Municipality codes of the run.
        span: The simulated days.
    """
    parts = []
    for place, code in enumerate(places):
        for group, _, inflow in groups:
            row = inflow.codes.index(code)
            number, entry = _numbers(inflow.stock[row], inflow.entering[row], span)
            parts.append((np.full(len(number), place), np.full(len(number), group), number, entry))
    at_place, of_group, number, entry = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Persons(
        codes=tuple(int(code) for code in places),
        place=at_place.astype(np.int16),
        group=of_group.astype(np.int8),
        number=number.astype(np.uint32),
        entry=entry.astype(np.int16),
    )


def _numbers(stock: int, entering: IntArray, span: Span) -> tuple[IntArray, IntArray]:
    """Return number and entry day of the persons of one place and group."""
    day = np.repeat(np.arange(len(entering)), entering)
    first_of_day = np.concatenate([[0], np.cumsum(entering)[:-1]])
    running = np.arange(len(day)) - first_of_day[day]
    number = np.concatenate([np.arange(stock), (span.first + day) * ENTRANTS_A_DAY + running])
    return number, np.concatenate([np.zeros(stock, dtype=np.int64), day])


def draw_register(persons: Persons, paces: Paces, carry: int, key: Key) -> Register:
    """Return the persons with their spells of a replication.

    Args:
        persons: Who there is.
        paces: How fast persons leave, by municipality.
        carry: Threshold of the persons whose contact clock runs on through a planned closure.
        key: Key of the replication.
    """
    place, group, number, entry = (
        column.astype(np.int64) for column in (persons.place, persons.group, persons.number, persons.entry)
    )
    stock = np.array([stock_of(code, 0) for code in persons.codes], dtype=np.int64)[place] + group
    assert len(paces.survivals[0]) <= GROUPS
    word = philox_arrays(*counters_of(stock, number, Purpose.ELAPSED), key=key)
    start, left = entry.copy(), entry.copy()
    spells = np.array(paces.first_spells, dtype=np.int64)[place] + group
    for index, survival in enumerate(chain.from_iterable(paces.survivals)):
        rows = np.nonzero(spells == index)[0]
        age = np.where(entry[rows] == 0, survival.elapsed(word[WORD_ELAPSED, rows]), 0)
        start[rows] -= age
        left[rows] = start[rows] + survival.age_at_exit(age, word[WORD_EXIT, rows])
    return Register(place, group, stock, number, start, entry, left, word[WORD_CARRIER].astype(np.int64) < carry)
