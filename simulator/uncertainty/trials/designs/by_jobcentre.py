"""By jobcentre: half of the municipalities are drawn, and all that they take in is treated.

The formula is that for persons with a design effect, which knows that jobcentres are unlike and of unequal size, and
Student's t with the number of jobcentres less two. With few jobcentres, or one as large as ten others, the error is
less sure than that, and the formula says too much.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.uncertainty.trials import closed
from simulator.uncertainty.trials.closed import Closed
from simulator.uncertainty.trials.compared import Compared, difference
from simulator.uncertainty.trials.enrolment import Enrolled
from simulator.uncertainty.trials.hazard_ratio import log_hazard_ratio
from simulator.uncertainty.trials.outcomes import HAZARD, Seen
from simulator.uncertainty.trials.outcomes import OUTCOMES as ALL
from simulator.uncertainty.trials.pilot import Pilot
from simulator.uncertainty.trials.terms import Terms

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
OUTCOMES = ALL
CLUSTERED, WHOLE, CHOSEN = True, False, False


def assign(enrolled: Enrolled, terms: Terms, order: IntArray) -> BoolArray:
    """Return who is drawn for the treated arm: all of every other place in the drawn order."""
    found: BoolArray = order[enrolled.place] % 2 == 0
    return found


def within(enrolled: Enrolled, per_arm: int) -> IntArray:
    """Return those who were taken in first, wherever."""
    return np.arange(2 * per_arm)


def analyse(seen: Seen, outcome: str, significance: float) -> Compared:
    """Return the difference in means, or the log of the hazard ratio, with errors by municipality."""
    if outcome == HAZARD:
        return log_hazard_ratio(seen.days, seen.job, seen.treated, seen.place, significance)
    return difference(seen.outcomes[outcome], seen.treated, seen.place, significance)


def closed_form(pilot: Pilot, terms: Terms, outcome: str, per_arm: float) -> Closed:
    """Return what the formula says of a size."""
    persons = closed.by_person(pilot, terms, outcome, per_arm, closed.inflation_of(pilot, outcome, per_arm))
    return closed.by_cluster(pilot, terms, pilot.difference(outcome), persons.std_error)


def doubts(pilot: Pilot, terms: Terms, outcome: str) -> tuple[str, ...]:
    """Return why the formula does not hold."""
    return (*closed.doubts(pilot, terms, outcome), *closed.doubts_of_clusters(pilot, outcome))
