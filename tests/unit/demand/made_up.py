"""Small scenarios, persons and clocks that the tests of demand, delivery, effects, saldo and control are made of."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from simulator.calendars import build_calendar
from simulator.calendars.span import Span
from simulator.demand import due as due_module
from simulator.demand.contact import Rhythm
from simulator.demand.due import Clock, Due, clock_of, due_of
from simulator.demand.register import Register
from simulator.scenario import Scenario, read_scenario
from simulator.scenario.schema import ArmSections
from simulator.streams import key_of

CHRISTMAS = "period: {from: 2021-12-19, to: 2022-01-16}\n"
KEY = key_of(1, 0)
ODENSE = "461"
NEVER = 10**6
MONDAY = date(2022, 2, 7).toordinal()
"""First day of a span of weeks without holidays: 7 February to 3 April 2022."""
SPAN = Span(MONDAY, 56, 7, 48, 56)


def scenario_of(text: str, *sets: str) -> Scenario:
    """Return a scenario written down in a test; period and name are put before it where it has none."""
    head = "" if "period:" in text else CHRISTMAS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mine.yaml"
        path.write_text(f"name: mine\n{head}{text}", encoding="utf-8")
        return read_scenario(path, sets)


def closures(text: str) -> ArmSections:
    """Return the sections of an arm with closures as a scenario writes them."""
    return scenario_of(text).baseline.sections


def clock(sections: ArmSections | None = None, span: Span = SPAN, kind: int = 0) -> Clock:
    """Return the clock of Odense's jobcentre."""
    calendar = build_calendar(sections or ArmSections(), span.first, span.days, (ODENSE,))
    return clock_of(calendar, kind, span.days)


def persons(
    start: Sequence[int], entry: Sequence[int] = (), leaves: Sequence[int] = (), carrier: Sequence[bool] = ()
) -> Register:
    """Return persons of Odense; they are there from day 0 (or the start of the spell) and do not leave."""
    count = len(start)
    column = np.zeros(count, dtype=np.int64)
    return Register(
        place=column,
        group=column,
        stock_number=column + 461 * 16,
        number=np.arange(count),
        start=np.array(start),
        entry=np.array(entry or [max(day, 0) for day in start]),
        exit=np.array(leaves or [NEVER] * count),
        carrier=np.array(carrier or [False] * count),
    )


def due_days(
    monkeypatch: pytest.MonkeyPatch, rhythm: Rhythm, who: Register, phase: int = 0, ticks: Clock | None = None
) -> list[list[int]]:
    """Return the due days of each person, all of whom have the same phase (in 2**32 of a conversation)."""
    monkeypatch.setattr(due_module, "philox_arrays", lambda c0, *_, key: np.full((4, len(c0)), phase, dtype=np.uint32))
    found = due_of(rhythm, who, np.arange(len(who)), ticks or clock(), SPAN, KEY)
    return days_by_person(found, len(who))


def days_by_person(found: Due, count: int) -> list[list[int]]:
    """Return due days by person, in the order of the conversations' numbers."""
    rows = sorted(zip(found.person.tolist(), found.number.tolist(), found.day.tolist(), strict=True))
    return [[day for person, _, day in rows if person == at] for at in range(count)]
