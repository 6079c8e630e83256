"""What the tests of this room share: the folder of its small files, days, and series of one place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import numpy as np

from simulator.infection import Incidence, read_incidence
from simulator.infection.series import FloatArray
from simulator.scenario.names import names
from simulator.scenario.schema import Trigger

HERE = Path(__file__).parent
ISLANDS = ("492", "741", "825")
FUNEN = ("461", "479", "450", "482")


def on(text: str) -> int:
    """Return the ordinal of an ISO day."""
    return date.fromisoformat(text).toordinal()


def said(series: str, wanted: tuple[str, ...] | None = None) -> Incidence:
    """Return one of the small files, read."""
    return read_incidence(series, HERE, names(), wanted)


def trigger(**fields: object) -> Trigger:
    """Return a trigger at 200 with the defaults of the scenario where nothing else is said."""
    return Trigger.model_validate({"at_least_per_100k": 200, **fields})


def steps(runs: Iterable[tuple[int, float]]) -> FloatArray:
    """Return a series from (days, incidence) one after the other."""
    return np.concatenate([np.full(days, level, dtype=np.float64) for days, level in runs])
