"""Where the counts of an arm stand: an entry for what happens to a conversation, and to an appointment."""

from __future__ import annotations

from simulator.delivery import rules

DUE, HELD, NO_SHOW, ENDED = 0, 1, 4, 5
"""Entries of the table of an arm: held and missed have one for each form; ENDED + state is for the rest."""
ENTRIES_WITHOUT_ILLNESS = ENDED + rules.CANCELLED_TRIES + 1
PUT_OFF = ENDED + rules.CANCELLED_ILLNESS + 1
"""Appointments in person that illness put off; after it there are no more entries."""
ENTRIES = PUT_OFF + 1
WAITING_START, WAITING_END, HELD_LATER = 0, 1, 2
"""Entries after the last segment, for what is counted as of the first or last day of the period; held later has one
for each form."""
