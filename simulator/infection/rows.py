"""Reads the rows of a file of incidence: day, place and number, each cell judged by itself."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.facts.files import is_file, is_folder
from simulator.facts.read import table
from simulator.facts.spelling import allowed, day, decimal, did_you_mean, fold, machine_decimal, tidy, whole
from simulator.infection.faults import Faults
from simulator.scenario.names import Names

ALL = "all"
DATE = "date"
PLACE_COLUMNS = ("municipality_code", "place", "region")
CASES = ("cases", "cases_pcr")
MEASURES = (*CASES, "per_100k")
LARGEST_FILE_MB = 50
BYTES_A_MB = 1_000_000
MOST_PER_100K = 100_000

_COUNTRY = frozenset({"", ALL, "danmark", "denmark", "country", "hele_landet"})
_UNPLACED = frozenset({"0", "411", "christiansoe", "ukendt", "unknown"})
_COUNT = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Columns:
    """Where the header has what.

    Attributes:
        names: The header, in small letters.
        place: Name of the column of places; None where all rows are of the country.
        measure: Name of the column of numbers.
        danish: Whether cells are parted by semicolons and numbers have a decimal comma.
    """

    names: tuple[str, ...]
    place: str | None
    measure: str
    danish: bool


@dataclass
class Rows:
    """The rows that could be read; a number that could not is 0, so that its day is no gap.

    Attributes:
        areas: What each area is called in the file's rows: `all`, a region, or a municipality code.
        area: Area of each row, an index of `areas`.
        ordinals: Day of each row.
        values: Number of each row [new cases, or cases per 100,000 inhabitants in seven days].
        lines: Line of each row.
        undated: Areas that have a row whose date could not be read.
    """

    areas: dict[str, int] = field(default_factory=dict)
    area: list[int] = field(default_factory=list)
    ordinals: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    undated: set[int] = field(default_factory=set)


def region_of() -> dict[str, str]:
    """Return the region of each municipality by code.

    Source:
        facts/municipalities.csv.
    """
    return {str(row["municipality_code"]): str(row["region"]) for row in table("municipalities")}


def read_rows(path: Path, names: Names, faults: Faults) -> tuple[Columns, Rows] | None:
    """Return header and rows of a file; None where they cannot be read at all.

    Args:
        path: A CSV file, cells parted by commas or semicolons.
        names: The words, for the municipalities.
        faults: Receives what is wrong.
    """
    text = _text(path, faults)
    if text is None:
        return None
    danish = ";" in text[: text.find("\n")]
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";" if danish else ",")
    records = _records(lines, faults)
    header = next(records, None)
    columns = _header(*header, danish, faults) if header else None
    if columns is None:
        if not faults.count:
            faults.add(0, 0, "", f"is empty; allowed: a header with {DATE} and one of {', '.join(MEASURES)}, and rows")
        return None
    reader = _Reader(columns, names, faults)
    for line, cells in records:
        reader.take(line, cells)
    if not reader.rows.lines and not faults.count:
        faults.add(1, 1, "", "no row of a place follows the header; allowed: a row a day")
        return None
    return columns, reader.rows


def _text(path: Path, faults: Faults) -> str | None:
    wrong = _why_not(path)
    if wrong:
        faults.add(0, 0, "", wrong)
        return None
    try:
        content = path.read_bytes()
    except OSError as error:
        faults.add(0, 0, "", f"cannot be read: {error.strerror}")
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        message = f"byte 0x{content[error.start]:02X} is not UTF-8 (perhaps Windows-1252); save the file as UTF-8"
        faults.add(line, column, "", message)
    return None


def _why_not(path: Path) -> str:
    if is_folder(path):
        return "is a folder; give a file of incidence (.csv), or ssi-weekly"
    if not is_file(path):
        near = [other.name for other in sorted(path.parent.glob("*.csv"))] if is_folder(path.parent) else []
        hint = did_you_mean(path.name, ["ssi-weekly", *near])
        return f"there is no such file; allowed: a CSV file, or ssi-weekly{hint}"
    if path.stat().st_size > LARGEST_FILE_MB * BYTES_A_MB:
        return f"is larger than {LARGEST_FILE_MB} MB; allowed: one row for each place and day"
    return ""


def _records(lines: Any[list[str]], faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Yield line and cells of each row that holds anything."""
    try:
        for cells in lines:
            if any(cell and not cell.isspace() for cell in cells):
                yield lines.line_num, cells
    except csv.Error as wrong:
        faults.unread = True
        faults.add(lines.line_num, 1, "", f"cannot be read as CSV: {wrong}; perhaps a quotation mark is never closed")


def _header(line: int, cells: list[str], danish: bool, faults: Faults) -> Columns | None:
    found = tuple(fold(cell) for cell in cells)
    measures = [name for name in MEASURES if name in found]
    before = faults.count
    for name in (DATE, *PLACE_COLUMNS, *MEASURES):
        if found.count(name) > 1:
            faults.add(line, 1, name, "the column stands twice in the header; keep one")
    if DATE not in found:
        faults.add(line, 1, DATE, f"there is no such column; the header has {_few(found)}{did_you_mean(DATE, found)}")
    if len(measures) > 1:
        faults.add(line, 1, measures[1], f"stands beside {measures[0]}; allowed: one of {', '.join(MEASURES)}")
    if not measures:
        near = next((said for said in (did_you_mean(name, found) for name in MEASURES) if said), "")
        message = f"there is no column of numbers; allowed: one of {', '.join(MEASURES)}; the header has {_few(found)}"
        faults.add(line, 1, "", f"{message}{near}")
    if faults.count > before:
        return None
    return Columns(found, next((name for name in PLACE_COLUMNS if name in found), None), measures[0], danish)


