"""Sparse tables of whole numbers, against the same table written out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.delivery.cells import Cells

ONE = Cells.of(("a", "b"), (2, 3), (np.array([0, 1, 1]), np.array([2, 0, 0])))
SHAPE = (2, 3, 4)
ROWS = st.lists(st.tuples(*(st.integers(0, length - 1) for length in SHAPE)), max_size=30)


def table(rows: list[tuple[int, ...]]) -> Cells:
    columns = np.array(rows, dtype=np.int64).reshape(-1, len(SHAPE)).T
    return Cells.of(("x", "y", "z"), SHAPE, tuple(columns))


def written_out(rows: list[tuple[int, ...]]) -> np.ndarray:
    cube = np.zeros(SHAPE, dtype=np.int64)
    for row in rows:
        cube[row] += 1
    return cube


def test_a_table_is_summed_over_any_of_its_axes() -> None:
    assert ONE.dense("a", "b").tolist() == [[0, 0, 1], [2, 0, 0]]
    assert ONE.dense("b", "a").tolist() == [[0, 2], [0, 0], [1, 0]]
    assert ONE.dense("a").tolist() == [1, 2]
    assert ONE.column("b").tolist() == [2, 0]


def test_cells_stand_in_the_order_of_their_index_and_none_is_empty() -> None:
    assert (ONE.code.tolist(), ONE.total.tolist()) == ([2, 3], [1, 2])
    assert (ONE.code.dtype, ONE.total.dtype) == (np.int64, np.int64)


def test_a_table_of_nothing_is_zero_everywhere() -> None:
    nothing = table([])
    assert nothing.dense("y").tolist() == [0, 0, 0]
    assert nothing.plus(ONE_OF_THREE).dense("y").tolist() == [0, 0.5, 0]
    assert nothing.only("x", np.array([True, True])).count.tolist() == []


ONE_OF_THREE = table([(1, 1, 1)])


def test_tables_of_replications_give_their_mean() -> None:
    """Two conversations and one in the first, one in the second: 3 and 1 in all, 1.5 and 0.5 a replication."""
    both = ONE.plus(Cells.of(("a", "b"), (2, 3), (np.array([1]), np.array([0]))))
    assert both.total.tolist() == [1, 3]
    assert both.count.tolist() == [0.5, 1.5]
    assert both.dense("b").tolist() == [1.5, 0, 0.5]
    assert both.sums("b").tolist() == [3, 0, 1]
    three = both.plus(ONE)
    assert (three.replications, three.dense("a", "b").tolist()) == (3, [[0, 0, 2 / 3], [5 / 3, 0, 0]])


def test_a_table_can_be_cut_to_some_of_an_axis() -> None:
    two = ONE.plus(ONE)
    cut = two.only("a", np.array([True, False]))
    assert cut.sums("b").tolist() == [0, 0, 2]
    assert (cut.replications, cut.dense("b").tolist()) == (2, [0, 0, 1])


def test_sums_are_whole_and_exact_however_large() -> None:
    large = Cells(("a",), (2,), np.array([0, 1]), np.array([2**52 - 1, 2**52 + 1]))
    assert large.sums().tolist() == 2**53
    assert large.sums("a").tolist() == [2**52 - 1, 2**52 + 1]


@pytest.mark.parametrize("axes", [(), ("x",), ("z", "x"), ("y", "z"), ("z", "y", "x"), ("x", "y", "z")])
@given(first=ROWS, second=ROWS)
def test_sums_are_those_of_the_table_written_out(
    axes: tuple[str, ...], first: list[tuple[int, ...]], second: list[tuple[int, ...]]
) -> None:
    """Of one table and of the sum of two; what is not asked for is summed over, in any order of axes."""
    both = table(first).plus(table(second))
    cube = written_out(first + second)
    wanted = np.einsum(cube, list(range(cube.ndim)), ["xyz".index(axis) for axis in axes])
    assert both.sums(*axes).tolist() == wanted.tolist()
    assert both.dense(*axes).tolist() == (wanted / 2).tolist()
    assert both.total.tolist() == cube[cube > 0].tolist()
    for axis in ("x", "y", "z"):
        assert both.column(axis).tolist() == np.nonzero(cube)["xyz".index(axis)].tolist()


@given(rows=ROWS)
def test_the_order_in_which_tables_are_added_changes_nothing(rows: list[tuple[int, ...]]) -> None:
    one, other = table(rows[::2]).plus(table(rows[1::2])), table(rows[1::2]).plus(table(rows[::2]))
    assert (one.code.tolist(), one.total.tolist()) == (other.code.tolist(), other.total.tolist())
