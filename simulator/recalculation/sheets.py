"""Reading a filled workbook back: all faults at once, each by its cell."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from simulator.errors import Fault, InputError
from simulator.recalculation.compared import Filled, Typed, compared
from simulator.recalculation.typed import day_of, number_of
from simulator.report.language import languages, read_words
from simulator.report.workbook.asked import Asked, Chain
from simulator.report.workbook.asking import chain_of
from simulator.report.workbook.blind import (
    BASIS,
    FILLED_BY,
    FILLED_ON,
    NUMBER,
    REMARK,
    TEMPLATE,
    VALUE,
    rows_of,
)

LARGEST = 20_000_000
"""Bytes of a workbook, unpacked; one of these has a hundredth of it."""
LONGEST = 500
"""Characters of a name or a remark that are kept."""
Place = tuple[int, int]


@dataclass
class _Reading:
    """A workbook being read.

    Attributes:
        file: The file.
        shown: The workbook with the values that formulas had when it was saved.
        written: The workbook with its formulas.
        faults: Faults found so far.
    """

    file: Path
    shown: Any
    written: Any
    faults: list[Fault] = field(default_factory=list)

    def blame(self, place: str, message: str) -> None:
        self.faults.append(Fault(str(self.file), 0, 0, place, message))

    def content(self, sheet: str, at: Place) -> Any:
        """Return what a cell shows; a formula that was never worked out is a fault."""
        shown, written = (book[sheet].cell(at[0] + 1, at[1] + 1) for book in (self.shown, self.written))
        if written.data_type == "f" and shown.value is None:
            raise ValueError("holds a formula without its value; save it in Excel or LibreOffice, or write the number")
        return shown.value

    def check(self) -> None:
        if self.faults:
            raise InputError(self.faults)


def read_filled(file: Path, run: Path) -> Filled:
    """Return a filled blind workbook beside the run that it was made from.

    Args:
        file: The workbook, as it was handed in.
        run: The run folder.

    Raises:
        InputError: It is no such workbook, it belongs to another run, or cells are wrong; all faults by their cells.
    """
    chain = chain_of(run)
    reading = _Reading(file, *_opened(file))
    names = _sheets(reading)
    front, cells = names["front"], names["cells"]
    _template(reading, front, chain)
    by, on = _who(reading, front), _day(reading, front)
    rows = rows_of(chain)
    _in_place(reading, cells, chain, rows)
    read = [_factor(reading, cells, one, row) for one, row in zip(chain.asked, rows, strict=True)]
    for at in sorted({product.per for product in chain.products if product.per is not None}):
        answer = read[at]
        if answer is not None and answer[0] == 0:
            reading.blame(_place(cells, (rows[at], VALUE)), f"{chain.asked[at].number} is 0; it divides, write more")
    reading.check()
    assert by is not None and on is not None
    values, given, remarks = zip(*(one for one in read if one is not None), strict=True)
    places = tuple(_place(cells, (row, VALUE)) for row in rows)
    return compared(chain, Typed(by, on, places, values, given, remarks))


def _opened(file: Path) -> tuple[Any, Any]:
    """Return the workbook twice: with the values of its formulas, and with the formulas."""
    import openpyxl

    message = "is no workbook that can be read (.xlsx); hand in the sheet that was sent out"
    if not file.is_file():
        raise InputError.one("no such file; give the filled workbook", where=str(file))
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise InputError.one("is far too large for a sheet of factors", where=str(file))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it says of styles and validations is not of the values
            return openpyxl.load_workbook(file, data_only=True), openpyxl.load_workbook(file)
    except InputError:
        raise
    except Exception as fault:  # whatever a damaged file makes the reader stumble over
        raise InputError.one(message, where=str(file)) from fault


def _sheets(reading: _Reading) -> dict[str, str]:
    """Return the names of the sheets in the language that the workbook is in."""
    known = {language: dict(read_words(language).find("blind.sheets")) for language in languages()}
    there = list(reading.shown.sheetnames)
    names = max(known.values(), key=lambda names: sum(name in there for name in names.values()))
    for name in (names["front"], names["cells"]):
        if name not in there:
            reading.blame(name, f"there is no sheet of this name, but {', '.join(there)}; give it its name back")
    reading.check()
    return names


def _template(reading: _Reading, sheet: str, chain: Chain) -> None:
    """Refuse a workbook that was made from another run: its rows mean something else."""
    found = str(reading.content(sheet, TEMPLATE) or "")
    if found.strip() != chain.fingerprint:
        told = f"{found!r} is the template of another run or version; this run asks on {chain.fingerprint}"
        reading.blame(_place(sheet, TEMPLATE), f"{told}; make a new sheet from it")
        reading.check()


def _who(reading: _Reading, sheet: str) -> str | None:
    try:
        found = reading.content(sheet, FILLED_BY)
    except ValueError as fault:
        reading.blame(_place(sheet, FILLED_BY), str(fault))
        return None
    name = " ".join(str(found or "").split())
    if not any(letter.isalpha() for letter in name):
        reading.blame(_place(sheet, FILLED_BY), "no name of who filled it in; write a name or initials")
        return None
    return name[:LONGEST]


def _day(reading: _Reading, sheet: str) -> date | None:
    try:
        return day_of(reading.content(sheet, FILLED_ON))
    except ValueError as fault:
        reading.blame(_place(sheet, FILLED_ON), str(fault))
        return None


def _in_place(reading: _Reading, sheet: str, chain: Chain, rows: Sequence[int]) -> None:
    """Find rows that were moved or deleted; a value beside the wrong number is worse than none."""
    there = {str(line[0].value): line[0].row - 1 for line in reading.shown[sheet].iter_rows(max_col=1) if line[0].value}
    wrong = [(one, row) for one, row in zip(chain.asked, rows, strict=True) if there.get(one.number) != row]
    for one, row in wrong:
        found = there.get(one.number)
        now = "the row is gone" if found is None else f"the row now stands at {found + 1}"
        if found is None or one is wrong[0][0]:
            more = "" if found is None or len(wrong) == 1 else f", and {len(wrong) - 1} more rows have moved or gone"
            message = f"{one.number} belongs here; {now}{more}; undo it, or fill a new sheet"
            reading.blame(_place(sheet, (row, NUMBER)), message)
    if wrong:
        reading.check()


def _factor(reading: _Reading, sheet: str, one: Asked, row: int) -> tuple[float, bool, str] | None:
    """Return value, basis and remark of a factor; None where one of them is wrong."""
    value = given = None
    try:
        value = number_of(reading.content(sheet, (row, VALUE)), one.unit, one.signed)
    except ValueError as fault:
        reading.blame(_place(sheet, (row, VALUE)), f"{one.number} {fault}")
    try:
        given = _given(reading.content(sheet, (row, BASIS)))
    except ValueError as fault:
        reading.blame(_place(sheet, (row, BASIS)), f"{one.number} {fault}")
    remark = reading.shown[sheet].cell(row + 1, REMARK + 1).value
    if value is None or given is None:
        return None
    return value, given, " ".join(str(remark or "").split())[:LONGEST]


def _given(content: Any) -> bool:
    """Return whether a factor was given by the analyst; an empty cell says that it was looked up."""
    text = str(content or "").strip().casefold()
    bases = [dict(read_words(language).find("blind.basis")) for language in languages()]
    if text in {one["given"].casefold() for one in bases}:
        return True
    if text in {"", *(one["looked_up"].casefold() for one in bases)}:
        return False
    allowed = " or ".join(f"{one['looked_up']}, {one['given']}" for one in bases)
    raise ValueError(f"{content!r} is no basis; allowed: {allowed}, or nothing")


def _place(sheet: str, at: Place) -> str:
    from openpyxl.utils import get_column_letter

    return f"{sheet}!{get_column_letter(at[1] + 1)}{at[0] + 1}"
