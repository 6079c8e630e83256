"""A part of the kernel has no door from Python: called from there it ends the process without a word."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

FAST = Path(__file__).resolve().parents[2] / "simulator" / "delivery" / "fast"
PARTS = {"compiled", "merged", "inlined"}
KERNEL = PARTS | {"kept"}
TREES = {path.name: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(FAST.glob("*.py"))}


def marks(function: ast.FunctionDef) -> set[str]:
    """Return the decorators of a function that are plain names."""
    return {one.id for one in function.decorator_list if isinstance(one, ast.Name)}


def parts(tree: ast.Module) -> Iterator[str]:
    """Yield the names of the parts of the kernel that a file makes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and marks(node) & PARTS:
            yield node.name
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            made_by = node.value.func
            if isinstance(made_by, ast.Name) and made_by.id in PARTS:
                yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def calls_of_python(tree: ast.AST) -> Iterator[str]:
    """Yield the names that are called outside the kernel."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef) and marks(node) & KERNEL:
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        yield from calls_of_python(node)


NAMES = {name for tree in TREES.values() for name in parts(tree)}


def test_python_calls_no_part_of_the_kernel() -> None:
    assert len(NAMES) > 60
    called = {(file, name) for file, tree in TREES.items() for name in calls_of_python(tree) if name in NAMES}
    assert not called, f"they have no door from Python; make one with `kept`: {sorted(called)}"


def test_only_the_kernel_imports_its_parts() -> None:
    """Elsewhere in the package nobody takes one from its file."""
    for path in sorted(FAST.parents[1].rglob("*.py")):
        if path.parent == FAST:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        taken = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and "fast" in (node.module or "")]
        assert not [name.name for node in taken for name in node.names if name.name in NAMES], path


def test_a_call_from_python_would_be_found() -> None:
    wrong = ast.parse("@compiled\ndef step(x):\n    return x\n\ndef start(x):\n    return step(x)\n")
    assert list(parts(wrong)) == ["step"]
    assert list(calls_of_python(wrong)) == ["step"]
