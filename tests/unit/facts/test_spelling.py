"""Numbers, dates and words as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from simulator.facts.spelling import day, decimal, did_you_mean, fold, machine_decimal, truth, week, whole


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0,65", 0.65), ("0.65", 0.65), ("65 %", 0.65), ("65%", 0.65), ("65\u00a0%", 0.65), ("65 pct.", 0.65),
        ("65 PCT", 0.65), ("12,3 %", 0.123), ("0.1 %", 0.001), ("\u22120,2", -0.2), ("\u20130,2", -0.2), ("+3", 3.0),
        ("-0", 0.0), ("1e6", 1e6), ("1.5e-3", 0.0015), ("0.125", 0.125), ("-0.125", -0.125), ("0,125", 0.125),
        ("1,000", 1.0), ("1.0000", 1.0), ("1.000,5", 1000.5), ("1.234.567", 1234567.0), ("10 000", 10000.0),
        ("10\u00a0000,5", 10000.5), (" 7 ", 7.0), ("010", 10.0), ("1.25", 1.25), ("1234.567", 1234.567),
    ],
)  # fmt: skip
def test_decimal_numbers(written: str, number: float) -> None:
    assert decimal(written) == number


@pytest.mark.parametrize("written", ["1.000", "-1.000", "12.345", "100.000", "1.000 %"])
def test_a_point_before_three_digits_has_two_readings(written: str) -> None:
    with pytest.raises(ValueError, match="has two readings"):
        decimal(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "x",
        "nan",
        "inf",
        "-inf",
        ".5",
        "5.",
        "0x10",
        "1_000",
        "1,000.5",
        "12:30",
        "1,2,3",
        "1 00",
        "--1",
        "%",
        "٣",
        "1e999",
        "9" * 50,
    ],
)
def test_what_is_no_decimal_number(written: str) -> None:
    with pytest.raises(ValueError, match=r"not a number|too large|too long"):
        decimal(written)


def test_a_percentage_is_refused_where_it_measures_nothing() -> None:
    with pytest.raises(ValueError, match="is a percentage"):
        decimal("5 %", per_cent=False)


@pytest.mark.parametrize(
    ("written", "number"), [("10.000", 10_000), ("10 000", 10_000), ("7", 7), ("\u22125", -5), ("1.000.000", 10**6)]
)
def test_whole_numbers(written: str, number: int) -> None:
    assert whole(written) == number


@pytest.mark.parametrize("written", ["", "1,5", "1.5", "1.00", "ten", "9" * 5000, "1e3", "10 000,5"])
def test_what_is_no_whole_number(written: str) -> None:
    with pytest.raises(ValueError, match="not a whole number"):
        whole(written)


def test_machine_numbers_have_a_point_and_no_groups() -> None:
    assert machine_decimal("1.000") == 1.0
    for written in ("0,5", "5 %", "nan", "1 000", ""):
        with pytest.raises(ValueError, match="not a number"):
            machine_decimal(written)


@pytest.mark.parametrize(
    "written", ["2021-12-09", "09.12.2021", "9.12.2021", "9. 12. 2021", "09-12-2021", " 2021-12-9 "]
)
def test_days(written: str) -> None:
    assert day(written) == date(2021, 12, 9)


@pytest.mark.parametrize("written", ["2021-02-30", "30.02.2021", "2021-13-01", "0000-01-01", "29.02.2021"])
def test_days_that_do_not_exist(written: str) -> None:
    with pytest.raises(ValueError, match="does not exist"):
        day(written)


@pytest.mark.parametrize("written", ["", "09/12/2021", "9.12.21", "2021", "2021-12-09T10:00", "Christmas"])
def test_what_is_no_day(written: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        day(written)


@pytest.mark.parametrize("written", ["2021-W51", "2021-51", "2021W51", "2021-w51", "2021 51", "2021-U51"])
def test_weeks(written: str) -> None:
    assert week(written) == "2021-W51"


def test_weeks_that_do_not_exist() -> None:
    assert week("2020-W53") == "2020-W53"
    for written in ("2021-W53", "2021-W00", "2021-W60"):
        with pytest.raises(ValueError, match="2021 has weeks 1 to 52"):
            week(written)
    with pytest.raises(ValueError, match="is not a week"):
        week("W51")


def test_truth() -> None:
    assert [truth(word) for word in ("ja", "JA", "yes", "true")] == [True] * 4
    assert [truth(word) for word in ("nej", "no", "False")] == [False] * 3
    with pytest.raises(ValueError, match="neither yes nor no"):
        truth("1")


def test_words_without_danish_letters() -> None:
    assert fold("Møder i A-kasse på Ærø") == "moeder_i_a_kasse_paa_aeroe"
    assert did_you_mean("opfølgning", ["opfoelgning", "jobsamtale"]) == "; did you mean opfoelgning?"
    assert did_you_mean("xyz", ["opfoelgning"]) == ""
