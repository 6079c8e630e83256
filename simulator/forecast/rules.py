"""Scoring rules: numbers that are lowest, in the mean, for whoever says what they believe."""

from __future__ import annotations

import math


def interval_score(low: float, high: float, nominal: float, came: float) -> float:
    """Return the interval score of a central range: its width, and a fine for what lies outside.

    Args:
        low: Lower end [unit of what came].
        high: Upper end.
        nominal: Probability of the range [0-1, below 1].
        came: What came.

    Returns:
        The score [unit of what came]; lower is better.

    Source:
        Gneiting and Raftery 2007, Strictly proper scoring rules, JASA 102, equation 43.
    """
    missed = max(low - came, 0.0) + max(came - high, 0.0)
    return (high - low) + 2 / (1 - nominal) * missed


def crps_normal(mean: float, sd: float, came: float) -> float:
    """Return the continuous ranked probability score of a normal distribution.

    Args:
        mean: Its mean [unit of what came].
        sd: Its standard deviation; 0 for a point, whose score is the absolute error.
        came: What came.

    Returns:
        The score [unit of what came]; lower is better.

    Source:
        Gneiting and Raftery 2007, the same, equation 21 with the sign turned.
    """
    if not sd:
        return abs(came - mean)
    z = (came - mean) / sd
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    return sd * (z * math.erf(z / math.sqrt(2)) + 2 * density - 1 / math.sqrt(math.pi))
