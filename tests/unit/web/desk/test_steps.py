"""The stops of a slider: some tens of round texts that stay within the range."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from simulator.web.desk.steps import MOST_STOPS, steps_of

SLACK = 1e-6
ENDS = some.decimals(min_value=-1000, max_value=1_000_000, places=3).map(float)


@given(low=ENDS, width=some.decimals(min_value="0.001", max_value=1_000_000, places=3).map(float))
def test_stops_are_texts_within_the_range(low: float, width: float) -> None:
    steps = steps_of(low, low + width, "share")
    assert steps is not None
    count = int(width / steps.step + SLACK)
    assert MOST_STOPS / 2.5 <= count <= MOST_STOPS
    texts = [
        f"{Decimal(repr(low)) + number * Decimal(repr(steps.step)):.{steps.decimals}f}" for number in range(count + 1)
    ]
    assert len(set(texts)) == count + 1
    assert float(texts[0]) == low and float(texts[-1]) <= low + width + steps.step * SLACK


def test_a_point_has_no_stops() -> None:
    assert steps_of(1.0, 1.0, "share") is None


def test_years_and_days_are_whole() -> None:
    assert steps_of(2019.0, 2026.0, "year") == (1.0, 0)
    assert steps_of(0.0, 150.0, "days") == (2.0, 0)
    assert steps_of(0.0, 250.0, "days") == (5.0, 0)
