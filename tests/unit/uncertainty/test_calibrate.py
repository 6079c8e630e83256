"""Calibration of the published chain: what is fixed is found, what is not is a ridge."""

from __future__ import annotations

import json

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.uncertainty.aims import levers_of, split_targets, targets_of
from simulator.uncertainty.calibrate import Calibration, Task, calibrate, rank_of
from simulator.uncertainty.calibrate_page import content_of, formula, plain
from simulator.uncertainty.ridge import ridge_of
from simulator.uncertainty.wording import languages, read_wording
from tests.unit.uncertainty.toy import KEPT, MEETINGS, SCALE, TAKE_UP, VALUE, WEEKS, Toy, lever, published

KR_A_MEETING = WEEKS * 300_000 / 52


def task_of(toy: Toy, targets: list[str], keys: list[str], **others: object) -> Task:
    by_control = others.pop("by_control", toy)
    return Task(toy, by_control, targets_of(split_targets(targets), toy), levers_of(keys, toy), **others)  # type: ignore[arg-type]


def found(toy: Toy, targets: list[str], keys: list[str], **others: object) -> Calibration:
    return calibrate(task_of(toy, targets, keys, **others))


def values(calibration: Calibration) -> dict[str, float]:
    return {implied.lever.key: implied.value for implied in calibration.implied}


def test_the_published_pair_fixes_take_up_and_scale() -> None:
    toy = published(scale=1.0)
    calibration = found(toy, ["converted=10000", "saldo=-5.0"], [TAKE_UP, SCALE])
    assert calibration.identified
    take_up = 10_000 / MEETINGS
    assert values(calibration)[TAKE_UP] == pytest.approx(take_up, rel=1e-8)
    assert values(calibration)[SCALE] == pytest.approx(5e6 / (10_000 * KR_A_MEETING), rel=1e-8)
    assert calibration.interval == "exact"


def test_the_rounding_of_the_targets_becomes_an_interval() -> None:
    calibration = found(published(), ["converted=10000±500"], [TAKE_UP])
    (implied,) = calibration.implied
    assert (implied.low, implied.high) == pytest.approx((9_500 / MEETINGS, 10_500 / MEETINGS), rel=1e-8)
    assert calibration.interval == "rounding"


def test_the_events_become_an_interval_of_two_standard_errors() -> None:
    calibration = found(published(), ["converted=10000"], [TAKE_UP], errors=lambda _: [11.0])
    (implied,) = calibration.implied
    assert implied.high == pytest.approx((10_000 + 22) / MEETINGS, rel=1e-8)
    assert calibration.interval == "events"
    both = found(published(), ["converted=10000±500"], [TAKE_UP], errors=lambda _: [11.0])
    assert both.implied[0].high == pytest.approx((10_500 + 22) / MEETINGS, rel=1e-8)
    assert both.interval == "both"


def test_effect_and_loss_are_one_product() -> None:
    toy = published()
    calibration = found(toy, ["saldo=-5.0"], [SCALE, KEPT])
    assert (calibration.rank, calibration.identified) == (1, False)
    ridge = ridge_of(calibration)
    lost = 5e6 / (MEETINGS * 0.873 * KR_A_MEETING)
    assert ridge.fixed == pytest.approx(lost, rel=1e-8)
    assert np.allclose(ridge.points[:, 0] * (1 - ridge.points[:, 1]), lost, rtol=1e-6)
    assert formula(ridge.factors, ridge.fixed or 0.0) == f"{SCALE} × (1 − {KEPT}) = {lost:.4g}"


def test_two_targets_do_not_part_them_either() -> None:
    calibration = found(published(), ["converted=10000", "saldo=-5.0"], [TAKE_UP, SCALE, KEPT])
    assert calibration.rank == 2
    assert [implied.identified for implied in calibration.implied] == [True, False, False]
    assert calibration.implied[0].value == pytest.approx(10_000 / MEETINGS, rel=1e-8)
    ridge = ridge_of(calibration)
    assert [factor.key for factor in ridge.factors] == [SCALE, KEPT]


def test_three_values_to_one_target_are_a_product_of_three() -> None:
    ridge = ridge_of(found(published(), ["saldo=-5.0"], [SCALE, KEPT, VALUE]))
    assert [factor.key for factor in ridge.factors] == [SCALE, KEPT, VALUE]
    assert ridge.fixed == pytest.approx(5e6 / (MEETINGS * 0.873 * WEEKS / 52), rel=1e-7)


