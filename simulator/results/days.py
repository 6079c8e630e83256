"""The table of days: every day of the period for each kind of office, with the attendance rules in force."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from simulator.calendars import LEDGER_COLUMNS, OFFICE_KINDS, RuleOn
from simulator.delivery.attendance import rulebook_of
from simulator.demand import office_kind_of
from simulator.facts.read import words
from simulator.results.dictionary import ordered
from simulator.results.setting import Setting


def calendar_table(setting: Setting) -> pd.DataFrame:
    """Return the day ledger of the period; days on which the arms differ have a row for each."""
    rule_on, period = rules_in_force(setting), setting.period
    baseline, proposal = (list(calendar.lines(*period, rule_on)) for calendar in setting.calendars)
    rows: list[tuple[object, ...]] = []
    if baseline == proposal:
        rows = [(*line.row(), "both") for line in baseline]
    else:
        differ = {(line.date, line.office_kind) for line in set(baseline) ^ set(proposal)}
        for arm, lines in (("baseline", baseline), ("proposal", proposal)):
            for line in lines:
                apart = (line.date, line.office_kind) in differ
                if apart or arm == "proposal":
                    rows.append((*line.row(), arm if apart else "both"))
        rows.sort(key=lambda row: (str(row[0]), OFFICE_KINDS.index(str(row[1])), row[-1] == "proposal"))
    return ordered("calendar", pd.DataFrame(rows, columns=[*LEDGER_COLUMNS, "arm"]))


def rules_in_force(setting: Setting, arms: tuple[int, ...] = (0, 1)) -> RuleOn:
    """Return a function that names the rules in force on a day, for a kind of office and a place.

    Rules of several types or groups are joined by ` / `, those of the arms by ` | ` where they differ.

    Args:
        setting: The ground of the run.
        arms: Numbers of the arms.
    """
    books = [rulebook_of(setting.scenario.arms[arm], setting.places, setting.span) for arm in arms]
    types = {kind: [at for at in range(len(words()["types"])) if office_kind_of(at) == index]
             for index, kind in enumerate(OFFICE_KINDS)}  # fmt: skip
    place_index = {code: place for place, code in enumerate(setting.places)}

    @cache
    def names(arm: int, day: int, office_kind: str, table: int) -> str:
        book = books[arm]
        place = book.table_of_place.index(table)
        each = (rule.name for at in types[office_kind] for rule in book.rules_on(day, at, place))
        return " / ".join(dict.fromkeys(each))

    def rule_on(ordinal: int, office_kind: str, code: str) -> str:
        day, place = ordinal - setting.span.first, place_index[code]
        both = [names(arm, day, office_kind, book.table_of_place[place]) for arm, book in enumerate(books)]
        return " | ".join(dict.fromkeys(both))

    return rule_on


def meeting_days(setting: Setting, arm: int) -> dict[str, int]:
    """Return the days of the period on which conversations are held, by kind of office, as most places have it."""
    return {kind: setting.calendars[arm].meeting_days(kind, *setting.period) for kind in OFFICE_KINDS}


def days_by_year(setting: Setting) -> Iterator[tuple[int, float]]:
    """Yield each calendar year of the period and its share of the period's days [0-1]."""
    first, last = setting.period
    years = [setting.span.date_of(day - setting.span.first).year for day in range(first, last + 1)]
    for year in sorted(set(years)):
        yield year, years.count(year) / len(years)


def segment_shares(setting: Setting) -> npt.NDArray[np.float64]:
    """Return the share of the period's days that each segment has, shape (segment,); none outside the period."""
    days = np.array([segment.days if segment.inside else 0 for segment in setting.span.segments])
    shares: npt.NDArray[np.float64] = days / days.sum()
    return shares
