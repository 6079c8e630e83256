"""The values of a scenario that can be moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Lever:
    """One assumption that can be moved, as a scenario names it."""

    key: str
    leaves: tuple[str, ...]
    value: float | None
    low: float | None
    high: float | None
    unit: str
    kind: str
    source: str
    reason: str
    distribution: Any
    stage: str
