"""Sobol: points of a Sobol sequence, scrambled by Owen's nested uniform scrambling.

Any 2**m points of it are spread evenly over the cube, which makes means far more exact than those of random points,
and each point alone is uniform, so means are not biased. The scrambling is drawn in full, not as a linear one: the bit
that flips a digit is drawn by the digits before it.

The scrambling of a column is keyed by its name, but its dimension of the sequence is its place among the columns.
Another column therefore changes the points of those that stand after it; another number of points changes all.

Source:
    S. Joe, F. Y. Kuo, Constructing Sobol sequences with better two-dimensional projections, SIAM Journal on Scientific
    Computing 30(5), 2008, doi:10.1137/070709359; `joe_kuo.csv` holds the first rows of their table new-joe-kuo-6.21201.
    A. B. Owen, Randomly permuted (t,m,s)-nets and (t,s)-sequences, Lecture Notes in Statistics 106, 1995,
    doi:10.1007/978-1-4612-2552-2_19.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from simulator.draws.designs import LARGEST_PART, PARTS, SMALLEST_PART, FloatArray, at_least_one, empty
from simulator.errors import InputError
from simulator.streams import Key, key_of, named_words

INDEPENDENT = False
BITS = 52
"""Bits of a share: with half a step more it is still exact, and so below 1."""

WORD_BITS = 32
Integers = npt.NDArray[np.uint64]


def sizes(count: int) -> list[int]:
    """Return how many points each part has: eight parts, or more where they would grow too large.

    Few points stand in one part, and then nothing tells how far off their mean is.

    Raises:
        InputError: The count is not a power of two.
    """
    _check_power_of_two(count)
    if count < PARTS * SMALLEST_PART:
        return [count]
    size = min(count // PARTS, LARGEST_PART)
    return [size] * (count // size)


def points(count: int, columns: Sequence[str], seed: int, part: int = 0) -> FloatArray:
    """Return the first points of a scrambled Sobol sequence.

    Args:
        count: How many, a power of two.
        columns: Names of the columns.
        seed: Seed of the run.
        part: Which of the independent scramblings.

    Returns:
        Shares above 0 and below 1, shape (point, column).

    Raises:
        InputError: The count is not a power of two, or there are more columns than the sequence has.
    """
    _check_power_of_two(count)
    most = len(_table()) + 1
    if len(columns) > most:
        message = f"a Sobol design has at most {most} columns, not {len(columns)}; use latin_hypercube or random"
        raise InputError.one(message, path="design")
    found, key, levels = empty(count, columns), key_of(seed, part), count.bit_length() - 1
    spare = min(WORD_BITS, BITS - levels)
    for at, name in enumerate(columns):
        digits = _scrambling(name, levels, key)[_sequence(at, levels)]
        rest = named_words(f"sobol/{name}", 0, count, key).astype(np.uint64) >> np.uint64(WORD_BITS - spare)
        whole = (digits << np.uint64(spare) | rest).astype(np.float64)
        found[:, at] = (whole + 0.5) / float(1 << levels + spare)
    return found


def _check_power_of_two(count: int) -> None:
    at_least_one(count)
    if count & count - 1:
        below = 1 << count.bit_length() - 1
        message = f"a Sobol design has a power of two of points, not {count}; the nearest are {below} and {2 * below}"
        raise InputError.one(message, path="draws")


@cache
def _table() -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Return polynomial and first direction numbers of each dimension from the second on."""
    with (Path(__file__).parent / "joe_kuo.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple((int(row["polynomial"]), tuple(map(int, row["numbers"].split()))) for row in rows)


def _directions(dimension: int, levels: int) -> list[int]:
    """Return the direction numbers of a dimension (counted from 0), each of `levels` bits."""
    if dimension == 0:
        return [1 << levels - 1 - at for at in range(levels)]
    polynomial, first = _table()[dimension - 1]
    degree, numbers = len(first), list(first)
    for at in range(degree, levels):
        new = numbers[at - degree] ^ numbers[at - degree] << degree
        for back in range(1, degree):
            if polynomial >> degree - 1 - back & 1:
                new ^= numbers[at - back] << back
        numbers.append(new)
    return [number << levels - 1 - at for at, number in enumerate(numbers[:levels])]


def _sequence(dimension: int, levels: int) -> npt.NDArray[np.int64]:
    """Return the first 2**levels points of a dimension as whole numbers of `levels` bits."""
    found = np.zeros(1 << levels, dtype=np.int64)
    for at, direction in enumerate(_directions(dimension, levels)):
        found[1 << at : 2 << at] = found[: 1 << at] ^ direction
    return found


def _scrambling(name: str, levels: int, key: Key) -> Integers:
    """Return what becomes of each whole number of `levels` bits: a permutation that keeps nested halves together.

    Bit 2**level + prefix of the stream says whether the digit after those of the prefix is flipped.
    """
    words = named_words(f"sobol scrambling/{name}", 0, max(1, (1 << levels) // WORD_BITS), key)
    flips = np.unpackbits(words.astype("<u4").view(np.uint8), bitorder="little").astype(np.uint64)
    found = np.zeros(1, dtype=np.uint64)
    for level in range(levels):
        flip = flips[1 << level : 2 << level]
        doubled = np.empty(2 << level, dtype=np.uint64)
        doubled[0::2], doubled[1::2] = found * np.uint64(2) + flip, found * np.uint64(2) + (np.uint64(1) - flip)
        found = doubled
    return found
