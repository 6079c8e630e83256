"""Each figure in three sizes for six hard cases: nothing, one week, five years, one place, a gain, a thousand times."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from matplotlib.figure import Figure

from simulator.errors import InputError
from simulator.report import figure_names
from simulator.report.language import Words
from simulator.report.pictures import Pictures
from simulator.report.reading import Run, read_run
from simulator.report.style import SIZES
from tests.unit.report.drawn_checks import check_drawing
from tests.unit.report.hard_cases import CASES, FIVE_YEARS, write_case

CaseOf = Callable[[str, str], Pictures]
LONG = "replay"
"""Figure of several years: its hard cases are those of five years."""
UNDRAWN = {
    ("null", "tornado"),
    ("null", "breakeven"),
    ("null", "two_way"),
    ("one_week", LONG),
}
"""What cannot be drawn: nothing drives an effect that is none, and one week has no course over years."""


@pytest.fixture(scope="session")
def pictures_of(tmp_path_factory: pytest.TempPathFactory, words: Words) -> CaseOf:
    """Pictures of a hard case that a figure is drawn for; each run is written once."""

    @cache
    def case(name: str, *, long: bool) -> Run:
        shape = replace(CASES[name], period=FIVE_YEARS, closure_weeks=(), places=("751",)) if long else CASES[name]
        return read_run(write_case(tmp_path_factory.mktemp(name) / "run", shape))

    def pictures(name: str, figure: str) -> Pictures:
        return Pictures(case(name, long=figure == LONG and name != "one_week"), words)

    return pictures


DRAWN = [(case, name) for case in CASES for name in figure_names() if (case, name) not in UNDRAWN]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("case", "name"), DRAWN)
def test_a_figure_can_be_read(pictures_of: CaseOf, case: str, name: str, size: str) -> None:
    figure = pictures_of(case, name).figure(name, size)
    assert isinstance(figure, Figure)
    check_drawing(figure, size)


@pytest.mark.parametrize(("case", "name"), sorted(UNDRAWN))
def test_a_figure_that_does_not_fit_says_what_it_needs(pictures_of: CaseOf, case: str, name: str) -> None:
    pictures = pictures_of(case, name)
    assert name not in pictures.wanted_names()
    with pytest.raises(InputError, match=f"figure '{name}' does not fit this run; it needs a "):
        pictures.figure(name, "page")


@pytest.mark.parametrize(("case", "name"), DRAWN)
def test_a_figure_is_told_in_words_and_numbers(pictures_of: CaseOf, case: str, name: str) -> None:
    pictures = pictures_of(case, name)
    told = pictures.alt(name)
    assert len(told) > 40 and told.endswith((".", "pl"))
    assert any(char.isdigit() for char in told)
    assert not re.search(r"[_{]|\.\.|\b(?:nan|None)\b", told)


@pytest.mark.parametrize(("case", "name"), DRAWN)
def test_a_figure_gives_its_numbers(pictures_of: CaseOf, case: str, name: str) -> None:
    rows = list(csv.DictReader(io.StringIO(pictures_of(case, name).data(name))))
    assert rows
    assert not any(value in ("nan", "None") for row in rows for value in row.values())
    numbers = [value for row in rows for value in row.values() if value.replace(".", "").lstrip("-").isdigit()]
    assert len(numbers) >= len(rows)
