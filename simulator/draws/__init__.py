"""Draws: all sets of uncertain values, made up front as one table.

**In** come the distributions of uncertain values by key, how many draws are wanted, a seed, a design and how values
hang together. **Out** comes a `DrawTable` of shape (draw, key), and of figures that were worked out on its rows what
their mean and quantiles are and how far off these may be.

**Assumptions.** Values hang together by a Gaussian copula, and only as far as a correlation is stated. A table is a
function of its plan: the order in which keys or correlations are written does not matter, and any row can be made
again alone.

**What changes when a key is added.** Columns are sorted by key. In the designs `random` and `latin_hypercube` the
columns of all other keys stay as they are; in `sobol` those that stand after it change, because the place of a column
is its dimension of the sequence. A key that is correlated changes the columns that are correlated with it and stand
after it.

    >>> from simulator.distributions import distribution_of
    >>> known = {"scale": distribution_of({"name": "lognormal", "mean": 1.0, "sd": 0.2}),
    ...          "share": distribution_of({"name": "beta", "mean": 0.65, "sd": 0.1})}
    >>> table = draw_table(DrawPlan(known, count=1024, seed=1))
    >>> table.keys, table.values.shape, len(table.parts)
    (('scale', 'share'), (1024, 2), 8)
    >>> mean = mean_of(table.values[:, 1], table.parts)
    >>> round(mean.value, 3), mean.std_error < 0.0001
    (0.65, True)
"""

from simulator.draws.copula import Correlation, correlation_matrix, spearman
from simulator.draws.designs import design_names, design_points
from simulator.draws.errors import Estimated, ends_of, mean_of, quantile_of, spread_of, variance_of
from simulator.draws.table import DrawPlan, DrawTable, csv_draws, draw_part, draw_row, draw_table

__all__ = [
    "Correlation",
    "DrawPlan",
    "DrawTable",
    "Estimated",
    "correlation_matrix",
    "csv_draws",
    "design_names",
    "design_points",
    "draw_part",
    "draw_row",
    "draw_table",
    "ends_of",
    "mean_of",
    "quantile_of",
    "spearman",
    "spread_of",
    "variance_of",
]
