"""Numbers of the page are rounded as the documents round them, to the last digit and in both languages."""

from __future__ import annotations

import math

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.report.language import read_words
from tests.property.page_in_node import ROUNDS, in_node

LANGUAGES = ("da", "en")
TRIED: list[tuple[float, int]] = []


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.one_of(
                st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15),
                st.integers(-(10**7), 10**7).map(lambda one: one / 2),
                st.integers(-(10**9), 10**9).map(lambda one: one / 1000),
                st.floats(min_value=-1, max_value=1).map(lambda one: one * 1e-7),
            ),
            st.integers(0, 4),
        ),
        min_size=8,
        max_size=8,
    )
)
def numbers(some: list[tuple[float, int]]) -> None:
    """Keep numbers that hypothesis thinks of, so that one interpreter rounds all of them."""
    TRIED.extend(some)


def test_numbers_are_rounded_as_documents_round_them() -> None:
    numbers()
    edges = [(0.0, 2), (-0.0, 2), (0.005, 2), (-0.005, 2), (2.5, 0), (-2.5, 0), (1e21, 0), (5e-324, 2), (999.995, 2)]
    tried = [*TRIED, *edges]
    assert len(tried) > 1000
    asked = [(number, decimals, language) for number, decimals in tried for language in LANGUAGES]
    found = in_node(ROUNDS, asked)
    wrong = [
        (number, decimals, text)
        for (number, decimals, language), text in zip(asked, found, strict=True)
        if text != read_words(language).number(number, decimals)
    ]
    assert wrong == []


def test_what_is_no_number_is_marked() -> None:
    (text,) = in_node(ROUNDS, [(None, 2, "da")])
    assert text == read_words("da").number(math.nan)
