"""Who is taken into a trial, and when: new spells whose first conversation falls due on an open day of the intake.

The calendar is that of the jobcentres under the rules of the control arm: holidays and closure weeks take nobody in,
and who is called then is taken in on the next open day. While the national incidence is too high nobody is; whose first
conversation falls then is lost to the trial. Whether somebody takes part is a keyed draw that hangs on no order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.calendars import OFFICE_KINDS
from simulator.delivery.lives import NEVER, Lives
from simulator.pipeline import World
from simulator.streams import (
    WORD_ASSIGNED,
    WORD_CONTAMINATED,
    WORD_JOB,
    WORD_LOST,
    WORD_PICKED,
    WORD_TAKES_PART,
    Key,
    Purpose,
    counters_of,
    philox_arrays,
    stock_of,
    threshold,
)
from simulator.uncertainty.trials.terms import Terms

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]
OF_PERSONS, OF_FOLLOWING, OF_PLACES = range(3)
"""Numbers of the draws of a trial, as `streams.Purpose.TRIAL` lists them."""


@dataclass(frozen=True)
class Window:
    """When and where a trial takes persons in; the same in all replications. Days are indices of the simulated days.

    Attributes:
        first: Ordinal of day 0.
        codes: Municipality codes of the run.
        opens: First open day on or after a day, NEVER where there is none, shape (place, day).
        admits: Whether anybody is taken in on a day, shape (day,).
        places: Whether a place takes part, shape (place,).
        groups: Whether a group takes part, shape (group,).
    """

    first: int
    codes: tuple[int, ...]
    opens: IntArray
    admits: BoolArray
    places: BoolArray
    groups: BoolArray


@dataclass(frozen=True)
class Enrolled:
    """Who takes part in one replication, by the day of intake; arrays of shape (person,) unless it is said.

    Attributes:
        place: Index of the municipality.
        day: Day of intake.
        stays: Days from intake until she leaves, under the rules of each arm, shape (arm, person).
        digital: Share of her conversations that is held by phone or video, shape (arm, person).
        changed: Conversations held digitally under the treated arm's rules beyond those under the control's.
        job: Whether she leaves into employment, when she leaves.
        assigned: Word of the draw of arms.
        contaminated: Word that says whether she is met as the other arm is.
        lost: Word that says whether she is followed to the end.
        picked: Word by which some are taken before others.
    """

    place: IntArray
    day: IntArray
    stays: IntArray
    digital: FloatArray
    changed: FloatArray
    job: BoolArray
    assigned: IntArray
    contaminated: IntArray
    lost: IntArray
    picked: IntArray

    def __len__(self) -> int:
        """Number of persons."""
        return len(self.place)


def window_of(world: World, terms: Terms) -> Window:
    """Return when and where the trial of a scenario takes persons in."""
    span, incidence = world.span, world.setting.outbreak.incidence
    admits = np.zeros(span.days, dtype=np.bool_)
    admits[terms.first_day : terms.last_day + 1] = True
    if terms.stop_above_per_100k is not None and incidence is not None:
        days = np.clip(np.arange(span.days) + span.first - incidence.first, 0, len(incidence.national) - 1)
        admits &= incidence.national[days] < terms.stop_above_per_100k
    groups = np.zeros(len(world.population.groups), dtype=np.bool_)
    groups[list(terms.groups)] = True
    return Window(
        first=span.first,
        codes=tuple(int(code) for code in world.places),
        opens=next_open(world.calendars[0].open[OFFICE_KINDS.index("jobcentre")]),
        admits=admits,
        places=np.isin(np.array(world.places), np.array(terms.places)),
        groups=groups,
    )


def next_open(is_open: BoolArray) -> IntArray:
    """Return the first open day on or after each day, NEVER where there is none, shape (place, day).

    >>> next_open(np.array([[True, False, False, True, False]])).tolist() == [[0, 3, 3, 3, NEVER]]
    True
    """
    days = np.where(is_open, np.arange(is_open.shape[1]), NEVER)
    found: IntArray = np.minimum.accumulate(days[:, ::-1], axis=1)[:, ::-1].astype(np.int64)
    return found


def enrol(lives: Lives, window: Window, terms: Terms, key: Key) -> Enrolled:
    """Return who takes part in a replication, in the order of the day of intake, and by a draw within a day.

    Args:
        lives: The persons in both arms.
        window: From `window_of`.
        terms: The terms of the trial.
        key: Key of the replication.
    """
    could = (lives.begun > 0) & (lives.called < window.opens.shape[1])
    rows = np.flatnonzero(could & window.places[lives.place] & window.groups[lives.group])
    day = window.opens[lives.place[rows], lives.called[rows]]
    taken = day < NEVER
    taken &= window.admits[np.where(taken, day, 0)] & (lives.left[:, rows].min(axis=0) > day)
    rows, day = rows[taken], day[taken]
    stock = _stocks(window)[lives.place[rows]] + lives.group[rows]
    number = lives.number[rows]
    word = philox_arrays(*counters_of(stock, number, Purpose.TRIAL, 0, OF_PERSONS), key=key).astype(np.int64)
    part = word[WORD_TAKES_PART] < threshold(terms.takes_part_share)
    rows, day, stock, number, word = rows[part], day[part], stock[part], number[part], word[:, part]
    later = philox_arrays(*counters_of(stock, number, Purpose.TRIAL, 0, OF_FOLLOWING), key=key).astype(np.int64)
    order = np.lexsort((number, stock, later[WORD_PICKED], day))
    rows, day, word, later = rows[order], day[order], word[:, order], later[:, order]
    physical, digital = lives.physical[:, rows], lives.digital[:, rows]
    return Enrolled(
        place=lives.place[rows],
        day=day,
        stays=lives.left[:, rows] - day,
        digital=digital / np.maximum(physical + digital, 1),
        changed=(digital[1] - digital[0]).astype(np.float64),
        job=later[WORD_JOB] < threshold(terms.job_share),
        assigned=word[WORD_ASSIGNED],
        contaminated=word[WORD_CONTAMINATED],
        lost=word[WORD_LOST],
        picked=later[WORD_PICKED],
    )


def drawn_order(window: Window, key: Key) -> IntArray:
    """Return the place of each municipality of the trial in an order that is drawn, -1 for others, shape (place,)."""
    stock = _stocks(window)
    word = philox_arrays(*counters_of(stock, 0, Purpose.TRIAL, 0, OF_PLACES), key=key)[WORD_ASSIGNED].astype(np.int64)
    ours = np.flatnonzero(window.places)
    found = np.full(len(stock), -1, dtype=np.int64)
    found[ours[np.lexsort((stock[ours], word[ours]))]] = np.arange(len(ours))
    return found


def _stocks(window: Window) -> IntArray:
    """Return the number of the first stock of each place."""
    return np.array([stock_of(code, 0) for code in window.codes], dtype=np.int64)
