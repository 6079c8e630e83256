"""The sections on what drives the estimate, on rival models, on the split and the log; and the order of both forms."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import InputError
from simulator.report.blocks import Document, Figure, Heading, KeyFigures, Table, plain, spans
from simulator.report.brief import compose
from simulator.report.language import read_words
from simulator.report.reading import read_run
from simulator.report.sections.telling import Telling
from simulator.report.story import words_for
from tests.unit.report.made_up_drivers import drivers, turns, two_way
from tests.unit.report.made_up_runs import tables, write_run
from tests.unit.report.printed import loose_numbers, printed, without_digits
from tests.unit.report.shapes import SHAPES, Shape

Rows = Sequence[dict[str, Any]]
MODELS = {"constant_loss": 1.0, "dose_response": 0.98, "fading_loss": 0.67, "hazard": 2.7}


def rivals(shape: Shape) -> Rows:
    mio = shape.effect_kr / 1e6
    return [{"model": model, "saldo_mio_kr": mio * share} for model, share in MODELS.items()]


def write_table(folder: Path, name: str, rows: Rows) -> None:
    with (folder / "tables" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def driven(tmp_path: Path) -> Callable[[str], Path]:
    """Folder of a made-up run with its drivers, break-evens and rivals, by the name of its shape."""

    def folder(name: str) -> Path:
        shape = SHAPES[name]
        path = write_run(tmp_path / name, shape)
        made = {
            "drivers": drivers(shape),
            "turns": turns(shape),
            "two_way": list(two_way(shape)),
            "rivals": rivals(shape),
        }
        for table, rows in made.items():
            write_table(path, table, rows)
        return path

    return folder


def document_of(folder: Path, form: str = "full", *, internal: bool = False, digits: bool = True) -> Document:
    run, words = read_run(folder), read_words("da")
    words = words_for(run, words if digits else without_digits(words))
    return compose(Telling(run, words, internal=internal), form)


def table_of(document: Document, name: str) -> Table:
    (found,) = (block for block in document.blocks if isinstance(block, Table) and block.name == name)
    return found


def names_of(document: Document) -> list[str]:
    return [block.name for block in document.blocks if isinstance(block, Table)]


def headings(document: Document) -> list[str]:
    return [plain(block.text) for block in document.blocks if isinstance(block, Heading) and block.level == 2]


def test_the_full_form_has_its_sections_in_the_order_in_which_a_committee_asks(driven: Callable[[str], Path]) -> None:
    document = document_of(driven("published"))
    assert headings(document) == [
        "Skøn", "Forslaget", "Økonomiske konsekvenser", "Beregning", "Kalender og samtaler", "Følsomhed",
        "Hvad valget af begreb betyder", "Rivaliserende effektmodeller", "Ikke indregnet", "Tidligere oplyst",
        "Forudsætninger", "Kontrol og simulation", "Sådan gentages kørslen", "Kilder",
    ]  # fmt: skip
    assert names_of(document) == [
        "years", "law_comments", "chain", "belief", "drivers", "turns", "concepts", "rivals", "assumptions"
    ]  # fmt: skip
    assert [block.name for block in document.blocks if isinstance(block, Figure)] == [
        "bridge", "calendar", "conversations", "tornado", "breakeven"
    ]  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_the_short_form_has_three_exhibits_at_most_and_no_figure(name: str, folder_of: Callable[[str], Path]) -> None:
    document = document_of(folder_of(name), "short")
    assert document.dense and not document_of(folder_of(name)).dense
    assert set(names_of(document)) <= {"chain", "years", "belief"} and "chain" in names_of(document)
    assert not any(isinstance(block, (Figure, KeyFigures)) for block in document.blocks)
    assert len(" ".join(map(plain, printed(document)))) < 6_500


def test_there_is_no_other_form(folder_of: Callable[[str], Path]) -> None:
    with pytest.raises(InputError, match="allowed: full, short"):
        document_of(folder_of("published"), "long")


@pytest.mark.parametrize("name", ["published", "gain", "partial_loss", "suspension", "social", "null"])
def test_no_number_of_these_sections_is_loose(name: str, driven: Callable[[str], Path]) -> None:
    texts = printed(document_of(driven(name), internal=True, digits=False))
    assert {plain(text): found for text in texts if (found := loose_numbers(text))} == {}


def test_the_drivers_stand_by_their_swing_with_the_estimate_at_both_ends(driven: Callable[[str], Path]) -> None:
    document = document_of(driven("published"))
    rows = [[plain(cell) for cell in line.cells] for line in table_of(document, "drivers").lines]
    assert rows[0] == ["Skala på beskæftigelseseffekten", "0,3", "1,3", "−5,9", "−25,5"]
    assert rows[1][0] == "Andel af effekten, som en digital samtale bevarer" and rows[1][3:] == ["−5,0", "0"]
    assert len(rows) == 8 and all(row[0] != "Udnyttelse af sagsbehandlertiden" for row in rows)
    (told,) = (text for text in map(plain, printed(document)) if text.startswith("Inden for deres egne spænd"))
    assert "Skala på beskæftigelseseffekten (fra −5,9 mio. kr. til −25,5 mio. kr.)" in told.replace("\xa0", " ")


def test_an_estimate_of_nothing_has_no_drivers_and_no_rivals(driven: Callable[[str], Path]) -> None:
    assert not {"drivers", "turns", "rivals"} & set(names_of(document_of(driven("null"))))


def test_a_value_without_one_number_today_is_marked_as_missing_and_a_fitted_one_is_not_told(
    driven: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = driven("published")
    rows = [dict(row, value="") for row in turns(SHAPES["published"])]
    write_table(folder, "turns", rows)
    cells = {plain(line.cells[1]) for line in table_of(document_of(folder), "turns").lines}
    assert cells == {"–"}
    fitted = table_of(document_of(driven("partial_loss")), "turns")
    (kept,) = (line for line in fitted.lines if plain(line.cells[0]).startswith("Andel af effekten"))
    assert plain(kept.cells[1]) == "oplyses ikke"


def test_rivals_stand_beside_each_other_with_the_chosen_one_marked(driven: Callable[[str], Path]) -> None:
    folder = driven("published")
    table = table_of(document_of(folder), "rivals")
    assert [plain(line.cells[2]) for line in table.lines] == ["−5,0", "−4,9", "−3,4", "−13,5"]
    assert [line.emphasis for line in table.lines].count("total") <= 1
    assert all(span.number is not None for line in table.lines for span in spans(line.cells[2]))


def test_kroner_by_type_and_place_are_told_to_colleagues_alone(driven: Callable[[str], Path]) -> None:
    folder = driven("published")
    assert not any(name.startswith("split") for name in names_of(document_of(folder)))
    document = document_of(folder, internal=True)
    table = table_of(document, "split_type")
    assert "beregningsteknisk fordeling" in plain(table.caption)
    numbers = [
        document.numbers[span.number]
        for line in table.lines
        for span in spans(line.cells[1])
        if span.number is not None
    ]
    assert sum(map(float, numbers)) * 1e6 == pytest.approx(SHAPES["published"].effect_kr, rel=1e-9)


def test_the_log_tells_grade_and_date_and_who_answers_where_that_is_given(
    driven: Callable[[str], Path], folder_of: Callable[[str], Path]
) -> None:
    older = table_of(document_of(folder_of("published")), "assumptions").columns
    assert "Grad" not in older and "Dato" in older
    folder = driven("published")
    rows = [
        dict(row, grade=3, owner="", expiry="", signed_off_by="") for row in tables(SHAPES["published"])["assumptions"]
    ]
    rows[0] |= {"owner": "**kontor** [[7]]", "expiry": "2027-01-31", "grade": 2}
    write_table(folder, "assumptions", rows)
    table = table_of(document_of(folder), "assumptions")
    assert table.columns == ("Forudsætning", "Værdi", "Spænd", "Art", "Grad", "Dato", "Ejer", "Udløb", "Kilde")
    owned = [[plain(cell) for cell in line.cells] for line in table.lines if "kontor" in plain(line.cells[6])]
    assert owned and owned[0][6] == "**kontor** [[7]]" and owned[0][7] == "2027-01-31"


def test_a_brief_with_drivers_is_the_same_each_time(driven: Callable[[str], Path], tmp_path: Path) -> None:
    folder = driven("published")
    again = shutil.copytree(folder, tmp_path / "again")
    first, second = document_of(folder), document_of(again)
    assert replace(first, numbers=()) == replace(second, numbers=())
