"""Transfers and taxes with the return flow of indirect taxes (tilbageløb) on what households have more or less."""

from __future__ import annotations

from simulator.saldo.accounts import RETURN_FLOW, TAXES, TRANSFERS
from simulator.saldo.concept import BOTH_LINES, Concept, FloatArray, Week


def week_kr(week: Week) -> FloatArray:
    """Return transfers, taxes and return flow of a week of employment [kr]."""
    return week.only(TRANSFERS + TAXES + RETURN_FLOW)


CONCEPT = Concept(lines=BOTH_LINES, includes=("transfers", "taxes", "return_flow"), week_kr=week_kr)
