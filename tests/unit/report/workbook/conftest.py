"""Runs of the control alone in one small municipality, and their workbooks."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from simulator.cli import group
from simulator.report.language import read_words
from simulator.report.reading import read_run
from simulator.report.story import words_for
from simulator.report.workbook import workbook_bytes

FolderOf = Callable[..., Path]
BookOf = Callable[..., Path]
KEPT = (
    "effects.params.",
    "attendance.take_up_scale",
    "attendance.video_share",
    "closures.",
    "saldo.first",
    "saldo.val",
)
"""Values that the chain needs; the others are left out of these runs, since each cell costs time to recompute."""


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> FolderOf:
    """Folder of a run of the control of a shipped scenario in Fanø, with settings laid over it."""

    @cache
    def folder(scenario: str, *sets: str) -> Path:
        out = tmp_path_factory.mktemp("control") / "run"
        laid = [part for one in ("places=[Fano]", *sets) for part in ("-S", one)]
        arguments = ["run", f"scenarios/{scenario}.yaml", *laid, "--engine", "control", "--no-brief", "--out", str(out)]
        group.main(arguments, standalone_mode=False)
        _shorten(out / "tables" / "assumptions.csv")
        return out

    return folder


def _shorten(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0])
        writer.writeheader()
        writer.writerows(row for row in rows if row["key"].startswith(KEPT))


@pytest.fixture(scope="session")
def book_of(run_folder: FolderOf, tmp_path_factory: pytest.TempPathFactory) -> BookOf:
    """File of the workbook of such a run."""

    @cache
    def book(scenario: str, *sets: str) -> Path:
        run = read_run(run_folder(scenario, *sets))
        path = tmp_path_factory.mktemp("books") / "brief.xlsx"
        path.write_bytes(workbook_bytes(run, words_for(run, read_words("da"))))
        return path

    return book
