"""A figure of a scenario that was worked up, as a function of its levers that knows what an answer costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from simulator.errors import InputError
from simulator.facts.spelling import allowed, did_you_mean
from simulator.pipeline import DELIVERY
from simulator.plan import CONTROL
from simulator.uncertainty.sensitivity.factors import FloatArray

if TYPE_CHECKING:
    from simulator.uncertainty.worked import Worked

Places = npt.NDArray[np.int64]
SHOWN = 3
ANSWERS = 10
"""Answers of the control that may be asked for in place of a simulation: each takes about a tenth of its time."""


class Asking:
    """A figure as a function (point, key) -> (point,), which refuses to do more work than it may.

    A value that is not a number (NaN) leaves its lever as the scenario has it, in both arms.

    Attributes:
        worked: The scenario, worked up.
        keys: What is moved, in the order of the columns.
        name: Name of the figure.
        most: Simulations that may be made beside that of the scenario as it stands.
        of_delivery: Keys that touch the conversations: of a simulation, or of the control in its place.
    """

    def __init__(self, worked: Worked, keys: Sequence[str], name: str, most: int) -> None:
        """Take a scenario and see to it that it has the figure.

        Raises:
            InputError: There is no such figure.
        """
        self.worked, self.keys, self.name, self.most = worked, tuple(keys), name, most
        self.today = worked.today()
        if name not in self.today:
            hint = f"{allowed(self.today, 20)}{did_you_mean(name, self.today)}"
            raise InputError.one(f"no figure is called {name!r}; {hint}", path="--figure")
        self._before, self._answers = worked.runs, 0
        self.of_delivery = tuple(key for key in keys if worked.lever(key).stage == DELIVERY)

    @property
    def simulations(self) -> int:
        """Simulations that were made for its answers; that of the scenario as it stands is not among them."""
        return self.worked.runs - self._before

    @property
    def simulated(self) -> tuple[str, ...]:
        """Keys whose values need a simulation each."""
        return tuple(key for key in self.keys if self.worked.simulates(key))

    def __call__(self, points: FloatArray) -> FloatArray:
        """Return the figure at points, shape (point, key) -> (point,).

        Raises:
            InputError: More simulations are needed than are allowed, or a value cannot be.
            RunError: A law is broken.
        """
        parts = [(rows, self._given(points, rows, columns)) for rows, columns in _alike(points)]
        self.allow(
            sum(self.worked.deliveries(given) for _, given in parts if given),
            sum(len(rows) for rows, given in parts if set(self.of_delivery) & set(given)),
        )
        found = np.full(len(points), self.today[self.name])
        for rows, given in parts:
            if given:
                found[rows] = self.worked.figures(given, (self.name,))[self.name]
        return found

    def _given(self, points: FloatArray, rows: Places, columns: Sequence[int]) -> Mapping[str, FloatArray]:
        return {self.keys[at]: np.ascontiguousarray(points[rows, at]) for at in columns}

    def allow(self, simulations: int, answers: int) -> None:
        """See to it that so much more work may be done.

        Args:
            simulations: Simulations.
            answers: Points at which the control works out the conversations anew.

        Raises:
            InputError: It is too much.
        """
        self._answers += answers
        needed = self.simulations + simulations
        if needed > self.most:
            ways = "--engine control, or --only with values of effects and money, which need none; a smaller --count"
            self._refuse(f"needs {needed:,} simulations", f"{self.most:,}", f"{ways}; or --simulations {needed}")
        if self.worked.plan.engine == CONTROL and self._answers > ANSWERS * self.most:
            ways = "--only with few values that touch the conversations; a smaller --count"
            enough = -(-self._answers // ANSWERS)
            told = f"needs {self._answers:,} answers of the control"
            self._refuse(told, f"{ANSWERS * self.most:,}", f"{ways}; or --simulations {enough}")

    def _refuse(self, needed: str, most: str, ways: str) -> None:
        keys = self.of_delivery
        told = ", ".join(keys[:SHOWN]) + (f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else "")
        message = f"{needed}, one for each set of values of {told}, but may make {most}; allowed: {ways}"
        raise InputError.one(message, path="--simulations")


def _alike(points: FloatArray) -> Iterator[tuple[Places, list[int]]]:
    """Yield the rows that move the same columns, and those columns."""
    patterns, which = np.unique(~np.isnan(points), axis=0, return_inverse=True)
    for at, pattern in enumerate(patterns):
        yield np.flatnonzero(which.ravel() == at), np.flatnonzero(pattern).tolist()
