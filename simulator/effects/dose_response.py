"""Dose and response: the weeks between meetings matter, so that a delayed meeting costs.

    weeks = those of constant loss x kept_per_week_late ** (weeks late)

Late is the time from the day for which the contact rule planned the next meeting of its type, the first due day after
the last one held, to the day on which one is held. A meeting that is cancelled makes the next one late; one that is
held on its day after a late one is not late. Where nothing is lost by week it is constant loss to the last bit.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.delivery.histories import SHARE_SHAPE
from simulator.effects.constant_loss import weeks_kept
from simulator.scenario import Scenario

FloatArray = npt.NDArray[np.float64]
ASSUMES = "a meeting is worth less for each week that it comes after the day planned for it"
UNFORESEEN = "delay"
"""What no closed form foresees: the control holds every conversation on its day."""
__all__ = ["ASSUMES", "UNFORESEEN", "share_kept", "weeks_kept"]


def share_kept(scenario: Scenario) -> FloatArray:
    """Return the share of its worth that a conversation keeps by its history [0-1].

    Returns:
        Share, shape (held before, week of the spell, weeks late).

    Source:
        facts/effects.yaml, dose.
    """
    late = np.indices(SHARE_SHAPE)[-1]
    kept: FloatArray = scenario.baseline.values["effects.dose.kept_per_week_late"] ** late
    return kept
