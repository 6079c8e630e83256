"""Runs of the control alone on one small island, and blind workbooks of them filled in by hand."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from simulator.cli import group
from simulator.report.workbook.asked import Chain
from simulator.report.workbook.asking import chain_of
from simulator.report.workbook.blind import FILLED_BY, FILLED_ON, VALUE, BlindHeading, blind_workbook, rows_of

HEADING = BlindHeading("digitale-samtaler", "2021-4711", 2, "Hvad koster det, at samtaler må holdes digitalt?")
DAY = date(2021, 12, 14)


def ran(out: Path, scenario: str = "christmas-2021", *sets: str) -> Path:
    """Run a shipped scenario, or one of a file, by the control on Fanø, and return the folder."""
    file = scenario if scenario.endswith(".yaml") else f"scenarios/{scenario}.yaml"
    laid = [part for one in ("places=[Fano]", *sets) for part in ("-S", one)]
    arguments = ["run", file, *laid, "--engine", "control", "--no-brief", "--out", str(out)]
    group.main(arguments, standalone_mode=False)
    return out


@cache
def asked_of(run: Path) -> Chain:
    """Return what is asked about a run, read once."""
    return chain_of(run)


def values_of(chain: Chain) -> dict[str, float]:
    """Return our own values by number; 1 where the control does not get so far."""
    return {one.number: 1.0 if one.ours is None else one.ours for one in chain.asked}


def filled_book(run: Path, values: Mapping[str, Any], language: str = "da") -> Workbook:
    """Return the blind workbook with name, day and values filled in."""
    book = openpyxl.load_workbook(io.BytesIO(blind_workbook(run, HEADING, language)))
    front, cells = book.worksheets[0], book.worksheets[1]
    front.cell(FILLED_BY[0] + 1, FILLED_BY[1] + 1).value = "KLM"
    front.cell(FILLED_ON[0] + 1, FILLED_ON[1] + 1).value = DAY
    chain = asked_of(run)
    for one, row in zip(chain.asked, rows_of(chain), strict=True):
        cells.cell(row + 1, VALUE + 1).value = values[one.number]
    return book


def saved(book: Workbook, file: Path) -> Path:
    """Save a workbook and return its file."""
    book.save(file)
    return file


def place(run: Path, number: str, column: int = VALUE) -> str:
    """Return the cell of a factor on its sheet, such as E7."""
    chain = asked_of(run)
    at = next(at for at, one in enumerate(chain.asked) if one.number == number)
    return f"{'ABCDEFG'[column]}{rows_of(chain)[at] + 1}"
