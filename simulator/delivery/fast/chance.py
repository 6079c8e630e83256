"""Philox for the compiled engine: the function of `streams.py`, bit for bit, for a block of counters at a time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.delivery.fast.jit import compiled
from simulator.streams import MULTIPLIERS, ROUNDS, WEYL, WORD_RANGE

UInt32Array = npt.NDArray[np.uint32]

_MULTIPLIER_0, _MULTIPLIER_1 = np.uint64(MULTIPLIERS[0]), np.uint64(MULTIPLIERS[1])
_WEYL_0, _WEYL_1 = np.uint64(WEYL[0]), np.uint64(WEYL[1])
_MASK, _HALF = np.uint64(WORD_RANGE - 1), np.uint64(32)
LANES = 8
"""Counters are worked on in multiples of this many; a block has room for it."""
BLOCK = 1024
"""Draws made at a time."""
ROW = BLOCK + LANES
"""Length of a row of a block of draws."""
COUNTER = (0, ROW, 2 * ROW, 3 * ROW)
WORD = (4 * ROW, 5 * ROW, 6 * ROW, 7 * ROW)
DRAWS = 8 * ROW
"""Where the rows of the four words of the counters begin, those of the words drawn, and the length of all."""


@compiled
def draw(draws: UInt32Array, first: int, count: int, key: tuple[int, int]) -> None:
    """Turn counters into words.

    Args:
        draws: Rows of counters and of words, shape (DRAWS,).
        first: Column of the first.
        count: How many; up to LANES - 1 more columns are written.
        key: Key of the replication.
    """
    for at in range(first, first + (count + LANES - 1) // LANES * LANES):
        c0, c1 = np.uint64(draws[COUNTER[0] + at]), np.uint64(draws[COUNTER[1] + at])
        c2, c3 = np.uint64(draws[COUNTER[2] + at]), np.uint64(draws[COUNTER[3] + at])
        k0, k1 = np.uint64(key[0]), np.uint64(key[1])
        for _ in range(ROUNDS):
            p0, p1 = _MULTIPLIER_0 * c0, _MULTIPLIER_1 * c2
            c0, c1 = (p1 >> _HALF) ^ c1 ^ k0, p1 & _MASK
            c2, c3 = (p0 >> _HALF) ^ c3 ^ k1, p0 & _MASK
            k0, k1 = (k0 + _WEYL_0) & _MASK, (k1 + _WEYL_1) & _MASK
        draws[WORD[0] + at], draws[WORD[1] + at] = np.uint32(c0), np.uint32(c1)
        draws[WORD[2] + at], draws[WORD[3] + at] = np.uint32(c2), np.uint32(c3)
