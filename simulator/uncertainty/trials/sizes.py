"""How many persons or events a trial needs, the power that it has, and the least effect that it finds: closed forms.

All tests are two-sided at level `alpha`. A power counts rejections on the side of the effect alone unless
`both_tails` is asked for, so that size and power are each other's inverse; with no effect at all it is alpha / 2, and
alpha with both tails. Only the standard library is used, so that asking for a size loads nothing else.
"""

from __future__ import annotations

import math
from statistics import NormalDist

_NORMAL = NormalDist()
_HALVINGS = 200
"""Steps in which a detectable share is enclosed; each halves what is left, so that the last digit is reached."""


def n_two_proportions(p1: float, p2: float, power: float = 0.8, alpha: float = 0.05) -> float:
    """Return the persons per arm with which a difference between two shares is found.

    n = (z_a sqrt(2 m (1 - m)) + z_b sqrt(p1 (1 - p1) + p2 (1 - p2)))^2 / (p1 - p2)^2, where m = (p1 + p2) / 2,
    z_a = z(1 - alpha / 2) and z_b = z(power).

    Args:
        p1: Share in one arm [0-1].
        p2: Share in the other arm [0-1], not the same.
        power: Chance that the difference is found, above alpha and below 1.
        alpha: Level of the two-sided test, above 0 and below 1.

    Returns:
        Persons per arm, not rounded; round up.

    Raises:
        ValueError: An argument is not what is allowed.

    Example:
        >>> round(n_two_proportions(0.50, 0.75, power=0.90), 5)
        76.70693

    Source:
        J. L. Fleiss, B. Levin, M. C. Paik, Statistical Methods for Rates and Proportions, 3rd edition, 2003,
        doi:10.1002/0471445428, equation 4.14; the same as `power.prop.test` of R with `strict = FALSE`.
    """
    _check_shares(p1, p2)
    if p1 == p2:
        raise ValueError(f"no number of persons finds no difference: p1 and p2 are both {p1:g}, and must differ")
    z_a, z_b = _quantiles(power, alpha)
    return ((z_a * _pooled(p1, p2) + z_b * _apart(p1, p2)) / (p1 - p2)) ** 2


def power_two_proportions(n: float, p1: float, p2: float, alpha: float = 0.05, *, both_tails: bool = False) -> float:
    """Return the chance that a difference between two shares is found; the inverse of `n_two_proportions`.

    Args:
        n: Persons per arm, above 0.
        p1: Share in one arm [0-1].
        p2: Share in the other arm [0-1].
        alpha: Level of the two-sided test, above 0 and below 1.
        both_tails: Whether rejections on the wrong side count too.

    Raises:
        ValueError: An argument is not what is allowed.

    Example:
        >>> round(power_two_proportions(50, 0.50, 0.75), 6)
        0.740166

    Source:
        As `n_two_proportions`.
    """
    _check_shares(p1, p2)
    _check_above("n", n)
    z_a, apart = _level(alpha), _apart(p1, p2)
    shift, edge = math.sqrt(n) * abs(p1 - p2), z_a * _pooled(p1, p2)
    if apart == 0:  # both shares are 0 or 1: what is seen is certain
        return float(shift > edge)
    tails = _NORMAL.cdf((shift - edge) / apart)
    return tails + (_NORMAL.cdf((-shift - edge) / apart) if both_tails else 0.0)


def detectable_proportion(
    n: float, p1: float, power: float = 0.8, alpha: float = 0.05, *, above: bool = True
) -> float | None:
    """Return the share nearest to `p1` that a trial of this size tells from it.

    Args:
        n: Persons per arm, above 0.
        p1: Share in one arm [0-1], neither 0 nor 1.
        power: Chance that the difference is found, above alpha and below 1.
        alpha: Level of the two-sided test, above 0 and below 1.
        above: Whether the share above is asked for; the one below otherwise.

    Returns:
        The share [0-1]; None where the trial is too small to tell any share from `p1`.

    Raises:
        ValueError: An argument is not what is allowed.

    Example:
        >>> round(detectable_proportion(39_239, 0.50, above=False), 4)
        0.49
        >>> detectable_proportion(2, 0.50) is None
        True
    """
    _check_above("n", n)
    _quantiles(power, alpha)
    if not 0 < p1 < 1:
        raise ValueError(f"p1 is {p1:g}; allowed: a share above 0 and below 1")
    near, far = p1, 1.0 if above else 0.0
    if power_two_proportions(n, p1, far, alpha) < power:
        return None
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        if power_two_proportions(n, p1, middle, alpha) < power:
            near = middle
        else:
            far = middle
    return far


