"""Most at once, then less and less: a week's share is halved after every half-life, until the last week.

Source:
    facts/money.yaml, profile.fading.
"""

from __future__ import annotations

from simulator.calendars.span import DAYS_A_WEEK
from simulator.saldo.years import Stretch
from simulator.scenario.model import Values


def stretches(values: Values) -> tuple[Stretch, ...]:
    """Return a stretch a week."""
    half_life = values["saldo.profile.fading.half_life_weeks"]
    weights = [2 ** (-week / half_life) for week in range(int(values["saldo.profile.fading.weeks"]))]
    whole = sum(weights)
    return tuple(
        Stretch(week * DAYS_A_WEEK, (week + 1) * DAYS_A_WEEK, weight / whole) for week, weight in enumerate(weights)
    )
