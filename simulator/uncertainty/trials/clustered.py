"""The error of a difference between two arms when the persons of a cluster (a jobcentre) are alike.

The estimate is a mean of one arm less that of the other, and a cluster tells its error by the sum of its residuals.
Residuals are smaller than what they stand for, the more so the larger a share of its arm a cluster is: CR2 makes up for
that, and its freedom is that of the chi-square with the same mean and variance (Satterthwaite). Both are worked out for
persons who are not alike at all. Where they are, one very large cluster leaves CR2 too small, so it is divided by what
it would be on average with persons as much alike as these seem; in a country with one city ten times the others, that
is the difference between 5 and 6 to 8 rejections in 100.

With two arms both have closed forms over clusters, and no matrix is needed: the leverage of a cluster is, in each arm,
its share of the arm.

Source:
    R. M. Bell, D. F. McCaffrey, Bias reduction in standard errors for linear regression with multi-stage samples,
    Survey Methodology 28 (2002), https://www150.statcan.gc.ca/n1/pub/12-001-x/2002002/article/9058-eng.pdf.
    G. W. Imbens, M. Kolesar, Robust standard errors in small samples: some practical advice, Review of Economics and
    Statistics 98 (2016), doi:10.1162/REST_a_00552, for persons who are alike; the freedom that they then propose
    rejects in 2 to 3 of 100 where one cluster is very large, and is not used.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_SIGNS = np.array([[-1.0], [1.0]])
_ROOM = 8
"""Labels up to so many times the persons are counted as they are; larger ones are numbered first."""


@dataclass(frozen=True)
class Cells:
    """What the clusters of each arm have left unexplained.

    Attributes:
        sums: Sum of the residuals, which are 0 on the whole in each arm, shape (2, cluster): control, treated.
        weights: Persons (or expected events) of the cluster in the arm, 0 where it has none, shape (2, cluster).
    """

    sums: FloatArray
    weights: FloatArray

    @property
    def shares(self) -> FloatArray:
        """Share of its arm that a cluster is [0-1], shape (2, cluster)."""
        shares: FloatArray = self.weights / self.weights.sum(axis=1, keepdims=True)
        return shares


def numbered(cluster: npt.ArrayLike) -> tuple[IntArray, int]:
    """Return labels of clusters as numbers from 0, and how many numbers there are; some may be nobody's.

    Args:
        cluster: Label of each person's cluster, whole numbers, shape (person,).

    Raises:
        ValueError: The labels are not whole numbers.
    """
    labels = np.asarray(cluster)
    if labels.ndim != 1 or labels.dtype.kind not in "iu":
        raise ValueError("the labels of clusters must be whole numbers, one a person")
    if len(labels) and labels.min() >= 0 and labels.max() <= _ROOM * len(labels):
        return labels.astype(np.int64, copy=False), int(labels.max()) + 1
    found, codes = np.unique(labels, return_inverse=True)
    return codes.astype(np.int64, copy=False), len(found)


def cells_of(residuals: FloatArray, treated: BoolArray, codes: IntArray, clusters: int) -> Cells:
    """Return the cells of persons.

    Args:
        residuals: Of each person what the mean of the arm leaves, shape (person,).
        treated: Whether each is treated, shape (person,).
        codes: Number of each person's cluster, shape (person,).
        clusters: How many numbers there are.
    """
    place = codes + clusters * treated
    sums: FloatArray = np.bincount(place, weights=residuals, minlength=2 * clusters).astype(np.float64)
    weights: FloatArray = np.bincount(place, minlength=2 * clusters).astype(np.float64)
    return Cells(sums.reshape(2, clusters), weights.reshape(2, clusters))


def alike(cells: Cells, spread: float) -> float:
    """Return the variance between clusters over that within them, by analysis of variance; never below 0.

    Args:
        cells: The clusters.
        spread: Variance within clusters per unit of weight.
    """
    weights = cells.weights
    filled = weights > 0
    between = float((cells.sums[filled] ** 2 / weights[filled]).sum())
    room = float((weights.sum(axis=1) - (weights**2).sum(axis=1) / weights.sum(axis=1)).sum())
    if spread <= 0 or room <= 0:
        return 0.0
    return max(0.0, (between / spread - (int(filled.sum()) - 2)) / room)


def error_of(cells: Cells, ratio: float = 0.0) -> tuple[float, float]:
    """Return the variance of treated less control, and its degrees of freedom.

    Args:
        cells: The clusters.
        ratio: Variance between clusters over that within them, as `alike` tells it; plain CR2 at 0.

    Raises:
        ValueError: An arm is nobody, or one cluster alone.
    """
    if not (cells.weights.sum(axis=1) > 0).all():
        raise ValueError("an arm has nobody; both must have persons")
    shares, totals = cells.shares, cells.weights.sum(axis=1, keepdims=True)
    if shares.max() >= 1:
        raise ValueError("an arm is one cluster alone, which tells no error; each must have persons of two or more")
    factor = 1 / (totals * np.sqrt(1 - shares))
    variance = float(((_SIGNS * factor * cells.sums).sum(axis=0) ** 2).sum())
    own = (factor**2 * cells.weights).sum(axis=0)
    taken = factor * cells.weights / np.sqrt(totals)
    mean = float(own.sum() - (taken**2).sum())  # which is 1 / n0 + 1 / n1
    crossed = float((own**2).sum() - 2 * (own * taken**2).sum() + ((taken @ taken.T) ** 2).sum())
    return variance * _made_up(cells, factor, mean, ratio), mean**2 / crossed


def _made_up(cells: Cells, factor: FloatArray, mean: float, ratio: float) -> float:
    """Return the true variance over the mean of CR2, where clusters vary by `ratio` of the variance within them."""
    if ratio == 0:
        return 1.0
    shares, counted = cells.shares, _SIGNS * factor * cells.weights
    whole = counted.sum(axis=0)
    true = float(((shares[1] - shares[0]) ** 2).sum())
    seen = float((whole**2).sum() - 2 * (whole * (counted * shares).sum(axis=0)).sum())
    seen += float(((counted @ counted.T) * (shares @ shares.T)).sum())
    return (mean + ratio * true) / (mean + ratio * seen)
