"""Reads a file of incidence as a whole: each place has each day once, and no place is left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from simulator.calendars.span import DAYS_A_WEEK
from simulator.facts.spelling import allowed
from simulator.infection.faults import Faults
from simulator.infection.rows import ALL, CASES, Rows, read_rows, region_of
from simulator.scenario.names import Names

IntArray: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Given:
    """What a file says, once it is known to be whole.

    Attributes:
        areas: `all`, or regions by name, or municipality codes; never two kinds together.
        labels: Their names.
        first: Ordinal of day 0.
        values: New cases of the day, or cases per 100,000 inhabitants in seven days, shape (area, day).
        measure: Name of the column of the numbers.
    """

    areas: tuple[str, ...]
    labels: tuple[str, ...]
    first: int
    values: NDArray[np.float64]
    measure: str

    @property
    def cases(self) -> bool:
        """Whether the values are new cases of a day."""
        return self.measure in CASES


def read_given(path: Path, names: Names, wanted: tuple[str, ...] | None, faults: Faults) -> Given | None:
    """Return what a file says; None where it has a fault.

    Args:
        path: The file.
        names: The words, for the municipalities.
        wanted: Municipality codes that must have a row a day; all where None.
        faults: Receives what is wrong.
    """
    read = read_rows(path, names, faults)
    if read is None:
        return None
    columns, rows = read
    sorted_rows = _Sorted(rows, names)
    _refuse_repeats(sorted_rows, faults)
    mixed = _refuse_mixture(sorted_rows, faults)
    if not (mixed or faults.unread):
        _refuse_missing(sorted_rows, names, wanted, faults)
        _refuse_gaps(sorted_rows, faults)
        _refuse_other_days(sorted_rows, faults)
    if faults.count:
        return None
    days = len(sorted_rows.ordinals) // len(sorted_rows.areas)
    if columns.measure in CASES and days < DAYS_A_WEEK:
        faults.add(0, 0, "", f"has {days} days; allowed: {DAYS_A_WEEK} or more, as an incidence counts a week")
        return None
    values = sorted_rows.values.reshape(len(sorted_rows.areas), days)
    return Given(sorted_rows.areas, sorted_rows.labels, int(sorted_rows.ordinals[0]), values, columns.measure)


class _Sorted:
    """The rows in order of area (as first met), day and line.

    Attributes:
        areas: The areas.
        labels: Their names.
        area: Area of each row, shape (row,); so are ordinals, values and lines.
        bounds: First row of each area and the end, shape (area + 1,).
        undated: Areas of which a date could not be read; what days they lack is not known.
    """

    def __init__(self, rows: Rows, names: Names) -> None:
        self.areas = tuple(rows.areas)
        self.labels = tuple(names.municipalities.get(area, area) for area in self.areas)
        area, ordinals, lines = (np.array(one, dtype=np.int64) for one in (rows.area, rows.ordinals, rows.lines))
        order = np.lexsort((lines, ordinals, area))
        self.area: IntArray = area[order]
        self.ordinals: IntArray = ordinals[order]
        self.lines: IntArray = lines[order]
        self.values = np.array(rows.values, dtype=np.float64)[order]
        self.bounds: IntArray = np.searchsorted(self.area, np.arange(len(self.areas) + 1))
        self.undated = rows.undated

    def first_line(self, area: int) -> int:
        """Return the first line of an area in the file; 0 where no row of it could be read."""
        own = self.lines[self.bounds[area] : self.bounds[area + 1]]
        return int(own.min()) if own.size else 0

    def steps(self) -> tuple[IntArray, IntArray]:
        """Return the rows that follow on one of the same area, and the days between the two."""
        following = np.flatnonzero(np.diff(self.area) == 0) + 1
        return following, self.ordinals[following] - self.ordinals[following - 1]


def _refuse_mixture(rows: _Sorted, faults: Faults) -> bool:
    """Note where country, regions and municipalities stand in one file; return whether they do."""
    regions = set(region_of().values())
    kinds: dict[str, int] = {}
    for index, area in enumerate(rows.areas):
        kind = "the country" if area == ALL else "a region" if area in regions else "a municipality"
        kinds.setdefault(kind, index)
    for (before, first), (kind, index) in pairwise(kinds.items()):
        line, other = rows.first_line(index), rows.first_line(first)
        message = f"a row for {kind} in a file with rows for {before} (line {other}); allowed: one of the two"
        faults.add(line, 1, "", message)
    return len(kinds) > 1


def _refuse_missing(rows: _Sorted, names: Names, wanted: tuple[str, ...] | None, faults: Faults) -> None:
    if ALL in rows.areas:
        return
    regions = region_of()
    given = set(rows.areas)
    codes = tuple(regions) if wanted is None else wanted
    missing = [code for code in codes if not given & {code, regions.get(code)}]
    if not missing:
        return
    if given & set(regions.values()):
        lacking = list(dict.fromkeys(regions.get(code, code) for code in missing))
        message = "a row a day for every region, or for the country alone"
    else:
        lacking = [f"{names.municipalities.get(code, code)} ({code})" for code in missing]
        message = "a row a day for every municipality, or for regions or the country alone"
    faults.add(0, 0, "", f"has no rows for {allowed(lacking).removeprefix('allowed: ')}; allowed: {message}")


def _refuse_repeats(rows: _Sorted, faults: Faults) -> None:
    following, days = rows.steps()
    for row in following[days == 0]:
        day, label = date.fromordinal(int(rows.ordinals[row])), rows.labels[rows.area[row]]
        message = f"{label} has {day} twice; the first is in line {rows.lines[row - 1]}; keep one"
        faults.add(int(rows.lines[row]), 1, "date", message)


def _refuse_gaps(rows: _Sorted, faults: Faults) -> None:
    """Note the first day that each area lacks."""
    following, days = rows.steps()
    told = set(rows.undated)
    for row in following[days > 1]:
        area = int(rows.area[row])
        if area in told:
            continue
        told.add(area)
        before, line = int(rows.ordinals[row - 1]), int(rows.lines[row - 1])
        said = f"{rows.labels[area]} has no row for {date.fromordinal(before + 1)}"
        message = f"{said}; the row before it is line {line}; allowed: a row for each day, 0 where there is nothing"
        faults.add(line, 1, "date", message)


def _refuse_other_days(rows: _Sorted, faults: Faults) -> None:
    """Note the areas that begin or end on other days than most."""
    ends = {
        area: (int(rows.ordinals[start]), int(rows.ordinals[end - 1]))
        for area, (start, end) in enumerate(pairwise(rows.bounds.tolist()))
        if area not in rows.undated and end > start
    }
    if not ends:
        return
    usual = Counter(ends.values()).most_common(1)[0][0]
    for area, own in ends.items():
        if own == usual:
            continue
        begins = own[0] != usual[0]
        line = int(rows.lines[rows.bounds[area] if begins else rows.bounds[area + 1] - 1])
        said = f"{rows.labels[area]} has the days {_days(own)}, the other places {_days(usual)}"
        faults.add(line, 1, "date", f"{said}; allowed: the same days for every place")


def _days(ends: tuple[int, int]) -> str:
    return f"{date.fromordinal(ends[0])} to {date.fromordinal(ends[1])}"
