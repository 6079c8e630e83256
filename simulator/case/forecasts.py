"""The forecast book of the cases: predictions that issued answers carry, and how they fared when data came."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from simulator.case.desk import Desk
from simulator.case.folder import CaseFolder, cases_in
from simulator.case.journal import Entry, read_journal
from simulator.case.state import State, Version, state_of
from simulator.case.status import UDGAAET, shown
from simulator.errors import InputError
from simulator.forecast import (
    By,
    Outcome,
    Prediction,
    Scores,
    content_of,
    content_of_predictions,
    predictions_from,
    predictions_of,
    scored,
)

PREDICTED, SCORED = "predicted", "scored"


@dataclass(frozen=True)
class Forecast:
    """The predictions that a version carries.

    Attributes:
        case: Its case.
        version: The version.
        issued: Day from which what is published counts as an outcome: when they were made.
        predictions: The predictions.
    """

    case: CaseFolder
    version: Version
    issued: date
    predictions: tuple[Prediction, ...]


@dataclass(frozen=True)
class Score:
    """What became of a forecast.

    Attributes:
        forecast: The forecast.
        scores: Its predictions beside the outcomes.
    """

    forecast: Forecast
    scores: Scores


def predicted(desk: Desk, number: int | None, by: By) -> Forecast:
    """Let a version carry predictions of its run; they are never changed afterwards.

    Raises:
        InputError: There is no such version, it is no longer in force, it carries some already, or the run does not
            hold what is asked for.
    """
    version = desk.state.chosen(number, str(desk.case.path))
    if version.status == UDGAAET:
        raise InputError.one(f"is {shown(UDGAAET)}", str(desk.case.path), f"v{version.number}")
    if any(entry.kind == PREDICTED and entry.version == version.number for entry in desk.state.entries):
        message = "carries predictions already; they are not changed, another version may carry others"
        raise InputError.one(message, str(desk.case.path), f"v{version.number}")
    found = predictions_of(desk.case.version(version.number).run, by)
    entry = desk.write(PREDICTED, version.number, {"predictions": content_of_predictions(found)})
    return Forecast(desk.case, version, _day(entry), found)


def forecasts_of(cases: Path, names: Sequence[str] = (), *, drafts: bool = False) -> tuple[Forecast, ...]:
    """Return the forecasts of cases, the earliest first: those of versions that were sent.

    Args:
        cases: The folder of cases.
        names: Only these; all where left out.
        drafts: Whether those of versions that were not sent count too.

    Raises:
        InputError: A journal is not as it was written.
    """
    found = [
        forecast
        for case in cases_in(cases)
        if not names or case.name in names
        for forecast in _of_case(case, state_of(read_journal(case)))
        if drafts or forecast.version.was_sent
    ]
    return tuple(sorted(found, key=lambda one: (one.issued, one.case.name, one.version.number)))


def _of_case(case: CaseFolder, state: State) -> Iterator[Forecast]:
    for entry in state.entries:
        if entry.kind == PREDICTED:
            where = str(case.journal / entry.file)
            predictions = predictions_from(entry.said["predictions"], where)
            yield Forecast(case, state.version(entry.version), _day(entry), predictions)


def _day(entry: Entry) -> date:
    return entry.at.astimezone().date()


def score_of(forecast: Forecast, outcomes: Sequence[Outcome]) -> Score:
    """Return how a forecast fared."""
    return Score(forecast, scored(forecast.predictions, outcomes, issued=forecast.issued))


def keep_score(desk: Desk, score: Score, data: Path) -> Entry:
    """Keep a score in the journal of its case, with the hash of the file of outcomes."""
    said = {
        "data": data.name,
        "sha256": hashlib.sha256(data.read_bytes()).hexdigest(),
        "scores": content_of(score.scores),
    }
    return desk.write(SCORED, score.forecast.version.number, said)


def kept_scores(cases: Path, names: Sequence[str] = ()) -> Iterator[tuple[CaseFolder, Entry, dict[str, Any]]]:
    """Yield the scores that were kept: the case, the entry and what it says."""
    for case in cases_in(cases):
        if not names or case.name in names:
            for entry in read_journal(case):
                if entry.kind == SCORED:
                    yield case, entry, dict(entry.said)
