"""The map of municipalities as it is drawn: polygons of a file, no text upon another, the same bytes each time."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.errors import InputError
from simulator.report.figures.municipalities import alt_text, draw
from simulator.report.language import NO_BREAK, Words
from simulator.report.municipalities import QUANTITIES, Choice, read_tiles
from simulator.report.municipalities.geometry import MOST_BYTES, read_geometry
from simulator.report.municipalities.outlines import outlines_of
from simulator.report.municipalities.saving import save_map, table_lines
from simulator.report.reading import Run, read_run
from simulator.report.style import SIZES, figure_size
from tests.unit.report.danish_text import assert_danish
from tests.unit.report.drawn_texts import check_texts, texts_of
from tests.unit.report.made_up_places import (
    DAY,
    collection,
    feature,
    placed_run,
    polygon,
    square,
    whole_country,
    written,
)
from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import SHAPES

RunWith = Callable[..., Run]


@pytest.fixture(scope="module")
def run_with(tmp_path_factory: pytest.TempPathFactory) -> RunWith:
    """Return a made-up run with tables of places and rules."""
    return lambda *parts, **named: placed_run(tmp_path_factory.mktemp("run"), *parts, **named)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("municipality_code", 101, "101"),
        ("municipality_code", "0101", "101"),
        ("code", 101.0, "101"),
        ("name", "Københavns Kommune", "101"),
        ("name", "Århus", "751"),
        ("name", "Bornholms Regionskommune", "400"),
        ("name", "Lyngby-Taarbæk", "173"),
    ],
)
def test_a_municipality_is_known_by_code_or_name(tmp_path: Path, key: str, value: object, code: str) -> None:
    path = written(tmp_path / "a.json", collection(feature(value, polygon(square(10, 56)), key), feature(999, None)))
    assert list(read_geometry(path)) == [code]


def test_names_cannot_be_mistaken_for_each_other(tmp_path: Path) -> None:
    features = [feature(tile.name, polygon(square(10, 56)), "name") for tile in read_tiles().values()]
    assert set(read_geometry(written(tmp_path / "a.json", collection(*features)))) == set(read_tiles())


def test_holes_run_the_other_way_round(tmp_path: Path) -> None:
    inner = square(10.1, 56.1, 0.1)
    several = {"type": "MultiPolygon", "coordinates": [[square(10, 56), inner], [square(12, 56)[::-1], inner[::-1]]]}
    rings = read_geometry(written(tmp_path / "a.json", collection(feature(101, several))))["101"]
    sides = [[np.diff(ring[:3], axis=0) for ring in one] for one in rings]
    turns = [[first[0] * then[1] - first[1] * then[0] for first, then in one] for one in sides]
    assert [[turn > 0 for turn in one] for one in turns] == [[True, False], [True, False]]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("{", "not readable as JSON"),
        ("[" * 100_000, "not readable as JSON"),
        ("[]", "not a FeatureCollection"),
        ({"type": "Feature", "features": []}, "not a FeatureCollection"),
        (collection(), "no known municipality"),
        (collection(feature("Malmö", polygon(square(13, 55)), "name")), "no known municipality"),
        (collection(feature(101, None)), "no known municipality"),
        (collection(feature(101, {"type": "Point", "coordinates": [12, 55]})), r"features\[0\].*type 'Point'"),
        (collection(feature(101, polygon([["a", 1], [2, 3], [4, 5]]))), "no rings of numbers"),
        (collection(feature(101, polygon([[True, 1], [2, 3], [4, 5]]))), "no rings of numbers"),
        (collection(feature(101, polygon([[float("nan"), 1], [2, 3], [4, 5]]))), "no rings of numbers"),
        (collection(feature(101, polygon([[10**400, 1], [2, 3], [4, 5]]))), "no rings of numbers"),
        (collection(feature(101, polygon())), "no rings of numbers"),
        (collection(feature(101, {"type": "MultiPolygon", "coordinates": 7})), "no list"),
        (collection(feature(101, polygon(square(720_000, 6_170_000)))), "no longitude and latitude"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, content: Any, what: str) -> None:
    path = written(tmp_path / "shapes.geojson", content)
    with pytest.raises(InputError, match=what) as caught:
        read_geometry(path)
    assert str(caught.value).startswith(str(path))
    assert "give a GeoJSON FeatureCollection of Polygon or MultiPolygon" in str(caught.value)


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_geometry(tmp_path / "none.json")
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(InputError, match="larger than 50 MB"):
        read_geometry(large)


def test_a_degree_of_longitude_is_drawn_shorter(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", collection(feature(101, polygon(square(10, 56, 1.0)))))
    shapes = outlines_of(path, (1.0, 5.0), (6.0, 4.0))
    assert shapes.height == pytest.approx(4.0) and shapes.width == pytest.approx(4.0 * np.cos(np.radians(56)))
    assert shapes.inset is None


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("avoided", ["rising", "nothing", "both ways", "tiny"])
def test_no_text_of_a_map_overlaps_another(run_with: RunWith, words: Words, avoided: str, size: str) -> None:
    run = run_with(avoided)
    for choice in (
        (Choice(), Choice("held"), Choice(QUANTITIES[2], arm="baseline")) if avoided == "rising" else (Choice(),)
    ):
        check_texts(draw(run, words, figure_size(size), choice))


@pytest.mark.parametrize("size", SIZES)
def test_no_text_of_a_map_of_rules_or_of_a_few_places_overlaps_another(
    run_with: RunWith, words: Words, size: str
) -> None:
    check_texts(draw(run_with(), words, figure_size(size), Choice(day=DAY)))
    few = run_with("rising", ("101", "461", "825"))
    figure = draw(few, words, figure_size(size))
    check_texts(figure)
    assert "indgår ikke i kørslen" in [text for text, _ in texts_of(figure)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("day", [None, DAY])
def test_no_text_of_a_map_of_polygons_overlaps_another(
    run_with: RunWith, words: Words, tmp_path: Path, size: str, day: date | None
) -> None:
    path = written(tmp_path / "a.json", whole_country())
    figure = draw(run_with(), words, figure_size(size), Choice(day=day, geometry=path))
    check_texts(figure)
    told = [text for text, _ in texts_of(figure)]
    assert "København og omegn" in told and not any("felt" in text for text in told)


def test_words_tell_what_a_map_shows(run_with: RunWith, words: Words) -> None:
    run = run_with()
    for choice in (Choice(), Choice("held"), Choice("digital_share"), Choice(day=DAY)):
        told = alt_text(run, words, choice)
        assert_danish(told.replace(NO_BREAK, " "))
        assert told.endswith(".") and ".." not in told
    assert "Hjørring 3,4" in alt_text(run, words) and "Borgeren vælger formen: Aarhus." in alt_text(run, words, choice)


def test_a_map_is_saved_with_the_same_bytes_each_time(run_with: RunWith, words: Words, tmp_path: Path) -> None:
    first, second = (
        save_map(run_with(), words, Choice(day=DAY), "column", tmp_path / name / "maps") for name in ("one", "other")
    )
    stem = "municipalities-rules-2021-12-22-proposal"
    assert [path.name for path in first] == [f"{stem}-column.svg", f"{stem}-column.png", f"{stem}.csv"]
    assert first[2].read_text(encoding="utf-8").startswith("municipality_code,municipality,rule\n")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert "<title" in first[0].read_text(encoding="utf-8")


def test_no_kroner_by_place(run_with: RunWith, words: Words) -> None:
    for choice in (Choice(), Choice("held"), Choice("digital_share"), Choice(day=DAY)):
        assert "kr." not in alt_text(run_with(), words, choice)
        assert "kr." not in " ".join(table_lines(run_with(), words, choice))


def test_a_table_has_a_line_for_each_municipality_and_one_for_all(run_with: RunWith, words: Words) -> None:
    lines = list(table_lines(run_with("rising", ("101", "461", "825")), words, Choice()))
    assert lines[3:] == [
        "Kommune                  Færre fysiske møder pr. 1.000 indbyggere",
        "København                1,0",
        "Odense                   1,0",
        "Læsø                     1,1",
        "Alle kommuner i kørslen  1,0",
    ]
    rules = list(table_lines(run_with(), words, Choice(day=DAY)))
    assert len(rules) == 4 + 98 and rules[4].split("  ")[-1].strip() == "samtaler er suspenderet (physical attendance)"


def test_a_run_without_tables_is_drawn_as_empty_squares_with_a_sentence(tmp_path: Path, words: Words) -> None:
    run = read_run(write_run(tmp_path / "run", SHAPES["published"]))
    for size, day in itertools.product(SIZES, (None, DAY)):
        figure = draw(run, words, figure_size(size), Choice(day=day))
        check_texts(figure)
        told = [text for text, _ in texts_of(figure)]
        assert len(told) > 98 and any("Kørslens mappe har ingen" in text for text in told)
