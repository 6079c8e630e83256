"""Encouragement: a weak first stage is told, and followers there must be."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.uncertainty.trials.compared import difference
from simulator.uncertainty.trials.encouraged import chosen_effect


def test_where_all_do_as_they_are_encouraged_it_is_the_difference() -> None:
    outcome, encouraged = [1.0, 2.0, 4.0, 6.0, 7.0, 9.0], [0, 0, 0, 1, 1, 1]
    found, plain = chosen_effect(outcome, encouraged, encouraged), difference(outcome, encouraged)
    assert found.effect.estimate == plain.estimate
    assert found.effect.std_error == pytest.approx(plain.std_error)
    assert found.effect.p == pytest.approx(plain.p)
    assert found.encouragement == plain
    assert found.first_stage_f == float("inf")
    assert not found.weak


def test_discouragement_is_an_encouragement_too() -> None:
    """Who is told to stay away takes less; the effect on those who listen has its own sign."""
    chance = np.random.default_rng(1)
    told = np.arange(4_000) % 2
    took = chance.random(4_000) < 0.7 - 0.4 * told
    found = chosen_effect(3.0 * took + chance.normal(size=4_000), told, took)
    assert found.first_stage.estimate < 0
    assert found.effect.low < 3 < found.effect.high
    assert found.encouragement.estimate < 0 < found.effect.estimate


def test_the_freedom_is_that_of_what_is_left() -> None:
    """Outcomes of the encouraged are far more spread, so Welch counts little else than them."""
    chance = np.random.default_rng(3)
    told = np.arange(100) >= 90
    took = chance.random(100) < 0.2 + 0.6 * told
    outcome = chance.normal(size=100) * np.where(told, 50.0, 1.0)
    found = chosen_effect(outcome, told, took)
    left = difference(outcome - found.effect.estimate * took, told)
    assert found.effect.freedom == pytest.approx(left.freedom)
    assert found.effect.freedom != pytest.approx(found.first_stage.freedom, rel=0.01)


def test_a_weak_first_stage_is_told() -> None:
    chance = np.random.default_rng(2)
    told = np.arange(400) % 2
    took = chance.random(400) < 0.3 + 0.03 * told
    weak = chosen_effect(took + chance.normal(size=400), told, took)
    assert weak.weak
    assert weak.first_stage_f == pytest.approx((weak.first_stage.estimate / weak.first_stage.std_error) ** 2)
    fair = chosen_effect(chance.normal(size=400), told, np.arange(400) % 20 < 10 - 6 * (1 - told))
    assert 10 < fair.first_stage_f < 60
    assert not fair.weak
    strong = chosen_effect(took + chance.normal(size=400), told, chance.random(400) < 0.3 + 0.4 * told)
    assert not strong.weak


def test_without_followers_there_is_no_effect_on_them() -> None:
    with pytest.raises(ValueError, match="as often as the others"):
        chosen_effect([1, 2, 3, 4], [0, 0, 1, 1], [0, 1, 0, 1])
    with pytest.raises(ValueError, match="an outcome is not a number"):
        chosen_effect([1, 2, 3, 4], [0, 0, 1, 1], [0, 1, 0, np.nan])
    with pytest.raises(ValueError, match="one each a person"):
        chosen_effect([1, 2, 3], [0, 0, 1, 1], [0, 1, 0, 1])
