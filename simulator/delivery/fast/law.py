"""The rules of the arms as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.calendars import OFFICE_KINDS
from simulator.calendars.span import Span, spell_class_weeks
from simulator.delivery.attendance import Rulebook
from simulator.delivery.outcome import Conditions
from simulator.delivery.rules import SUSPENDED
from simulator.delivery.tasks import Offices
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
CALLED_OFF, OCCASIONS, CALLED_BOUNDS, TELLS_FIRST = range(8, 12)
"""More of them: threshold of what illness calls off, number of occasions, of bounds on the day of calling, and whether
some rule tells first conversations from later ones."""
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
CALLED = BOUNDS + BOUNDS_ROOM
"""Where the days stand at which a rule begins or ends that asks for the day of calling."""
CALLED_ROOM = 64
ALLOWS, CANCELS = CALLED + CALLED_ROOM, CALLED + CALLED_ROOM + 1
"""Where what each rule lets happen stands, and whether it cancels what falls due under it: every other number."""


class Law(NamedTuple):
    """What holds in each arm.

    Attributes:
        rule: Rule in force, shape (arm, set of places, day, type and group x band x occasion).
        set_of: Which set of places each place is in, shape (arm, place).
        suspends: Whether a rule suspends something, shape (arm, set of places, day).
        lists: The small tables of each arm one after the other, shape (arm, number).
        moved: How far the position of a person moves by each age of the spell, shape (arm, type and group x age);
            without ages where no rule tells first conversations from later ones.
        codes: How many types and groups occur.
    """

    rule: Int16Array
    set_of: IntArray
    suspends: BoolArray
    lists: IntArray
    moved: IntArray
    codes: int


def law_of(offices: tuple[Offices, ...], pairs: list[tuple[int, int]], span: Span) -> Law:
    """Return the rules of the arms as arrays.

    Args:
        offices: The offices of each arm.
        pairs: Each type and group that occurs, in their order.
        span: The simulated days.

    Raises:
        InputError: There are more bounds than there is room for.
    """
    books = [arm.rulebook for arm in offices]
    bands, occasions = (
        max(numbers) for numbers in zip(*((len(b.bounds) + 1, b.occasions) for b in books), strict=True)
    )
    _refuse_bounds(books)
    types, groups = (list(column) for column in zip(*pairs, strict=True))
    most = max(len(book.tables) for book in books)
    rule = np.zeros((len(books), most, span.days, len(pairs), bands, occasions), dtype=np.int16)
    suspends = np.zeros((len(books), most, span.days), dtype=np.bool_)
    for arm, book in enumerate(books):
        suspended = np.array(book.allows) == SUSPENDED
        for at, table in enumerate(book.tables):
            of_pairs = table[types, groups].transpose(3, 0, 1, 2)
            rule[arm, at, :, :, : of_pairs.shape[2], : of_pairs.shape[3]] = of_pairs
            suspends[arm, at] = suspended[table].any(axis=(0, 1, 2, 3))
    lists = np.zeros((len(books), ALLOWS + 2 * max(len(book.rules) for book in books)), dtype=np.int64)
    for arm, of_arm in enumerate(offices):
        _fill(lists[arm], of_arm.conditions, pairs, (bands, occasions))
    return Law(
        rule=rule.reshape(*rule.shape[:3], -1),
        set_of=np.array([book.table_of_place for book in books], dtype=np.int64),
        suspends=suspends,
        lists=lists,
        moved=np.stack([_moved(arm, pairs, offices) for arm in offices]),
        codes=len(pairs),
    )


def _refuse_bounds(books: list[Rulebook]) -> None:
    """Refuse more bounds than there is room for.

    Raises:
        InputError: There are.
    """
    for book in books:
        for bounds, room, what in (
            (book.bounds, BOUNDS_ROOM, "part spells at {} lengths"),
            (book.called_bounds, CALLED_ROOM, "part the days of calling at {} dates"),
        ):
            if len(bounds) > room - 1:
                raise InputError.one(f"attendance rules {what.format(len(bounds))}; allowed: {room - 1}", "rules")


def _moved(arm: Offices, pairs: list[tuple[int, int]], offices: tuple[Offices, ...]) -> IntArray:
    ages = max((len(moved) for one in offices for moved in one.moved.values()), default=0)
    found = np.zeros((len(pairs), ages), dtype=np.int64)
    for row, pair in enumerate(pairs):
        moved = arm.moved.get(pair, np.zeros(1, dtype=np.int64))
        found[row, : len(moved)] = moved
        found[row, len(moved) :] = moved[-1]
    return found.ravel()


def who_of(law: Law) -> tuple[IntArray, IntArray]:
    """Return type and group of each type and group that occurs."""
    return law.lists[0, TYPE_OF : TYPE_OF + law.codes], law.lists[0, GROUP_OF : GROUP_OF + law.codes]


def _fill(row: IntArray, arm: Conditions, pairs: list[tuple[int, int]], lengths: tuple[int, int]) -> None:
    """Write the small tables of an arm."""
    book = arm.rulebook
    appointments = (arm.video, *arm.minutes, arm.rebook_days, arm.tries, arm.volunteers)
    told_apart = (lengths[0], arm.called_off, lengths[1], len(book.called_bounds), book.tells_first)
    settings = (*appointments, any(book.cancels), *told_apart)
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
    row[CALLED : CALLED + len(book.called_bounds)] = book.called_bounds
    row[ALLOWS::2][: len(book.rules)], row[CANCELS::2][: len(book.rules)] = book.allows, book.cancels


def _lines(arm: Conditions) -> tuple[list[int], list[list[int]]]:
    """Return the queue of each type, and the queues of each office kind in the order of priority.

    Types of one office and one priority share a queue.
    """
    every = sorted(set(zip(arm.office_of_type, arm.priority, strict=True)))
    line_of = [every.index(pair) for pair in zip(arm.office_of_type, arm.priority, strict=True)]
    by_kind = [[at for at, (office, _) in enumerate(every) if office == kind] for kind in range(len(OFFICE_KINDS))]
    return line_of, by_kind
