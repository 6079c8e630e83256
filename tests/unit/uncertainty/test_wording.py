"""The words of break-even, calibration and questions: the same in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from simulator.errors import InputError
from simulator.facts.units import UNITS
from simulator.uncertainty.wording import languages, read_wording


def texts(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from texts(value, f"{path}{key}/")
        else:
            yield f"{path}{key}", str(value)


def test_all_languages_say_the_same_with_the_same_places() -> None:
    found = {language: dict(texts(read_wording(language).tree)) for language in languages()}
    assert {"da", "en"} <= set(found)
    danish = found.pop("da")
    for language, other in found.items():
        assert list(other) == list(danish), language
        for key, text in danish.items():
            places = [set(re.findall(r"\{\w+\}", one)) for one in (text, other[key])]
            assert places[0] == places[1], key


def test_every_unit_of_the_catalogue_has_words() -> None:
    for language in languages():
        assert set(read_wording(language).tree["measures"]) == set(UNITS)


@pytest.mark.parametrize(
    ("value", "unit", "danish", "english"),
    [
        (0.5, "share", "50 pct.", "50 per cent"),
        (0.12345, "share", "12,35 pct.", "12.35 per cent"),
        (0.2556, "factor", "0,2556", "0.2556"),
        (593_513.2, "kr per person-year", "593.513 kr. pr. fuldtidsperson", "593,513 kr. a person-year"),
        (-0.3602, "weeks", "−0,3602 uger", "−0.3602 weeks"),
        (2021.0, "year", "2021", "2021"),
        (1.764, "factor", "1,764", "1.764"),
        (100.0, "kr", "100 kr.", "100 kr."),
    ],
)
def test_numbers_are_told_with_their_unit(value: float, unit: str, danish: str, english: str) -> None:
    for language, told in (("da", danish), ("en", english)):
        assert read_wording(language).told(value, unit).replace("\N{NO-BREAK SPACE}", " ") == told


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(InputError, match="allowed: da, en"):
        read_wording("sv")
