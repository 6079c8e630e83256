"""Stocks and inflow: largest remainder, weights, what was known, what the facts cover, whole persons a day."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from simulator.calendars.span import Span
from simulator.demand import stocks
from simulator.demand.stocks import Path, extrapolated, national_path, place_stocks, spread, weights
from simulator.errors import InputError
from simulator.pipeline import prepare, span_of
from tests.unit.demand.made_up import scenario_of

DECEMBER = date(2021, 12, 19).toordinal()
SPAN = Span(date(2021, 11, 1).toordinal(), 200, 48, 76, 105)
COPENHAGEN, AARHUS, AALBORG, ODENSE = "101", "751", "851", "461"


def level(*by_day: float) -> Path:
    return Path(np.array(by_day), None, "made up")


def path_of(text: str, group: str = "dagpenge", *sets: str) -> Path:
    scenario = scenario_of(text, *sets)
    return national_path(scenario, scenario.baseline, group, span_of(scenario))


def on(path: Path, text: str, day: str) -> float:
    return float(path.level[date.fromisoformat(day).toordinal() - span_of(scenario_of(text)).first])


@pytest.mark.parametrize(
    ("total", "shares", "wanted"),
    [
        (10, [1, 1, 1], [4, 3, 3]),
        (7, [0.5, 0.3, 0.2], [4, 2, 1]),
        (100, [17.9, 7.9, 74.2], [18, 8, 74]),
        (5, [0, 3, 2], [0, 3, 2]),
        (0, [1, 2], [0, 0]),
    ],
)
def test_whole_persons_by_largest_remainder(total: int, shares: list[float], wanted: list[int]) -> None:
    """7 x (0.5, 0.3, 0.2) = 3.5, 2.1, 1.4: 3 + 2 + 1, the seventh to remainder 0.5; a tie to the first."""
    assert spread(total, shares) == wanted
    assert sum(spread(total, shares)) == total


@pytest.mark.parametrize(("code", "per_cent"), [(COPENHAGEN, 17.9), (AARHUS, 7.9), (AALBORG, 5.2), (ODENSE, 4.2)])
def test_dagpenge_by_municipality_is_the_real_one_and_not_the_population(code: str, per_cent: float) -> None:
    """Copenhagen has 17.9 per cent of dagpenge recipients (10.9 of the population), as the published table says."""
    by_place = dict(weights("dagpenge", DECEMBER))
    assert 100 * by_place[code] / sum(by_place.values()) == pytest.approx(per_cent, abs=0.05)


def test_a_suppressed_cell_takes_the_share_of_its_population(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others have 100 + 20 persons of 1,000 + 3,000 people, 3 per 100: a place of 400 people gets 12."""
    printed = [("101", 1_000, 100), ("461", 400, None), ("751", 3_000, 20)]
    rows = [
        {"municipality_code": code, "population_2021_12": people, "dagpenge_2021_12": count}
        for code, people, count in printed
    ]
    monkeypatch.setattr(stocks, "table", lambda name: rows)
    found = weights.__wrapped__("dagpenge", DECEMBER)
    assert found == (("101", 100.0), ("461", pytest.approx(12.0)), ("751", 20.0))


def test_activity_ready_are_cash_assistance_less_job_ready() -> None:
    """Copenhagen: 11,953 persons less 1,271 job-ready."""
    assert dict(weights("aktivitetsparat", DECEMBER))[COPENHAGEN] == 11_953 - 1_271


def test_the_column_is_the_one_of_the_days() -> None:
    """Dagpenge of 2020 by the second quarter of 2020 (Copenhagen 15,890), from 2021 by December 2021 (10,601)."""
    assert dict(weights("dagpenge", date(2020, 12, 31).toordinal()))[COPENHAGEN] == 15_890
    assert dict(weights("dagpenge", date(2021, 1, 1).toordinal()))[COPENHAGEN] == 10_601
    assert dict(weights("dagpenge", date(2010, 1, 1).toordinal()))[COPENHAGEN] == 15_890, "the first before all"


def test_the_level_stands_in_the_middle_of_its_month_and_runs_straight_between() -> None:
    """Adjusted dagpenge: 66,253 in December 2021, 65,543 in January 2022; 15 December to 15 January is 31 days."""
    path = path_of("")
    assert on(path, "", "2021-12-15") == 66_253
    assert on(path, "", "2022-01-15") == 65_543
    assert on(path, "", "2021-12-25") == pytest.approx(66_253 + (65_543 - 66_253) * 10 / 31)
    assert path.held_from is None


def test_the_unadjusted_series_jumps_in_january() -> None:
    text = "demand: {stock_series: unadjusted}\n"
    path = path_of(text)
    assert (on(path, text, "2021-12-15"), on(path, text, "2022-01-15")) == (59_208, 72_918)


def test_a_constant_series_is_that_of_the_first_day_of_the_period() -> None:
    text = "demand: {stock_series: constant}\n"
    assert set(path_of(text).level.tolist()) == {on(path_of(""), "", "2021-12-19")}


def test_scales_multiply_the_level() -> None:
    sets = ("demand.scale=0.5", "demand.stock_scale.dagpenge=0.9", "demand.stock_scale.jobparat=0.3")
    assert on(path_of("", "dagpenge", *sets), "", "2021-12-15") == pytest.approx(66_253 * 0.45)
    assert path_of("", "sygedagpenge", *sets).level[0] == 40_000, "only demand.scale, of 80,000"


