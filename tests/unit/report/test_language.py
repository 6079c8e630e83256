"""Danish numbers, dates and lists; babel is the oracle where it is right."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal

from simulator.errors import InputError
from simulator.report.language import NO_BREAK, Words, languages, read_words


def test_numbers_are_those_of_babel_but_for_the_minus(words: Words) -> None:
    draw = Random(20211219)
    for decimals in range(4):
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        for _ in range(250):
            # One digit more than shown and never a 5 there: babel rounds ties to even, the documents away from zero.
            whole = draw.randint(-(10 ** draw.randint(1, 9)), 10 ** draw.randint(1, 9))
            value = (10 * whole + draw.choice((0, 1, 2, 3, 4, 6, 7, 8, 9))) / 10 ** (decimals + 1)
            expected = format_decimal(value, pattern, locale="da_DK").replace("-", "−")
            if set(expected) <= set("−0,"):
                expected = expected.removeprefix("−")
            assert words.number(value, decimals) == expected


def test_dates_are_those_of_babel(words: Words) -> None:
    for number in range(0, 800, 13):
        day = date(2020, 1, 1) + timedelta(days=number)
        assert words.day(day).replace(NO_BREAK, " ") == format_date(day, "long", locale="da_DK")


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0.0, 0, "0"),
        (-0.0, 1, "0,0"),
        (-0.04, 1, "0,0"),
        (-0.05, 1, "−0,1"),
        (2.5, 0, "3"),
        (0.285, 2, "0,29"),
        (-1234567.8, 0, "−1.234.568"),
        (1499.0, -2, "1.500"),
        (float("nan"), 0, "–"),
        (None, 0, "–"),
    ],
)
def test_a_number_has_a_true_minus_and_never_a_negative_zero(
    words: Words, value: float | None, decimals: int, expected: str
) -> None:
    assert words.number(value, decimals) == expected


def test_a_plus_is_shown_only_above_zero(words: Words) -> None:
    assert [words.number(value, 1, plus=True) for value in (1.26, 0.04, -1.26)] == ["+1,3", "0,0", "−1,3"]


@pytest.mark.parametrize(
    ("kr", "expected"),
    [
        (-5_030_000, "5 mio. kr."),
        (4_800_000, "5 mio. kr."),
        (4_600_000, "4,5 mio. kr."),
        (-1_300_000, "1,3 mio. kr."),
        (2_000_000, "2 mio. kr."),
        (9_800_000, "9,8 mio. kr."),
        (123_000_000, "120 mio. kr."),
        (5_000_000_000, "5.000 mio. kr."),
        (-480_000, "0,5 mio. kr."),
        (-51_000, "50.000 kr."),
        (0, "0 kr."),
    ],
)
def test_the_order_of_magnitude_is_rounded_by_rule(words: Words, kr: float, expected: str) -> None:
    assert words.magnitude_kr(kr).replace(NO_BREAK, " ") == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(9_987, "10.000"), (10_412, "10.000"), (12_345, "12.000"), (0.6067, "0,61"), (17.4, "17")]
)
def test_rough_numbers_have_two_digits(words: Words, value: float, expected: str) -> None:
    assert words.roughly(value) == expected == words.roughly(-value)


def test_amounts_and_shares_do_not_break_from_their_unit(words: Words) -> None:
    assert words.mio_kr(-5e6) == f"−5,0{NO_BREAK}mio.{NO_BREAK}kr."
    assert words.share(0.333) == f"33{NO_BREAK}pct."


def test_a_period_names_its_year_once_where_it_can(words: Words) -> None:
    plain = words.period(date(2020, 3, 12), date(2020, 5, 25)).replace(NO_BREAK, " ")
    assert plain == "12. marts til 25. maj 2020"
    across = words.period(date(2021, 12, 19), date(2022, 1, 16)).replace(NO_BREAK, " ")
    assert across == "19. december 2021 til 16. januar 2022"


def test_lists_end_in_og(words: Words) -> None:
    assert [words.listed(items) for items in ([], ["a"], ["a", "b", "c"])] == ["", "a", "a, b og c"]


def test_a_key_is_named_with_its_type_group_form_and_week(words: Words) -> None:
    name = words.key_name("demand.contact.observed.jobsamtale.dagpenge.week_4")
    assert name == "Samtaler pr. år, observeret, jobsamtaler, dagpengemodtagere, fra uge 4 i forløbet"
    assert words.key_name("some.key") == ""
    assert words.key_name("delivery.no_show.new_type") == ""


def test_an_abbreviation_ends_a_sentence_with_one_stop(words: Words) -> None:
    told = words.text("brief.published.text", figures="5 mio. kr.", ours="6 pct.")
    assert told.endswith(f"5 mio.{NO_BREAK}kr. Denne kørsel giver 6 pct.")


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="allowed: da"):
        read_words("tlh")
    assert "da" in languages()
