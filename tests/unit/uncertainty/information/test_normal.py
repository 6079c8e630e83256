from __future__ import annotations

import math

import pytest

from simulator.uncertainty import evpi_normal


def test_nothing_to_learn_is_worth_nothing() -> None:
    assert evpi_normal(3.0, 0.0) == 0.0
    assert evpi_normal(0.0, 0.0) == 0.0


def test_where_both_are_equal_in_the_mean_it_is_the_density_at_nought() -> None:
    assert evpi_normal(0.0, 2.0) == pytest.approx(2.0 / math.sqrt(2 * math.pi))


def test_which_option_is_ahead_does_not_matter() -> None:
    assert evpi_normal(-1.5, 2.0) == evpi_normal(1.5, 2.0)


def test_far_ahead_it_is_nothing_and_never_less() -> None:
    assert 0.0 <= evpi_normal(50.0, 1.0) < 1e-100


@pytest.mark.parametrize("wrong", [(math.nan, 1.0), (math.inf, 1.0), (1.0, -0.1), (1.0, math.nan), (1.0, math.inf)])
def test_what_is_no_number_is_refused(wrong: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="must be a finite number"):
        evpi_normal(*wrong)
