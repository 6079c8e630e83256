"""The keyed draws: published answers, the packing of a counter, thresholds."""

from __future__ import annotations

import itertools
import time

import numpy as np
import pytest

from simulator import streams
from simulator.streams import (
    Purpose,
    Words,
    counter_of,
    counters_of,
    key_of,
    philox,
    philox_arrays,
    stock_of,
    threshold,
    thresholds,
)

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


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN_ANSWERS)
def test_the_published_answers_come_out(counter: Words, key: tuple[int, int], words: Words) -> None:
    assert philox(counter, key) == words
    assert tuple(philox_arrays(*counter, key)[:, 0].tolist()) == words


def test_a_change_of_any_field_changes_the_counter() -> None:
    ends = [
        (stock_of(place, group) for place, group in itertools.product((0, 1, 999), (0, 1, 15))),
        (0, 1, streams.WORD_RANGE - 1),
        (1, 2, 255),
        (0, 1, 255),
        (0, 1, 2**24 - 1),
        (0, 1, 255),
    ]
    counters = [counter_of(*fields) for fields in itertools.product(*ends)]
    assert len(set(counters)) == len(counters) == 9 * 3**5
    assert all(0 <= word < streams.WORD_RANGE for counter in counters for word in counter)


def test_many_counters_are_packed_as_one_is() -> None:
    person = np.array([0, 5, streams.WORD_RANGE - 1])
    number = np.array([0, 300, 2**24 - 1], dtype=np.uint32)
    columns = np.broadcast_arrays(*counters_of(1616, person, Purpose.ATTEMPT, np.uint8(255), number, 3))
    for i, (who, which) in enumerate(zip(person.tolist(), number.tolist(), strict=True)):
        assert tuple(int(column[i]) for column in columns) == counter_of(1616, who, Purpose.ATTEMPT, 255, which, 3)


def test_numbers_of_numpy_give_the_same_words() -> None:
    fields = (1616, 4_000_000_000, 3, 2, 300, 4)
    numpy_fields = [np.int64(fields[0]), np.uint32(fields[1]), *(np.uint16(field) for field in fields[2:])]
    key = key_of(np.uint32(2**32 - 1), np.int8(1))
    assert philox(counter_of(*numpy_fields), key) == philox(counter_of(*fields), (2**32 - 1, 1))


def test_no_counters_give_no_words() -> None:
    nobody = np.array([], dtype=np.int64)
    assert philox_arrays(*counters_of(1616, nobody, Purpose.PHASE), key_of(1, 0)).shape == (4, 0)


@pytest.mark.parametrize(
    "fields",
    [
        (-1, 0, 1),
        (16_000, 0, 1),
        (0, -1, 1),
        (0, 2**32, 1),
        (0, 0, 256),
        (0, 0, 1, 256),
        (0, 0, 1, 0, 2**24),
        (0, 0, 1, 0, 0, 256),
        (0, 0, 1, 0, 0, -1),
    ],
)
def test_a_field_without_room_is_refused_and_never_cut(fields: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="no room"):
        counter_of(*fields)
    stock, person, *rest = fields
    with pytest.raises(ValueError, match="no room"):
        counters_of(stock, np.array([0, person]), *rest)


def test_stock_and_key_have_bounds() -> None:
    with pytest.raises(ValueError, match="place code 1000"):
        stock_of(1000, 0)
    with pytest.raises(ValueError, match="group index 16"):
        stock_of(0, 16)
    with pytest.raises(ValueError, match="seed"):
        key_of(2**32, 0)
    with pytest.raises(ValueError, match="replication"):
        key_of(0, -1)


def test_numbers_of_purposes_stay_as_they_were_published() -> None:
    assert {purpose.name: int(purpose) for purpose in Purpose} == {
        "ELAPSED": 1,
        "PHASE": 2,
        "ATTEMPT": 3,
        "CONVERSATION": 4,
        "OFFICE": 5,
        "NAMED": 6,
        "TRIAL": 7,
    }


def test_a_threshold_is_exact_at_both_ends() -> None:
    assert threshold(0) == 0, "the smallest word, 0, must not be below it"
    assert threshold(1) == 2**32, "the largest word, 2**32 - 1, must be below it"
    assert threshold(0.25) == 2**30


@pytest.mark.parametrize("share", [-0.01, 1.01, float("nan")])
def test_a_share_outside_0_to_1_is_refused_and_never_clipped(share: float) -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        threshold(share)
    with pytest.raises(ValueError, match="0 to 1"):
        thresholds([0.5, share])


def test_words_share_events_out_as_their_thresholds_say() -> None:
    """Fixed seed; the bound is five standard errors, so a right generator fails once in 1.7 million seeds."""
    size, share = 200_000, 0.08
    words = philox_arrays(*counters_of(stock_of(101, 0), np.arange(size), Purpose.ATTEMPT), key_of(1, 0))
    bound = 5 * np.sqrt(share * (1 - share) / size)
    assert np.all(np.abs((words < threshold(share)).mean(axis=1) - share) < bound)
    assert np.all(np.abs(np.corrcoef(words)[np.triu_indices(4, 1)]) < 5 / np.sqrt(size))


def test_neighbouring_seeds_and_replications_do_not_share_luck() -> None:
    """Fixed seeds; bound of five standard errors on 15 correlations."""
    size = 50_000
    columns = counters_of(stock_of(101, 0), np.arange(size), Purpose.PHASE)
    rows = [philox_arrays(*columns, key_of(seed, replication))[0] for seed in (0, 1, 2) for replication in (0, 1)]
    assert np.all(np.abs(np.corrcoef(rows)[np.triu_indices(6, 1)]) < 5 / np.sqrt(size))


def test_a_national_year_of_counters_is_drawn_in_one_go() -> None:
    """Not a benchmark: it guards against a version that works counter by counter (five seconds and more)."""
    began = time.process_time()
    philox_arrays(1616, np.arange(700_000), 3 * 256, 0, key_of(1, 0))
    assert time.process_time() - began < 2
