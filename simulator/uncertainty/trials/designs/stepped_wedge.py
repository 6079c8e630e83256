"""Stepped wedge: all municipalities begin with the control arm's rules and step over in a drawn order, wave by wave.

A citizen belongs to the wave of her intake and keeps the rules of that wave. The comparison is within municipalities
and within waves. The formula is that of Hussey and Hughes for cells of unequal size; it holds while the effect is the
same in all waves, and a smaller trial is a thinner one, not a shorter one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.uncertainty.trials import closed
from simulator.uncertainty.trials.closed import Closed
from simulator.uncertainty.trials.compared import Compared
from simulator.uncertainty.trials.enrolment import Enrolled
from simulator.uncertainty.trials.outcomes import EXIT, MEANS, Seen
from simulator.uncertainty.trials.pilot import Pilot
from simulator.uncertainty.trials.steps import wedge_variance_unequal
from simulator.uncertainty.trials.terms import Terms
from simulator.uncertainty.trials.waves import step_effect

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]
OUTCOMES = MEANS
CLUSTERED = WHOLE = True
CHOSEN = False


def stepped(order: IntArray, terms: Terms) -> BoolArray:
    """Return whether a place has stepped over in a wave, given the drawn order of the places, shape (place, wave)."""
    step = 1 + order * terms.steps // (order.max() + 1)
    found: BoolArray = (np.arange(terms.waves) >= step[:, None]) & (order >= 0)[:, None]
    return found


def assign(enrolled: Enrolled, terms: Terms, order: IntArray) -> BoolArray:
    """Return who is met by the treated arm's rules: whose place has stepped over by the wave of her intake."""
    wave = (enrolled.day - terms.first_day) // terms.step_days
    found: BoolArray = stepped(order, terms)[enrolled.place, wave]
    return found


def within(enrolled: Enrolled, per_arm: int) -> IntArray:
    """Return some of all waves, by a draw."""
    return np.sort(np.argsort(enrolled.picked, kind="stable")[: 2 * per_arm])


def analyse(seen: Seen, outcome: str, significance: float) -> Compared:
    """Return the effect of having stepped over, beside those of municipality and wave."""
    return step_effect(seen.outcomes[outcome], seen.treated, seen.place, seen.wave, significance)


def closed_form(pilot: Pilot, terms: Terms, outcome: str, per_arm: float) -> Closed:
    """Return what the formula says of a size, as the mean over drawn orders."""
    kept = per_arm * (1 - sum(terms.lost) / 2)
    cells = pilot.cells * (2 * kept / pilot.cells.sum())
    control, treated = pilot.means[outcome]
    sds = [np.sqrt(mean * (1 - mean)) for mean in (control, treated)] if outcome == EXIT else pilot.sds[outcome]
    variance = float(np.mean(np.square(sds)))
    used = cells.sum(axis=1) > 0
    plans = [stepped(order, terms)[used] for order in pilot.orders]
    errors = [wedge_variance_unequal(plan, cells[used], variance) ** 0.5 for plan in plans]
    return closed.by_cluster(pilot, terms, treated - control, float(np.mean(errors)))


def doubts(pilot: Pilot, terms: Terms, outcome: str) -> tuple[str, ...]:
    """Return why the formula does not hold."""
    return (*closed.doubts(pilot, terms, outcome), *closed.doubts_of_clusters(pilot, outcome))
