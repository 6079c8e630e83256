"""How alike the persons of a cluster are, and how unequal the clusters: what a design effect asks for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.uncertainty.trials.clustered import FloatArray, IntArray, numbered
from simulator.uncertainty.trials.compared import columns


@dataclass(frozen=True)
class Likeness:
    """How alike the persons of a cluster are.

    Attributes:
        unbounded: Intra-class correlation as the analysis of variance gives it; chance can make it less than 0.
        clusters: Clusters with persons.
        mean_size: Persons per cluster on average.
        cv: Standard deviation of the clusters' sizes over their mean.
    """

    unbounded: float
    clusters: int
    mean_size: float
    cv: float

    @property
    def icc(self) -> float:
        """Intra-class correlation, never below 0 [0-1]."""
        return max(0.0, self.unbounded)


def likeness_of(outcome: npt.ArrayLike, cluster: npt.ArrayLike, treated: npt.ArrayLike | None = None) -> Likeness:
    """Return how alike the persons of a cluster are, by the analysis of variance, for numbers and for shares.

    (MSB - MSW) / (MSB + (n0 - 1) MSW), with MSB and MSW the mean squares between and within clusters, and n0 the mean
    size less what their inequality takes: (N - sum of n^2 / N) / (clusters - 1).

    Args:
        outcome: Outcome of each person, a number or 0 and 1, shape (person,).
        cluster: Label of each person's cluster, whole numbers, shape (person,).
        treated: Whether each is treated; then each arm has its own mean, so that an effect is not taken for likeness,
            and the persons of a cluster in two arms count as two clusters. Sizes are of whole clusters.

    Raises:
        ValueError: The columns do not fit each other, there are fewer than two clusters in an arm, or no cluster has
            two persons.

    Example:
        >>> found = likeness_of([1, 2, 3, 5, 6, 7], [1, 1, 1, 2, 2, 2])
        >>> round(found.icc, 4), found.clusters, found.mean_size, found.cv
        (0.8846, 2, 3.0, 0.0)

    Source:
        A. Donner, A review of inference procedures for the intraclass correlation coefficient in the one-way random
        effects model, International Statistical Review 54 (1986), doi:10.2307/1403259.
    """
    values, arm = columns(outcome, np.zeros(np.shape(outcome), dtype=np.bool_) if treated is None else treated)
    codes, clusters = numbered(cluster)
    if codes.shape != values.shape:
        raise ValueError(f"{len(codes)} labels of clusters for {len(values)} persons; one each is needed")
    place = codes + clusters * arm
    counts = np.bincount(place, minlength=2 * clusters).astype(np.float64).reshape(2, clusters)
    sizes = counts.sum(axis=0)[counts.sum(axis=0) > 0]
    return Likeness(
        _correlation(values, place, counts), len(sizes), float(sizes.mean()), float(sizes.std() / sizes.mean())
    )


def _correlation(values: FloatArray, place: IntArray, counts: FloatArray) -> float:
    """Return the intra-class correlation of persons in cells, shape (arm, cluster), less the means of their arms."""
    counts = counts[counts.any(axis=1)]
    filled, totals = counts > 0, counts.sum(axis=1)
    between_left, within_left = int(filled.sum()) - len(counts), len(values) - int(filled.sum())
    if filled.sum(axis=1).min() < 2 or within_left == 0:
        raise ValueError("likeness asks for two clusters or more in an arm, and two persons in one of them")
    place = place - place.min() // counts.shape[1] * counts.shape[1]  # one arm alone is the first
    values = values - values[0]
    size = float((totals - (counts**2).sum(axis=1) / totals).sum()) / between_left
    means = np.bincount(place, weights=values, minlength=counts.size) / np.maximum(counts.ravel(), 1)
    of_arm = (counts * means.reshape(counts.shape)).sum(axis=1) / totals
    within = float(((values - means[place]) ** 2).sum()) / within_left
    between = float((counts * (means.reshape(counts.shape) - of_arm[:, None]) ** 2).sum()) / between_left
    spread = between + (size - 1) * within
    return (between - within) / spread if spread > 0 else 0.0
