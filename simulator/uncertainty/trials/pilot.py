"""What the closed forms are told: means, spreads and likeness of outcomes, from the engine's own persons.

All who take part are counted in both of their lives, which no real trial could do. Nothing of a test stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from simulator.calendars.span import DAYS_A_WEEK
from simulator.errors import InputError
from simulator.uncertainty.trials.enrolment import Enrolled, Window
from simulator.uncertainty.trials.hazard_ratio import log_hazard_ratio
from simulator.uncertainty.trials.likeness import Likeness, likeness_of
from simulator.uncertainty.trials.outcomes import EXIT, HALF_YEAR, HAZARD, JOB, MEANS
from simulator.uncertainty.trials.terms import Terms

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
ORDERS = 20
"""Orders of the places that are kept: the error of a stepped wedge hangs a little on who steps over when."""
MOVED = (*MEANS, JOB)
"""What moments are kept of, in their order."""
FAR_APART = 0.25
"""Hazards are told not to be proportional where the effect in one half of the year and in the other differ by more
than this share of their sum."""


@dataclass(frozen=True)
class Moments:
    """Means and standard deviations of outcomes under the rules of each arm.

    Attributes:
        means: Mean of each outcome, and of having left into a job, shape (outcome, arm).
        sds: Standard deviation of each between persons, the same.
    """

    means: FloatArray
    sds: FloatArray

    @classmethod
    def of(cls, sums: FloatArray, persons: int) -> Moments:
        """Return those of sums and sums of squares, shape (which, outcome, arm)."""
        means = sums[0] / persons
        return cls(means, np.sqrt(np.maximum(sums[1] / persons - means**2, 0)))


@dataclass(frozen=True)
class Pilot:
    """What the persons who take part are like, as the mean of some replications.

    Attributes:
        replications: Number of replications.
        persons: Persons who take part, all that the intake admits, in both arms together.
        least: Fewest of them in a replication.
        by_day: Persons taken in up to and with a day, shape (day,).
        first: Ordinal of day 0.
        means: Mean of each outcome under the control arm's rules and under the treated arm's.
        sds: Standard deviation of each outcome between persons, the same.
        jobs: Share that has left into a job by the end of the year, the same.
        icc: Correlation within a municipality of each outcome.
        log_ratio: Log of the hazard ratio.
        halves: Log of the ratio of exit rates in the first half-year and in the second.
        clusters: Municipalities with persons who take part.
        cluster_cv: Standard deviation of their sizes over the mean.
        cells: Persons taken in by municipality and wave of a stepped wedge, shape (place, wave).
        orders: Orders in which municipalities step over, one for each of some replications.
        changed: Conversations per person that change form.
        digital: Share of a person's conversations that is digital, under the rules of each arm.
        first_come: Moments of those who are taken in first, by persons per arm; empty where smaller is no shorter.
    """

    replications: int
    persons: float
    least: int
    by_day: FloatArray
    first: int
    means: Mapping[str, tuple[float, float]]
    sds: Mapping[str, tuple[float, float]]
    jobs: tuple[float, float]
    icc: Mapping[str, float]
    log_ratio: float
    halves: tuple[float, float]
    clusters: float
    cluster_cv: float
    cells: FloatArray
    orders: tuple[IntArray, ...]
    changed: float
    digital: tuple[float, float]
    first_come: Mapping[int, Moments]

    @property
    def most(self) -> int:
        """Persons per arm that the intake admits."""
        return int(self.persons // 2)

    @property
    def first_stage(self) -> float:
        """By how much the treated arm's rules raise the share of conversations that are digital."""
        return self.digital[1] - self.digital[0]

    @property
    def proportional(self) -> bool:
        """Whether the hazards of the arms are about proportional, by the two halves of the year."""
        first, second = self.halves
        return abs(first - second) <= FAR_APART * (abs(first) + abs(second))

    def difference(self, outcome: str) -> float:
        """Return the effect on an outcome: treated minus control, for hazards the log of their ratio."""
        if outcome == HAZARD:
            return self.log_ratio
        control, treated = self.means[outcome]
        return treated - control

    def with_difference(self, outcome: str, difference: float) -> Pilot:
        """Return the same persons with another effect on an outcome that is compared by its means."""
        control = self.means[outcome][0]
        return replace(self, means={**self.means, outcome: (control, control + difference)}, first_come={})

    def of_size(self, per_arm: float) -> Pilot:
        """Return what those are like who are taken in first in a trial of a size: the season is theirs.

        Between the sizes that were counted their moments lie on a straight line; the ratio of hazards is that of all.
        """
        if not self.first_come:
            return self
        sizes = sorted(self.first_come)
        at = float(np.interp(per_arm, sizes, range(len(sizes))))
        low, share = int(at), at % 1
        near = [self.first_come[sizes[min(place, len(sizes) - 1)]] for place in (low, low + 1)]
        means, sds = (
            (1 - share) * first + share * second
            for first, second in ((near[0].means, near[1].means), (near[0].sds, near[1].sds))
        )
        rows = {name: row for row, name in enumerate(MOVED)}
        return replace(
            self,
            means={name: _pair(means[rows[name]]) for name in MEANS},
            sds={name: _pair(sds[rows[name]]) for name in MEANS},
            jobs=_pair(means[rows[JOB]]),
        )

    def mean_size(self, per_arm: float) -> float:
        """Return the persons per municipality in a trial of a size; at least one."""
        return max(2 * per_arm / self.clusters, 1.0)


