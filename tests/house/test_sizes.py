"""Small rooms: short files, short functions, few arguments, a docstring on all that others may call."""

from __future__ import annotations

import ast
from functools import cache
from itertools import accumulate
from pathlib import Path

import pytest

from tests.house.reading import ROOMS_OF_CODE, FunctionNode, by_room, functions_of, named, python_files, tree_of

FILE_LINES = 400
FUNCTION_LINES = 40
ARGUMENTS = 6
EXCEPTIONS_ALLOWED = 10

# "file" or "file::function" -> why it reads better as it is. At most ten, and one that is no longer needed must go.
EXCEPTIONS: dict[str, str] = {
    "simulator/__init__.py::run": "the door for notebooks: what may be chosen stands in its signature, by name",
}

ROOMS, PACKAGES = by_room(python_files(*ROOMS_OF_CODE)), by_room(python_files("simulator"))


@cache
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


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_are_small(room: str) -> None:
    found = (one for path in ROOMS[room] for one in too_large(path))
    faults = [f"{key}: {fault}" for key, fault in found if key not in EXCEPTIONS]
    assert not faults, "\n".join(faults)


def test_exceptions_are_few_explained_and_needed() -> None:
    assert len(EXCEPTIONS) <= EXCEPTIONS_ALLOWED
    assert all(len(reason) > 20 for reason in EXCEPTIONS.values()), "an exception says why"
    needed = {key for files in ROOMS.values() for path in files for key, _ in too_large(path)}
    assert set(EXCEPTIONS) <= needed, f"no longer needed: {sorted(set(EXCEPTIONS) - needed)}"


@pytest.mark.parametrize("room", PACKAGES)
def test_all_that_is_public_has_a_docstring(room: str) -> None:
    faults = [fault for path in PACKAGES[room] for fault in bare_in(path)]
    assert not faults, "\n".join(faults)


def bare_in(path: Path) -> list[str]:
    """Return what is public in a file and has no docstring; what stands inside a function nobody else can call."""
    tree = tree_of(path)
    functions = list(functions_of(tree))
    names = {name for name, _ in functions}
    silent = [] if ast.get_docstring(tree) else [f"{named(path)} does not say what it is for"]
    bare = [
        f"{named(path)}: no docstring on {name}"
        for name, node in functions
        if not any(part.startswith("_") for part in name.split("."))
        and not any(outer in names for outer in accumulate(name.split(".")[:-1], "{}.{}".format))
        and ast.get_docstring(node) is None
    ]
    return [*silent, *bare]


def test_every_room_is_a_package() -> None:
    """A folder without `__init__.py` can be imported, but the check of the import order does not see it."""
    rooms = {path.parent for path in python_files("simulator")}
    assert not [named(room) for room in sorted(rooms) if not (room / "__init__.py").exists()]
