"""What may be said of a figure follows from its interval, by rule."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.results.statements import (
    ABOUT,
    ASSUMED,
    COMPUTED,
    INTERVAL,
    NO_INTERVAL,
    NO_POINT,
    OPEN,
    ORDER_OF_MAGNITUDE,
    SPAN,
    Found,
    ToldChance,
    chance_of_loss,
    statement_of,
    step_of,
    told_chance,
)

KRONER = st.floats(-1e10, 1e10).filter(lambda number: number == 0 or abs(number) > 1e-3)
WORDS = (ABOUT, ORDER_OF_MAGNITUDE, NO_POINT)


@pytest.mark.parametrize(
    ("found", "word", "steps", "point", "low", "high"),
    [
        ((-5.03e6, -8.1e6, -2.3e6), ORDER_OF_MAGNITUDE, (1e6, 1e6), -5e6, -9e6, -2e6),
        ((-5.03e6, -5.4e6, -4.6e6), ABOUT, (1e5, 1e5), -5e6, -5.4e6, -4.6e6),
        ((-5.03e6, -6.0e6, -4.0e6), ABOUT, (5e5, 5e5), -5e6, -6e6, -4e6),
        ((-41e3, -52e3, -33e3), ABOUT, (5e3, 1e3), -40e3, -52e3, -33e3),
        ((-5.03e6, -12e6, 1e6), NO_POINT, (1e6, 1e6), None, -12e6, 1e6),
        ((9_987.0, 8_900.0, 11_100.0), ABOUT, (500, 500), 10_000, 8_500, 11_500),
        ((9_987.0, 9_987.0 - 1e-10, 9_987.0 + 1e-10), ABOUT, (5e-9, 5e-9), 9_987.0, 9_987 - 5e-9, 9_987 + 5e-9),
        ((0.1, 0.0, 10.0), NO_POINT, (1.0, 1.0), None, 0.0, 10.0),
        ((3.0, 0.0, 10.0), ORDER_OF_MAGNITUDE, (1.0, 1.0), 3.0, 0.0, 10.0),
        ((4.5, 1.0, 4.5), ORDER_OF_MAGNITUDE, (0.5, 0.5), 4.5, 1.0, 4.5),
        ((4.0, 3.0, 5.0), ABOUT, (0.5, 0.5), 4.0, 3.0, 5.0),
        ((4.0, 2.99, 5.0), ORDER_OF_MAGNITUDE, (0.5, 0.5), 4.0, 2.5, 5.0),
    ],
)
def test_hand_worked_statements(
    found: tuple[float, float, float],
    word: str,
    steps: tuple[float, float],
    point: float | None,
    low: float,
    high: float,
) -> None:
    told = statement_of(Found(*found), sourced=False)
    assert told.word == word
    assert (told.step, told.end_step) == pytest.approx(steps)
    assert told.point == (None if point is None else pytest.approx(point))
    assert (told.low, told.high) == (pytest.approx(low), pytest.approx(high))


def test_the_name_of_the_interval_is_earned_by_sources() -> None:
    found = Found(-5.0, -8.0, -2.0)
    assert statement_of(found, sourced=False).interval == SPAN
    assert statement_of(found, sourced=True).interval == INTERVAL


@pytest.mark.parametrize(
    ("low", "high", "assumed", "sign"),
    [
        (-8.0, -2.0, False, COMPUTED),
        (-8.0, -2.0, True, ASSUMED),
        (-8.0, 0.0, True, ASSUMED),
        (-8.0, 2.0, False, OPEN),
        (-8.0, 2.0, True, OPEN),
    ],
)
def test_the_sign_is_computed_assumed_or_open(low: float, high: float, assumed: bool, sign: str) -> None:
    assert statement_of(Found(-5.0, low, high), sourced=True, sign_assumed=assumed).sign == sign


def test_without_a_range_the_figure_stands_as_it_is() -> None:
    for found in (Found(-5.03e6, None, None), Found(-5.03e6, -5.03e6, -5.03e6)):
        told = statement_of(found, sourced=True, sign_assumed=True)
        assert (told.word, told.interval, told.sign) == (ORDER_OF_MAGNITUDE, NO_INTERVAL, ASSUMED)
        assert (told.point, told.step, told.end_step, told.low, told.high) == (-5.03e6, None, None, None, None)


@given(KRONER, KRONER, KRONER)
def test_no_more_is_said_than_the_interval_bears(point: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assume(high - low > 1e-9 * max(abs(low), abs(high)))
    told = statement_of(Found(point, low, high), sourced=False)
    assert None not in (told.step, told.end_step, told.low, told.high)
    assert told.step and told.end_step and told.low is not None and told.high is not None
    width, near = (high - low), 1 + 1e-9
    assert width / 20 <= told.end_step * near
    assert told.end_step <= width / 4 * near
    assert told.end_step <= told.step <= width / 3 * near
    slack = 1e-6 * told.end_step
    assert low - told.end_step <= told.low <= low + slack, "rounded outwards, by less than a step"
    assert high - slack <= told.high <= high + told.end_step
    for figure, step in ((told.low, told.end_step), (told.high, told.end_step), (told.point or 0.0, told.step)):
        assert figure / step == pytest.approx(round(figure / step), abs=1e-3), "whole steps"
    assert told.point is None or told.low <= told.point <= told.high or not low <= point <= high
    assert (told.word == NO_POINT) == (told.point is None)
    if low < 0 < high:
        assert (told.sign, told.point) == (OPEN, None)
    else:
        assert told.low * told.high >= 0, "rounding opens no sign"
        assert told.point is None or told.point != 0


@given(KRONER, KRONER, KRONER, st.floats(0, 1e9), st.floats(0, 1e9))
def test_a_wider_interval_never_says_more(point: float, one: float, other: float, below: float, above: float) -> None:
    low, high = sorted((one, other))
    assume(high - low > 1e-9 * max(abs(low), abs(high)))
    narrow = statement_of(Found(point, low, high), sourced=False)
    wide = statement_of(Found(point, low - below, high + above), sourced=False)
    assert narrow.end_step is not None and wide.end_step is not None
    assert wide.end_step >= narrow.end_step
    assert WORDS.index(wide.word) >= WORDS.index(narrow.word)
    assert not (narrow.sign == OPEN and wide.sign != OPEN)


@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9), st.floats(1.0, 1e6))
def test_a_step_is_one_or_five_times_a_power_of_ten_and_grows_with_the_interval(
    low: float, width: float, times: float
) -> None:
    assume(low + width > low)
    for steps in (3, 4):
        step = step_of(low, low + width, steps)
        assert step.as_tuple().digits in ((1,), (5,))
        assert step_of(low, low + width * times, steps) >= step


@pytest.mark.parametrize("found", [(1.0, None, 2.0), (1.0, 2.0, None), (math.nan, 0.0, 1.0), (1.0, 0.0, math.inf)])
def test_half_a_range_is_refused(found: tuple[float, float | None, float | None]) -> None:
    with pytest.raises(ValueError, match="two finite ends or none"):
        statement_of(Found(*found), sourced=True)
    with pytest.raises(ValueError, match="must be in order"):
        statement_of(Found(1.0, 2.0, 1.0), sourced=True)


def test_the_chance_of_a_loss_counts_draws_beyond_it() -> None:
    draws = [-8e6, -6e6, -5e6, -1e6, 2e6]
    assert [chance_of_loss(draws, limit) for limit in (9e6, 5e6, 4e6, 0.0, -3e6)] == [0.0, 0.4, 0.6, 0.8, 1.0]
    with pytest.raises(ValueError, match="no draws"):
        chance_of_loss([], 0.0)


@pytest.mark.parametrize(
    ("share", "draws", "told"),
    [
        (0.3, 100_000, ToldChance("chance", "about", 0.3)),
        (0.333, 100_000, ToldChance("chance", "about", 0.33)),
        (0.333, 1024, ToldChance("chance", "about", 0.35)),
        (0.333, 100, ToldChance("chance", "about", 0.3)),
        (0.0, 4096, ToldChance("chance", "under", 0.01)),
        (0.0, 64, ToldChance("chance", "under", 0.05)),
        (1.0, 4096, ToldChance("chance", "over", 0.99)),
        (0.999, 4096, ToldChance("chance", "over", 0.99)),
        (0.0, 1, ToldChance("chance", "under", 0.1)),
    ],
)
def test_a_chance_is_told_to_what_its_draws_bear(share: float, draws: int, told: ToldChance) -> None:
    assert told_chance(share, draws, sourced=True) == told


@given(st.floats(0, 1), st.integers(1, 10**6))
def test_nothing_is_impossible_or_certain_and_without_sources_it_is_no_chance(share: float, draws: int) -> None:
    told = told_chance(share, draws, sourced=False)
    assert told.kind == "share_of_draws"
    assert 0 < told.share < 1
    assert abs(told.share - share) <= 0.1 + 1e-9
    for wrong in ((-0.1, draws), (1.1, draws), (share, 0)):
        with pytest.raises(ValueError, match="no share of draws"):
            told_chance(*wrong, sourced=False)