class Counted:
    """Adds up replications, and makes a pilot of them."""

    def __init__(self, window: Window, terms: Terms) -> None:
        self._window, self._terms = window, terms
        self._sizes: list[int] = []
        self._by_day = np.zeros(window.admits.shape[0])
        self._sums = np.zeros((2, len(MOVED), 2))
        self._first: dict[int, tuple[FloatArray, int]] = {}
        self._rows: list[dict[str, float]] = []
        self._cells = np.zeros((len(window.codes), terms.waves))
        self._orders: list[IntArray] = []
        self._halves = np.zeros((2, 2, 2))

    def add(
        self, enrolled: Enrolled, outcomes: Mapping[str, FloatArray], order: IntArray, sizes: Iterable[int] = ()
    ) -> None:
        """Add the persons of a replication with the outcomes of both lives.

        Args:
            enrolled: Who takes part.
            outcomes: From `outcomes.outcomes_of`.
            order: The drawn order of the places.
            sizes: Persons per arm of shorter trials, of which those who come first are counted apart.
        """
        self._sizes.append(len(enrolled))
        self._by_day += np.bincount(enrolled.day, minlength=len(self._by_day))
        wave = (enrolled.day - self._terms.first_day) // self._terms.step_days
        inside = wave < self._terms.waves
        np.add.at(self._cells, (enrolled.place[inside], wave[inside]), 1.0)
        if len(self._orders) < ORDERS:
            self._orders.append(order)
        if len(enrolled) < 2:
            return
        lives = np.stack([outcomes[name] for name in MOVED])
        self._sums += _summed(lives)
        for size in sizes:
            if 2 * size <= len(enrolled):
                sums, times = self._first.get(size, (np.zeros_like(self._sums), 0))
                self._first[size] = sums + _summed(lives[:, :, : 2 * size]), times + 1
        self._halves += _events_and_days(outcomes)
        self._rows.append(_likeness(enrolled, outcomes))

    def _refuse_nobody(self) -> None:
        number, persons = len(self._sizes), sum(self._sizes)
        if not self._rows or persons < 4 * number:
            message = (
                f"admits {persons} persons in {number} replications; allowed: at least four in each. Take a longer "
                "intake, more groups or places, a higher stop_above_per_100k, or fewer closed weeks"
            )
            raise InputError.one(message, path="trial.intake")
        if not self._sums[0, MOVED.index(JOB)].all() or np.isnan([row["log_ratio"] for row in self._rows]).all():
            raise InputError.one("nobody whom it admits leaves into a job within the year", path="trial.intake")

    def pilot(self) -> Pilot:
        """Return what the replications that were added are like.

        Raises:
            InputError: The intake admits hardly anybody.
        """
        number, persons = len(self._sizes), sum(self._sizes)
        self._refuse_nobody()
        whole = Moments.of(self._sums, persons)
        first = {size: Moments.of(sums, 2 * size * times) for size, (sums, times) in self._first.items()}
        mean = {name: float(np.nanmean([row[name] for row in self._rows])) for name in self._rows[0]}
        rates = self._halves[0] / np.maximum(self._halves[1], 1.0)
        logs = np.log(np.maximum(rates[1], 1e-12) / np.maximum(rates[0], 1e-12))
        return Pilot(
            replications=number,
            persons=persons / number,
            least=min(self._sizes),
            by_day=np.cumsum(self._by_day) / number,
            first=self._window.first,
            means={name: _pair(row) for name, row in zip(MEANS, whole.means, strict=False)},
            sds={name: _pair(row) for name, row in zip(MEANS, whole.sds, strict=False)},
            jobs=_pair(whole.means[MOVED.index(JOB)]),
            icc={**{name: max(mean[name], 0.0) for name in MEANS}, HAZARD: max(mean[EXIT], 0.0)},
            log_ratio=mean["log_ratio"],
            halves=_pair(logs),
            clusters=mean["clusters"],
            cluster_cv=mean["cv"],
            cells=self._cells / number,
            orders=tuple(self._orders),
            changed=mean["changed"],
            digital=(mean["digital_control"], mean["digital_treated"]),
            first_come=first,
        )


