"""Finansårsvirkning, helårsvirkning and varig virkning: of made-up kroner, and of three years of one island."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from simulator.results.measure import Measure, measure_of
from tests.unit.demand.made_up import scenario_of
from tests.unit.results.permanent_run import run

KR = {2021: -1e6, 2022: -4e6, 2023: -8e6, 2024: -10e6, 2025: -10.5e6, 2026: -7e6, 2027: -2e6}


def table(**columns: Any) -> pd.DataFrame:
    """Return a table of kroner: a row of the headline and one that is not in it, for each year."""
    years = list(KR)
    inside = pd.DataFrame({"year": years, "kr": [KR[year] for year in years], "in_headline": 1})
    return pd.concat([inside, inside.assign(in_headline=0, kr=99e6)], ignore_index=True).assign(**columns)


def measured(period: str, permanent: bool = True, profile: str = "two_years", weeks: int = 52) -> Measure:
    text = f"period: {{{period}, permanent: {str(permanent).lower()}}}\nsaldo: {{time_profile: {profile}}}\n"
    scenario = scenario_of(text, f"saldo.profile.even.weeks={weeks}")
    setting: Any = SimpleNamespace(scenario=scenario)
    return measure_of(setting, table())


def test_a_temporary_measure_moves_the_years_and_has_no_structural_effect() -> None:
    found = measured("from: 2021-12-19, to: 2022-01-16", permanent=False)
    assert found["financial_years"] == {str(year): pytest.approx(kr / 1e6) for year, kr in KR.items()}
    assert found["lasting_effect"] == 0
    nothing = ("complete_to", "full_year", "full_year_effect", "needs_to")
    assert [found[name] for name in nothing] == [None] * 4
    assert not found["permanent"]


def test_a_permanent_measure_has_a_first_full_year_and_a_lasting_effect() -> None:
    """From 1 January 2021: 730 days on is 1 January 2023, so 2023 is full. Its mean with 2024 and 2025 is 9.5 mio. kr.

    The years of phasing in, 2021 and 2022, are no part of it, nor are 2026 and 2027, when the run has ended.
    """
    found = measured("from: 2021-01-01, to: 2025-12-31")
    assert found["permanent"]
    assert (found["full_year"], found["complete_to"]) == (2023, 2025)
    assert found["full_year_effect"] == pytest.approx(-8.0)
    assert found["lasting_effect"] == pytest.approx((-8.0 - 10.0 - 10.5) / 3)
    assert found["needs_to"] is None


@pytest.mark.parametrize(
    ("first", "profile", "weeks", "full_year"),
    [
        ("2021-01-01", "two_years", 52, 2023),
        ("2021-01-02", "two_years", 52, 2024),
        ("2020-12-31", "two_years", 52, 2023),
        ("2023-01-01", "two_years", 52, 2025),
        ("2021-01-01", "even", 52, 2022),
        ("2021-01-01", "even", 53, 2023),
        ("2021-07-01", "even", 26, 2022),
        ("2021-07-03", "even", 26, 2022),
        ("2021-07-04", "even", 26, 2023),
    ],
)
def test_the_first_full_year_begins_when_the_first_effect_has_ended(
    first: str, profile: str, weeks: int, full_year: int
) -> None:
    """An effect lasts 730 days, or some weeks: 182 days from 3 July 2021 end with the year, from 4 July a day later.

    364 days from 1 January 2021 end on 30 December. 2024 is a leap year: 730 days from 1 January 2023 end a day before
    the new year.
    """
    found = measured(f"from: {first}, to: {full_year}-12-31", profile=profile, weeks=weeks)
    assert found["full_year"] == full_year
    assert found["full_year_effect"] == pytest.approx(KR[full_year] / 1e6)


@pytest.mark.parametrize(
    ("last", "full"), [("2023-12-31", [2023]), ("2024-12-30", [2023]), ("2024-12-31", [2023, 2024])]
)
def test_a_year_counts_only_when_the_run_goes_to_its_last_day(last: str, full: list[int]) -> None:
    found = measured(f"from: 2021-01-01, to: {last}")
    assert found["complete_to"] == full[-1]
    assert found["lasting_effect"] == pytest.approx(sum(KR[year] for year in full) / len(full) / 1e6)


def test_a_run_that_is_too_short_says_how_long_it_must_be() -> None:
    found = measured("from: 2021-01-01, to: 2023-12-30")
    assert [found[name] for name in ("full_year", "full_year_effect", "lasting_effect")] == [None] * 3
    assert found["needs_to"] == "2023-12-31"


def test_three_years_of_an_island_are_phased_in_in_the_third() -> None:
    """What falls in 2024 and 2025 is the tail of the three years: they hold no conversations of their own."""
    found, saldo = run().headline["measure"], run().tables["saldo"]
    counted = saldo[saldo["in_headline"] == 1]
    by_year = counted.groupby("year")["kr"].sum() / 1e6
    assert found["permanent"]
    assert found["full_year"] == found["complete_to"] == 2023
    assert found["full_year_effect"] == found["lasting_effect"] == pytest.approx(by_year[2023])
    assert found["financial_years"] == {str(year): pytest.approx(kr) for year, kr in by_year.items()}
    assert sum(found["financial_years"].values()) == pytest.approx(
        run().headline["saldo_mio_kr"]["employment_effect"]["mean"]
    )
    assert set(found["financial_years"]) == {"2021", "2022", "2023", "2024", "2025"}
    assert abs(found["full_year_effect"]) > abs(found["financial_years"]["2021"]) > 0
    assert abs(found["financial_years"]["2024"]) > abs(found["financial_years"]["2025"]) > 0


def test_nothing_of_it_is_discounted() -> None:
    """The years under the concept add up to its figure in kroner of one year, which the social view alone discounts."""
    headline = run().headline
    assert headline["saldo_mio_kr_by_concept"]["with_running_costs"]["mean"] == pytest.approx(
        sum(headline["measure"]["financial_years"].values())
    )
    assert set(run().tables["concepts"]["price_level"]) == {headline["price_year"]} == {2021}
