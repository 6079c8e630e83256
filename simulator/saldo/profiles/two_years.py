"""Evenly over the year after the conversation, as far as `first_year_share` says, and evenly over the next.

The default: the Danish trial counts its effect over two years, and effects of meetings elsewhere fade within them.

Source:
    facts/money.yaml, first_year_share.
"""

from __future__ import annotations

from simulator.calendars.span import DAYS_A_YEAR
from simulator.saldo.years import Stretch
from simulator.scenario.model import Values


def stretches(values: Values) -> tuple[Stretch, ...]:
    """Return the two years."""
    first = values["saldo.first_year_share"]
    return Stretch(0, DAYS_A_YEAR, first), Stretch(DAYS_A_YEAR, 2 * DAYS_A_YEAR, 1.0 - first)
