"""Predictions and outcomes made up for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from simulator.forecast import Outcome, Prediction

ODENSE = "461"
ISSUED = date(2025, 8, 31)
LATER = date(2026, 11, 21)


def said(value: float, month: int | None = 9, **more: Any) -> Prediction:
    """Return a prediction of conversations held in Odense in 2025."""
    return Prediction(**{"measure": "held", "place": ODENSE, "year": 2025, "month": month, "value": value} | more)


def came(value: float, month: int | None = 9, **more: Any) -> Outcome:
    """Return an outcome of the same."""
    told = {"measure": "held", "place": ODENSE, "year": 2025, "month": month, "value": value}
    return Outcome(**told | {"source": "Jobindsats", "published": LATER} | more)
