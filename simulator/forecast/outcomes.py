"""Reads what came: a CSV file that people make from Jobindsats and the like, in Danish or English spelling.

    measure;place;year;month;value;source;published;types;role
    held;Syddanmark;2025;9;6.120;Jobindsats smt02;15.10.2025;jobsamtale_a_kasse;

`month` is empty for a whole year. `types` (all where empty) are joined by `+`; a kind of office stands for its types.
`role` is `naive` for a plain forecast to compare with, such as the figure of the same month a year before.
"""

from __future__ import annotations

import csv
import io
import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from simulator.errors import InputError
from simulator.facts.files import LARGEST_FILE_BYTES
from simulator.facts.spelling import allowed, day, decimal, did_you_mean, fold, tidy, whole
from simulator.facts.tree import Faults, Place
from simulator.forecast.measures import called, is_share, measure_named, place_named, said_of, types_named

NEEDED = ("measure", "place", "year", "month", "value", "source", "published")
COLUMNS = (*NEEDED, "types", "role")
ROLES = ("outcome", "naive")
DANISH = {
    "maal": "measure",
    "sted": "place",
    "aar": "year",
    "maaned": "month",
    "vaerdi": "value",
    "kilde": "source",
    "offentliggjort": "published",
    "typer": "types",
    "rolle": "role",
}
MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
ENGLISH_MONTHS = {"may": 5, "oct": 10}
EXCEL = re.compile(r"sep=.")
"""A first line that Excel writes."""
SUPPRESSED = {"-", ".", "..", "...", "\u2026"}
"""What stands where a figure is suppressed or missing."""
LEAST_YEAR, LAST_YEAR = 1990, 2100
T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """What was counted.

    Attributes:
        measure: What is counted, see `MEASURES`.
        place: Municipality code, name of a region or landsdel, or `DK`.
        year: Calendar year.
        month: Month of it; None for the year.
        value: The count [conversations] or share [0-1].
        source: Where it was published.
        published: When it was published.
        types: Conversation types; all where empty.
        naive: Whether it is a plain forecast to compare with, and no outcome.
        line: Line of the file, from 1; 0 for none.
    """

    measure: str
    place: str
    year: int
    month: int | None
    value: float
    source: str
    published: date
    types: tuple[str, ...] = ()
    naive: bool = False
    line: int = 0

    @property
    def key(self) -> tuple[str, str, int, int, tuple[str, ...]]:
        """What a prediction must agree in; month 0 is the year."""
        return self.measure, self.place, self.year, self.month or 0, self.types


def read_outcomes(file: Path) -> tuple[Outcome, ...]:
    """Return the rows of a file of outcomes, in its order.

    Args:
        file: CSV in UTF-8 or Windows-1252, with commas, semicolons or tabs, and decimal points or commas.

    Raises:
        InputError: The file cannot be read, or rows are wrong; with all faults and their lines.
    """
    faults = Faults()
    found = list(_rows(_text(file), str(file), faults))
    _refuse_twice(found, str(file), faults)
    faults.stop_if_any()
    if not found:
        raise InputError.one("holds no outcomes; write a row below the headings for each", str(file))
    return tuple(found)


def _text(file: Path) -> str:
    try:
        if file.is_dir():
            raise InputError.one("is a folder; give a file of outcomes (.csv)", str(file))
        if file.stat().st_size > LARGEST_FILE_BYTES:
            raise InputError.one(f"is larger than {LARGEST_FILE_BYTES // 1_000_000} MB; part it", str(file))
        content = file.read_bytes()
    except FileNotFoundError as wrong:
        raise InputError.one("there is no such file", str(file)) from wrong
    except (OSError, ValueError) as wrong:
        raise InputError.one(f"cannot be read: {getattr(wrong, 'strerror', None) or wrong}", str(file)) from wrong
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"PK")) or b"\0" in content:
        raise InputError.one("is no CSV text (a workbook, or UTF-16); save it as CSV in UTF-8", str(file))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _rows(text: str, where: str, faults: Faults) -> Iterator[Outcome]:
    """Yield the outcomes of a text, noting what is wrong with the others."""
    first = next((line for line in text.splitlines() if line.strip() and not EXCEL.fullmatch(line)), "")
    delimiter = max(";,\t", key=first.count)
    lines = _lines(text, delimiter, where, faults)
    place, cells = next(lines, (Place(where), []))
    if not cells:
        faults.add(place, "", f"is empty; allowed: the headings {', '.join(NEEDED)} and a row for each outcome")
    head = _head(cells, place, faults) if cells else []
    for place, cells in lines if head else ():
        row = _Row(dict(zip(head, cells, strict=False)), place, faults)
        if len(cells) == len(head):
            outcome = row.outcome() if row.filled else None
            if outcome is not None:
                yield outcome
        else:
            hint = "; put a value with a decimal comma in quotes, or part the columns by semicolons"
            row.fault("", f"has {len(cells)} cells instead of {len(head)}{hint if delimiter == ',' else ''}")


