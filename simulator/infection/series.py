"""A series of incidence: new cases of the seven days that end on a day, per 100,000 inhabitants."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from simulator.calendars.span import DAYS_A_WEEK
from simulator.errors import Fault, InputError
from simulator.facts.read import number, table
from simulator.facts.spelling import week
from simulator.infection.faults import Faults
from simulator.infection.reading import Given, read_given
from simulator.infection.rows import ALL, MOST_PER_100K, region_of
from simulator.scenario.names import Names

SHIPPED = "ssi-weekly"
INHABITANTS = MOST_PER_100K
"""The inhabitants that an incidence counts the cases of."""
DECIMALS = 9
"""Weighted means are rounded here, so that the order of a sum decides no comparison with a threshold."""

FloatArray: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Incidence:
    """New cases of the seven days that end on a day, per 100,000 inhabitants.

    Attributes:
        first: Ordinal of day 0.
        places: Municipality codes.
        per_100k: Incidence of the places [cases per 100,000 inhabitants in seven days], shape (place, day).
        national: Incidence of the country, or of all places that the series has [the same], shape (day,).
    """

    first: int
    places: tuple[str, ...]
    per_100k: FloatArray
    national: FloatArray

    @property
    def last(self) -> int:
        """Ordinal of the last day."""
        return self.first + len(self.national) - 1

    def covers(self, from_ordinal: int, to_ordinal: int) -> bool:
        """Return whether the series has all days from one to another, both included."""
        return self.first <= from_ordinal and to_ordinal <= self.last

    def of(self, codes: tuple[str, ...]) -> Incidence:
        """Return the series of some of its places alone, in the order of the codes; the national one stays."""
        rows = {code: row for row, code in enumerate(self.places)}
        return replace(self, places=codes, per_100k=self.per_100k[[rows[code] for code in codes]])

    def carried_to(self, ordinal: int) -> Incidence:
        """Return the series with its last day carried on to a day; itself where it reaches that far."""
        more = max(ordinal - self.last, 0)
        per_100k = np.pad(self.per_100k, ((0, 0), (0, more)), mode="edge")
        return replace(self, per_100k=per_100k, national=np.pad(self.national, (0, more), mode="edge"))

    def between(self, first: int, days: int) -> FloatArray:
        """Return the incidence on some days, shape (place, day). `check_covers` says whether it has them.

        Args:
            first: Ordinal of the first day.
            days: Number of days.
        """
        assert self.covers(first, first + days - 1), "check_covers comes first"
        return self.per_100k[:, first - self.first : first - self.first + days]


def read_incidence(series: str, folder: Path, names: Names, wanted: tuple[str, ...] | None = None) -> Incidence:
    """Return the series that a scenario names.

    Args:
        series: `ssi-weekly` for the shipped one, else a CSV file; the chapter of the room says what it holds.
        folder: Folder that the file name is relative to: the scenario's.
        names: The words; municipalities are found under code and name.
        wanted: Municipality codes that the series must have; all by default.

    Raises:
        InputError: If the file cannot be read or is not a whole series; with all faults found.
    """
    if series == SHIPPED:
        return shipped_incidence()
    path = folder / series
    faults = Faults(str(path))
    given = read_given(path, names, wanted, faults)
    faults.stop_if_any()
    assert given is not None
    incidence = _incidence(given, faults)
    faults.stop_if_any()
    return incidence


def shipped_incidence() -> Incidence:
    """Return the national weekly series, the same number for every municipality.

    The seven days that end on a Sunday are the ISO week and known exactly; the days between two Sundays lie on the
    straight line between them. The first day is the Sunday of the first week.

    Source:
        facts/incidence_weekly.csv; facts/sources.yaml, ssi-overvaagning.
    """
    rows = table("incidence_weekly")
    sundays = np.array([sunday_of(str(row["week"])) for row in rows])
    assert (np.diff(sundays) == DAYS_A_WEEK).all(), "a week is missing"
    people = inhabitants()
    weekly = np.array([number(row["cases"]) for row in rows]) * INHABITANTS / sum(people.values())
    national = np.interp(np.arange(sundays[0], sundays[-1] + 1), sundays, weekly)
    return Incidence(int(sundays[0]), tuple(people), np.tile(national, (len(people), 1)), national)


def sunday_of(written: str) -> int:
    """Return the ordinal of the last day of an ISO week such as `2021-W51`.

    Raises:
        ValueError: If there is no such week.
    """
    year, number_of_week = week(written).split("-W")
    return date.fromisocalendar(int(year), int(number_of_week), DAYS_A_WEEK).toordinal()


def inhabitants() -> dict[str, int]:
    """Return the inhabitants of each municipality [persons] by code.

    Source:
        facts/municipalities.csv, population_2021_12.
    """
    return {str(row["municipality_code"]): int(number(row["population_2021_12"])) for row in table("municipalities")}


def weighted_mean(per_100k: FloatArray, people: FloatArray) -> FloatArray:
    """Return the incidence of several places together.

    Args:
        per_100k: Their incidence, shape (place, day).
        people: Their inhabitants [persons], shape (place,).

    Returns:
        Mean weighted by inhabitants, shape (day,).
    """
    mean: FloatArray = np.round(people @ per_100k / people.sum(), DECIMALS)
    return mean


def check_covers(incidence: Incidence, first: int, last: int, where: str) -> None:
    """Check that a series has the days that are needed.

    Args:
        incidence: The series.
        first: Ordinal of the first day needed.
        last: Ordinal of the last day needed.
        where: How the fault names the series: its file, or the scenario.

    Raises:
        InputError: If it has not.
    """
    if incidence.covers(first, last):
        return
    has, needed = _days(incidence.first, incidence.last), _days(first, last)
    hint = "give a longer series, or move the period or the first day of the rule"
    message = f"the series has the days {has}, but {needed} are needed; {hint}"
    raise InputError([Fault(where, 0, 0, "infection.series", message)])


def _days(first: int, last: int) -> str:
    return f"{date.fromordinal(first)} to {date.fromordinal(last)}"


def _incidence(given: Given, faults: Faults) -> Incidence:
    """Return the incidence of all municipalities that the rows of a file speak of."""
    areas = [_people_of(area) for area in given.areas]
    people = np.array([sum(one.values()) for one in areas], dtype=np.float64)
    first, per_100k = given.first, given.values
    if given.cases:
        # Whole numbers up to here, so that a week of cases meets a threshold exactly.
        weeks = np.lib.stride_tricks.sliding_window_view(given.values, DAYS_A_WEEK, axis=1).sum(axis=2)
        first, per_100k = given.first + DAYS_A_WEEK - 1, weeks * INHABITANTS / people[:, None]
        national = weeks.sum(axis=0) * INHABITANTS / people.sum()
    else:
        national = per_100k[0] if given.areas == (ALL,) else weighted_mean(per_100k, people)
    _refuse_more_than_all(given, per_100k, first, faults)
    rows = {code: row for row, codes in enumerate(areas) for code in codes}
    places = tuple(code for code in inhabitants() if code in rows)
    return Incidence(first, places, per_100k[[rows[code] for code in places]], national)


def _people_of(area: str) -> dict[str, int]:
    """Return the inhabitants of the municipalities of a country (`all`), region or municipality by code."""
    people, regions = inhabitants(), region_of()
    return {code: people[code] for code in people if area in (ALL, regions[code], code)}


def _refuse_more_than_all(given: Given, per_100k: FloatArray, first: int, faults: Faults) -> None:
    for row in np.flatnonzero((per_100k > INHABITANTS).any(axis=1)):
        day = date.fromordinal(first + int(np.argmax(per_100k[row] > INHABITANTS)))
        said = f"{given.labels[row]} has more new cases than inhabitants in the seven days to {day}"
        faults.add(0, 0, given.measure, f"{said}; allowed: new cases of a day, not all cases so far")
