"""Texts that quote no confidential number, however it is spelled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.facts.secrets import BLACK, all_blackened, blackened

SECRET = 48213.77
SPELLINGS = ("48213.77", "48.213,77", "48,213.77", "48213,77", "48214", "48.214", "48 214", "48,2", "48200", "48214.0")


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_and_rounding_is_blackened(spelling: str) -> None:
    assert blackened(f"the memo says {spelling} kr.", (SECRET,)) == f"the memo says {BLACK} kr."


@pytest.mark.parametrize("spelling", ["0.41273", "0,41273", "41,273", "41.3", "0.41", "41"])
def test_a_share_is_blackened_in_per_cent_too(spelling: str) -> None:
    assert BLACK in blackened(f"expected: {spelling} pct.", (0.41273,))


@pytest.mark.parametrize("text", ["of 19 December 2021", "beu-448", "47.000 kr.", "0.4999", "no number", "a 1 and a 0"])
def test_other_numbers_stay(text: str) -> None:
    assert blackened(text, (SECRET, 0.41273, 1.0, 0.0)) == text


@given(st.floats(min_value=10.01, max_value=9e8), st.integers(0, 4))
def test_a_number_is_never_quoted_in_english_or_danish(secret: float, decimals: int) -> None:
    english = f"{secret:,.{decimals}f}"
    danish = english.replace(",", "\0").replace(".", ",").replace("\0", ".")
    for spelling in (english, danish, english.replace(",", "")):
        if len(spelling.strip("0.,").replace(".", "").replace(",", "")) >= 2:
            assert spelling not in blackened(f"it is {spelling} so", (secret,))


def test_nested_texts_are_blackened_and_numbers_stay() -> None:
    content = {"a": [f"is {SECRET}", 3.0], "b": {"c": "x"}}
    assert all_blackened(content, (SECRET,)) == {"a": [f"is {BLACK}", 3.0], "b": {"c": "x"}}
    assert all_blackened(content, ()) is content
