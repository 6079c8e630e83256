"""Transfers and direct taxes: benefit saved, less the tax lost on it, with the tax gained on wages."""

from __future__ import annotations

from simulator.saldo.accounts import TAXES, TRANSFERS
from simulator.saldo.concept import BOTH_LINES, Concept, FloatArray, Week


def week_kr(week: Week) -> FloatArray:
    """Return transfers and taxes of a week of employment [kr]."""
    return week.only(TRANSFERS + TAXES)


CONCEPT = Concept(lines=BOTH_LINES, includes=("transfers", "taxes"), week_kr=week_kr)
