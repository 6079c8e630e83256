"""Calendars: on which days do which offices hold conversations, and why not on the others?

**In** come the sections `calendar` and `closures` of an arm, a span of days and the municipality codes.
**Out** comes a `Calendar`: two masks of shape (office kind, place, day), `clock` (a planned meeting day: the
contact clock ticks) and `open` (conversations can be held), and a day ledger that gives each day its class,
its reasons and their sources.

Layers, in the order in which they name a day where several meet:

1. legal holidays (`legal.py`), by dated law; Store Bededag up to and including 2023;
2. the weekend;
3. customary closures (`facts/customary.yaml`), each with a switch; 24 and 31 December are ordinary duty days
   in the municipal offices of Copenhagen and Frederiksberg;
4. closure weeks of the scenario, Monday to Sunday, all offices;
5. planned closures of the scenario by dates, office kinds and places: the clock stops;
6. unplanned closures: the clock ticks on and conversations wait, so a day is in `clock` and not in `open`.

**Assumptions.** Offices hold conversations Monday to Friday. A half day counts as a meeting day unless its
switch is turned on. A-kasser close on 24 and 31 December in all places. Counts of days are those that most
places have. `carry_share` (persons whose clock runs on through a planned closure) belongs to demand: the
calendar gives it `weekday` to run on.

The weeks of the published case, 19 December 2021 to 16 January 2022:

>>> from datetime import date
>>> from simulator.calendars import build_calendar, period_counts
>>> from simulator.scenario.schema import ArmSections, CalendarSection
>>> arm = ArmSections(calendar=CalendarSection(closure_weeks=("2021-W51", "2021-W52")))
>>> first, last = date(2021, 12, 19).toordinal(), date(2022, 1, 16).toordinal()
>>> calendar = build_calendar(arm, first, last - first + 1, ("101", "147", "851", "860", "820"))
>>> counts = period_counts(calendar, first, last)
>>> counts["weekdays"], counts["legal_holidays"], counts["after_customary_closures"]["jobcentre"]
(20, 0, 18)
>>> counts["meeting_days"]
{'jobcentre': 10, 'a_kasse': 10, 'rehabilitation_team': 10}
>>> for line in calendar.lines(date(2021, 12, 24).toordinal(), date(2021, 12, 24).toordinal()):
...     print(line.office_kind, line.place or "all", line.day_class, "|", line.reason)
jobcentre other customary_closure | Juleaftensdag; closure week 2021-W51
jobcentre 101,147 closure_week | closure week 2021-W51
a_kasse all customary_closure | Juleaftensdag; closure week 2021-W51
rehabilitation_team other customary_closure | Juleaftensdag; closure week 2021-W51
rehabilitation_team 101,147 closure_week | closure week 2021-W51
"""

from simulator.calendars.checks import calendar_faults
from simulator.calendars.closing import OFFICE_KINDS, Closing, DayClass
from simulator.calendars.counts import PeriodCounts, period_counts, places_that_differ
from simulator.calendars.customary import CustomaryClosure, customary_closures, switch_names
from simulator.calendars.ledger import LEDGER_COLUMNS, Calendar, LedgerLine, RuleOn, build_calendar
from simulator.calendars.legal import LegalHoliday, easter_sunday, legal_holidays

__all__ = [
    "LEDGER_COLUMNS",
    "OFFICE_KINDS",
    "Calendar",
    "Closing",
    "CustomaryClosure",
    "DayClass",
    "LedgerLine",
    "LegalHoliday",
    "PeriodCounts",
    "RuleOn",
    "build_calendar",
    "calendar_faults",
    "customary_closures",
    "easter_sunday",
    "legal_holidays",
    "period_counts",
    "places_that_differ",
    "switch_names",
]
