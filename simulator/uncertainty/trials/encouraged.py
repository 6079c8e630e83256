"""Citizens are encouraged, not ordered: what the treatment does for those who follow the encouragement.

The encouraged and the others differ by the encouragement alone, which changes what some of them take. The difference in
outcome over the difference in taking is the effect on those who take it when encouraged and not otherwise (two-stage
least squares, Wald's ratio). It says nothing on those who do the same either way.

Source:
    J. D. Angrist, G. W. Imbens, D. B. Rubin, Identification of causal effects using instrumental variables, Journal of
    the American Statistical Association 91 (1996), doi:10.1080/01621459.1996.10476902.
    D. Staiger, J. H. Stock, Instrumental variables regression with weak instruments, Econometrica 65 (1997),
    doi:10.2307/2171753, for the rule that a first stage with an F below 10 is weak.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.uncertainty.trials.compared import Compared, compared_of, difference

WEAK_F = 10.0
"""Below this F of the first stage the ratio is not near normal, and its error and test are not to be trusted."""


@dataclass(frozen=True)
class Chosen:
    """An effect on those who follow an encouragement.

    Attributes:
        effect: The effect on them [unit of the outcome].
        first_stage: Share taking the treatment, encouraged less others [-1 to 1].
        encouragement: The effect of being encouraged, whoever follows (intention to treat) [unit of the outcome].
    """

    effect: Compared
    first_stage: Compared
    encouragement: Compared

    @property
    def first_stage_f(self) -> float:
        """F of the first stage: the square of its estimate over its error, infinite where all do as encouraged."""
        error = self.first_stage.std_error
        return (self.first_stage.estimate / error) ** 2 if error > 0 else float("inf")

    @property
    def weak(self) -> bool:
        """Whether too few follow the encouragement for the ratio's error and test to be trusted."""
        return self.first_stage_f < WEAK_F


def chosen_effect(
    outcome: npt.ArrayLike,
    encouraged: npt.ArrayLike,
    took: npt.ArrayLike,
    cluster: npt.ArrayLike | None = None,
    alpha: float = 0.05,
) -> Chosen:
    """Return the effect on those who follow an encouragement, with its first stage.

    The error is the delta method's, which is the sandwich of two-stage least squares: that of the difference in
    outcome less effect x taken, over the first stage.

    Args:
        outcome: Outcome of each person [any unit], shape (person,).
        encouraged: Whether each is encouraged, shape (person,).
        took: Whether each took the treatment, or the part of it that she took [0-1], shape (person,).
        cluster: Label of each person's cluster, whole numbers, shape (person,).
        alpha: Level of the two-sided test and of the interval, above 0 and below 1.

    Raises:
        ValueError: As `difference`, or encouragement changes nothing in what is taken.

    Example:
        >>> found = chosen_effect([1, 2, 3, 4, 6, 7, 8, 5], [0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1, 1, 0])
        >>> found.encouragement.estimate, found.first_stage.estimate, found.effect.estimate, found.weak
        (4.0, 0.5, 8.0, True)
    """
    taken = np.asarray(took, dtype=np.float64)
    first = difference(taken, encouraged, cluster, alpha)
    plain = difference(outcome, encouraged, cluster, alpha)
    if first.estimate == 0:
        raise ValueError("the encouraged take the treatment as often as the others; an effect on followers needs some")
    ratio = plain.estimate / first.estimate
    rest = difference(np.asarray(outcome, dtype=np.float64) - ratio * taken, encouraged, cluster, alpha)
    variance = (rest.std_error / first.estimate) ** 2
    return Chosen(compared_of(ratio, variance, rest.freedom, alpha), first, plain)
