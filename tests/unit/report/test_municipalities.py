"""The map of municipalities: the layout, the numbers and rules by place, and what is said where there are none."""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import simulator.facts
from simulator.errors import InputError
from simulator.report.figures.municipalities import alt_text
from simulator.report.language import Words
from simulator.report.municipalities import Choice, read_tiles
from simulator.report.municipalities.choice import read_choice
from simulator.report.municipalities.content import RULE_FILLS, content_of
from simulator.report.municipalities.numbers import Numbers, numbers_of
from simulator.report.municipalities.rules import KINDS, rules_of
from simulator.report.municipalities.saving import table_lines
from simulator.report.reading import Run, read_run
from simulator.report.style import grey
from tests.unit.report.made_up_places import ANY_RULE, DAY, placed_run
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES

RunWith = Callable[..., Run]


@pytest.fixture(scope="module")
def run_with(tmp_path_factory: pytest.TempPathFactory) -> RunWith:
    """Return a made-up run with tables of places and rules."""
    return lambda *parts, **named: placed_run(tmp_path_factory.mktemp("run"), *parts, **named)


NAMED_PLACES = {
    "101": (12.57, 55.68),
    "400": (14.90, 55.13),
    "360": (11.30, 54.80),
    "461": (10.39, 55.40),
    "540": (9.80, 54.93),
    "550": (8.87, 54.95),
    "561": (8.45, 55.47),
    "665": (8.30, 56.55),
    "751": (10.20, 56.16),
    "787": (8.70, 56.95),
    "813": (10.50, 57.44),
    "851": (9.92, 57.05),
    "217": (12.59, 56.03),
    "326": (11.10, 55.68),
}
"""Longitude and latitude [degrees] of well-known towns, by code of their municipality."""

ISLANDS = {"400", "492", "563", "741", "825"}
"""Municipalities that no bridge leads to within their region."""


