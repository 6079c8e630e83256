"""All accounts, with saved municipal caseworker time counted as money in full."""

from __future__ import annotations

from simulator.saldo.concept import ALL_ACCOUNTS, BOTH_LINES, Concept
from simulator.saldo.concepts.with_running_costs import week_kr

CONCEPT = Concept(BOTH_LINES, (*ALL_ACCOUNTS, "caseworker_time"), week_kr, counts_caseworker_time=True)
