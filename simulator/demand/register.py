"""The register: who is in which group, since when and until when. Drawn anew in each replication."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import Span
from simulator.demand.spells import Survival
from simulator.demand.stocks import Inflow
from simulator.streams import (
    WORD_CARRIER,
    WORD_ELAPSED,
    WORD_EXIT,
    Key,
    Purpose,
    counters_of,
    philox_arrays,
    stock_of,
    threshold,
)

IntArray = npt.NDArray[np.int64]
ENTRANTS_A_DAY = 4096
"""Room in a person's number for those who enter one municipality and group on one day."""


@dataclass(frozen=True)
class Register:
    """Persons, sorted by place, group and number. All arrays have shape (person,).

    A person's number depends on the person alone: the stock is counted from 0; who comes in later has
    4096 x ordinal of the day + running number of that day.

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


def draw_register(
    groups: list[tuple[int, Survival, Inflow]], places: tuple[str, ...], span: Span, key: Key, carry_share: float
) -> Register:
    """Return the persons of a replication.

    Args:
        groups: For each group its index, survival and persons.
        places: Municipality codes of the run.
        span: The simulated days.
        key: Key of the replication.
        carry_share: Share of persons whose contact clock runs on through a planned closure [0-1].
    """
    parts = []
    for place, code in enumerate(places):
        for group, survival, inflow in groups:
            row = inflow.codes.index(code)
            number, entry = _numbers(inflow.stock[row], inflow.entering[row], span)
            parts.append(_persons((place, int(code), group), survival, number, entry, key))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    carrier = columns.pop() < threshold(carry_share)
    at_place, of_group, stock_number, number, start, entry, left = columns
    return Register(at_place, of_group, stock_number, number, start, entry, left, carrier)


def _numbers(stock: int, entering: IntArray, span: Span) -> tuple[IntArray, IntArray]:
    """Return number and entry day of the persons of one place and group."""
    day = np.repeat(np.arange(len(entering)), entering)
    first_of_day = np.concatenate([[0], np.cumsum(entering)[:-1]])
    running = np.arange(len(day)) - first_of_day[day]
    number = np.concatenate([np.arange(stock), (span.first + day) * ENTRANTS_A_DAY + running])
    return number, np.concatenate([np.zeros(stock, dtype=np.int64), day])


def _persons(
    where: tuple[int, int, int], survival: Survival, number: IntArray, entry: IntArray, key: Key
) -> tuple[IntArray, ...]:
    place, code, group = where
    stock_number = stock_of(code, group)
    word = philox_arrays(*counters_of(stock_number, number, Purpose.ELAPSED), key=key)
    age = np.where(entry == 0, survival.elapsed(word[WORD_ELAPSED]), 0)
    start = entry - age
    left = start + survival.age_at_exit(age, word[WORD_EXIT])
    same = np.full(len(number), place), np.full(len(number), group), np.full(len(number), stock_number)
    return *same, number, start, entry, left, word[WORD_CARRIER].astype(np.int64)
