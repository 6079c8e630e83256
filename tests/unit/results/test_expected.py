"""Expected figures: what is read, what is refused, and when a headline holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import InputError
from simulator.results.expected import trials_of

HEAD = "name,engine,settings,key,low,high,why\n"


def folder_with(tmp_path: Path, text: str) -> Path:
    (tmp_path / "expected").mkdir()
    (tmp_path / "case.yaml").write_text("name: case\n", encoding="utf-8")
    (tmp_path / "expected" / "case.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_figures_of_the_same_run_stand_together(tmp_path: Path) -> None:
    text = HEAD + (
        "one,control,,converted,1,2,why\n"
        "two,,places=[Odense]; demand.scale=0.5,a.b,1,1,why\n"
        "three,control,,c,null,null,why\n"
    )
    trials = trials_of(folder_with(tmp_path, text))
    assert [(trial.engine, trial.settings, len(trial.expectations)) for trial in trials] == [
        ("control", (), 2),
        ("fast", ("places=[Odense]", "demand.scale=0.5"), 1),
    ]


def test_all_faults_are_named_with_their_line(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, HEAD + ",control,,converted,x,2,why\ntwo,control,,,1,1,\n")
    (folder / "expected" / "other.csv").write_text(HEAD + "a,,,b,1,1,why\n", encoding="utf-8")
    with pytest.raises(InputError) as wrong:
        trials_of(folder)
    told = [f"{fault.line} {fault.path}" for fault in wrong.value.faults]
    assert told == ["2 name", "2 low", "3 key", "3 why", "0 "]


@pytest.mark.parametrize("text", ["", "name,key\n", "\x00"])
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        trials_of(folder_with(tmp_path, text))


def test_a_folder_without_expected_figures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--scenarios"):
        trials_of(tmp_path)


@pytest.mark.parametrize(
    ("key", "low", "high", "fault"),
    [
        ("converted", "1", "2", None),
        ("converted", "2", "3", "is 1.5"),
        ("converted.control", "9", "9", None),
        ("days.jobcentre", "10", "10", None),
        ("ratio", "null", "null", None),
        ("ratio", "0", "0", "is None, not a number"),
        ("converted", "null", "null", "is 1.5, not null"),
        ("days.team", "0", "1", "the headline has no days.team"),
        ("title", "0", "1", "is 'x', not a number"),
    ],
)
def test_a_headline_holds_or_says_why_not(tmp_path: Path, key: str, low: str, high: str, fault: str | None) -> None:
    headline = {
        "converted": {"mean": 1.5, "control": 9.0},
        "days": {"jobcentre": 10},
        "ratio": {"mean": None},
        "title": "x",
    }
    (trial,) = trials_of(folder_with(tmp_path, HEAD + f"one,control,,{key},{low},{high},why\n"))
    assert trial.expectations[0].fault(headline) == fault
