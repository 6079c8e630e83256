"""The closed form at any numbers; its chains are gone through again only where a number enters them."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.control import Chains
from simulator.pipeline import MONEY, chains_at, control_at
from simulator.scenario import Scenario

AT_HAND = 8
"""Chains that are kept at hand."""


class ClosedForm:
    """The figures of the control at any numbers; the latest chains are kept."""

    def __init__(self, scenario: Scenario, stages: Mapping[str, frozenset[str]]) -> None:
        """Take a scenario, and which stages read each value."""
        self._scenario = scenario
        self._money = {key for key, some in stages.items() if some == {MONEY}}
        self._chains: dict[tuple[tuple[str, float], ...], Chains] = {}

    def __call__(self, numbers: Mapping[str, float]) -> dict[str, float]:
        """Return the figures by name, as `control_at` does.

        Raises:
            InputError: A number is not one that its unit can be, or the scenario refuses it.
        """
        moved = self._scenario.with_values(numbers)
        entering = tuple(sorted((key, one) for key, one in numbers.items() if key not in self._money))
        if entering not in self._chains:
            while len(self._chains) >= AT_HAND:
                del self._chains[next(iter(self._chains))]
            self._chains[entering] = chains_at(moved)
        return control_at(moved, self._chains[entering])
