"""How the published case answers when one thing is changed: the figures that the case is known by.

Run on Odense, which holds 4 per cent of the conversations: about 400 are converted, so that a figure of one
replication has a standard error of about 5 per cent. The seed is fixed, so that nothing here fails by chance.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from simulator import run

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LATE = "{name: late option, from: 2022-01-17, to: 2022-01-30, rule: office_chooses}"


@cache
def headline(*sets: str, scenario: str = "christmas-2021") -> dict[str, Any]:
    """Return the headline of Odense with some settings."""
    path = SCENARIOS / f"{scenario}.yaml"
    return run(path, seed=1, replications=1, sets=["places=[Odense]", *sets]).headline


def converted(*sets: str) -> float:
    return float(headline(*sets)["converted"]["mean"])


def effect(*sets: str) -> float:
    return float(headline(*sets)["saldo_mio_kr"]["employment_effect"]["mean"])


def due(*sets: str) -> float:
    return float(headline(*sets)["conversations"]["baseline"]["due"])


@pytest.mark.parametrize("half", ["demand.scale=0.5", "attendance.take_up_scale=0.4385", "period.to=2022-01-09"])
def test_half_of_what_there_is_gives_half(half: str) -> None:
    # Two halves of about 200 conversations each have a standard error of 7 per cent.
    assert converted(half) / converted() == pytest.approx(0.5, abs=0.07)
    assert effect(half) / effect() == pytest.approx(0.5, abs=0.12)
    control = headline(half)["converted"]["control"] / headline()["converted"]["control"]
    assert control == pytest.approx(0.5, abs=0.01)


def test_the_effect_is_linear_in_the_share_that_is_kept() -> None:
    assert effect("effects.params.relative_effect=1") == 0.0
    quarter, three_quarters = (effect(f"effects.params.relative_effect={share}") for share in (0.25, 0.75))
    assert quarter == pytest.approx(3 * three_quarters, rel=1e-9)
    assert effect("saldo.value_per_person_year_kr=600000") == pytest.approx(2 * effect(), rel=1e-9)


def test_open_weeks_at_christmas_count_more_than_their_share() -> None:
    opened = "calendar.closure_weeks=[]"
    assert headline(opened)["meeting_days"]["jobcentre"] == 18
    assert due(opened) / due() == pytest.approx(1.8, abs=0.06)
    assert 2.0 <= converted(opened) / converted() <= 2.8


def test_conversations_carried_over_count_less_than_open_weeks() -> None:
    carried = converted("closures.carry_share=1") / converted()
    assert 1.1 <= carried <= 1.6
    assert due("closures.carry_share=1") > 1.7 * due()


@pytest.mark.parametrize(
    "sets",
    [
        ("proposal.attendance.rules=[]",),
        ("proposal.attendance.take_up_scale=0", "baseline.attendance.take_up_scale=0"),
        (f"proposal.attendance.rules=[{LATE}]",),
    ],
    ids=["no rule", "nobody chooses", "a rule after the period"],
)
def test_a_proposal_that_changes_nothing_in_the_period_costs_exactly_nothing(sets: tuple[str, ...]) -> None:
    found = headline(*sets)
    assert found["converted"]["mean"] == 0.0
    assert found["saldo_mio_kr"]["employment_effect"]["mean"] == 0.0
    assert found["saldo_mio_kr"]["form"]["mean"] == 0.0


def test_one_product_is_read_in_two_ways() -> None:
    one, other = headline(), headline(scenario="christmas-2021-partial-loss")
    assert one["converted"]["mean"] == other["converted"]["mean"]
    assert one["kr_per_converted_conversation"]["control"] == pytest.approx(
        other["kr_per_converted_conversation"]["control"], rel=0.02
    )


def test_the_seed_changes_the_events_and_not_the_control() -> None:
    found = [run(SCENARIOS / "christmas-2021.yaml", seed, 1, ["places=[Samsø]"]).headline for seed in (1, 2)]
    assert found[0]["converted"]["control"] == found[1]["converted"]["control"]
    assert found[0]["conversations"] != found[1]["conversations"]