def facts() -> list[dict[str, str]]:
    path = Path(simulator.facts.__file__).with_name("municipalities.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


# The layout.


def test_every_municipality_has_a_square_of_its_own_and_its_name() -> None:
    tiles = read_tiles().values()
    assert {(tile.code, tile.name) for tile in tiles} == {(row["municipality_code"], row["name"]) for row in facts()}
    assert len({(tile.row, tile.column) for tile in tiles}) == len({tile.short for tile in tiles}) == 98
    assert {min(tile.row for tile in tiles), min(tile.column for tile in tiles)} == {1}
    assert max(tile.row for tile in tiles) <= 16 and max(tile.column for tile in tiles) <= 16
    assert {len(tile.short) for tile in tiles} == {3}


@pytest.mark.parametrize("region", ["Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland"])
def test_a_region_hangs_together(region: str) -> None:
    """Two parts at most: Funen and Jutland lie apart in Syddanmark; islands may lie for themselves."""
    inside = {row["municipality_code"] for row in facts() if row["region"] == region} - ISLANDS
    left = {(tile.row, tile.column) for code, tile in read_tiles().items() if code in inside}
    parts = 0
    while left:
        parts += 1
        waiting = [left.pop()]
        while waiting:
            row, column = waiting.pop()
            near = {(row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)} & left
            left -= near
            waiting.extend(near)
    assert parts == (2 if region == "Syddanmark" else 1)


def rank_correlation(one: list[float], other: list[float]) -> float:
    def ranks(values: list[float]) -> list[float]:
        return [sum(v < value for v in values) + sum(v == value for v in values) / 2 for value in values]

    return float(np.corrcoef(ranks(one), ranks(other))[0, 1])


def test_west_is_left_and_north_is_up() -> None:
    tiles = [read_tiles()[code] for code in NAMED_PLACES]
    east = [longitude for longitude, _ in NAMED_PLACES.values()]
    south = [-latitude for _, latitude in NAMED_PLACES.values()]
    assert rank_correlation([float(tile.column) for tile in tiles], east) > 0.85
    assert rank_correlation([float(tile.row) for tile in tiles], south) > 0.85


# Numbers by place.


def test_physical_meetings_avoided_are_those_of_the_baseline_less_those_of_the_proposal(
    run_with: RunWith,
) -> None:
    numbers = numbers_of(run_with("rising", ("101", "461", "751")), Choice())
    assert numbers is not None
    assert numbers.by_place == {"101": 1.0, "461": 1.0, "751": 1.1}  # 10, 10.25 and 10.5 of 10,000 inhabitants
    assert numbers.total == 30.75 and numbers.country == pytest.approx(30.75 / 30)


def test_held_and_digital_share_are_of_an_arm(run_with: RunWith) -> None:
    run = run_with("alike", ("101", "461"))
    shares = {arm: numbers_of(run, Choice(quantity="digital_share", arm=arm)) for arm in ("baseline", "proposal")}
    held = numbers_of(run, Choice(quantity="held", arm="baseline"))
    assert held is not None and held.by_place == {"101": 10.0, "461": 10.0}
    assert [found and found.by_place["101"] for found in shares.values()] == [40.0, 55.0]


@pytest.mark.parametrize("values", [(0.0,), (1.0, 1.0), (-2.0, -1.0, 3.0), (-1.0, 0.0), (0.1, 0.2, 0.3, 9.0, 9.1, 9.2)])
def test_classes_hold_each_number_once_and_none_holds_both_signs(values: tuple[float, ...]) -> None:
    numbers = Numbers({str(place): value for place, value in enumerate(values)}, 0.0, 0.0, 1)
    limits = numbers.limits()
    assert len(limits) == len(numbers.bounds()) + 1 <= 5
    assert limits[0][0] == min(values) and limits[-1][1] == max(values)
    assert all(low[1] < high[0] for low, high in itertools.pairwise(limits))
    assert not any(low < 0 <= high for low, high in limits)
    assert len({numbers.class_of(code) for code in numbers.by_place}) == len(limits)


@pytest.mark.parametrize(
    ("avoided", "title"),
    [
        ("rising", "Ca. 2.200 færre fysiske møder, 2,2 pr. 1.000 indbyggere"),
        ("nothing", "Forslaget ændrer ikke antallet af fysiske møder"),
        ("alike", "Ca. 1.500 færre fysiske møder, 1,5 pr. 1.000 indbyggere"),
        ("both ways", "Ca. 1.800 færre fysiske møder, 1,8 pr. 1.000 indbyggere"),
        ("moved", "Fysiske møder flytter mellem kommuner, men antallet er det samme"),
        ("more", "Ca. 1.700 flere fysiske møder, 1,7 pr. 1.000 indbyggere"),
    ],
)
def test_the_title_states_what_the_numbers_say(run_with: RunWith, words: Words, avoided: str, title: str) -> None:
    content = content_of(run_with(avoided), words, Choice())
    assert content.title == title
    assert ("minus: flere" in content.unit) == (avoided in ("both ways", "moved", "more"))


def test_other_quantities_are_stated_for_the_whole_run(run_with: RunWith, words: Words) -> None:
    run = run_with("alike")
    assert content_of(run, words, Choice("held")).title == "10,0 samtaler pr. 1.000 indbyggere"
    assert content_of(run, words, Choice("digital_share")).title == "55 pct. af samtalerne er digitale"


# Rules by place.


def test_the_last_rule_that_applies_wins(run_with: RunWith) -> None:
    rules = rules_of(run_with(), Choice(day=DAY))
    assert rules is not None
    other = {"851": "digital_only", "860": "digital_only", "825": "digital_only", "101": "suspended"}
    other |= {"461": "office_chooses", "751": "citizen_chooses"}
    assert rules.kind == {code: other.get(code, "physical_only") for code in read_tiles()}
    assert rules.drafts == ("physical attendance",)


def test_rules_differ_by_arm_and_day(run_with: RunWith) -> None:
    run = run_with()
    baseline, later = rules_of(run, Choice(day=DAY, arm="baseline")), rules_of(run, Choice(day=date(2022, 1, 3)))
    assert baseline is not None and baseline.kind["851"] == "physical_only" and baseline.kind["101"] == "suspended"
    assert later is not None and later.kind["851"] == "digital_only" and later.kind["101"] == "physical_only"


def test_a_place_without_rule_is_told(run_with: RunWith, words: Words) -> None:
    run = run_with(rules=[{**ANY_RULE, "to": "2021-12-20"}])
    content = content_of(run, words, Choice(day=DAY))
    assert content.title == "Ingen regel gælder for samtalen" and not content.fills
    assert content.missing == "ingen regel"


def test_the_rules_of_a_run_of_some_municipalities_are_those_of_these(run_with: RunWith, words: Words) -> None:
    content = content_of(run_with("rising", ("151", "153"), [ANY_RULE]), words, Choice(day=DAY))
    assert content.title == "Kun fysisk fremmøde i alle kørslens 2 kommuner"
    assert set(content.fills) == {"151", "153"} and content.missing == "indgår ikke i kørslen"


def test_a_rule_by_the_day_of_calling_ends_on_the_last_day_held(run_with: RunWith) -> None:
    rule = {**ANY_RULE, "applies_by": "called", "to": "2022-01-10", "held_to": "2021-12-21"}
    rules = rules_of(run_with(rules=[rule]), Choice(day=DAY))
    assert rules is not None and not rules.kind


def test_the_title_of_rules_names_two_kinds_and_counts_more(run_with: RunWith, words: Words) -> None:
    def title(*rules: dict[str, Any]) -> str:
        return content_of(run_with(rules=[ANY_RULE, *rules]), words, Choice(day=DAY)).title

    digital = {**ANY_RULE, "order": 2, "kind": "digital_only", "municipality_codes": "101"}
    assert title() == "Kun fysisk fremmøde i alle kommuner"
    assert title(digital) == "Kun fysisk fremmøde i 97 kommuner og kun telefon eller video i én kommune"
    waiting = {**ANY_RULE, "order": 3, "kind": "suspended", "municipality_codes": "147, 151"}
    assert title(digital, waiting) == "Kun fysisk fremmøde i 95 kommuner, andre regler i 3"


def test_kinds_of_rule_can_be_told_apart_in_grey() -> None:
    greys = sorted(grey(fill.color) for fill in RULE_FILLS.values() if not fill.hatched)
    assert min(high - low for low, high in itertools.pairwise(greys)) >= 0.2
    assert [kind for kind in KINDS if RULE_FILLS[kind].hatched] == ["suspended"]


# Tables that are not there, or spoilt.


@pytest.mark.parametrize("choice", [Choice(), Choice(day=DAY)])
def test_a_run_without_the_tables_says_so(tmp_path: Path, words: Words, choice: Choice) -> None:
    run = read_run(write_run(tmp_path / "run", SHAPES["published"]))
    assert "Kørslen har ingen" in alt_text(run, words, choice)
    assert len(list(table_lines(run, words, choice))) == 2
    assert "Kørslens mappe har ingen tabel" in content_of(run, words, choice).below


def test_a_run_of_the_control_says_that_it_has_no_places(tmp_path: Path, words: Words) -> None:
    folder = write_run(tmp_path / "run", SHAPES["published"])
    headline = json.loads((folder / "headline.json").read_text(encoding="utf-8"))
    (folder / "headline.json").write_text(json.dumps({**headline, "engine": "control"}), encoding="utf-8")
    assert "kontrolberegningen alene" in alt_text(read_run(folder), words)


@pytest.mark.parametrize(
    ("table", "old", "new", "what"),
    [
        ("places", "10000", "many", "line 2: 'many' is no number"),
        ("places", "quantity", "amount", "wants the columns"),
        ("rules", "kind", "sort", "wants the columns"),
        ("rules", "digital_only", "online", "no kind of rule 'online'"),
        ("rules", "2021-12-20", "20.12.", "line 5: "),
    ],
)
def test_a_spoilt_table_is_named(run_with: RunWith, words: Words, table: str, old: str, new: str, what: str) -> None:
    run = run_with()
    path = run.folder / "tables" / f"{table}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=what) as caught:
        content_of(run, words, Choice(day=DAY if table == "rules" else None))
    assert str(path) in str(caught.value)


# What the user may ask for.


def test_a_choice_is_checked(run_with: RunWith) -> None:
    run = run_with()
    assert read_choice(run, None, None, None) == Choice()
    assert read_choice(run, "held", None, "baseline") == Choice("held", arm="baseline")
    assert read_choice(run, None, "2022-01-16", None) == Choice(day=date(2022, 1, 16))
