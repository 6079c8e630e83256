"""Splines: columns in which a smooth function of some assumptions is a straight line, for regression on draws.

Of one assumption natural cubic splines with knots at quantiles, or, where it takes few values, one column for each
of them: then the regression is the mean at each value, exactly. Of several the splines of each, and the products of
every two. There are always fewer columns than a tenth of the draws: with more a regression follows the luck of the
draws and finds worth where there is none.

Source:
    T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning, 2nd edition, 2009, section 5.2.1: the
    basis of natural cubic splines. M. Strong, J. E. Oakley, A. Brennan, Estimating multiparameter partial expected
    value of perfect information from a probabilistic sensitivity analysis sample: a nonparametric regression approach,
    Medical Decision Making 34(3), 2014, doi:10.1177/0272989X13505910: regression in place of nested simulation.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import numpy.typing as npt

from simulator.errors import InputError

FloatArray = npt.NDArray[np.float64]
KNOTS = 7
"""Knots of the spline of one assumption, where the draws are enough for them."""
FEW_VALUES = 12
"""Up to so many different values each has a column of its own."""
DRAWS_A_COLUMN = 10
"""So many draws there are at least for each column."""
LEAST_COLUMNS = 3
"""A constant, a slope and a bend; with fewer nothing is smooth."""
MOST_COLUMNS = 120
"""Columns of a regression however many the draws are: more of them make it slow and tell nothing."""
OUTER = 0.02
"""Share of the draws beyond the first and the last knot."""


def columns_of(drawn: FloatArray) -> FloatArray:
    """Return the columns of a regression on some assumptions, the first of them a constant.

    Args:
        drawn: Their values, shape (draw, key); those of a key may be equal.

    Returns:
        Shape (draw, column).

    Raises:
        InputError: The draws are too few.
    """
    count, keys = drawn.shape
    most = min((count - 1) // DRAWS_A_COLUMN, MOST_COLUMNS)
    if most < LEAST_COLUMNS:
        least = LEAST_COLUMNS * DRAWS_A_COLUMN + 1
        raise InputError.one(f"{count} draws are too few to learn from; allowed: at least {least}", path="--draws")
    knots = min(KNOTS, max((most - 1) // max(keys, 1) + 1, 2))
    alone = [_of_one(drawn[:, at], knots) for at in range(keys)]
    parts = [np.ones((count, 1)), *alone]
    if sum(part.shape[1] for part in parts) > most:
        parts = [parts[0], _scores(drawn)[:, : most - 1]]
    taken = sum(part.shape[1] for part in parts)
    pairs = list(combinations(range(keys), 2))
    if pairs and taken + len(pairs) <= most:
        scores = _scores(drawn)
        parts.append(np.column_stack([scores[:, one] * scores[:, other] for one, other in pairs]))
    found = np.column_stack(parts)
    assert found.shape[1] * DRAWS_A_COLUMN < count, "fewer coefficients than a tenth of the draws"
    return found


def _of_one(values: FloatArray, knots: int) -> FloatArray:
    """Return the columns of one assumption without the constant."""
    known = np.unique(values)
    if len(known) <= min(FEW_VALUES, knots):
        each: FloatArray = (values[:, None] == known[1:]).astype(np.float64)
        return each
    scaled = (values - known[0]) / (known[-1] - known[0])
    at = np.unique(np.quantile(scaled, np.linspace(OUTER, 1 - OUTER, knots)))
    if len(at) < LEAST_COLUMNS:
        line: FloatArray = scaled[:, None]
        return line
    bends = np.stack([_bend(scaled, one, at[-1]) for one in at[:-1]], axis=1)
    return np.column_stack([scaled, bends[:, :-1] - bends[:, -1:]])


def _bend(scaled: FloatArray, knot: float, last: float) -> FloatArray:
    """Return what a natural spline adds from a knot on."""
    one, other = np.maximum(scaled - knot, 0.0), np.maximum(scaled - last, 0.0)
    bend: FloatArray = (one * one * one - other * other * other) / (last - knot)
    return bend


def _scores(drawn: FloatArray) -> FloatArray:
    """Return values in standard deviations from their mean; 0 where all are equal."""
    apart = drawn - drawn.mean(axis=0)
    spread = apart.std(axis=0)
    scores: FloatArray = apart / np.where(spread > 0, spread, 1.0)
    return scores
