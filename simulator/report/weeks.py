"""Weeks and days of a run: conversations by week, and why a day is closed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from simulator.report.bound import NOTHING, constant
from simulator.report.reading import Run

Week = tuple[int, int]
"""ISO year and ISO week."""

FORMS = ("physical", "phone", "video")
OPEN = "weekday"
WEEKEND = "weekend"
CLOSED = "closed"


@dataclass(frozen=True)
class Day:
    """A day of the period, as most places have it.

    Attributes:
        day: The day.
        kind: `weekday` where conversations are held, else the class of the ledger that closes it.
        meeting_kinds: Kinds of office that hold conversations.
        all_kinds: Whether all kinds of office agree.
        conversations: Conversations held under the proposal: those of the week, spread evenly over the
            meeting days of each kind of office.
    """

    day: date
    kind: str
    meeting_kinds: frozenset[str]
    all_kinds: bool
    conversations: float


def week_of(day: date) -> Week:
    """Return the ISO week of a day."""
    return day.isocalendar()[:2]


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield each day from a day to a day, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def held_by_week(run: Run, arm: str) -> dict[Week, dict[str, float]]:
    """Return conversations held in an arm, by week of the period and form; weeks with none hold zeros."""
    weeks: dict[Week, dict[str, float]] = {week: dict.fromkeys(FORMS, NOTHING) for week in period_weeks(run)}
    for cell, count in run.held.items():
        week = (cell.year, cell.week)
        if cell.arm == arm and week in weeks and cell.form in FORMS:
            weeks[week][cell.form] += count
    return weeks


def period_weeks(run: Run) -> list[Week]:
    """Return the weeks of the period that hold a weekday of it, in order; all its weeks where none does."""
    every = list(dict.fromkeys(week_of(day) for day in days_between(*run.period)))
    working = {week_of(day) for day in days_between(*run.period) if day.isoweekday() <= 5}
    return [week for week in every if week in working] or every


def closed_weeks(run: Run) -> set[Week]:
    """Return the weeks of the period in which no office holds conversations."""
    calendar = days_of(run)
    return {week_of(day.day) for day in calendar} - {week_of(day.day) for day in calendar if day.meeting_kinds}


def weekdays_of(run: Run) -> float:
    """Return the number of days Monday to Friday in the period, which stands by the calendar alone."""
    return constant(float(sum(day.isoweekday() <= 5 for day in days_between(*run.period))))


def meeting_days_of(run: Run) -> float:
    """Return the number of meeting days of the kind of office that has most [days]."""
    kinds = run.headline.get("meeting_days") or {}
    return max((run.mean("meeting_days", kind) for kind in kinds), default=0.0)


def days_of(run: Run) -> list[Day]:
    """Return the days of the period with their reason and their share of the week's conversations."""
    ledger = _usual_lines(run)
    held = _held_by_week_and_kind(run)
    meeting = {day: frozenset(kind for kind, (_, is_open) in kinds.items() if is_open) for day, kinds in ledger.items()}
    times: Counter[tuple[Week, str]] = Counter()
    for day, open_kinds in meeting.items():
        times.update((week_of(day), kind) for kind in open_kinds)
    days = []
    for day in days_between(*run.period):
        kinds = ledger.get(day, {})
        week = week_of(day)
        days.append(
            Day(
                day=day,
                kind=_class_of(day, kinds),
                meeting_kinds=meeting.get(day, frozenset()),
                all_kinds=len({is_open for _, is_open in kinds.values()}) <= 1,
                conversations=sum(held[week, kind] / times[week, kind] for kind in sorted(meeting.get(day, ()))),
            )
        )
    return days


def _usual_lines(run: Run) -> dict[date, dict[str, tuple[str, bool]]]:
    """Return class and whether it is a meeting day, by day and kind of office, as most places have it.

    Where the arms differ, the days are those of the proposal.
    """
    first, last = run.period
    ledger: dict[date, dict[str, tuple[str, bool]]] = defaultdict(dict)
    for row in run.table("calendar"):
        day = date.fromisoformat(row["date"])
        if row.get("arm") == "baseline":
            continue
        usual = row["place"] in ("", "other") or row["office_kind"] not in ledger[day]
        if first <= day <= last and usual:
            ledger[day][row["office_kind"]] = (row["class"], row["meeting_day"] in ("1", "1.0", "True", "true"))
    return ledger


def _held_by_week_and_kind(run: Run) -> defaultdict[tuple[Week, str], float]:
    held: defaultdict[tuple[Week, str], float] = defaultdict(float)
    for cell, count in run.held.items():
        if cell.arm == "proposal":
            held[(cell.year, cell.week), cell.office_kind] += float(count)
    return held


def _class_of(day: date, kinds: dict[str, tuple[str, bool]]) -> str:
    """Return `weekday` where any office meets, else the most common class of the ledger."""
    if any(is_open for _, is_open in kinds.values()):
        return OPEN
    classes = Counter(name for name, _ in kinds.values())
    if classes:
        return classes.most_common(1)[0][0]
    return WEEKEND if day.isoweekday() > 5 else CLOSED
