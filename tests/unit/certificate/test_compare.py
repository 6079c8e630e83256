"""Comparing two files: leaves, cells, rows and lines that differ are named, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from simulator.certificate.compare import Difference, compared_files, exactly, nearly
from simulator.results.keep import write_parquet


def both(tmp_path: Path, name: str, kept: str, again: str) -> list[str]:
    for folder, text in (("kept", kept), ("again", again)):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    return [str(one) for one in compared_files(tmp_path / "kept" / name, tmp_path / "again" / name, exactly)]


@pytest.mark.parametrize(
    ("name", "kept", "again", "found"),
    [
        ("a.json", '{"a": 1}', '{"a": 1}', []),
        ("a.json", '{"a": {"b": [1, 2]}}', '{"a": {"b": [1, 3]}}', ["a.b[2]: kept 2, again 3"]),
        ("a.json", '{"a": 1}', '{"a": 1.0}', ["a: kept 1, again 1.0"]),
        ("a.json", '{"a": true}', '{"a": 1}', ["a: kept true, again 1"]),
        ("a.json", '{"a": null}', "{}", ["a: kept null, again nothing"]),
        ("a.json", '{"a":1}', '{"a": 1}', ["kept 7 bytes, again 8 other bytes that say the same"]),
        ("a.csv", "x,y\n1,2\n3,4\n", "x,y\n1,2\n3,5\n", ["row 2, y: kept 4, again 5"]),
        (
            "a.csv",
            "x,y\n1,2\n",
            "x,z\n1,2\n",
            ["column y: kept column y, again nothing", "column z: kept nothing, again column z"],
        ),
        ("a.csv", "x\n1\n2\n3\n", "x\n1\n3\n", ["number of rows: kept 3, again 2", "row 2: kept 2, again nothing"]),
        ("a.txt", "one\ntwo\n", "one\nthree\n", ["line 2: kept two, again three"]),
        ("a.yaml", "b: 1\na: {c: 2}\n", "a:\n  c: 2\nd: {}\nb: 1\n", []),
        ("a.yaml", "a: {c: 2}\n", "a: {c: 3}\n", ['a.c: kept "2", again "3"']),
        ("a.png", "x", "yy", ["kept 1 bytes, again 2 other bytes"]),
    ],
)
def test_what_differs_is_named(tmp_path: Path, name: str, kept: str, again: str, found: list[str]) -> None:
    assert both(tmp_path, name, kept, again) == found


def test_a_file_that_cannot_be_read_differs(tmp_path: Path) -> None:
    for name in ("a.json", "a.yaml", "a.parquet"):
        (told,) = both(tmp_path, name, "{", '{"a": 1}')
        assert "cannot be read" in told


def test_a_cell_of_parquet_is_named(tmp_path: Path) -> None:
    frame = pd.DataFrame({"key": ["a", "b"], "kr": [1.5, 2.5]})
    for folder, kr in (("kept", [1.5, 2.0]), ("again", [1.5, 2.5])):
        (tmp_path / folder).mkdir()
        write_parquet(tmp_path / folder, {"saldo": frame.assign(kr=kr)})
    found = compared_files(tmp_path / "kept" / "saldo.parquet", tmp_path / "again" / "saldo.parquet", exactly)
    assert found == [Difference("row 2, kr", "2.0", "2.5")]


def test_the_last_bits_of_decimals_count_between_like_machines_only(tmp_path: Path) -> None:
    for name, text in (("a.csv", "kr\n{}\n"), ("a.json", '{{"kr": {}}}')):
        assert both(tmp_path, name, text.format(0.1 + 0.2), text.format(0.3))
        files = (tmp_path / "kept" / name, tmp_path / "again" / name)
        assert compared_files(*files, nearly) == []
        files[0].write_text(text.format(0.30001), encoding="utf-8")
        assert len(compared_files(*files, nearly)) == 1
    assert json.loads(files[1].read_text(encoding="utf-8")) == {"kr": 0.3}
