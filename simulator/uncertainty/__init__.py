"""Uncertainty: how sure a figure is, what drives it, and what would turn it.

**In** comes a scenario, whose values may carry ranges and distributions. **Out** come ranges, sensitivities, values at
which the figure turns, and answers to "and if?".

`worked.py` is the ground of all of it: a scenario that is simulated once for each distinct delivery and valued at as
many points as one likes. Two kinds of uncertainty are never mixed: **events**, the luck of a replication, and
**knowledge**, the draw of an assumption.

    >>> import numpy as np
    >>> from simulator.uncertainty.multilinear import written_out
    >>> chain = lambda points: {"kr": points.prod(axis=1)}  # conversations x weeks x kroner
    >>> found = written_out(chain, np.array([[9_000.0, 0.0, 5_000.0], [11_000.0, 0.2, 7_000.0]]), budget=100)
    >>> round(float(found.at(np.array([[10_000.0, 0.1, 6_000.0]]))[0, 0]))
    6000000
"""

from simulator.uncertainty.information.normal import evpi_normal
from simulator.uncertainty.trials.sizes import design_effect, n_two_proportions, schoenfeld_events

__all__ = ["design_effect", "evpi_normal", "n_two_proportions", "schoenfeld_events"]
