"""Little at first, most some weeks later, then less until nothing: weeks rise to the peak and fall from it in a line.

Source:
    facts/money.yaml, profile.late_peak.
"""

from __future__ import annotations

from simulator.calendars.span import DAYS_A_WEEK
from simulator.saldo.years import Stretch
from simulator.scenario.model import Values


def stretches(values: Values) -> tuple[Stretch, ...]:
    """Return a stretch a week."""
    peak, weeks = (int(values[f"saldo.profile.late_peak.{name}"]) for name in ("peak_week", "weeks"))
    weights = [
        (week + 1) / (peak + 1) if week <= peak else (weeks - week) / max(weeks - peak, 1) for week in range(weeks)
    ]
    whole = sum(weights)
    return tuple(
        Stretch(week * DAYS_A_WEEK, (week + 1) * DAYS_A_WEEK, weight / whole) for week, weight in enumerate(weights)
    )
