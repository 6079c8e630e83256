"""Correlated values: a Gaussian copula, which joins distributions of any form and leaves each of them as it is.

Every value is seen as its normal score, the point of the standard normal distribution with the same share below it;
the scores have a joint normal distribution. The correlation that is meant is that *of the normal scores*. It equals
the ordinary correlation of the values only where both are normal; rank correlation (Spearman's) is the same whatever
the distributions, and is turned into that of the scores by `spearman`.

Source:
    W. H. Kruskal, Ordinal measures of association, Journal of the American Statistical Association 53(284), 1958,
    doi:10.1080/01621459.1958.10501481: the rank correlation of a joint normal distribution.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from simulator.errors import Fault, InputError
from simulator.facts.spelling import allowed, did_you_mean

FloatArray = npt.NDArray[np.float64]
TOLERANCE = 1e-10
"""How far below zero rounding may bring a variance that is zero."""

WHERE = "correlations"


@dataclass(frozen=True)
class Correlation:
    """How two uncertain values hang together.

    Attributes:
        first: Key of a value.
        second: Key of the other.
        normal: Correlation of their normal scores [-1 to 1].
    """

    first: str
    second: str
    normal: float


def spearman(rank: float) -> float:
    """Return the correlation of normal scores that gives a rank correlation: 2 sin(pi rank / 6).

    Args:
        rank: Spearman's rank correlation [-1 to 1].

    Raises:
        ValueError: It is not -1 to 1.
    """
    if not -1 <= rank <= 1:
        raise ValueError(f"a rank correlation must lie between -1 and 1, but is {rank:g}")
    return min(1.0, max(-1.0, 2 * math.sin(math.pi * rank / 6)))


def correlation_matrix(keys: Sequence[str], given: Iterable[Correlation]) -> FloatArray:
    """Return the correlations of normal scores as a matrix; nothing stated is 0.

    Args:
        keys: Keys of the values that vary, in order.
        given: Stated correlations, each pair once.

    Returns:
        Correlations, shape (key, key).

    Raises:
        InputError: A key does not vary, a pair stands twice, a number is no correlation, or all together contradict
            each other.
    """
    matrix, place, faults = np.eye(len(keys)), {key: at for at, key in enumerate(keys)}, []
    for one in given:
        wrong = _wrong(one, place, matrix)
        faults += [Fault("command line", 0, 0, WHERE, text) for text in wrong]
        if not wrong:
            first, second = place[one.first], place[one.second]
            matrix[first, second] = matrix[second, first] = one.normal
    if faults:
        raise InputError(faults)
    try:
        square_root(matrix, keys)
    except ValueError as error:
        raise InputError.one(str(error), path=WHERE) from None
    return matrix


def correlated(points: FloatArray, root: FloatArray) -> FloatArray:
    """Return points whose normal scores are correlated, each column as uniform as before.

    Args:
        points: Shares above 0 and below 1, independent of each other, shape (point, column).
        root: From `square_root`, shape (column, column).

    Returns:
        Shares above 0 and below 1, same shape. A column that hangs together with none before it is not touched.
    """
    alone = [at for at in range(len(root)) if root[at, at] == 1.0]
    if len(alone) == len(root):
        return points
    from scipy.special import ndtr, ndtri

    scores, found = ndtri(points), points.copy(order="F")
    below_one = np.nextafter(1.0, 0.0)
    for at in sorted(set(range(len(root))) - set(alone)):
        # Column by column, so that a row comes out the same to the last bit whatever the number of rows.
        score = np.zeros(len(points))
        for before in np.flatnonzero(root[at]):
            score += root[at, before] * scores[:, before]
        found[:, at] = np.clip(ndtr(score), np.finfo(float).tiny, below_one)
    return found


def square_root(matrix: FloatArray, keys: Sequence[str]) -> FloatArray:
    """Return the lower triangle whose product with itself is a matrix of correlations (Cholesky's).

    Args:
        matrix: Correlations, shape (key, key).
        keys: Names of its rows, for the message.

    Raises:
        ValueError: It is no matrix of correlations, or they contradict each other; the message names those that do.
    """
    size = len(keys)
    if matrix.shape != (size, size) or not np.isfinite(matrix).all() or not np.array_equal(matrix, matrix.T):
        raise ValueError(f"correlations of {size} values must be a symmetric matrix of {size} x {size} numbers")
    if (np.diag(matrix) != 1).any() or np.abs(matrix).max(initial=0.0) > 1:
        raise ValueError("correlations must lie between -1 and 1, and that of a value with itself must be 1")
    root = np.zeros_like(matrix)
    for row in range(size):
        for column in range(row):
            left = matrix[row, column] - float(root[row, :column] @ root[column, :column])
            root[row, column] = left / root[column, column] if root[column, column] > 0 else 0.0
        variance = 1.0 - float(root[row, :row] @ root[row, :row])
        # A value before it that is fixed by others has no variance of its own: the product shows what is not met.
        missed = np.abs(root[:row] @ root[row] - matrix[row, :row]).max(initial=0.0)
        if variance < -TOLERANCE or missed > math.sqrt(TOLERANCE):
            raise ValueError(_contradiction(matrix, keys, row))
        root[row, row] = math.sqrt(variance) if variance > TOLERANCE else 0.0
    return root


def _wrong(one: Correlation, place: dict[str, int], matrix: FloatArray) -> list[str]:
    names = (one.first, one.second)
    unknown = [name for name in names if name not in place]
    pair = f"{one.first} and {one.second}"
    faults = [
        f"{name} has no distribution in which it varies; {allowed(place)}{did_you_mean(name, place)}"
        for name in unknown
    ]
    if one.first == one.second:
        faults.append(f"{one.first} cannot be correlated with itself")
    if not -1 <= one.normal <= 1:
        faults.append(f"the correlation of {pair} must lie between -1 and 1, but is {one.normal:g}")
    if not faults and matrix[place[one.first], place[one.second]]:
        faults.append(f"the correlation of {pair} is stated twice")
    return faults


def _contradiction(matrix: FloatArray, keys: Sequence[str], row: int) -> str:
    """Return which correlations contradict each other: three values, where three are enough, and what would fit."""
    for first, second in combinations(range(row), 2):
        one, other, last = matrix[first, row], matrix[second, row], matrix[first, second]
        room = math.sqrt((1 - one * one) * (1 - other * other))
        if abs(last - one * other) > room + TOLERANCE:
            low, high = one * other - room, one * other + room
            three = f"{keys[first]}, {keys[second]} and {keys[row]}"
            return (
                f"the correlations of {three} contradict each other: with {one:g} and {other:g} to {keys[row]}, "
                f"that of {keys[first]} and {keys[second]} must lie between {low:.4g} and {high:.4g}, but is {last:g}"
            )
    linked = [keys[at] for at in range(row) if matrix[at, row]]
    return f"the correlations of {keys[row]} with {', '.join(linked)} contradict those of these with each other"
