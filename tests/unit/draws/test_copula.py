"""A Gaussian copula: reaches the correlation that is asked, and refuses what cannot be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.distributions import distribution_of
from simulator.draws import Correlation, DrawPlan, correlation_matrix, draw_table, spearman
from simulator.draws.copula import correlated, square_root
from simulator.draws.designs import design_points
from simulator.errors import InputError


def test_normal_scores_reach_the_correlations_and_columns_stay_uniform() -> None:
    """4,096 Sobol points: the correlation of random ones would have standard error 0.016; these are nearer."""
    keys = ("a", "b", "c", "d")
    asked = correlation_matrix(keys, [Correlation("a", "c", 0.8), Correlation("b", "c", -0.4)])
    points = design_points("sobol", 4096, keys, 1)
    found = correlated(points, square_root(asked, keys))
    from scipy.special import ndtri

    assert np.corrcoef(ndtri(found).T) == pytest.approx(asked, abs=0.01)
    assert np.sort(found, axis=0) == pytest.approx(np.repeat((np.arange(4096)[:, None] + 0.5) / 4096, 4, 1), abs=0.03)
    untouched = [0, 1, 3]
    assert np.array_equal(found[:, untouched], points[:, untouched]), "a column that hangs on none before it"


@pytest.mark.parametrize("rank", [-1.0, -0.6, 0.3, 0.9, 1.0])
def test_a_rank_correlation_is_reached_whatever_the_distributions(rank: float) -> None:
    from scipy.stats import spearmanr

    known = {
        "a": distribution_of({"name": "lognormal", "mean": 1.0, "sd": 2.0}),
        "b": distribution_of({"name": "beta", "mean": 0.1, "sd": 0.09}),
    }
    hang = (Correlation("b", "a", spearman(rank)),)
    table = draw_table(DrawPlan(known, 4096, 1, correlations=hang))
    assert spearmanr(table.values).statistic == pytest.approx(rank, abs=0.01)


@pytest.mark.parametrize(
    ("given_pairs", "told"),
    [
        ([("a", "x", 0.5)], r"x has no distribution in which it varies; allowed: a, b, c"),
        ([("a", "b", 1.5)], r"of a and b must lie between -1 and 1, but is 1.5"),
        ([("a", "b", math.nan)], r"of a and b must lie between -1 and 1, but is nan"),
        ([("a", "a", 0.5)], r"a cannot be correlated with itself"),
        ([("a", "b", 0.5), ("b", "a", 0.4)], r"b and a is stated twice"),
        ([("a", "x", 2.0), ("y", "b", 0.1)], r"(?s)x has no.*must lie between.*y has no"),
        (
            [("a", "b", -0.9), ("a", "c", 0.8), ("b", "c", 0.8)],
            r"a, b and c contradict each other: with 0.8 and 0.8 to c, that of a and b must lie between 0.28 and 1",
        ),
        ([("a", "b", 1.0), ("a", "c", 0.5), ("b", "c", 0.4)], r"a, b and c contradict each other"),
    ],
)
def test_what_cannot_be_is_refused(given_pairs: list[tuple[str, str, float]], told: str) -> None:
    with pytest.raises(InputError, match=told):
        correlation_matrix(("a", "b", "c"), [Correlation(*pair) for pair in given_pairs])


def test_a_contradiction_of_four_is_found_where_no_three_contradict() -> None:
    """Three values at -0.45 to each other could be, four could not: the least is -1/3."""
    pairs = [Correlation(*pair, -0.45) for pair in ("ab", "ac", "ad", "bc", "bd", "cd")]
    correlation_matrix(("a", "b", "c"), [pairs[0], pairs[1], pairs[3]])
    with pytest.raises(InputError, match="correlations of d with a, b, c contradict those of these"):
        correlation_matrix(("a", "b", "c", "d"), pairs)


@pytest.mark.parametrize("matrix", [np.eye(2), np.array([[1, 0.1], [0.2, 1]]), np.full((3, 3), np.nan)])
def test_what_is_no_matrix_of_correlations_is_refused(matrix: np.ndarray) -> None:
    with pytest.raises(ValueError, match="must be a symmetric matrix of" if len(matrix) != 2 else "symmetric"):
        square_root(matrix, ("a", "b", "c"))
    with pytest.raises(ValueError, match="itself must be 1"):
        square_root(np.eye(3) * 2, ("a", "b", "c"))


@settings(max_examples=80)
@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 10_000))
def test_every_matrix_of_correlations_has_its_root(size: int, rank: int, seed: int) -> None:
    """Those of a lower rank too, where some values follow from others."""
    from simulator.streams import key_of, named_shares

    loads = named_shares("loads", 0, size * rank, key_of(seed, 0)).reshape(size, rank) - 0.5
    loads /= np.sqrt((loads**2).sum(axis=1, keepdims=True))
    matrix = loads @ loads.T
    matrix = (matrix + matrix.T) / 2
    np.fill_diagonal(matrix, 1.0)
    root = square_root(np.clip(matrix, -1, 1), [str(at) for at in range(size)])
    assert root @ root.T == pytest.approx(matrix, abs=1e-4)


def test_a_rank_correlation_beyond_one_is_refused() -> None:
    with pytest.raises(ValueError, match=r"must lie between -1 and 1, but is 1\.1"):
        spearman(1.1)
