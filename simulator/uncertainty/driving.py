"""What drives a run, as the tables that are kept in its folder: drivers, turns and the two-way grid.

They are worked out of the run that was made: what it counted is valued again, and nothing is simulated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd

from simulator import pipeline
from simulator.delivery import Replicated
from simulator.errors import InputError
from simulator.pipeline import World, prepare
from simulator.plan import CONTROL, Plan
from simulator.results.dictionary import columns_of, empty, ordered
from simulator.scenario import Scenario
from simulator.scenario.names import Names
from simulator.uncertainty.asking import at
from simulator.uncertainty.breakeven import Turn, Way, break_even, goals_of
from simulator.uncertainty.drivers import VALUED, Driver, Ground, drivers_of
from simulator.uncertainty.sensitivity.factors import WHOLE
from simulator.uncertainty.worked import Reading, Worked, reading_of

ALWAYS = ("effects.params.relative_effect", "effects.params.scale", "saldo.value_per_person_year_kr")
"""What one is asked of first: turned in every run that reads them."""
MOST_TURNED = 8
"""So many of the largest drivers are turned."""
MOST_CLOSED = 2
"""So many of these by the closed form, which is asked again and again for one answer."""
GRID = 7
"""Points of each of the two values of the grid."""
TABLES = ("drivers", "turns", "two_way")
RIVALLED = 5
"""Most replications of the run under each effect model."""

Step = Callable[[], None]


class Driving:
    """A finished run, ready to be asked what drives it.

    Attributes:
        ground: The run and its closed form.
    """

    def __init__(
        self,
        scenario: Scenario,
        plan: Plan,
        found: tuple[World, Replicated] | None,
        reading: Reading | None = None,
    ) -> None:
        """Take a run; nothing is worked out yet.

        Args:
            scenario: The scenario.
            plan: How it was run.
            found: Its world and what was counted in it; None where nothing was simulated.
            reading: What the scenario reads, where it is known already.
        """
        reading = reading_of(scenario) if reading is None else reading
        by_control = Worked(scenario, replace(plan, engine=CONTROL), reading=reading)
        worked = by_control if found is None else Worked(scenario, plan, reading=reading)
        if found is not None:
            worked.take(*found)
        self.ground = Ground(worked, by_control)

    @property
    def steps(self) -> int:
        """How many pieces of work the tables are."""
        return len(self.ground.families) + MOST_TURNED + len(ALWAYS) + 1 + self._rivalled * len(_models())

    def tables(self, step: Step = lambda: None) -> dict[str, pd.DataFrame]:
        """Return the tables by name; all without rows where nothing moves the estimate.

        Args:
            step: Called after each piece of work.
        """
        drivers = drivers_of(self.ground, step)
        rivals = {"rivals": self._rivals(step)}
        if not drivers:
            return {name: empty(name) for name in TABLES} | rivals
        turns = self._turns(drivers, step)
        grid = self._grid(drivers)
        step()
        return {
            "drivers": _frame("drivers", [_driver_row(order, one) for order, one in enumerate(drivers, 1)]),
            "turns": _frame("turns", [row for order, turn in enumerate(turns, 1) for row in _turn_rows(order, turn)]),
            "two_way": _frame("two_way", grid),
            **rivals,
        }

    @property
    def _rivalled(self) -> int:
        """Replications under each effect model; none where nothing is simulated, or the period is too long for it."""
        plan = self.ground.worked.plan
        return 0 if plan.engine == CONTROL or not self.ground.is_short else min(plan.replications, RIVALLED)

    def _rivals(self, step: Step) -> pd.DataFrame:
        """Return the scenario under each effect model; no rows where that is not told."""
        if not self._rivalled:
            return empty("rivals")
        worked = self.ground.worked
        scenarios = {model: worked.scenario.under_model(model) for model in _models()}
        plan = replace(worked.plan, replications=self._rivalled, log=False)
        return _frame("rivals", [rival.row() for rival in pipeline.rivals(scenarios, plan, step)])

    def _turns(self, drivers: Sequence[Driver], step: Step) -> list[Turn]:
        """Return the values that are turned, in the order of the drivers."""
        ground, worked = self.ground, self.ground.worked
        single = [driver for driver in drivers if driver.moves and self._is_one(driver)]
        closed_ones = [driver for driver in single if driver.how != VALUED and not ground.by_hand]
        largest = [driver.family.key for driver in single if driver not in closed_ones[MOST_CLOSED:]][:MOST_TURNED]
        asked = [key for key in ALWAYS if self._is_answered(key)]
        keys = list(dict.fromkeys([*largest, *asked]))
        closed = ground.closed
        way = Way(closed if ground.by_hand else worked, closed, allows=self._allows)
        found = break_even(way, ground.figure, keys, goals_of(ground.now, None), step)
        return sorted(found, key=lambda turn: keys.index(turn.lever.key))

    def _is_answered(self, key: str) -> bool:
        """Return whether a value is read, and can be told."""
        leaves = [leaf for leaf in self.ground.worked.read if leaf == key or leaf.startswith(f"{key}.")]
        return bool(leaves) and (self.ground.is_told or self.ground.how(leaves) == VALUED)

    def _is_one(self, driver: Driver) -> bool:
        """Return whether one number sets all values of a family today."""
        if driver.family.value is None:
            return False
        try:
            return self.ground.worked.lever(driver.family.key).value is not None
        except InputError:
            return False

    def _allows(self, numbers: Mapping[str, float]) -> bool:
        """Return whether the scenario can be run at other values; the closed form also answers where it cannot."""
        try:
            prepare(self.ground.worked.scenario.with_values(self.ground.worked.leaves(numbers)))
        except InputError:
            return False
        return True

    def _grid(self, drivers: Sequence[Driver]) -> list[dict[str, object]]:
        """Return the estimate over the ranges of the two largest drivers that one number sets, valued ones first."""
        one = [driver for driver in drivers if driver.moves and self._is_one(driver) and len(_places(driver)) == GRID]
        pair = sorted(one, key=lambda driver: driver.how != VALUED)[:2]
        if len(pair) < 2:
            return []
        pair.sort(key=lambda driver: -driver.swing)
        ground, keys = self.ground, [driver.family.key for driver in pair]
        points = np.array(list(product(*map(_places, pair))))
        # Many points together are written out as a sum of products where the figure is one.
        worked, ratio = (
            (ground.worked, 1.0) if pair[0].how == pair[1].how == VALUED else (ground.by_control, ground.ratio)
        )
        found = at(worked, keys, points, [ground.figure])[:, 0] * ratio
        across, up = ((driver.family.key, driver.family.unit) for driver in pair)
        columns = columns_of("two_way")
        return [
            dict(zip(columns, (across[0], x, across[1], up[0], y, up[1], mio_kr), strict=True))
            for (x, y), mio_kr in zip(points.tolist(), found.tolist(), strict=True)
        ]


def _models() -> tuple[str, ...]:
    return tuple(Names().known["effect_models"])


def _places(driver: Driver) -> tuple[float, ...]:
    """Return evenly spaced numbers of a driver's range, none twice."""
    low, high = driver.family.low, driver.family.high
    if low is None or high is None:
        return ()
    places = np.linspace(low, high, GRID)
    return tuple(dict.fromkeys((np.rint(places) if driver.family.unit in WHOLE else places).tolist()))


