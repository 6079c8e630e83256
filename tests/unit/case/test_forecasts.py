"""Which predictions the forecast book of the cases holds, and what it keeps."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from simulator.case.forecasts import forecasts_of, score_of
from simulator.case.journal import read_journal
from simulator.case.state import state_of
from simulator.forecast import Outcome, Prediction, content_of_predictions
from tests.unit.case.made_up_cases import AT, answer, made_case, put

SAID = Prediction("held", "461", 2022, 3, 1000.0, sd=30.0, low=940.0, high=1060.0, kind="events", nominal=0.95)
MADE = AT.date()


def test_only_what_was_sent_is_an_issued_forecast(tmp_path: Path) -> None:
    case = made_case(tmp_path)
    state = put(case, state_of(read_journal(case)), "answered", 1, answer())
    state = put(case, state, "predicted", 1, {"predictions": content_of_predictions([SAID])})
    assert forecasts_of(tmp_path) == ()
    assert [one.version.number for one in forecasts_of(tmp_path, drafts=True)] == [1]
    state = put(case, state, "checked", 1, {"within": True, "difference_share": 0.0})
    state = put(case, put(case, state, "cleared", 1), "sent", 1, {"recipient": "FIU", "files": {}})
    [found] = forecasts_of(tmp_path)
    assert (found.predictions, found.issued) == ((SAID,), MADE)
    assert forecasts_of(tmp_path, ["another"]) == ()


def test_what_was_published_before_the_prediction_is_no_outcome(tmp_path: Path) -> None:
    case = made_case(tmp_path)
    state = put(case, state_of(read_journal(case)), "answered", 1, answer())
    put(case, state, "predicted", 1, {"predictions": content_of_predictions([SAID])})
    [forecast] = forecasts_of(tmp_path, drafts=True)

    def pairs(published: date) -> list[float]:
        outcome = Outcome("held", "461", 2022, 3, 1050.0, "made up", published)
        return [pair.error for pair in score_of(forecast, [outcome]).scores.pairs]

    assert pairs(MADE - timedelta(days=1)) == []
    assert pairs(MADE + timedelta(days=1)) == [-50.0]
