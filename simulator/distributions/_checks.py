"""What the numbers of a distribution must be; each check returns its faults in words."""

from __future__ import annotations

INSTEAD = "where the value does not vary, write `name: fixed`"


def ascending(**ends: float) -> list[str]:
    """Return what is wrong with a lower and a higher number, given by their fields."""
    (low_field, low), (high_field, high) = ends.items()
    if low < high:
        return []
    hint = f"; {INSTEAD}" if low == high else ""
    return [f"`{high_field}` must be above `{low_field}` ({low:g}), but is {high:g}{hint}"]


def between(low: float, mode: float, high: float) -> list[str]:
    """Return what is wrong with the lowest, likeliest and highest value."""
    faults = ascending(low=low, high=high)
    if not faults and not low <= mode <= high:
        return [f"`mode` must lie between `low` ({low:g}) and `high` ({high:g}), but is {mode:g}"]
    return faults


def positive(**numbers: float) -> list[str]:
    """Return what is wrong with numbers that must be above 0, given by their fields."""
    return [
        f"`{field}` must be above 0, but is {number:g}" + (f"; {INSTEAD}" if field == "sd" and number == 0 else "")
        for field, number in numbers.items()
        if not number > 0
    ]


def central(interval: float) -> list[str]:
    """Return what is wrong with the share that lies in an interval."""
    if 0 < interval < 1:
        return []
    hint = f"; did you mean {interval / 100:g}?" if 1 < interval < 100 else ""
    return [f"`interval` must be above 0 and below 1, but is {interval:g}{hint}"]


def half_width(interval: float) -> float:
    """Return how many standard deviations a central share of the normal distribution reaches to either side."""
    from scipy.special import ndtri

    return float(ndtri(0.5 + interval / 2))
