"""Every language of the page has the same words, each with the same places to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from simulator.errors import InputError
from simulator.web.words import page_languages, page_words


def _leaves(tree: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for key, below in tree.items():
            assert isinstance(key, str), f"{path}.{key} is read as something else than a word; put it in quotes"
            yield from _leaves(below, f"{path}.{key}" if path else key)
    else:
        yield path, str(tree)


def test_languages_have_the_same_words() -> None:
    """A word that one language lacks is named, and so is a sentence that fills in something else."""
    wanted = {key: set(re.findall(r"\{\w+\}", text)) for key, text in _leaves(page_words("da"))}
    assert "da" in page_languages()
    for language in page_languages():
        found = {key: set(re.findall(r"\{\w+\}", text)) for key, text in _leaves(page_words(language))}
        assert found == wanted, language


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError, match="allowed: da, en"):
        page_words("fr")
