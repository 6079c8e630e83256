"""Facts: value files, vintages, words, sources, tables, and what is wrong with them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.facts.checks import check_facts
from simulator.facts.read import FOLDER, catalogue, sources, table, words
from tests.unit.scenario.small_facts import FILES, write_facts


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return write_facts(tmp_path)


def faults_with(folder: Path, leaf: str) -> list[str]:
    (folder / "more.yaml").write_text(f"more:\n  one: {leaf}\n", encoding="utf-8")
    return [str(fault) for fault in check_facts(folder)]


def test_a_leaf_is_a_row_under_its_dotted_path(facts: Path) -> None:
    row = catalogue(facts)["delivery.minutes"]
    assert (row.value, row.newest.low, row.newest.high, row.unit, row.kind) == (80.0, 60.0, 105.0, "minutes", "fact")
    assert (row.source, row.date, row.place.where) == ("paper", "2020-01-01", "values.yaml")


def test_vintages_are_in_order_whatever_the_file_says(facts: Path) -> None:
    row = catalogue(facts)["saldo.value_kr"]
    assert [vintage.value for vintage in row.vintages] == [290_000, 300_000, 320_000]
    assert row.value == 320_000
    known = row.known(date(2021, 12, 17))
    assert known is not None and known.value == 300_000
    assert row.known(date(2019, 1, 1)) is None
    assert row.known(None) == row.newest


def test_the_small_facts_are_in_order(facts: Path) -> None:
    assert check_facts(facts) == []


@pytest.mark.parametrize(
    ("leaf", "words_in_fault"),
    [
        ("{value: 1, unit: furlong, kind: fact, source: paper, date: 2020-01-01}", "unit `furlong` is unknown"),
        ("{value: 1, unit: shares, kind: fact, source: paper, date: 2020-01-01}", "did you mean share?"),
        ("{value: 1, unit: share, kind: guess, source: paper, date: 2020-01-01}", "kind `guess` is unknown"),
        ("{value: 1, unit: share, kind: fact, source: papr, date: 2020-01-01}", "did you mean paper?"),
        ("{value: 1, unit: share, kind: fact, date: 2020-01-01}", "has no source"),
        ("{value: 1, unit: share, kind: fact, source: paper}", "has no date"),
        ("{value: 1, unit: share, kind: fact, source: paper, date: 2020-02-30}", "does not exist"),
        ("{value: 1.5, unit: share, kind: fact, source: paper, date: 2020-01-01}", "between 0 and 1"),
        ("{value: 0.5, unit: share, kind: fact, source: paper, date: 2020-01-01, low: 0.6}", "lies above the value"),
        ("{value: 0.5, unit: share, kind: fact, source: paper, date: 2020-01-01, high: 0.4}", "lies below the value"),
        ("{value: 0.5, unit: share, kind: assumption, source: none-found, date: 2020-01-01}", "has no reason"),
        ("{value: -5, unit: minutes, kind: fact, source: paper, date: 2020-01-01}", "at least 0"),
    ],
)
def test_a_row_out_of_order_is_told(facts: Path, leaf: str, words_in_fault: str) -> None:
    found = faults_with(facts, leaf)
    assert len(found) == 1 and words_in_fault in found[0]
    assert found[0].startswith("more.yaml:2:8  more.one: ")


@pytest.mark.parametrize(
    ("leaf", "words_in_fault"),
    [
        ("0.5", "is a bare value"),
        ("[1, 2]", "is a bare value"),
        ("{value: x, unit: share}", "is not a number"),
        ("{value: '0,5', unit: share}", "is not a number"),
        ("{value: 1, unti: share}", "did you mean unit?"),
        ("{values: [], unit: share}", "has no vintage"),
        ("{values: [3], unit: share}", "is not a vintage"),
        ("{value: 1, unit: share, published: soon}", "is not a date"),
    ],
)
def test_a_malformed_leaf_is_refused(facts: Path, leaf: str, words_in_fault: str) -> None:
    with pytest.raises(InputError, match=words_in_fault):
        faults_with(facts, leaf)


def test_a_key_in_two_files_is_refused(facts: Path) -> None:
    (facts / "zz.yaml").write_text("delivery: {minutes: {value: 1, unit: minutes}}", encoding="utf-8")
    with pytest.raises(InputError, match=r"is written twice; the first is in values\.yaml"):
        catalogue(facts)


def test_words_and_sources(facts: Path) -> None:
    word = words(facts)["types"]["cv_samtale"]
    assert word == {"office_kind": "a_kasse", "da": "CV-samtaler", "en": "CV conversations"}
    assert words(facts)["spell_classes"] == {"0-3": 0, "4": 4}
    assert sources(facts)["paper"].url == "https://example.org"


def test_a_table_has_typed_columns(facts: Path) -> None:
    (facts / "mixed.csv").write_text(
        "area_code,month,day,whole,decimal,some,text\n101,2021-01,2021-01-02,3,1,,a\n051,2021-02,2021-01-03,-4,1.5,7,2\n",
        encoding="utf-8",
    )
    first, second = table("mixed", facts)
    assert first == {
        "area_code": "101", "month": "2021-01", "day": date(2021, 1, 2), "whole": 3, "decimal": 1.0, "some": None,
        "text": "a",
    }  # fmt: skip
    assert (second["area_code"], second["decimal"], second["some"], second["text"]) == ("051", 1.5, 7, "2")
    with pytest.raises(InputError, match="allowed: mixed, municipalities"):
        table("nothing", facts)


def test_every_fact_file_is_read_or_named_as_another_kind() -> None:
    assert {"sources.yaml", "words.yaml"} <= {path.name for path in FOLDER.glob("*.yaml")}
    assert set(FILES) <= {path.name for path in FOLDER.iterdir()} | {"values.yaml"}
    assert len(catalogue()) > 50
    assert len(table("municipalities")) == 98
