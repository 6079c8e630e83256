"""Memory: what was found of a scenario file, so that it is read sooner under other settings of the command line."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from simulator.facts.tree import Table, join
from simulator.scenario.layers import Layer
from simulator.scenario.schema import ArmSections, ScenarioSections
from simulator.scenario.split import Parts
from simulator.scenario.values import Book

MOST = 12
"""Things of one kind that a memory keeps."""
Key = TypeVar("Key")
Thing = TypeVar("Thing")
Stated = tuple[object, ...]


@dataclass(frozen=True)
class Built:
    """The structure of a scenario, and the typed sections that follow from it.

    Attributes:
        structure: What is said besides numbers: "" for what both arms share, and each arm's own block.
        sections: What both arms share.
        arms: Sections of each arm.
        options: Those of each option of the decision that states some.
    """

    structure: dict[str, dict[str, Any]]
    sections: ScenarioSections
    arms: dict[str, ArmSections]
    options: dict[str, ArmSections]


@dataclass
class Memory:
    """What was found of one scenario file; empty before the first time.

    It is filled by a reading without a fault and holds nothing of a ministry's own facts file. Where one of the files
    was written since, all is forgotten.

    Attributes:
        layers: Layers of the files, lowest first.
        parts: The same, parted.
        books: Values as the files have them, by what was known as of when.
        built: Structure by what settings state of it.
    """

    layers: list[Layer] = field(default_factory=list)
    parts: list[Parts] = field(default_factory=list)
    books: OrderedDict[date | None, dict[str, Book]] = field(default_factory=OrderedDict)
    built: OrderedDict[Stated, Built] = field(default_factory=OrderedDict)

    def check(self) -> None:
        """Forget all where a file is not as it was."""
        if not all(layer.is_as_it_was for layer in self.layers):
            for kept in (self.layers, self.parts, self.books, self.built):
                kept.clear()

    def take(self, files: tuple[list[Layer], list[Parts]], books: tuple[date | None, dict[str, Book]]) -> None:
        """Keep what the files say."""
        self.layers, self.parts = files
        _keep(self.books, *books)

    def take_built(self, stated: Stated, built: Built) -> None:
        """Keep a structure."""
        _keep(self.built, stated, built)


def stated_by(parts: list[Parts], texts: list[str]) -> Stated:
    """Return what settings state of the structure; the same for settings that differ in numbers alone.

    Args:
        parts: Each setting, parted.
        texts: Each setting as it was written.
    """
    said: list[str] = []
    empty: set[str] = set()
    for one, text in zip(parts, texts, strict=True):
        nodes = [found for arm, table in one.structure.items() for found in _nodes(table, arm)]
        empty.update(path for path, is_table in nodes if is_table)
        if not all(is_table for _, is_table in nodes):
            said.append(text)
    return (*said, frozenset(empty))


def _nodes(table: Table, path: str) -> Iterator[tuple[str, bool]]:
    """Yield the path of each node of a structure, and whether it is a table."""
    for key, node in table.entries.items():
        yield join(path, key), isinstance(node, Table)
        if isinstance(node, Table):
            yield from _nodes(node, join(path, key))


def _keep(things: OrderedDict[Key, Thing], key: Key, thing: Thing) -> None:
    things[key] = thing
    things.move_to_end(key)
    while len(things) > MOST:
        things.popitem(last=False)
