"""Designs: points of the unit cube, the same for the same seed, and spread as their name says."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.draws.designs import LARGEST_PART, design, design_names, design_points
from simulator.errors import InputError

COLUMNS = ["money.value", "effects.scale", "effects.share"]


def test_three_designs_can_be_named() -> None:
    assert design_names() == ("latin_hypercube", "random", "sobol")
    with pytest.raises(InputError, match=r"no design is called 'sobl'; allowed: .*did you mean sobol\?"):
        design_points("sobl", 8, COLUMNS, 1)


@pytest.mark.parametrize("name", design_names())
@pytest.mark.parametrize("count", [1, 2, 64, 1024])
def test_points_lie_inside_the_cube_and_come_again(name: str, count: int) -> None:
    points = design_points(name, count, COLUMNS, seed=7)
    assert points.shape == (count, 3)
    assert points.min() > 0
    assert points.max() < 1
    assert np.array_equal(points, design_points(name, count, COLUMNS, seed=7))
    assert len(np.unique(points)) == points.size, "no column repeats another"
    assert not np.isin(points, design_points(name, count, COLUMNS, seed=8)).any()
    assert not np.isin(points, design_points(name, count, COLUMNS, seed=7, part=1)).any()


@pytest.mark.parametrize("name", ["latin_hypercube", "sobol"])
def test_each_cell_of_a_column_holds_one_point(name: str) -> None:
    cells = np.floor(design_points(name, 256, COLUMNS, 3) * 256).astype(int)
    assert (np.sort(cells, axis=0) == np.arange(256)[:, None]).all()


def test_points_of_a_sobol_design_fill_the_boxes_of_two_columns_alike() -> None:
    """The first two dimensions make a (0, 8, 2)-net: each of 256 boxes holds one of 256 points, scrambled or not."""
    points = design_points("sobol", 256, COLUMNS, 3)
    for power in range(9):
        boxes = np.floor(points[:, :2] * [1 << power, 256 >> power]).astype(int)
        assert len(np.unique(boxes, axis=0)) == 256


def test_a_digit_is_scrambled_by_the_digits_before_it() -> None:
    """One flip for all points would leave the differences of points as they are; here they take every value.

    Two points that part in the first of three digits have independent second and third ones: 4 differences, each seen
    in a quarter of the seeds (a difference is missed by 200 seeds with probability 1e-25).
    """
    cells = [np.floor(design_points("sobol", 8, ["a"], seed)[:, 0] * 8).astype(int) for seed in range(200)]
    assert {int(one[0] ^ one[1]) for one in cells} == {4, 5, 6, 7}


@pytest.mark.parametrize("name", ["latin_hypercube", "random"])
def test_a_column_is_keyed_by_its_name(name: str) -> None:
    points = design_points(name, 64, COLUMNS, 1)
    assert np.array_equal(points[:, [2, 0]], design_points(name, 64, [COLUMNS[2], COLUMNS[0]], 1))


@pytest.mark.parametrize(("count", "nearest"), [(3, "2 and 4"), (1000, "512 and 1024"), (1025, "1024 and 2048")])
def test_sobol_takes_powers_of_two_only(count: int, nearest: str) -> None:
    for ask in (lambda: design_points("sobol", count, COLUMNS, 1), lambda: design("sobol").sizes(count)):
        with pytest.raises(InputError, match=f"power of two of points, not {count}; the nearest are {nearest}"):
            ask()


@pytest.mark.parametrize("name", design_names())
@pytest.mark.parametrize("count", [0, -8])
def test_no_design_has_no_points(name: str, count: int) -> None:
    for ask in (lambda: design_points(name, count, COLUMNS, 1), lambda: design(name).sizes(count)):
        with pytest.raises(InputError, match=f"at least 1, not {count}"):
            ask()


def test_sobol_says_where_its_dimensions_end() -> None:
    with pytest.raises(InputError, match="at most 512 columns, not 513; use latin_hypercube or random"):
        design_points("sobol", 2, [str(at) for at in range(513)], 1)


@pytest.mark.parametrize(
    ("name", "count", "parts"),
    [
        ("sobol", 32, [32]),
        ("sobol", 64, [8] * 8),
        ("sobol", 1 << 20, [LARGEST_PART] * 16),
        ("latin_hypercube", 63, [63]),
        ("latin_hypercube", 1000, [125] * 8),
        ("latin_hypercube", 100, [10] * 10),
        ("random", 10, [10]),
        ("random", LARGEST_PART + 1, [LARGEST_PART, 1]),
    ],
)
def test_a_table_is_made_in_parts(name: str, count: int, parts: list[int]) -> None:
    assert design(name).sizes(count) == parts
