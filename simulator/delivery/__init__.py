"""Delivery: which of the conversations that fall due are held, on which day and in which form?

**In** come the persons, the calendars and the rules of both arms. **Out** come counts (`counts.py`): sums over all
replications by municipality, and of each replication what its valuation needs.

The behaviour stands in `rules.py`, written once. `attendance.py` makes tables of the rules of the day, `capacity.py`
the minutes of the offices. Two engines put events in order, day for day alike: `reference.py` (SimPy, written to be
read) and `fast/` (compiled). The municipality is the unit that runs alone: both arms of a replication run place by
place, with the same people and the same luck.

**Assumptions.** An office starts the next conversation while minutes are left; the overrun is a debt of its next
meeting day; unused minutes are lost. A no-show takes its full minutes. Who has left is dropped at the moment of
service.

    >>> from simulator.delivery import rules
    >>> rules.form_of(rules.basis_of(rules.CHOSEN, 0, 100, 5, 99), 0, 7) == rules.PHONE
    True
"""

from __future__ import annotations

from simulator.delivery.counts import Counts
from simulator.delivery.engines import ATTEMPT, ENGINES, Engine, Ground, Log, Replicated, Way, engine_of
from simulator.delivery.kept import nothing_held
from simulator.delivery.lives import Lives
from simulator.delivery.tasks import Offices, offices_of

__all__ = [
    "ATTEMPT",
    "ENGINES",
    "Counts",
    "Engine",
    "Ground",
    "Lives",
    "Log",
    "Offices",
    "Replicated",
    "Way",
    "engine_of",
    "nothing_held",
    "offices_of",
]
