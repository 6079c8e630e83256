"""The difference between the means of two arms, with an error that holds for what was randomised.

Persons randomised one by one: the variances of the arms, each its own (HC2, which is Welch's test). Jobcentres
randomised: the sums of their residuals (CR2, see `clustered.py`). Within jobcentres: the same call with both arms in
each, and what the persons of a jobcentre share cancels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from simulator.uncertainty.trials.clustered import BoolArray, FloatArray, alike, cells_of, error_of, numbered


@dataclass(frozen=True)
class Compared:
    """An effect as a trial sees it.

    Attributes:
        estimate: Treated less control [unit of the outcome; a logarithm for a hazard ratio].
        std_error: Its standard error [the same unit].
        freedom: Degrees of freedom of the error; infinite where it is taken as known.
        low: Lower end of the interval that holds the effect in 1 - alpha of all trials.
        high: Its upper end.
        p: Chance of an estimate so far from nothing when there is no effect; a trial rejects where it is below alpha.
    """

    estimate: float
    std_error: float
    freedom: float
    low: float
    high: float
    p: float

    def times(self, factor: float) -> Compared:
        """Return the effect in another unit, a number of times this one; its test is the same."""
        low, high = sorted((factor * self.low, factor * self.high))
        return replace(
            self, estimate=factor * self.estimate, std_error=abs(factor) * self.std_error, low=low, high=high
        )


def difference(
    outcome: npt.ArrayLike, treated: npt.ArrayLike, cluster: npt.ArrayLike | None = None, alpha: float = 0.05
) -> Compared:
    """Return the mean of the treated less that of the others.

    Args:
        outcome: Outcome of each person [any unit], shape (person,).
        treated: Whether each is treated, shape (person,).
        cluster: Label of each person's cluster, whole numbers; whole clusters may be treated, or part of each.
        alpha: Level of the two-sided test and of the interval, above 0 and below 1.

    Raises:
        ValueError: The columns do not fit, or an arm has fewer than two persons or clusters.

    Example:
        >>> found = difference([1.0, 2.0, 3.0, 4.0, 5.0, 9.0], [False, False, False, True, True, True])
        >>> found.estimate, round(found.std_error, 4), round(found.freedom, 4)
        (4.0, 1.633, 2.56)

    Source:
        B. L. Welch, Biometrika 34 (1947), doi:10.1093/biomet/34.1-2.28; with clusters as `clustered.py`.
    """
    values, arm = columns(outcome, treated)
    counts = np.bincount(arm, minlength=2).astype(np.float64)
    if counts.min() < 2:
        raise ValueError(f"{counts[0]:g} control and {counts[1]:g} treated persons; each arm must have two or more")
    values = values - values[0]  # so that a large constant takes no digits
    means = np.bincount(arm, weights=values, minlength=2) / counts
    residuals = values - means[arm.astype(np.int64)]
    squares = np.bincount(arm, weights=residuals**2, minlength=2)
    if cluster is None:
        parts = squares / (counts - 1) / counts
        variance, crossed = float(parts.sum()), float((parts**2 / (counts - 1)).sum())
        freedom = variance**2 / crossed if crossed > 0 else float(counts.sum()) - 2
    else:
        variance, freedom = _of_clusters(residuals, arm, cluster, float(squares.sum()))
    return compared_of(float(means[1] - means[0]), variance, freedom, alpha)


def compared_of(estimate: float, variance: float, freedom: float = math.inf, alpha: float = 0.05) -> Compared:
    """Return an estimate with its interval and test, by Student's t; by the normal distribution at infinite freedom.

    Args:
        estimate: The effect as estimated [any unit].
        variance: Its variance, 0 where it is certain [that unit squared].
        freedom: Degrees of freedom, above 0.
        alpha: Level of the two-sided test and of the interval, above 0 and below 1.

    Raises:
        ValueError: The level is not between 0 and 1.
    """
    from scipy.special import ndtr, ndtri, stdtr, stdtrit

    if not 0 < alpha < 1:
        raise ValueError(f"alpha is {alpha:g}; allowed: above 0 and below 1")
    error = math.sqrt(max(variance, 0.0))
    if error == 0:
        return Compared(estimate, 0.0, freedom, estimate, estimate, float(estimate == 0))
    known, far = math.isinf(freedom), abs(estimate) / error
    reach = error * float(ndtri(1 - alpha / 2) if known else stdtrit(freedom, 1 - alpha / 2))
    p = 2 * float(ndtr(-far) if known else stdtr(freedom, -far))
    return Compared(estimate, error, freedom, estimate - reach, estimate + reach, p)


def columns(outcome: npt.ArrayLike, treated: npt.ArrayLike) -> tuple[FloatArray, BoolArray]:
    """Return outcomes and arms as columns that fit each other.

    Raises:
        ValueError: They do not fit, there is nobody, an outcome is not a number, or an arm is neither 0 nor 1.
    """
    values, arm = np.asarray(outcome, dtype=np.float64), np.asarray(treated)
    if values.ndim != 1 or arm.shape != values.shape or not len(values):
        raise ValueError(f"outcomes of shape {values.shape} and arms of shape {arm.shape}; one each a person is needed")
    if not np.isfinite(values).all():
        raise ValueError("an outcome is not a number; leave out the persons who have none")
    if arm.dtype != np.bool_ and not ((arm == 0) | (arm == 1)).all():
        raise ValueError("a person is treated or not: true or false, 1 or 0")
    return values, arm.astype(np.bool_, copy=False)


def _of_clusters(residuals: FloatArray, arm: BoolArray, cluster: npt.ArrayLike, squares: float) -> tuple[float, float]:
    """Return the variance of the difference and its freedom when persons of a cluster are alike."""
    codes, clusters = numbered(cluster)
    if codes.shape != arm.shape:
        raise ValueError(f"{len(codes)} labels of clusters for {len(arm)} persons; one each is needed")
    cells = cells_of(residuals, arm, codes, clusters)
    filled = cells.weights > 0
    within = squares - float((cells.sums[filled] ** 2 / cells.weights[filled]).sum())
    left = len(residuals) - int(filled.sum())
    # Where every person is a cluster of her own nobody has anyone to be alike.
    ratio = alike(cells, within / left) if left > 0 else 0.0
    return error_of(cells, ratio)
