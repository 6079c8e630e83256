"""Power with few clusters: what it refuses, and where it meets the formula for a known error."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from simulator.uncertainty.trials.few import detectable_of_few, power_of_few
from simulator.uncertainty.trials.sizes import detectable, power_of


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: power_of_few(1, 0, 8), "std_error is 0; allowed: a number above 0"),
        (lambda: power_of_few(math.nan, 1, 8), "difference is nan; allowed: a number"),
        (lambda: power_of_few(1, 1, 0), "freedom is 0; allowed: a number above 0"),
        (lambda: power_of_few(1, 1, math.nan), "freedom is nan; allowed: a number above 0"),
        (lambda: power_of_few(1, 1, 8, 1.5), "alpha is 1.5; allowed: above 0 and below 1"),
        (lambda: detectable_of_few(0, 8), "std_error is 0"),
        (lambda: detectable_of_few(1, -1), "freedom is -1"),
        (lambda: detectable_of_few(1, 8, 1.0), "power is 1; allowed: above alpha"),
    ],
)
def test_what_has_no_power_is_refused(ask: Callable[[], float], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ask()


def test_a_known_error_is_that_of_the_other_formula() -> None:
    assert power_of_few(1.3, 0.5, math.inf) == power_of(1.3, 0.5)
    assert detectable_of_few(0.5, math.inf) == detectable(0.5)
    assert power_of_few(1.3, 0.5, 1e7) == pytest.approx(power_of(1.3, 0.5), abs=1e-6)


def test_fewer_clusters_find_less() -> None:
    powers = [power_of_few(2.8, 1.0, freedom) for freedom in (2, 4, 8, 20, 100, math.inf)]
    assert powers == sorted(powers)
    assert detectable_of_few(1.0, 4) > detectable_of_few(1.0, 20) > detectable(1.0)
    assert power_of_few(0.0, 1.0, 5) == pytest.approx(0.025)
    assert power_of_few(-2.0, 1.0, 5) == power_of_few(2.0, 1.0, 5)
