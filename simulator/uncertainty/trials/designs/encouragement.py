"""Encouragement: citizens are drawn to be encouraged, not ordered; they choose the form themselves.

The two arms of the scenario are two degrees of take-up, so the comparison as drawn is the effect of being encouraged.
The effect on those who follow it is that divided by how much more of the conversations become digital. The formulas are
those for citizens: whether anything is found hangs on the comparison as drawn, which the division does not change.
"""

from __future__ import annotations

from simulator.uncertainty.trials.designs import by_citizen
from simulator.uncertainty.trials.encouraged import Chosen, chosen_effect
from simulator.uncertainty.trials.outcomes import Seen

OUTCOMES = by_citizen.OUTCOMES
CLUSTERED = WHOLE = False
CHOSEN = True
assign, within, analyse = by_citizen.assign, by_citizen.within, by_citizen.analyse
closed_form, doubts = by_citizen.closed_form, by_citizen.doubts


def followers(seen: Seen, outcome: str, significance: float) -> Chosen:
    """Return the effect on those who follow the encouragement: of all conversations digital, against none.

    Args:
        seen: What the trial saw.
        outcome: One of `followed.MEANS`.
        significance: Two-sided level of the intervals.
    """
    return chosen_effect(seen.outcomes[outcome], seen.treated, seen.digital, alpha=significance)
