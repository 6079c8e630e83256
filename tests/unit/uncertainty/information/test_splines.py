from __future__ import annotations

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.uncertainty.information.splines import DRAWS_A_COLUMN, MOST_COLUMNS, columns_of

SPREAD = (np.arange(1000) * 0.6180339887) % 1.0


def fitted(columns: np.ndarray, values: np.ndarray) -> np.ndarray:
    return columns @ np.linalg.lstsq(columns, values, rcond=None)[0]


def test_a_smooth_function_of_one_is_followed() -> None:
    curve = np.sin(3 * SPREAD)
    assert np.abs(fitted(columns_of(SPREAD[:, None]), curve) - curve).max() < 0.01


def test_a_product_of_two_is_followed_exactly() -> None:
    other = (SPREAD * 7.3) % 1.0
    both = np.stack([SPREAD, other], axis=1)
    product = SPREAD * other
    assert np.abs(fitted(columns_of(both), product) - product).max() < 1e-9


def test_few_values_have_their_own_means() -> None:
    steps = np.floor(SPREAD * 4)
    found = fitted(columns_of(steps[:, None]), SPREAD)
    for step in range(4):
        assert found[steps == step] == pytest.approx(SPREAD[steps == step].mean())


@pytest.mark.parametrize(("draws", "keys"), [(31, 1), (64, 4), (200, 30), (1000, 12), (20_000, 40)])
def test_there_are_fewer_columns_than_a_tenth_of_the_draws(draws: int, keys: int) -> None:
    drawn = (np.outer(np.arange(1, draws + 1), np.sqrt(2 + np.arange(keys))) + 0.1) % 1.0
    found = columns_of(drawn)
    assert found.shape[1] * DRAWS_A_COLUMN < draws
    assert found.shape[1] <= MOST_COLUMNS
    assert np.isfinite(found).all()


def test_what_stands_still_says_nothing() -> None:
    still = np.stack([np.full(1000, 0.3), SPREAD], axis=1)
    assert np.abs(fitted(columns_of(still), SPREAD) - SPREAD).max() < 1e-9


def test_too_few_draws_are_refused() -> None:
    with pytest.raises(InputError, match=r"30 draws are too few.*at least 31"):
        columns_of(np.linspace(0, 1, 30)[:, None])
