"""Places that the control need not tell apart, and the meeting days that they have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np

from simulator.calendars import OFFICE_KINDS, Calendar
from simulator.calendars.span import Span
from simulator.facts.read import words
from simulator.scenario import Scenario

Passed: TypeAlias = tuple[int, ...] | None
Meetings: TypeAlias = tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(frozen=True)
class PlaceClass:
    """Places that share meeting days and rules.

    Attributes:
        codes: Municipality codes.
        days: In each arm the meeting days of the period, each with the closed weekdays since the one before.
    """

    codes: tuple[str, ...]
    days: tuple[Meetings, Meetings]


def place_classes(
    scenario: Scenario, calendars: tuple[Calendar, Calendar], span: Span, office_kind: str
) -> tuple[PlaceClass, ...]:
    """Return the classes of places for one kind of office."""
    kind = OFFICE_KINDS.index(office_kind)
    rules = [rule for arm in scenario.arms for rule in arm.sections.attendance.rules if rule.places]
    classes: dict[tuple[object, ...], list[str]] = {}
    known: dict[bytes, Meetings] = {}
    for place, code in enumerate(calendars[0].places):
        rows = [calendar.clock[kind, place].tobytes() for calendar in calendars]
        for calendar, row in zip(calendars, rows, strict=True):
            if row not in known:
                known[row] = _meetings(calendar, kind, place, span)
        days = tuple(known[row] for row in rows)
        classes.setdefault((days, tuple(code in rule.places for rule in rules)), []).append(code)
    return tuple(PlaceClass(tuple(codes), key[0]) for key, codes in classes.items())  # type: ignore[arg-type]


def _meetings(calendar: Calendar, kind: int, place: int, span: Span) -> Meetings:
    found: list[tuple[int, tuple[int, ...]]] = []
    closed: list[int] = []
    for day in range(span.period_to + 1):
        if calendar.clock[kind, place, day]:
            if day >= span.period_from:
                found.append((day, tuple(closed)))
            closed = []
        elif calendar.weekday[day]:
            closed.append(day)
    return tuple(found)


def closed_weekdays(calendar: Calendar, span: Span) -> Callable[[str, str], tuple[int, ...]]:
    """Return what gives the closed weekdays of the simulated days, ascending, by type and municipality code."""

    @cache
    def closed(type_name: str, code: str) -> tuple[int, ...]:
        kind = OFFICE_KINDS.index(words()["types"][type_name]["office_kind"])
        ticks = calendar.clock[kind, calendar.places.index(code), : span.days]
        return tuple(np.nonzero(calendar.weekday[: span.days] & ~ticks)[0].tolist())

    return closed
