"""All employment effect: changed form and changed volume, one value a person-year as in the note's concept."""

from __future__ import annotations

from simulator.saldo.concept import ALL_ACCOUNTS, BOTH_LINES, Concept
from simulator.saldo.concepts.note import week_kr

CONCEPT = Concept(lines=BOTH_LINES, includes=ALL_ACCOUNTS, week_kr=week_kr)
