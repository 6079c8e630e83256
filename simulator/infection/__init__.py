"""Infection: how high was the incidence, and on which days does a rule that hangs on it apply?

**In** comes a series of incidence (`infection.series` of the scenario: a CSV file, or `ssi-weekly`, which is shipped)
and the attendance rules that have a `trigger`. **Out** come an `Incidence`, that is the new cases of the seven days
that end on a day per 100,000 inhabitants, of shape (place, day), and for each such rule plain rules with first and
last day, with a `Decision` for each time and area: when it was decided, from when to when, and the numbers.

A file has a header and a row for each place and day, cells parted by commas (or by semicolons, and then numbers with
a decimal comma). Columns:

- `date`: 2021-04-01;
- `municipality_code`, `place` or `region`, the first of them that there is: a code or a name of a municipality, or a
  region, or `all` or nothing for the country. All rows are of one kind. Christiansø (411) and an unknown place (0)
  are left out in silence;
- one of `cases` or `cases_pcr`, the new cases of the day, and `per_100k`, the incidence itself. A file of cases begins
  to have an incidence on its seventh day.

Other columns are ignored. No day and no place may be missing.

**Assumptions.** Inhabitants are those of December 2021 on all days. A municipality in a file of regions, or of the
country, has their incidence. The national incidence of a file of municipalities or regions is that of all that are in
it. The shipped series is national and weekly: exact on Sundays, on a straight line between them. Decisions are taken
on the figures of the day itself, as the file has them today: nobody had them yet on that day, and tests were few at
first. The rule of decision is written out in `trigger.py`.

A made-up rule for the second wave: close at 200 in the country on three days in a row, open after seven below 100:

>>> from datetime import date
>>> from pathlib import Path
>>> from simulator.infection import decided_rules, read_incidence
>>> from simulator.scenario.names import names
>>> from simulator.scenario.schema import AttendanceRule
>>> incidence = read_incidence("ssi-weekly", Path("."), names())
>>> date.fromordinal(incidence.first).isoformat(), date.fromordinal(incidence.last).isoformat()
('2020-03-08', '2022-02-27')
>>> trigger = {"at_least_per_100k": 200, "below_per_100k": 100, "days_at_least": 3, "area": "country"}
>>> rule = AttendanceRule.model_validate({"name": "Closing", "rule": "suspended", "trigger": trigger})
>>> first, last = date(2020, 9, 1).toordinal(), date(2021, 8, 31).toordinal()
>>> rules, decisions = decided_rules(rule, incidence, first, last)
>>> for one in rules:
...     print(one.name, "to", one.to)
Closing (Danmark, from 2020-12-08) to 2021-01-28
>>> print(decisions[0].why)
incidence 241.512 on 2020-12-07, at least 200 for 3 days; incidence 74.7646 on 2021-01-28, below 100 for 7 days
"""

from simulator.infection.areas import Decision, decided_rules
from simulator.infection.outbreak import Outbreak, outbreak_of
from simulator.infection.pressure import away_share, moved_by
from simulator.infection.series import INHABITANTS, Incidence, check_covers, read_incidence
from simulator.infection.trigger import Switch, can_fire, switches

__all__ = [
    "INHABITANTS",
    "Decision",
    "Incidence",
    "Outbreak",
    "Switch",
    "away_share",
    "can_fire",
    "check_covers",
    "decided_rules",
    "moved_by",
    "outbreak_of",
    "read_incidence",
    "switches",
]
