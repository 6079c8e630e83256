"""The run's own tables as CSV, in the manner of a language: Danish has semicolons, decimal commas, a mark for Excel."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from simulator.errors import InputError
from simulator.report.reading import read_run
from simulator.report.tables.numbers import guarded
from simulator.results.dictionary import INFORMATION, ON_REQUEST, columns_of, kind_of, table_names

LOCALES = ("da", "en")
MARK = "\ufeff"
"""Begins a file that Excel is to read as UTF-8."""
PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")


def data_table(folder: Path, name: str, locale: str) -> bytes:
    """Return one of the run's own tables as CSV.

    Args:
        folder: Run folder.
        name: Name of the table: that of its file.
        locale: `da` for semicolons, decimal commas and a mark for Excel; `en` for the file as the run wrote it.

    Raises:
        InputError: The folder holds no finished run, there is no such table or locale, or its file is damaged.
    """
    if locale not in LOCALES:
        raise InputError.one(f"no locale {locale!r}; allowed: {', '.join(LOCALES)}", path="--locale")
    run = read_run(folder)
    path = run.folder / "tables" / f"{name}.csv"
    there = (*table_names(), *(one for one in INFORMATION if one == name or _has(run.folder, one)))
    if name not in there:
        kept = "; it is kept as tables/events.parquet alone" if name in ON_REQUEST else ""
        raise InputError.one(f"no table {name!r}; the run's own tables are: {', '.join(there)}{kept}", path="table")
    if not path.is_file():
        made = (
            "a scenario with a section 'decision' or 'trial' makes it"
            if name in INFORMATION
            else "run the scenario again"
        )
        raise InputError.one(f"this run has no table {name!r}; {made}", where=str(path))
    rows = list(_rows(path, name))
    return path.read_bytes() if locale == "en" else _danish(name, rows)


def _has(folder: Path, name: str) -> bool:
    return (folder / "tables" / f"{name}.csv").is_file()


def _rows(path: Path, name: str) -> Iterator[list[str]]:
    """Yield the rows of a table, the headings first.

    Raises:
        InputError: The file is not what a run writes.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            read = csv.reader(lines, strict=True)
            head = next(read, [])
            if head != columns_of(name):
                raise _damaged(path, 1, f"has other columns than {', '.join(columns_of(name))}")
            yield head
            numeric = [at for at, column in enumerate(head) if kind_of(name, column) != "text"]
            for row in read:
                if len(row) != len(head):
                    raise _damaged(path, read.line_num, f"has {len(row)} cells instead of {len(head)}")
                for at in numeric:
                    if row[at] and not PLAIN_NUMBER.fullmatch(row[at]):
                        raise _damaged(path, read.line_num, f"{head[at]} is no number: {row[at]!r}")
                yield row
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        raise InputError.one(f"cannot be read: {wrong}; run the scenario again", where=str(path)) from wrong


def _damaged(path: Path, line: int, what: str) -> InputError:
    return InputError.one(f"{what}; run the scenario again", where=f"{path}:{line}")


def _danish(name: str, rows: list[list[str]]) -> bytes:
    head, *body = rows
    text = [kind_of(name, column) == "text" for column in head]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    for row in body:
        cells = zip(row, text, strict=True)
        writer.writerow([_told(cell) if is_text else cell.replace(".", ",") for cell, is_text in cells])
    return (MARK + out.getvalue()).encode()


def _told(cell: str) -> str:
    """Return a text; one that a spreadsheet takes for a formula is kept from being one."""
    return cell if PLAIN_NUMBER.fullmatch(cell) else guarded(cell)
