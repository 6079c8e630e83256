"""All accounts: transfers, taxes, return flow, and the running costs of those who are on benefit no longer.

It contains what the published value of a person-year says it contains, built up from below.
"""

from __future__ import annotations

from simulator.saldo.accounts import RETURN_FLOW, RUNNING_COSTS, TAXES, TRANSFERS
from simulator.saldo.concept import ALL_ACCOUNTS, BOTH_LINES, Concept, FloatArray, Week


def week_kr(week: Week) -> FloatArray:
    """Return all accounts of a week of employment [kr]."""
    return week.only(TRANSFERS + TAXES + RETURN_FLOW + RUNNING_COSTS)


CONCEPT = Concept(lines=BOTH_LINES, includes=ALL_ACCOUNTS, week_kr=week_kr)