def _few(found: tuple[str, ...]) -> str:
    return allowed(one[:40] or "an empty name" for one in found).removeprefix("allowed: ")


class _Reader:
    """Reads rows; each spelling of a day or place is judged once."""

    def __init__(self, columns: Columns, names: Names, faults: Faults) -> None:
        self.columns = columns
        self.names = names
        self.faults = faults
        self.rows = Rows()
        self.regions = {fold(region): region for region in region_of().values()}
        self.at_date = columns.names.index(DATE)
        self.at_place = columns.names.index(columns.place) if columns.place else None
        self.at_value = columns.names.index(columns.measure)
        self.needed = max(self.at_date, self.at_place or 0, self.at_value) + 1
        self.days: dict[str, int] = {}
        self.places: dict[str, str | None] = {}
        self.number = _count_reader(columns.danish) if columns.measure in CASES else _rate_reader(columns.danish)

    def take(self, line: int, cells: list[str]) -> None:
        if len(cells) < self.needed:
            message = f"has {len(cells)} cells, the header {len(self.columns.names)}; allowed: a cell for each column"
            self.faults.add(line, 1, "", message)
            self.faults.unread = True
            return
        area = ALL if self.at_place is None else self._area(line, cells)
        if area is None:
            return
        index = self.rows.areas.setdefault(area, len(self.rows.areas))
        ordinal = self.days.get(cells[self.at_date]) or self._day(line, cells)
        value = self._value(line, cells)
        if ordinal is None:
            self.rows.undated.add(index)
            return
        self.rows.area.append(index)
        self.rows.ordinals.append(ordinal)
        self.rows.values.append(value)
        self.rows.lines.append(line)

    def _fault(self, line: int, cells: list[str], at: int, message: str) -> None:
        # The character of the cell, in a line without quotes.
        column = sum(len(cell) + 1 for cell in cells[:at]) + 1
        self.faults.add(line, column, self.columns.names[at], message)

    def _day(self, line: int, cells: list[str]) -> int | None:
        written = cells[self.at_date]
        try:
            self.days[written] = day(written).toordinal()
        except ValueError as wrong:
            self._fault(line, cells, self.at_date, str(wrong))
        return self.days.get(written)

    def _value(self, line: int, cells: list[str]) -> float:
        try:
            return self.number(cells[self.at_value])
        except ValueError as wrong:
            self._fault(line, cells, self.at_value, str(wrong))
            return 0.0

    def _area(self, line: int, cells: list[str]) -> str | None:
        assert self.at_place is not None
        written = cells[self.at_place]
        if written not in self.places:
            try:
                self.places[written] = self._resolved(written)
            except ValueError as wrong:
                self.places[written] = None
                self.faults.unread = True
                self._fault(line, cells, self.at_place, str(wrong))
        return self.places[written]

    def _resolved(self, written: str) -> str | None:
        """Return the area of a cell; None for cases without a municipality.

        Raises:
            ValueError: If there is no such place.
        """
        folded = fold(written)
        bare = folded.lstrip("0") or folded[:1] if folded.isdecimal() else folded
        if bare in _COUNTRY:
            return ALL
        if bare in _UNPLACED:
            return None
        region = self.regions.get(bare) or self.regions.get(bare.removeprefix("region_"))
        if region:
            return region
        if self.columns.place == "region":
            known = tuple(self.regions.values())
            raise ValueError(f"`{tidy(written)[:60]}` is not a region; {allowed(known)}{did_you_mean(written, known)}")
        return self.names.resolve("places", written)


def _count_reader(danish: bool) -> Callable[[str], float]:
    def count(written: str) -> float:
        if _COUNT.fullmatch(written):
            return int(written)
        text = tidy(written)
        try:
            found = whole(text) if danish else int(text) if _COUNT.fullmatch(text) else -1
        except ValueError:
            found = -1
        if found < 0 or not _COUNT.fullmatch(str(found)):
            raise ValueError(f"{_shown(text)} new cases of a day; allowed: a whole number, 0 or more")
        return found

    return count


def _rate_reader(danish: bool) -> Callable[[str], float]:
    def rate(written: str) -> float:
        text = tidy(written)
        try:
            found = decimal(text, per_cent=False) if danish else machine_decimal(text)
        except ValueError as wrong:
            if "two readings" in str(wrong):
                raise
            found = -1.0
        if not 0 <= found <= MOST_PER_100K:
            example = "123,4" if danish else "123.4"
            asked = f"allowed: a number from 0 to {MOST_PER_100K}, such as {example}"
            raise ValueError(f"{_shown(text)} an incidence; {asked}")
        return found

    return rate


def _shown(text: str) -> str:
    return f"`{text[:40]}` is no number of" if text else "is empty where there should be a number of"
