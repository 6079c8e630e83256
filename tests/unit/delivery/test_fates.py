"""Counts from outcomes by hand: the joint table, the table of each arm, waits, minutes, and what is not simulated."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.delivery import Counts, rules
from simulator.delivery.cells import Cells
from simulator.delivery.counts import NOT_HELD, STATES
from simulator.delivery.outcome import OPEN, Delivery, Outcome
from tests.unit.delivery.made_up_outcomes import (
    END,
    HELD,
    JOB,
    LAPSED,
    SPAN,
    START,
    TYPES,
    WAIT,
    Fate,
    counted,
    delivery_of,
    demand_of,
    outcome_of,
)

PHYSICAL, PHONE, VIDEO = rules.PHYSICAL, rules.PHONE, rules.VIDEO
CV = TYPES.index("cv_samtale")


def counts_of(baseline: list[Fate], proposal: list[Fate], starts: list[int], last: int = SPAN.days - 1) -> Counts:
    return counted(delivery_of(baseline, proposal, starts, last))


def held(person: int, day: int, form: int = PHYSICAL, due: int | None = None, **more: int) -> Fate:
    return Fate(person, day if due is None else due, HELD, day, form, **more)


def only(cells: Cells) -> list[tuple[dict[str, int], float]]:
    """Return the cells that are not empty, as names and indices."""
    rows = zip(*(cells.column(axis).tolist() for axis in cells.axes), strict=True)
    return [(dict(zip(cells.axes, row, strict=True)), n) for row, n in zip(rows, cells.count.tolist(), strict=True)]


def state_of(counts: Counts, arm: int, name: str) -> float:
    return float(counts.arms[arm].dense("state")[STATES.index(name)])


def test_a_conversation_of_the_same_number_is_one_conversation_in_both_arms() -> None:
    counts = counts_of([held(0, START + 1)], [held(0, START + 1, PHONE)], [0])
    (cell, number), *more = only(counts.joint)
    assert not more
    assert number == 1
    assert (cell["baseline"], cell["proposal"], cell["type"]) == (PHYSICAL, PHONE, JOB)


def test_week_and_spell_are_those_of_the_proposal_where_it_holds_the_conversation() -> None:
    """Held on day 30 (22 December) in the baseline, on day 44 (5 January) in the proposal; the spell began on day 16.

    Age 14 is class 0 (weeks 0-3), age 28 is week 4, class 1.
    """
    counts = counts_of([held(0, 30)], [held(0, 44, PHONE, due=30)], [16])
    ((cell, _),) = only(counts.joint)
    assert cell["segment"] == SPAN.segment_of_day[44] != SPAN.segment_of_day[30]
    assert cell["spell_class"] == 1


@pytest.mark.parametrize("state", [WAIT, LAPSED, rules.CANCELLED_REPLACED, rules.CANCELLED_TRIES, rules.CANCELLED_RULE])
def test_what_is_not_held_is_not_held_however_it_ended(state: int) -> None:
    closed = OPEN if state == WAIT else 50
    counts = counts_of([held(0, 30)], [Fate(0, 30, state, closed)], [-400])
    ((cell, _),) = only(counts.joint)
    assert (cell["baseline"], cell["proposal"]) == (PHYSICAL, NOT_HELD)
    assert cell["segment"] == SPAN.segment_of_day[30], "the day of the baseline, who holds it"
    assert cell["spell_class"] == 6, "430 days: weeks 53-103"


def test_a_conversation_that_falls_due_in_one_arm_alone_stands_against_not_held() -> None:
    counts = counts_of([held(0, 30)], [held(1, 31, VIDEO)], [0, 0])
    found = {(cell["baseline"], cell["proposal"]): number for cell, number in only(counts.joint)}
    assert found == {(PHYSICAL, NOT_HELD): 1, (NOT_HELD, VIDEO): 1}


def test_an_arm_without_any_conversation_is_counted_too() -> None:
    counts = counts_of([held(0, 30)], [], [0])
    assert [(cell["baseline"], cell["proposal"]) for cell, _ in only(counts.joint)] == [(PHYSICAL, NOT_HELD)]


def test_what_falls_due_after_the_last_simulated_day_is_not_counted() -> None:
    fates = [held(0, 30), Fate(1, 80, WAIT)]
    counts = counts_of(fates, fates, [0, 0], last=76)
    assert state_of(counts, 0, "due") == 1
    assert counts.joint.count.sum() == 1
    assert counts.last_days.tolist() == [76]


def test_states_stand_on_their_day_and_queues_before_and_after_the_period() -> None:
    """Waits at the start: due before day 27, closed on it or later. At the end: due by day 55, closed after it."""
    fates = [
        held(0, START, due=START - 1),
        held(1, START - 1, due=START - 1),
        held(2, END),
        held(3, END + 1, due=END),
        Fate(4, END, WAIT),
        Fate(5, END - 3, LAPSED, END - 1),
        held(6, END + 1),
        Fate(7, START - 5, WAIT),
    ]
    counts = counts_of(fates, fates, [0] * 8)
    names = ("due", "held", "lapsed", "waiting_start", "waiting_end", "held_later")
    assert {name: state_of(counts, 0, name) for name in names} == {
        "due": 8,
        "held": 5,
        "lapsed": 1,
        "waiting_start": 2,
        "waiting_end": 3,
        "held_later": 1,
    }
    inside = np.array([segment.inside for segment in SPAN.segments])
    by_segment = counts.arms[0].dense("state", "segment")
    of_period = [by_segment[STATES.index(name), inside].sum() for name in ("due", "held", "lapsed")]
    assert of_period == [4, 2, 1], "2 waited + 4 fell due = 2 held + 1 lapsed + 3 wait"


def test_missed_appointments_stand_on_their_own_day_and_form() -> None:
    fates = [held(0, 44, due=30)]
    demand = demand_of(fates, [0])
    outcome = outcome_of(fates, missed=((0, 30, PHYSICAL), (0, 37, PHONE)))
    cells = counted(Delivery([demand, demand], ([outcome], [outcome]))).arms[0]
    missed = [cell for cell, _ in only(cells) if cell["state"] == STATES.index("no_show")]
    assert [(cell["form"], cell["segment"]) for cell in missed] == [
        (PHYSICAL, SPAN.segment_of_day[30]),
        (PHONE, SPAN.segment_of_day[37]),
    ]


def test_waits_are_of_what_was_due_in_the_period_and_held_whenever() -> None:
    fates = [held(0, 44, due=30), held(1, 60, due=END), held(2, 30, due=START - 1), Fate(3, 40, LAPSED, 50)]
    counts = counts_of(fates, fates, [0] * 4)
    assert counts.office_waits[0, 0, 0].tolist() == [2, 14 + 5]
    assert counts.office_waits.sum(axis=(1, 2)).tolist() == [[2, 19], [2, 19]]


def test_the_basis_counts_what_the_baseline_held_in_the_period() -> None:
    fates = [
        held(0, 30, PHONE, basis=rules.EXCEPTION),
        held(1, 31, PHONE, basis=rules.CHOICE),
        held(2, 32, PHONE, basis=rules.CHOICE),
        held(3, END + 1, PHONE, basis=rules.CHOICE),
    ]
    assert counts_of(fates, fates, [0] * 4).basis.dense("basis").tolist() == [0, 1, 2, 0, 0, 0]


def test_queues_have_met_when_the_same_wait_in_both_arms() -> None:
    even = [Fate(0, 30, WAIT)]
    assert counts_of(even, even, [0]).met.tolist() == [1]
    assert counts_of(even, [held(0, 30)], [0]).met.tolist() == [0]


def two_places(last_days: tuple[int, int] = (SPAN.days - 1, SPAN.days - 1)) -> Counts:
    """Return the counts of one conversation in each of two places: face to face in the first, by phone in the second.

    In the proposal nobody is met in the second.
    """
    fates = [held(0, 30), held(1, 31, PHONE, type=CV)]
    nobody = [fates[0], Fate(1, 31, LAPSED, 40, type=CV)]
    demand = demand_of(fates, [0, 0])
    demand.register.place[:] = [0, 1]
    arms: list[list[Outcome]] = [
        [outcome_of([fate], last) for fate, last in zip(arm, last_days, strict=True)] for arm in (fates, nobody)
    ]
    return counted(Delivery([demand, demand], (arms[0], arms[1])), "101", "461")


def test_outcomes_of_two_places_are_joined_in_their_order() -> None:
    counts = two_places()
    of_held = counts.arms[0].only("state", np.arange(len(STATES)) == STATES.index("held"))
    assert of_held.dense("form", "place").tolist() == [[1, 0], [0, 1], [0, 0], [0, 0]]
    assert counts.arms[0].dense("place", "type")[:, [JOB, CV]].tolist() == [[2, 0], [0, 2]], "due and held"
    assert counts.basis.dense("place", "type")[:, [JOB, CV]].tolist() == [[1, 0], [0, 1]]
    assert counts.joint.dense("baseline", "proposal")[:2, [PHYSICAL, PHONE, NOT_HELD]].tolist() == [
        [1, 0, 0],
        [0, 0, 1],
    ]


def test_the_table_of_both_arms_has_no_places_and_those_of_the_arms_do() -> None:
    counts = two_places()
    assert "place" not in counts.joint.axes
    assert all("place" in table.axes for table in (*counts.arms, counts.basis))


def test_what_the_engine_counted_stands_by_arm_moment_place_and_type() -> None:
    """One waits through it all; the other from day 30 to day 60 in the baseline, across the end of the period."""
    fates = [Fate(0, 30, HELD, 60), Fate(1, START - 2, WAIT)]
    counts = counted(delivery_of(fates, [held(0, 30), Fate(1, START - 2, WAIT)], [0, 0]))
    assert counts.census.shape == (2, 3, 1, len(TYPES))
    assert counts.census[:, :, 0, JOB].tolist() == [[1, 2, 1], [1, 1, 1]]
    assert counts.census.sum() == counts.census[..., JOB].sum()


def test_minutes_worked_and_offered_stand_by_arm_office_and_place() -> None:
    """Offered are those up to the last simulated day of each place: 80 and 95 days of 240, of 120 in the proposal."""
    counts = two_places((79, 94))
    assert counts.office_minutes.tolist() == [[[80, 80], [0, 0], [0, 0]], [[80, 0], [0, 0], [0, 0]]]
    assert counts.offered_minutes[0].tolist() == [[240 * 80, 240 * 95]] * 3
    assert counts.offered_minutes[1].tolist() == [[120 * 80, 120 * 95]] * 3
    assert counts.last_days.tolist() == [79, 94]
    assert counts.met.tolist() == [1, 1]
    assert counts.replications == 1


def test_waits_stand_in_the_office_of_their_type_and_place() -> None:
    counts = two_places()
    assert counts.office_waits[0, :, :, 0].tolist() == [[1, 0], [0, 1], [0, 0]]
    assert counts.office_waits[1, :, :, 0].tolist() == [[1, 0], [0, 0], [0, 0]]
