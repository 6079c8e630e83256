"""No figure of policy, behaviour or money stands in code: it would have no unit, no source and no range.

Such figures live in simulator/facts/*.yaml. In the rooms that work with them only the numbers of counting
and of the calendar may be written out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.reading import PACKAGE, named, python_files, tree_of

ROOMS = ("demand", "delivery", "effects", "saldo", "control")
FREE: dict[float, str] = {
    0: "nothing, the first",
    1: "one, the next, the whole",
    2: "a pair, a square",
    7: "days of a week",
    12: "months of a year",
    60: "minutes of an hour",
    100: "per cent",
    1_000_000: "kroner of a mio. kr.",
}
"""Numbers that anyone may write, and what they are; 1.0 is as free as 1, and a minus changes nothing."""

EXCEPTIONS: dict[tuple[str, float], str] = {
    ("simulator/demand/register.py", 4096): "room for the entrants of a day in the number of a person",
    ("simulator/demand/stocks.py", 32): "days that always lead from a month into the next",
    ("simulator/demand/stocks.py", 618_034): "golden section: spreads the first entrants of the places over the days",
}
"""(file, number) -> why it is no figure of policy, behaviour or money; at most ten."""

FILES = python_files(*(f"simulator/{room}" for room in ROOMS))


def names_itself(node: ast.AST) -> bool:
    """Return whether the numbers below a node are places or codes: `axis=3`, `A, B, C = 0, 1, 2`."""
    match node:
        case ast.Assign(targets=[ast.Tuple()], value=ast.Tuple(elts=codes)):
            return [getattr(code, "value", None) for code in codes] == list(range(len(codes)))
        case ast.keyword(arg="axis", value=ast.Constant()):
            return True
    return False


def numbers_in(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the numbers of a tree that could be figures."""
    if names_itself(node):
        return
    parts = list(ast.iter_child_nodes(node))
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            yield node
        case ast.Subscript(slice=ast.Constant(value=int())):
            parts = [node.value]
        case ast.BinOp(op=ast.LShift() | ast.RShift(), right=ast.Constant() | ast.Call(args=[ast.Constant()])):
            parts = [node.left]
    for part in parts:
        yield from numbers_in(part)


def figures_in(tree: ast.Module) -> list[tuple[int, float]]:
    """Return line and value of each number that is not free."""
    return [(node.lineno, node.value) for node in numbers_in(tree) if node.value not in FREE]  # type: ignore[misc]


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_figure_stands_in_code(path: Path) -> None:
    found = [
        f"{named(path)}:{line}: {value} belongs in simulator/facts with unit, range and source"
        for line, value in figures_in(tree_of(path))
        if (named(path), value) not in EXCEPTIONS
    ]
    assert not found, "\n".join(found)


def test_the_rooms_are_there_and_exceptions_are_few_and_needed() -> None:
    assert all((PACKAGE / room).is_dir() for room in ROOMS)
    assert len(EXCEPTIONS) <= 10
    needed = {(named(path), value) for path in FILES for _, value in figures_in(tree_of(path))}
    assert set(EXCEPTIONS) <= needed, f"no longer needed: {sorted(set(EXCEPTIONS) - needed)}"


@pytest.mark.parametrize(
    ("code", "figures"),
    [
        ("x = 0.65", [0.65]),
        ("x = y * 7 + 1.0 - 2", []),
        ("x = -300_000", [300_000]),
        ("x = words[3] + cube.sum(axis=3)", []),
        ("x = table[3.5] + f(limit=26)", [3.5, 26]),
        ("x = table[key(52)] if True else None", [52]),
        ("x = max(15, a)[0]", [15]),
        ("x = (15 * word >> 32) + (y >> np.uint64(32)) + (1 << 30)", [15]),
        ("A, B, C, D = 0, 1, 2, 3", []),
        ("A, B, C, D = 0, 1, 2, 4", [4]),
        ("TRIES = 3", [3]),
    ],
)
def test_the_check_sees_figures(code: str, figures: list[float]) -> None:
    assert [value for _, value in figures_in(ast.parse(code))] == figures
