"""Morris: screening many assumptions with few points, by steps through their ranges one at a time from many places."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.uncertainty.sensitivity.factors import Factor, Function
from simulator.uncertainty.sensitivity.indices import Choice, Indices, asked, library_seed, names_of, problem_of

COUNT = (64, "trajectories")
GROUPS = True
CORRELATED = False
ORDER = "mu_star"
IN_FIGURE = True
LEVELS = 4
COLUMNS = ("mu", "mu_star", "sigma", "mu_star_conf")


def indices(function: Function, factors: Sequence[Factor], choice: Choice) -> Indices:
    """Return the mean and the spread of what a step through the whole range does to the figure.

    Args:
        function: The figure.
        factors: What is moved, alone or in groups.
        choice: Trajectories and seed.

    Returns:
        Columns `mu` (mean effect of going from the lower to the upper end, in the unit of the figure), `mu_star` (its
        mean size), `mu_star_conf` (half of the width of its 95 per cent interval) and `sigma` (how much the effect
        hangs on where the others stand; 0 for a straight line without interaction). A group has no mu and no sigma.

    Source:
        M. D. Morris, Factorial sampling plans for preliminary computational experiments, Technometrics 33(2), 1991,
        doi:10.1080/00401706.1991.10484804; F. Campolongo, J. Cariboni, A. Saltelli, An effective screening design for
        sensitivity analysis of large models, Environmental Modelling & Software 22(10), 2007,
        doi:10.1016/j.envsoft.2006.10.004.
    """
    from SALib.analyze import morris as analyser
    from SALib.sample import morris as sampler

    problem, count = problem_of(factors), choice.count or COUNT[0]
    shares = sampler.sample(problem, count, num_levels=LEVELS, seed=library_seed(choice.seed, "morris points"))
    points = np.stack([factor.between(shares[:, at]) for at, factor in enumerate(factors)], axis=1)
    figures = asked(function, points)
    seed = library_seed(choice.seed, "morris intervals")
    found = analyser.analyze(problem, shares, figures, num_levels=LEVELS, seed=seed)
    rows = [str(name) for name in found["names"]]
    order = [rows.index(name) for name in names_of(factors)]
    columns = {name: np.ma.filled(np.ma.asarray(found[name], dtype=np.float64), np.nan)[order] for name in COLUMNS}
    return Indices("morris", names_of(factors), columns, len(points), float(figures.mean()))
