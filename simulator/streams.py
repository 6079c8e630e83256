"""Chance, as a function instead of a sequence.

Why: a difference between two sets of rules is a cause only if everything else is the same. An ordinary
generator hands out its numbers in the order in which they are asked for, so one conversation more in
January gives everybody other luck from then on, and the difference between the arms is mostly noise.
Here a draw is a pure function of *whose* decision it is and *which*: (seed, replication, place, group,
person, purpose, type, conversation number, attempt). The scenario, the arm, the day, the engine, the order
of events and the number of workers are not among them, so none of them changes anyone's luck.

The function is Philox4x32-10 as published, with its known answers as tests. It is written for one decision
(`philox`), for many (`philox_arrays`) and for the compiled engine (`delivery/fast/chance.py`), and the three are equal
bit for bit.

Events are decided on integers: `word < threshold(share)`. No logarithm, power or comparison of floating
numbers takes part, because their last bits differ between processors.

    >>> key = key_of(seed=1, replication=0)
    >>> counter = counter_of(stock_of(place_code=101, group_index=0), 7, Purpose.ATTEMPT, 2, 1, 0)
    >>> philox(counter, key)[WORD_NO_SHOW] < threshold(0.08)
    True

No other file of the package draws a random number. One kind of chance decides no figure: `unguessable`, which locks the
page.

Source:
    J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, Parallel random numbers: as easy as 1, 2, 3,
    SC '11, doi:10.1145/2063384.2063405.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b
from secrets import token_urlsafe
from typing import Final

import numpy as np
import numpy.typing as npt

UInt32Array = npt.NDArray[np.uint32]
Int64Array = npt.NDArray[np.int64]
Column = int | npt.NDArray[np.integer]
Words = tuple[int, int, int, int]
Key = tuple[int, int]

PLACES: Final = 1000
GROUPS: Final = 16
PURPOSES: Final = 256
TYPES: Final = 256
NUMBERS: Final = 1 << 24
ATTEMPTS: Final = 256
WORD_RANGE: Final = 1 << 32
"""How many values a word can take; a word is 0 to WORD_RANGE - 1."""

WORD_ELAPSED: Final = 0
WORD_EXIT: Final = 1
WORD_CARRIER: Final = 2
WORD_EXCEPTION: Final = 0
WORD_TAKE_UP: Final = 1
WORD_VIDEO: Final = 2
WORD_NO_SHOW: Final = 3
WORD_VOLUNTARY: Final = 0
WORD_TAKES_PART: Final = 0
WORD_ASSIGNED: Final = 1
WORD_CONTAMINATED: Final = 2
WORD_LOST: Final = 3
WORD_JOB: Final = 0
WORD_PICKED: Final = 1

ROUNDS: Final = 10
MULTIPLIERS: Final = (0xD2511F53, 0xCD9E8D57)
WEYL: Final = (0x9E3779B9, 0xBB67AE85)
"""Constants of Philox4x32-10."""

_MASK: Final = WORD_RANGE - 1
FEW: Final = 16
"""Up to so many counters one by one take less time than together."""

_BLOCK: Final = 8192
"""Counters worked on at a time: eight columns of this length stay in the processor's cache."""


class Purpose(IntEnum):
    """What is being decided. A purpose gives four words; each decision has its own word.

    A number is never changed or used again once a run has been published: the luck of everyone hangs on it.

    Attributes:
        ELAPSED: Once a person: WORD_ELAPSED (days since the spell began), WORD_EXIT (days left of it),
            WORD_CARRIER (contact clock runs on through a planned closure), one spare.
        PHASE: Once a person and type: word 0, where in the contact cycle the person stands.
        ATTEMPT: Once an attempt at a conversation: WORD_EXCEPTION (lawful exception), WORD_TAKE_UP (chooses
            a digital form), WORD_VIDEO (video instead of phone), WORD_NO_SHOW.
        CONVERSATION: Once a conversation: WORD_VOLUNTARY (contact wanted during a suspension), three spare.
        OFFICE: Once an office: the component that all citizens of an office share. Person is 0.
        NAMED: Once a place in a stream that a name tells apart (`named_words`): an uncertain value, a task of a
            method. No person's and no office's.
        TRIAL: Twice a person: number 0 is WORD_TAKES_PART, WORD_ASSIGNED (which arm of the trial), WORD_CONTAMINATED
            (met as the other arm is), WORD_LOST (not followed to the end); number 1 is WORD_JOB (leaves into a job),
            WORD_PICKED (who is taken first where a trial is smaller than it could be), two spare. Person 0, number 2
            is once a place: WORD_ASSIGNED, the order of the places.
    """

    ELAPSED = 1
    PHASE = 2
    ATTEMPT = 3
    CONVERSATION = 4
    OFFICE = 5
    NAMED = 6
    TRIAL = 7


