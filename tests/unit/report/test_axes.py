"""Scales: round numbers, and words side by side."""

from __future__ import annotations

import pytest

from simulator.report.axes import Scale, counting_ticks, decimals_between, spread_out, ticks_around


@pytest.mark.parametrize(
    ("most", "ticks"),
    [(0, [0, 1]), (2, [0, 1, 2]), (1_000, [0, 500, 1_000]), (44_700, [0, 20_000, 40_000, 60_000])],
)
def test_counts_have_whole_round_ticks(most: float, ticks: list[float]) -> None:
    assert counting_ticks(most) == ticks


@pytest.mark.parametrize(
    ("ends", "ticks", "decimals"),
    [
        ((-5.0, -0.1), [-6, -4, -2, 0], 0),
        ((0.02, 1.3), [0, 0.5, 1.0, 1.5], 1),
        ((-1.0, 3.0), [-1, 0, 1, 2, 3], 0),
        ((0.0, 0.0), [0], 0),
    ],
)
def test_zero_is_always_on_the_scale(ends: tuple[float, float], ticks: list[float], decimals: int) -> None:
    found = ticks_around(*ends)
    assert found == pytest.approx(ticks)
    assert decimals_between(found) == decimals


def test_a_scale_is_straight_and_stops_at_its_ends() -> None:
    scale = Scale(-10, 10, 1.0, 3.0)
    assert (scale.at(-10), scale.at(0), scale.at(10)) == (1.0, 2.0, 3.0)
    assert (scale.within(30), scale.within(-30), scale.within(5)) == (3.0, 1.0, 2.5)
    assert Scale(4, 4, 1.0, 3.0).at(9) == 1.0


def test_words_stand_where_they_are_wanted_or_beside_each_other() -> None:
    assert spread_out([1.0, 3.0], [0.5, 0.5], 0.0, 4.0) == [1.0, 3.0]
    assert spread_out([1.0, 1.1], [0.5, 0.5], 0.0, 4.0) == [1.0, 1.5]
    assert spread_out([3.9, 4.0], [0.5, 0.5], 0.0, 4.0) == [3.25, 3.75]
    assert spread_out([0.0, 0.0], [0.5, 0.5], 0.0, 4.0) == [0.25, 0.75]
    assert spread_out([1.0, 1.0, 1.0], [0.5, 0.5, 0.5], 0.0, 1.4) is None
