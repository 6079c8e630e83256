"""The calendar against another program: the `holidays` package, day by day from 1990 to 2050."""

from __future__ import annotations

from datetime import date

import holidays
import pytest

from simulator.calendars import customary_closures, legal_holidays

YEARS = range(1990, 2051)


@pytest.mark.parametrize("year", YEARS)
def test_legal_holidays_are_the_public_holidays(year: int) -> None:
    oracle = set(holidays.country_holidays("DK", years=year, categories=("public",)))
    assert {holiday.day for holiday in legal_holidays(year)} == oracle


@pytest.mark.parametrize("year", YEARS)
def test_customary_days_but_the_friday_after_ascension_are_the_optional_holidays(year: int) -> None:
    oracle = set(holidays.country_holidays("DK", years=year, categories=("optional",)))
    lines = [line for line in customary_closures() if line.switch != "friday_after_ascension"]
    assert {line.on(year) for line in lines} == oracle


def test_the_friday_after_ascension_is_the_day_after_the_holiday() -> None:
    line = next(line for line in customary_closures() if line.switch == "friday_after_ascension")
    for year in YEARS:
        ascension = next(holiday.day for holiday in legal_holidays(year) if holiday.name == "Kristi himmelfartsdag")
        assert line.on(year) == date.fromordinal(ascension.toordinal() + 1)
        assert line.on(year).weekday() == 4
