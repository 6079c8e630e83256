"""Finds the layers of a scenario: its file, the files that it extends, and the command line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.errors import InputError
from simulator.facts.files import is_file
from simulator.facts.tree import COMMAND_LINE, Faults, Node, Place, Scalar, Table, read_file, read_text
from simulator.scenario.versions import Reading, in_present_version
from simulator.scenario.versions.read import FIELD, KEY, PATH, version_node

LONGEST_CHAIN = 20
FILE_ALONE = ("facts", "register")
"""Sections that may be written as the name of their file alone."""


Stamp = tuple[Path, int, int]


@dataclass(frozen=True)
class Layer:
    """One layer.

    Attributes:
        name: Its name.
        tree: Its tree.
        folder: The folder that its file names are relative to.
        reading: How its file was read; None of a setting.
        stamp: Path, time [ns] and size [bytes] of its file when it was read; None of a setting.
    """

    name: str
    tree: Table
    folder: Path
    reading: Reading | None = None
    stamp: Stamp | None = None

    @property
    def on_command_line(self) -> bool:
        """Whether this layer was given with `-S`."""
        return self.name == COMMAND_LINE

    @property
    def is_as_it_was(self) -> bool:
        """Whether its file was not written since."""
        return self.stamp is None or _stamp_of(self.stamp[0]) == self.stamp


def file_layers(path: Path, later: Faults) -> list[Layer]:
    """Return the layers of a scenario file and of the files that it extends, lowest first.

    Args:
        path: The scenario file.
        later: Takes the faults of a file that can still be read to its end.

    Raises:
        InputError: If a file cannot be read, or the files extend each other in a circle.
    """
    layers: list[Layer] = []
    chain: list[Path] = []
    while True:
        chain.append(path)
        stamp = _stamp_of(path)
        reading = in_present_version(read_file(path, later=later), str(path), later)
        tree = _with_tables(reading.tree)
        real = Path(os.path.realpath(path))
        node = tree.entries.get("extends")
        # The name of a file that is extended is its own: it is not handed down.
        dropped = {"extends"} | ({"name"} if layers else set())
        layers.append(Layer(f"scenario {path.stem}", _without(tree, dropped), real.parent, reading, stamp))
        if node is None:
            return layers[::-1]
        path = _extended(node, path, chain)


def command_layers(sets: Sequence[str]) -> list[Layer]:
    """Return one layer for each `key=value`, in their order.

    Raises:
        InputError: If one of them cannot be read; with all faults.
    """
    faults = Faults()
    layers = []
    for text in sets:
        try:
            layers.append(Layer(COMMAND_LINE, _with_tables(_set_tree(text)), Path.cwd()))
        except InputError as wrong:
            faults.take(wrong)
    faults.stop_if_any()
    return layers


def named_file(layers: Sequence[Layer], section_name: str) -> tuple[Path, Place] | None:
    """Return the file that the highest layer names in a section, and where; None where none does."""
    for layer in reversed(layers):
        section = layer.tree.entries.get(section_name)
        node = section.entries.get("file") if isinstance(section, Table) else None
        if isinstance(node, Scalar):
            return None if node.empty else (_shortest(layer.folder / node.text), node.place)
    return None


def series_folder(layers: Sequence[Layer]) -> Path | None:
    """Return the folder of the highest layer that names a series of incidence; None where none does."""
    for layer in reversed(layers):
        section = layer.tree.entries.get("infection")
        if isinstance(section, Table) and "series" in section.entries:
            return layer.folder
    return None


def overlay(base: Table, top: Table) -> Table:
    """Return a table with another laid over it: tables merge, all else is replaced.

    A key of the upper table with nothing behind it leaves a table below as it is.
    """
    entries, places = dict(base.entries), dict(base.places)
    for key, node in top.entries.items():
        below = entries.get(key)
        if isinstance(below, Table) and isinstance(node, Scalar) and node.empty:
            continue
        both = isinstance(below, Table) and isinstance(node, Table)
        entries[key] = overlay(below, node) if both else node  # type: ignore[arg-type]  # `both` says so
        places[key] = top.places[key]
    return Table(entries, places, top.place if top.entries else base.place)


def _stamp_of(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except (OSError, ValueError):  # reading it says what is wrong with it
        return None
    return path, found.st_mtime_ns, found.st_size


def _extended(node: Node, path: Path, chain: list[Path]) -> Path:
    def refuse(message: str) -> InputError:
        faults = Faults()
        faults.add(node.place, "extends", message)
        return InputError(tuple(faults.found))

    if not isinstance(node, Scalar) or node.empty:
        raise refuse("must name one scenario file, such as `extends: christmas-2021`")
    wanted = path.parent / node.text
    found = next((one for one in (wanted, Path(f"{wanted}.yaml"), Path(f"{wanted}.yml")) if is_file(one)), None)
    if found is None:
        from simulator.facts.spelling import did_you_mean

        near = sorted(one.stem for one in path.parent.glob("*.yaml")) if path.parent.is_dir() else []
        raise refuse(f"there is no file {_shortest(wanted)} or {_shortest(wanted)}.yaml{did_you_mean(node.text, near)}")
    found = _shortest(found)
    reals = [os.path.realpath(one) for one in chain]
    if os.path.realpath(found) in reals:
        circle = " -> ".join(one.name for one in (*chain[reals.index(os.path.realpath(found)) :], found))
        raise refuse(f"the files extend each other in a circle: {circle}")
    if len(chain) >= LONGEST_CHAIN:
        raise refuse(f"more than {LONGEST_CHAIN} files extend each other")
    return found


def _set_tree(text: str) -> Table:
    key, equals, written = text.partition("=")
    parts = key.strip().split(".")
    if not equals or not all(part.strip() for part in parts):
        raise InputError.one(f"`{text[:60]}` is not a setting; allowed: -S key=value, such as -S demand.scale=1.1")
    if parts[0] == "extends":
        raise InputError.one("can be written in a scenario file only", path="extends")
    if any("[" in part for part in parts):
        raise InputError.one("an entry of a list cannot be set alone; give the whole list", path=key.strip())
    place = Place(COMMAND_LINE)
    try:
        node: Node = read_text(written, COMMAND_LINE) or Scalar("", place)
    except InputError as wrong:
        faults = Faults()
        for fault in wrong.faults:
            below = f".{fault.path}" if fault.path and not fault.path.startswith("[") else fault.path
            faults.add(place, f"{key.strip()}{below}", fault.message)
        raise InputError(tuple(faults.found)) from wrong
    for part in reversed(parts):
        node = Table({part.strip(): node}, {part.strip(): place}, place)
    assert isinstance(node, Table)
    if version_node(node) is not None and parts[0] == KEY:
        path = PATH if parts[1:2] == [FIELD] else KEY
        message = "says for which version of the file format a file was written; it can be written in a file only"
        raise InputError.one(message, path=path)
    return node


def _with_tables(tree: Table) -> Table:
    """Read `facts: FILE` as `facts: {file: FILE}`, and a register likewise."""
    sections: dict[str, Node] = {}
    for name in FILE_ALONE:
        node = tree.entries.get(name)
        if isinstance(node, Scalar) and not node.empty:
            sections[name] = Table({"file": node}, {"file": tree.places[name]}, node.place)
    return Table({**tree.entries, **sections}, tree.places, tree.place) if sections else tree


def _without(tree: Table, dropped: set[str]) -> Table:
    return Table({key: node for key, node in tree.entries.items() if key not in dropped}, tree.places, tree.place)


def _shortest(path: Path) -> Path:
    return Path(os.path.normpath(path))