def _summed(lives: FloatArray) -> FloatArray:
    """Return sums and sums of squares, shape (which, outcome, arm), of lives of shape (outcome, arm, person)."""
    return np.stack([lives.sum(axis=2), (lives**2).sum(axis=2)])


def _likeness(enrolled: Enrolled, outcomes: Mapping[str, FloatArray]) -> dict[str, float]:
    """Return what must be worked out within a replication: likeness, sizes of clusters, and the ratio of hazards."""
    alike = {name: _alike(outcomes[name][0], enrolled.place) for name in MEANS}
    sizes = alike[EXIT]
    arms = np.repeat([False, True], len(enrolled))
    ratio = float("nan")
    with suppress(ValueError):  # nobody under an arm's rules left
        ratio = log_hazard_ratio(outcomes[HAZARD].ravel().astype(np.int64), outcomes[JOB].ravel() > 0, arms).estimate
    return {name: one.unbounded for name, one in alike.items()} | {
        "log_ratio": ratio,
        "clusters": float(sizes.clusters),
        "cv": sizes.cv,
        "changed": float(enrolled.changed.mean()),
        "digital_control": float(enrolled.digital[0].mean()),
        "digital_treated": float(enrolled.digital[1].mean()),
    }


def _alike(outcome: FloatArray, place: IntArray) -> Likeness:
    """Return how alike the persons of a municipality are: not at all where there is one, or nobody has company."""
    sizes = np.bincount(place)
    clusters = int((sizes > 0).sum())
    if clusters < 2 or sizes.max() < 2:
        return Likeness(0.0, clusters, len(place) / clusters, 0.0)
    return likeness_of(outcome, place)


def _events_and_days(outcomes: Mapping[str, FloatArray]) -> FloatArray:
    """Return exits and days at risk, shape (which, arm, half of the year)."""
    days, job, half = outcomes[HAZARD], outcomes[JOB] > 0, HALF_YEAR * DAYS_A_WEEK
    early = days <= half
    exits = np.stack([(job & early).sum(axis=1), (job & ~early).sum(axis=1)], axis=1)
    at_risk = np.stack([np.minimum(days, half).sum(axis=1), np.maximum(days - half, 0).sum(axis=1)], axis=1)
    return np.stack([exits, at_risk]).astype(np.float64)


def _pair(numbers: FloatArray) -> tuple[float, float]:
    return float(numbers[0]), float(numbers[1])
