"""The keyed draws: one by one and many at once are the same function, and only the key and the counter matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import streams
from simulator.streams import Words, philox, philox_arrays, threshold, thresholds

WORD = st.integers(0, streams.WORD_RANGE - 1)
COUNTER = st.tuples(WORD, WORD, WORD, WORD)
KEY = st.tuples(WORD, WORD)


@given(counters=st.lists(COUNTER, min_size=1, max_size=20), key=KEY)
def test_many_at_once_equal_one_by_one(counters: list[Words], key: tuple[int, int]) -> None:
    words = philox_arrays(*np.array(counters, dtype=np.uint32).T, key)
    assert [tuple(column) for column in words.T.tolist()] == [philox(counter, key) for counter in counters]


@given(counters=st.lists(COUNTER, min_size=2, max_size=20), key=KEY, order=st.randoms(use_true_random=False))
def test_order_and_company_change_no_ones_luck(counters: list[Words], key: tuple[int, int], order) -> None:
    shuffled = list(counters)
    order.shuffle(shuffled)
    luck = dict(zip(shuffled, philox_arrays(*np.array(shuffled).T, key).T.tolist(), strict=True))
    assert all(tuple(luck[counter]) == philox(counter, key) for counter in counters)


@given(start=st.integers(0, 30_000), key=KEY)
def test_blocks_leave_no_seam(start: int, key: tuple[int, int]) -> None:
    words = philox_arrays(7, np.arange(start, start + 20_000), 3, 0, key)
    for i in (0, 8_191, 8_192, 16_383, 16_384, 19_999):
        assert tuple(words[:, i].tolist()) == philox((7, start + i, 3, 0), key)


@given(shares=st.lists(st.floats(0, 1), min_size=1))
def test_thresholds_equal_threshold(shares: list[float]) -> None:
    assert thresholds(shares).tolist() == [threshold(share) for share in shares]


@given(low=st.floats(0, 1), high=st.floats(0, 1), word=WORD)
def test_a_larger_share_keeps_every_event_of_a_smaller_one(low: float, high: float, word: int) -> None:
    low, high = sorted((low, high))
    if word < threshold(low):
        assert word < threshold(high)


@given(share=st.floats(0, 1))
def test_a_threshold_is_the_nearest_one(share: float) -> None:
    assert threshold(share) / streams.WORD_RANGE == pytest.approx(share, abs=0.5 / streams.WORD_RANGE)
