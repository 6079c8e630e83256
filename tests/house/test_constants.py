"""No figure of policy, behaviour or money stands in code: it would have no unit, no source and no range.

Such figures live in simulator/facts/*.yaml. In the rooms that work with them only the numbers of counting
and of the calendar may be written out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.reading import PACKAGE, by_room, named, python_files, tree_of

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
    ("simulator/saldo/years.py", 16): "what was worked out last and is kept at hand",
    ("simulator/demand/stocks.py", 618_034): "golden section: spreads the first entrants of the places over the days",
}
"""(file, number) -> why it is no figure of policy, behaviour or money; at most ten."""

FILES = python_files(*(f"simulator/{room}" for room in ROOMS))


KERNEL = "simulator/delivery/fast/"
"""The compiled engine works on bare memory: there a whole number may stand in a constant that says what it is."""


def names_itself(node: ast.AST) -> bool:
    """Return whether the numbers below a node are places or codes: `axis=3`, `A, B, C = 0, 1, 2`, `A, B = range(2)`."""
    match node:
        case ast.Assign(targets=[ast.Tuple()], value=ast.Tuple(elts=codes)):
            return [getattr(code, "value", None) for code in codes] == list(range(len(codes)))
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Call() as counted):
            return ast.unparse(counted) == f"range({len(names)})"
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.GeneratorExp(elt=code, generators=[one])):
            return ast.unparse(one.iter) == f"range({len(names)})" and not list(numbers_in(code))
        case ast.keyword(arg="axis", value=ast.Constant() | ast.Tuple()):
            return True
        case ast.Call(func=ast.Attribute(attr="transpose" | "swapaxes"), args=places):
            return all(isinstance(place, ast.Constant) for place in places)
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
        case ast.Slice():
            parts = [part for part in parts if not isinstance(getattr(part, "value", None), int)]
        case ast.Subscript(slice=ast.Tuple(elts=places)):
            parts = [node.value, *(part for part in places if not isinstance(getattr(part, "value", None), int))]
        case ast.BinOp(op=ast.LShift() | ast.RShift(), right=ast.Constant() | ast.Call(args=[ast.Constant()])):
            parts = [node.left]
    for part in parts:
        yield from numbers_in(part)


def figures_in(tree: ast.Module, *, kernel: bool = False) -> list[tuple[int, float]]:
    """Return line and value of each number that is not free.

    Args:
        tree: The file.
        kernel: Whether it is one of the compiled engine.
    """
    layout = {id(number) for number in layout_of(tree)} if kernel else set()
    found = [node for node in numbers_in(tree) if node.value not in FREE and id(node) not in layout]
    return [(node.lineno, node.value) for node in found]  # type: ignore[misc]


def layout_of(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the whole numbers of constants under which a text says what they are, alone or several in a row."""
    pending: list[ast.Assign] = []
    for node in tree.body:
        match node:
            case ast.Assign(targets=[target]) if ast.unparse(target).isupper():
                pending.append(node)
                continue
            case ast.Expr(value=ast.Constant(value=str())):
                numbers = (part for assign in pending for part in ast.walk(assign.value))
                yield from (one for one in numbers if isinstance(one, ast.Constant) and isinstance(one.value, int))
        pending.clear()


@cache
def figures_of(path: Path) -> list[tuple[int, float]]:
    """Return line and value of each number of a file that is not free."""
    return figures_in(tree_of(path), kernel=named(path).startswith(KERNEL))


@pytest.mark.parametrize("room", by_room(FILES))
def test_no_figure_stands_in_code(room: str) -> None:
    found = [
        f"{named(path)}:{line}: {value} belongs in simulator/facts with unit, range and source"
        for path in by_room(FILES)[room]
        for line, value in figures_of(path)
        if (named(path), value) not in EXCEPTIONS
    ]
    assert not found, "\n".join(found)


def test_the_rooms_are_there_and_exceptions_are_few_and_needed() -> None:
    assert all((PACKAGE / room).is_dir() for room in ROOMS)
    assert len(EXCEPTIONS) <= 10
    needed = {(named(path), value) for path in FILES for _, value in figures_of(path)}
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
        ("A, B, C = range(3)", []),
        ("A, B, C = range(5)", [5]),
        ("A, B, C = (Word(at) for at in range(3))", []),
        ("A, B, C = (15 * at for at in range(3))", [15, 3]),
        ("x = y.any(axis=(2, 3)) + y.transpose(0, 3, 1, 2)", []),
        ("x = y.transpose(f(15))", [15]),
        ("x = y[3, at] + y[:3] + y[..., 4:] + y[key(15), 3] + y[k(9) : 3]", [15, 9]),
        ("TRIES = 3", [3]),
    ],
)
def test_the_check_sees_figures(code: str, figures: list[float]) -> None:
    assert [value for _, value in figures_in(ast.parse(code))] == figures


@pytest.mark.parametrize(
    ("code", "figures"),
    [
        ('WIDE = 24\n"""Room for a number."""', []),
        ('A, B = 16, Word(40)\nC = 3 << A\n"""Where they begin."""', []),
        ("WIDE = 24", [24]),
        ('WIDE = 24\nx = 1\n"""Of something else."""', [24]),
        ('def f():\n    WIDE = 24\n    """Room."""', [24]),
        ('wide = 24\n"""Room."""', [24]),
        ('SHARE = 0.3\n"""A figure."""', [0.3]),
        ('WIDE = 24\n"""Room."""\nx = 24', [24]),
    ],
)
def test_a_number_of_the_compiled_engine_is_whole_named_and_explained(code: str, figures: list[float]) -> None:
    assert [value for _, value in figures_in(ast.parse(code), kernel=True)] == figures
    assert len(figures_in(ast.parse(code))) >= 1, "and nowhere else"
