"""Sets predictions beside what came: pair by pair, and over all pairs of a kind."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from simulator.errors import InputError
from simulator.forecast.measures import LEVELS, MEASURES, called, level_of
from simulator.forecast.outcomes import Outcome
from simulator.forecast.prediction import Prediction
from simulator.forecast.rules import crps_normal, interval_score

FEW = 20
"""Pairs below which a share inside the range says little: at 20 the standard error of 95 per cent is 5 points."""


@dataclass(frozen=True)
class Pair:
    """A prediction and what came.

    Attributes:
        prediction: What was said.
        outcome: What came.
        naive: The plain forecast to compare with; None where there is none [unit of the value].
    """

    prediction: Prediction
    outcome: Outcome
    naive: float | None = None

    @property
    def error(self) -> float:
        """Predicted less counted [unit of the value]; plus is too much."""
        return self.prediction.value - self.outcome.value

    @property
    def relative_error(self) -> float | None:
        """Error as a share of what came; None where nothing came."""
        return self.error / self.outcome.value if self.outcome.value else None

    @property
    def inside(self) -> bool | None:
        """Whether what came lies in the range; None without one."""
        low, high = self.prediction.low, self.prediction.high
        return None if low is None or high is None else low <= self.outcome.value <= high

    @property
    def interval_score(self) -> float | None:
        """Interval score [unit of the value]; None for a range without a probability."""
        said = self.prediction
        if said.low is None or said.high is None or said.nominal is None:
            return None
        return interval_score(said.low, said.high, said.nominal, self.outcome.value)

    @property
    def crps(self) -> float | None:
        """Continuous ranked probability score [unit of the value]; None where no distribution is known."""
        said = self.prediction
        if said.kind != "events":
            return None
        return crps_normal(said.value, math.hypot(said.sd, said.std_error), self.outcome.value)


@dataclass(frozen=True)
class Summary:
    """The score of all pairs of one measure, of the same conversations, at one level of places.

    Attributes:
        measure: The measure.
        types: Conversation types; all where empty.
        level: Country, region, landsdel or municipality.
        pairs: Number of pairs.
        bias: Mean error [unit of the measure]; plus is too much.
        mean_absolute_error: The same without sign.
        mean_absolute_percentage_error: Mean absolute relative error [0-]; None where nothing came anywhere.
        without_percentage: Pairs that are not in it, since nothing came.
        ranges: Pairs with a range.
        inside: Of these, what came lies inside.
        nominal: Share that should lie inside [0-1]; None where ranges have no one probability.
        interval_score: Mean over the pairs that have one [unit of the measure].
        crps: Mean over the pairs that have one [unit of the measure].
        naives: Pairs with a naive forecast.
        skill: 1 less the mean absolute error over that of the naive forecasts, of these pairs; 1 is perfect, below 0
            is worse than naive. None where there are none, or they had no error.
    """

    measure: str
    types: tuple[str, ...]
    level: str
    pairs: int
    bias: float
    mean_absolute_error: float
    mean_absolute_percentage_error: float | None
    without_percentage: int
    ranges: int
    inside: int
    nominal: float | None
    interval_score: float | None
    crps: float | None
    naives: int
    skill: float | None

    @property
    def inside_share(self) -> float | None:
        """Share of what came that lies inside its range [0-1]."""
        return self.inside / self.ranges if self.ranges else None

    @property
    def few(self) -> bool:
        """Whether there are too few pairs for the share inside to say much."""
        return self.pairs < FEW


@dataclass(frozen=True)
class Refused:
    """An outcome, or a naive forecast, that was not taken, and why."""

    outcome: Outcome
    why: str


@dataclass(frozen=True)
class Scores:
    """How predictions fared.

    Attributes:
        pairs: Predictions with what came, in their order.
        summaries: Over all pairs of a kind.
        without_outcome: Predictions that nothing was set beside.
        without_prediction: Outcomes that nothing was said of.
        refused: Outcomes that were not taken.
        naive: Naive forecasts that were taken.
        issued: Day on which the predictions were issued; None for a look back, which is no forecast.
    """

    pairs: tuple[Pair, ...]
    summaries: tuple[Summary, ...]
    without_outcome: tuple[Prediction, ...]
    without_prediction: tuple[Outcome, ...]
    refused: tuple[Refused, ...]
    naive: tuple[Outcome, ...]
    issued: date | None = None


def scored(predictions: Sequence[Prediction], outcomes: Sequence[Outcome], issued: date | None = None) -> Scores:
    """Set predictions beside what came.

    The naive forecast of a month is the row that is marked so, else the outcome of the same month a year before, as far
    as it was published on the day of issue.

    Args:
        predictions: What was said.
        outcomes: What came, and naive forecasts; see `read_outcomes`.
        issued: Day on which the predictions were issued. What was published on it or before it was known, and is
            refused.

    Raises:
        InputError: Two predictions, or two outcomes, are of the same.
    """
    _refuse_twice("predictions", predictions)
    _refuse_twice("outcomes", [one for one in outcomes if not one.naive])
    _refuse_twice("naive forecasts", [one for one in outcomes if one.naive])
    by_key = {one.key: one for one in predictions}
    refused = [Refused(one, why) for one in outcomes if (why := _refusal(one, by_key.get(one.key), issued))]
    out = {(one.outcome.key, one.outcome.naive) for one in refused}
    taken = [one for one in outcomes if (one.key, one.naive) not in out]
    came = {one.key: one for one in taken if not one.naive}
    naive = _naive_of(taken, outcomes, issued)
    pairs = tuple(Pair(one, came[one.key], naive.get(one.key)) for one in predictions if one.key in came)
    return Scores(
        pairs=pairs,
        summaries=_summaries(pairs),
        without_outcome=tuple(one for one in predictions if one.key not in came),
        without_prediction=tuple(one for one in came.values() if one.key not in by_key),
        refused=tuple(refused),
        naive=tuple(one for one in taken if one.naive),
        issued=issued,
    )


def pooled(scores: Iterable[Scores]) -> tuple[Summary, ...]:
    """Return the score of all pairs of several estimates together: the record of a house over its cases."""
    return _summaries([pair for one in scores for pair in one.pairs])


def _refuse_twice(what: str, rows: Sequence[Prediction] | Sequence[Outcome]) -> None:
    number = Counter(one.key for one in rows)
    told = dict.fromkeys(f"{one.measure} of {where_of(one)}" for one in rows if number[one.key] > 1)
    if told:
        raise InputError.one(f"two {what} of the same: {', '.join(told)}; keep one of each")


def _refusal(one: Outcome, said: Prediction | None, issued: date | None) -> str:
    """Return why an outcome is not taken; empty where it is."""
    if one.naive:
        late = issued is not None and one.published > issued
        return f"a naive forecast published on {one.published}, after the prediction was issued" if late else ""
    if said is None:
        return ""
    if issued is not None and one.published <= issued:
        return f"published on {one.published}, not after the prediction was issued on {issued}: it was known"
    return "" if said.complete else "the run holds a part of these days only"


def _naive_of(taken: Iterable[Outcome], outcomes: Iterable[Outcome], issued: date | None) -> dict[object, float]:
    """Return the naive forecast of each month and place that has one."""
    before = [one for one in outcomes if not one.naive and (issued is None or one.published <= issued)]
    found: dict[object, float] = {replace(one, year=one.year + 1).key: one.value for one in before}
    return found | {one.key: one.value for one in taken if one.naive}


def _summaries(pairs: Sequence[Pair]) -> tuple[Summary, ...]:
    kinds: dict[tuple[str, tuple[str, ...], str], list[Pair]] = {}
    for pair in pairs:
        said = pair.prediction
        kinds.setdefault((said.measure, said.types, level_of(said.place)), []).append(pair)
    order = sorted(kinds, key=lambda kind: (LEVELS.index(kind[2]), kind[1], MEASURES.index(kind[0])))
    return tuple(_summary(*kind, sorted(kinds[kind], key=lambda pair: pair.prediction.key)) for kind in order)


def _summary(measure: str, types: tuple[str, ...], level: str, pairs: Sequence[Pair]) -> Summary:
    relative = [abs(pair.relative_error) for pair in pairs if pair.relative_error is not None]
    inside = [pair.inside for pair in pairs if pair.inside is not None]
    nominal = {pair.prediction.nominal for pair in pairs if pair.inside is not None}
    errors = [pair.error for pair in pairs]
    return Summary(
        measure=measure,
        types=types,
        level=level,
        pairs=len(pairs),
        bias=math.fsum(errors) / len(errors),
        mean_absolute_error=math.fsum(map(abs, errors)) / len(errors),
        mean_absolute_percentage_error=_mean(relative),
        without_percentage=len(pairs) - len(relative),
        ranges=len(inside),
        inside=sum(inside),
        nominal=nominal.pop() if len(nominal) == 1 else None,
        interval_score=_mean([pair.interval_score for pair in pairs if pair.interval_score is not None]),
        crps=_mean([pair.crps for pair in pairs if pair.crps is not None]),
        naives=sum(pair.naive is not None for pair in pairs),
        skill=_skill(pairs),
    )


def _mean(numbers: Sequence[float]) -> float | None:
    return math.fsum(numbers) / len(numbers) if numbers else None


def _skill(pairs: Sequence[Pair]) -> float | None:
    both = [(abs(pair.error), abs(pair.naive - pair.outcome.value)) for pair in pairs if pair.naive is not None]
    naive = math.fsum(error for _, error in both)
    return 1 - math.fsum(error for error, _ in both) / naive if naive else None


def where_of(one: Prediction | Outcome) -> str:
    """Return place and time of a prediction or outcome, to be read."""
    time = f"{one.year}-{one.month:02d}" if one.month else f"{one.year}"
    return f"{called(one.place)} {time}"
