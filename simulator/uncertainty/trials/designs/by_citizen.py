"""By citizen: within each jobcentre, of two who are called one after the other one is drawn for each arm.

The formulas: two proportions, two means, and Schoenfeld's for events. They hold while everybody is met as she was
drawn. That the arms are balanced within jobcentres is not counted, which is a little on the safe side.
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
CLUSTERED = WHOLE = CHOSEN = False


def assign(enrolled: Enrolled, terms: Terms, order: IntArray) -> BoolArray:
    """Return who is drawn for the treated arm: of each pair of a place one, by the draw of the first."""
    by_place = np.argsort(enrolled.place, kind="stable")
    place = enrolled.place[by_place]
    number = np.arange(len(place)) - np.searchsorted(place, place)
    second = number % 2
    coin = enrolled.assigned[by_place][np.arange(len(place)) - second] & 1
    treated = np.empty(len(place), dtype=np.bool_)
    treated[by_place] = (coin ^ second) == 1
    return treated


def within(enrolled: Enrolled, per_arm: int) -> IntArray:
    """Return those who were taken in first."""
    return np.arange(2 * per_arm)


def analyse(seen: Seen, outcome: str, significance: float) -> Compared:
    """Return the difference in means with errors that let the arms vary as they do, or the log of the hazard ratio."""
    if outcome == HAZARD:
        return log_hazard_ratio(seen.days, seen.job, seen.treated, alpha=significance)
    return difference(seen.outcomes[outcome], seen.treated, alpha=significance)


def closed_form(pilot: Pilot, terms: Terms, outcome: str, per_arm: float) -> Closed:
    """Return what the formula says of a size."""
    return closed.by_person(pilot, terms, outcome, per_arm)


def doubts(pilot: Pilot, terms: Terms, outcome: str) -> tuple[str, ...]:
    """Return why the formula does not hold."""
    return closed.doubts(pilot, terms, outcome)
