"""The arithmetic of demand: when a spell ends and when a conversation falls due, in whole numbers.

Each rule is written once, for one number or for an array of them: the readable way of drawing demand gives it columns,
the compiled one gives it scalars. A position counts 2**32 to a conversation.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import DAYS_A_WEEK, WEEKDAYS_A_WEEK
from simulator.streams import WORD_RANGE

Whole = TypeVar("Whole", int, np.int64, npt.NDArray[np.int64])
"""A whole number, or an array of them."""
Unsigned = TypeVar("Unsigned", int, np.uint64, npt.NDArray[np.uint64])
"""The same without a sign, for products of two words."""


def still_running(word: Unsigned, alive: Unsigned) -> Unsigned:
    """Return the survivors of 2**32 at which a spell ends: even between none and those alive at its present age.

    Args:
        word: Word of the exit, unsigned.
        alive: Spells of 2**32 still running at the present age, unsigned.
    """
    return word * alive >> 32  # type: ignore[return-value]  # numpy names the result of a shift loosely


def weekday_from(day: Whole) -> Whole:
    """Return the day itself, or the Monday after where it lies in a weekend. Day 0 is a Monday."""
    of_week = day % DAYS_A_WEEK
    return day + (of_week >= WEEKDAYS_A_WEEK) * (DAYS_A_WEEK - of_week)


def moved_on(position: Whole, per_tick: int, ticks: Whole) -> Whole:
    """Return the position after some ticks of the contact clock."""
    return position + per_tick * ticks


def whole_conversations(position: Whole) -> Whole:
    """Return how many conversations have fallen due by a position."""
    return position >> 32


def part_of_a_conversation(position: Whole) -> Whole:
    """Return the position counted from the last conversation that fell due."""
    return position & (WORD_RANGE - 1)


def ticks_until(number: int, position: Whole, per_tick: int) -> Whole:
    """Return after how many ticks the conversation of a number, counted from 1, falls due.

    Args:
        number: Number of the conversation after the position.
        position: Position before the first tick, below 2**32.
        per_tick: What a tick moves on, above 0.
    """
    return ((number << 32) - position + (per_tick - 1)) // per_tick


def is_owed(due_day: Whole, exit_day: Whole, days: int) -> Whole:
    """Return whether a conversation falls due: on a simulated day, and before the person leaves."""
    return (due_day < days) & (due_day < exit_day)  # type: ignore[return-value]  # yes or no  # truths, as many as days


def had_one_before(phase: Whole, moved: Whole) -> Whole:
    """Return whether a conversation fell due before the first simulated day.

    Args:
        phase: Position on the first simulated day.
        moved: How far the person's position moved from the beginning of the spell to that day.
    """
    return moved > phase  # type: ignore[return-value]  # yes or no  # truths, as many as numbers


def had_before(phase: Whole, moved: Whole) -> Whole:
    """Return how many conversations fell due before the first simulated day; arguments as of `had_one_before`."""
    return (moved - phase + (WORD_RANGE - 1)) * (moved > phase) >> 32
