"""The fast engine: the conversations of the reference, day for day and form for form, in compiled code.

**In** comes the ground of all replications, **out** come counts, as from every engine.

How it goes, municipality by municipality: draw the spells of its persons (`people.py`), list what falls due person by
person (`reach.py`) and then by day (`owed.py`), walk the days of both arms (`desk.py`), add what happens to the tables
at once, and go on until the queues of the arms have met (`place.py`). Who there is and what holds is the same for all
replications and stands in arrays (`tables.py`, `contact.py`, `law.py`); working memory is that of the largest
municipality (`scratch.py`). Every draw is keyed as in `streams.py`. The rules are those of `delivery/rules.py` and
`demand/rules.py`, compiled; nothing here decides anything else than an order.

Threads share the municipalities of a chunk of replications among them. All counts are whole numbers, so their number
changes nothing.
"""

from __future__ import annotations

from simulator.delivery.engines import Ground, Way
from simulator.delivery.fast.engine import Fast


def engine(ground: Ground, way: Way) -> Fast:
    """Return the engine."""
    return Fast(ground, way)
