"""Counts: what the outcomes of both arms add up to, in whole conversations.

One joint table: (baseline: form or not held) x (proposal: form or not held) x segment x place x type x group x spell
class; and one table an arm of what fell due, was held, missed, lapsed, was cancelled or waits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import DAYS_A_WEEK, Span, spell_class_weeks
from simulator.delivery import rules
from simulator.delivery.outcome import NOT_SIMULATED, Outcome
from simulator.demand import Demand, office_kind_of
from simulator.facts.read import words

IntArray = npt.NDArray[np.int64]

NOT_HELD = rules.NO_FORM
"""Fourth entry of the form axes of the joint table, after physical, phone and video."""
FORMS = rules.NO_FORM + 1
"""Physical, phone, video, none."""
BASES = rules.VOLUNTARY + 1
CELL_AXES = ("segment", "place", "type", "group", "spell_class")
"""When, where and for whom: the axes that every table of conversations ends with."""
"""Attended, exception, choice, ordered, voluntary."""

STATES = (
    "due",
    "held",
    "no_show",
    "lapsed",
    "cancelled_rule",
    "cancelled_replaced",
    "cancelled_tries",
    "waiting_start",
    "waiting_end",
    "held_later",
)
_STATE_OF = {
    rules.HELD: "held",
    rules.LAPSED: "lapsed",
    rules.CANCELLED_RULE: "cancelled_rule",
    rules.CANCELLED_REPLACED: "cancelled_replaced",
    rules.CANCELLED_TRIES: "cancelled_tries",
}


@dataclass(frozen=True)
class Cells:
    """A sparse table of counts.

    Attributes:
        axes: Name of each axis.
        shape: Length of each axis.
        code: Flat index of the cells that are not 0, ascending.
        total: Whole number in each, summed over replications.
        replications: How many replications were summed; every number given out is the mean over them.
    """

    axes: tuple[str, ...]
    shape: tuple[int, ...]
    code: IntArray
    total: IntArray
    replications: int = 1

    @property
    def count(self) -> npt.NDArray[np.float64]:
        """Mean of each cell over the replications."""
        return self.total / self.replications

    @classmethod
    def of(cls, axes: tuple[str, ...], shape: tuple[int, ...], index: tuple[IntArray, ...]) -> Cells:
        """Count how often each combination of indices occurs."""
        code, count = np.unique(np.ravel_multi_index(index, shape), return_counts=True)
        return cls(axes, shape, code.astype(np.int64), count.astype(np.int64))

    def plus(self, other: Cells) -> Cells:
        """Return the sum of two tables of the same axes, as of more replications."""
        code, position = np.unique(np.concatenate([self.code, other.code]), return_inverse=True)
        total = np.zeros(len(code), dtype=np.int64)
        np.add.at(total, position, np.concatenate([self.total, other.total]))
        return Cells(self.axes, self.shape, code, total, self.replications + other.replications)

    def only(self, axis: str, wanted: npt.NDArray[np.bool_]) -> Cells:
        """Return the cells whose index on an axis is wanted, shape (length of the axis,)."""
        kept = wanted[self.column(axis)]
        return Cells(self.axes, self.shape, self.code[kept], self.total[kept], self.replications)

    def column(self, axis: str) -> IntArray:
        """Return the index on an axis of each cell, shape (cell,)."""
        return np.unravel_index(self.code, self.shape)[self.axes.index(axis)].astype(np.int64)

    def dense(self, *axes: str) -> npt.NDArray[np.float64]:
        """Return the counts summed to some axes, in their order."""
        shape = tuple(self.shape[self.axes.index(axis)] for axis in axes)
        flat = np.ravel_multi_index(tuple(self.column(axis) for axis in axes), shape)
        total = np.zeros(int(np.prod(shape)), dtype=np.int64)
        np.add.at(total, flat, self.total)
        return (total / self.replications).reshape(shape)


@dataclass(frozen=True)
class Counts:
    """Everything that is counted in a replication, or the mean of several.

    Attributes:
        joint: Conversations that fell due in either arm, by form in both.
        arms: What happened in each arm.
        basis: Conversations of the baseline held inside the period, by why they had their form.
        office_minutes: Caseworker minutes over the simulated days, shape (arm, office kind, place).
        office_waits: Conversations due inside the period and held, and the days that they waited, shape
            (arm, office kind, place, 2).
        last_days: Last simulated day of each municipality, shape (place,).
        met: Whether the queues of both arms had met by then, shape (place,).
    """

    joint: Cells
    arms: tuple[Cells, ...]
    basis: Cells
    office_minutes: npt.NDArray[np.float64]
    office_waits: npt.NDArray[np.float64]
    last_days: IntArray
    met: npt.NDArray[np.bool_]

    @property
    def worked_minutes(self) -> npt.NDArray[np.float64]:
        """Caseworker minutes over the simulated days, shape (arm, office kind)."""
        minutes: npt.NDArray[np.float64] = self.office_minutes.sum(axis=-1)
        return minutes

    @property
    def days_waited(self) -> npt.NDArray[np.float64]:
        """Days from due to held of conversations due inside the period, summed, shape (arm,)."""
        waited: npt.NDArray[np.float64] = self.office_waits[..., 1].sum(axis=(1, 2))
        return waited


@dataclass(frozen=True)
class Fate:
    """The outcomes of one arm in one array each, shape (conversation,)."""

    state: IntArray
    closed: IntArray
    form: IntArray
    basis: IntArray
    due: IntArray
    place: IntArray
    type_index: IntArray
    group: IntArray
    start: IntArray
    key: IntArray

    def spell_class(self, day: IntArray) -> IntArray:
        """Return the spell class on a day."""
        return spell_class_of(day - self.start)


def spell_class_of(age: IntArray) -> IntArray:
    """Return the spell class of ages [days]."""
    edges = np.array(spell_class_weeks()) * DAYS_A_WEEK
    return np.searchsorted(edges, np.maximum(age, 0), side="right").astype(np.int64) - 1


def fate_of(demand: Demand, outcomes: list[Outcome]) -> Fate:
    """Join the outcomes of all municipalities of an arm."""
    register, due = demand.register, demand.due
    place = register.place[due.person]
    last = np.array([outcome.last_day for outcome in outcomes], dtype=np.int64)[place]
    state = _joined([outcome.state for outcome in outcomes])
    key = np.ravel_multi_index(
        (due.person, due.type_index, due.number), (len(register) + 1, len(words()["types"]), 1 << 12)
    )
    return Fate(
        state=np.where(due.day > last, NOT_SIMULATED, state),
        closed=_joined([outcome.closed for outcome in outcomes]),
        form=_joined([outcome.form for outcome in outcomes]),
        basis=_joined([outcome.basis for outcome in outcomes]),
        due=due.day,
        place=place,
        type_index=due.type_index,
        group=register.group[due.person],
        start=register.start[due.person],
        key=key.astype(np.int64),
    )


def _joined(parts: list[list[int]]) -> IntArray:
    return np.concatenate([np.array(part, dtype=np.int64) for part in parts])


def _cell_shape(span: Span, places: int) -> tuple[int, ...]:
    """Return the lengths of `CELL_AXES`."""
    return len(span.segments), places, len(words()["types"]), len(words()["groups"]), len(spell_class_weeks())


def joint_cells(fates: tuple[Fate, Fate], span: Span, places: int) -> Cells:
    """Return the joint table. Segment and spell class are those of the proposal where it holds the conversation."""
    fates = (_and_nobody(fates[0]), _and_nobody(fates[1]))
    keys = np.union1d(fates[0].key[fates[0].state != NOT_SIMULATED], fates[1].key[fates[1].state != NOT_SIMULATED])
    forms, rows = [], []
    for fate in fates:
        row = _rows(fate, keys)
        held = (row >= 0) & (fate.state[row] == rules.HELD)
        forms.append(np.where(held, fate.form[row], NOT_HELD))
        rows.append(row)
    proposal_leads = (rows[0] < 0) | (forms[1] != NOT_HELD)
    columns = [_lead_columns(fates[arm], rows[arm], span) for arm in (0, 1)]
    chosen = [np.where(proposal_leads, columns[1][at], columns[0][at]) for at in range(len(columns[0]))]
    axes = ("baseline", "proposal", *CELL_AXES)
    return Cells.of(axes, (FORMS, FORMS, *_cell_shape(span, places)), (forms[0], forms[1], *chosen))


def _and_nobody(fate: Fate) -> Fate:
    """Return the outcomes with a last row that was never simulated; without it an arm could be empty."""
    last = {"key": np.iinfo(np.int64).max, "state": NOT_SIMULATED}
    return Fate(**{name: np.append(column, last.get(name, 0)) for name, column in vars(fate).items()})


def _rows(fate: Fate, keys: IntArray) -> IntArray:
    """Return the row of each key in an arm, -1 where it did not fall due there."""
    order = np.argsort(fate.key, kind="stable")
    position = np.minimum(np.searchsorted(fate.key[order], keys), len(order) - 1)
    row = order[position]
    return np.where((fate.key[row] == keys) & (fate.state[row] != NOT_SIMULATED), row, -1)


def _lead_columns(fate: Fate, row: IntArray, span: Span) -> tuple[IntArray, ...]:
    day = np.where(fate.state == rules.HELD, fate.closed, fate.due)
    segment = span.segment_of_day[np.minimum(day, span.days - 1)]
    return segment[row], fate.place[row], fate.type_index[row], fate.group[row], fate.spell_class(day)[row]


def arm_cells(fate: Fate, outcomes: list[Outcome], span: Span, places: int) -> Cells:
    """Return what happened in an arm, by state, form, segment, place, type, group and spell class.

    `due`, `held`, `lapsed`, `cancelled_*` and `no_show` stand in the segment of their day; `waiting_start` and
    `waiting_end` are the queues before and after the period; `held_later` is what waited then and was held after it.
    """
    real = fate.state != NOT_SIMULATED
    parts = [_part(fate, np.nonzero(real)[0], "due", fate.due, span)]
    for state, name in _STATE_OF.items():
        parts.append(_part(fate, np.nonzero(fate.state == state)[0], name, fate.closed, span))
    waiting_start = real & (fate.due < span.period_from) & (fate.closed >= span.period_from)
    waiting_end = real & (fate.due <= span.period_to) & (fate.closed > span.period_to)
    parts.append(_part(fate, np.nonzero(waiting_start)[0], "waiting_start", np.full(len(real), span.period_from), span))
    parts.append(_part(fate, np.nonzero(waiting_end)[0], "waiting_end", np.full(len(real), span.period_to), span))
    later = waiting_end & (fate.state == rules.HELD)
    parts.append(_part(fate, np.nonzero(later)[0], "held_later", np.full(len(real), span.period_to), span))
    parts.append(_missed(fate, outcomes, span))
    index = tuple(np.concatenate(column) for column in zip(*parts, strict=True))
    return Cells.of(("state", "form", *CELL_AXES), (len(STATES), FORMS, *_cell_shape(span, places)), index)


def basis_cells(fate: Fate, span: Span, places: int) -> Cells:
    """Return the conversations of an arm held inside the period, by why they had their form."""
    inside = (fate.closed >= span.period_from) & (fate.closed <= span.period_to)
    rows = np.nonzero((fate.state == rules.HELD) & inside)[0]
    shape = (BASES, places, len(words()["types"]), len(words()["groups"]))
    index = (fate.basis[rows], fate.place[rows], fate.type_index[rows], fate.group[rows])
    return Cells.of(("basis", "place", "type", "group"), shape, index)


def waits(fate: Fate, span: Span, places: int) -> npt.NDArray[np.float64]:
    """Return conversations due inside the period and held, and the days that they waited.

    Returns:
        Conversations and days, shape (office kind, place, 2).
    """
    rows = (fate.state == rules.HELD) & (fate.due >= span.period_from) & (fate.due <= span.period_to)
    kind = np.array([office_kind_of(index) for index in range(len(words()["types"]))])[fate.type_index[rows]]
    shape = (len(words()["office_kinds"]), places)
    office = np.ravel_multi_index((kind, fate.place[rows]), shape)
    days = (fate.closed - fate.due)[rows].astype(np.float64)
    size = shape[0] * shape[1]
    counted = [np.bincount(office, minlength=size), np.bincount(office, weights=days, minlength=size)]
    return np.stack([number.astype(np.float64).reshape(shape) for number in counted], axis=-1)


def _part(fate: Fate, rows: IntArray, state: str, day: IntArray, span: Span) -> tuple[IntArray, ...]:
    form = fate.form[rows] if state in ("held", "held_later") else np.full(len(rows), rules.NO_FORM)
    return _cells_of(fate, rows, STATES.index(state), form, day[rows], span)


def _missed(fate: Fate, outcomes: list[Outcome], span: Span) -> tuple[IntArray, ...]:
    offset = np.concatenate([[0], np.cumsum([len(outcome.state) for outcome in outcomes])])
    missed = [
        (at + int(offset[place]), day, form)
        for place, outcome in enumerate(outcomes)
        for at, day, form in outcome.no_shows
    ]
    rows, day, form = np.array(missed, dtype=np.int64).reshape(len(missed), len(("row", "day", "form"))).T
    return _cells_of(fate, rows, STATES.index("no_show"), form, day, span)


def _cells_of(
    fate: Fate, rows: IntArray, state: int, form: IntArray, day: IntArray, span: Span
) -> tuple[IntArray, ...]:
    return (
        np.full(len(rows), state),
        form,
        span.segment_of_day[np.minimum(day, span.days - 1)],
        fate.place[rows],
        fate.type_index[rows],
        fate.group[rows],
        spell_class_of(day - fate.start[rows]),
    )
