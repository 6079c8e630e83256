"""The conversions, in order: the one at place n makes a file of version n one of version n + 1.

A conversion is a function from a tree to what it changes in it; who renames or takes out a key appends one here, and
raises the present version by it. What is added needs none. A conversion is never edited once files of its version are
about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from simulator.facts.tree import Listing, Node, Table
from simulator.scenario.versions.change import Change, Step

Conversion = Callable[[Table], Iterator[Change]]
"""Yields what it changes, each entry once, by its path in the tree that is given."""

TAKEN_OUT = {
    ("saldo", "fleksjob", "subsidy_taper_share_above"): "is no value any more: the subsidy is worked out with "
    "saldo.fleksjob.subsidy_taper_share alone; left out",
}
"""Values of the time before numbered versions that nothing reads any more."""


def into_first(tree: Table) -> Iterator[Change]:
    """Yield what was written otherwise before versions were numbered."""
    for number, table in enumerate(_tables(_below(tree, ("uncertainty", "correlations")))):
        if table is not None and "between" in table.entries:
            yield from _two_names(table, ("uncertainty", "correlations", number))
    for arm in ((), ("baseline",), ("proposal",)):
        for path, told in TAKEN_OUT.items():
            above = _below(tree, (*arm, *path[:-1]))
            if isinstance(above, Table) and path[-1] in above.entries:
                yield Change((*arm, *path), above.places[path[-1]], (), told)


def _two_names(table: Table, path: tuple[Step, ...]) -> Iterator[Change]:
    """Yield `one` and `other` for a list of two; another list is left to be refused."""
    named = table.entries["between"]
    if isinstance(named, Listing) and len(named.items) == 2 and not {"one", "other"} & set(table.entries):
        into = (("one", named.items[0]), ("other", named.items[1]))
        told = "is written as `one` and `other` from version 1 on"
        yield Change((*path, "between"), table.places["between"], into, told)


def _below(node: Node | None, keys: Sequence[str]) -> Node | None:
    for key in keys:
        node = node.entries.get(key) if isinstance(node, Table) else None
    return node


def _tables(node: Node | None) -> Iterator[Table | None]:
    """Yield the items of a list, None for what is no table."""
    for item in node.items if isinstance(node, Listing) else ():
        yield item if isinstance(item, Table) else None


CONVERSIONS: tuple[Conversion, ...] = (into_first,)
"""In order: the first makes version 1 of a file that says no version."""
