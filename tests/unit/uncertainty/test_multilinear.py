"""Figures as sums of products: found where they are, refused where they are not."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.uncertainty.multilinear import FloatArray, written_out

BOX = np.array([[0.0, 1.0, -1.0], [2.0, 4.0, 3.0]])
POINTS = np.array([[0.5, 2.0, 0.0], [1.9, 3.9, 2.9], [0.0, 1.0, -1.0], [1.0, 1.5, 2.5]])


def chain(points: FloatArray) -> dict[str, FloatArray]:
    return {"kr": points[:, 0] * points[:, 1] * points[:, 2] + 3.0 * points[:, 1], "count": 7.0 + 0.0 * points[:, 0]}


def test_a_chain_is_written_out_exactly() -> None:
    found = written_out(chain, BOX, budget=100)
    assert found is not None
    assert found.at(POINTS, ["kr"])[:, 0] == pytest.approx(chain(POINTS)["kr"], rel=1e-12, abs=1e-12)
    assert found.at(POINTS).shape == (4, 2)


def test_terms_that_are_not_there_are_not_looked_for() -> None:
    asked = 0

    def sums(points: FloatArray) -> dict[str, FloatArray]:
        nonlocal asked
        asked += len(points)
        return {"kr": points.sum(axis=1)}

    found = written_out(sums, np.repeat([[0.0], [1.0]], 30, axis=1), budget=1000)
    assert found is not None and len(found.terms) == 31
    assert asked < 600, "all pairs of thirty values, and not their 2 ** 30 combinations"


@pytest.mark.parametrize(
    "bent",
    [
        lambda points: {"kr": points[:, 0] ** 2},
        lambda points: {"kr": np.maximum(points[:, 0] - 1.9, 0.0) + points[:, 1]},
        lambda points: {"kr": points[:, 1] / (points[:, 0] + 1.0)},
        lambda points: {"kr": np.exp(0.001 * points[:, 2])},
    ],
)
def test_what_is_bent_is_not_written_out(bent: object) -> None:
    assert written_out(bent, BOX, budget=1000) is None  # type: ignore[arg-type]


def test_more_points_than_is_worth_while_are_not_asked_for() -> None:
    assert written_out(chain, BOX, budget=20) is None


def test_a_value_that_stands_still_is_no_key_of_a_term() -> None:
    found = written_out(chain, np.array([[0.0, 2.0, -1.0], [2.0, 2.0, 3.0]]), budget=100)
    assert found is not None
    assert all(1 not in term for term in found.terms)
    points = np.array([[0.5, 2.0, 0.0], [1.5, 2.0, 1.0]])
    assert found.at(points, ["kr"])[:, 0] == pytest.approx(chain(points)["kr"])


def test_points_outside_the_box_are_told() -> None:
    found = written_out(chain, BOX, budget=100)
    assert found is not None
    assert found.holds(POINTS)
    assert not found.holds(np.array([[2.1, 2.0, 0.0]]))


@given(st.lists(st.floats(-5, 5), min_size=16, max_size=16), st.integers(0, 2**16))
def test_any_sum_of_products_of_four_is_found(factors: list[float], luck: int) -> None:
    terms = [term for length in range(5) for term in combinations(range(4), length)]

    def figure(points: FloatArray) -> dict[str, FloatArray]:
        parts = zip(factors, terms, strict=True)
        return {
            "kr": sum((factor * points[:, list(term)].prod(axis=1) for factor, term in parts), np.zeros(len(points)))
        }

    found = written_out(figure, np.array([[-1.0] * 4, [2.0] * 4]), budget=200)
    assert found is not None
    points = np.mod(np.outer(np.arange(1, 50) + luck, [0.414, 0.732, 0.236, 0.645]), 1.0) * 3 - 1
    size = max(abs(figure(points)["kr"]).max(), 1e-6)
    assert abs(found.at(points)[:, 0] - figure(points)["kr"]).max() <= 1e-7 * size
