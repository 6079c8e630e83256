"""A figure with how it came about: a tree whose every line is worked out again."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from simulator.report.bound import DONE

WITHIN = 1e-9
"""A line may miss its figure by this share of it, or of its largest part: the last digits of sums."""
WORKED: dict[str, Callable[..., float]] = {**DONE, "+": lambda *parts: math.fsum(parts), "=": lambda part: part}
"""What a sign does to the parts of a figure; `=` is the same figure, kept at another place."""


@dataclass(frozen=True)
class Value:
    """A value of the scenario: a row of the table of assumptions.

    Attributes:
        key: Its key.
        value: Its value, as the table has it.
        unit: Unit.
        low: Lower end of its range; empty where it has none.
        high: Upper end of the same.
        kind: fact, derived, assumption or calibrated.
        source: Title of its source.
        date: Date of its source; empty where none is given.
        reason: Why it was chosen; empty where none is given.
    """

    key: str
    value: str
    unit: str
    low: str
    high: str
    kind: str
    source: str
    date: str
    reason: str


@dataclass(frozen=True, eq=False)
class Node:
    """A figure.

    Attributes:
        name: What it is called.
        value: The figure, as the run keeps it.
        place: Where the run keeps it; empty where it does not.
        unit: Unit; empty where the name says it.
        sign: What makes it of its parts, a key of `WORKED`; empty for a leaf.
        parts: The figures that it is made of.
        also: The same figure worked out in other ways.
        rests: Values of the scenario that a leaf is, or comes from.
        note: What else the reader must know.
    """

    name: str
    value: float
    place: str = ""
    unit: str = ""
    sign: str = ""
    parts: tuple[Node, ...] = ()
    also: tuple[Node, ...] = ()
    rests: tuple[Value, ...] = ()
    note: str = ""


def worked_out(node: Node) -> float:
    """Return what a line gives: its parts, put together by its sign; a leaf is what it is."""
    return WORKED[node.sign](*(part.value for part in node.parts)) if node.sign else node.value


def agrees(node: Node) -> bool:
    """Return whether a line gives its figure."""
    try:
        found = worked_out(node)
    except ZeroDivisionError:
        return False
    size = max([abs(node.value), *(abs(part.value) for part in node.parts if node.sign in "+-")])
    return abs(found - node.value) <= WITHIN * size


def nodes(node: Node) -> Iterator[Node]:
    """Yield a figure and all that it is made of, other ways included, each once and before its parts."""
    seen: set[Node] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            yield one
            waiting += [*reversed(one.also), *reversed(one.parts)]


def faults(node: Node) -> list[Node]:
    """Return the lines that do not give their figure."""
    return [one for one in nodes(node) if not agrees(one)]


def from_leaves(node: Node, known: dict[Node, float] | None = None) -> float:
    """Return a figure worked out from its leaves alone."""
    known = {} if known is None else known
    if node not in known:
        parts = [from_leaves(part, known) for part in node.parts]
        known[node] = WORKED[node.sign](*parts) if node.sign else node.value
    return known[node]


def summed(name: str, value: float, parts: tuple[Node, ...], place: str = "", unit: str = "", note: str = "") -> Node:
    """Return a figure that is the sum of its parts."""
    return Node(name, value, place, unit, "+", parts, note=note)


def constant(value: float, name: str = "") -> Node:
    """Return a number that is no value of the run, such as the days of a week."""
    return Node(name or f"{value:,g}", value)