def key_of(seed: int, replication: int) -> Key:
    """Return the key of one replication.

    Args:
        seed: Seed of the run, 0 to 2**32 - 1.
        replication: Number of the replication, counted from 0.

    Raises:
        ValueError: One of them is out of range.
    """
    if not (0 <= seed < WORD_RANGE and 0 <= replication < WORD_RANGE):
        raise ValueError(f"seed and replication must be 0 to {_MASK}, not {seed} and {replication}")
    return int(seed), int(replication)


def stock_of(place_code: int, group_index: int) -> int:
    """Return the number of a stock of persons, one per place and group.

    Args:
        place_code: Official code of the municipality, below 1000.
        group_index: Place of the group in `facts/words.yaml`, counted from 0, below 16.

    Raises:
        ValueError: One of them is out of range.
    """
    if not (0 <= place_code < PLACES and 0 <= group_index < GROUPS):
        raise ValueError(f"place code {place_code} must be below {PLACES}, group index {group_index} below {GROUPS}")
    return place_code * GROUPS + group_index


def counter_of(
    stock: int, person_index: int, purpose: int, type_index: int = 0, number: int = 0, attempt: int = 0
) -> Words:
    """Return the counter of one decision; unlike decisions never share one.

    The four words are: stock; person; purpose x 256 + type; number x 256 + attempt.

    Args:
        stock: From `stock_of`.
        person_index: Number of the person in the stock, counted from 0.
        purpose: A `Purpose`.
        type_index: Place of the conversation type in `facts/words.yaml`, below 256.
        number: Number of the conversation among the person's of that type, below 2**24.
        attempt: Number of the attempt at it, below 256.

    Raises:
        ValueError: One of them is out of range.
    """
    if not (
        0 <= person_index < WORD_RANGE
        and 0 <= number < NUMBERS
        and 0 <= attempt < ATTEMPTS
        and 0 <= type_index < TYPES
        and 0 <= purpose < PURPOSES
        and 0 <= stock < PLACES * GROUPS
    ):
        raise ValueError(
            f"no room for stock {stock}, person {person_index}, purpose {purpose}, type {type_index}, "
            f"number {number}, attempt {attempt} in a counter"
        )
    # Python's own integers: a numpy one would overflow in the products of `philox`.
    return int(stock), int(person_index), int(purpose) * TYPES + int(type_index), int(number) * ATTEMPTS + int(attempt)


def counters_of(
    stock: Column, person_index: Column, purpose: int, type_index: Column = 0, number: Column = 0, attempt: Column = 0
) -> tuple[Column, Column, Column, Column]:
    """Return the counters of many decisions, packed as `counter_of` packs one.

    Args:
        stock: As in `counter_of`, one number for all or shape (decision,); so are the others.
        person_index: See `counter_of`.
        purpose: A `Purpose`, the same for all.
        type_index: See `counter_of`.
        number: See `counter_of`.
        attempt: See `counter_of`.

    Returns:
        Four columns for `philox_arrays`.

    Raises:
        ValueError: One of them is out of range.
    """
    fields = [np.asarray(field, dtype=np.int64) for field in (stock, person_index, type_index, number, attempt)]
    if all(field.size for field in fields):
        for bound in (np.min, np.max):
            stock_bound, person_bound, *rest = (int(bound(field)) for field in fields)
            counter_of(stock_bound, person_bound, purpose, *rest)
    return fields[0], fields[1], purpose * TYPES + fields[2], fields[3] * ATTEMPTS + fields[4]


def philox(counter: Words, key: Key) -> Words:
    """Return the four words of one decision, each 0 to 2**32 - 1.

    Args:
        counter: From `counter_of`.
        key: From `key_of`.
    """
    c0, c1, c2, c3 = counter
    (multiplier_0, multiplier_1), mask = MULTIPLIERS, _MASK
    for k0, k1 in _round_keys(key):
        p0 = multiplier_0 * c0
        p1 = multiplier_1 * c2
        c0 = p1 >> 32 ^ c1 ^ k0
        c1 = p1 & mask
        c2 = p0 >> 32 ^ c3 ^ k1
        c3 = p0 & mask
    return c0, c1, c2, c3


def philox_arrays(c0: Column, c1: Column, c2: Column, c3: Column, key: Key) -> UInt32Array:
    """Return the four words of many decisions; column i is `philox` of counter i, bit for bit.

    Args:
        c0: First word of the counters, from `counters_of`: one number for all, or shape (decision,).
        c1: Second word.
        c2: Third word.
        c3: Fourth word.
        key: From `key_of`.

    Returns:
        Words, shape (4, decision).
    """
    columns = np.broadcast_arrays(*(np.atleast_1d(column) for column in (c0, c1, c2, c3)))
    size = columns[0].size
    words = np.empty((4, size), dtype=np.uint32)
    for start in range(0, size, _BLOCK):
        block = slice(start, min(start + _BLOCK, size))
        _fill([column[block].astype(np.uint64) for column in columns], key, words[:, block])
    return words


