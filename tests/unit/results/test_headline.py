"""The headline has what the contract names, and says nothing where there is nothing to say."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import InputError
from simulator.pipeline import plan_of, simulate
from simulator.results import Run
from simulator.results.headline import _beyond_chance
from simulator.scenario import read_scenario
from tests.unit.results.small_runs import small_run

CASE = Path(__file__).parents[3] / "scenarios" / "christmas-2021.yaml"
CONTRACT = {
    "scenario", "period", "meeting_days", "conversations", "converted", "converted_by_type", "converted_by_group",
    "employment_weeks", "full_time_person_years", "caseworker_hours", "saldo_mio_kr", "kr_per_converted_conversation",
    "seed", "replications", "draws", "engine", "concept",
}  # fmt: skip
COUNTS = {
    "due", "held", "physical", "phone", "video", "no_show", "put_off", "lapsed", "cancelled", "waiting_start",
    "waiting_end",
}  # fmt: skip
ESTIMATE = {"mean", "std_error", "low", "high", "control"}


def estimates(tree: Any) -> Iterator[dict[str, float | None]]:
    """Yield every estimate of a headline."""
    if isinstance(tree, dict):
        if set(tree) == ESTIMATE:
            yield tree
        else:
            for branch in tree.values():
                yield from estimates(branch)


def numbers(tree: Any) -> Iterator[float]:
    """Yield every number of a headline."""
    if isinstance(tree, dict | list):
        for branch in tree.values() if isinstance(tree, dict) else tree:
            yield from numbers(branch)
    elif isinstance(tree, float):
        yield tree


def test_the_headline_has_the_keys_of_the_contract(published: Run) -> None:
    assert set(published.headline) >= CONTRACT
    assert set(published.headline["conversations"]["baseline"]) == COUNTS
    assert set(published.headline["saldo_mio_kr"]) >= {"employment_effect", "caseworker_time", "net"}
    assert published.headline["meeting_days"] == {"jobcentre": 10, "a_kasse": 10, "rehabilitation_team": 10}
    assert published.headline["period"] == {"from": "2021-12-19", "to": "2022-01-16"}


def test_every_estimate_has_its_control_and_its_error(published: Run) -> None:
    found = list(estimates(published.headline))
    assert len(found) > 20
    assert all(estimate["control"] is not None and estimate["std_error"] is not None for estimate in found)


@pytest.mark.parametrize("run", ["published", "nothing", "by_hand"])
def test_the_headline_is_json_without_minus_zero(run: str, request: pytest.FixtureRequest) -> None:
    headline = request.getfixturevalue(run).headline
    json.dumps(headline, allow_nan=False)
    assert not [number for number in numbers(headline) if number == 0 and math.copysign(1.0, number) < 0]


def test_a_proposal_that_changes_nothing_costs_exactly_nothing(nothing: Run) -> None:
    headline = nothing.headline
    assert headline["conversations"]["baseline"] == headline["conversations"]["proposal"]
    ratios = (
        "kr_per_converted_conversation",
        "employment_days_per_converted_conversation",
        "trial_effect_share_per_meeting",
    )
    assert [headline[name]["mean"] for name in ratios] == [None, None, None]
    rest = {name: part for name, part in headline.items() if name not in ratios}
    assert {estimate["mean"] for estimate in estimates(rest)} == {0.0}
    assert {estimate["control"] for estimate in estimates(rest)} == {0.0}


def test_a_loss_is_minus_and_a_loss_per_conversation_plus(published: Run) -> None:
    headline = published.headline
    effect, converted = headline["saldo_mio_kr"]["employment_effect"]["mean"], headline["converted"]["mean"]
    assert effect < 0 < converted
    assert headline["kr_per_converted_conversation"]["mean"] == pytest.approx(-effect * 1e6 / converted)
    assert headline["full_time_person_years"]["mean"] == pytest.approx(effect * 1e6 / 300_000)
    product = headline["identified_product"]
    assert product["kr_per_conversation"] == headline["kr_per_converted_conversation"]["mean"]
    days = product["days_per_conversation"]
    assert days == pytest.approx(-headline["employment_weeks"]["mean"] * 7 / converted)
    assert headline["trial_effect_share_per_meeting"]["mean"] == pytest.approx(days / 7 / (5 / 6.5))


def test_calibrated_values_say_to_what(published: Run) -> None:
    assert published.headline["calibrated"] == [
        {"key": "attendance.take_up_scale", "value": pytest.approx(0.87, abs=0.1), "to": "converted=10000"},
        {"key": "effects.params.scale", "value": pytest.approx(0.26, abs=0.1), "to": "employment_effect_mio_kr=-5"},
    ]


def test_a_table_that_was_calibrated_as_one_stands_under_its_own_key() -> None:
    run = small_run("christmas-2021-partial-loss", engine="control")
    keys = [entry["key"] for entry in run.headline["calibrated"]]
    assert keys == ["attendance.take_up_scale", "effects.params.relative_effect"]


def test_the_control_alone_is_its_own_mean(by_hand: Run) -> None:
    headline = by_hand.headline
    assert headline["replications"] == 0
    assert headline["engine"] == "control"
    assert all(one["mean"] == one["control"] and one["std_error"] is None for one in estimates(headline))
    assert headline["conversations"]["baseline"]["held"] > 0
    assert headline["conversations"]["baseline"]["no_show"] is None
    assert headline["conversations"]["proposal"]["held"] == headline["conversations"]["baseline"]["held"]


def test_the_control_does_not_depend_on_engine_or_seed(published: Run, by_hand: Run) -> None:
    one, other = published.headline["converted"]["control"], by_hand.headline["converted"]["control"]
    assert one == other
    assert published.tables["control"].equals(by_hand.tables["control"])


def test_an_effect_is_far_from_its_control_only_beyond_four_standard_errors() -> None:
    """10 against 5 with an error of 1: 4 of the 5 may be chance, 1 of the control's 5 is not."""
    assert _beyond_chance({"mean": -10.0, "std_error": 1.0, "low": None, "high": None, "control": -5.0}) == 0.2
    assert _beyond_chance({"mean": -10.0, "std_error": None, "low": None, "high": None, "control": -5.0}) == 1.0
    assert _beyond_chance({"mean": -5.1, "std_error": 0.1, "low": None, "high": None, "control": -5.0}) == 0.0
    assert _beyond_chance({"mean": 0.0, "std_error": 0.0, "low": None, "high": None, "control": 0.0}) is None


@pytest.mark.parametrize("engine", ["fast", "control"])
@pytest.mark.parametrize("setting", ["effects.params.scale=1e200", "saldo.value_per_person_year_kr=1e17"])
def test_kroner_that_no_table_can_hold_are_refused(engine: str, setting: str) -> None:
    scenario = read_scenario(CASE, (setting, "places=[Samsø]"))
    with pytest.raises(InputError, match=r"employment_effect: would be .*, so large that it cannot be written"):
        simulate(scenario, plan_of(scenario, replications=1, engine=engine))
