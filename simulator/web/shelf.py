"""A shelf: the latest of what was made, so that nothing grows with what was asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


@dataclass
class Shelf(Generic[Thing]):
    """Keeps so many things by key; the one that was longest not asked for goes first.

    Attributes:
        room: How many things there is room for.

    >>> shelf = Shelf[str](2)
    >>> [shelf.get(name, name.upper) for name in ("a", "b", "a", "c")], "b" in shelf
    (['A', 'B', 'A', 'C'], False)
    """

    room: int
    _things: OrderedDict[Hashable, Thing] = field(default_factory=OrderedDict)

    def __contains__(self, key: Hashable) -> bool:
        """Return whether something is at hand."""
        return key in self._things

    def __iter__(self) -> Iterator[Thing]:
        """Yield what is at hand, the one that was longest not asked for first."""
        return iter(self._things.values())

    def drop(self) -> None:
        """Let go of what was longest not asked for."""
        self._things.popitem(last=False)

    def get(self, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """Return what stands under a key, made where nothing does."""
        if key not in self._things:
            self.put(key, make())
        self._things.move_to_end(key)
        return self._things[key]

    def find(self, key: Hashable) -> Thing | None:
        """Return what stands under a key; None where nothing does."""
        if key in self._things:
            self._things.move_to_end(key)
        return self._things.get(key)

    def put(self, key: Hashable, thing: Thing) -> None:
        """Put something on the shelf."""
        self._things.pop(key, None)
        while len(self._things) >= self.room:
            self._things.popitem(last=False)
        self._things[key] = thing
