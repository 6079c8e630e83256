from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.scenario import read_scenario
from simulator.uncertainty.information.horizon import Horizon
from simulator.uncertainty.information.regression import everything
from simulator.uncertainty.information.trial_worth import Price, TrialWorth, sizes_up_to, trial_worth
from tests.unit.uncertainty.information.made_up import LOST_KR, SAVED_KR, MadeUp, weighed

OPEN = weighed(0.75, 1.0)
"""Changing form breaks even where nine tenths of the effect is kept: the prior holds both."""


@pytest.fixture(scope="module")
def price() -> Price:
    scenario = read_scenario("scenarios/null.yaml", ["decision.horizon_years=10"])
    return Price(per_person_kr=100.0, set_up_kr=5e6, horizon=Horizon(scenario), seed=1)


@pytest.fixture(scope="module")
def found(price: Price) -> TrialWorth:
    return trial_worth(OPEN, MadeUp(), price)


def test_a_trial_that_pays_has_a_best_size_inside(found: TrialWorth) -> None:
    assert found.pays
    assert 10 < found.best.per_arm < MadeUp().most
    assert found.best.net_gain == max(one.net_gain for one in found.sizes)


def test_it_is_worth_no_more_than_knowing_everything_and_grows_with_its_size(found: TrialWorth) -> None:
    worth = [one.a_year.value for one in found.sizes]
    assert worth == sorted(worth)
    assert worth[0] < worth[-1] <= everything(OPEN.drawn).value


def test_costs_and_loss_by_hand(found: TrialWorth) -> None:
    size = next(one for one in found.sizes if one.per_arm == 1000)
    assert size.cost == pytest.approx(5.0 + 2 * 1000 * 100 / 1e6)
    assert size.loss == pytest.approx(4.0 * 1000 * abs(SAVED_KR - LOST_KR * (1 - 0.875)) / 1e6, rel=0.01)
    assert size.weeks == 62.0


def test_the_answer_counts_from_its_day_on(found: TrialWorth, price: Price) -> None:
    size = next(one for one in found.sizes if one.per_arm == 1000)
    assert size.horizon == pytest.approx(size.a_year.value * price.horizon.worth_of_one(62.0))
    late = trial_worth(OPEN, MadeUp(a_week=0.01), price)
    assert {one.horizon for one in late.sizes} == {0.0}
    assert not late.pays


def test_at_the_break_even_cost_of_setting_up_the_best_trial_just_pays(found: TrialWorth, price: Price) -> None:
    there = trial_worth(OPEN, MadeUp(), replace(price, set_up_kr=found.set_up * 1e6))
    assert there.best.net_gain == pytest.approx(0.0, abs=1e-6)
    assert not trial_worth(OPEN, MadeUp(), replace(price, set_up_kr=found.set_up * 1e6 + 1e4)).pays


def test_at_the_break_even_cost_of_a_person_some_trial_just_pays(found: TrialWorth, price: Price) -> None:
    there = trial_worth(OPEN, MadeUp(), replace(price, per_person_kr=found.per_person))
    # Other sizes are tried around the best one, so that it is found again only nearly.
    assert there.best.net_gain == pytest.approx(0.0, abs=0.05)
    assert not trial_worth(OPEN, MadeUp(), replace(price, per_person_kr=found.per_person * 1.5)).pays


def test_where_the_choice_is_settled_no_trial_pays_at_any_price(price: Price) -> None:
    settled = trial_worth(weighed(0.0, 0.5), MadeUp(), replace(price, set_up_kr=0.0, per_person_kr=0.0))
    assert not settled.pays
    assert (settled.set_up, settled.per_person) == (0.0, 0.0)


def test_a_trial_that_is_all_noise_is_worth_nearly_nothing(price: Price, found: TrialWorth) -> None:
    noise = trial_worth(OPEN, MadeUp(sd=1e6), price)
    assert noise.sizes[-1].a_year.value < 0.05 * found.sizes[-1].a_year.value


@pytest.mark.parametrize("wrong", [MadeUp(most=0), MadeUp(conversations=0.0)])
def test_a_trial_of_nobody_or_of_nothing_is_refused(wrong: MadeUp, price: Price) -> None:
    with pytest.raises(InputError, match="would enrol nobody"):
        trial_worth(OPEN, wrong, price)


def test_sizes_are_round_and_end_with_the_most() -> None:
    assert sizes_up_to(5) == [5]
    assert sizes_up_to(10) == [10]
    assert sizes_up_to(1_000) == [10, 20, 50, 100, 200, 500, 1000]


def test_years_are_discounted_at_their_steps(price: Price) -> None:
    factors = [1.035**-year for year in range(10)]
    assert price.horizon.worth_of_one() == pytest.approx(sum(factors))
    half_way = 5.5 * 365.25 / 7
    assert price.horizon.worth_of_one(half_way) == pytest.approx(0.5 * factors[5] + sum(factors[6:]))
    assert price.horizon.worth_of_one(11 * 53) == 0.0
    part = Horizon(read_scenario("scenarios/null.yaml", ["decision.horizon_years=1.5"]))
    assert part.worth_of_one() == pytest.approx(1 + 0.5 / 1.035)


@pytest.mark.parametrize("years", ["0", "201"])
def test_a_horizon_that_nobody_sees_is_refused(years: str) -> None:
    with pytest.raises(InputError, match="above 0 and at most 200"):
        Horizon(read_scenario("scenarios/null.yaml", [f"decision.horizon_years={years}"]))


def test_the_made_up_truth_is_what_the_draws_say() -> None:
    assert float(np.mean(OPEN.lost_weeks)) == pytest.approx(0.5 * 0.125, rel=0.01)
