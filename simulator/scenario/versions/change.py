"""One thing that a conversion changes: an entry of a table becomes other entries, one or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.facts.tree import Listing, Node, Place, Table, join

Step = str | int
"""A key of a table, or the number of a list item from 0."""


@dataclass(frozen=True)
class Change:
    """An entry that the next version writes otherwise.

    Attributes:
        path: Keys and numbers that lead to the entry; the last is a key.
        place: Where its key stands.
        into: The entries that it becomes, in their order; none where it is left out.
        told: What is changed, to be read behind the key.
    """

    path: tuple[Step, ...]
    place: Place
    into: tuple[tuple[str, Node], ...]
    told: str

    @property
    def key(self) -> str:
        """The dotted key of the entry; list items count from 1."""
        path = ""
        for step in self.path:
            path = join(path, step) if isinstance(step, str) else f"{path}[{step + 1}]"
        return path

    def __str__(self) -> str:
        """Return place, key and what is changed."""
        place = self.place
        where = f"{place.where}:{place.line}:{place.column}" if place.line else place.where
        return f"{where}  {self.key}: {self.told}"


def with_change(node: Node, path: Sequence[Step], into: Sequence[tuple[str, Node]]) -> Node:
    """Return a tree in which the entry at a path has become other entries, in its place."""
    step, rest = path[0], path[1:]
    if isinstance(node, Listing):
        assert isinstance(step, int)
        items = tuple(with_change(one, rest, into) if at == step else one for at, one in enumerate(node.items))
        return Listing(items, node.place)
    assert isinstance(node, Table) and isinstance(step, str) and step in node.entries, "a change names an entry"
    entries: dict[str, Node] = {}
    places = dict(node.places)
    for key, child in node.entries.items():
        if key != step:
            entries[key] = child
        elif rest:
            entries[key] = with_change(child, rest, into)
        else:
            entries |= dict(into)
            places |= {name: node.places[key] for name, _ in into}
    return Table(entries, places, node.place)
