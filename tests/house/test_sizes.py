"""Small rooms: short files, short functions, few arguments, a docstring on all that others may call."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.reading import ROOMS_OF_CODE, FunctionNode, functions_of, named, python_files, tree_of

FILE_LINES = 400
FUNCTION_LINES = 40
ARGUMENTS = 6
EXCEPTIONS_ALLOWED = 10

# "file" or "file::function" -> why it reads better as it is. At most ten, and one that is no longer needed must go.
EXCEPTIONS: dict[str, str] = {
    "simulator/__init__.py::run": "the door for notebooks: what may be chosen stands in its signature, by name",
}

FILES = python_files(*ROOMS_OF_CODE)


def too_large(path: Path) -> list[tuple[str, str]]:
    """Return what is too large in a file: its key in EXCEPTIONS, and how large."""
    found = []
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines >= FILE_LINES:
        found.append((named(path), f"{lines} lines, allowed: below {FILE_LINES}"))
    for name, node in functions_of(tree_of(path)):
        found += [(f"{named(path)}::{name}", fault) for fault in faults_of(node)]
    return found


def faults_of(node: FunctionNode) -> list[str]:
    """Return in which way a function is too large, its docstring counted, its decorators not."""
    assert node.end_lineno is not None
    lines = node.end_lineno - node.lineno + 1
    taken = node.args
    arguments = [argument.arg for argument in (*taken.posonlyargs, *taken.args, *taken.kwonlyargs)]
    count = len([name for name in arguments if name not in ("self", "cls")])
    return [
        *([f"{lines} lines, allowed: below {FUNCTION_LINES}"] if lines >= FUNCTION_LINES else []),
        *([f"{count} arguments, allowed: {ARGUMENTS}"] if count > ARGUMENTS else []),
    ]


@pytest.mark.parametrize("path", FILES, ids=named)
def test_rooms_are_small(path: Path) -> None:
    faults = [f"{key}: {fault}" for key, fault in too_large(path) if key not in EXCEPTIONS]
    assert not faults, "\n".join(faults)


def test_exceptions_are_few_explained_and_needed() -> None:
    assert len(EXCEPTIONS) <= EXCEPTIONS_ALLOWED
    assert all(len(reason) > 20 for reason in EXCEPTIONS.values()), "an exception says why"
    needed = {key for path in FILES for key, _ in too_large(path)}
    assert set(EXCEPTIONS) <= needed, f"no longer needed: {sorted(set(EXCEPTIONS) - needed)}"


@pytest.mark.parametrize("path", python_files("simulator"), ids=named)
def test_all_that_is_public_has_a_docstring(path: Path) -> None:
    tree = tree_of(path)
    public = [
        (name, node)
        for name, node in functions_of(tree)
        if not any(part.startswith("_") for part in name.split(".")) and not inside_function(name, tree)
    ]
    bare = [name for name, node in public if ast.get_docstring(node) is None]
    assert ast.get_docstring(tree), f"{named(path)} does not say what it is for"
    assert not bare, f"{named(path)}: no docstring on {', '.join(bare)}"


def test_every_room_is_a_package() -> None:
    """A folder without `__init__.py` can be imported, but the check of the import order does not see it."""
    rooms = {path.parent for path in python_files("simulator")}
    assert not [named(room) for room in sorted(rooms) if not (room / "__init__.py").exists()]


def inside_function(name: str, tree: ast.Module) -> bool:
    """Return whether a function stands inside another, where nobody else can call it."""
    return any(name.startswith(f"{outer}.") for outer, _ in functions_of(tree))
