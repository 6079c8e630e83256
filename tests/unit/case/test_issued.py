from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.case.folder import CaseFolder
from simulator.case.issued import csv_text, faults_of_issued, issued_rows, register_of, restore_issued
from simulator.case.journal import read_journal
from simulator.case.state import state_of
from simulator.errors import InputError
from tests.unit.case.made_up_cases import HEADING, answer, made_case, put


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    made = made_case(tmp_path)
    state = put(made, state_of(read_journal(made)), "answered", 1, answer(-5.02))
    put(made, state, "answered", 2, answer(-4.0, why="=cmd()"))
    return made


def faults(case: CaseFolder) -> list[str]:
    return [str(fault) for fault in faults_of_issued(case, read_journal(case))]


def test_a_row_for_each_version(case: CaseFolder) -> None:
    rows = issued_rows("spm-412", state_of(read_journal(case)))
    assert [(row["version"], row["status"], row["figure_mio_kr"]) for row in rows] == [
        ("1", "udgået", "-5.02"),
        ("2", "udkast", "-4.0"),
    ]
    assert rows[0]["replaced_by"] == "v2"
    assert faults(case) == []


def test_no_cell_is_a_formula_and_numbers_stay_numbers(case: CaseFolder) -> None:
    rows = list(csv.DictReader(case.issued.read_text(encoding="utf-8").splitlines()))
    assert rows[1]["why"] == "'=cmd()"
    assert float(rows[1]["figure_mio_kr"]) == -4.0


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("-5.02", "-6.02", ":2:10  figure_mio_kr: was changed by hand: `-6.02`, but the journal says `-5.02`"),
        ("udkast", "oversendt", ":3:5  status: was changed by hand"),
        ("case,file_number", "case,number", ":1:1  has other columns"),
        ("spm-412,2021-4567,christmas-2021,1", "spm-412,christmas-2021,1", ":2:1  has 25 cells instead of 26"),
    ],
)
def test_nonsense_written_by_hand_is_told_with_its_place(case: CaseFolder, old: str, new: str, part: str) -> None:
    text = case.issued.read_text(encoding="utf-8")
    assert old in text
    case.issued.write_text(text.replace(old, new), encoding="utf-8")
    found = faults(case)
    assert any(part in fault for fault in found), found
    assert all("--restore" in fault for fault in found)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe nonsense", b"nonsense\n"])
def test_a_register_that_is_none(case: CaseFolder, content: bytes) -> None:
    case.issued.write_bytes(content)
    assert faults(case)


def test_a_line_more_or_less_is_told(case: CaseFolder) -> None:
    lines = case.issued.read_text(encoding="utf-8").splitlines(keepends=True)
    case.issued.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    assert "the journal knows nothing of" in "".join(faults(case))
    case.issued.write_text("".join(lines[:1]), encoding="utf-8")
    assert "lacks lines" in "".join(faults(case))


def test_one_that_a_command_did_not_come_to_write_is_no_fault(case: CaseFolder) -> None:
    before = csv_text(issued_rows(case.name, state_of(read_journal(case)[:-1])))
    case.issued.write_text(before, encoding="utf-8")
    assert faults(case) == []
    case.issued.unlink()
    assert faults(case) == []


def test_one_of_an_older_saldo_with_fewer_columns_is_no_fault(case: CaseFolder) -> None:
    rows = [line.split(",") for line in case.issued.read_text(encoding="utf-8").splitlines()]
    case.issued.write_text("\n".join(",".join(line[:-2]) for line in rows), encoding="utf-8")
    assert faults(case) == []


def test_the_edited_one_is_kept_when_it_is_written_anew(case: CaseFolder) -> None:
    right = case.issued.read_text(encoding="utf-8")
    for number in (1, 2):
        case.issued.write_text(f"mine {number}", encoding="utf-8")
        kept = restore_issued(case, state_of(read_journal(case)))
        assert kept == case.path / f"issued.edited-{number}.csv"
        assert kept.read_text(encoding="utf-8") == f"mine {number}"
        assert case.issued.read_text(encoding="utf-8") == right


def test_the_register_across_cases(case: CaseFolder) -> None:
    cases = case.path.parent
    other = made_case(cases, "beu-7", replace(HEADING, subject="suspension"))
    put(other, state_of(read_journal(other)), "answered", 1, answer(-1.0, replace(HEADING, subject="suspension")))
    (cases / "notes").mkdir()
    assert [row["case"] for row in register_of(cases)] == ["beu-7", "spm-412", "spm-412"]
    assert [row["case"] for row in register_of(cases, subject="suspension")] == ["beu-7"]
    assert len(register_of(cases, ["spm-412"])) == 2
    (other.journal / "0001-opened.json").unlink()
    with pytest.raises(InputError, match="entry 0001 is missing"):
        register_of(cases)
