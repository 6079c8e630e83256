"""The note's concept: lost employment effect of changed form only, one value a person-year.

The value is that of full time, and contains transfers, taxes, return flow and activation. Conversations held in one arm
only (`volume`) are printed beside it and not included. Accounts and authorities are a computational split: they are
scaled to the value.

Source:
    Epidemikommissionens indstilling, December 2021, quoting the ministry; value of a person-year facts/money.yaml.
"""

from __future__ import annotations

import numpy as np

from simulator.effects import moved
from simulator.saldo.concept import ALL_ACCOUNTS, Concept, FloatArray, Week


def week_kr(week: Week) -> FloatArray:
    """Return the value of a week of employment, divided as the accounts lie [kr]."""
    values, rates = week.rates.values, week.rates
    index = rates.index("wages", int(values["saldo.price_year"]), rates.level)
    value = values["saldo.value_per_person_year_kr"] / values["saldo.weeks_per_person_year"] * index
    full_time = np.array([moved(values, group).full_time_share for group in week.groups])
    return week.divided(np.repeat(value * full_time[:, None], len(week.years), axis=1))


CONCEPT = Concept(lines=("form",), includes=ALL_ACCOUNTS, week_kr=week_kr)
