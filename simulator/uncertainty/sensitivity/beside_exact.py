"""The exact variance decomposition beside the estimated indices, where there is one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from simulator.uncertainty.sensitivity.factors import Factor, FloatArray, Function
from simulator.uncertainty.sensitivity.known import known_of

if TYPE_CHECKING:
    from simulator.uncertainty.levers import Lever

MANY = 64
"""As many points as are asked for at once."""
FAR = 1e-3
"""Share beyond the ends of the box of a value that has no lowest or highest one."""
Exact = Mapping[str, Mapping[str, float]]


def beside_exact(
    function: Function, levers: Sequence[Lever], factors: Sequence[Factor], seed: int
) -> tuple[Exact | None, str]:
    """Return the exact first and total order indices of a figure, or why it has none.

    A figure that is a sum of products of independent values has an exact decomposition: see `uncertainty/exact.py`.

    Args:
        function: The figure, keys in the order of the levers.
        levers: What is moved.
        factors: The same, with their groups.
        seed: Seed of the points at which it is tried whether the figure is a sum of products.

    Returns:
        `S1` and `ST` by name of the row, and an empty text; or None and the reason.
    """
    from simulator.uncertainty.exact import NoMoments, exact_moments

    known = {lever.key: known_of(lever) for lever in levers}
    keys = sorted(known)
    order = [keys.index(lever.key) for lever in levers]

    def figure(points: FloatArray) -> FloatArray:
        # Many points are answered from a figure that is written out already, a few would be worked out each.
        asked = points[:, order]
        return function(np.resize(asked, (max(len(asked), MANY), asked.shape[1])))[: len(asked)]

    found = exact_moments(figure, known, seed)
    if isinstance(found, NoMoments):
        return None, found.why
    members: dict[str, set[str]] = {}
    for factor in factors:
        members.setdefault(factor.name, set()).add(factor.key)
    parts = [(set(keys_of_part), share) for keys_of_part, share in found.parts.items()]
    # A group alone has every part that lies within it, and in all every part that it takes part in.
    alone = {name: math.fsum(share for part, share in parts if part <= own) for name, own in members.items()}
    whole = {name: math.fsum(share for part, share in parts if part & own) for name, own in members.items()}
    return {"S1": alone, "ST": whole}, ""


def write_out(function: Function, levers: Sequence[Lever], points: int) -> None:
    """Ask a figure over all that its levers can be, so that whoever answers writes it out once, and not for each part.

    Args:
        function: The figure, keys in the order of the levers.
        levers: What is moved.
        points: As many points as are going to be asked for.
    """
    ends = []
    for lever in levers:
        known = known_of(lever)
        far = known.quantile(np.array([FAR, 1 - FAR]))
        ends.append([end if math.isfinite(end) else beyond for end, beyond in zip(known.support, far, strict=True)])
    function(np.resize(np.array(ends).T, (points, len(levers))))
