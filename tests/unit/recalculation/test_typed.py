"""What people type into a cell: decimals in two spellings, per cent, thousands, and what is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.recalculation.typed import day_of, number_of


@pytest.mark.parametrize(
    ("content", "unit", "value"),
    [
        (0.22, "share", 0.22),
        (1, "share", 1.0),
        ("0,22", "share", 0.22),
        ("0.22", "share", 0.22),
        (" ,22 ", "share", 0.22),
        ("22 %", "share", 0.22),
        ("22,5\u00a0pct.", "share", 0.225),
        ("0,9 %", "share", 0.009),
        ("82 770", "persons", 82770.0),
        ("82\u202f770,5", "persons", 82770.5),
        ("82.770,5", "persons", 82770.5),
        ("82,770.5", "persons", 82770.5),
        ("1.082.770", "persons", 1082770.0),
        ("1.082.770,25", "persons", 1082770.25),
        ("0,146", "per week", 0.146),
        ("1,5e-3", "per week", 0.0015),
        (300_000, "kr per person-year", 300_000.0),
    ],
)
def test_a_number_is_read_as_it_was_meant(content: object, unit: str, value: float) -> None:
    assert number_of(content, unit) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("content", "unit", "told"),
    [
        (22, "share", "write 0,22"),
        ("22", "share", "write 0,22"),
        ("122 %", "share", "above 1"),
        (5000, "share", "from 0 to 1"),
        (-0.1, "share", "below 0"),
        ("\u22125769", "kr per week", "below 0"),
        ("13.387", "persons", "13387, or 13.3870"),
        ("1,250", "weeks", "1250, or 1,2500"),
        ("22 %", "persons", "no share"),
        ("circa 4", "weeks", "no number"),
        ("4 uger", "weeks", "no number"),
        ("1.2.3", "weeks", "no number"),
        ("12.34.567", "persons", "no number"),
        ("", "share", "empty"),
        ("   ", "share", "empty"),
        (None, "share", "empty"),
        (True, "share", "no number"),
        (datetime(2021, 12, 14), "share", "date"),
        ("#DIV/0!", "weeks", "the error #DIV/0!"),
        (float("nan"), "weeks", "out of bounds"),
        (1e300, "persons", "out of bounds"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(content: object, unit: str, told: str) -> None:
    with pytest.raises(ValueError, match=r".") as fault:
        number_of(content, unit)
    assert told in str(fault.value)


def test_a_signed_number_may_be_fewer() -> None:
    assert number_of("\u2212480", "conversations", signed=True) == -480.0


@given(st.floats(0, 1), st.sampled_from([",", "."]))
def test_a_share_typed_with_its_digits_comes_back(value: float, mark: str) -> None:
    typed = f"{value:.6f}".replace(".", mark)
    assert number_of(typed, "share") == float(f"{value:.6f}")


@pytest.mark.parametrize(
    "content", [date(2021, 12, 4), datetime(2021, 12, 4, 10), "2021-12-04", "4.12.2021", "4-12-2021", "04/12/2021"]
)
def test_a_day_is_read_in_the_usual_spellings(content: Any) -> None:
    assert day_of(content) == date(2021, 12, 4)


@pytest.mark.parametrize("content", [None, "", "i dag", 44_534, "2021-13-04", "31.2.2021", "4/12"])
def test_what_is_no_day_is_refused(content: object) -> None:
    with pytest.raises(ValueError, match="2021-12-14"):
        day_of(content)