def test_a_sum_is_a_ridge_without_a_product() -> None:
    levers = [lever("saldo.a", 1.0, 0.0, 4.0, unit="weeks"), lever("saldo.b", 1.0, 0.0, 4.0, unit="weeks")]
    toy = Toy({one.key: one for one in levers}, {"net_kr": lambda at: -1e6 * (at["saldo.a"] + at["saldo.b"])})
    calibration = found(toy, ["net=-3"], ["saldo.a", "saldo.b"])
    ridge = ridge_of(calibration)
    assert not calibration.identified
    assert ridge.factors == ()
    assert np.allclose(ridge.points.sum(axis=1), 3.0)


def test_a_figure_that_bends_is_met() -> None:
    toy = Toy(
        {"saldo.a": lever("saldo.a", 1.0, 0.5, 4.0, unit="factor")}, {"net_kr": lambda at: -1e6 * at["saldo.a"] ** 3}
    )
    assert values(found(toy, ["net=-8"], ["saldo.a"]))["saldo.a"] == pytest.approx(2.0, rel=1e-8)


def test_a_target_out_of_reach_says_what_can_be_reached() -> None:
    with pytest.raises(InputError) as refused:
        found(published(), ["saldo=-50"], [KEPT])
    full = MEETINGS * 0.873 * 0.25 * KR_A_MEETING / 1e6
    assert f"{-full:,.6g} to" in str(refused.value)
    assert "saldo=-50 cannot be reached" in str(refused.value)


def test_a_value_that_does_not_move_the_figure_cannot_meet_it() -> None:
    with pytest.raises(InputError, match="cannot be reached"):
        found(published(), ["converted=12000"], [SCALE])


def test_targets_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(InputError, match="together"):
        found(published(), ["saldo=-5", "net=-6"], [SCALE])


def test_simulated_values_begin_at_the_closed_form_and_need_few_simulations() -> None:
    """The simulation converts one per cent less than the closed form, in a slight bend."""
    toy, control = published(scale=1.0), published(scale=1.0)
    whole = dict(toy.formulas)
    toy.formulas = {
        name: (lambda at, one=one: one(at) * (0.99 + 0.01 * (at[TAKE_UP] - 0.8))) for name, one in whole.items()
    }
    calibration = found(toy, ["converted=10000", "saldo=-5.0"], [TAKE_UP, SCALE], by_control=control)
    assert np.abs(calibration.reached - [10_000, -5.0]).max() <= 10
    assert abs(calibration.reached[0] - 10_000) <= 10
    assert abs(calibration.reached[1] + 5) <= 0.005


def test_rank_counts_directions() -> None:
    assert rank_of(np.array([[1.0, 2.0], [2.0, 4.0]]))[0] == 1
    assert rank_of(np.array([[1.0, 2.0], [2.0, 4.001]]))[0] == 2
    assert rank_of(np.zeros((1, 2)))[0] == 0


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ([], "nothing to calibrate to"),
        (["converted"], "is not a target"),
        (["=5"], "is not a target"),
        (["converted="], "is not a target"),
        (["converted=ten"], "number"),
        (["converted=10000±"], "number"),
        (["converted=10000±0"], "above nothing"),
        (["converted=10000±5±5"], "two roundings"),
        (["converted=1", "converted=2"], "given twice"),
        (["saldo=-5", "employment_effect=-4"], "one figure"),
        (["convertd=10000"], "did you mean converted"),
    ],
)
def test_what_is_no_target_is_refused(targets: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        targets_of(split_targets(targets), published())


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ([], "no value to find"),
        (["effects.params.scal"], "did you mean"),
        ([SCALE, SCALE], "given twice"),
    ],
)
def test_what_is_no_value_is_refused(keys: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        levers_of(keys, published())


def test_danish_and_english_numbers_are_read() -> None:
    assert split_targets(["saldo=-5,0±0,25", "converted=10000+-500"]) == [
        ("saldo", -5.0, 0.25),
        ("converted", 10_000.0, 500.0),
    ]


@pytest.mark.parametrize("language", languages())
def test_the_page_of_an_answer_and_of_a_ridge(language: str) -> None:
    words = read_wording(language)
    fixed = found(published(), ["converted=10000±500", "saldo=-5"], [TAKE_UP, SCALE])
    text = plain(fixed, None, words)
    assert words.lever_name(SCALE) in text
    assert "{" not in text
    loose = found(published(), ["saldo=-5.0"], [SCALE, KEPT])
    ridge = ridge_of(loose)
    text = plain(loose, ridge, words)
    assert words.text("calibrate.not_identified", values=2, rank=1) in text
    assert f"(1 − {KEPT})" in text
    content = content_of(loose, ridge)
    assert json.loads(json.dumps(content)) == content
    assert content["ridge"]["formula"].startswith(SCALE)
