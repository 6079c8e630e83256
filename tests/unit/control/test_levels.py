"""The control's levels: a broken line, municipal shares, and cohorts against a loop over days."""

from __future__ import annotations

import pytest

from simulator.control import levels
from simulator.control.levels import Level, level_of
from simulator.control.spells import Spells
from simulator.pipeline import span_of
from tests.unit.demand.made_up import scenario_of

SPELLS = Spells((0, 28, 200), (1 - 0.110 / 7, 1 - 0.039 / 7))
"""Two hazards, and nobody beyond 200 days."""


def survival() -> list[float]:
    """Return the share still running at each age, one day at a time."""
    alive = [1.0]
    for age in range(199):
        alive.append(alive[-1] * (1 - (0.110 if age < 28 else 0.039) / 7))
    return alive


def walked(level: Level, days: int) -> list[list[float]]:
    """Return the persons by age on each day: everybody a day older, those who stay, and who comes in."""
    alive = survival()
    mean = sum(alive)
    persons = [level.national(0) * share / mean for share in alive]
    found = [persons]
    for day in range(1, days):
        stay = [persons[age] * alive[age + 1] / alive[age] for age in range(199)]
        entering = level.national(day) / mean + level.national(day) - level.national(day - 1)
        persons = [max(entering, 0.0), *stay]
        found.append(persons)
    return found


@pytest.mark.parametrize(
    "points",
    [((0, 1_000.0),), ((0, 1_000.0), (60, 1_120.0)), ((0, 1_000.0), (30, 940.0), (60, 1_000.0))],
    ids=["level", "rising", "down and up"],
)
def test_cohorts_are_those_of_a_walk_through_the_days(points: tuple[tuple[int, float], ...]) -> None:
    level = Level(points, {})
    by_day = walked(level, 60)
    for day in (0, 1, 13, 40, 59):
        for low, high in ((0, 28), (10, 20), (28, 200), (0, 200), (50, 60)):
            wanted = sum(by_day[day][low:high])
            assert level.aged(day, (low, high), SPELLS) == pytest.approx(wanted, rel=1e-9)


def test_a_stationary_stock_keeps_its_level() -> None:
    level = Level(((0, 1_000.0),), {})
    assert [level.aged(day, (0, 200), SPELLS) for day in (0, 30, 90)] == pytest.approx([1_000.0] * 3)


def test_the_level_is_straight_between_points_and_flat_outside() -> None:
    level = Level(((10, 100.0), (20, 200.0)), {})
    assert [level.national(day) for day in (0, 10, 13, 20, 99)] == [100.0, 100.0, 130.0, 200.0, 200.0]


def test_nobody_comes_in_when_the_level_falls_faster_than_people_leave() -> None:
    level = Level(((0, 1_000.0), (10, 100.0)), {})
    assert level.entering(5, 100.0) == 0.0
    assert level.entering(0, 100.0) == level.entering(-3, 100.0) == 10.0


def test_the_level_of_dagpenge_is_the_adjusted_series_and_its_scales() -> None:
    """66,253 in the middle of December 2021, day 44 of a span from 1 November."""
    scenario = scenario_of("", "demand.scale=0.5", "demand.stock_scale.dagpenge=0.9")
    assert level_of(scenario, "dagpenge", span_of(scenario)).national(44) == pytest.approx(66_253 * 0.45)
    assert level_of(scenario, "sygedagpenge", span_of(scenario)).national(44) == 40_000


@pytest.mark.parametrize(("known", "level"), [("2022-01-30", 69_458), ("2022-01-31", 66_253)])
def test_the_level_is_what_was_known(known: str, level: int) -> None:
    scenario = scenario_of(f"known_as_of: {known}\n")
    assert level_of(scenario, "dagpenge", span_of(scenario)).national(75) == level


def test_a_constant_level_is_that_of_the_first_day_of_the_period() -> None:
    moving, fixed = scenario_of(""), scenario_of("demand: {stock_series: constant}\n")
    day = span_of(fixed).period_from
    assert level_of(fixed, "dagpenge", span_of(fixed)).points == (
        (0, level_of(moving, "dagpenge", span_of(moving)).national(day)),
    )


def test_shares_of_places_are_the_published_ones() -> None:
    scenario = scenario_of("")
    share = level_of(scenario, "dagpenge", span_of(scenario)).share
    assert sum(share.values()) == pytest.approx(1.0)
    assert {code: round(100 * share[code], 1) for code in ("101", "751", "851", "461")} == {
        "101": 17.9,
        "751": 7.9,
        "851": 5.2,
        "461": 4.2,
    }


def test_a_suppressed_cell_takes_the_share_of_its_population(monkeypatch: pytest.MonkeyPatch) -> None:
    """100 + 20 persons of 1,000 + 3,000 people are 3 per 100: 12 of 400 people, so 12 / 132 of all."""
    printed = [("101", 1_000, 100), ("461", 400, None), ("751", 3_000, 20)]
    rows = [
        {"municipality_code": code, "population_2021_12": people, "sygedagpenge_2021q4": count}
        for code, people, count in printed
    ]
    scenario = scenario_of("")
    monkeypatch.setattr(levels, "table", lambda name: rows)
    share = level_of(scenario, "sygedagpenge", span_of(scenario)).share
    assert share == pytest.approx({"101": 100 / 132, "461": 12 / 132, "751": 20 / 132})
