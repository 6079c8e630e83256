"""Laws of the statistics of trials, on numbers chosen at random."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulator.uncertainty.trials import sizes
from simulator.uncertainty.trials.compared import difference
from simulator.uncertainty.trials.encouraged import chosen_effect
from simulator.uncertainty.trials.hazard_ratio import log_hazard_ratio
from simulator.uncertainty.trials.likeness import likeness_of
from simulator.uncertainty.trials.steps import wedge_variance, wedge_variance_unequal
from simulator.uncertainty.trials.waves import step_effect

SHARES = st.floats(0.02, 0.98)
SEEDS = st.integers(0, 10**6)
FEW = settings(max_examples=30)


def persons_of(seed: int) -> dict[str, np.ndarray]:
    """Return 120 persons of 8 clusters and 4 periods, whose clusters step over in turn, with spells of many ties."""
    chance = np.random.default_rng(seed)
    cluster = np.concatenate([np.arange(8), np.arange(8), np.minimum(7, chance.geometric(0.3, 104) - 1)])
    period = chance.integers(0, 4, 120)
    steps = (period >= 1 + cluster % 3).astype(np.int64)
    days = chance.integers(0, 20, 120)
    exits = (chance.random(120) < 0.7).astype(np.int64)
    took = (chance.random(120) < 0.2 + 0.5 * (cluster % 2)).astype(np.int64)
    outcome = chance.normal(size=120) + chance.normal(size=8)[cluster]
    columns = {"outcome": outcome, "cluster": cluster, "period": period, "steps": steps}
    return {**columns, "days": days, "exits": exits, "took": took, "whole": cluster % 2, "each": np.arange(120) % 2}


@given(SHARES, SHARES, st.floats(0.3, 0.99), st.floats(0.001, 0.2))
def test_size_and_power_of_shares_are_each_others_inverse(p1: float, p2: float, power: float, alpha: float) -> None:
    assume(abs(p1 - p2) > 1e-3)
    n = sizes.n_two_proportions(p1, p2, power, alpha)
    assert sizes.power_two_proportions(n, p1, p2, alpha) == pytest.approx(power, abs=1e-9)
    assert sizes.n_two_proportions(p2, p1, power, alpha) == pytest.approx(n)
    assert sizes.n_two_proportions(1 - p1, 1 - p2, power, alpha) == pytest.approx(n)
    assert sizes.power_two_proportions(2 * n, p1, p2, alpha) > power


@given(st.floats(0.1, 0.9), st.floats(0.001, 0.04), st.floats(1.1, 2.0))
def test_a_smaller_difference_asks_for_more_persons(p1: float, less: float, times: float) -> None:
    assert sizes.n_two_proportions(p1, p1 + less) > sizes.n_two_proportions(p1, p1 + less * times)
    assert sizes.n_two_means(less, 1.0) > sizes.n_two_means(less * times, 1.0)
    assert sizes.schoenfeld_events(1 + less) > sizes.schoenfeld_events(1 + less * times)


@given(st.floats(10, 1e6), SHARES, st.booleans())
def test_the_least_share_that_is_found_is_found(n: float, p1: float, above: bool) -> None:
    found = sizes.detectable_proportion(n, p1, above=above)
    if found is None:
        assert sizes.power_two_proportions(n, p1, float(above)) < 0.8
    else:
        assert (found > p1) == above
        assert sizes.power_two_proportions(n, p1, found) == pytest.approx(0.8, abs=1e-6)


@given(st.floats(0.05, 20), st.floats(0.3, 0.99), st.floats(0.1, 0.9))
def test_events_do_not_care_which_arm_is_first(hr: float, power: float, share: float) -> None:
    assume(abs(math.log(hr)) > 1e-3)
    events = sizes.schoenfeld_events(hr, power, 0.05, share)
    assert sizes.schoenfeld_events(1 / hr, power, 0.05, 1 - share) == pytest.approx(events)
    assert sizes.power_schoenfeld(events, hr, 0.05, share) == pytest.approx(power, abs=1e-9)
    assert events >= sizes.schoenfeld_events(hr, power)


@given(st.floats(1, 1e4), st.floats(0, 3), st.floats(0, 1), st.floats(0, 1))
def test_likeness_and_inequality_only_cost(size: float, cv: float, icc: float, more: float) -> None:
    found = sizes.design_effect(size, cv, icc)
    assert found >= 1 or size * (1 + cv**2) < 1
    assert sizes.design_effect(size, cv + more, icc) >= found
    assert sizes.design_effect(1, 0, icc) == 1
    assert sizes.design_effect(size, cv, 0) == 1


@FEW
@given(SEEDS, st.floats(-1e3, 1e3), st.sampled_from(["whole", "each"]), st.booleans())
def test_a_difference_turns_with_its_arms_and_moves_with_nothing(
    seed: int, constant: float, arm: str, clustered: bool
) -> None:
    one = persons_of(seed)
    cluster = one["cluster"] if clustered else None
    found = difference(one["outcome"], one[arm], cluster)
    turned = difference(one["outcome"] + constant, 1 - one[arm], cluster)
    assert turned.estimate == pytest.approx(-found.estimate, abs=1e-9)
    assert (turned.low, turned.high) == (
        pytest.approx(-found.high, abs=1e-9, rel=1e-6),
        pytest.approx(-found.low, abs=1e-9, rel=1e-6),
    )
    order = np.random.default_rng(seed).permutation(120)
    other = difference(one["outcome"][order], one[arm][order], None if cluster is None else cluster[order])
    assert (other.estimate, other.p) == (pytest.approx(found.estimate, abs=1e-9), pytest.approx(found.p))


@FEW
@given(SEEDS, st.booleans())
def test_a_hazard_ratio_turns_with_its_arms(seed: int, clustered: bool) -> None:
    one = persons_of(seed)
    cluster = one["cluster"] if clustered else None
    found = log_hazard_ratio(one["days"], one["exits"], one["each"], cluster)
    turned = log_hazard_ratio(one["days"], one["exits"], 1 - one["each"], cluster)
    assert turned.estimate == pytest.approx(-found.estimate, abs=1e-9)
    assert turned.std_error == pytest.approx(found.std_error)
    assert turned.p == pytest.approx(found.p)


@FEW
@given(SEEDS, st.floats(-1e3, 1e3))
def test_a_stepped_wedge_knows_neither_place_nor_time(seed: int, constant: float) -> None:
    one = persons_of(seed)
    labels = (one["steps"], one["cluster"], one["period"])
    found = step_effect(one["outcome"], *labels)
    moved = step_effect(one["outcome"] + constant * one["period"] - constant * one["cluster"] + constant, *labels)
    assert moved.estimate == pytest.approx(found.estimate, abs=1e-7)
    assert moved.std_error == pytest.approx(found.std_error, rel=1e-6)
    turned = step_effect(one["outcome"], 1 - one["steps"], one["cluster"], one["period"])
    assert turned.estimate == pytest.approx(-found.estimate, abs=1e-9)


@FEW
@given(SEEDS, st.floats(0.1, 100))
def test_the_effect_on_followers_is_that_of_all_over_those_who_follow(seed: int, unit: float) -> None:
    one = persons_of(seed)
    assume(difference(one["took"], one["each"]).estimate != 0)
    found = chosen_effect(unit * one["outcome"], one["each"], one["took"])
    assert found.effect.estimate * found.first_stage.estimate == pytest.approx(found.encouragement.estimate)
    plain = chosen_effect(one["outcome"], one["each"], one["took"])
    assert found.effect.p == pytest.approx(plain.effect.p)
    swapped = chosen_effect(one["outcome"], 1 - one["each"], one["took"])
    assert swapped.effect.estimate == pytest.approx(plain.effect.estimate)


@FEW
@given(SEEDS, st.floats(0.1, 100), st.floats(-1e3, 1e3))
def test_likeness_has_no_unit(seed: int, unit: float, constant: float) -> None:
    one = persons_of(seed)
    found = likeness_of(one["outcome"], one["cluster"], one["whole"])
    other = likeness_of(constant + unit * one["outcome"], one["cluster"], one["whole"])
    assert other.unbounded == pytest.approx(found.unbounded, abs=1e-7)
    assert -1 <= found.unbounded <= 1


@FEW
@given(st.integers(3, 7), st.floats(0.01, 10), st.floats(0, 10), SEEDS)
def test_a_wedge_is_told_the_more_by_the_more_persons(periods: int, own: float, between: float, seed: int) -> None:
    plan = np.triu(np.ones((periods - 1, periods)), 1)
    persons = np.random.default_rng(seed).integers(1, 50, plan.shape)
    found = wedge_variance_unequal(plan, persons, own, between)
    assert wedge_variance_unequal(plan, persons + 1, own, between) < found
    assert wedge_variance_unequal(plan, persons, own) >= found * (1 - 1e-9)
    assert wedge_variance(plan, own, between) <= wedge_variance(plan, own, between + 1) * (1 + 1e-9)
