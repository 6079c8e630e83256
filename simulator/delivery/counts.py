"""Counts: what the outcomes of both arms add up to, in whole conversations. The same for every engine.

One joint table: (baseline: form or not held) x (proposal: form or not held) x segment x type x group x spell class; and
one table an arm of what fell due, was held, missed, lapsed, was cancelled or waits, by place too.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import DAYS_A_WEEK, Span, spell_class_weeks
from simulator.delivery import rules
from simulator.delivery.cells import Cells, IntArray
from simulator.facts.read import words

NOT_HELD = rules.NO_FORM
"""Fourth entry of the form axes of the joint table, after physical, phone and video."""
FORMS = rules.NO_FORM + 1
"""Physical, phone, video, none."""
BASES = rules.ISOLATED + 1
"""Attended, exception, choice, ordered, voluntary, isolated."""

WHO_AXES = ("type", "group", "spell_class")
"""For whom: the axes that every table of conversations ends with."""
JOINT_AXES = ("baseline", "proposal", "segment", *WHO_AXES)
ARM_AXES = ("state", "form", "segment", "place", *WHO_AXES)
BASIS_AXES = ("basis", "place", "type", "group")

STATES = (
    "due",
    "held",
    "no_show",
    "put_off",
    "lapsed",
    "cancelled_rule",
    "cancelled_replaced",
    "cancelled_tries",
    "cancelled_illness",
    "waiting_start",
    "waiting_end",
    "held_later",
)
CANCELLED = tuple(state for state in STATES if state.startswith("cancelled_"))
"""States of conversations that are not held for a reason: the rule, replaced by the next, tries used up, illness."""


@dataclass(frozen=True)
class Counts:
    """Everything that is counted, as sums over one replication or several.

    Attributes:
        replications: How many replications were summed; tables of cells give means over them.
        joint: Conversations that fell due in either arm, by form in both.
        arms: What happened in each arm.
        basis: Conversations of the baseline held inside the period, by why they had their form.
        office_minutes: Caseworker minutes worked, shape (arm, office kind, place).
        offered_minutes: Caseworker minutes of the simulated days, shape (arm, office kind, place).
        office_waits: Conversations due inside the period and held, and the days that they waited, shape
            (arm, office kind, place, 2).
        census: Waiting before the period, after it and after the last simulated day, counted by the engine as it goes,
            shape (arm, moment, place, type).
        last_days: Last simulated day of each municipality, the latest of the replications, shape (place,).
        met: In how many replications the queues of both arms had met by then, shape (place,).
    """

    replications: int
    joint: Cells
    arms: tuple[Cells, ...]
    basis: Cells
    office_minutes: IntArray
    offered_minutes: IntArray
    office_waits: IntArray
    census: IntArray
    last_days: IntArray
    met: IntArray

    @property
    def worked_minutes(self) -> npt.NDArray[np.float64]:
        """Mean caseworker minutes over the simulated days, shape (arm, office kind)."""
        minutes: npt.NDArray[np.float64] = self.office_minutes.sum(axis=-1) / self.replications
        return minutes

    def plus(self, other: Counts) -> Counts:
        """Return the sum of both."""
        sums = {field.name: getattr(self, field.name) for field in fields(self)}
        for name in ("office_minutes", "offered_minutes", "office_waits", "census", "met", "replications"):
            sums[name] = sums[name] + getattr(other, name)
        return Counts(
            **sums
            | {
                "joint": self.joint.plus(other.joint),
                "arms": tuple(one.plus(two) for one, two in zip(self.arms, other.arms, strict=True)),
                "basis": self.basis.plus(other.basis),
                "last_days": np.maximum(self.last_days, other.last_days),
            }
        )


def who_shape() -> tuple[int, ...]:
    """Return the lengths of `WHO_AXES`."""
    return len(words()["types"]), len(words()["groups"]), len(spell_class_weeks())


def joint_shape(span: Span) -> tuple[int, ...]:
    """Return the lengths of `JOINT_AXES`."""
    return FORMS, FORMS, len(span.segments), *who_shape()


def arm_shape(span: Span, places: int) -> tuple[int, ...]:
    """Return the lengths of `ARM_AXES`."""
    return len(STATES), FORMS, len(span.segments), places, *who_shape()


def basis_shape(places: int) -> tuple[int, ...]:
    """Return the lengths of `BASIS_AXES`."""
    return BASES, places, *who_shape()[:2]


def spell_class_of(age: IntArray) -> IntArray:
    """Return the spell class of ages [days]."""
    edges = np.array(spell_class_weeks()) * DAYS_A_WEEK
    return np.searchsorted(edges, np.maximum(age, 0), side="right").astype(np.int64) - 1
