"""All employment effect: changed form and changed volume, one value a person-year as in the note's concept."""

from __future__ import annotations

from simulator.saldo.concept import BOTH_LINES, Concept
from simulator.saldo.concepts.note import INCLUDES, week_kr

CONCEPT = Concept(lines=BOTH_LINES, includes=INCLUDES, week_kr=week_kr)