def n_two_means(difference: float, sd: float, power: float = 0.8, alpha: float = 0.05, ratio: float = 1.0) -> float:
    """Return the persons in the first arm with which a difference between two means is found.

    n = (1 + 1 / ratio) ((z_a + z_b) sd / difference)^2, by the normal distribution: Student's t asks for about
    z_a^2 / 4, one or two persons, more.

    Args:
        difference: Difference between the means, not 0 [any unit].
        sd: Standard deviation of a person's outcome, the same in both arms, above 0 [the same unit].
        power: Chance that the difference is found, above alpha and below 1.
        alpha: Level of the two-sided test, above 0 and below 1.
        ratio: Persons in the second arm for each in the first, above 0.

    Returns:
        Persons in the first arm, not rounded.

    Raises:
        ValueError: An argument is not what is allowed.

    Example:
        >>> round(n_two_means(0.5, 1.0), 4)
        62.791

    Source:
        Fleiss, Levin and Paik (2003), as `n_two_proportions`, section 4.3, for unequal arms.
    """
    _check_difference(difference)
    _check_above("sd", sd)
    _check_above("ratio", ratio)
    return (1 + 1 / ratio) * (sum(_quantiles(power, alpha)) * sd / difference) ** 2


def power_two_means(
    n: float, difference: float, sd: float, alpha: float = 0.05, ratio: float = 1.0, *, both_tails: bool = False
) -> float:
    """Return the chance that a difference between two means is found; the inverse of `n_two_means`.

    Args:
        n: Persons in the first arm, above 0.
        difference: Difference between the means [any unit].
        sd: Standard deviation of a person's outcome, the same in both arms, above 0 [the same unit].
        alpha: Level of the two-sided test, above 0 and below 1.
        ratio: Persons in the second arm for each in the first, above 0.
        both_tails: Whether rejections on the wrong side count too.

    Raises:
        ValueError: An argument is not what is allowed.

    Example:
        >>> round(power_two_means(62.7911, 0.5, 1.0), 6)
        0.8
    """
    _check_above("n", n)
    _check_above("sd", sd)
    _check_above("ratio", ratio)
    return power_of(difference, sd * math.sqrt((1 + 1 / ratio) / n), alpha, both_tails=both_tails)


def power_of(difference: float, std_error: float, alpha: float = 0.05, *, both_tails: bool = False) -> float:
    """Return the chance that an estimate with this standard error is told from nothing.

    Power = Phi(|difference| / std_error - z_a), and Phi(-|difference| / std_error - z_a) more with both tails.

    Args:
        difference: The effect as it is [any unit].
        std_error: Standard error of its estimate, above 0 [the same unit].
        alpha: Level of the two-sided test, above 0 and below 1.
        both_tails: Whether rejections on the wrong side count too.

    Raises:
        ValueError: An argument is not what is allowed.

    Example:
        >>> round(power_of(2.8015852, 1.0), 6)
        0.8
        >>> round(power_of(0.0, 1.0, both_tails=True), 6)
        0.05
    """
    _check_finite("difference", difference)
    _check_above("std_error", std_error)
    z_a, shift = _level(alpha), abs(difference) / std_error
    return _NORMAL.cdf(shift - z_a) + (_NORMAL.cdf(-shift - z_a) if both_tails else 0.0)


def detectable(std_error: float, power: float = 0.8, alpha: float = 0.05) -> float:
    """Return the least effect that is found with a chance: (z_a + z_b) std_error.

    Args:
        std_error: Standard error of the estimate, above 0 [any unit].
        power: Chance that it is found, above alpha and below 1.
        alpha: Level of the two-sided test, above 0 and below 1.

    Returns:
        Size of the effect, above 0 [the same unit].

    Raises:
        ValueError: An argument is not what is allowed.

    Example:
        >>> round(detectable(1.0), 4)
        2.8016

    Source:
        H. S. Bloom, Minimum detectable effects, Evaluation Review 19 (1995), doi:10.1177/0193841X9501900504.
    """
    _check_above("std_error", std_error)
    return sum(_quantiles(power, alpha)) * std_error


def schoenfeld_events(hr: float, power: float = 0.8, alpha: float = 0.05, share: float = 0.5) -> float:
    """Return the events in both arms together with which a hazard ratio is found.

    events = (z_a + z_b)^2 / (share (1 - share) ln(hr)^2), which is 4 (z_a + z_b)^2 / ln(hr)^2 with equal arms.

    Args:
        hr: Hazard ratio, above 0 and not 1.
        power: Chance that it is found, above alpha and below 1.
        alpha: Level of the two-sided test, above 0 and below 1.
        share: Share of the persons who are treated, above 0 and below 1.

    Returns:
        Events (exits, not persons), not rounded.

    Raises:
        ValueError: An argument is not what is allowed.

    Example:
        >>> round(schoenfeld_events(2.0))
        65

    Source:
        D. A. Schoenfeld, Sample-size formula for the proportional-hazards regression model, Biometrics 39 (1983),
        doi:10.2307/2531021.
    """
    _check_ratio(hr)
    if hr == 1:
        raise ValueError("no number of events finds no effect: hr is 1, and must be another number above 0")
    _check_inside("share", share)
    return (sum(_quantiles(power, alpha)) / math.log(hr)) ** 2 / (share * (1 - share))


