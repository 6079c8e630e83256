"""The generator of the compiled engine: the published answers, and bit for bit that of `streams.py`."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import streams
from simulator.delivery.fast.chance import BLOCK, COUNTER, DRAWS, LANES, ROW, WORD, draw
from simulator.delivery.fast.jit import kept
from simulator.streams import Purpose, Words, counters_of, key_of, philox, philox_arrays

FULL = 0xFFFFFFFF
KNOWN_ANSWERS = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((FULL,) * 4, (FULL, FULL), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]
"""From the test vectors that the authors of Philox published with it (Random123, kat_vectors, philox4x32 10)."""
UNTOUCHED = 123_456_789
NUMBER = st.integers(0, streams.WORD_RANGE - 1)


@kept
def draw_once(block: np.ndarray, first: int, count: int, key: tuple[int, int]) -> None:
    """A door from Python to a part of the kernel."""
    draw(block, first, count, key)


def drawn(counters: np.ndarray, key: tuple[int, int], first: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of counters and of words of a block after some were drawn, shape (4, ROW) each."""
    block = np.full(DRAWS, UNTOUCHED, dtype=np.uint32)
    for begins, row in zip(COUNTER, counters, strict=True):
        block[begins + first : begins + first + len(row)] = row
    draw_once(block, first, counters.shape[1], key)
    counted, words = ([block[begins : begins + ROW] for begins in rows] for rows in (COUNTER, WORD))
    return np.array(counted), np.array(words)


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN_ANSWERS)
def test_the_published_answers_come_out(counter: Words, key: tuple[int, int], words: Words) -> None:
    _, found = drawn(np.array([counter], dtype=np.uint32).T, key)
    assert tuple(found[:, 0].tolist()) == words == philox(counter, key)


@pytest.mark.parametrize("count", [1, LANES - 1, LANES, LANES + 1, BLOCK - 1, BLOCK])
def test_a_block_has_the_words_of_streams_bit_for_bit(count: int) -> None:
    """Counters as they occur: attempts at persons of a stock of Odense, under the keys of three replications."""
    columns = counters_of(461 * 16 + 2, np.arange(count) * 4_194_303, Purpose.ATTEMPT, 2, np.arange(count), 1)
    counters = np.array(np.broadcast_arrays(*columns), dtype=np.uint32)
    for key in (key_of(0, 0), key_of(4_294_967_295, 7), key_of(1, 99_999)):
        kept, found = drawn(counters, key)
        assert (found[:, :count] == philox_arrays(*columns, key=key)).all()
        assert (kept[:, :count] == counters).all(), "counters stay as they were"


@given(
    counters=st.lists(st.tuples(NUMBER, NUMBER, NUMBER, NUMBER), min_size=1, max_size=20), key=st.tuples(NUMBER, NUMBER)
)
def test_any_counter_and_key_give_the_words_of_streams(counters: list[Words], key: tuple[int, int]) -> None:
    _, found = drawn(np.array(counters, dtype=np.uint32).T, key)
    of_each = [tuple(column) for column in found[:, : len(counters)].T.tolist()]
    assert of_each == [philox(counter, key) for counter in counters]


@pytest.mark.parametrize("first", [0, 1, 500])
@pytest.mark.parametrize("count", [0, 1, LANES, LANES + 3])
def test_a_part_of_a_block_can_be_drawn_and_the_rest_is_left_alone(first: int, count: int) -> None:
    """Counters are worked on in multiples, so a few more words are written; what is beyond them is another's."""
    counters = np.arange(4 * count, dtype=np.uint32).reshape(4, count)
    kept, found = drawn(counters, (1, 2), first)
    after = first + (count + LANES - 1) // LANES * LANES
    assert (found[:, :first] == UNTOUCHED).all() and (found[:, after:] == UNTOUCHED).all()
    assert (kept[:, :first] == UNTOUCHED).all() and (kept[:, first + count :] == UNTOUCHED).all()
    for at in range(count):
        assert tuple(found[:, first + at].tolist()) == philox(tuple(counters[:, at].tolist()), (1, 2))


def test_rows_lie_one_behind_the_other_with_room_for_a_full_block_and_for_one_draw_after_it() -> None:
    """Of what is written beyond the end of a row, the next row would be made."""
    begins = sorted((*COUNTER, *WORD, DRAWS))
    assert all(after - before == ROW for before, after in pairwise(begins))
    assert BLOCK % LANES == 0
    assert ROW - BLOCK >= LANES
