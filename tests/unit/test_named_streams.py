"""Streams told apart by a name: the same words however they are asked for, and never those of a person."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import pytest

from simulator.streams import FEW, Purpose, key_of, named_shares, named_words, philox, philox_arrays, seed_of

KEY = key_of(3, 1)


def test_a_word_is_the_same_whatever_is_asked_for_beside_it() -> None:
    """Few words are worked out one by one and many together."""
    whole = named_words("effects.scale", 0, 40 * FEW, KEY)
    assert whole.dtype == np.uint32
    for first, last in ((0, 1), (3, 9), (5, 5), (1, 4 * FEW), (7, 40 * FEW)):
        assert np.array_equal(named_words("effects.scale", first, last, KEY), whole[first:last])


def test_the_words_are_those_of_the_generator() -> None:
    """Counter: number of the call, and the digest of the name in two halves around the purpose."""
    digest = blake2b(b"a", digest_size=8).digest()
    high, low = int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:], "big")
    assert named_words("a", 8, 12, KEY).tolist() == list(philox((2, high, int(Purpose.NAMED) * 256, low), KEY))
    calls = philox_arrays(np.arange(50), high, int(Purpose.NAMED) * 256, low, KEY)
    assert named_words("a", 0, 200, KEY).tolist() == calls.T.ravel().tolist()


def test_unlike_names_seeds_and_replications_have_unlike_words() -> None:
    asked = [("a", KEY), ("b", KEY), ("a", key_of(4, 1)), ("a", key_of(3, 2))]
    first = [named_words(name, 0, 1, key)[0] for name, key in asked]
    assert len(set(first)) == 4
    assert seed_of("a", 3, 1) == first[0]
    assert seed_of("a", 3) != seed_of("a", 4)


def test_shares_lie_above_0_and_below_1_and_are_uniform() -> None:
    """100,000 shares: their mean has standard error 0.0009, the largest gap to a line 0.0062 in 1 of 1,000."""
    shares = named_shares("a", 0, 100_000, KEY)
    assert np.array_equal(shares[7:20], named_shares("a", 7, 20, KEY))
    assert (shares * 2**53 % 2 == 1).all(), "each stands in the middle of one of 2**52 cells, so none is 0 or 1"
    assert np.abs(np.sort(shares) - (np.arange(100_000) + 0.5) / 100_000).max() < 0.0062


@pytest.mark.parametrize(("first", "last"), [(-1, 2), (3, 2), (0, 2**34 + 1)])
def test_words_that_are_not_there_are_refused(first: int, last: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        named_words("a", first, last, KEY)
