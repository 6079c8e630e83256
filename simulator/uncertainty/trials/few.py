"""Power when the error itself is estimated from few clusters: Student's t in place of the normal distribution.

The formulas of `sizes.py` take the standard error as known. With ten jobcentres it is not, and a trial to which they
promise a power of 0.80 has 0.69. The degrees of freedom are those of the analysis (`Compared.freedom`, which a plan
fixes before anyone is enrolled), or clusters less two where whole clusters of one size are treated.

Source:
    J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd edition, 1988, doi:10.4324/9780203771587,
    chapter 2: the noncentral t distribution, as `power.t.test` of R.
"""

from __future__ import annotations

import math

import numpy as np

from simulator.uncertainty.trials.sizes import detectable, power_of

_PLACES, _REACH = 201, 8.0
"""Points of the integral over the error as estimated, and how far out they go; the ninth digit stands."""


def power_of_few(
    difference: float, std_error: float, freedom: float, alpha: float = 0.05, *, both_tails: bool = False
) -> float:
    """Return the chance that an estimate is told from nothing when its error is estimated.

    Args:
        difference: The effect as it is [any unit].
        std_error: Standard error of its estimate, above 0 [the same unit].
        freedom: Degrees of freedom with which the error is estimated, above 0; infinite where it is known.
        alpha: Level of the two-sided test, above 0 and below 1.
        both_tails: Whether rejections on the wrong side count too.

    Raises:
        ValueError: An argument is not what is allowed.

    Example:
        >>> round(power_of_few(1.0, (2 / 20) ** 0.5, 38), 7)  # power.t.test(n = 20, delta = 1, sd = 1)
        0.8689528
    """
    from scipy.special import gammaincinv, ndtr, stdtrit

    known = power_of(difference, std_error, alpha, both_tails=both_tails)
    if not freedom > 0:
        raise ValueError(f"freedom is {freedom:g}; allowed: a number above 0")
    if math.isinf(freedom):
        return known
    shift = abs(difference) / std_error
    # The estimated error over the true one, where a normal variable has its quantiles; given that, all is normal.
    places = np.linspace(-_REACH, _REACH, _PLACES)
    weights = np.exp(-(places**2) / 2)
    edge = stdtrit(freedom, 1 - alpha / 2) * np.sqrt(gammaincinv(freedom / 2, ndtr(places)) * 2 / freedom)
    beyond = ndtr(shift - edge) + (ndtr(-shift - edge) if both_tails else 0.0)
    return float(weights @ beyond / weights.sum())


def detectable_of_few(std_error: float, freedom: float, power: float = 0.8, alpha: float = 0.05) -> float:
    """Return the least effect that is found with a chance when the error is estimated.

    Args:
        std_error: Standard error of the estimate, above 0 [any unit].
        freedom: Degrees of freedom with which it is estimated, above 0; infinite where it is known.
        power: Chance that the effect is found, above alpha and below 1.
        alpha: Level of the two-sided test, above 0 and below 1.

    Returns:
        Size of the effect, above 0 [the same unit]; larger than `sizes.detectable`.

    Raises:
        ValueError: An argument is not what is allowed.

    Example:
        >>> round(detectable_of_few(1.0, 8), 4), round(detectable_of_few(1.0, float("inf")), 4)
        (3.2009, 2.8016)
    """
    from scipy.optimize import brentq

    known = detectable(std_error, power, alpha)
    power_of_few(known, std_error, freedom, alpha)
    if math.isinf(freedom):
        return known
    top = known
    while power_of_few(top, std_error, freedom, alpha) < power:
        top *= 2
    return float(brentq(lambda effect: power_of_few(effect, std_error, freedom, alpha) - power, 0.0, top))
