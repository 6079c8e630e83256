"""The rules of the arms as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.calendars import OFFICE_KINDS
from simulator.calendars.span import Span, spell_class_weeks
from simulator.delivery.outcome import Conditions
from simulator.delivery.rules import SUSPENDED
from simulator.errors import InputError

Int16Array = npt.NDArray[np.int16]
Int32Array = npt.NDArray[np.int32]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
NEVER = 1 << 30
"""An age that nobody reaches."""


CODES = 256
"""Room for the types and groups that occur; they are numbered, in the order of type and group."""
VIDEO, PHYSICAL_MINUTES, DIGITAL_MINUTES, REBOOK_DAYS, TRIES, VOLUNTEERS, ANY_CANCELS, BANDS = range(8)
"""Settings of an arm: thresholds, minutes, days, appointments, whether some rule cancels, number of spell bands."""
LINE_OF = 16
"""Where the queue of each type and group stands."""
TYPE_OF, GROUP_OF, CELL, NO_SHOW_PHYSICAL, NO_SHOW_DIGITAL = (LINE_OF + CODES * at for at in range(1, 6))
"""Where type, group, first cell and the thresholds of no-show of each type and group stand."""
LINES = LINE_OF + CODES * 6
"""Where the queues of each office kind stand in the order of priority, -1 where there are no more."""
LINES_A_KIND = 32
BOUNDS = LINES + LINES_A_KIND * 8
"""Where the ages stand at which a spell band ends."""
BOUNDS_ROOM = 256
ALLOWS, CANCELS = BOUNDS + BOUNDS_ROOM, BOUNDS + BOUNDS_ROOM + 1
"""Where what each rule lets happen stands, and whether it cancels what falls due under it: every other number."""


class Law(NamedTuple):
    """What holds in each arm.

    Attributes:
        rule: Rule in force, shape (arm, set of places, day, type and group x band).
        set_of: Which set of places each place is in, shape (arm, place).
        suspends: Whether a rule suspends something, shape (arm, set of places, day).
        lists: The small tables of each arm one after the other, shape (arm, number).
        codes: How many types and groups occur.
    """

    rule: Int16Array
    set_of: IntArray
    suspends: BoolArray
    lists: IntArray
    codes: int


def law_of(conditions: list[Conditions], pairs: list[tuple[int, int]], span: Span) -> Law:
    """Return the rules of the arms as arrays.

    Args:
        conditions: What each arm has in common for all municipalities.
        pairs: Each type and group that occurs, in their order.
        span: The simulated days.

    Raises:
        InputError: There are more spell bands than there is room for.
    """
    books = [arm.rulebook for arm in conditions]
    sets = [np.array(book.tables).transpose(0, 4, 1, 2, 3) for book in books]
    most, bands = max(len(table) for table in sets), max(table.shape[4] for table in sets)
    if bands >= BOUNDS_ROOM:
        raise InputError.one(
            f"attendance rules part spells at {bands - 1} lengths; allowed: {BOUNDS_ROOM - 2}", "rules"
        )
    types, groups = (list(column) for column in zip(*pairs, strict=True))
    rule = np.zeros((len(sets), most, span.days, len(pairs), bands), dtype=np.int16)
    suspends = np.zeros((len(sets), most, span.days), dtype=np.bool_)
    for arm, (book, table) in enumerate(zip(books, sets, strict=True)):
        rule[arm, : len(table), :, :, : table.shape[4]] = table[:, :, types, groups]
        suspends[arm, : len(table)] = (np.array(book.allows)[table] == SUSPENDED).any(axis=(2, 3, 4))
    lists = np.zeros((len(sets), ALLOWS + 2 * max(len(book.rules) for book in books)), dtype=np.int64)
    for arm, of_arm in enumerate(conditions):
        _fill(lists[arm], of_arm, pairs, bands)
    return Law(
        rule=rule.reshape(*rule.shape[:3], len(pairs) * bands),
        set_of=np.array([book.table_of_place for book in books], dtype=np.int64),
        suspends=suspends,
        lists=lists,
        codes=len(pairs),
    )


def who_of(law: Law) -> tuple[IntArray, IntArray]:
    """Return type and group of each type and group that occurs."""
    return law.lists[0, TYPE_OF : TYPE_OF + law.codes], law.lists[0, GROUP_OF : GROUP_OF + law.codes]


def _fill(row: IntArray, arm: Conditions, pairs: list[tuple[int, int]], bands: int) -> None:
    """Write the small tables of an arm."""
    book = arm.rulebook
    settings = (arm.video, *arm.minutes, arm.rebook_days, arm.tries, arm.volunteers, any(book.cancels), bands)
    row[: len(settings)] = settings
    line_of, lines = _lines(arm)
    for code, (type_index, group) in enumerate(pairs):
        row[LINE_OF + code], row[CELL + code] = line_of[type_index], code * len(spell_class_weeks())
        row[TYPE_OF + code], row[GROUP_OF + code] = type_index, group
        row[NO_SHOW_PHYSICAL + code], row[NO_SHOW_DIGITAL + code] = arm.no_show[type_index][group]
    for kind, found in enumerate(lines):
        row[LINES + LINES_A_KIND * kind : LINES + LINES_A_KIND * (kind + 1)] = -1
        row[LINES + LINES_A_KIND * kind :][: len(found)] = found
    row[BOUNDS : BOUNDS + BOUNDS_ROOM] = NEVER
    row[BOUNDS : BOUNDS + len(book.bounds)] = book.bounds
    row[ALLOWS::2][: len(book.rules)], row[CANCELS::2][: len(book.rules)] = book.allows, book.cancels


def _lines(arm: Conditions) -> tuple[list[int], list[list[int]]]:
    """Return the queue of each type, and the queues of each office kind in the order of priority.

    Types of one office and one priority share a queue.
    """
    every = sorted(set(zip(arm.office_of_type, arm.priority, strict=True)))
    line_of = [every.index(pair) for pair in zip(arm.office_of_type, arm.priority, strict=True)]
    by_kind = [[at for at, (office, _) in enumerate(every) if office == kind] for kind in range(len(OFFICE_KINDS))]
    return line_of, by_kind
