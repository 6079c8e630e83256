"""Draws: the table of draws at each level of the sliders, as a run at that level makes it."""

from __future__ import annotations

from dataclasses import dataclass, field

from simulator.draws import DrawTable, draw_table
from simulator.errors import InputError
from simulator.results.statements import INTERVAL, SPAN
from simulator.uncertainty.knowledge import draw_plan
from simulator.uncertainty.worked import Reading, Worked, reading_of
from simulator.web.opened import Base
from simulator.web.position import Position, Reader
from simulator.web.static.axes import Axis

Level = tuple[frozenset[str], frozenset[str]]


@dataclass
class Draws:
    """What is drawn at each level: what the scenario draws, but for the sliders that are set to a number.

    Attributes:
        base: The scenario.
        reader: Reads positions.
        reading: What the scenario reads.
        axes: The sliders.
        called: What a range is called, by the keys of the sliders that are drawn, joined by blanks.
    """

    base: Base
    reader: Reader
    reading: Reading
    axes: tuple[Axis, ...]
    called: dict[str, str] = field(default_factory=dict)
    _tables: dict[Level, DrawTable | None] = field(default_factory=dict)

    def table(self, left: frozenset[str], zero: frozenset[str]) -> DrawTable | None:
        """Return the draws of a level; None where there are none, or where a draw is another simulation.

        Args:
            left: Keys of the sliders that stand as the scenario has them, and have no number there.
            zero: Keys of the sliders that are set to nothing: what they multiply may not be read.
        """
        if (left, zero) not in self._tables:
            self._tables[left, zero] = self._made(left, zero)
        return self._tables[left, zero]

    def _made(self, left: frozenset[str], zero: frozenset[str]) -> DrawTable | None:
        position = Position(self.base, tuple(self._sets(left, zero)))
        scenario = self.reader(position)
        try:
            plan = position.plan(scenario)
            if not plan.draws:
                return None
            worked = Worked(scenario, plan, reading=reading_of(scenario) if zero else self.reading)
            drawn = draw_plan(worked, plan)
        except InputError:  # nothing is uncertain that this level reads
            return None
        if any(worked.simulates(key) for key in drawn.varying):
            return None
        rows = (scenario.baseline.values.row(worked.lever(key).leaves[0]) for key in drawn.keys)
        sourced = all(row.distribution_source for row in rows)
        self.called[" ".join(sorted(left))] = INTERVAL if sourced else SPAN
        return draw_table(drawn)

    def _sets(self, left: frozenset[str], zero: frozenset[str]) -> list[tuple[str, str]]:
        """Return settings that draw what the level draws: which number is set matters only where it is nothing."""
        sets = []
        for axis in self.axes:
            stops = [
                one for one, number in zip(axis.stops, axis.values, strict=True) if bool(number) != (axis.key in zero)
            ]
            if axis.key not in left and stops and (axis.own is None or axis.key in zero):
                sets.append((axis.key, stops[0]))
        return sets
