"""Effects and kroner are linear in the counts, exactly; counts are linear in demand, take-up and days, about."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from simulator import pipeline
from simulator.calendars.span import DAYS_A_WEEK
from tests.property.scenes import AARHUS, AEROE, SAMSOE, christmas, control, only, play_of_christmas

SMALL = only(SAMSOE, AEROE)
RELATIVE = "effects.params.relative_effect"
SCALE = "effects.params.scale"
VALUE = "saldo.value_per_person_year_kr"
CITY = only(AARHUS)
SEEDS = (1, 2)


def effect_kr(*sets: str) -> tuple[float, float]:
    """Return the employment effect [kr] of the simulation and of the control."""
    one = play_of_christmas(SMALL, *sets)
    return one.replication.saldo.employment_effect_kr, control(one.world).total("employment_effect_kr")


def test_a_digital_conversation_that_is_worth_as_much_costs_nothing() -> None:
    one = play_of_christmas(SMALL, f"{RELATIVE}=1")
    assert [str(number) for number in effect_kr(f"{RELATIVE}=1")] == ["0.0", "0.0"]
    assert one.replication.employment.converted.sum() > 10
    assert not one.replication.saldo.kr[0].any()


@pytest.mark.parametrize("concept", ["note", "employment"])
def test_three_quarters_lost_cost_three_times_one_quarter(concept: str) -> None:
    found = [play_of_christmas(SMALL, f"{RELATIVE}={share}", f"saldo.concept={concept}") for share in (0.25, 0.75)]
    lines = [one.replication.saldo.line_kr("form") for one in found]
    assert lines[0] < -1000
    assert lines[0] == pytest.approx(3 * lines[1], rel=1e-9)
    by_hand = [control(one.world).total("form_kr") for one in found]
    assert by_hand[0] == pytest.approx(3 * by_hand[1], rel=1e-9)


def test_under_the_concept_of_the_note_the_headline_is_the_form_line() -> None:
    keeps_a_quarter, keeps_three = (effect_kr(f"{RELATIVE}={share}") for share in (0.25, 0.75))
    for larger_loss, smaller_loss in zip(keeps_a_quarter, keeps_three, strict=True):
        assert larger_loss == pytest.approx(3 * smaller_loss, rel=1e-9)


@pytest.mark.parametrize(("key", "value"), [(SCALE, 1.0), (VALUE, 300_000.0)])
@pytest.mark.parametrize("factor", [0.0, 0.5, 3.0])
@pytest.mark.parametrize("concept", ["note", "employment"])
def test_kroner_are_linear_in_effect_and_value(key: str, value: float, factor: float, concept: str) -> None:
    one, other = (effect_kr(f"{key}={number}", f"saldo.concept={concept}") for number in (value, value * factor))
    for found, expected in zip(other, one, strict=True):
        assert found == pytest.approx(factor * expected, rel=1e-9, abs=1e-9)


def test_what_values_alone_changes_no_conversation() -> None:
    plain, dear = play_of_christmas(SMALL), play_of_christmas(SMALL, f"{SCALE}=0.3", f"{RELATIVE}=0.1", f"{VALUE}=1")
    assert plain.replication.counts.joint.code.tolist() == dear.replication.counts.joint.code.tolist()
    assert plain.replication.counts.joint.count.tolist() == dear.replication.counts.joint.count.tolist()


def test_segments_and_places_add_up() -> None:
    """The whole is the sum of municipalities that run alone, to the conversation and to the øre."""
    whole = play_of_christmas(SMALL).replication
    parts = [play_of_christmas(only(code)).replication for code in (SAMSOE, AEROE)]
    assert whole.employment.converted.sum() == sum(part.employment.converted.sum() for part in parts)
    assert whole.saldo.employment_effect_kr == pytest.approx(
        sum(part.saldo.employment_effect_kr for part in parts), rel=1e-9
    )
    days = whole.counts.joint.dense("segment")
    assert days.sum() == whole.counts.joint.count.sum()
    segments = play_of_christmas(SMALL).world.span.segments
    assert all(before.first_day + before.days == after.first_day for before, after in pairwise(segments))
    assert max(segment.days for segment in segments) <= DAYS_A_WEEK


@pytest.fixture(scope="module")
def in_a_city() -> float:
    return converted()


def converted(*sets: str) -> float:
    """Return converted conversations in a city, summed over the seeds."""
    world = pipeline.prepare(christmas(CITY, *sets))
    return sum(float(pipeline.run_once(world, seed, 0).employment.converted.sum()) for seed in SEEDS)


@pytest.mark.parametrize(
    "sets",
    [
        ("demand.scale=0.5",),
        ("attendance.take_up_scale=0.5",),
        ("period.from=2022-01-03", "period.to=2022-01-09"),
        ("period.from=2022-01-10", "period.to=2022-01-16"),
    ],
    ids=["demand", "take-up", "first week", "second week"],
)
def test_half_of_the_cause_gives_about_half(in_a_city: float, sets: tuple[str, ...]) -> None:
    """Each converted conversation is in the half or not: 4 standard deviations of a fair coin, 6 in 100,000 to fail."""
    assert in_a_city > 1000
    assert converted(*sets) / in_a_city == pytest.approx(0.5, abs=4 * math.sqrt(0.25 / in_a_city))


def test_half_of_the_cause_gives_half_in_the_control() -> None:
    def figure(*sets: str) -> float:
        return control(play_of_christmas(SMALL, *sets).world).total("converted")

    assert figure("demand.scale=0.5") == pytest.approx(figure() / 2, rel=1e-9)
    assert figure("attendance.take_up_scale=0.5") == pytest.approx(figure() / 2, rel=0.01)
    weeks = [
        figure(f"period.from=2022-01-{first}", f"period.to=2022-01-{last}")
        for first, last in (("03", "09"), ("10", "16"))
    ]
    assert sum(weeks) == pytest.approx(figure(), rel=0.01)
    assert weeks[0] == pytest.approx(weeks[1], rel=0.02)
