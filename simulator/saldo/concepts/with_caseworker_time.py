"""All accounts, with saved municipal caseworker time counted as money in full."""

from __future__ import annotations

from simulator.saldo.concept import BOTH_LINES, Concept
from simulator.saldo.concepts.with_running_costs import INCLUDES, week_kr

CONCEPT = Concept(BOTH_LINES, (*INCLUDES, "caseworker_time"), week_kr, counts_caseworker_time=True)
