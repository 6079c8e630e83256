"""One at a time: each assumption at the ends of its range, all others at today's values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.errors import InputError
from simulator.uncertainty.sensitivity.factors import Factor, FloatArray, Function
from simulator.uncertainty.sensitivity.indices import Choice, Indices, asked

COUNT = None
GROUPS = False
CORRELATED = True
ORDER = "swing"
IN_FIGURE = True
ENDS = (0.0, 1.0)


def indices(function: Function, factors: Sequence[Factor], choice: Choice) -> Indices:
    """Return the figure at both ends of each range, and its swing.

    The swing is the distance between the largest and the smallest of three figures: at the lower end, at the upper end
    and at today's value. An assumption whose value today is None is left as it is (NaN) while others move.

    Args:
        function: The figure.
        factors: What is moved.
        choice: Nothing of it is used: there is no chance in this method.

    Returns:
        Columns `low_figure`, `high_figure`, `swing`, one row a factor that could be moved.
    """
    today = np.array([np.nan if factor.today is None else factor.today for factor in factors])
    centre = float(asked(function, today[None, :])[0])
    ends: dict[str, FloatArray] = {}
    refused = {}
    for at, factor in enumerate(factors):
        points = np.repeat(today[None, :], len(ENDS), axis=0)
        points[:, at] = factor.between(np.array(ENDS))
        try:
            ends[factor.key] = asked(function, points)
        except InputError as error:
            refused[factor.key] = error.faults[0].message
    table = np.array(list(ends.values())).reshape(len(ends), len(ENDS))
    three = np.column_stack([table, np.full(len(ends), centre)])
    columns = {"low_figure": table[:, 0], "high_figure": table[:, 1], "swing": np.ptp(three, axis=1)}
    evaluations = 1 + len(ENDS) * len(factors)
    return Indices("tornado", tuple(ends), columns, evaluations, centre, refused=refused)
