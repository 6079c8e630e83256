"""What can be wrong with the calendar of a scenario, all faults at once."""

from __future__ import annotations

import re

from simulator.calendars.closing import OFFICE_KINDS
from simulator.calendars.customary import switch_faults
from simulator.calendars.layers import week_monday
from simulator.facts.spelling import allowed, did_you_mean
from simulator.scenario.schema import ArmSections, Closure

CODE = re.compile(r"\d{3}")


def calendar_faults(sections: ArmSections) -> list[tuple[str, str]]:
    """Return (dotted key, message) for each fault of an arm's calendar and closures.

    Items of a list count from 1. A reader that knows lines and columns puts them to the key;
    `build_calendar` raises without them.
    """
    faults = switch_faults(sections.calendar.customary)
    for index, week in enumerate(sections.calendar.closure_weeks, start=1):
        if week_monday(week) is None:
            said = f"`{week}` is not a week; allowed: an ISO week that exists, such as 2021-W51"
            faults.append((f"calendar.closure_weeks[{index}]", said))
    for index, period in enumerate(sections.closures.periods, start=1):
        faults.extend(_period_faults(f"closures.periods[{index}]", period))
    return faults


def _period_faults(path: str, period: Closure) -> list[tuple[str, str]]:
    faults = []
    if period.from_ is not None and period.to is not None and period.to < period.from_:
        faults.append((f"{path}.to", f"{period.to} is before {period.from_}; give the last day of the closure"))
    for kind in period.office_kinds:
        if kind not in OFFICE_KINDS:
            said = f"no such office kind `{kind}`; {allowed(OFFICE_KINDS)}{did_you_mean(kind, OFFICE_KINDS)}"
            faults.append((f"{path}.office_kinds", said))
    for place in period.places:
        # Names are turned into codes by the reader; a name left here would close nothing in silence.
        if CODE.fullmatch(place) is None:
            faults.append((f"{path}.places", f"`{place}` is not a municipality code of three digits"))
    return faults
