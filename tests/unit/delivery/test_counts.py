"""Counts of replications added up, the classes of spells, and the axes that tables are told by."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from simulator.delivery.counts import (
    ARM_AXES,
    BASIS_AXES,
    JOINT_AXES,
    Counts,
    arm_shape,
    basis_shape,
    joint_shape,
    spell_class_of,
)
from tests.unit.delivery.made_up_outcomes import SPAN, START, WAIT, Fate, counted, delivery_of


def one(fates: list[Fate], last_day: int) -> Counts:
    return counted(delivery_of(fates, fates[:1], [0] * len(fates), last_day))


FIRST = one([Fate(0, 30, closed=30), Fate(1, 31, closed=38)], 89)
SECOND = one([Fate(0, START - 1, closed=START + 2), Fate(1, 33, WAIT)], 76)


def test_counts_of_two_replications_are_added_up() -> None:
    """Two held of two, then one of two, and one more waits; offices are open on days 0 to 89, then on days 0 to 76."""
    both = FIRST.plus(SECOND)
    assert both.replications == 2
    assert both.joint.total.sum() == 4
    assert both.office_minutes[:, 0, 0].tolist() == [80 * 3, 80 * 2]
    assert both.offered_minutes[:, 0, 0].tolist() == [240 * (90 + 77), 120 * (90 + 77)]
    assert both.office_waits[:, 0, 0].tolist() == [[2, 7], [1, 0]]
    assert both.census.sum(axis=(2, 3)).tolist() == [[1, 1, 1], [1, 0, 0]]


def test_the_last_day_is_the_latest_and_what_met_is_how_often() -> None:
    """In the second a conversation still waits in the baseline and does not in the proposal."""
    both = FIRST.plus(SECOND)
    assert both.last_days.tolist() == [89]
    assert [counts.met.tolist() for counts in (FIRST, SECOND, both)] == [[1], [0], [1]]


def test_means_are_over_all_replications() -> None:
    both = FIRST.plus(SECOND)
    assert FIRST.worked_minutes.tolist() == [[160, 0, 0], [80, 0, 0]]
    assert both.worked_minutes.tolist() == [[120, 0, 0], [80, 0, 0]]
    tables = (both.joint, *both.arms, both.basis)
    assert {table.replications for table in tables} == {2}
    assert both.joint.count.sum() == 2


def test_the_order_in_which_replications_are_added_changes_nothing() -> None:
    three = [FIRST.plus(SECOND).plus(FIRST), SECOND.plus(FIRST.plus(FIRST))]
    for field in fields(Counts):
        found = [getattr(counts, field.name) for counts in three]
        if isinstance(found[0], np.ndarray | int):
            assert np.array_equal(*found), field.name
            continue
        tables = [table if isinstance(table, tuple) else (table,) for table in found]
        for here, there in zip(*tables, strict=True):
            assert (here.code.tolist(), here.total.tolist()) == (there.code.tolist(), there.total.tolist()), field.name


def test_adding_up_leaves_the_parts_as_they_were() -> None:
    before = FIRST.office_waits.copy(), FIRST.census.copy(), FIRST.joint.total.copy()
    FIRST.plus(SECOND)
    assert all(map(np.array_equal, before, (FIRST.office_waits, FIRST.census, FIRST.joint.total)))


def test_tables_have_a_length_for_each_axis() -> None:
    """Four forms, ten states, five reasons, five types, seven groups, eight classes of spell."""
    assert dict(zip(JOINT_AXES, joint_shape(SPAN), strict=True)) == {
        "baseline": 4, "proposal": 4, "segment": len(SPAN.segments), "type": 6, "group": 7, "spell_class": 8,
    }  # fmt: skip
    assert dict(zip(ARM_AXES, arm_shape(SPAN, 98), strict=True)) == {
        "state": 12, "form": 4, "segment": len(SPAN.segments), "place": 98, "type": 6, "group": 7, "spell_class": 8,
    }  # fmt: skip
    assert dict(zip(BASIS_AXES, basis_shape(98), strict=True)) == {"basis": 6, "place": 98, "type": 6, "group": 7}
    for table, axes, shape in (
        (FIRST.joint, JOINT_AXES, joint_shape(SPAN)),
        (FIRST.arms[1], ARM_AXES, arm_shape(SPAN, 1)),
        (FIRST.basis, BASIS_AXES, basis_shape(1)),
    ):
        assert (table.axes, table.shape) == (axes, shape)


@pytest.mark.parametrize(
    ("week", "spell_class"),
    [
        (0, 0),
        (3, 0),
        (4, 1),
        (5, 2),
        (25, 2),
        (26, 3),
        (27, 4),
        (51, 4),
        (52, 5),
        (53, 6),
        (103, 6),
        (104, 7),
        (500, 7),
    ],
)
def test_spell_classes(week: int, spell_class: int) -> None:
    """Weeks 0-3, 4, 5-25, 26, 27-51, 52, 53-103, 104 and over; a week is seven whole days."""
    ages = np.array([week * 7, week * 7 + 6])
    assert spell_class_of(ages).tolist() == [spell_class] * 2


def test_a_spell_that_has_not_begun_counts_as_the_first_week() -> None:
    assert spell_class_of(np.array([-3])).tolist() == [0]
