"""The floor: what no engine of this kind can do without, and nothing else.

Once a person one block of Philox4x32-10 (spell), once an attempt one block (exception, take-up, video, no-show) and one
number added to a cell of the cube. No queue, no days, no rules, no state. Attempts go municipality by municipality and
segment by segment, in blocks that stay in the processor's cache, as an engine's would; the cell within is drawn.

The ten rounds are written on 32-bit words with 64-bit products in one loop over a block of counters, which the compiler
vectorises. Of the forms that were tried (64-bit words: 7 per cent slower; round by round over arrays: three times
slower) it is the fastest.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from numba import njit

BLOCK: Final = 4096
"""Attempts that are drawn before they are counted."""
KNOWN_ANSWER: Final = (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)
"""Philox4x32-10 of counter 0 and key 0, as published."""
PERSON: Final = 1 << 8
ATTEMPT: Final = 3 << 8
"""Third word of the counters, as `streams.counter_of` packs purpose and type."""

Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]
Word, Wide = np.uint32, np.uint64


@njit(inline="always")
def words_of(c0: Any, c1: Any, c2: Any, c3: Any, key: Any) -> Any:
    """Return the four words of a counter under a key (seed, replication); all are uint32."""
    k0, k1 = Word(key[0]), Word(key[1])
    for _ in range(10):
        p0 = Wide(c0) * Wide(0xD2511F53)
        p1 = Wide(c2) * Wide(0xCD9E8D57)
        c0, c1 = Word(p1 >> Wide(32)) ^ c1 ^ k0, Word(p1)
        c2, c3 = Word(p0 >> Wide(32)) ^ c3 ^ k1, Word(p0)
        k0, k1 = Word(k0 + Word(0x9E3779B9)), Word(k1 + Word(0xBB67AE85))
    return c0, c1, c2, c3


@njit(nogil=True, cache=True)
def _draw_persons(place: int, persons: int, key: tuple[int, int]) -> Any:
    """Draw one block a person; the sum is there so that none is left out."""
    total = Wide(0)
    for person in range(persons):
        a, b, c, d = words_of(Word(place), Word(person), Word(PERSON), Word(0), key)
        total += Wide(a ^ b ^ c ^ d)
    return total


@njit(nogil=True, cache=True)
def _draw_attempts(place: int, first: int, cell: Any, cells: int, key: tuple[int, int]) -> None:
    """Draw one block an attempt; all four words go into the cell that it falls in."""
    width = Wide(cells)
    for at in range(len(cell)):
        a, b, c, d = words_of(Word(place), Word(first + at), Word(ATTEMPT), Word(0), key)
        cell[at] = (Wide(a ^ b ^ c ^ d) * width) >> Wide(32)


@njit(nogil=True, cache=True)
def _floor(persons: Int64Array, attempts: Int64Array, segments: int, cube: Any, key: tuple[int, int]) -> Any:
    drawn = np.empty(BLOCK, dtype=np.uint32)
    width = cube.shape[1] // segments
    total = Wide(0)
    for place in range(len(persons)):
        total += _draw_persons(place, persons[place], key)
        cells, segment, until = cube[place], -1, 0
        for first in range(0, attempts[place], BLOCK):
            block = drawn[: min(BLOCK, attempts[place] - first)]
            _draw_attempts(place, first, block, width, key)
            at = 0
            while at < len(block):
                while until <= first + at:
                    segment += 1
                    until = attempts[place] * (segment + 1) // segments
                offset = segment * width
                for now in range(at, min(len(block), until - first)):
                    cells[offset + np.int64(block[now])] += np.int32(1)
                at = until - first
    return total


def run_floor(
    persons_by_place: Int64Array,
    attempts_by_place: Int64Array,
    cells_by_place: int,
    segments: int = 1,
    cube: Int32Array | None = None,
) -> Int32Array:
    """Draw and count, and return the cube of shape (place, cell); its sum is the number of attempts.

    Args:
        persons_by_place: Persons, shape (place,).
        attempts_by_place: Attempts at conversations, shape (place,).
        cells_by_place: Cells of a municipality: segments x outcomes x pairs of type and group x spell classes.
        segments: Into how many parts of equal size the cells and the attempts of a municipality fall, in order.
        cube: Cube of former calls to add to; a new one where left out.
    """
    if cube is None:
        cube = np.zeros((len(persons_by_place), cells_by_place), dtype=np.int32)
    _floor(persons_by_place.astype(np.int64), attempts_by_place.astype(np.int64), segments, cube, (1, 0))
    return cube


@njit
def _first_block() -> Any:
    return words_of(Word(0), Word(0), Word(0), Word(0), (0, 0))


def check_known_answer() -> None:
    """Check the generator against its published answer.

    Raises:
        ValueError: It differs.
    """
    found = tuple(int(word) for word in _first_block())
    if found != KNOWN_ANSWER:
        raise ValueError(f"Philox4x32-10 of counter 0 and key 0 is {found}, published is {KNOWN_ANSWER}")
