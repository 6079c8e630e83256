"""Sobol: the share of the variance of a figure that each assumption makes, alone and together with the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.errors import InputError
from simulator.uncertainty.sensitivity.factors import Factor, FloatArray, Function
from simulator.uncertainty.sensitivity.indices import (
    Choice,
    Indices,
    Pair,
    asked,
    library_seed,
    moved,
    names_of,
    points_at,
    problem_of,
    unit_points,
)

COUNT = (1024, "points of the base sample, a power of two")
GROUPS = True
CORRELATED = False
ORDER = "ST"
IN_FIGURE = False
COLUMNS = ("S1", "S1_conf", "ST", "ST_conf")
PAIRS = ("S2", "S2_conf")


def indices(function: Function, factors: Sequence[Factor], choice: Choice) -> Indices:
    """Return first and total order indices with their intervals, and on request those of pairs.

    The points are a scrambled Sobol sequence in the unit cube, led through the quantile function of each factor, in
    the scheme of Saltelli: count x (rows + 2) evaluations, with pairs count x (2 rows + 2).

    Args:
        function: The figure.
        factors: What is moved, alone or in groups; independent of each other.
        choice: Points, seed, and whether pairs are wanted.

    Returns:
        Columns `S1` and `ST`, shares of the variance, and `S1_conf` and `ST_conf`, half of the width of their 95 per
        cent intervals, from resampling. Pairs `S2` and `S2_conf`.

    Raises:
        InputError: The count is no power of two, or the figure does not move.

    Source:
        I. M. Sobol, Mathematics and Computers in Simulation 55, 2001, doi:10.1016/S0378-4754(00)00270-6;
        A. Saltelli and others, Variance based sensitivity analysis of model output, Computer Physics Communications
        181(2), 2010, doi:10.1016/j.cpc.2009.09.018.
    """
    from SALib.analyze import sobol as analyser

    count = power_of_two(choice.count or COUNT[0])
    shares = saltelli(factors, unit_points(count, len(factors), choice.seed), pairs=choice.second_order)
    figures = asked(function, points_at(factors, shares))
    if not moved(figures):
        raise InputError.one("the figure does not move with any of them, so there is no variance to share out")
    problem, seed = problem_of(factors), library_seed(choice.seed, "sobol intervals")
    found = analyser.analyze(problem, figures, calc_second_order=choice.second_order, seed=seed)
    columns = {name: np.asarray(found[name], dtype=np.float64) for name in COLUMNS}
    names = names_of(factors)
    pairs = {name: _pairs(names, found[name]) for name in PAIRS} if choice.second_order else {}
    return Indices("sobol", names, columns, len(shares), float(figures.mean()), pairs)


def power_of_two(count: int) -> int:
    """Return a count that is a power of two.

    Raises:
        InputError: It is none; names the two nearest.
    """
    if count < 2 or count & (count - 1):
        below = 1 << max(count.bit_length() - 1, 1)
        message = f"{count} is no power of two, which the points of Sobol must be; allowed: {below} or {2 * below}"
        raise InputError.one(message, path="--count")
    return count


def saltelli(factors: Sequence[Factor], base: tuple[FloatArray, FloatArray], *, pairs: bool) -> FloatArray:
    """Return the points of Saltelli's scheme, in the order in which SALib reads them.

    Args:
        factors: The factors; those of a group move together.
        base: Two independent sets of points, each of shape (point, factor).
        pairs: Whether the points that indices of pairs need are wanted.

    Returns:
        Shares, shape (point x step, factor): for each point A, then A with one row's columns from B, then, for pairs,
        B with one row's columns from A, then B.
    """
    first, second = base
    own = [[factor.name == name for factor in factors] for name in names_of(factors)]
    steps = [first, *(np.where(columns, second, first) for columns in own)]
    if pairs:
        steps += [np.where(columns, first, second) for columns in own]
    return np.stack([*steps, second], axis=1).reshape(-1, len(factors))


def _pairs(names: Sequence[str], square: FloatArray) -> dict[Pair, float]:
    return {
        (one, other): float(square[at, beyond])
        for at, one in enumerate(names)
        for beyond, other in enumerate(names)
        if at < beyond
    }
