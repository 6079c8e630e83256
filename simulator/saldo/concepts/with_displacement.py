"""All accounts, less what is lost where those who find work take the place of others who look for it.

The ministries count no displacement, since they look at structural employment; trials find some. The share is a
sensitivity, not an estimate.

Source:
    facts/taxes.yaml, displacement.
"""

from __future__ import annotations

from simulator.saldo.concept import ALL_ACCOUNTS, BOTH_LINES, Concept, FloatArray, Week
from simulator.saldo.concepts.with_running_costs import week_kr as all_accounts


def week_kr(week: Week) -> FloatArray:
    """Return all accounts of a week of employment, as far as nobody is displaced [kr]."""
    return all_accounts(week) * (1.0 - week.rates.values["saldo.displacement.sensitivity_share"])


CONCEPT = Concept(BOTH_LINES, (*ALL_ACCOUNTS, "displacement"), week_kr)
