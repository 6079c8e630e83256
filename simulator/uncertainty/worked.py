"""Worked: a scenario that is simulated once, and whose figures can be asked for at as many other values as one likes.

Which stage reads which value is found by going through the stages (`pipeline.stages_of`). Points that differ in what
delivery reads are simulated once for each distinct delivery, with the same luck; all others are valued on what was
counted. Where many points share a delivery, its figures are written out as sums of products first (`multilinear.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from simulator import pipeline
from simulator.delivery import Replicated
from simulator.errors import InputError
from simulator.pipeline import World
from simulator.plan import CONTROL, Plan
from simulator.scenario import Scenario
from simulator.uncertainty.closed_form import ClosedForm
from simulator.uncertainty.levers import Lever, lever_at, levers_of, uncertain_levers
from simulator.uncertainty.multilinear import Multilinear, written_out
from simulator.uncertainty.valuer import Figures, Numbers, Valuer

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Stages = Callable[[Scenario], Mapping[str, frozenset[str]]]
HEADLINE = "employment_effect_kr"
FEW = 48
"""Points of one delivery up to which each is worked out for itself."""
MORE = 4
"""Products that were not found are looked for again where so many times the points are asked for."""
AT_HAND = 64
"""Deliveries that are kept at hand, today's always."""


@dataclass
class Delivered:
    """One delivery.

    Attributes:
        figures: Returns its figures at other numbers, by key of the catalogue.
        products: Its figures as sums of products, by the levers that move; None where none were found, and at most how
            many points were spent on it.
    """

    figures: Callable[[Mapping[str, float]], Figures]
    products: dict[tuple[str, ...], tuple[Multilinear | None, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """Which stages of a scenario read each value: delivery, effects, money.

    Attributes:
        read: As it stands.
        stages: When other values are moved too, as far as the ends of all ranges tell.
    """

    read: Mapping[str, frozenset[str]]
    stages: Mapping[str, frozenset[str]]


class Worked:
    """A scenario that was worked up, and whose figures can be asked for at other values.

    Attributes:
        scenario: The scenario.
        plan: How it is simulated.
        runs: Simulations made so far; all replications of both arms count as one.
        step: Called after each replication.
    """

    def __init__(
        self,
        scenario: Scenario,
        plan: Plan,
        step: Callable[[], None] = lambda: None,
        reading: Reading | None = None,
    ) -> None:
        """Take a scenario; nothing is simulated yet.

        Args:
            scenario: The scenario.
            plan: How to simulate it; under the engine `control` its closed form answers alone.
            step: Called after each replication.
            reading: What the scenario reads, where it is known already.
        """
        self.scenario, self.plan, self.runs, self.step = scenario, plan, 0, step
        self.reading = reading_of(scenario) if reading is None else reading
        self._asked: dict[str, Lever] = {}
        self._delivered: dict[Numbers, Delivered] = {}

    @cached_property
    def levers(self) -> dict[str, Lever]:
        """Every value that the run reads and that has a range or a distribution, by key."""
        levers, read = levers_of(self.scenario, self.stages), self.reading.read
        return {
            key: lever
            for key, lever in levers.items()
            if lever.distribution or any(one in read for one in lever.leaves)
        }

    @cached_property
    def uncertain(self) -> dict[str, Lever]:
        """Those of the levers that carry a distribution."""
        return uncertain_levers(self.scenario, self.stages)

    @property
    def read(self) -> Mapping[str, frozenset[str]]:
        """Which stages read each value as it stands."""
        return self.reading.read

    @property
    def stages(self) -> Mapping[str, frozenset[str]]:
        """Which stages read each value, when others are moved too."""
        return self.reading.stages

    def take(self, world: World, found: Replicated) -> None:
        """Take over today's delivery from a simulation that was made already."""
        self._delivered[()] = Delivered(Valuer(world, found, self.stages))

    def lever(self, key: str) -> Lever:
        """Return the lever of a value or of a table of values, whether or not it has a range.

        Raises:
            InputError: There is no such value.
        """
        if key not in self._asked:
            self._asked[key] = lever_at(self.scenario, key, self.stages)
        return self._asked[key]

    def simulates(self, key: str) -> bool:
        """Return whether moving a lever means simulating again."""
        leaves = self.lever(key).leaves
        return self.plan.engine != CONTROL and any(pipeline.DELIVERY in self.stages.get(one, ()) for one in leaves)

    def deliveries(self, points: Mapping[str, FloatArray]) -> int:
        """Return how many simulations the figures at some points take; those at hand take none."""
        if self.plan.engine == CONTROL:
            return 0
        return sum(self._delivery_at(points, int(rows[0])) not in self._delivered for rows in self._groups(points))

    def figure(self, keys: Sequence[str], name: str = HEADLINE) -> Callable[[FloatArray], FloatArray]:
        """Return one figure as a function of some levers: points of shape (point, key) in, shape (point,) out."""

        def of(points: FloatArray) -> FloatArray:
            columns = {key: np.ascontiguousarray(points[:, at], dtype=np.float64) for at, key in enumerate(keys)}
            return self.figures(columns, (name,))[name]

        return of

    def today(self) -> dict[str, float]:
        """Return the figures of the scenario as it stands, by name."""
        return self._deliver(()).figures({})

    def figures(self, points: Mapping[str, FloatArray], names: Sequence[str] = ()) -> dict[str, FloatArray]:
        """Return figures at some points, by name.

        Args:
            points: Values by lever [unit], each shape (point,). Levers that are not named stay as they are.
            names: Names of the figures wanted, as `results.tally` has them; all where left out.

        Returns:
            Each shape (point,): numbers, weeks and kroner as their names say; minus is a loss.

        Raises:
            InputError: There is no such lever, or a number is not one that its unit can be.
            RunError: A law is broken.
        """
        if not _count(points):
            return {name: np.empty(0) for name in names or self.today()}
        found: dict[str, FloatArray] = {}
        for rows in self._groups(points):
            delivered = self._deliver(self._delivery_at(points, int(rows[0])))
            valued = {key: column[rows] for key, column in points.items() if not self.simulates(key)}
            for name, numbers in self._valued(delivered, valued, len(rows), names).items():
                found.setdefault(name, np.empty(_count(points)))[rows] = numbers
        return found

    def products(self, keys: Sequence[str], box: FloatArray, budget: int) -> Multilinear | None:
        """Return the figures of today's delivery as sums of products of some levers, none of which simulates.

        Args:
            keys: Levers.
            box: Lowest and highest value of each, shape (2, key).
            budget: Most points that may be worked out.
        """
        assert not any(self.simulates(key) for key in keys), "what delivery reads is no product"
        delivered = self._deliver(())
        return written_out(lambda rows: self._each(delivered, tuple(keys), rows), box, budget)

    def leaves(self, numbers: Mapping[str, float]) -> dict[str, float]:
        """Return the numbers of levers by key of the catalogue; one value wins over a table that holds it."""
        levers = sorted((self.lever(key) for key in numbers), key=lambda lever: -len(lever.leaves))
        return {leaf: numbers[lever.key] for lever in levers for leaf in lever.leaves}

    def _groups(self, points: Mapping[str, FloatArray]) -> Iterator[IntArray]:
        """Yield the rows of each distinct delivery, in the order in which they are first asked for."""
        columns = [column for key, column in points.items() if self.simulates(key)]
        if not _count(points):
            return
        if not columns:
            yield np.arange(_count(points))
            return
        _, first, which = np.unique(np.stack(columns, axis=1), axis=0, return_index=True, return_inverse=True)
        order = np.argsort(which.ravel(), kind="stable")
        parts = np.split(order, np.cumsum(np.bincount(which.ravel()))[:-1])
        yield from (parts[at] for at in np.argsort(first))

    def _delivery_at(self, points: Mapping[str, FloatArray], row: int) -> Numbers:
        """Return the numbers of a row that delivery reads, by key; those that are today's in both arms are left out."""
        numbers = self.leaves({key: float(column[row]) for key, column in points.items() if self.simulates(key)})
        moved = {leaf: one for leaf, one in numbers.items() if any(one != now for now in self._now(leaf))}
        return tuple(sorted(moved.items()))

    def _now(self, leaf: str) -> list[float]:
        return [arm.values.row(leaf).value for arm in self.scenario.arms]

    def _deliver(self, delivery: Numbers) -> Delivered:
        """Return a delivery, simulated where it is not at hand."""
        if delivery not in self._delivered:
            while len(self._delivered) >= AT_HAND:
                del self._delivered[next(key for key in self._delivered if key)]
            scenario = self.scenario.with_values(dict(delivery)) if delivery else self.scenario
            self._delivered[delivery] = Delivered(self._valuer(scenario))
        return self._delivered[delivery]

    def _valuer(self, scenario: Scenario) -> Callable[[Mapping[str, float]], Figures]:
        if self.plan.engine == CONTROL:
            return ClosedForm(scenario, self.stages)
        world = pipeline.prepare(scenario.with_values({}))
        self.runs += 1
        return Valuer(world, pipeline.deliver(world, self.plan, self.step), self.stages)

    def _valued(
        self, delivered: Delivered, points: Mapping[str, FloatArray], count: int, names: Sequence[str]
    ) -> dict[str, FloatArray]:
        """Return the figures of one delivery at some points, by name."""
        if not points:
            today = delivered.figures({})
            return {name: np.full(count, today[name]) for name in names or today}
        keys, rows = tuple(points), np.stack(list(points.values()), axis=1)
        products = self._products(delivered, keys, rows) if count > FEW else None
        if products is not None:
            names = tuple(names) or products.names
            return dict(zip(names, products.at(rows, names).T, strict=True))
        return self._each(delivered, keys, rows, names)

    def _products(self, delivered: Delivered, keys: tuple[str, ...], rows: FloatArray) -> Multilinear | None:
        """Return the figures of a delivery as sums of products; None where they are none."""
        known, tried = delivered.products.get(keys, (None, 0))
        if len(rows) > MORE * tried if known is None else not known.holds(rows):
            box = np.stack([rows.min(axis=0), rows.max(axis=0)])
            known = written_out(lambda some: self._each(delivered, keys, some), box, budget=len(rows))
            delivered.products[keys] = known, len(rows)
        return known

    def _each(
        self, delivered: Delivered, keys: tuple[str, ...], rows: FloatArray, names: Sequence[str] = ()
    ) -> dict[str, FloatArray]:
        """Return the figures of a delivery, worked out at each point for itself."""
        figures = [delivered.figures(self.leaves(dict(zip(keys, row, strict=True)))) for row in rows.tolist()]
        names = names or tuple(figures[0] if figures else delivered.figures({}))
        return {name: np.array([one[name] for one in figures], dtype=np.float64) for name in names}


def work_up(scenario: Scenario, plan: Plan, step: Callable[[], None] = lambda: None) -> Worked:
    """Return a scenario ready to be asked at other values; see `Worked`."""
    return Worked(scenario, plan, step)


def reading_of(scenario: Scenario, stages_of: Stages = pipeline.stages_of) -> Reading:
    """Return what a scenario reads: found once, and good for every `Worked` of it.

    Args:
        scenario: The scenario.
        stages_of: Says which stages of a scenario read each value.
    """
    read = read_of(scenario, stages_of)
    return Reading(read, read | reach_of(scenario, read, stages_of))


def read_of(scenario: Scenario, stages_of: Stages = pipeline.stages_of) -> dict[str, frozenset[str]]:
    """Return which stages read each value, as the scenario stands or at the ends of the ranges.

    What is worth nothing today is not asked what share of it is kept; at another number it would be.
    """
    rows = [row for row in scenario.baseline.values.rows() if row.value == 0 and row.high]
    found = dict(stages_of(scenario))
    for key, stages in stages_of(scenario.with_values({row.key: row.high or 0.0 for row in rows})).items():
        found[key] = found.get(key, frozenset()) | stages
    return found


def reach_of(
    scenario: Scenario, read: Mapping[str, frozenset[str]], stages_of: Stages = pipeline.stages_of
) -> dict[str, frozenset[str]]:
    """Return which stages read each value when others are moved too, as far as the ends of all ranges tell.

    The growth of a year is read at the price level of another; what a digital meeting keeps of an effect is read where
    there is one.

    Args:
        scenario: The scenario.
        read: Which stages read each value as it stands.
        stages_of: As `reading_of` has it.
    """
    found = dict(read)
    for end in ("low", "high"):
        ends = {row.key: getattr(row, end) for row in scenario.baseline.values.rows()}
        try:
            stages = stages_of(scenario.with_values({key: one for key, one in ends.items() if one is not None}))
        except InputError:  # all ends at once may be more than a stage takes
            continue
        for key, some in stages.items():
            found[key] = found.get(key, frozenset()) | some
    return found


def _count(points: Mapping[str, FloatArray]) -> int:
    return len(next(iter(points.values()))) if points else 1
