"""What clusters leave unexplained, counted."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.uncertainty.trials.clustered import Cells, alike, cells_of, error_of, numbered


def test_residuals_are_added_up_by_arm_and_cluster() -> None:
    cells = cells_of(np.array([1.0, -1.0, 2.0, 5.0]), np.array([False, False, True, True]), np.array([0, 2, 2, 2]), 3)
    assert cells.sums.tolist() == [[1, 0, -1], [0, 0, 7]]
    assert cells.weights.tolist() == [[1, 0, 1], [0, 0, 2]]
    assert cells.shares.tolist() == [[0.5, 0, 0.5], [0, 0, 1]]


def test_two_clusters_in_each_arm_by_hand() -> None:
    """Equal clusters of 4 with residuals 2 and -2, and 6 and -6: (4 + 4 + 36 + 36) / 8^2 / (1 - 1/2) = 2.5."""
    cells = Cells(np.array([[2.0, -2.0, 0.0, 0.0], [0.0, 0.0, 6.0, -6.0]]), np.array([[4.0, 4, 0, 0], [0, 0, 4, 4]]))
    assert error_of(cells) == (pytest.approx(2.5), pytest.approx(2.0))
    # With equal clusters nothing is made up for likeness: CR2 is right whatever it is.
    assert error_of(cells, ratio=3.0) == (pytest.approx(2.5), pytest.approx(2.0))


def test_one_large_cluster_has_something_made_up() -> None:
    weights = np.array([[80.0, 10, 10, 0, 0, 0], [0, 0, 0, 40, 30, 30]])
    cells = Cells(np.array([[3.0, -1, -2, 0, 0, 0], [0, 0, 0, 4, -1, -3]]), weights)
    plain, freedom = error_of(cells)
    more, same = error_of(cells, ratio=0.1)
    assert more > 1.5 * plain
    assert same == freedom


def test_likeness_is_never_below_nothing() -> None:
    cells = Cells(np.zeros((2, 4)), np.array([[4.0, 4, 0, 0], [0, 0, 4, 4]]))
    assert alike(cells, 1.0) == 0
    assert alike(cells, 0.0) == 0


def test_an_arm_must_have_two_clusters() -> None:
    with pytest.raises(ValueError, match="one cluster alone"):
        error_of(Cells(np.zeros((2, 3)), np.array([[4.0, 4, 0], [0, 0, 4]])))
    with pytest.raises(ValueError, match="an arm has nobody"):
        error_of(Cells(np.zeros((2, 2)), np.array([[4.0, 4], [0, 0]])))


def test_clusters_are_numbered_whatever_their_labels() -> None:
    assert numbered([3, 0, 3])[1] == 4
    codes, count = numbered([10**12, -5, 10**12])
    assert (codes.tolist(), count) == ([1, 0, 1], 2)
    with pytest.raises(ValueError, match="whole numbers"):
        numbered(["a", "b"])