def test_what_was_known_on_a_day_is_carried_on_and_says_so() -> None:
    """On 15 December 2021 the last month out was October 2021 (published 30 November): 75,488 from 15 October on."""
    text = "known_as_of: 2021-12-15\n"
    path = path_of(text)
    assert on(path, text, "2021-12-15") == on(path, text, "2022-01-15") == 75_488
    assert path.held_from == date(2021, 10, 15)


def test_a_month_is_known_on_the_day_it_is_published() -> None:
    for known, wanted in (("2022-01-30", 69_458), ("2022-01-31", 66_253)):
        text = f"known_as_of: {known}\n"
        assert on(path_of(text), text, "2022-01-15") == wanted


def test_nothing_known_is_an_error_that_says_on_which_day() -> None:
    own = ("attendance.exception_share=0.3", "demand.stock.aktivitetsparat=1", "demand.stock.jobafklaring=1")
    with pytest.raises(InputError, match=r"no month of .*dagpenge_adjusted, was known on 2019-01-01"):
        path_of("known_as_of: 2019-01-01\n", "dagpenge", *own)


@pytest.mark.parametrize(
    ("start", "end", "fact"),
    [
        ("2023-01-02", "2023-01-08", r"demand.stock.aktivitetsparat covers 2021-08-01 to 2022-12-31"),
        ("2021-09-01", "2021-10-15", r"demand.stock.jobafklaring covers 2021-10-01 to 2022-12-31"),
        ("2026-07-20", "2026-08-02", r"stocks_monthly.csv, dagpenge_adjusted covers 2019-01-01 to 2026-07-31"),
    ],
)
def test_a_period_that_the_facts_do_not_cover_names_the_fact_and_its_last_date(start: str, end: str, fact: str) -> None:
    scenario = scenario_of("", f"period.from={start}", f"period.to={end}")
    with pytest.raises(InputError, match=fact) as caught:
        prepare(scenario)
    assert "facts.extrapolate" in str(caught.value)
    assert f"the period is {start} to {end}" in str(caught.value)


def test_a_period_to_the_last_day_that_is_covered_is_fine_and_one_day_more_is_not() -> None:
    scenario = scenario_of("places: [Fano]\n", "period.from=2022-12-19", "period.to=2022-12-31")
    assert not extrapolated(scenario, span_of(scenario))
    prepare(scenario)
    with pytest.raises(InputError, match="covers"):
        prepare(scenario_of("places: [Fano]\n", "period.from=2022-12-19", "period.to=2023-01-01"))


def test_extrapolating_carries_the_level_on_and_names_what_is_carried() -> None:
    scenario = scenario_of(
        "places: [Fano]\nfacts: {extrapolate: true}\n", "period.from=2026-08-03", "period.to=2026-08-09"
    )
    found = extrapolated(scenario, span_of(scenario))
    assert "stocks_monthly.csv, dagpenge" in found
    assert "demand.stock.sygedagpenge" in found
    path = national_path(scenario, scenario.baseline, "dagpenge", span_of(scenario))
    assert path.level[-1] == 78_459
    assert path.held_from == date(2026, 7, 15)


def test_the_unadjusted_series_has_a_cover_of_its_own() -> None:
    """It begins later than the adjusted one; a week of 2019 is carried back, and that is said."""
    text = "places: [Fano]\ndemand: {stock_series: unadjusted}\nfacts: {extrapolate: true}\n"
    scenario = scenario_of(text, "period.from=2019-02-04", "period.to=2019-02-10")
    assert "stocks_monthly.csv, dagpenge" in " ".join(extrapolated(scenario, span_of(scenario)))


def test_inflow_is_level_over_mean_spell() -> None:
    """A level of 10,000 with spells of 100 days: 100 come in a day, and after 199 days 19,900 to the person a place."""
    found = place_stocks(level(*[10_000.0] * 200), "dagpenge", 100.0, SPAN)
    assert sum(found.stock) == 10_000
    assert not found.entering[:, 0].any()
    total = np.cumsum(found.entering.sum(axis=0))
    assert np.abs(total - 100 * np.arange(200)).max() <= 98 / 2, "98 places, each within one person"
    shares = np.array([weight for _, weight in weights("dagpenge", DECEMBER)])
    exact = shares / shares.sum() * 19_900
    assert np.abs(found.entering.sum(axis=1) - exact).max() <= 1, "no drift in any place"


def test_inflow_follows_the_change_of_the_level() -> None:
    """10,000 on each day and 50 more each day from day 100: 100 a day, then (10,000 + 50 d) / 100 + 50."""
    rising = [10_000 + 50.0 * max(day - 100, 0) for day in range(200)]
    found = place_stocks(level(*rising), "dagpenge", 100.0, SPAN)
    wanted = [0.0] + [rising[day] / 100 + rising[day] - rising[day - 1] for day in range(1, 200)]
    assert wanted[100] == 100
    assert wanted[101] == 150.5
    total = np.cumsum(found.entering.sum(axis=0))
    assert np.abs(total - np.cumsum(wanted)).max() <= 98 / 2


def test_a_fall_faster_than_people_leave_lets_nobody_in() -> None:
    falling = [10_000 - 200.0 * day for day in range(40)]
    assert not place_stocks(level(*falling), "dagpenge", 100.0, SPAN).entering.any()


def test_nobody_comes_into_a_group_that_is_empty() -> None:
    found = place_stocks(level(*[0.0] * 20), "dagpenge", 100.0, SPAN)
    assert sum(found.stock) == found.entering.sum() == 0
