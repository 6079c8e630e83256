"""Legal holidays, by dates taken from printed calendars."""

from __future__ import annotations

from datetime import date

import pytest

from simulator.calendars import easter_sunday, legal_holidays


@pytest.mark.parametrize(
    "easter",
    [
        date(1900, 4, 15),
        date(1943, 4, 25),  # the latest Easter there can be
        date(1954, 4, 18),  # a year in which simpler rules go wrong
        date(1981, 4, 19),  # the same
        date(2008, 3, 23),
        date(2019, 4, 21),
        date(2020, 4, 12),
        date(2021, 4, 4),
        date(2022, 4, 17),
        date(2024, 3, 31),
        date(2049, 4, 18),
        date(2076, 4, 19),
        date(2100, 3, 28),
    ],
)
def test_easter_sunday_is_that_of_the_almanac(easter: date) -> None:
    assert easter_sunday(easter.year) == easter


def test_legal_holidays_of_2021_by_hand() -> None:
    assert {(holiday.day.isoformat(), holiday.name) for holiday in legal_holidays(2021)} == {
        ("2021-01-01", "Nytårsdag"),
        ("2021-04-01", "Skærtorsdag"),
        ("2021-04-02", "Langfredag"),
        ("2021-04-04", "Påskedag"),
        ("2021-04-05", "2. påskedag"),
        ("2021-04-30", "Store bededag"),
        ("2021-05-13", "Kristi himmelfartsdag"),
        ("2021-05-23", "Pinsedag"),
        ("2021-05-24", "2. pinsedag"),
        ("2021-12-25", "Juledag"),
        ("2021-12-26", "2. juledag"),
    }


def test_legal_holidays_on_weekdays_of_2022_by_hand() -> None:
    weekdays = {holiday.day for holiday in legal_holidays(2022) if holiday.day.weekday() < 5}
    assert weekdays == {
        date(2022, 4, 14),
        date(2022, 4, 15),
        date(2022, 4, 18),
        date(2022, 5, 13),
        date(2022, 5, 26),
        date(2022, 6, 6),
        date(2022, 12, 26),
    }


@pytest.mark.parametrize(("year", "held"), [(1900, True), (2022, True), (2023, True), (2024, False), (2050, False)])
def test_store_bededag_is_held_up_to_and_including_2023(year: int, held: bool) -> None:
    assert ("Store bededag" in {holiday.name for holiday in legal_holidays(year)}) is held


def test_the_friday_of_store_bededag_2023_and_2024() -> None:
    assert date(2023, 5, 5) in {holiday.day for holiday in legal_holidays(2023)}
    assert date(2024, 4, 26) not in {holiday.day for holiday in legal_holidays(2024)}


@pytest.mark.parametrize("year", [1899, 2101])
def test_a_year_outside_the_rules_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match="1900-2100"):
        legal_holidays(year)


@pytest.mark.parametrize("year", [1900, 2100])
def test_the_first_and_the_last_year_are_known(year: int) -> None:
    assert len(legal_holidays(year)) >= 10
