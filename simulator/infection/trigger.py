"""When a rule that hangs on the incidence takes force and when it ends, in one area.

The rule, in order:

1. The situation is judged on *review days*: the first day, and every `review_days`-th day after it.
2. A rule that is not in force is *decided* on a review day d if the incidence was at or above the threshold on each
   of the `days_at_least` days that end on d. Days before the first review day count too, where the series has them.
3. It takes force on d + `delay_days`, moved on to the next working day (Monday to Friday, no legal holiday).
4. It is decided to *end* on a review day e, on which it is in force, if the incidence was below the lower threshold on
   each of the `days_below` days that end on e. On the day of the decision it was not, so they all come after it.
5. Its last day is e + `delay_days` - 1, and with a delay of 0 or 1 day e itself.
6. From the next review day on it can be decided anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from simulator.calendars.legal import legal_holidays
from simulator.calendars.span import DAYS_A_WEEK, WEEKDAYS_A_WEEK
from simulator.infection.series import FloatArray
from simulator.scenario.schema import Trigger


@dataclass(frozen=True)
class Switch:
    """A time in which a rule is in force.

    Attributes:
        decided: Ordinal of the review day on which it was decided.
        from_: Ordinal of the first day in force, a working day.
        ends_decided: Ordinal of the review day on which its end was decided; None where it never was.
        to: Ordinal of the last day in force, at most the last day that is judged.
        why: The numbers that decided.
    """

    decided: int
    from_: int
    ends_decided: int | None
    to: int
    why: str


def can_fire(trigger: Trigger, x: FloatArray) -> bool:
    """Return whether the incidence ever reaches the threshold, on whatever days.

    Args:
        trigger: The thresholds.
        x: Incidence [cases per 100,000 inhabitants in seven days], any shape.
    """
    return bool((x >= trigger.at_least_per_100k).any())


def switches(trigger: Trigger, x: FloatArray, first: int, from_ordinal: int, to_ordinal: int) -> tuple[Switch, ...]:
    """Return the times in which a rule is in force in one area, in order; no two share a day.

    Args:
        trigger: The rule.
        x: Incidence of the area [cases per 100,000 inhabitants in seven days], shape (day,).
        first: Ordinal of day 0 of x.
        from_ordinal: First review day.
        to_ordinal: Last day that is judged or in force.

    Raises:
        ValueError: If x does not have all days from the first to the last.
    """
    if first > from_ordinal or to_ordinal >= first + len(x):
        last = first + len(x) - 1
        raise ValueError(f"the incidence has days {first} to {last}, not {from_ordinal} to {to_ordinal}")
    at_least = _run_lengths(x >= trigger.at_least_per_100k)
    below = _run_lengths(x < _lower(trigger))
    found: list[Switch] = []
    now: Switch | None = None
    for today in range(from_ordinal, to_ordinal + 1, trigger.review_days):
        day = today - first
        if now is None and at_least[day] >= trigger.days_at_least:
            why = _why(x[day], today, f"at least {trigger.at_least_per_100k:g}", trigger.days_at_least)
            now = Switch(today, _working_day(today + trigger.delay_days), None, to_ordinal, why)
        elif now is not None and today >= now.from_ and below[day] >= trigger.days_below:
            why = _why(x[day], today, f"below {_lower(trigger):g}", trigger.days_below)
            last = min(today + max(trigger.delay_days, 1) - 1, to_ordinal)
            found.append(replace(now, ends_decided=today, to=last, why=f"{now.why}; {why}"))
            now = None
    if now is not None:
        found.append(now)
    return tuple(one for one in found if one.from_ <= to_ordinal)


def _lower(trigger: Trigger) -> float:
    return trigger.at_least_per_100k if trigger.below_per_100k is None else trigger.below_per_100k


def _run_lengths(holds: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each day the number of days in a row, ending on it, on which something holds, shape (day,)."""
    count = np.arange(1, len(holds) + 1)
    lengths: NDArray[np.int64] = count - np.maximum.accumulate(np.where(holds, 0, count))
    return lengths


def _why(x: float, day: int, bound: str, days: int) -> str:
    length = "" if days == 1 else f" for {days} days"
    return f"incidence {x:.6g} on {date.fromordinal(day)}, {bound}{length}"


def _working_day(ordinal: int) -> int:
    """Return a day itself where it is a working day, else the next that is."""
    while (ordinal - 1) % DAYS_A_WEEK >= WEEKDAYS_A_WEEK or ordinal in _holidays(date.fromordinal(ordinal).year):
        ordinal += 1
    return ordinal


@cache
def _holidays(year: int) -> frozenset[int]:
    return frozenset(holiday.day.toordinal() for holiday in legal_holidays(year))