def power_schoenfeld(
    events: float, hr: float, alpha: float = 0.05, share: float = 0.5, *, both_tails: bool = False
) -> float:
    """Return the chance that a hazard ratio is found; the inverse of `schoenfeld_events`.

    Args:
        events: Events in both arms together, above 0.
        hr: Hazard ratio, above 0.
        alpha: Level of the two-sided test, above 0 and below 1.
        share: Share of the persons who are treated, above 0 and below 1.
        both_tails: Whether rejections on the wrong side count too.

    Raises:
        ValueError: An argument is not what is allowed.

    Example:
        >>> round(power_schoenfeld(schoenfeld_events(0.95, power=0.9), 0.95), 6)
        0.9
    """
    _check_above("events", events)
    _check_ratio(hr)
    _check_inside("share", share)
    return power_of(math.log(hr), 1 / math.sqrt(events * share * (1 - share)), alpha, both_tails=both_tails)


def design_effect(mean_size: float, cv: float, icc: float) -> float:
    """Return how many times more persons are needed because whole clusters are treated.

    1 + ((1 + cv^2) mean_size - 1) icc.

    Args:
        mean_size: Persons per cluster on average, at least 1.
        cv: Standard deviation of the clusters' sizes over their mean, 0 where all are as large.
        icc: Correlation between the outcomes of two persons of one cluster [0-1].

    Raises:
        ValueError: An argument is not what is allowed.

    Example:
        >>> round(design_effect(50, 0, 0.02), 2)
        1.98

    Source:
        S. M. Eldridge, D. Ashby, S. Kerry, Sample size for cluster randomized trials: effect of coefficient of
        variation of cluster size and analysis method, International Journal of Epidemiology 35 (2006),
        doi:10.1093/ije/dyl129, for an analysis that weights each person alike.
    """
    if not (math.isfinite(mean_size) and mean_size >= 1):
        raise ValueError(f"mean_size is {mean_size:g}; allowed: a number of persons, at least 1")
    if not (math.isfinite(cv) and cv >= 0):
        raise ValueError(f"cv is {cv:g}; allowed: a number, at least 0")
    if not 0 <= icc <= 1:
        raise ValueError(f"icc is {icc:g}; allowed: a share, 0 to 1")
    return 1 + ((1 + cv**2) * mean_size - 1) * icc


def _pooled(p1: float, p2: float) -> float:
    """Return the standard deviation of the difference, times sqrt(n), where the shares are alike."""
    return math.sqrt((p1 + p2) * (1 - (p1 + p2) / 2))


def _apart(p1: float, p2: float) -> float:
    """Return the standard deviation of the difference, times sqrt(n), where the shares are as they are."""
    return math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))


def _level(alpha: float) -> float:
    _check_inside("alpha", alpha)
    return _NORMAL.inv_cdf(1 - alpha / 2)


def _quantiles(power: float, alpha: float) -> tuple[float, float]:
    """Return z_a and z_b."""
    z_a = _level(alpha)
    if not alpha < power < 1:
        raise ValueError(f"power is {power:g}; allowed: above alpha, which is {alpha:g}, and below 1")
    return z_a, _NORMAL.inv_cdf(power)


def _check_shares(p1: float, p2: float) -> None:
    for name, share in (("p1", p1), ("p2", p2)):
        if not 0 <= share <= 1:
            raise ValueError(f"{name} is {share:g}; allowed: a share, 0 to 1")


def _check_inside(name: str, share: float) -> None:
    if not 0 < share < 1:
        raise ValueError(f"{name} is {share:g}; allowed: above 0 and below 1")


def _check_above(name: str, value: float) -> None:
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{name} is {value:g}; allowed: a number above 0")


def _check_finite(name: str, value: float) -> None:
    if not math.isfinite(value):
        raise ValueError(f"{name} is {value:g}; allowed: a number")


def _check_difference(difference: float) -> None:
    _check_finite("difference", difference)
    if difference == 0:
        raise ValueError("no number of persons finds no difference: difference is 0, and must be another number")


def _check_ratio(hr: float) -> None:
    if not (math.isfinite(hr) and hr > 0):
        raise ValueError(f"hr is {hr:g}; allowed: a hazard ratio above 0")
