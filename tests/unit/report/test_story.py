"""What changes in a run, and which way it goes."""

from __future__ import annotations

import pytest

from simulator.report.story import Story, direction
from simulator.report.weeks import closed_weeks, days_of, meeting_days_of, period_weeks, weekdays_of
from tests.unit.report.conftest import RunOf


@pytest.mark.parametrize(
    ("shape", "change", "way"),
    [
        ("published", "form", "loss"),
        ("null", "none", "none"),
        ("gain", "form", "gain"),
        ("suspension", "volume", "none"),
        ("fewer_talks", "volume", "loss"),
        ("both", "both", "loss"),
        ("reverse", "reverse", "none"),
    ],
)
def test_the_change_and_its_direction_are_read_from_the_run(run_of: RunOf, shape: str, change: str, way: str) -> None:
    story = Story(run_of(shape))
    assert (story.change, story.direction) == (change, way)


def test_less_than_half_a_krone_has_no_direction() -> None:
    assert [direction(kr) for kr in (-0.6, -0.4, 0.0, 0.4, 0.6)] == ["loss", "none", "none", "none", "gain"]


def test_volume_stands_beside_the_headline_under_the_concept_of_the_note_alone(run_of: RunOf) -> None:
    assert Story(run_of("suspension")).volume_beside
    assert not Story(run_of("fewer_talks")).volume_beside


def test_the_days_of_the_published_case(run_of: RunOf) -> None:
    run = run_of("published")
    days = days_of(run)
    assert len(days) == 29 and weekdays_of(run) == 20 and meeting_days_of(run) == 10
    kinds = {day.day.isoformat(): day.kind for day in days}
    assert kinds["2021-12-24"] == "customary_closure" and kinds["2021-12-23"] == "closure_week"
    assert kinds["2021-12-25"] == "weekend" and kinds["2022-01-03"] == "weekday"
    assert period_weeks(run) == [(2021, 51), (2021, 52), (2022, 1), (2022, 2)]
    assert closed_weeks(run) == {(2021, 50), (2021, 51), (2021, 52)}
    held = sum(float(row["count"]) for row in run.table("conversations") if row["arm"] == "proposal")
    assert sum(day.conversations for day in days) == pytest.approx(held)
