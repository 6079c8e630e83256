"""How much an incidence moves: nothing at 0, and ever less the higher it is."""

from __future__ import annotations

from simulator.calendars.span import DAYS_A_WEEK
from simulator.infection.series import INHABITANTS, FloatArray
from simulator.scenario import Arm


def moved_by(incidence: FloatArray, most: float, half_per_100k: float) -> FloatArray:
    """Return the share that an incidence moves [0-1]: none at 0, half of the most at the half, the most at the end.

    Args:
        incidence: Cases of seven days per 100,000 inhabitants.
        most: Share that is moved at the very highest incidence [0-1].
        half_per_100k: Incidence at which half of that is moved.
    """
    found: FloatArray = most * incidence / (incidence + half_per_100k)
    return found


def away_share(arm: Arm, incidence: FloatArray) -> FloatArray:
    """Return the share of appointments at which citizen or caseworker is ill or isolated [0-1].

    Cases of seven days / 7 are those of a day; each keeps itself and its close contacts away for some days, and tests
    find only a part. Odds, not sums, so that no incidence gives more than all.

    Source:
        facts/infection.yaml, illness.
    """
    values = arm.values
    cases_a_day = incidence / INHABITANTS / DAYS_A_WEEK / values["infection.illness.found_share"]
    persons = 1 + values["infection.illness.contacts_per_case"]
    odds = cases_a_day * persons * values["infection.illness.days_away"]
    odds = odds * (1 + values["infection.illness.caseworker_factor"])
    found: FloatArray = odds / (1 + odds)
    return found
