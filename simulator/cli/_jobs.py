"""How many threads or processes a verb takes where it is not told."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.scenario import Scenario

MOST_PROCESSES = 2
"""Processes of the reference engine by default: each takes a few hundred megabytes."""
FEW_PLACES = 10
"""Up to so many municipalities one process is done before a second has started."""


def jobs_of(scenario: Scenario, engine: str) -> int:
    """Return how many threads or processes are worth their start."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if engine != "reference":
        return usable
    small = 0 < len(scenario.sections.places) <= FEW_PLACES
    return 1 if small else min(MOST_PROCESSES, usable)
