"""Transfers only: benefit that is no longer paid, to citizens and to employers, before any tax."""

from __future__ import annotations

from simulator.saldo.accounts import TRANSFERS
from simulator.saldo.concept import BOTH_LINES, Concept, FloatArray, Week


def week_kr(week: Week) -> FloatArray:
    """Return transfers saved by a week of employment [kr]."""
    return week.only(TRANSFERS)


CONCEPT = Concept(lines=BOTH_LINES, includes=("transfers",), week_kr=week_kr)
