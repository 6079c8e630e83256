"""How alike persons of a cluster are: shares, the bounds, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.uncertainty.trials.likeness import likeness_of


def test_clusters_of_one_kind_are_wholly_alike() -> None:
    found = likeness_of([0, 0, 1, 1, 1, 0, 0, 0], [1, 1, 2, 2, 2, 3, 3, 3])
    assert found.icc == pytest.approx(1)


def test_shares_have_a_likeness_too() -> None:
    """Shares of 0.3 that vary by 0.1 between jobcentres: 0.01 of 0.21, within three errors of 0.0025."""
    chance = np.random.default_rng(1)
    shares = chance.beta(6, 14, 2_000)
    cluster = np.repeat(np.arange(2_000), 30)
    found = likeness_of(chance.random(60_000) < shares[cluster], cluster)
    assert found.icc == pytest.approx(1 / 21, abs=0.0075)
    assert (found.clusters, found.mean_size, found.cv) == (2_000, 30, 0)


def test_persons_less_alike_than_strangers_have_no_likeness() -> None:
    found = likeness_of([0, 1, 0, 1, 0, 1], [1, 1, 2, 2, 3, 3])
    assert found.unbounded == pytest.approx(-1)
    assert found.icc == 0


def test_outcomes_that_never_differ_have_no_likeness() -> None:
    assert likeness_of([2, 2, 2, 2], [1, 1, 2, 2]).icc == 0


def test_one_arm_alone_is_an_arm_whichever_it_is() -> None:
    outcome, cluster = [1, 2, 3, 5, 6, 7], [1, 1, 1, 2, 2, 2]
    found = likeness_of(outcome, cluster)
    assert likeness_of(outcome, cluster, [1] * 6) == found
    assert likeness_of(outcome, cluster, [0] * 6) == found


def test_what_has_no_likeness_is_refused() -> None:
    with pytest.raises(ValueError, match="two clusters or more"):
        likeness_of([1, 2, 3], [1, 1, 1])
    with pytest.raises(ValueError, match="two persons in one"):
        likeness_of([1, 2, 3], [1, 2, 3])
    with pytest.raises(ValueError, match="3 labels of clusters for 4 persons"):
        likeness_of([1, 2, 3, 4], [1, 2, 3])
    with pytest.raises(ValueError, match="an outcome is not a number"):
        likeness_of([1, np.nan], [1, 1])
