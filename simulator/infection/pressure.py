"""How much an incidence moves: none of it at 0, and ever less the higher it is."""

from __future__ import annotations

from simulator.infection.series import FloatArray


def moved_by(incidence: FloatArray, most: float, half_per_100k: float) -> FloatArray:
    """Return the share that an incidence moves [0-1]: none at 0, half of the most at the half, the most at the end.

    Args:
        incidence: Cases of seven days per 100,000 inhabitants.
        most: Share that is moved at the very highest incidence [0-1].
        half_per_100k: Incidence at which half of that is moved.
    """
    found: FloatArray = most * incidence / (incidence + half_per_100k)
    return found
