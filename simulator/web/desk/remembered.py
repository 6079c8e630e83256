"""Remembered: what was worked out of a scenario is found again wherever all that was read for it is the same.

What a stage reads is not listed anywhere: the values note it themselves. A stage that was shown the same structure and
the same numbers under all keys that it read would read them again and come to the same end.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from simulator.scenario import Scenario
from simulator.web.desk.shelf import Shelf

Thing = TypeVar("Thing")
Keys = tuple[str, ...]
WAYS = 8
"""Sets of keys that are kept of one structure: what is worth nothing is not asked what share of it is kept."""


@dataclass
class Remembered(Generic[Thing]):
    """Keeps what was worked out of the latest scenarios.

    Attributes:
        room: How much is kept of one structure and one set of keys.
    """

    room: int
    _known: Shelf[Shelf[tuple[Keys, Shelf[Thing]]]] = field(default_factory=lambda: Shelf(WAYS))

    def of(self, scenario: Scenario, structure: Hashable, make: Callable[[Scenario], Thing]) -> Thing:
        """Return what is worked out of a scenario; the keys that are read for it are noted as read in either case.

        Args:
            scenario: The scenario.
            structure: All that it hangs on besides numbers.
            make: Works it out; it keeps no scenario.
        """
        ways = self._known.get(structure, lambda: Shelf(WAYS))
        for keys, things in ways:
            thing = things.find(_numbers(scenario, keys))
            if thing is not None:
                scenario.baseline.values.used.update(keys)
                return thing
        again = scenario.with_values({})
        thing = make(again)
        keys = tuple(sorted(again.baseline.values.used))
        _, things = ways.get(keys, lambda: (keys, Shelf(self.room)))
        things.put(_numbers(scenario, keys), thing)
        scenario.baseline.values.used.update(keys)
        return thing


def _numbers(scenario: Scenario, keys: Keys) -> Hashable:
    """Return the numbers of some keys in both arms."""
    return tuple(arm.values.numbers(keys) for arm in scenario.arms)