def _lines(text: str, delimiter: str, where: str, faults: Faults) -> Iterator[tuple[Place, list[str]]]:
    """Yield the cells of the lines that are not empty, with their places."""
    read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in read:
            if any(cell.strip() for cell in cells) and not EXCEL.fullmatch(delimiter.join(cells)):
                yield Place(where, read.line_num, 1), cells
    except csv.Error as wrong:
        faults.add(Place(where, read.line_num, 1), "", f"cannot be read as CSV: {wrong}")


def _head(cells: list[str], place: Place, faults: Faults) -> list[str]:
    """Return the columns; none where they are wrong."""
    names = [DANISH.get(fold(cell), fold(cell)) for cell in cells]
    before = faults.count
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            faults.add(place, name, f"is not a column; {allowed(COLUMNS)}{did_you_mean(name, COLUMNS)}")
        elif names.count(name) > 1:
            faults.add(place, name, "stands twice among the headings; keep one")
    missing = [name for name in NEEDED if name not in names]
    if missing:
        faults.add(place, "", f"lacks the columns {', '.join(missing)}; the first line holds the headings")
    return names if faults.count == before else []


@dataclass
class _Row:
    """A row that is being read."""

    cells: dict[str, str]
    place: Place
    faults: Faults

    def fault(self, column: str, message: str) -> None:
        self.faults.add(self.place, column, message)

    @property
    def filled(self) -> bool:
        """Whether anything is written of the figure; a form whose row is not filled in yet says nothing."""
        return any(self.cells.get(name, "").strip() for name in ("value", "source", "published"))

    def read(self, column: str, reader: Callable[[str], T]) -> T | None:
        """Return a cell as a reader takes it; None where it refuses."""
        try:
            return reader(self.cells.get(column, ""))
        except ValueError as wrong:
            self.fault(column, str(wrong))
            return None

    def outcome(self) -> Outcome | None:
        """Return the row as an outcome; None where something is wrong with it."""
        before = self.faults.count
        measure, place = self.read("measure", measure_named), self.read("place", place_named)
        year, month = self.read("year", _year), self.read("month", _month)
        source, published = self.read("source", _filled), self.read("published", _published)
        types, naive = self.read("types", types_named), self.read("role", _naive)
        value = self.read("value", lambda text: _value(text, measure or ""))
        if self.faults.count > before or measure is None or place is None or year is None or value is None:
            return None
        assert source is not None and published is not None and types is not None and naive is not None
        if not naive and published <= date(year, month or 12, monthrange(year, month or 12)[1]):
            self.fault("published", f"lies before the end of the {'month' if month else 'year'} that was counted")
            return None
        return Outcome(measure, place, year, month, value, source, published, types, naive, self.place.line)


def _year(text: str) -> int:
    found = whole(text)
    if not LEAST_YEAR <= found <= LAST_YEAR:
        raise ValueError(f"`{found}` is not a year of an outcome; allowed: such as 2025")
    return found


def _published(text: str) -> date:
    found = day(text)
    if not LEAST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"`{found}` is not a day on which a figure was published; allowed: such as 2025-10-15")
    return found


def _month(text: str) -> int | None:
    """Return a month written as 9, 09, sep or september; None for the whole year."""
    written = fold(text)
    if not written:
        return None
    named = ENGLISH_MONTHS.get(written[:3]) or (MONTHS.index(written[:3]) + 1 if written[:3] in MONTHS else 0)
    found = named or whole(text)
    if not 1 <= found <= len(MONTHS):
        raise ValueError(f"`{tidy(text)}` is not a month; allowed: 1 to 12, or nothing for the whole year")
    return found


def _filled(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; say where the figure was published")
    return tidy(text)


def _naive(text: str) -> bool:
    word = fold(text) or ROLES[0]
    if word not in ROLES:
        raise ValueError(f"`{tidy(text)[:40]}` is not a role; {allowed(ROLES)}, or nothing{did_you_mean(word, ROLES)}")
    return word == ROLES[1]


def _value(text: str, measure: str) -> float:
    """Return a count, in which `1.234` is one thousand, or a share, which may be written as a percentage."""
    if not text.strip() or tidy(text) in SUPPRESSED:
        raise ValueError("is no figure; leave the row out where it is suppressed or not there yet")
    if is_share(measure):
        share = decimal(text)
        if not 0 <= share <= 1:
            raise ValueError(f"`{tidy(text)}` is no share; allowed: 0 to 1, or 0 % to 100 %")
        return share
    try:
        found = float(whole(text))
    except ValueError:
        found = decimal(text, per_cent=False)
    if found < 0:
        raise ValueError(f"`{tidy(text)}` is below 0; conversations are counted from 0")
    return found


def _refuse_twice(found: list[Outcome], where: str, faults: Faults) -> None:
    first: dict[object, int] = {}
    for one in found:
        line = first.setdefault((one.key, one.naive), one.line)
        if line != one.line:
            time = f"{one.year}-{one.month:02d}" if one.month else f"{one.year}"
            what = f"{one.measure} of {called(one.place)}, {time}, {said_of(one.types)}"
            faults.add(Place(where, one.line, 1), "", f"{what}: stands in line {line} already; keep one")
