"""Statements in Danish: what the rules say, in words that an economist would send."""

from __future__ import annotations

import pytest

from simulator.report.language import Words, read_words
from simulator.report.stated import chance_text, point_text, sign_text, span_text
from simulator.results.statements import Found, statement_of, told_chance


@pytest.fixture(name="words")
def danish() -> Words:
    return read_words("da")


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("found", "sourced", "point", "span"),
    [
        ((-5.03e6, -8.1e6, -2.3e6), False, "i størrelsesordenen 5 mio. kr.", "spænd −9 til −2 mio. kr."),
        ((-5.03e6, -5.4e6, -4.6e6), True, "ca. 5,0 mio. kr.", "95 pct.-interval −5,4 til −4,6 mio. kr."),
        ((-5.03e6, -12e6, 1e6), False, "mellem −12 og +1 mio. kr.", "spænd −12 til 1 mio. kr."),
        ((-41_000.0, -52_000.0, -33_000.0), False, "ca. 40.000 kr.", "spænd −52.000 til −33.000 kr."),
        ((2.49e8, 1.0e8, 4.0e8), False, "i størrelsesordenen 200 mio. kr.", "spænd 100 til 400 mio. kr."),
        ((-5.03e6, -6e6, -4e6), True, "ca. 5 mio. kr.", "95 pct.-interval −6,0 til −4,0 mio. kr."),
        ((-5.03e6, None, None), False, "i størrelsesordenen 5 mio. kr.", ""),
    ],
)
def test_a_figure_and_its_interval(
    words: Words, found: tuple[float, float | None, float | None], sourced: bool, point: str, span: str
) -> None:
    told = statement_of(Found(*found), sourced)
    assert (plain(point_text(words, told)), plain(span_text(words, told))) == (point, span)


def test_an_open_or_assumed_sign_is_said(words: Words) -> None:
    for low, high, assumed, begins in (
        (-2.0, 3.0, False, "Fortegnet er åbent"),
        (-8.0, -1.0, True, "Fortegnet er forudsat"),
    ):
        told = statement_of(Found(-4.0, low, high), sourced=True, sign_assumed=assumed)
        assert sign_text(words, told).startswith(begins)
    assert sign_text(words, statement_of(Found(-4.0, -8.0, -1.0), sourced=True)) == ""


@pytest.mark.parametrize(
    ("share", "sourced", "text"),
    [
        (0.35, True, "Sandsynligheden for et tab på over 10 mio. kr. er ca. 35 pct."),
        (0.0, True, "Sandsynligheden for et tab på over 10 mio. kr. er under 1 pct."),
        (1.0, True, "Sandsynligheden for et tab på over 10 mio. kr. er over 99 pct."),
        (0.35, False, "I ca. 35 pct. af trækningerne er tabet over 10 mio. kr."),
        (0.0, False, "I under 1 pct. af trækningerne er tabet over 10 mio. kr."),
        (1.0, False, "I over 99 pct. af trækningerne er tabet over 10 mio. kr."),
    ],
)
def test_a_chance_is_one_only_where_it_may_be_called_so(words: Words, share: float, sourced: bool, text: str) -> None:
    assert plain(chance_text(words, told_chance(share, 4096, sourced), 1e7)) == text
