"""The sums over all replications, and the tables that everybody reads made of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from operator import itemgetter

import numpy as np

from simulator.calendars.span import Span, spell_class_weeks
from simulator.delivery.cells import Cells
from simulator.delivery.counts import (
    ARM_AXES,
    BASES,
    BASIS_AXES,
    FORMS,
    JOINT_AXES,
    STATES,
    Counts,
    arm_shape,
    basis_shape,
    joint_shape,
    who_shape,
)
from simulator.delivery.engines import Ground, IntArray
from simulator.delivery.fast.entries import (
    DUE,
    ENDED,
    HELD,
    HELD_LATER,
    NO_SHOW,
    PUT_OFF,
    WAITING_END,
    WAITING_START,
)
from simulator.delivery.fast.law import who_of
from simulator.delivery.fast.scratch import (
    LIFE_BEGUN,
    LIFE_CALLED,
    LIFE_DIGITAL,
    LIFE_LEFT,
    LIFE_PHYSICAL,
    Int32Array,
    Sums,
)
from simulator.delivery.fast.tables import Tables
from simulator.delivery.histories import HISTORY_AXES, history_shape
from simulator.delivery.leaving import exit_shape, exits_of
from simulator.delivery.lives import Lives
from simulator.delivery.rules import (
    CANCELLED_ILLNESS,
    CANCELLED_REPLACED,
    CANCELLED_RULE,
    CANCELLED_TRIES,
    HISTORIES,
    LAPSED,
    NO_FORM,
    PHYSICAL,
)
from simulator.demand import Persons

_ENTRIES = {
    DUE: ("due", NO_FORM),
    **{HELD + form: ("held", form) for form in range(NO_FORM)},
    **{NO_SHOW + form: ("no_show", form) for form in range(NO_FORM)},
    ENDED + LAPSED: ("lapsed", NO_FORM),
    ENDED + CANCELLED_RULE: ("cancelled_rule", NO_FORM),
    ENDED + CANCELLED_REPLACED: ("cancelled_replaced", NO_FORM),
    ENDED + CANCELLED_TRIES: ("cancelled_tries", NO_FORM),
    ENDED + CANCELLED_ILLNESS: ("cancelled_illness", NO_FORM),
    PUT_OFF: ("put_off", PHYSICAL),
}
"""State and form of each entry of the table of an arm."""
_AROUND = {
    WAITING_START: ("waiting_start", NO_FORM),
    WAITING_END: ("waiting_end", NO_FORM),
    **{HELD_LATER + form: ("held_later", form) for form in range(NO_FORM)},
}
"""The same of the entries after the last segment."""


class Totals:
    """Adds up chunks of replications, and gives them out as tables of cells."""

    def __init__(self, ground: Ground, tables: Tables) -> None:
        """Begin with nothing."""
        arms, kinds, places = tables.desks.minutes.shape[:3]
        self.span, self.places, self.replications = ground.span, places, 0
        self.offered_by = np.cumsum(tables.desks.minutes, axis=3, dtype=np.int64)
        self.minutes = np.zeros((2, arms, kinds, places), dtype=np.int64)
        self.last_days = np.zeros(places, dtype=np.int64)
        self.met = np.zeros(places, dtype=np.int64)
        self.joint: IntArray | None = None
        self.who, classes = who_of(tables.law), len(spell_class_weeks())
        self.joint_codes = _joint_codes(ground.span, self.who, classes)
        self.who_codes = _who_codes(self.who, classes)

    def add(self, sums: Sums, joint: Int32Array, replications: int) -> None:
        """Add a chunk."""
        places = np.arange(self.places)
        for at in range(replications):
            self.minutes[0] += sums.worked[at]
            self.minutes[1] += self.offered_by[:, :, places, sums.last_day[at]]
            self.last_days = np.maximum(self.last_days, sums.last_day[at])
            self.met += sums.met[at]
        whole = joint[:replications].sum(axis=0, dtype=np.int64)
        self.joint = whole if self.joint is None else self.joint + whole
        self.replications += replications

    def counts(self, sums: Sums) -> Counts:
        """Return the sums as everybody reads them."""
        assert self.joint is not None, "a run has at least one replication"
        return Counts(
            replications=self.replications,
            joint=self.joint_cells(self.joint, self.replications),
            arms=tuple(self._arm_cells(arm) for arm in sums.arms),
            basis=self._basis_cells(sums.basis),
            office_minutes=self.minutes[0].copy(),
            offered_minutes=self.minutes[1].copy(),
            office_waits=sums.waits.reshape(*sums.waits.shape[:2], -1, 2).transpose(0, 2, 1, 3).copy(),
            census=sums.census.copy(),
            last_days=self.last_days,
            met=self.met.copy(),
        )

    def joint_cells(self, joint: Int32Array | IntArray, replications: int = 1) -> Cells:
        """Return a joint table, from shape (segment, form x form x pair x spell class)."""
        filled = np.flatnonzero(joint)
        return _cells(JOINT_AXES, joint_shape(self.span), self.joint_codes[filled], joint.ravel()[filled], replications)

    def history_cells(self, noted: IntArray) -> Cells:
        """Return the histories of a replication, from what was noted."""
        cell, both = np.divmod(noted, HISTORIES * HISTORIES)
        codes = self.joint_codes[cell] * (HISTORIES * HISTORIES) + both
        code, total = np.unique(codes, return_counts=True)
        return Cells(HISTORY_AXES, history_shape(self.span), code, total.astype(np.int64))

    def exit_cells(self, exits: IntArray) -> Cells:
        """Return the days by which spells end earlier in the proposal, from shape (line x segment x who,)."""
        shape = exit_shape(self.span)
        found = np.zeros((*shape[:2], math.prod(shape[2:])), dtype=np.int64)
        found[..., self.who_codes] = exits.reshape(*shape[:2], -1)
        return exits_of(found, self.span)

    def lives(self, sums: Sums, persons: Persons) -> Lives:
        """Return the persons of the last replication, without those who never came in."""
        there = persons.entry <= sums.last_day[0][persons.place]
        told = sums.lives[there].astype(np.int64).T
        arms = [slice(first, first + 2) for first in (LIFE_LEFT, LIFE_PHYSICAL, LIFE_DIGITAL)]
        place, group, number = (
            column[there].astype(np.int64) for column in (persons.place, persons.group, persons.number)
        )
        left, physical, digital = (told[arm] for arm in arms)
        return Lives(place, group, number, told[LIFE_BEGUN], told[LIFE_CALLED], left, physical, digital)

    def _arm_cells(self, arm: Int32Array) -> Cells:
        """Return the table of an arm, from shape (place, segment + 1, entry x pair x spell class)."""
        shape, filled = arm_shape(self.span, self.places), int(np.count_nonzero(arm))
        steps = [math.prod(shape[at + 1 :]) for at in range(len(shape))]
        codes, totals, done = np.empty(filled, dtype=np.int64), np.empty(filled, dtype=np.int64), 0
        for state, form, first, block in self._blocks(arm):
            # Segment, place, type and group, spell class: in this order the codes ascend.
            segment, place, who = np.nonzero(block)
            part = slice(done, done + len(who))
            codes[part] = self.who_codes[who] + (state * steps[0] + form * steps[1])
            codes[part] += (segment + first) * steps[2] + place * steps[3]
            totals[part] = block[segment, place, who]
            done += len(who)
        return Cells(ARM_AXES, shape, codes, totals, self.replications)

    def _blocks(self, arm: Int32Array) -> Iterator[tuple[int, int, int, Int32Array]]:
        """Yield state, form, first segment and counts of each entry, shape (segment, place, who), in their order."""
        cells = arm.reshape(*arm.shape[:2], -1, len(self.who_codes))
        of_day = self.span.segment_of_day
        blocks = [
            (STATES.index(name), form, 0, cells[:, :-1, at])
            for at, (name, form) in _ENTRIES.items()
            if at < cells.shape[2]
        ]
        for at, (name, form) in _AROUND.items():
            day = self.span.period_from if at == WAITING_START else self.span.period_to
            blocks.append((STATES.index(name), form, int(of_day[day]), cells[:, -1:, at]))
        for state, form, first, block in sorted(blocks, key=itemgetter(0, 1)):
            yield state, form, first, block.transpose(1, 0, 2)

    def _basis_cells(self, basis: IntArray) -> Cells:
        """Return why conversations had their form, from shape (place, basis x pair)."""
        place, why, pair = np.nonzero(basis.reshape(self.places, BASES, len(self.who[0]), -1)[..., 0])
        index = (why, place, self.who[0][pair], self.who[1][pair])
        code = np.ravel_multi_index(index, basis_shape(self.places)).astype(np.int64)
        return _cells(BASIS_AXES, basis_shape(self.places), code, basis[basis != 0], self.replications)


def _joint_codes(span: Span, who: tuple[IntArray, IntArray], classes: int) -> IntArray:
    """Return the code of each cell of the joint table, in its order: segment, form, form, pair, spell class."""
    lengths = (len(span.segments), FORMS, FORMS, len(who[0]), classes)
    segment, before, after, pair, spell = np.ix_(*(np.arange(length) for length in lengths))
    index = np.broadcast_arrays(before, after, segment, who[0][pair], who[1][pair], spell)
    return np.ravel_multi_index(tuple(index), joint_shape(span)).astype(np.int64).ravel()


def _who_codes(who: tuple[IntArray, IntArray], classes: int) -> IntArray:
    """Return what type, group and spell class add to a code, by pair x spell class."""
    shape = who_shape()
    pair, spell = np.ix_(np.arange(len(who[0])), np.arange(classes))
    index = np.broadcast_arrays(who[0][pair], who[1][pair], spell)
    return np.ravel_multi_index(tuple(index), shape).astype(np.int64).ravel()


def _cells(
    axes: tuple[str, ...], shape: tuple[int, ...], code: IntArray, total: Int32Array | IntArray, replications: int
) -> Cells:
    order = np.argsort(code, kind="stable")
    return Cells(axes, shape, code[order], total[order].astype(np.int64), replications)
