from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.draws import design_points
from simulator.uncertainty.information.regression import (
    BLOCKS,
    Sampled,
    best,
    best_shares,
    everything,
    expected,
    rising,
    sample,
    sampled,
    some,
)

DRAWS = 640


def made(seed: int, lead: float = 0.1) -> tuple[Sampled, np.ndarray, np.ndarray]:
    """Return three options whose values hang on two assumptions, and these."""
    one, other = design_points("random", DRAWS, ["one", "other"], seed).T
    net = np.stack([np.zeros(DRAWS), one - other + lead - 0.1, 0.5 * one - 0.3 * other], axis=1)
    return sampled(net, [1] * DRAWS), one[:, None], other[:, None]


def test_where_one_option_is_always_best_nothing_is_worth_knowing() -> None:
    drawn, one, _ = made(1, lead=5.0)
    assert everything(drawn).value == 0.0
    assert some(drawn, one, everything(drawn).value).value == 0.0
    assert best_shares(drawn)[1].value == 1.0


def test_by_hand_in_four_draws() -> None:
    drawn = Sampled(np.array([[0.0, -3.0], [0.0, 1.0], [0.0, -1.0], [0.0, 5.0]]), blocks=1)
    assert [worth.value for worth in expected(drawn)] == [0.0, 0.5]
    assert best(drawn) == 1
    assert [share.value for share in best_shares(drawn)] == [0.5, 0.5]
    assert everything(drawn).value == pytest.approx((0 + 1 + 0 + 5) / 4 - 0.5)
    assert everything(drawn).std_error is None


def test_the_error_of_a_mean_is_the_textbook_one() -> None:
    values = design_points("random", DRAWS, ["a"], 1)
    drawn = Sampled(np.concatenate([np.zeros((DRAWS, 1)), values], axis=1), blocks=DRAWS)
    found = expected(drawn)[1].std_error
    assert found == pytest.approx(float(values.std(ddof=1)) / DRAWS**0.5)


def test_blocks_are_the_parts_of_a_table_whose_draws_depend_on_each_other() -> None:
    net = np.zeros((64, 2))
    assert sampled(net, [8] * 8).blocks == 8
    assert sampled(net, [64]).blocks == 1
    assert sampled(net, [1] * 64).blocks == BLOCKS
    with pytest.raises(ValueError, match="have not 63 draws"):
        sampled(net, [1] * 63)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), lead=st.floats(-0.6, 0.6))
def test_the_bounds_hold(seed: int, lead: float) -> None:
    """Nothing below 0, no part above everything, no sample above what it is one of."""
    drawn, one, other = made(seed, lead)
    perfect = everything(drawn).value
    parts = [some(drawn, known, perfect).value for known in (one, other, np.concatenate([one, other], axis=1))]
    assert all(0 <= part <= perfect for part in parts)
    assert 0 <= sample(drawn, one + 0.01 * other, parts[0]).value <= parts[0]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), add=st.floats(-5, 5), factor=st.floats(0.1, 10))
def test_what_is_added_to_all_options_changes_nothing_and_the_unit_scales(seed: int, add: float, factor: float) -> None:
    drawn, one, _ = made(seed)
    moved = Sampled(drawn.net * factor + add, drawn.blocks)
    assert everything(moved).value == pytest.approx(everything(drawn).value * factor, abs=1e-9)
    assert some(moved, one, 99.0).value == pytest.approx(some(drawn, one, 99.0).value * factor, abs=1e-9)


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=20))
def test_rising_never_falls_and_keeps_the_mean(values: list[float]) -> None:
    found = rising(values)
    assert all(one <= other + 1e-12 for one, other in pairwise(found))
    assert sum(found) == pytest.approx(sum(values), abs=1e-9)
    assert rising(sorted(values)) == sorted(values)
