"""Trials simulated in the engine: each replication is a trial of its own, with other persons and other luck.

A replication tells both lives of everybody who takes part. A trial draws her for an arm, shows the life that she leads
under the rules that she is met by, and is analysed as a real one would be. No formula of power is used. With both arms
met by the control arm's rules the same trials tell how often an effect is found that is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from math import floor, log10, sqrt
from statistics import NormalDist
from time import perf_counter

import numpy as np
import numpy.typing as npt

from simulator.delivery.lives import Lives
from simulator.streams import key_of, threshold
from simulator.uncertainty.trials.compared import Compared
from simulator.uncertainty.trials.designs import Design, design_of
from simulator.uncertainty.trials.enrolment import Enrolled, Window, drawn_order, enrol
from simulator.uncertainty.trials.hazard_ratio import log_hazard_ratio
from simulator.uncertainty.trials.outcomes import EXIT, HAZARD, JOB, MEANS, Seen, lives_shown, outcomes_of, stayed
from simulator.uncertainty.trials.pilot import Counted, Pilot
from simulator.uncertainty.trials.terms import Terms, with_sizes

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]
PARTS_OF_ALL = (16, 8, 4, 2, 1)
"""Sizes of the power curve where none are asked for: parts of all that the intake admits."""
NEARLY_ALL = 0.97
"""The largest of them, as a share of all in the first replication: others admit a little less."""
DIGITAL = "digital"
"""The share of conversations that is digital, beside the outcomes."""
FEWEST = 10
"""Fewest persons per arm that are analysed."""


@dataclass(frozen=True)
class Shares:
    """How often something happened in so many trials.

    Attributes:
        times: Trials in which it did.
        number: Trials.
    """

    times: int
    number: int

    @property
    def share(self) -> float:
        """The share of trials [0-1]."""
        return self.times / self.number

    @property
    def std_error(self) -> float:
        """Its standard error from the number of trials: that of Wilson, which is not 0 at the ends."""
        low, high = self.interval(1.0)
        return (high - low) / 2

    def interval(self, errors: float = NormalDist().inv_cdf(0.975)) -> tuple[float, float]:
        """Return Wilson's interval of so many standard errors; 95 per cent where left out."""
        weight = errors**2 / self.number
        middle = (self.share + weight / 2) / (1 + weight)
        half = errors * sqrt(self.share * (1 - self.share) / self.number + weight / (4 * self.number)) / (1 + weight)
        return middle - half, middle + half


@dataclass(frozen=True)
class Simulated:
    """What simulated trials found.

    Attributes:
        pilot: What the persons are like.
        terms: The terms, with the sizes that were tried.
        power: Trials that rejected, by outcome and persons per arm.
        false: Trials that rejected where there was no effect, by outcome.
        covered: Trials whose interval held the true effect, by outcome.
        followers: Trials whose interval held the true effect on those who follow an encouragement, by outcome.
        first_stage_f: Median F of the first stage of an encouragement; 0 where there is none.
        checked_size: Persons per arm of the two checks.
        analysis_seconds: Time that enrolment and analysis took [seconds].
        seconds: Time that all of it took [seconds].
    """

    pilot: Pilot
    terms: Terms
    power: Mapping[tuple[str, int], Shares]
    false: Mapping[str, Shares]
    covered: Mapping[str, Shares]
    followers: Mapping[str, Shares]
    first_stage_f: float
    checked_size: int
    analysis_seconds: float
    seconds: float


