"""Evenly over some weeks after the conversation.

Source:
    facts/money.yaml, profile.even.
"""

from __future__ import annotations

from simulator.calendars.span import DAYS_A_WEEK
from simulator.saldo.years import Stretch
from simulator.scenario.model import Values


def stretches(values: Values) -> tuple[Stretch, ...]:
    """Return the one stretch."""
    return (Stretch(0, values["saldo.profile.even.weeks"] * DAYS_A_WEEK, 1.0),)
