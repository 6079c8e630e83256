"""The law of conservation is checked in earnest: one conversation lost or made from nothing stops the run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.delivery import Counts
from simulator.delivery.cells import Cells
from simulator.delivery.counts import STATES
from simulator.delivery.law import check_conservation
from simulator.delivery.outcome import CENSUS_END, CENSUS_PERIOD_END, CENSUS_START
from simulator.errors import RunError
from tests.property.scenes import LAESOE, SAMSOE, christmas, only, play
from tests.unit.delivery.made_up_outcomes import (
    END,
    HELD,
    JOB,
    LAPSED,
    SPAN,
    START,
    WAIT,
    Fate,
    counted,
    delivery_of,
)

FATES = [
    Fate(0, START - 2, HELD, START + 1),
    Fate(1, END - 1, HELD, END + 2),
    Fate(2, END, LAPSED, END),
    Fate(3, END + 3, WAIT),
]
MOMENTS = (CENSUS_START, CENSUS_PERIOD_END, CENSUS_END)
ARMS = ("baseline", "proposal")


def counts_of(fates: list[Fate] = FATES) -> Counts:
    return counted(delivery_of(fates, fates, [0] * len(FATES)))


def without_one(cells: Cells, state: str) -> Cells:
    """Return a table that lacks one conversation of a state."""
    total = cells.total.copy()
    total[np.flatnonzero(cells.column("state") == STATES.index(state))[0]] -= 1
    return replace(cells, total=total)


def with_arm(counts: Counts, arm: int, cells: Cells) -> Counts:
    arms = list(counts.arms)
    arms[arm] = cells
    return replace(counts, arms=tuple(arms))


def test_counts_that_add_up_pass() -> None:
    counts = counts_of()
    check_conservation(counts, SPAN)
    assert counts.joint.count.sum() == 4
    assert counts.census[:, :, 0, JOB].tolist() == [[1, 1, 1], [1, 1, 1]], "none of the moments is empty"


@pytest.mark.parametrize("arm", [0, 1])
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("error", [-1, 1])
def test_one_waiting_too_many_or_too_few_stops_the_run(arm: int, moment: int, error: int) -> None:
    counts = counts_of()
    counts.census[arm, moment, 0, JOB] += error
    words = rf"{ARMS[arm]}, moment {moment}, place 0, jobsamtale: 1 should wait, {1 + error} do"
    with pytest.raises(RunError, match=words):
        check_conservation(counts, SPAN)


@pytest.mark.parametrize("arm", [0, 1])
@pytest.mark.parametrize(
    ("state", "moment", "should"),
    [("due", CENSUS_START, 0), ("held", CENSUS_PERIOD_END, 2), ("lapsed", CENSUS_PERIOD_END, 2)],
)
def test_one_that_is_missing_in_the_tables_is_named_at_the_first_moment_after_it(
    arm: int, state: str, moment: int, should: int
) -> None:
    counts = counts_of()
    broken = with_arm(counts, arm, without_one(counts.arms[arm], state))
    words = rf"{ARMS[arm]}, moment {moment}, place 0, jobsamtale: {should} should wait, 1 do"
    with pytest.raises(RunError, match=words):
        check_conservation(broken, SPAN)


@pytest.mark.parametrize("arm", [0, 1])
@pytest.mark.parametrize("state", ["waiting_start", "waiting_end"])
def test_the_waiting_of_the_tables_are_held_against_the_census(arm: int, state: str) -> None:
    """They are written down beside due and held, so these may add up while the told queues are wrong."""
    counts = counts_of()
    broken = with_arm(counts, arm, without_one(counts.arms[arm], state))
    with pytest.raises(RunError, match=rf"{ARMS[arm]}, {state}, place 0, jobsamtale: 0 should wait, 1 do"):
        check_conservation(broken, SPAN)


@pytest.mark.parametrize("state", sorted(set(STATES) - {"no_show", "put_off", "held_later"}))
def test_no_state_is_left_out(state: str) -> None:
    """One more of any state is seen; missed appointments and what is held after the period end no conversation here."""
    counts = counts_of()
    one = np.ravel_multi_index((STATES.index(state), 3, 0, 0, JOB, 0, 0), counts.arms[0].shape)
    more = Cells(counts.arms[0].axes, counts.arms[0].shape, np.array([one]), np.array([1]), 0)
    with pytest.raises(RunError, match="conversations were lost: proposal"):
        check_conservation(with_arm(counts, 1, counts.arms[1].plus(more)), SPAN)


def test_sums_of_replications_keep_the_law_and_one_fault_among_them_is_seen() -> None:
    one, other = counts_of(), counts_of(FATES[1:])
    sums = one.plus(other).plus(one)
    check_conservation(sums, SPAN)
    sums.census[1, CENSUS_END, 0, JOB] += 1
    with pytest.raises(RunError, match="proposal, moment 2, place 0, jobsamtale: 3 should wait, 4 do"):
        check_conservation(sums, SPAN)


def test_places_and_types_do_not_make_good_for_each_other() -> None:
    """One too many here and one too few there is two faults; the first is named."""
    found = play(christmas(only(SAMSOE, LAESOE)))
    counts = found.replication.counts
    check_conservation(counts, found.world.span)
    place, type_index = np.argwhere(counts.census[0, CENSUS_START] > 0)[-1]
    other = (place, 1 - type_index) if place == 0 else (0, type_index)
    counts.census[0, CENSUS_START, place, type_index] -= 1
    counts.census[0, CENSUS_START, *other] += 1
    with pytest.raises(RunError, match="baseline, moment 0, place"):
        check_conservation(counts, found.world.span)
