"""Languages: each has the words of the others, with the same blanks; numbers, dates and amounts are those it writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from string import Formatter
from typing import Any

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal

from simulator.report.bound import Cell, Ledger, Quantity
from simulator.report.language import NO_BREAK, Words, languages, read_words
from simulator.report.stated import point_text, span_text
from simulator.results.statements import Found, statement_of

FIRST = "da"
"""The language that the others are held to."""
OWN = ("unbroken", "titles", "forms.stems")
"""Lists that each language has of its own."""


def leaves(tree: object, way: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a language with its dotted key; a list is as long in every language, but for its own ones."""
    if isinstance(tree, Mapping):
        for key, below in tree.items():
            # A key that is a number is another key than its digits.
            named = key if isinstance(key, str) else f"<{key}>"
            yield from leaves(below, f"{way}.{named}" if way else named)
    elif isinstance(tree, list) and way not in OWN:
        for place, below in enumerate(tree):
            yield f"{way}[{place}]", str(below)
    else:
        yield way, str(tree)


def blanks(text: str) -> set[str]:
    """Return the names of the blanks of a text."""
    return {str(name) for _, name, _, _ in Formatter().parse(text) if name is not None}


def _own(key: str) -> bool:
    return key.partition("[")[0] in OWN


def faults(first: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Return what a language lacks, has beside the first, or fills in otherwise; a line each."""
    ours, theirs = dict(leaves(first)), dict(leaves(other))
    told = [f"missing: {key}: {ours[key]!r}" for key in ours if key not in theirs and not _own(key)]
    told += [f"beside: {key}: {theirs[key]!r}" for key in theirs if key not in ours and not _own(key)]
    for key in ours.keys() & theirs.keys():
        if not _own(key) and blanks(ours[key]) != blanks(theirs[key]):
            told.append(f"blanks: {key}: {sorted(blanks(ours[key]))} but {sorted(blanks(theirs[key]))}")
    return sorted(told)


@pytest.mark.parametrize("language", [name for name in languages() if name != FIRST])
def test_a_language_has_the_words_of_the_first_with_the_same_blanks(language: str) -> None:
    found = faults(read_words(FIRST).tree, read_words(language).tree)
    print(*found, sep="\n")
    assert not found


def test_a_missing_word_one_too_many_and_another_blank_are_found() -> None:
    first = {"a": {"b": "one {x}", "c": "two"}, "list": ["one", "two"]}
    other = {"a": {"b": "one {y}", "d": "three"}, "list": ["one"]}
    assert [fault.split(":")[:2] for fault in faults(first, other)] == [
        ["beside", " a.d"],
        ["blanks", " a.b"],
        ["missing", " a.c"],
        ["missing", " list[1]"],
    ]


@pytest.fixture(scope="module")
def english() -> Words:
    """The English words."""
    return read_words("en")


def spaced(text: str) -> str:
    """Return a text whose spaces are plain."""
    return text.replace(NO_BREAK, " ")


def test_english_numbers_are_those_of_babel_but_for_the_minus(english: Words) -> None:
    draw = Random(20211219)
    for decimals in range(4):
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        for _ in range(250):
            # One digit more than shown and never a 5 there: babel rounds ties to even, the documents away from zero.
            whole = draw.randint(-(10 ** draw.randint(1, 9)), 10 ** draw.randint(1, 9))
            value = (10 * whole + draw.choice((0, 1, 2, 3, 4, 6, 7, 8, 9))) / 10 ** (decimals + 1)
            expected = format_decimal(value, pattern, locale="en_GB").replace("-", "−")
            if set(expected) <= set("−0."):
                expected = expected.removeprefix("−")
            assert english.number(value, decimals) == expected


def test_english_dates_are_those_of_babel(english: Words) -> None:
    for number in range(0, 800, 13):
        day = date(2020, 1, 1) + timedelta(days=number)
        assert spaced(english.day(day)) == format_date(day, "long", locale="en_GB")
        assert spaced(english.short_day(day)) == f"{day.day} {format_date(day, 'MMM', locale='en_GB')}".replace(
            "Jun", "June"
        ).replace("Jul", "July")
        assert english.tree["weekdays_short"][day.weekday()] == format_date(day, "EEE", locale="en_GB")


def test_an_english_period_names_its_year_once_where_it_can(english: Words) -> None:
    assert spaced(english.period(date(2020, 3, 12), date(2020, 5, 25))) == "12 March to 25 May 2020"
    across = english.period(date(2021, 12, 19), date(2022, 1, 16))
    assert spaced(across) == "19 December 2021 to 16 January 2022"


@pytest.mark.parametrize(
    ("kr", "expected"),
    [
        (-5_030_000, "DKK 5 million"),
        (4_600_000, "DKK 4.5 million"),
        (-1_300_000, "DKK 1.3 million"),
        (123_000_000, "DKK 120 million"),
        (5_000_000_000, "DKK 5,000 million"),
        (-51_000, "DKK 50,000"),
        (0, "DKK 0"),
    ],
)
def test_an_english_amount_is_rounded_by_the_same_rule_and_led_by_its_unit(
    english: Words, kr: float, expected: str
) -> None:
    assert spaced(english.magnitude_kr(kr)) == expected


def test_the_sign_leads_also_where_the_unit_does(words: Words, english: Words) -> None:
    assert spaced(english.mio_kr(-5.03e6)) == "−DKK 5.0 million" and spaced(words.mio_kr(-5.03e6)) == "−5,0 mio. kr."
    assert spaced(english.kr(400.0, plus=True)) == "+DKK 400" and spaced(words.kr(400.0, plus=True)) == "+400 kr."
    assert english.valued("−300,000", "kr per person-year") == "−DKK 300,000 per full-time year"
    assert words.valued("300.000", "kr per person-year") == "300.000 kr. pr. fuldtidsår"
    assert english.valued("80", "minutes") == "80 minutes"
    assert spaced(english.share(-0.125, 1)) == "−12.5 per cent"


def test_a_number_keeps_its_mark_and_its_sign_where_the_unit_leads(english: Words) -> None:
    ledger = Ledger()
    told = english.noting(ledger).mio_kr(Quantity(-5.03e6, Cell("headline.json", ("x",))))
    assert told.startswith(f"−DKK{NO_BREAK}") and told.endswith(f"{NO_BREAK}million")
    assert [float(entry) for entry in ledger.entries] == [-5.03]


def test_an_english_range_has_its_unit_at_both_ends(words: Words, english: Words) -> None:
    told = statement_of(Found(-5.03e6, -8.1e6, -2.3e6), sourced=False)
    assert spaced(point_text(english, told)) == "of the order of DKK 5 million"
    assert spaced(span_text(english, told)) == "range of −DKK 9 million to −DKK 2 million"
    assert spaced(span_text(words, told)) == "spænd −9 til −2 mio. kr."
    both_sides = statement_of(Found(-1e6, -8.1e6, 4.3e6), sourced=False)
    assert spaced(point_text(english, both_sides)) == "between −DKK 9 million and +DKK 5 million"


def test_english_lists_end_in_and(english: Words) -> None:
    assert [english.listed(items) for items in ([], ["a"], ["a", "b", "c"])] == ["", "a", "a, b and c"]


def test_a_key_is_named_in_english_with_its_type_group_and_week(english: Words) -> None:
    name = english.key_name("demand.contact.observed.jobsamtale.dagpenge.week_4")
    assert name == (
        "Conversations per year, observed, job-search conversations, unemployment benefit recipients, "
        "from week 4 of the spell"
    )
