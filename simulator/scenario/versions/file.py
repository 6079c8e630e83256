"""Converts a file in its place or into another one; what it was is kept."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from simulator.errors import InputError
from simulator.facts.files import is_file, is_folder, text_of_file
from simulator.facts.tree import Node, Scalar, Table, read_text
from simulator.scenario.versions.text import Converted, converted_text

NAMING = ("extends", "facts", "register", "scenario", "scenarios", "infection")
"""Keys of scenarios and plans under which other files are named, relative to the folder of the file."""


def converted_file(path: Path) -> Converted:
    """Return a file in the present version; nothing is written.

    Raises:
        InputError: It cannot be read, or is a folder, such as that of a run, which stays as it was made.
    """
    if is_folder(path):
        message = "is a folder; give a scenario, plan, register or facts file; a run is read as it stands"
        raise InputError.one(message, str(path))
    text = text_of_file(path, str(path)).replace("\r\n", "\n").replace("\r", "\n")
    return converted_text(text, str(path))


def write_in_place(path: Path, found: Converted) -> Path:
    """Write a converted file over the old one, and return the file that keeps the old one.

    Raises:
        InputError: Another file stands where the old one is to be kept, or neither can be written.
    """
    path = Path(os.path.realpath(path))
    kept = path.with_name(f"{path.name}.v{found.reading.version}")
    old = path.read_bytes()
    if kept.exists() and not (is_file(kept) and kept.read_bytes() == old):
        raise InputError.one("is there already and holds something else; move it away", str(kept), "--write")
    _put(kept, old, "--write")
    shutil.copymode(path, kept)
    _put(path, _encoded(found, old), "--write")
    return kept


def write_to(target: Path, source: Path, found: Converted) -> None:
    """Write a converted file to another one.

    Raises:
        InputError: It is there already, cannot be written, or would no longer lead to the files that it names.
    """
    if os.path.lexists(target):
        raise InputError.one("is there already; give another name", str(target), "--out")
    if not is_folder(target.absolute().parent):
        raise InputError.one(f"there is no folder {target.absolute().parent} to write to", str(target), "--out")
    named = _names_files(read_text(found.text, str(source)))
    if named and os.path.realpath(target.parent) != os.path.realpath(source.parent):
        message = f"`{named}` names a file relative to {source.parent}; write the converted file there"
        raise InputError.one(message, str(target), "--out")
    _put(target, _encoded(found, source.read_bytes()), "--out")


def _names_files(tree: Node | None) -> str:
    """Return the key under which a file is named; empty where none is."""
    assert isinstance(tree, Table)
    for key in NAMING:
        node = tree.entries.get(key)
        inner = {"infection": "series"}.get(key, "file")
        below = node.entries.get(inner) if isinstance(node, Table) else node
        if below is not None and not (isinstance(below, Scalar) and below.empty):
            return key
    return ""


def _encoded(found: Converted, old: bytes) -> bytes:
    """Return a text with the byte order mark and the ends of lines of the old file."""
    text = found.text.replace("\n", "\r\n") if b"\r\n" in old else found.text
    mark = b"\xef\xbb\xbf"
    return (mark if old.startswith(mark) else b"") + text.removeprefix("\ufeff").encode("utf-8")


def _put(target: Path, content: bytes, option: str) -> None:
    """Write a file beside and move it into its place, so that it is there whole or as it was."""
    aside = target.with_name(f".{target.name}.writing-{os.getpid()}")
    try:
        aside.write_bytes(content)
        if target.exists():
            shutil.copymode(target, aside)
        aside.replace(target)
    except OSError as wrong:
        aside.unlink(missing_ok=True)
        raise InputError.one(f"cannot be written: {wrong.strerror}", str(target), option) from wrong
