"""Designs of a trial, one file each: the file name is the name in a scenario.

A design says who is drawn for which arm (`assign`), who belongs to a trial of a size (`within`), how it is analysed
(`analyse`), what the formula says (`closed_form`), and when the formula does not hold (`doubts`).
"""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

import numpy as np
import numpy.typing as npt

from simulator.uncertainty.trials.closed import Closed
from simulator.uncertainty.trials.compared import Compared
from simulator.uncertainty.trials.encouraged import Chosen
from simulator.uncertainty.trials.enrolment import Enrolled
from simulator.uncertainty.trials.outcomes import Seen
from simulator.uncertainty.trials.pilot import Pilot
from simulator.uncertainty.trials.terms import Terms

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


class Design(Protocol):
    """What a file of this folder holds."""

    OUTCOMES: tuple[str, ...]
    """Outcomes that the design can be analysed by."""
    CLUSTERED: bool
    """Whether whole municipalities are drawn."""
    WHOLE: bool
    """Whether a smaller trial lasts as long as a larger one."""
    CHOSEN: bool
    """Whether citizens choose, so that there is an effect on those who follow; the design then has `followers`."""

    def assign(self, enrolled: Enrolled, terms: Terms, order: IntArray) -> BoolArray:
        """Return who is drawn for the treated arm, given the drawn order of the places."""
        ...

    def within(self, enrolled: Enrolled, per_arm: int) -> IntArray:
        """Return the rows of those who belong to a trial of a size."""
        ...

    def analyse(self, seen: Seen, outcome: str, significance: float) -> Compared:
        """Return the estimated effect on an outcome, treated minus control."""
        ...

    def followers(self, seen: Seen, outcome: str, significance: float) -> Chosen:
        """Return the effect on those who follow an encouragement; only where citizens choose."""
        ...

    def closed_form(self, pilot: Pilot, terms: Terms, outcome: str, per_arm: float) -> Closed:
        """Return what the formula says of a size."""
        ...

    def doubts(self, pilot: Pilot, terms: Terms, outcome: str) -> tuple[str, ...]:
        """Return why the formula does not hold, by the words of `closed`."""
        ...


def design_of(name: str) -> Design:
    """Return a design by its name, which `terms_of` has checked."""
    return cast(Design, import_module(f"{__name__}.{name}"))
