"""The ministries' method: full-time persons by group at full phase-in, on a marginal scale that a ministry fills.

The scale is not published, so its slots are empty: a scenario or a ministry gives
`saldo.regneprincipper.kr_per_full_time_person` by group, with its source. A temporary measure has no figure here, since
no structural effect is assumed of it.
"""

from __future__ import annotations

import numpy as np

from simulator.effects import moved
from simulator.saldo.concept import ALL_ACCOUNTS, BOTH_LINES, Concept, FloatArray, Week


def missing(week: Week) -> str:
    """Return which slots are empty, or that the measure is temporary."""
    sections = week.scenario.sections
    if not sections.period.permanent:
        return "a temporary measure has no structural effect; set period.permanent: true where the rule is to last"
    given = sections.saldo.regneprincipper
    empty = [group for group in week.groups if group not in given.kr_per_full_time_person]
    if empty:
        return f"empty slots: saldo.regneprincipper.kr_per_full_time_person.{{{', '.join(empty)}}}"
    return "" if given.source else "saldo.regneprincipper.source is empty; say where the scale comes from"


def week_kr(week: Week) -> FloatArray:
    """Return the ministry's value of a week of employment, divided as the accounts lie [kr]."""
    given = week.scenario.sections.saldo.regneprincipper
    values = week.rates.values
    kr = np.zeros((len(week.groups), len(week.years)))
    for at, group in enumerate(week.groups):
        person = moved(values, group)
        full_time = person.full_time_share if given.counts == "structural_employment" else person.weeks_off_benefit
        kr[at] = given.kr_per_full_time_person[group] * full_time / values["saldo.weeks_per_person_year"]
    return week.divided(kr)


CONCEPT = Concept(lines=BOTH_LINES, includes=ALL_ACCOUNTS, week_kr=week_kr, missing=missing)
