"""Ground: one delivery, whose figures can be asked for at any level of the sliders that simulate nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from simulator import pipeline
from simulator.draws import DrawTable, spread_of
from simulator.plan import CONTROL, Plan
from simulator.results.drawn import HEADLINE, SURE
from simulator.results.sample import MIO
from simulator.scenario import Scenario
from simulator.uncertainty.multilinear import Multilinear
from simulator.uncertainty.worked import Reading, Worked
from simulator.web.static.corners import of_corners

FloatArray = npt.NDArray[np.float64]
Columns = Mapping[str, FloatArray]
KRONER = {
    "employment_effect_mio_kr": "employment_effect_kr",
    "form_mio_kr": "form_kr",
    "volume_mio_kr": "volume_kr",
    "caseworker_time_mio_kr": "caseworker_time_kr",
    "net_mio_kr": "net_kr",
}
"""Figures in mio. kr., and how a replication names them in kroner."""
NAMES = (*KRONER.values(), "employment_weeks", "full_time_weeks")
RANGE = ("low", "high", "quarter", "three_quarters")
"""Ends of the ranges of the employment effect that hold 95 and 50 per cent of the draws [mio. kr.]."""
HALF = 0.5
WEEKS_A_YEAR = "saldo.weeks_per_person_year"
SEARCH = 4096
"""Most points that may be worked out to find that the figures are products."""
Tables = Callable[[frozenset[str]], DrawTable | None]
"""The draws of a level, by the keys of the sliders that are set to nothing."""
Spans = Mapping[str, tuple[float, float]]
"""Lowest and highest number of a slider that simulates nothing, or of a value that is drawn, by key."""


Kind = tuple[bool, tuple[str, ...]]
"""Whether it is the control, and the keys that move."""


@dataclass(frozen=True)
class Manner:
    """How the scenarios of a page are run.

    Attributes:
        plan: Seed, replications, engine and threads.
        reading: What the scenario reads.
        spans: Between which numbers each slider moves and each value is drawn.
        step: Called after each replication.
        straight: Of which figures it was found and checked in a delivery that they are sums of products.
    """

    plan: Plan
    reading: Reading
    spans: Spans
    step: Callable[[], None]
    straight: set[Kind] = field(default_factory=set)


class Ground:
    """One delivery: what was counted in it, its control, and what both are worth at other numbers.

    Where the figures are sums of products of the sliders, which is tried and checked, they are written out once.
    """

    def __init__(self, scenario: Scenario, manner: Manner) -> None:
        """Simulate a scenario with all replications of its plan.

        Raises:
            InputError: The facts do not cover the period, or a rule cannot be applied.
            RunError: A law is broken.
        """
        plan, reading = replace(manner.plan, draws=0), manner.reading
        self._control = Worked(scenario, replace(plan, engine=CONTROL), reading=reading)
        self._worked = self._control
        told = None
        if plan.engine != CONTROL:
            world = pipeline.prepare(scenario.with_values({}))
            told = pipeline.record(world, plan, manner.step)
            self._worked = Worked(scenario, plan, reading=reading)
            self._worked.take(world, told.mean)
        run = pipeline.simulate(scenario.with_values({}), plan, told=told)
        self._headline = run.headline
        self._weeks_a_year = scenario.baseline.values[WEEKS_A_YEAR]
        self._spans, self._straight = manner.spans, manner.straight
        self._products: dict[Kind, Multilinear | None] = {}

    def figures(self, columns: Columns) -> dict[str, FloatArray]:
        """Return the figures of simulation and control at some points.

        Args:
            columns: Numbers of sliders by key [unit], each shape (point,); the others stand as the scenario has them.

        Returns:
            Each shape (point,), under the names of the page; those of the control begin with `control.`.
        """
        count = len(next(iter(columns.values()))) if columns else 1
        weeks_a_year = columns.get(WEEKS_A_YEAR, self._weeks_a_year)
        found = _told(self._valued(self._worked, columns), weeks_a_year)
        found |= {name: np.full(count, one) for name, one in self._counted().items()}
        loss = -found["form_mio_kr"] / MIO
        found["kr_per_conversation"] = np.divide(
            loss, found["converted"], out=np.full(count, np.nan), where=found["converted"] != 0
        )
        control = _told(self._valued(self._control, columns), weeks_a_year)
        found |= {f"control.{name}": numbers for name, numbers in control.items()}
        return {name: numbers + 0.0 for name, numbers in found.items()}

    def _valued(self, worked: Worked, columns: Columns, names: Sequence[str] = NAMES) -> dict[str, FloatArray]:
        """Return figures by name at some points; from their products where they are such."""
        if not columns:
            return worked.figures({}, names)
        keys = tuple(sorted(columns))
        rows = np.stack([columns[key] for key in keys], axis=1)
        products = self._written_out(worked, keys, rows)
        if products is None:
            return worked.figures(columns, names)
        return dict(zip(names, products.at(rows, names).T, strict=True))

    def _written_out(self, worked: Worked, keys: tuple[str, ...], rows: FloatArray) -> Multilinear | None:
        """Return the figures as sums of products of some keys; None where they are none."""
        kind = worked is self._control, keys
        known = self._products.get(kind)
        if kind not in self._products or (known is not None and not known.holds(rows)):
            wide = np.array([self._spans.get(key, (np.inf, -np.inf)) for key in keys])
            low, high = np.minimum(rows.min(axis=0), wide[:, 0]), np.maximum(rows.max(axis=0), wide[:, 1])
            self._products[kind] = self._looked_for(worked, keys, np.stack([low, high]))
        return self._products[kind]

    def _looked_for(self, worked: Worked, keys: tuple[str, ...], box: FloatArray) -> Multilinear | None:
        """Return products; where those of another delivery were found and checked already, from the corners alone."""
        kind, found = (worked is self._control, keys), None
        if kind in self._straight:
            found = of_corners(lambda rows: worked.figures(dict(zip(keys, rows.T, strict=True)), NAMES), box)
        if found is None:
            found = worked.products(keys, box, SEARCH)
        if found is not None:
            self._straight.add(kind)
        return found

    def _counted(self) -> dict[str, float]:
        """Return what no slider that simulates nothing changes, exactly as a run has it."""
        held = self._headline["conversations"]["baseline"]
        counted = {
            "converted": self._headline["converted"]["mean"],
            "control.converted": self._headline["converted"]["control"],
            "held_baseline": held["held"],
            "physical_baseline": held["physical"],
        }
        return {name: np.nan if number is None else float(number) for name, number in counted.items()}

    def ranges(self, columns: Columns, tables: Tables) -> dict[str, FloatArray]:
        """Return the ranges of the employment effect over the draws, at the same points; nothing where none is drawn.

        Args:
            columns: As in `figures`.
            tables: What is drawn there; None where nothing is, or where each draw is a simulation of its own.
        """
        count = len(next(iter(columns.values()))) if columns else 1
        found = np.full((len(RANGE), count), np.nan)
        for at in range(count):
            point = {key: float(column[at]) for key, column in columns.items()}
            table = tables(frozenset(key for key, number in point.items() if number == 0))
            if table is not None:
                found[:, at] = self._range(point, table)
        return dict(zip(RANGE, found + 0.0, strict=True))

    def _range(self, point: Mapping[str, float], table: DrawTable) -> tuple[float, ...]:
        fixed = {key: np.full(table.count, number) for key, number in point.items()}
        columns = fixed | table.points
        keys = tuple(sorted(columns))
        if self._written_out(self._worked, keys, np.stack([columns[key] for key in keys], axis=1)) is None:
            return (np.nan,) * len(RANGE)
        effect = self._valued(self._worked, columns, (HEADLINE,))[HEADLINE]
        # The ends of a range are those of all draws together; only their error, not told here, needs the parts.
        parts = (table.count,) if min(table.parts) * (1 - SURE) / 2 >= 1 else table.parts
        ends = (*spread_of(effect, parts, SURE), *spread_of(effect, parts, HALF))
        return tuple(one.value * MIO for one in ends)


def _told(figures: Mapping[str, FloatArray], weeks_a_year: FloatArray | float) -> dict[str, FloatArray]:
    """Return figures of replications or of the control under the names of the page."""
    found = {name: figures[kroner] * MIO for name, kroner in KRONER.items()}
    found["employment_weeks"] = figures["employment_weeks"]
    found["person_years"] = figures["full_time_weeks"] * (1 / weeks_a_year)
    return found
