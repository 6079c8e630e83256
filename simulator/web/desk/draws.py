"""The draws of a position: what is drawn, and the employment effect at every draw, without simulating again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from simulator.draws import DrawPlan, DrawTable, draw_table
from simulator.plan import CONTROL
from simulator.results import Drawn
from simulator.results.drawn import HEADLINE, SURE
from simulator.results.sample import MIO
from simulator.uncertainty.knowledge import OF_EACH, draw_plan, drawn_with
from simulator.uncertainty.worked import Worked
from simulator.web.desk.drawn_figures import drawn_figure
from simulator.web.desk.valued import Footing
from simulator.web.shelf import Shelf

QUANTILES = np.linspace(0.0, 1.0, 41)
MIDDLE_HALF = (0.25, 0.75)


@dataclass
class Draws:
    """Makes draws; the latest tables are kept, and of what values figures were found to be products.

    Attributes:
        tables: Draws by plan.
        straight: Sets of values in each of which the figure is a straight line, by delivery and structure.
    """

    tables: Shelf[DrawTable] = field(default_factory=lambda: Shelf(6))
    straight: Shelf[set[frozenset[str]]] = field(default_factory=lambda: Shelf(64))

    def of(self, footing: Footing) -> tuple[Drawn | None, bool]:
        """Return the draws of a position, and whether they wait for simulations of their own.

        Raises:
            InputError: Distributions and correlations do not go together, or nothing that is read is drawn.
        """
        plan, reading = footing.plan, footing.reading
        if not plan.draws or reading is None:
            return None, False
        worked = Worked(footing.scenario, replace(plan, replications=OF_EACH), reading=reading)
        drawn = draw_plan(worked, plan)
        if any(worked.simulates(key) for key in drawn.varying):
            return None, True
        table = self.tables.get(_told(drawn), lambda: draw_table(drawn))
        return drawn_with(worked, (drawn, table), {HEADLINE: self._figure(footing, worked, table)}), False

    def _figure(self, footing: Footing, worked: Worked, table: DrawTable) -> np.ndarray[Any, np.dtype[np.float64]]:
        by_hand, valued = footing.plan.engine == CONTROL, footing.headline()

        def figure(numbers: Mapping[str, float]) -> float:
            leaves = worked.leaves(numbers)
            return footing.control_figures(leaves)[HEADLINE] if by_hand else valued(leaves)

        known = {key: worked.lever(key).value for key in table.keys}
        today = {key: one for key, one in known.items() if one is not None}
        known_as = self.straight.get(footing.structure, set)
        keys = frozenset(table.keys)
        figures, straight = drawn_figure(figure, table, today, any(keys <= more for more in known_as))
        if straight and not any(keys <= more for more in known_as):
            known_as.add(keys)
        return figures


def interval_of(drawn: Drawn, converted: float) -> dict[str, Any]:
    """Return the range of the employment effect over the draws [mio. kr.]; drawn values change no count."""
    effect = drawn.figures[HEADLINE] * MIO
    low, high = drawn.range_of(effect)
    quantiles = np.quantile(effect, QUANTILES, method="hazen")
    return {
        "low": low + 0.0,
        "high": high + 0.0,
        "share": SURE,
        "called": drawn.called,
        "sign": drawn.sign,
        "drawn": list(drawn.table.keys),
        "draws": drawn.table.count,
        "quantiles": (quantiles + 0.0).tolist(),
        "fifty": (np.quantile(effect, MIDDLE_HALF, method="hazen") + 0.0).tolist(),
        "converted": [converted, converted],
        "simulated": True,
    }


def _told(plan: DrawPlan) -> tuple[object, ...]:
    """Return what a table is made from."""
    known = tuple((key, repr(plan.distributions[key].described())) for key in plan.keys)
    return known, plan.count, plan.seed, plan.design, plan.correlations
