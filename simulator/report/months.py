"""Months of a run: digital share of the jobcentres' conversations, conversations held, and who waits longer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from simulator.report.reading import WITHIN, Row, Run, quantity

JOBCENTRE = "jobcentre"
PUBLISHED_SHARE = re.compile(r"digital_share_(\d{4})")
STRETCH_KINDS = ("suspended", "digital_only")
"""Rules that leave no choice of form, and so mark a stretch of the calendar."""

CONDITIONS = ("municipality_codes", "types", "groups", "spell_to_days", "held_from", "held_to")
EVERY = {"applies_by": ("", "held"), "conversations": ("", "all"), "spell_from_days": ("", "0", "0.0")}
"""What the columns of a rule hold that concerns every conversation."""


@dataclass
class Month:
    """A month of the period under the proposal.

    Attributes:
        first: Its first day.
        held: Conversations held by all kinds of office.
        at_jobcentres: Of these, those of jobcentres.
        digital: Of these, those by phone or video.
        more_waiting: How many more wait at its end than under the baseline, all kinds of office.
    """

    first: date
    held: float = 0.0
    at_jobcentres: float = 0.0
    digital: float = 0.0
    more_waiting: float = 0.0

    @property
    def after(self) -> date:
        """The first day of the month after it."""
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def share(self) -> float | None:
        """Digital share of the jobcentres' conversations [0-1]; None where they hold none."""
        return _share([self])


class Backlog(NamedTuple):
    """How many more wait than under the baseline at most, on which day, and the day by which that is gone."""

    most: float
    on: date
    gone_by: date | None


class Stretch(NamedTuple):
    """Days in which one kind of rule leaves no choice of form in the whole country, both included."""

    kind: str
    first: date
    last: date


@dataclass(frozen=True)
class Months:
    """What a run says of its months.

    Attributes:
        months: The months, in order.
        shares: Digital share of the jobcentres' conversations by calendar year [0-1].
        published: The shares that were published, by calendar year [0-1].
        backlog: The longer queue; None where there is none.
        stretches: Days of suspension and of digital conversations only.
    """

    months: tuple[Month, ...]
    shares: Mapping[int, float]
    published: Mapping[int, float] = field(default_factory=dict)
    backlog: Backlog | None = None
    stretches: tuple[Stretch, ...] = ()


def whole_months(run: Run) -> int:
    """Return the number of calendar months that the period touches."""
    first, last = run.period
    return (last.year - first.year) * 12 + last.month - first.month + 1


def months_of(run: Run) -> Months:
    """Return the months of a run, under the proposal, with what was published and the longer queue."""
    found: defaultdict[date, Month] = defaultdict(lambda: Month(date.min))
    for row in run.table("months"):
        first = date(int(row["year"]), int(row["month"]), 1)
        month = found[first]
        month.first = first
        _add(month, row)
    months = tuple(found[first] for first in sorted(found))
    shares = {
        year: share
        for year in sorted({month.first.year for month in months})
        if (share := _share(month for month in months if month.first.year == year)) is not None
    }
    published = {year: share for year, share in _published(run).items() if year in shares}
    return Months(months, shares, published, backlog_of(run), tuple(_stretches(run)))


def held_by_year(months: Iterable[Month]) -> dict[int, float]:
    """Return conversations held by all kinds of office, by calendar year."""
    held: defaultdict[int, float] = defaultdict(float)
    for month in months:
        held[month.first.year] += month.held
    return dict(held)


def _add(month: Month, row: Row) -> None:
    if row["arm"] == "baseline":
        month.more_waiting -= quantity(row, "waiting")
        return
    month.more_waiting += quantity(row, "waiting")
    month.held += quantity(row, "held")
    if row["office_kind"] == JOBCENTRE:
        month.at_jobcentres += quantity(row, "held")
        month.digital += quantity(row, "phone") + quantity(row, "video")


def _share(months: Iterable[Month]) -> float | None:
    counts = [(month.digital, month.at_jobcentres) for month in months]
    held = sum(at_jobcentres for _, at_jobcentres in counts)
    return sum(digital for digital, _ in counts) / held if held > WITHIN else None


def _published(run: Run) -> dict[int, float]:
    found = {}
    for key in run.headline.get("published") or {}:
        named = PUBLISHED_SHARE.fullmatch(key)
        if named:
            share = run.number("published", key)
            assert share is not None, "a published share is a number"
            found[int(named[1])] = share
    return dict(sorted(found.items()))


def backlog_of(run: Run) -> Backlog | None:
    """Return how much longer the queue is at most; None where it never is."""
    found, most = run.headline.get("backlog"), run.number("backlog", "most")
    if not found or most is None:
        return None
    gone_by = found.get("gone_by")
    last = date.fromisoformat(gone_by) if gone_by else None
    return Backlog(most, date.fromisoformat(found["on"]), last)


def _stretches(run: Run) -> list[Stretch]:
    """Return what rules for every conversation in the whole country forbid, joined where days follow each other."""
    first, last = run.period
    found: list[Stretch] = []
    rows = [row for row in run.table("rules") if _for_everyone(row) and row["from"]]
    for row in sorted(rows, key=lambda row: row["from"]):
        start = max(date.fromisoformat(row["from"]), first)
        end = min(date.fromisoformat(row["to"]) if row["to"] else last, last)
        before = found[-1] if found else None
        if before and before.kind == row["kind"] and start <= before.last + timedelta(days=1):
            found[-1] = Stretch(before.kind, before.first, max(end, before.last))
        elif start <= end:
            found.append(Stretch(row["kind"], start, end))
    return found


def _for_everyone(row: Row) -> bool:
    if row["arm"] == "baseline" or row["kind"] not in STRETCH_KINDS:
        return False
    free = all(not row.get(name) for name in CONDITIONS)
    return free and all((row.get(name) or "") in allowed for name, allowed in EVERY.items())
