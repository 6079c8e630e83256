"""Cells of few persons are not given back: an attacker with linear programs of his own tries it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from simulator.results.few import LEAST, is_small, left_out


def attack(cells: Mapping[str, float], sums: Sequence[Mapping[str, float]], hidden: set[str]) -> dict[str, int]:
    """Return how many whole numbers each hidden small cell can be, from everything that is told, all at once."""
    names = list(cells)
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in sums])
    bounds = [(0, None) if name in hidden else (cells[name], cells[name]) for name in names]
    found = {}
    for name in [one for one in hidden if is_small(cells[one])]:
        aim = np.array([float(one == name) for one in names])
        ends = [linprog(sign * aim, A_eq=matrix, b_eq=np.zeros(len(sums)), bounds=bounds) for sign in (1, -1)]
        low, high = (one.x[names.index(name)] if one.status == 0 else math.inf for one in ends)
        found[name] = 99 if math.isinf(high) else math.floor(high + 1e-6) - math.ceil(low - 1e-6) + 1
    return found


def crossed(counts: list[list[int]]) -> tuple[dict[str, float], list[dict[str, float]]]:
    """Return a table with its margins by row and column, and the sums that bind them."""
    cells, sums = {}, []
    across = range(len(counts[0]))
    for row, line in enumerate(counts):
        cells |= {f"{row}:{column}": float(count) for column, count in enumerate(line)}
        cells[f"{row}:all"] = float(sum(line))
        sums.append({f"{row}:all": -1.0} | {f"{row}:{column}": 1.0 for column in across})
    for column in (*across, "all"):
        cells[f"all:{column}"] = sum(cells[f"{row}:{column}"] for row in range(len(counts)))
        sums.append({f"all:{column}": -1.0} | {f"{row}:{column}": 1.0 for row in range(len(counts))})
    return cells, sums


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=3))
def test_no_small_cell_of_a_crossed_table_is_given_back(counts: list[list[int]]) -> None:
    cells, sums = crossed(counts)
    hidden = left_out(cells, sums)
    assert {name for name, count in cells.items() if 0 < count < LEAST} <= hidden
    told = sum(count for name, count in cells.items() if name not in hidden)
    for name, choices in attack(cells, sums, hidden).items():
        row, _, column = name.partition(":")
        alone = cells[f"{row}:all"] == cells[name] and cells[f"all:{column}"] == cells[name]
        assert choices >= 2 or not told or alone, (counts, name, hidden)


def test_a_single_small_cell_takes_a_second_one_with_it() -> None:
    cells = {"a": 2.0, "b": 9.0, "c": 50.0, "all": 61.0}
    sums = [{"a": 1.0, "b": 1.0, "c": 1.0, "all": -1.0}]
    assert left_out(cells, sums) == {"a", "b"}
    assert attack(cells, sums, {"a"}) == {"a": 1}, "the attacker of this test can win"
    assert attack(cells, sums, {"a", "b"})["a"] > 2


def test_two_small_cells_that_are_few_together_take_a_third() -> None:
    cells = {"a": 1.0, "b": 2.0, "c": 50.0, "d": 60.0, "all": 113.0}
    assert left_out(cells, [dict.fromkeys("abcd", 1.0) | {"all": -1.0}]) == {"a", "b", "c"}


@pytest.mark.parametrize("count", [0.0, 5.0, 400.0])
def test_nothing_is_left_out_where_no_cell_is_small(count: float) -> None:
    assert left_out({"a": count, "all": count}, [{"a": 1.0, "all": -1.0}]) == set()
