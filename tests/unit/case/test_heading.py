from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from simulator.case.heading import file_number_fault, heading_of, heading_text, moment, read_heading
from simulator.errors import InputError
from tests.unit.case.made_up_cases import HEADING


def test_a_heading_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(heading_text(HEADING), encoding="utf-8")
    assert read_heading(file) == HEADING


@pytest.mark.parametrize("quoted", ['a "quoted" word', "back\\slash", "kolon: her", "# no comment", "æøå"])
def test_every_question_comes_back(tmp_path: Path, quoted: str) -> None:
    file = tmp_path / "case.yaml"
    heading = heading_of({"question": quoted, "asker": "x", "file_number": "1", "deadline": "1.2.2021"}, {})
    file.write_text(heading_text(heading), encoding="utf-8")
    assert read_heading(file).question == quoted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-12-17 15:00", datetime(2021, 12, 17, 15, 0)),
        ("17.12.2021 kl. 9.30", datetime(2021, 12, 17, 9, 30)),
        ("2021-12-17T08:05", datetime(2021, 12, 17, 8, 5)),
        ("17.12.2021", datetime(2021, 12, 17, 23, 59)),
    ],
)
def test_a_deadline_is_a_day_or_a_day_and_a_time(text: str, expected: datetime) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize("text", ["2021-02-30", "2021-12-17 25:00", "soon", "2021-12-17 15", ""])
def test_no_deadline(text: str) -> None:
    with pytest.raises(ValueError, match="allowed"):
        moment(text)


@pytest.mark.parametrize(
    "text", ["2021/4567", "..", "a..b", "a\\b", "", " 1", "-1", "x" * 65, "a\nb", "<b>", "\u202e12"]
)
def test_a_file_number_that_is_none(text: str) -> None:
    assert file_number_fault(text)


@pytest.mark.parametrize("text", ["2021-4567", "2021 - 4567", "J.nr. 12.34-5", "STAR:21_0042", "Å-1"])
def test_a_file_number(text: str) -> None:
    assert file_number_fault(text) == ""


def test_all_faults_of_a_new_case_at_once() -> None:
    texts = {"question": "", "asker": "x", "file_number": "../../etc", "deadline": "soon"}
    with pytest.raises(InputError) as caught:
        heading_of(texts, {"analyst": "A. B.", "assurer": "a. b."})
    told = str(caught.value)
    for part in ("--question", "slash", "not a date", "a second person is needed"):
        assert part in told


def test_all_faults_of_a_file_at_once_with_their_places(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    text = "saldo: 1\nquestion: [a]\nasker: x\nfile_number: 2021/1\ndeadlin: 1.1.2021\nroles: {boss: x}\n"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_heading(file)
    told = str(caught.value)
    for part in (":2:1  question", ":4:", "did you mean deadline", "deadline: is missing", "roles.boss"):
        assert part in told


@pytest.mark.parametrize(("said", "part"), [("2", "later saldo"), ("one", "number of a version"), ("0", "from 1")])
def test_a_case_of_another_version(tmp_path: Path, said: str, part: str) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(heading_text(HEADING).replace("saldo: 1", f"saldo: {said}"), encoding="utf-8")
    with pytest.raises(InputError, match=part):
        read_heading(file)
