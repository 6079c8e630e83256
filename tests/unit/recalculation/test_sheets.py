"""A filled workbook read back: our own values give our own figure, and every fault is told by its cell."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from simulator.errors import InputError
from simulator.recalculation import content_of, plain, read_filled, to_be_given
from simulator.report.workbook.blind import BASIS, REMARK, VALUE, blind_workbook
from tests.unit.recalculation.conftest import RunAt
from tests.unit.recalculation.filling import DAY, HEADING, asked_of, filled_book, place, saved, values_of

RETURNING = """
name: back
title: Back to physical form
title_da: Tilbage til fysisk form
question: What is won when the choice of form is taken back?
period: {from: 2022-01-01, to: 2022-03-31}
calendar: {closure_weeks: [2021-W51, 2021-W52]}
baseline: {law: law-2022}
proposal:
  law: law-2021
  demand:
    contact_changes:
      - name: fewer
        from: 2022-02-01
        to: 2022-03-31
        types: [jobsamtale]
        groups: [dagpenge]
        conversations_per_year: 4
"""
SCENARIOS = {
    "one product": ("christmas-2021",),
    "effect and loss, accounts": ("christmas-2021-bottom-up", "saldo.concept=transfers"),
    "nothing": ("null",),
}


@pytest.fixture(scope="session")
def back(tmp_path_factory: pytest.TempPathFactory) -> str:
    """File of a scenario that takes conversations back to physical form, and holds fewer."""
    file = tmp_path_factory.mktemp("scenario") / "back.yaml"
    file.write_text(RETURNING, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("kind", SCENARIOS)
def test_our_own_values_come_back_as_our_own_figure(run_at: RunAt, tmp_path: Path, kind: str) -> None:
    _own_values_agree(run_at(*SCENARIOS[kind]), tmp_path)


@pytest.mark.parametrize("concept", ["employment", "transfers"])
def test_conversations_that_return_and_fewer_of_them_have_chains_of_their_own(
    run_at: RunAt, back: str, tmp_path: Path, concept: str
) -> None:
    run = run_at(back, f"saldo.concept={concept}")
    lines = {product.line for product in asked_of(run).products}
    assert lines == {"reverse", "volume"}
    _own_values_agree(run, tmp_path)


def _own_values_agree(run: Path, folder: Path) -> None:
    chain = asked_of(run)
    filled = read_filled(saved(filled_book(run, values_of(chain)), folder / "filled.xlsx"), run)
    for one in filled.figures:
        assert one.theirs == pytest.approx(one.control, rel=1e-9, abs=1e-6), one.name
    assert filled.agrees and filled.difference_share == pytest.approx(0.0, abs=1e-9)
    assert (filled.filled_by, filled.filled_on, filled.run_id) == ("KLM", DAY, chain.run_id)


@pytest.mark.parametrize("language", ["da", "en"])
def test_one_factor_that_is_off_is_found(run_at: RunAt, tmp_path: Path, language: str) -> None:
    run = run_at("christmas-2021")
    values = values_of(asked_of(run))
    values["K52"] *= 1.1
    filled = read_filled(saved(filled_book(run, values, language), tmp_path / "filled.xlsx"), run)
    assert not filled.agrees and filled.difference_share == pytest.approx(0.1)
    told = {row.number: row.effect_kr for row in filled.rows if abs(row.effect_kr) > 1e-6}
    assert told == {"K52": pytest.approx(filled.difference)}
    row = next(row for row in filled.rows if row.number == "K52")
    assert row.cell == f"{'Led' if language == 'da' else 'Factors'}!{place(run, 'K52')}"
    text = plain(filled)
    assert "K52 Value of a full-time year: 330,000 for 300,000" in text and "Not agreed" in text and "10.0%" in text


def test_content_is_json_with_numbers_as_numbers(run_at: RunAt, tmp_path: Path) -> None:
    run = run_at("null")
    values = values_of(asked_of(run))
    filled = read_filled(saved(filled_book(run, values), tmp_path / "filled.xlsx"), run)
    kept = json.loads(json.dumps(content_of(filled), allow_nan=False))
    assert kept["filled_on"] == "2021-12-14" and kept["agrees"] is True and kept["difference_kr"] == 0.0
    assert kept["factors"] == len(kept["rows"]) == kept["factors_checked"] + sum(row["given"] for row in kept["rows"])
    assert {"number", "cell", "ours", "theirs", "difference", "effect_kr"} <= set(kept["rows"][0])


def test_text_basis_remark_and_formulas_are_read(run_at: RunAt, tmp_path: Path) -> None:
    run = run_at("christmas-2021")
    values: dict[str, object] = dict(values_of(asked_of(run)))
    values |= {"K39": "45 %", "K18": "2,0", "K52": "300 000"}
    book = filled_book(run, values)
    cells = book["Led"]
    cells[place(run, "K24", BASIS)] = " Oplyst "
    cells[place(run, "K24", REMARK)] = "efter mail\nfra analytikeren"
    cells[place(run, "K49", BASIS)] = "slået op"
    filled = read_filled(saved(book, tmp_path / "filled.xlsx"), run)
    rows = {row.number: row for row in filled.rows}
    assert filled.agrees and [rows[name].theirs for name in ("K39", "K18", "K52")] == [0.45, 2.0, 300_000.0]
    assert rows["K24"].given and rows["K24"].remark == "efter mail fra analytikeren" and not rows["K49"].given
    assert filled.checked == len(filled.rows) - 2


def test_a_formula_is_taken_with_the_value_it_was_saved_with(run_at: RunAt, tmp_path: Path) -> None:
    run = run_at("christmas-2021")
    values: dict[str, object] = dict(values_of(asked_of(run)))
    book = filled_book(run, values | {"K52": "=150000*2", "K18": "=1+1"})
    file = saved(book, tmp_path / "filled.xlsx")
    told = faults_of(file, run)
    assert told == {f"Led!{place(run, one)}" for one in ("K52", "K18")}
    saved_again = _with_value(file, "=150000*2"[1:], "300000")
    assert faults_of(_with_value(saved_again, "1+1", "2"), run) == set()


def _with_value(file: Path, formula: str, value: str) -> Path:
    """Write a value beside a formula, as a spreadsheet does when it saves."""
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    found = [name for name in parts if f"<f>{formula}</f>".encode() in parts[name]]
    assert len(found) == 1
    with_value = f"<f>{formula}</f><v>{value}</v>".encode()
    for empty in (f"<f>{formula}</f><v></v>", f"<f>{formula}</f><v/>", f"<f>{formula}</f><v />"):
        parts[found[0]] = parts[found[0]].replace(empty.encode(), with_value)
    assert with_value in parts[found[0]]
    with zipfile.ZipFile(file, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file


def faults_of(file: Path, run: Path) -> set[str]:
    """Return the cells that are blamed."""
    try:
        read_filled(file, run)
    except InputError as wrong:
        assert all(fault.where == str(file) and fault.message for fault in wrong.faults)
        return {fault.path for fault in wrong.faults}
    return set()


def test_all_faults_are_told_at_once_by_cell(run_at: RunAt, tmp_path: Path) -> None:
    run = run_at("christmas-2021")
    wrong: dict[str, object] = {
        "K01": None,
        "K02": -5,
        "K03": "13.387",
        "K08": "ca. 0,03",
        "K18": "#REF!",
        "K24": 22,
        "K26": "67",
        "K39": True,
        "K40": "122 %",
        "K52": float("1e200"),
        "K53": 0,
    }
    book = filled_book(run, values_of(asked_of(run)) | wrong)
    book["Led"][place(run, "K10", BASIS)] = "gættet"
    book["Kontrolregning"]["B4"] = " - "
    book["Kontrolregning"]["B5"] = "i går"
    expected = {f"Led!{place(run, one)}" for one in wrong}
    expected |= {f"Led!{place(run, 'K10', BASIS)}", "Kontrolregning!B4", "Kontrolregning!B5"}
    file = saved(book, tmp_path / "filled.xlsx")
    assert faults_of(file, run) == expected
    with pytest.raises(InputError, match="write 0,22"):
        read_filled(file, run)


def rename(book: Workbook, run: Path) -> None:
    book["Led"].title = "Led (2)"


def remove_front(book: Workbook, run: Path) -> None:
    del book["Kontrolregning"]


def delete_row(book: Workbook, run: Path) -> None:
    book["Led"].delete_rows(int(place(run, "K10")[1:]))


def insert_row(book: Workbook, run: Path) -> None:
    book["Led"].insert_rows(int(place(run, "K03")[1:]))


def swap_rows(book: Workbook, run: Path) -> None:
    one, other = (book["Led"][f"A{place(run, number)[1:]}"] for number in ("K02", "K03"))
    one.value, other.value = other.value, one.value


def other_template(book: Workbook, run: Path) -> None:
    book["Kontrolregning"]["B6"] = "0123456789ab"


BROKEN: dict[str, tuple[Callable[[Workbook, Path], None], str]] = {
    "renamed": (rename, "no sheet of this name"),
    "front gone": (remove_front, "no sheet of this name"),
    "row deleted": (delete_row, "K10 belongs here; the row is gone"),
    "row inserted": (insert_row, "K03 belongs here; the row now stands at"),
    "rows swapped": (swap_rows, "K02 belongs here; the row now stands at"),
    "another template": (other_template, "the template of another run"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_sheet_that_was_taken_apart_is_refused(run_at: RunAt, tmp_path: Path, kind: str) -> None:
    run = run_at("christmas-2021")
    book = filled_book(run, values_of(asked_of(run)))
    take_apart, told = BROKEN[kind]
    take_apart(book, run)
    with pytest.raises(InputError) as wrong:
        read_filled(saved(book, tmp_path / "filled.xlsx"), run)
    assert told in str(wrong.value) and len(wrong.value.faults) <= 2


def test_the_sheet_of_another_run_is_refused(run_at: RunAt, tmp_path: Path) -> None:
    run, other = run_at("christmas-2021"), run_at("null")
    file = saved(filled_book(run, values_of(asked_of(run))), tmp_path / "filled.xlsx")
    assert faults_of(file, other) == {"Kontrolregning!B6"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"K01;82770\n", "zip", "half"])
def test_what_is_no_workbook_is_refused(run_at: RunAt, tmp_path: Path, content: bytes | str) -> None:
    run, file = run_at("null"), tmp_path / "filled.xlsx"
    if content == "zip":
        with zipfile.ZipFile(file, "w") as packed:
            packed.writestr("a.txt", "a")
    elif content == "half":
        whole = blind_workbook(run, HEADING)
        file.write_bytes(whole[: len(whole) // 2])
    else:
        assert isinstance(content, bytes)
        file.write_bytes(content)
    with pytest.raises(InputError, match="no workbook that can be read"):
        read_filled(file, run)


def test_no_file_a_folder_and_a_bomb_are_refused(run_at: RunAt, tmp_path: Path) -> None:
    run, bomb = run_at("null"), tmp_path / "bomb.xlsx"
    for file in (tmp_path / "none.xlsx", tmp_path):
        with pytest.raises(InputError, match="no such file"):
            read_filled(file, run)
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(30_000_000))
    with pytest.raises(InputError, match="too large"):
        read_filled(bomb, run)


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder of a finished run"):
        read_filled(tmp_path / "filled.xlsx", tmp_path)


def test_an_empty_sheet_is_told_cell_by_cell(run_at: RunAt, tmp_path: Path) -> None:
    run, file = run_at("christmas-2021"), tmp_path / "filled.xlsx"
    file.write_bytes(blind_workbook(run, HEADING))
    told = faults_of(file, run)
    assert told == {"Kontrolregning!B4", "Kontrolregning!B5"} | {
        f"Led!{place(run, one.number)}" for one in asked_of(run).asked
    }


def test_the_model_s_figures_can_be_given(run_at: RunAt, back: str) -> None:
    text = to_be_given(run_at("christmas-2021"))
    assert "K49 Scale of the choice: 0.873" in text and len(text.splitlines()) == 3
    told = to_be_given(run_at(back, "saldo.concept=employment"))
    assert "Back to physical, held so in the end, job-search conversations" in told


def test_the_names_of_cells_are_those_of_the_reader(run_at: RunAt) -> None:
    run = run_at("christmas-2021")
    book = openpyxl.load_workbook(io.BytesIO(blind_workbook(run, HEADING)))
    numbers = {row[0].value: row[VALUE].coordinate for row in book["Led"].iter_rows(min_row=5) if row[0].value}
    assert {one.number: numbers.get(one.number) for one in asked_of(run).asked} == {
        one.number: place(run, one.number) for one in asked_of(run).asked
    }
