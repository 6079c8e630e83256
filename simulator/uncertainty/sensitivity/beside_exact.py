"""The exact variance decomposition beside the estimated indices, where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from simulator.uncertainty.sensitivity.factors import Factor, Function

if TYPE_CHECKING:
    from simulator.uncertainty.levers import Lever


def beside_exact(
    function: Function, levers: Sequence[Lever], factors: Sequence[Factor]
) -> tuple[Mapping[str, Mapping[str, float]] | None, str]:
    """Return nothing yet."""
    return None, "not yet"
