"""The files that a sweep reads, copied as they stand when it begins, so that a worker elsewhere reads the same ones.

A scenario leads to others: files that it extends, a facts file, a series of incidence. All are taken along, each under
its place relative to the others, and laid out again where the work is done. What they hold is part of the name of
every job: blanks and comments of a YAML file are not.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from simulator.errors import InputError
from simulator.facts.files import is_file
from simulator.facts.tree import Listing, Node, Scalar, Table, read_file, read_text

NAMING = (("extends",), ("facts",), ("facts", "file"), ("infection", "series"))
"""Keys of a scenario under which a file can be named."""
ENDINGS = ("", ".yaml", ".yml")


@dataclass(frozen=True)
class Files:
    """A scenario file with all that it leads to.

    Attributes:
        first: Name of the scenario file among them.
        contents: Content of each file by its name, which is a path relative to a folder that holds them all.
    """

    first: str
    contents: tuple[tuple[str, bytes], ...]

    @property
    def digest(self) -> str:
        """Hash of what the files say."""
        return _digest(self)

    @contextmanager
    def laid_out(self) -> Iterator[Path]:
        """Give the scenario file, in a temporary folder that holds all of them."""
        with tempfile.TemporaryDirectory(prefix="saldo-sweep-", ignore_cleanup_errors=True) as folder:
            for name, content in self.contents:
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            yield Path(folder) / self.first


def files_of(path: Path) -> Files:
    """Return a scenario file and all files that it leads to.

    Raises:
        InputError: One of them cannot be read, or is named by an absolute path.
    """
    found: dict[Path, bytes] = {}
    waiting = [Path(os.path.normpath(path.absolute()))]
    while waiting:
        file = waiting.pop()
        if file in found:
            continue
        tree = read_file(file, str(path) if not found else str(file)) if _is_yaml(file) else None
        found[file] = file.read_bytes()
        if tree is not None:
            waiting += _named_by(tree, file)
    root = Path(os.path.commonpath([file.parent for file in found]))
    names = {file: file.relative_to(root).as_posix() for file in found}
    contents = sorted((names[file], content) for file, content in found.items())
    return Files(names[Path(os.path.normpath(path.absolute()))], tuple(contents))


def _is_yaml(file: Path) -> bool:
    return file.suffix.lower() != ".csv"


def _named_by(tree: Table, file: Path) -> Iterator[Path]:
    for keys in NAMING:
        node: Node | None = tree
        for key in keys:
            node = node.entries.get(key) if isinstance(node, Table) else None
        if not isinstance(node, Scalar) or node.empty:
            continue
        if Path(node.text).is_absolute():
            message = (
                f"`{node.text}` is an absolute path; a sweep takes its files along, so name it relative to this file"
            )
            raise InputError.one(message, str(file), ".".join(keys))
        wanted = file.parent / node.text
        near = (Path(os.path.normpath(f"{wanted}{ending}")) for ending in ENDINGS)
        yield from [one for one in near if is_file(one)][:1]  # a name without a file is refused by the entrance


@lru_cache(maxsize=64)
def _digest(files: Files) -> str:
    told = hashlib.sha256(files.first.encode())
    for name, content in files.contents:
        said = content if name.endswith(".csv") else _said(content, name)
        told.update(f"\0{name}\0{len(said)}\0".encode() + said)
    return told.hexdigest()


def _said(content: bytes, name: str) -> bytes:
    """Return what a YAML file says: its keys and texts in their order, without comments and layout."""
    node = read_text(content.decode("utf-8-sig"), name)
    return b"" if node is None else "\n".join(_spelled(node)).encode()


def _spelled(node: Node) -> Iterator[str]:
    match node:
        case Scalar():
            yield f"{'quoted' if node.quoted else 'plain'} {node.text!r}"
        case Listing():
            yield f"list of {len(node.items)}"
            for item in node.items:
                yield from _spelled(item)
        case Table():
            yield f"table of {len(node.entries)}"
            for key, child in node.entries.items():
                yield repr(key)
                yield from _spelled(child)
