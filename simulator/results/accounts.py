"""What a week of employment gives account by account, and on which step of the ladder it falls."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from simulator.facts.read import words
from simulator.results.days import segment_shares
from simulator.results.dictionary import ordered
from simulator.results.setting import Setting
from simulator.saldo import ACCOUNTS, AUTHORITIES
from simulator.saldo.accounts import TRANSFERS
from simulator.saldo.ladder import first_weeks_of_steps, state_shares


def accounts_table(setting: Setting, saldo: pd.DataFrame) -> pd.DataFrame:
    """Return what one week of employment of one person gives, in the years in which the run has an effect.

    Transfers have a row for every step of the reimbursement ladder, the other accounts one.
    """
    years = {int(year) for year in saldo["year"]}
    rows = [row for row in _weeks(setting) if row["year"] in years]
    return ordered("accounts", pd.DataFrame(rows))


def ladder_table(setting: Setting) -> pd.DataFrame:
    """Return on which step of the reimbursement ladder the effect falls, of a conversation in the period.

    Days of the period count alike; the spell class is that of the day of the conversation.
    """
    shares = np.tensordot(segment_shares(setting), setting.valuation.falling.sum(axis=3), axes=1)
    rows = [
        {
            "group": group,
            "spell_class": spell_class,
            "weeks_on_benefit_from": first,
            "share": float(shares[of, row, step]),
            "state_share_of_benefit": float(state_shares(setting.valuation.week.rates.values, group)[step]),
        }
        for of, group in enumerate(words()["groups"])
        for row, spell_class in enumerate(words()["spell_classes"])
        for step, first in enumerate(first_weeks_of_steps(setting.valuation.week.rates.values))
    ]
    return ordered("ladder", pd.DataFrame(rows))


def _weeks(setting: Setting) -> Iterator[Mapping[str, Any]]:
    week, steps = setting.valuation.week, first_weeks_of_steps(setting.valuation.week.rates.values)
    for account, authority, group, year in np.argwhere(week.accounts.any(axis=-1)):
        laddered = ACCOUNTS[account] in TRANSFERS
        for step, first in enumerate(steps if laddered else steps[:1]):
            kr = float(week.accounts[account, authority, group, year, step])
            yield {
                "group": tuple(words()["groups"])[group],
                "year": week.years[year],
                "account": ACCOUNTS[account],
                "authority": AUTHORITIES[authority],
                "weeks_on_benefit_from": first if laddered else math.nan,
                "kr_per_week": kr,
                "kr_per_person_year": kr * week.rates.weeks_a_year,
                "price_level": week.rates.level,
            }
