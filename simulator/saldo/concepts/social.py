"""A social view: what society produces more or less, and what taxes cost it, discounted. Not the public balance.

Output is worth its wage at market prices, through the net tax factor; the public balance counts as far as taxes
distort. Amounts are discounted to the year in which the period begins, by the stepped rate: the one place where a
saldo is not told as it falls. Value of free time, of travel and of infection are left out.

Source:
    facts/taxes.yaml, social.
"""

from __future__ import annotations

import numpy as np

from simulator.effects import moved
from simulator.saldo.accounts import ACCOUNTS, AUTHORITIES
from simulator.saldo.concept import BOTH_LINES, Concept, FloatArray, Week
from simulator.saldo.concepts.with_running_costs import week_kr as all_accounts
from simulator.saldo.rates import Rates

SOCIETY = AUTHORITIES.index("society")


def week_kr(week: Week) -> FloatArray:
    """Return output and distortion of a week of employment, discounted [kr]."""
    rates, values = week.rates, week.rates.values
    balance = all_accounts(week).sum(axis=(0, 1))
    kr: FloatArray = np.zeros_like(week.accounts)
    for at, group in enumerate(week.groups):
        wage = rates.wage_year(group, rates.level) / rates.weeks_a_year * moved(values, group).full_time_share
        kr[ACCOUNTS.index("production"), SOCIETY, at] = wage * values["saldo.social.net_tax_factor"]
    kr[ACCOUNTS.index("tax_distortion"), SOCIETY] = balance * (values["saldo.social.tax_distortion_factor"] - 1.0)
    start = week.scenario.sections.period.from_.year
    kr *= np.array([discount(rates, year - start) for year in week.years])[:, None]
    return kr


def discount(rates: Rates, years: int) -> float:
    """Return what 1 kr. some years from now is worth today: each year is discounted at its own step.

    Years before the start are not discounted.
    """
    given = rates.values.under("saldo.social.discount_rate")
    steps = sorted((int(name.removeprefix("year_")), rate) for name, rate in given.items())
    factor = 1.0
    for year in range(1, years + 1):
        rate = [rate for first, rate in steps if first <= year][-1]
        factor /= 1.0 + rate
    return factor


CONCEPT = Concept(lines=BOTH_LINES, includes=("production",), week_kr=week_kr)
