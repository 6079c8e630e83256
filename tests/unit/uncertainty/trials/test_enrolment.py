"""Who is taken into a trial, worked out by hand, and that it hangs on no order."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from simulator.delivery.lives import NEVER, Lives
from simulator.pipeline import prepare
from simulator.scenario import read_scenario
from simulator.streams import key_of
from simulator.uncertainty.trials.enrolment import drawn_order, enrol, next_open, window_of
from simulator.uncertainty.trials.terms import terms_of
from tests.unit.uncertainty.trials.made_up_lives import CODES, DAYS, SCENARIO, lives_of, terms_with, window_for

KEY = key_of(1, 0)


def some(called: list[int], left: list[int] | None = None, begun: int = 10) -> Lives:
    """Return persons of the first place who are called on some days."""
    count, nothing = len(called), np.zeros(len(called), dtype=np.int64)
    leaves = np.array([left or [600] * count] * 2, dtype=np.int64)
    forms = np.stack([nothing, nothing])
    days = np.array(called, dtype=np.int64)
    return Lives(nothing, nothing, np.arange(count), nothing + begun, days, leaves, forms, forms)


def days_of(lives: Lives, **changes: object) -> list[int]:
    terms = terms_with(**changes)
    return enrol(lives, window_for(terms), terms, KEY).day.tolist()


def test_who_is_called_on_a_closed_day_is_taken_in_on_the_next_open_one() -> None:
    assert days_of(some([20, 19, 18, 26])) == [18, 21, 21, 28]


def test_intake_has_a_first_and_a_last_day() -> None:
    assert days_of(some([13, 14, 263, 264, NEVER])) == [14, 14, 263], "13 and 264 lie in weekends"
    assert days_of(some([11])) == []


def test_who_has_left_or_was_there_before_is_not_taken_in() -> None:
    assert days_of(some([21, 22, 23], [21, 22, 24])) == [23]
    assert days_of(some([21], begun=0)) == []


def test_groups_and_places_that_are_not_asked_for_stay_out() -> None:
    lives = replace(some([21, 22]), place=np.array([0, 1]))
    assert days_of(lives, places=("102",)) == [22]
    terms = terms_with()
    window = replace(window_for(terms), groups=np.array([False, True]))
    assert len(enrol(lives, window, terms, KEY)) == 0


def test_a_share_takes_part_and_hangs_on_no_order() -> None:
    (lives,) = lives_of(1)
    terms = terms_with(takes_part_share=0.6)
    window = window_for(terms)
    whole = enrol(lives, window, terms, KEY)
    assert 0.56 < len(whole) / 2000 < 0.64, "0.6 within four standard errors"
    turned = Lives(*(getattr(lives, field.name)[..., ::-1] for field in fields(Lives)))
    again = enrol(turned, window, terms, KEY)
    for field in fields(whole):
        np.testing.assert_array_equal(getattr(whole, field.name), getattr(again, field.name), field.name)


def test_company_changes_nobodys_luck() -> None:
    (lives,) = lives_of(1)
    terms, half = terms_with(takes_part_share=0.6), np.arange(2000) % 2 == 0
    window = window_for(terms)
    whole, part = enrol(lives, window, terms, KEY), enrol(lives.of(half), window, terms, KEY)
    assert set(part.assigned.tolist()) < set(whole.assigned.tolist())


def test_next_open_day_by_hand() -> None:
    found = next_open(np.array([[False, True, False, False]]))
    assert found.tolist() == [[1, 1, NEVER, NEVER]]


def test_places_are_drawn_in_an_order_of_their_own_each_time() -> None:
    window = window_for(terms_with())
    orders = [drawn_order(window, key_of(1, number)) for number in (0, 1)]
    assert all(sorted(order.tolist()) == list(range(len(CODES))) for order in orders)
    assert orders[0].tolist() != orders[1].tolist()
    few = drawn_order(window_for(terms_with(places=("103", "101"))), key_of(1, 0))
    assert sorted(few[[0, 2]].tolist()) == [0, 1] and set(few[3:].tolist()) == {-1}


def admitted(*sets: str) -> set[str]:
    """Return the days of December 2021 and January 2022 on which the trial of the scenario takes somebody in."""
    moved = ("places=[Odense]", "trial.intake.to=2021-12-31", "period.to=2023-01-15", *sets)
    world = prepare(scenario := read_scenario(SCENARIO, moved))
    window = window_of(world, terms_of(scenario))
    open_days = {int(day) for day in window.opens[0] if day < NEVER and window.admits[day]}
    return {world.span.date_of(day).isoformat() for day in open_days}


def test_christmas_takes_nobody_in() -> None:
    days = admitted("trial.intake.stop_above_per_100k=100000")
    assert {"2021-12-17", "2021-04-06"} <= days
    assert not days & {"2021-12-20", "2021-12-24", "2021-12-27", "2021-12-31"}, "closure weeks"
    assert not days & {"2021-04-01", "2021-04-02", "2021-04-05", "2021-05-13", "2021-12-18"}, "holidays and a Saturday"


def test_nobody_is_taken_in_while_the_incidence_is_high() -> None:
    days = admitted("trial.intake.stop_above_per_100k=200")
    assert "2021-10-15" in days and "2021-02-15" in days
    assert not {day for day in days if day >= "2021-11-01"}, "300 per 100,000 and more"
    assert not days & {"2021-01-04", "2021-01-05"}, "the second wave"


@pytest.mark.parametrize("per_100k", [50, 200])
def test_a_lower_limit_takes_fewer_days(per_100k: int) -> None:
    assert admitted(f"trial.intake.stop_above_per_100k={per_100k}") < admitted("trial.intake.stop_above_per_100k=9000")


def test_the_made_up_days_are_long_enough() -> None:
    assert terms_with().last_day + 364 < DAYS
