"""The files of the project as the house tests read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "simulator"
ROOMS_OF_CODE = ("simulator", "tests", "docs")
ROOMS_OF_TEXT = (*ROOMS_OF_CODE, "scenarios", ".ci")
TEXT = {".py", ".md", ".yaml", ".toml", ".txt", ".csv", ".html", ".js", ".css", ".j2", ""}

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: str) -> list[Path]:
    """Return the Python files below these folders, in order."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def text_files() -> list[Path]:
    """Return the files that people write: those of the rooms, and those that stand at the top."""
    below = (path for folder in ROOMS_OF_TEXT for path in (ROOT / folder).rglob("*"))
    top = (path for path in ROOT.iterdir() if path.name != ".git")
    return sorted(
        path for path in (*below, *top) if path.is_file() and path.suffix in TEXT and "__pycache__" not in path.parts
    )


def by_room(files: list[Path]) -> dict[str, list[Path]]:
    """Return files by the name of the folder they stand in: a test for each of two thousand files takes its time."""
    rooms: dict[str, list[Path]] = {}
    for path in files:
        rooms.setdefault(named(path.parent), []).append(path)
    return rooms


def named(path: Path) -> str:
    """Return the name of a file from the top of the project, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    """Return the parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions_of(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, FunctionNode]]:
    """Yield each function with its dotted name, those inside classes and functions too."""
    for node in ast.iter_child_nodes(tree):
        inside = prefix
        if isinstance(node, FunctionNode | ast.ClassDef):
            inside = f"{prefix}{node.name}."
        if isinstance(node, FunctionNode):
            yield inside.rstrip("."), node
        yield from functions_of(node, inside)
