"""Reads the version that a file says, and gives its tree as the present version writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.errors import Fault, InputError
from simulator.facts.tree import Faults, Node, Place, Scalar, Table
from simulator.scenario.versions.change import Change, with_change
from simulator.scenario.versions.conversions import CONVERSIONS, Conversion

KEY = "saldo"
FIELD = "version"
PATH = f"{KEY}.{FIELD}"
PRESENT = len(CONVERSIONS)
"""The version that this program writes, and the highest that it reads."""
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True)
class Reading:
    """A file as the present version has it.

    Attributes:
        where: Name of the file.
        tree: What it says, without its version.
        version: The version that it was written for; 0 where it says none.
        changes: What was converted, in order.
    """

    where: str
    tree: Table
    version: int
    changes: tuple[Change, ...]


def in_present_version(
    tree: Table, where: str, faults: Faults, conversions: Sequence[Conversion] = CONVERSIONS
) -> Reading:
    """Return a file as the present version has it.

    Args:
        tree: The file as it is written.
        where: Name of the file.
        faults: Receives a version that is none; such a file is read as one of the present.
        conversions: What leads from each version to the next.

    Raises:
        InputError: The file was written for a later version.
    """
    version = _version(tree, faults, len(conversions))
    changes: list[Change] = []
    tree = _without_version(tree)
    for convert in conversions[version:]:
        found = tuple(convert(tree))
        for change in found:
            made = with_change(tree, change.path, change.into)
            assert isinstance(made, Table)
            tree = made
        changes += found
    return Reading(where, tree, version, tuple(changes))


def stated(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return nested data of a scenario that says the present version: in its section, else before all else."""
    section = tree.get(KEY)
    if not section:
        return {KEY: PRESENT, **{key: content for key, content in tree.items() if key != KEY}}
    return {key: {FIELD: PRESENT, **section} if key == KEY else content for key, content in tree.items()}


def without_version(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return nested data of a scenario without what it says of its version."""
    section = tree.get(KEY)
    if isinstance(section, Mapping):
        kept = {key: content for key, content in section.items() if key != FIELD}
        return {key: kept if key == KEY else content for key, content in tree.items()}
    return {key: content for key, content in tree.items() if key != KEY}


def version_node(tree: Table) -> tuple[Node, Place] | None:
    """Return what stands where a file says its version, and the place of its key; None where nothing does."""
    said = tree.entries.get(KEY)
    if isinstance(said, Table):
        return (said.entries[FIELD], said.places[FIELD]) if FIELD in said.entries else None
    return None if said is None or (isinstance(said, Scalar) and said.empty) else (said, tree.places[KEY])


def _version(tree: Table, faults: Faults, present: int) -> int:
    found = version_node(tree)
    if found is None:
        return 0
    node = found[0]
    path = PATH if isinstance(tree.entries[KEY], Table) else KEY
    if not isinstance(node, Scalar) or not _NUMBER.fullmatch(node.text):
        said = f"`{node.text[:40]}`" if isinstance(node, Scalar) else "this"
        faults.add(node.place, path, f"{said} is no version of the file format; {_allowed(present)}")
        return present
    version = int(node.text)
    if version > present:
        message = (
            f"version {version} was made by a later saldo; this one reads up to {present}; "
            f"install the newer one, or ask for the file in version {present}"
        )
        raise InputError([Fault(node.place.where, node.place.line, node.place.column, path, message)])
    return version


def _allowed(present: int) -> str:
    numbers = "1" if present == 1 else f"a whole number from 1 to {present}"
    return f"allowed: {numbers}, as `saldo: {present}`, or `saldo: {{version: {present}, concept: ...}}`"


def _without_version(tree: Table) -> Table:
    """Return a file without its version; what is no section is taken away with it."""
    section = tree.entries.get(KEY)
    entries = {key: node for key, node in tree.entries.items() if key != KEY}
    if isinstance(section, Table):
        kept = {key: node for key, node in section.entries.items() if key != FIELD}
        entries = {key: Table(kept, section.places, section.place) if key == KEY else node
                   for key, node in tree.entries.items()}  # fmt: skip
    return Table(entries, tree.places, tree.place)
