"""PAWN: how far the whole distribution of a figure shifts when one assumption is known; right for correlated values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.errors import InputError
from simulator.streams import GROUPS as GROUPS_OF_PLACE
from simulator.streams import PLACES, WORD_RANGE, key_of, philox_arrays
from simulator.uncertainty.sensitivity.factors import Factor, FloatArray, Function
from simulator.uncertainty.sensitivity.indices import Choice, Indices, asked, moved, points_at, unit_points
from simulator.uncertainty.sensitivity.methods.sobol import power_of_two

COUNT = (2048, "points, a power of two")
GROUPS = False
CORRELATED = True
ORDER = "median"
IN_FIGURE = False
SLICES = 10
LEAST_A_SLICE = 10
COLUMNS = ("minimum", "mean", "median", "maximum", "CV")
DUMMY = "an input without influence"


def indices(function: Function, factors: Sequence[Factor], choice: Choice) -> Indices:
    """Return the PAWN indices of independent factors at points of its own; see `indices_of_draws`.

    Raises:
        InputError: The count is no power of two, or too small.
    """
    count = power_of_two(choice.count or COUNT[0])
    points = points_at(factors, unit_points(count, len(factors), choice.seed)[0])
    return indices_of_draws(factors, points, asked(function, points), choice.seed)


def indices_of_draws(factors: Sequence[Factor], points: FloatArray, figures: FloatArray, seed: int) -> Indices:
    """Return the PAWN indices of draws that are there already, however they hang together.

    Of correlated values the index counts what a value says of the figure, through itself and through those that go
    with it.

    Args:
        factors: The factors.
        points: Their values, shape (draw, factor).
        figures: The figure, shape (draw,).
        seed: Seed of the input without influence that stands beside them.

    Returns:
        Columns `minimum`, `mean`, `median`, `maximum` and `CV` over slices of equal probability, of the largest
        distance between the distribution of the figure within a slice and that over all [0-1]. `noise` is the median of
        an input that has no influence: a smaller index cannot be told from chance.

    Raises:
        InputError: There are too few draws, or the figure does not move.

    Source:
        F. Pianosi, T. Wagener, Distribution-based sensitivity analysis from a generic input-output sample,
        Environmental Modelling & Software 108, 2018, doi:10.1016/j.envsoft.2018.07.019.
    """
    from SALib.analyze import pawn as analyser

    least = SLICES * LEAST_A_SLICE
    if len(figures) < least:
        raise InputError.one(f"PAWN needs at least {least} draws, not {len(figures)}", path="--count")
    if not moved(figures):
        raise InputError.one("the figure does not move with any of them, so its distribution has no shape to shift")
    keys = [factor.key for factor in factors]
    problem = {"num_vars": len(keys) + 1, "names": [*keys, DUMMY], "bounds": [[0.0, 1.0]] * (len(keys) + 1)}
    # It draws nothing, and a seed would set the state of chance of the whole program.
    found = analyser.analyze(problem, np.column_stack([points, _dummy(len(points), seed)]), figures, S=SLICES)
    columns = {name: np.asarray(found[name][:-1], dtype=np.float64) for name in COLUMNS}
    noise = float(found["median"][-1])
    return Indices("pawn", tuple(keys), columns, len(points), float(figures.mean()), noise=noise)


def _dummy(count: int, seed: int) -> FloatArray:
    """Return a number between 0 and 1 a draw that nothing hangs on, shape (draw,)."""
    beyond = PLACES * GROUPS_OF_PLACE + 2
    words = philox_arrays(beyond, np.arange(count), 0, 0, key_of(seed, 0))[0]
    return np.asarray(words / WORD_RANGE, dtype=np.float64)
