"""From the outcomes of both arms, conversation by conversation, to counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulator.calendars.span import Span
from simulator.delivery import rules
from simulator.delivery.cells import Cells, IntArray
from simulator.delivery.counts import (
    ARM_AXES,
    BASIS_AXES,
    JOINT_AXES,
    NOT_HELD,
    STATES,
    Counts,
    arm_shape,
    basis_shape,
    joint_shape,
    spell_class_of,
)
from simulator.delivery.outcome import CENSUS_END, NOT_SIMULATED, Outcome
from simulator.delivery.tasks import Offices
from simulator.demand import Demand, office_kind_of
from simulator.facts.read import words

_STATE_OF = {
    rules.HELD: "held",
    rules.LAPSED: "lapsed",
    rules.CANCELLED_RULE: "cancelled_rule",
    rules.CANCELLED_REPLACED: "cancelled_replaced",
    rules.CANCELLED_TRIES: "cancelled_tries",
    rules.CANCELLED_ILLNESS: "cancelled_illness",
}


@dataclass(frozen=True)
class Fate:
    """The outcomes of one arm in one array each, shape (conversation,)."""

    state: IntArray
    closed: IntArray
    form: IntArray
    basis: IntArray
    due: IntArray
    place: IntArray
    person: IntArray
    type_index: IntArray
    group: IntArray
    start: IntArray
    left: IntArray
    key: IntArray


def fates_of(demands: list[Demand], outcomes: tuple[list[Outcome], ...]) -> tuple[Fate, Fate]:
    """Return the outcomes of the first and the last arm."""
    fates = [fate_of(demand, found) for demand, found in zip(demands, outcomes, strict=True)]
    return fates[0], fates[-1]


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
        state=np.where((due.day > last) | (state == rules.NEVER_DUE), NOT_SIMULATED, state),
        closed=_joined([outcome.closed for outcome in outcomes]),
        form=_joined([outcome.form for outcome in outcomes]),
        basis=_joined([outcome.basis for outcome in outcomes]),
        due=due.day,
        place=place,
        person=due.person,
        type_index=due.type_index,
        group=register.group[due.person],
        start=register.start[due.person],
        left=register.exit[due.person],
        key=key.astype(np.int64),
    )


def _joined(parts: list[list[int]]) -> IntArray:
    return np.concatenate([np.array(part, dtype=np.int64) for part in parts])


def joint_cells(fates: tuple[Fate, Fate], span: Span) -> Cells:
    """Return the joint table. Segment and spell class are those of the proposal where it holds the conversation."""
    return Cells.of(JOINT_AXES, joint_shape(span), joint_rows(fates, span)[1])


def joint_rows(fates: tuple[Fate, Fate], span: Span) -> tuple[tuple[IntArray, IntArray], tuple[IntArray, ...]]:
    """Return the row of each conversation that fell due in either arm, in both, and its index in the joint table.

    The row is -1 in an arm where it did not fall due.
    """
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
    return (rows[0], rows[1]), (forms[0], forms[1], *chosen)


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
    return segment[row], fate.type_index[row], fate.group[row], spell_class_of(day - fate.start)[row]


def arm_cells(fate: Fate, outcomes: list[Outcome], span: Span, places: int) -> Cells:
    """Return what happened in an arm, by state, form, segment, place, type, group and spell class.

    `waiting_start` and `waiting_end` are the queues before and after the period; `held_later` is what waited then and
    was held after it. All other states stand in the segment of their day.
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
    parts.append(_missed(fate, "no_show", [outcome.no_shows for outcome in outcomes], span))
    parts.append(_missed(fate, "put_off", [outcome.put_off for outcome in outcomes], span))
    index = tuple(np.concatenate(column) for column in zip(*parts, strict=True))
    return Cells.of(ARM_AXES, arm_shape(span, places), index)


def basis_cells(fate: Fate, span: Span, places: int) -> Cells:
    """Return the conversations of an arm held inside the period, by why they had their form."""
    inside = (fate.closed >= span.period_from) & (fate.closed <= span.period_to)
    rows = np.nonzero((fate.state == rules.HELD) & inside)[0]
    index = (fate.basis[rows], fate.place[rows], fate.type_index[rows], fate.group[rows])
    return Cells.of(BASIS_AXES, basis_shape(places), index)


def waits(fate: Fate, span: Span, places: int) -> IntArray:
    """Return conversations due inside the period and held, and the days that they waited.

    Returns:
        Conversations and days, shape (office kind, place, 2).
    """
    rows = (fate.state == rules.HELD) & (fate.due >= span.period_from) & (fate.due <= span.period_to)
    kind = np.array([office_kind_of(index) for index in range(len(words()["types"]))])[fate.type_index[rows]]
    found = np.zeros((len(words()["office_kinds"]), places, 2), dtype=np.int64)
    np.add.at(found[..., 0], (kind, fate.place[rows]), 1)
    np.add.at(found[..., 1], (kind, fate.place[rows]), (fate.closed - fate.due)[rows])
    return found


def _part(fate: Fate, rows: IntArray, state: str, day: IntArray, span: Span) -> tuple[IntArray, ...]:
    form = fate.form[rows] if state in ("held", "held_later") else np.full(len(rows), rules.NO_FORM)
    return _cells_of(fate, rows, STATES.index(state), form, day[rows], span)


def _missed(fate: Fate, state: str, missed: list[list[tuple[int, int, int]]], span: Span) -> tuple[IntArray, ...]:
    """Return the appointments of a state, given (conversation, day, form) of those of each municipality."""
    first = np.searchsorted(fate.place, np.arange(len(missed)))
    found = [(at + int(first[place]), day, form) for place, those in enumerate(missed) for at, day, form in those]
    rows, day, form = np.array(found, dtype=np.int64).reshape(len(found), len(("row", "day", "form"))).T
    return _cells_of(fate, rows, STATES.index(state), form, day, span)


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


def counts_of(outcomes: tuple[list[Outcome], ...], demands: list[Demand], offices: list[Offices]) -> Counts:
    """Return the counts of one replication.

    Args:
        outcomes: One list an arm, with one outcome a municipality.
        demands: Demand of each arm.
        offices: Offices of each arm.
    """
    span, places = offices[0].span, len(offices[0].places)
    fates = [fate_of(demand, found) for demand, found in zip(demands, outcomes, strict=True)]
    last_days = np.array([outcome.last_day for outcome in outcomes[0]], dtype=np.int64)
    census = np.array([[outcome.census for outcome in found] for found in outcomes], dtype=np.int64)
    met = (census[0, :, CENSUS_END] == census[-1, :, CENSUS_END]).all(axis=1)
    return Counts(
        replications=1,
        joint=joint_cells((fates[0], fates[-1]), span),
        arms=tuple(arm_cells(fate, found, span, places) for fate, found in zip(fates, outcomes, strict=True)),
        basis=basis_cells(fates[0], span, places),
        office_minutes=np.array([np.transpose([outcome.worked_minutes for outcome in found]) for found in outcomes]),
        offered_minutes=np.array([office.offered_minutes(last_days) for office in offices]),
        office_waits=np.array([waits(fate, span, places) for fate in fates]),
        census=census.swapaxes(1, 2),
        last_days=last_days,
        met=met.astype(np.int64),
    )
