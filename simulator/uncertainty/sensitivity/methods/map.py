"""Two at a time: a figure over a grid of two assumptions, all others at today's values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.errors import InputError
from simulator.uncertainty.sensitivity.factors import Factor, FloatArray, Function
from simulator.uncertainty.sensitivity.indices import Choice, Grid, asked
from simulator.uncertainty.sensitivity.methods import tornado

COUNT = (9, "values a side")
GROUPS = False
CORRELATED = True


def indices(function: Function, factors: Sequence[Factor], choice: Choice) -> Grid:
    """Return a figure over two assumptions: those named, or the two with the largest swings one at a time.

    Args:
        function: The figure.
        factors: What can be moved; those that are not on the map stay at today's values.
        choice: Values a side and keys.

    Raises:
        InputError: Fewer than two assumptions move the figure, or what is named is not among them.
    """
    if choice.keys:
        chosen, centre, evaluations = choice.keys, None, 0
    else:
        found = tornado.indices(function, factors, choice)
        chosen, centre, evaluations = found.ordered("swing")[:2], found.centre, found.evaluations
    keys = [factor.key for factor in factors]
    if len(chosen) != 2 or len(set(chosen)) != 2 or not set(chosen) <= set(keys):
        message = f"a map needs two different assumptions that are moved, not {', '.join(chosen) or 'none'}"
        raise InputError.one(message, path="--method map")
    today = np.array([np.nan if factor.today is None else factor.today for factor in factors])
    if centre is None:
        centre, evaluations = float(asked(function, today[None, :])[0]), 1
    first, second = (keys.index(key) for key in chosen)
    sides = [_side(factors[at], choice.count or COUNT[0]) for at in (first, second)]
    points = np.repeat(today[None, :], len(sides[0]) * len(sides[1]), axis=0)
    points[:, first], points[:, second] = (axis.ravel() for axis in np.meshgrid(*sides))
    figures = asked(function, points).reshape(len(sides[1]), len(sides[0]))
    return Grid((chosen[0], chosen[1]), sides[0], sides[1], figures, centre, evaluations + len(points))


def _side(factor: Factor, count: int) -> FloatArray:
    """Return the values of a side: evenly spaced over the range, whole numbers each once."""
    low, high = factor.between(np.array([0.0, 1.0])).tolist()
    values = np.linspace(low, high, count)
    return np.unique(np.rint(values)) if factor.whole else values
