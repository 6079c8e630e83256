"""Who is drawn for which arm: balanced, keyed, and whole places where places are drawn."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.streams import key_of
from simulator.uncertainty.trials.designs import Design, design_of
from simulator.uncertainty.trials.designs.stepped_wedge import stepped
from simulator.uncertainty.trials.enrolment import Enrolled, drawn_order, enrol
from simulator.uncertainty.trials.terms import Terms
from tests.unit.uncertainty.trials.made_up_lives import lives_of, terms_with, window_for

NAMES = ("by_citizen", "by_jobcentre", "encouragement", "stepped_wedge")
BoolArray = np.ndarray[tuple[int], np.dtype[np.bool_]]


def drawn(name: str, replication: int = 0, **changes: object) -> tuple[Design, Terms, Enrolled, BoolArray]:
    terms = terms_with(design=name, **changes)
    window, key = window_for(terms), key_of(1, replication)
    *_, lives = lives_of(replication + 1)
    enrolled = enrol(lives, window, terms, key)
    return design_of(name), terms, enrolled, design_of(name).assign(enrolled, terms, drawn_order(window, key))


@pytest.mark.parametrize("name", ["by_citizen", "encouragement"])
def test_citizens_are_balanced_within_each_place(name: str) -> None:
    _, _, enrolled, treated = drawn(name)
    arms = np.stack([np.bincount(enrolled.place[treated == arm]) for arm in (False, True)])
    assert np.abs(arms[0] - arms[1]).max() <= 1
    assert 0.4 < treated[: len(treated) // 4].mean() < 0.6, "and along the intake"


def test_who_comes_first_is_a_coin() -> None:
    """Of 60 places the first citizen is treated in about half; four standard errors are 15."""
    _, _, enrolled, treated = drawn("by_citizen")
    first = [int(np.flatnonzero(enrolled.place == place)[0]) for place in range(60)]
    assert 15 <= treated[first].sum() <= 45


def test_half_of_the_places_are_drawn_and_all_in_them_treated() -> None:
    _, _, enrolled, treated = drawn("by_jobcentre")
    by_place = [set(treated[enrolled.place == place].tolist()) for place in range(60)]
    assert all(len(one) == 1 for one in by_place)
    assert sum(one == {True} for one in by_place) == 30


@pytest.mark.parametrize("name", NAMES)
def test_the_draw_is_another_one_in_another_replication(name: str) -> None:
    places = []
    for replication in (0, 1):
        _, _, enrolled, treated = drawn(name, replication)
        places.append(np.bincount(enrolled.place, weights=treated, minlength=60).tolist())
    assert places[0] != places[1]
    again = drawn(name)[3]
    np.testing.assert_array_equal(drawn(name)[3], again)


def test_places_step_over_wave_by_wave_and_stay() -> None:
    _, terms, enrolled, treated = drawn("stepped_wedge", last_day=265)
    wave = (enrolled.day - terms.first_day) // terms.step_days
    shares = [treated[wave == one].mean() for one in range(terms.waves)]
    assert shares[0] == 0 and shares[-1] == 1 and shares == sorted(shares)
    plan = stepped(np.arange(60), terms)
    assert plan.sum(axis=0).tolist() == [0, 8, 15, 23, 30, 38, 45, 53, 60]
    assert (np.diff(plan.astype(int), axis=1) >= 0).all()
    assert not stepped(np.array([0, -1, 1]), terms)[1].any(), "who is in no trial steps nowhere"


@pytest.mark.parametrize("name", ["by_citizen", "by_jobcentre", "encouragement"])
def test_a_smaller_trial_is_a_shorter_one(name: str) -> None:
    design, _, enrolled, _ = drawn(name)
    assert design.within(enrolled, 100).tolist() == list(range(200))


def test_a_smaller_wedge_is_a_thinner_one() -> None:
    design, _, enrolled, _ = drawn("stepped_wedge")
    small, large = (set(design.within(enrolled, size).tolist()) for size in (100, 300))
    assert len(small) == 200 and small < large
    assert max(small) > 0.9 * len(enrolled)