def simulated(
    lives: Iterable[Lives], window: Window, terms: Terms, seed: int, *, only_pilot: bool = False
) -> Simulated:
    """Return what the trials of some replications found.

    Args:
        lives: The persons of each replication, in both arms.
        window: When and where persons are taken in.
        terms: The terms of the trial.
        seed: Seed of the run.
        only_pilot: Whether no trial is made, and persons are described alone.

    Raises:
        InputError: The intake admits hardly anybody.
    """
    began, spent = perf_counter(), 0.0
    design, counted, tried = design_of(terms.design), Counted(window, terms), _Tried()
    for number, replication in enumerate(lives):
        started, key = perf_counter(), key_of(seed, number)
        enrolled, order = enrol(replication, window, terms, key), drawn_order(window, key)
        if not terms.sizes:
            terms = with_sizes(terms, _some_sizes(len(enrolled) // 2))
        outcomes = outcomes_of(enrolled.stays, enrolled.job)
        counted.add(enrolled, outcomes, order, () if design.WHOLE else terms.sizes)
        if not only_pilot:
            tried.add(_Trial(design, terms, enrolled, outcomes, design.assign(enrolled, terms, order)))
        spent += perf_counter() - started
    return Simulated(
        pilot=counted.pilot(),
        terms=terms,
        power={which: _shares(found) for which, found in tried.rejected.items()},
        false={outcome: _shares(found) for outcome, found in tried.false.items()},
        covered={outcome: one.covered() for outcome, one in tried.held.items()},
        followers={outcome: one.covered() for outcome, one in tried.followers.items()},
        first_stage_f=float(np.median(tried.first_stages or [0.0])),
        checked_size=tried.size,
        analysis_seconds=spent,
        seconds=perf_counter() - began,
    )


@dataclass(frozen=True)
class _Trial:
    """One trial: who takes part, both lives, and who was drawn for the treated arm."""

    design: Design
    terms: Terms
    enrolled: Enrolled
    outcomes: Mapping[str, FloatArray]
    treated: BoolArray

    def analysed(self, rows: IntArray, *, no_effect: bool = False) -> dict[str, Compared]:
        """Return what is found among some who take part, by outcome; without those that so few cannot tell."""
        seen, found = self.seen(rows, no_effect=no_effect), {}
        for outcome in self.design.OUTCOMES:
            with suppress(ValueError):  # nobody in an arm left, or there are no two municipalities of an arm
                found[outcome] = self.design.analyse(seen, outcome, self.terms.significance)
        return found

    def seen(self, rows: IntArray, *, no_effect: bool = False) -> Seen:
        """Return what the analysis is given of some who take part: those who are followed to the end."""
        who, terms = self.enrolled, self.terms
        rows = rows[stayed(self.treated[rows], who.lost[rows], terms.lost)]
        treated = self.treated[rows]
        shown = lives_shown(treated, who.contaminated[rows], terms.crossed)
        if no_effect:
            shown = np.zeros_like(shown)
        return Seen(
            outcomes={name: both[shown, rows] for name, both in self.outcomes.items()},
            treated=treated,
            place=who.place[rows],
            wave=(who.day[rows] - terms.first_day) // terms.step_days,
            digital=who.digital[shown, rows],
        )

    def truth(self, rows: IntArray) -> dict[str, float]:
        """Return the effect of being drawn for the treated arm among some who take part, from both of their lives."""
        word, terms = self.enrolled.contaminated[rows], self.terms
        drawn = [word < threshold(terms.crossed[0]), word >= threshold(terms.crossed[1])]
        lives = {**self.outcomes, DIGITAL: self.enrolled.digital}
        both = {name: [one[shown.astype(np.int64), rows] for shown in drawn] for name, one in lives.items()}
        found = {name: float((treated - control).mean()) for name, (control, treated) in both.items()}
        if HAZARD in self.design.OUTCOMES:
            arms = np.repeat([False, True], len(rows))
            days, job = np.concatenate(both[HAZARD]).astype(np.int64), np.concatenate(both[JOB]) > 0
            del found[HAZARD]
            with suppress(ValueError):  # nobody in an arm left
                found[HAZARD] = log_hazard_ratio(days, job, arms).estimate
        return found


@dataclass
class _Held:
    """Intervals of trials, and the true effect of each as a number over another."""

    intervals: list[tuple[float, float]] = field(default_factory=list)
    truths: list[tuple[float, float]] = field(default_factory=list)

    def add(self, found: Compared, truth: float, per: float = 1.0) -> None:
        """Add the interval of a trial, and what it should hold."""
        self.intervals.append((found.low, found.high))
        self.truths.append((truth, per))

    def covered(self) -> Shares:
        """Return how many intervals hold the effect that all replications together have."""
        effect, per = np.mean(self.truths, axis=0)
        held = [low <= effect / per <= high for low, high in self.intervals]
        return _shares(held)


@dataclass
class _Tried:
    """Adds up trials."""

    rejected: dict[tuple[str, int], list[bool]] = field(default_factory=dict)
    false: dict[str, list[bool]] = field(default_factory=dict)
    held: dict[str, _Held] = field(default_factory=dict)
    followers: dict[str, _Held] = field(default_factory=dict)
    first_stages: list[float] = field(default_factory=list)
    size: int = 0

    def add(self, trial: _Trial) -> None:
        """Analyse a trial at all sizes that the intake admits."""
        level, there = trial.terms.significance, len(trial.enrolled) // 2
        sizes = [size for size in trial.terms.sizes if FEWEST <= size <= there]
        self.size = self.size or max(sizes, default=0)
        for size in sizes:
            rows = trial.design.within(trial.enrolled, size)
            found = trial.analysed(rows)
            for outcome in trial.design.OUTCOMES:
                rejects = outcome in found and found[outcome].p < level
                self.rejected.setdefault((outcome, size), []).append(rejects)
            if size == self.size:
                self._check(trial, rows, found)

    def _check(self, trial: _Trial, rows: IntArray, found: Mapping[str, Compared]) -> None:
        nothing, truth = trial.analysed(rows, no_effect=True), trial.truth(rows)
        for outcome in (one for one in found if one in nothing and one in truth):
            self.false.setdefault(outcome, []).append(nothing[outcome].p < trial.terms.significance)
            self.held.setdefault(outcome, _Held()).add(found[outcome], truth[outcome])
        if trial.design.CHOSEN and found:
            self._follow(trial, rows, truth)

    def _follow(self, trial: _Trial, rows: IntArray, truth: Mapping[str, float]) -> None:
        """Add the effect on those who follow an encouragement, where any do."""
        seen = trial.seen(rows)
        for outcome in MEANS:
            with suppress(ValueError):
                chosen = trial.design.followers(seen, outcome, trial.terms.significance)
                self.followers.setdefault(outcome, _Held()).add(chosen.effect, truth[outcome], truth[DIGITAL])
                if outcome == EXIT:
                    self.first_stages.append(chosen.first_stage_f)


def _shares(happened: Sequence[bool]) -> Shares:
    return Shares(int(sum(happened)), len(happened))


def _some_sizes(admitted: int) -> tuple[int, ...]:
    """Return persons per arm to try where none are asked for, in two digits.

    >>> _some_sizes(41_234)
    (2400, 4900, 9900, 19000, 39000)
    """
    sizes = [_two_digits(NEARLY_ALL * admitted / part) for part in PARTS_OF_ALL]
    return tuple(sorted({size for size in sizes if size >= FEWEST})) or (FEWEST,)


def _two_digits(number: float) -> int:
    if number < 1:
        return 0
    unit = 10 ** max(floor(log10(number)) - 1, 0)
    return int(number // unit * unit)
