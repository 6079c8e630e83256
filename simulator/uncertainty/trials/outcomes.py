"""What a trial sees of those who take part: exits to a job, weeks in employment and days until a job, from intake on.

In employment is who has left into a job, from the day that she left until the end of follow-up. Who leaves otherwise is
in no employment, and seen no more where days until a job are counted.

    >>> import numpy as np
    >>> stays, job = np.array([[70, 182, 400]]), np.array([True, True, True])
    >>> found = outcomes_of(stays, job)
    >>> found["exit_by_week_26"].tolist(), found["weeks_in_26"].tolist(), found["weeks_in_52"].tolist()
    ([[1.0, 1.0, 0.0]], [[16.0, 0.0, 0.0]], [[42.0, 26.0, 0.0]])
    >>> found["hazard_ratio"].tolist(), found["job"].tolist()
    ([[70.0, 182.0, 364.0]], [[1.0, 1.0, 0.0]])
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import DAYS_A_WEEK
from simulator.streams import threshold

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]
WEEKS = HALF_YEAR, YEAR = 26, 52
"""Weeks after intake that outcomes are counted to."""
EXIT, WEEKS_26, WEEKS_52, HAZARD = OUTCOMES = ("exit_by_week_26", "weeks_in_26", "weeks_in_52", "hazard_ratio")
"""What a trial can be judged by; under the last stand the days until a job, cut off at the end."""
JOB = "job"
"""Whether the days ended with a job."""
MEANS = (EXIT, WEEKS_26, WEEKS_52)
"""Outcomes that are compared by their means."""
WEEKS_TO = {EXIT: HALF_YEAR, WEEKS_26: HALF_YEAR, WEEKS_52: YEAR, HAZARD: YEAR}
"""Weeks of follow-up that an outcome takes."""
UNITS = {EXIT: "share", WEEKS_26: "weeks", WEEKS_52: "weeks", HAZARD: "ratio"}


def outcomes_of(stays: IntArray, job: BoolArray) -> dict[str, FloatArray]:
    """Return the outcomes of each life, by name.

    Args:
        stays: Days from intake until she leaves, shape (arm, person).
        job: Whether she leaves into employment, shape (person,).
    """
    half, year = HALF_YEAR * DAYS_A_WEEK, YEAR * DAYS_A_WEEK
    return {
        EXIT: ((stays <= half) & job).astype(np.float64),
        WEEKS_26: np.where(job, np.maximum(half - stays, 0), 0) / DAYS_A_WEEK,
        WEEKS_52: np.where(job, np.maximum(year - stays, 0), 0) / DAYS_A_WEEK,
        HAZARD: np.minimum(stays, year).astype(np.float64),
        JOB: ((stays <= year) & job).astype(np.float64),
    }


@dataclass(frozen=True)
class Seen:
    """What the analysis of a trial is given: one life of each person, and the arm that she was drawn for.

    Attributes:
        outcomes: Outcomes by name, each of shape (person,).
        treated: Whether she was drawn for the treated arm.
        place: Index of her municipality.
        wave: Wave of a stepped wedge that her intake belongs to.
        digital: Share of her conversations that was held by phone or video.
    """

    outcomes: Mapping[str, FloatArray]
    treated: BoolArray
    place: IntArray
    wave: IntArray
    digital: FloatArray

    @property
    def days(self) -> IntArray:
        """Days until a job, or until she was last seen."""
        return self.outcomes[HAZARD].astype(np.int64)

    @property
    def job(self) -> BoolArray:
        """Whether the days ended with a job."""
        return self.outcomes[JOB] > 0


def lives_shown(treated: BoolArray, contaminated: IntArray, crossed: tuple[float, float]) -> IntArray:
    """Return the arm whose rules each person is met under: her own, unless she is met as the other arm is.

    Args:
        treated: Whether she was drawn for the treated arm.
        contaminated: Her word.
        crossed: Share that is met as the other arm is, control and treated.
    """
    crosses = contaminated < np.where(treated, threshold(crossed[1]), threshold(crossed[0]))
    found: IntArray = (treated ^ crosses).astype(np.int64)
    return found


def stayed(treated: BoolArray, lost_word: IntArray, lost: tuple[float, float]) -> BoolArray:
    """Return who is followed to the end."""
    found: BoolArray = lost_word >= np.where(treated, threshold(lost[1]), threshold(lost[0]))
    return found
