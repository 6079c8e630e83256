"""Fading loss: the first meeting of a spell is worth most, and each later one less; what it is worth fades by week.

    weeks = those of constant loss x kept_per_meeting ** (held before) x (1 - lost_per_week) ** (week of the spell)

Held before are the conversations of any type that the person has had in the spell, those before the first simulated day
included. Where nothing is lost by meeting or week it is constant loss to the last bit. The weeks per conversation are
then those of a first meeting in the first week; the mean meeting is worth less.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.delivery.histories import SHARE_SHAPE
from simulator.effects.constant_loss import weeks_kept
from simulator.scenario import Scenario

FloatArray = npt.NDArray[np.float64]
ASSUMES = "each further meeting of a spell is worth less, and all of them less week by week of the spell"
__all__ = ["ASSUMES", "share_kept", "weeks_kept"]


def share_kept(scenario: Scenario) -> FloatArray:
    """Return the share of its worth that a conversation keeps by its history [0-1].

    Returns:
        Share, shape (held before, week of the spell, weeks late).

    Source:
        facts/effects.yaml, fading.
    """
    values = scenario.baseline.values
    held, week, _ = np.indices(SHARE_SHAPE)
    by_meeting = values["effects.fading.kept_per_meeting"] ** held
    kept: FloatArray = by_meeting * (1.0 - values["effects.fading.lost_per_week"]) ** week
    return kept