def named_words(name: str, first: int, last: int, key: Key) -> UInt32Array:
    """Return words of a stream that is told apart from others by its name, such as the key of an uncertain value.

    Args:
        name: Any text; the 64 bits of its BLAKE2b digest stand in the counter.
        first: Number of the first word, counted from 0.
        last: Number of the word after the last, at most 2**34.
        key: From `key_of`.

    Returns:
        Words, shape (last - first,). Word i is the same whatever the first and the last.

    Raises:
        ValueError: One of the numbers is out of range.
    """
    if not 0 <= first <= last <= WORD_RANGE * 4:
        raise ValueError(f"no words {first} to {last} in a stream of {WORD_RANGE * 4}")
    digest = blake2b(name.encode(), digest_size=8).digest()
    name_high, name_low = int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:], "big")
    begin, end, purpose = first // 4, -(-last // 4), Purpose.NAMED * TYPES
    if end - begin <= FEW:
        few = [philox((call, name_high, purpose, name_low), key) for call in range(begin, end)]
        words = np.array(few, dtype=np.uint32)
    else:
        words = philox_arrays(np.arange(begin, end, dtype=np.int64), name_high, purpose, name_low, key).T
    return words.reshape(-1)[first - 4 * begin : last - 4 * begin]


def named_shares(name: str, first: int, last: int, key: Key) -> npt.NDArray[np.float64]:
    """Return shares above 0 and below 1, each of 52 bits, of a named stream; shape (last - first,).

    Raises:
        ValueError: One of the numbers is out of range.
    """
    high, low = (named_words(name, 2 * first, 2 * last, key) >> np.uint32(6)).astype(np.float64).reshape(-1, 2).T
    shares: npt.NDArray[np.float64] = (high * (1 << 26) + low + 0.5) / (1 << 52)
    return shares


def seed_of(name: str, seed: int, replication: int = 0) -> int:
    """Return the seed [0 to 2**32 - 1] for a library that wants one, by the name of what it is for.

    Raises:
        ValueError: Seed or replication is out of range.
    """
    return int(named_words(name, 0, 1, key_of(seed, replication))[0])


HALF, LOW = 16, (1 << 16) - 1
"""Half the bits of a word, and a mask of the lower ones: the product of two thresholds has no room in 64 bits, so a
share of a share is worked out in two halves, exactly as the product shifted down would be."""


def threshold(share: float) -> int:
    """Return how many of the 2**32 words mean that an event of this probability happens.

    It happens when the word is below that number.

    Args:
        share: Probability of the event [0-1]. At 0 it never happens and at 1 always.

    Returns:
        0 to 2**32.

    Raises:
        ValueError: The share is not 0 to 1.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"a share must be 0 to 1, not {share}")
    return round(share * WORD_RANGE)


def thresholds(shares: npt.ArrayLike) -> Int64Array:
    """Return `threshold` of each share, as integers that compare exactly with words.

    Args:
        shares: Probabilities [0-1], any shape.

    Raises:
        ValueError: A share is not 0 to 1.
    """
    checked = np.asarray(shares, dtype=np.float64)
    if not np.all((checked >= 0) & (checked <= 1)):
        raise ValueError("every share must be 0 to 1")
    return np.rint(checked * WORD_RANGE).astype(np.int64)


@lru_cache(maxsize=256)
def _round_keys(key: Key) -> tuple[Key, ...]:
    """Return the keys of the ten rounds."""
    k0, k1 = key
    return tuple(((k0 + i * WEYL[0]) & _MASK, (k1 + i * WEYL[1]) & _MASK) for i in range(ROUNDS))


def _fill(columns: list[npt.NDArray[np.uint64]], key: Key, words: UInt32Array) -> None:
    """Turn the counters of one block into words, using no memory but a product per multiplier."""
    c0, c1, c2, c3 = columns
    mask, half = np.uint64(_MASK), np.uint64(32)
    for k0, k1 in _round_keys(key):
        p0 = np.uint64(MULTIPLIERS[0]) * c0
        p1 = np.uint64(MULTIPLIERS[1]) * c2
        np.bitwise_xor(p1 >> half, c1, out=c0)
        np.bitwise_xor(c0, np.uint64(k0), out=c0)
        np.bitwise_xor(p0 >> half, c3, out=c2)
        np.bitwise_xor(c2, np.uint64(k1), out=c2)
        c1, c3 = np.bitwise_and(p1, mask, out=p1), np.bitwise_and(p0, mask, out=p0)
    for row, column in enumerate((c0, c1, c2, c3)):
        words[row] = column


def unguessable() -> str:
    """Return a text that nobody can guess, another at each call: the key to a page. No figure ever depends on it."""
    return token_urlsafe(24)
