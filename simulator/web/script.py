"""One program of several modules: what begins with an entry and holds all that it imports, each with its own names.

A browser fetches modules one after another, and a page waits for the last. So a page is served as one program, and the
modules stay small. Where a second program comes later, it takes what it shares with the first from the first: no module
is there twice, with two states.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

IMPORT: Final = re.compile(r'^import (?:\{([^}]*)\}|\* as (\w+)) from "(\.[\w./-]+\.js)";\n', re.MULTILINE)
EXPORT: Final = re.compile(r"^export (?=(?:async )?function (\w+)|const (\w+)|class (\w+))", re.MULTILINE)


def in_one(folder: Path, entry: str) -> str:
    """Return a module and all that it imports as one program; each module keeps its own names to itself.

    Args:
        folder: Where the modules are.
        entry: File name of the first.
    """
    parts = [_closed(folder, name) for name in order(folder, entry)]
    return '"use strict";\n' + "".join(parts)


def as_module(folder: Path, entry: str, first: str | None = None) -> str:
    """Return a module and all that it imports as one module, which gives away what its entry does, and each of them.

    Args:
        folder: Where the modules are.
        entry: The one that it begins with, by its path in the folder.
        first: Entry of a module that was made so before; what that one holds is taken from it.
    """
    held = [] if first is None else order(folder, first)
    named = order(folder, entry)
    shared, own = ([name for name in named if (name in held) is there] for there in (True, False))
    taken = "" if first is None else f'import {{ {_all(shared)} }} from "{_path(entry, first)}";\n'
    given = ", ".join(_given((folder / entry).read_text(encoding="utf-8")))
    away = f"export {{ {_all(own)} }};\n" + (f"export const {{ {given} }} = {_called(entry)};\n" if given else "")
    return taken + "".join(_closed(folder, name) for name in own) + away


def as_data(told: Mapping[str, Any]) -> str:
    """Return what a program is told, so that no text of a scenario can end the element that it stands in."""
    return safe(json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def safe(text: str) -> str:
    """Return JSON as it may stand in an element of a page: the same, with nothing in it that markup knows."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def order(folder: Path, entry: str) -> list[str]:
    """Return a module and all that it imports, by their paths in the folder, each after what it imports."""
    return _order(folder, entry, [])


def _order(folder: Path, name: str, found: list[str], trail: tuple[str, ...] = ()) -> list[str]:
    assert name not in trail, f"{name} imports itself in a circle"
    for _, _, path in IMPORT.findall((folder / name).read_text(encoding="utf-8")):
        other = _name(name, path)
        if other not in found:
            _order(folder, other, found, (*trail, name))
    found.append(name)
    return found


def _closed(folder: Path, name: str) -> str:
    """Return a module as a function that gives away what it exports."""
    text = (folder / name).read_text(encoding="utf-8")
    opened = IMPORT.sub(lambda found: _taken(name, found), text)
    body = EXPORT.sub("", opened)
    assert "\nimport " not in body and "\nexport " not in body, f"{name} imports or exports in a way that is not known"
    return f"const {_called(name)} = (() => {{\n{body}return {{ {', '.join(_given(text))} }};\n}})();\n"


def _given(text: str) -> list[str]:
    """Return the names that a module exports."""
    return [next(filter(None, names)) for names in EXPORT.findall(text)]


def _taken(name: str, found: re.Match[str]) -> str:
    """Return how a module takes what it imports from another that stands before it."""
    names, whole, path = found.groups()
    other = _called(_name(name, path))
    return f"const {whole} = {other};\n" if whole else f"const {{{_renamed(names)}}} = {other};\n"


def _name(importer: str, path: str) -> str:
    """Return the path of a module in the folder, from how another one names it."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(importer), path))


def _path(importer: str, name: str) -> str:
    """Return how a module names another one."""
    path = posixpath.relpath(name, posixpath.dirname(importer) or ".")
    return path if path.startswith(".") else f"./{path}"


def _all(names: list[str]) -> str:
    return ", ".join(map(_called, names))


def _renamed(names: str) -> str:
    return re.sub(r"(\w+) as (\w+)", r"\1: \2", names)


def _called(name: str) -> str:
    return "in_" + re.sub(r"\W", "_", name.removesuffix(".js"))
