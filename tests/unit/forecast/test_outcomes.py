"""Files of outcomes: as Danes and English write them, and every fault with its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.forecast import Outcome, read_outcomes

HEAD = "measure,place,year,month,value,source,published"
REAL = Path(__file__).with_name("a_kasse_conversations_2025_26.csv")


def read(folder: Path, text: str | bytes) -> tuple[Outcome, ...]:
    file = folder / "outcomes.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_outcomes(file)


def refused(folder: Path, text: str | bytes) -> str:
    with pytest.raises(InputError) as wrong:
        read(folder, text)
    return str(wrong.value)


def test_english_and_danish_spelling_say_the_same(tmp_path: Path) -> None:
    english = f"{HEAD},types,role\nheld,Odense,2025,9,6120,Jobindsats,2025-10-15,jobsamtale+opfoelgning,\n"
    english += 'digital_share,Syddanmark,2025,,0.491,"STAR, smt02",2026-01-15,,naive\n'
    danish = "Mål;Sted;År;Måned;Værdi;Kilde;Offentliggjort;Typer;Rolle\n"
    danish += "held;Odense Kommune;2025;sep;6.120;Jobindsats;15.10.2025;jobcentre;\n"
    danish += "digital_share;Region Syddanmark;2025;;49,1 %;STAR, smt02;15.1.2026;;naive\n"
    first = read(tmp_path, english)
    assert first[0] == Outcome(
        *("held", "461", 2025, 9, 6120.0, "Jobindsats", date(2025, 10, 15)),
        types=("jobsamtale", "opfoelgning"),
        line=2,
    )
    assert (first[1].place, first[1].month, first[1].value, first[1].naive) == ("Syddanmark", None, 0.491, True)
    for text in (
        danish.encode(),
        danish.encode("utf-8-sig"),
        danish.encode("cp1252"),
        "sep=;\r\n" + danish.replace("\n", "\r\n"),
    ):
        assert [replace(one, line=0) for one in read(tmp_path, text)] == [replace(one, line=0) for one in first]
    assert read(tmp_path, english.replace('"STAR, smt02"', "STAR").replace(",", "\t"))[0] == first[0]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("hold,Odense,2025,9,1,a,2025-10-15", "measure: `hold` is not a measure; allowed: due, held"),
        ("held,Odensee,2025,9,1,a,2025-10-15", "place: `Odensee` is not a place"),
        ("held,Odensee,2025,9,1,a,2025-10-15", "did you mean Odense?"),
        ("held,Odense,25,9,1,a,2025-10-15", "year: `25` is not a year"),
        ("held,Odense,2025,13,1,a,2025-10-15", "month: `13` is not a month; allowed: 1 to 12"),
        ("held,Odense,2025,9,,a,2025-10-15", "value: is no figure; leave the row out"),
        ("held,Odense,2025,9,..,a,2025-10-15", "value: is no figure; leave the row out"),
        ("held,Odense,2025,9,nan,a,2025-10-15", "value: `nan` is not a number"),
        ("held,Odense,2025,9,1,a,2205-10-15", "published: `2205-10-15` is not a day"),
        ("held,Odense,2025,9,-3,a,2025-10-15", "value: `-3` is below 0"),
        ("held,Odense,2025,9,many,a,2025-10-15", "value: `many` is not a number"),
        ("held,Odense,2025,9,45 %,a,2025-10-15", "value: `45 %` is a percentage"),
        (
            "digital_share,Odense,2025,9,49.1,a,2025-10-15",
            "value: `49.1` is no share; allowed: 0 to 1, or 0 % to 100 %",
        ),
        ("held,Odense,2025,9,1,,2025-10-15", "source: is empty"),
        ("held,Odense,2025,9,1,a,soon", "published: `soon` is not a date"),
        ("held,Odense,2025,9,1,a,2025-09-29", "published: lies before the end of the month"),
        ("held,Odense,2025,,1,a,2025-10-15", "published: lies before the end of the year"),
        ("held,Odense,2025,9,1,2,a,2025-10-15", "has 8 cells instead of 7; put a value with a decimal comma in quotes"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(row: str, words: str, tmp_path: Path) -> None:
    told = refused(tmp_path, f"{HEAD}\n\nheld,Odense,2025,8,1,a,2025-10-15\n{row}\n")
    assert words in told
    assert "outcomes.csv:4:1" in told


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = f"{HEAD}\nhold,Nowhere,x,14,y,,z\nheld,Odense,2025,9,1,a,2025-10-15\nheld,461,2025,9,2,b,2025-10-15\n"
    told = refused(tmp_path, text)
    assert told.count("outcomes.csv:2:1") == 7
    assert "outcomes.csv:4:1  held of Odense, 2025-09, all: stands in line 3 already; keep one" in told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty; allowed: the headings measure, place"),
        (HEAD, "holds no outcomes"),
        ("measure,place\nheld,Odense", "lacks the columns year, month, value, source, published"),
        (f"{HEAD},typs\n", "typs: is not a column; allowed: measure"),
        (f"{HEAD},typs\n", "did you mean types?"),
        (f"{HEAD},year\n", "year: stands twice among the headings"),
        (f'{HEAD}\nheld,"Odense\n', "cannot be read as CSV"),
        (b"PK\x03\x04workbook", "is no CSV text (a workbook, or UTF-16)"),
        (HEAD.encode("utf-16"), "is no CSV text"),
        (f"{HEAD},types\nheld,Odense,2025,9,1,a,2025-10-15,jobsamtaleX\n", "types: `jobsamtaleX` is not a known"),
        (f"{HEAD},role\nheld,Odense,2025,9,1,a,2025-10-15,naiv\n", "role: `naiv` is not a role"),
    ],
)
def test_a_wrong_file_is_named(text: str | bytes, words: str, tmp_path: Path) -> None:
    assert words in refused(tmp_path, text)


def test_a_file_that_is_not_there_or_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_outcomes(tmp_path / "none.csv")
    with pytest.raises(InputError, match="is a folder"):
        read_outcomes(tmp_path)


def test_the_published_series_is_read_whole() -> None:
    """Nine months, the country and five regions, held and digital share; the figures of September 2025 as printed."""
    rows = read_outcomes(REAL)
    assert len(rows) == 9 * 6 * 2
    found = {(one.measure, one.place, one.year, one.month): one.value for one in rows}
    assert found["held", "DK", 2025, 9] == 26371
    assert found["digital_share", "DK", 2025, 9] == pytest.approx((8621 + 4349) / (13399 + 8621 + 4349), abs=5e-5)
    assert {one.types for one in rows} == {("jobsamtale_a_kasse",)}
