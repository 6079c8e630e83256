"""Remembered: what was worked out of a scenario is found again wherever all that was read for it is the same.

What a stage reads is not listed anywhere: the values note it themselves. A stage that was shown the same structure and
the same numbers under all keys that it read would read them again and come to the same end.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Generic, TypeVar

from simulator.scenario import Scenario
from simulator.web.shelf import Shelf

Thing = TypeVar("Thing")
Keys = tuple[str, ...]
STRUCTURES = 24
WAYS = 8
"""Sets of keys that are kept of one structure: what is worth nothing is not asked what share of it is kept."""


@dataclass
class Remembered(Generic[Thing]):
    """Keeps what was worked out of the latest scenarios.

    Attributes:
        room: How much is kept in all.
    """

    room: int
    _ways: Shelf[Shelf[tuple[int, Keys]]] = field(default_factory=lambda: Shelf(STRUCTURES))
    _things: Shelf[Thing] = field(init=False)
    _number: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        """Make room."""
        self._things = Shelf(self.room)

    def of(self, scenario: Scenario, structure: Hashable, make: Callable[[Scenario], Thing]) -> Thing:
        """Return what is worked out of a scenario; the keys that are read for it are noted as read in either case.

        Args:
            scenario: The scenario.
            structure: All that it hangs on besides numbers.
            make: Works it out; it keeps no scenario.
        """
        ways = self._ways.get(structure, lambda: Shelf(WAYS))
        for way, keys in ways:
            thing = self._things.find((way, _numbers(scenario, keys)))
            if thing is not None:
                scenario.baseline.values.used.update(keys)
                return thing
        again = scenario.with_values({})
        thing = make(again)
        read = tuple(sorted(again.baseline.values.used))
        way, _ = ways.get(read, lambda: (next(self._number), read))
        self._things.put((way, _numbers(scenario, read)), thing)
        scenario.baseline.values.used.update(read)
        return thing


def _numbers(scenario: Scenario, keys: Keys) -> Hashable:
    """Return the numbers of some keys in both arms."""
    return tuple(arm.values.numbers(keys) for arm in scenario.arms)
