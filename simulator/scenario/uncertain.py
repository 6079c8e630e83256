"""Reads the distribution of a value: by name, over the value's own range, or with numbers of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from simulator.facts.spelling import decimal, machine_decimal
from simulator.facts.tree import Faults, Listing, Node, Scalar, Table, join
from simulator.facts.units import bounds_of, takes_per_cent
from simulator.scenario.model import Value

FIELD = "distribution"
WORDS = ("name", "source")
PUBLISHED = ("fact", "derived")
"""Kinds of values whose range is published with them."""
SHARE, SHARES = "share", ("interval", "weights")
"""Fields that are shares, whatever the unit of the value."""
OF_RANGE = {"uniform": ("low", "high"), "triangular": ("low", "mode", "high"), "pert": ("low", "mode", "high")}
"""Distributions that a name alone makes from the value and its range."""


def with_distribution(node: Node, path: str, row: Value, faults: Faults, *, machine: bool = False) -> Value:
    """Return a value with its distribution and the source of it; the value alone where something is wrong.

    A table says where its distribution comes from. A name alone is over the range of the value, and rests on what that
    rests on: a source where the value is a published number, nothing where it is an assumption.

    Args:
        node: A name, or a table of a name and its numbers.
        path: Path of the value.
        row: The value with its range.
        faults: Receives what is wrong.
        machine: Whether the program wrote it.
    """
    from simulator.distributions import distribution_of

    here, before = join(path, FIELD), faults.count
    given = _given(node, here, row, faults, machine)
    source = given.pop("source", "" if isinstance(node, Table) or row.kind not in PUBLISHED else row.source)
    if faults.count > before:
        return row
    try:
        found = distribution_of(given, bounds_of(row.unit))
    except ValueError as wrong:
        faults.add(node.place, here, str(wrong))
        return row
    low, high = found.support
    if not low <= row.value <= high:
        message = f"reaches from {low:g} to {high:g}, and the value itself ({row.value:g}) lies outside"
        faults.add(node.place, here, f"{message}; allowed: one that holds it, or another value")
    return replace(row, distribution=found, distribution_source=source)


def _given(node: Node, here: str, row: Value, faults: Faults, machine: bool) -> dict[str, Any]:
    if isinstance(node, Scalar):
        return {"name": node.text} | _of_range(node, here, row, faults)
    if not isinstance(node, Table):
        faults.add(node.place, here, "must be a name or a table, not a list; allowed: {name: uniform, low: 0, high: 1}")
        return {}

    def number(child: Node, field: str) -> Any:
        unit = SHARE if field.split("[")[0] in SHARES else row.unit
        return _number(child, join(here, field), unit, faults, machine_decimal if machine else None)

    read: dict[str, Any] = {}
    for field, child in node.entries.items():
        if isinstance(child, Listing):
            read[field] = [number(one, f"{field}[{at}]") for at, one in enumerate(child.items)]
        elif field in WORDS and isinstance(child, Scalar):
            read[field] = child.text
        else:
            read[field] = number(child, field)
    return read


def _of_range(node: Scalar, here: str, row: Value, faults: Faults) -> dict[str, Any]:
    """Return the numbers of a distribution that is named alone: those of the value and its range."""
    fields = OF_RANGE.get(node.text, ())
    numbers = {"low": row.low, "mode": row.value, "high": row.high}
    if fields and None in (row.low, row.high):
        message = f"`{node.text}` alone is over the range of the value, which has none; allowed: low and high beside it"
        faults.add(node.place, here, f"{message}, or {{name: {node.text}, {': ..., '.join(fields)}: ...}}")
    return {field: numbers[field] for field in fields}


def _number(
    node: Node, path: str, unit: str, faults: Faults, by_machine: Callable[[str], float] | None
) -> float | None:
    if not isinstance(node, Scalar) or node.empty:
        faults.add(node.place, path, f"has no number; allowed: a number (unit: {unit})")
        return None
    try:
        return by_machine(node.text) if by_machine else decimal(node.text, per_cent=takes_per_cent(unit))
    except ValueError as wrong:
        faults.add(node.place, path, str(wrong))
        return None