def _driver_row(order: int, driver: Driver) -> dict[str, object]:
    family = driver.family
    return {
        "order": order,
        "key": family.key,
        "values": len(family.members),
        "unit": family.unit,
        "value": family.value,
        "low": family.low,
        "high": family.high,
        "kind": family.kind,
        "how": driver.how,
        "low_figure_mio_kr": driver.low_figure,
        "high_figure_mio_kr": driver.high_figure,
        "swing_mio_kr": driver.swing,
        "source": family.source,
        "refused": driver.refused,
    }


def _turn_rows(order: int, turn: Turn) -> Iterator[dict[str, object]]:
    """Yield a row for each goal and point, the nearest point first; one with empty cells where there is no point."""
    lever = turn.lever
    start = {"order": order, "key": lever.key, "unit": lever.unit, "value": lever.value}
    start |= {"low": lever.low, "high": lever.high, "how": turn.how}
    for answer in turn.answers:
        points: list[tuple[float | None, int]] = [
            (root.value, int(inside)) for root, inside in zip(answer.roots, answer.inside, strict=True)
        ]
        for value, inside in points or [(None, 0)]:
            yield {**start, "goal": answer.goal, "kind": answer.kind, "at": value, "inside": inside}


def _frame(name: str, rows: Sequence[dict[str, object]]) -> pd.DataFrame:
    """Return rows as a table whose columns are of the kinds of the dictionary."""
    blank = empty(name)
    if not rows:
        return blank
    return ordered(name, pd.DataFrame(list(rows)).astype(blank.dtypes.to_dict()))
