"""What information is worth where net values are normal: in closed form.

With two options whose difference in value is normal with mean m and standard deviation s, knowing it exactly is worth
s f(|m|/s) - |m| F(-|m|/s), f and F being the density and the distribution function of the standard normal. Knowing part
of it is worth the same with the standard deviation of that part, and a sample of size n with that of what the sample
lets one expect: information is worth as much as it can move the mean.

    >>> round(evpi_normal(1.0, 5.0**0.5), 7)
    0.4798107
    >>> round(evpi_normal(1.0, 1.0), 7), round(evpi_normal(1.0, 2.0), 7)
    (0.0833155, 0.3955931)
    >>> [round(evpi_normal(1.0, (n / (n + 1)) ** 0.5), 7) for n in (10, 100, 1000)]
    [0.0723251, 0.0821176, 0.0831946]

Source:
    H. Raiffa, R. Schlaifer, Applied Statistical Decision Theory, 1961, section 5.4: the unit normal loss integral.
"""

from __future__ import annotations

import math


def evpi_normal(m: float, sd: float) -> float:
    """Return what it is worth to know a normal difference in value between two options before one is chosen.

    Args:
        m: Mean of the difference, in its unit; which option is ahead does not matter.
        sd: Standard deviation of what would be known of it, in the same unit.

    Returns:
        In the same unit; 0 where nothing would be learnt.

    Raises:
        ValueError: The mean is not finite, or the standard deviation is not finite or below 0.
    """
    if not math.isfinite(m):
        raise ValueError(f"the mean of the difference must be a finite number, not {m:g}")
    if not (math.isfinite(sd) and sd >= 0):
        raise ValueError(f"the standard deviation must be a finite number of at least 0, not {sd:g}")
    if sd == 0:
        return 0.0
    ahead = abs(m) / sd
    density = math.exp(-ahead * ahead / 2) / math.sqrt(2 * math.pi)
    behind = math.erfc(ahead / math.sqrt(2)) / 2
    return max(sd * density - abs(m) * behind, 0.0)
