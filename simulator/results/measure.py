"""When the effect falls: by financial year, in the first whole year of full effect, and every year from then on.

A temporary measure moves the actual balance of the years named and no structural one. Of a permanent measure the years
of the run are told as far as they are complete: an effect that begins after the last day of the period is not in them.
Nothing is discounted.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from simulator.results.sample import MIO
from simulator.results.setting import Setting
from simulator.saldo.years import profile_of

Measure = dict[str, Any]


def measure_of(setting: Setting, saldo: pd.DataFrame) -> Measure:
    """Return finansårsvirkning, helårsvirkning and varig virkning of the employment effect [mio. kr.].

    Args:
        setting: The ground of the run.
        saldo: The table of kroner.

    Returns:
        `permanent`; `financial_years`, the effect by year; `complete_to`, the last year that holds all its effect;
        `full_year`, the first year of full effect from its first day to its last, with `full_year_effect`; and
        `lasting_effect`, the mean of all such years. Of a temporary measure the last is 0 and those before are None. A
        permanent one whose run is too short has None, and `needs_to` says how long it must be.
    """
    sums = saldo[saldo["in_headline"] == 1].groupby("year")["kr"].sum()
    return measured(setting, {int(str(year)): float(kr) for year, kr in sums.items()})


def measured(setting: Setting, kr_by_year: Mapping[int, float]) -> Measure:
    """Return the same as `measure_of` from the employment effect by financial year [kr]."""
    by_year = {year: kr * MIO + 0.0 for year, kr in kr_by_year.items()}
    found: Measure = {
        "permanent": setting.scenario.sections.period.permanent,
        "financial_years": {str(year): mio_kr for year, mio_kr in sorted(by_year.items())},
        "complete_to": None,
        "full_year": None,
        "full_year_effect": None,
        "lasting_effect": 0.0,
        "needs_to": None,
    }
    return found | _permanent(setting, by_year) if found["permanent"] else found


def _permanent(setting: Setting, by_year: Mapping[int, float]) -> Measure:
    period = setting.scenario.sections.period
    longest = int(max(stretch.end for stretch in profile_of(setting.scenario)))
    phased_in = period.from_ + timedelta(days=longest)
    first = phased_in.year if phased_in == date(phased_in.year, 1, 1) else phased_in.year + 1
    last = period.to.year if period.to == date(period.to.year, 12, 31) else period.to.year - 1
    full = [by_year.get(year, 0.0) for year in range(first, last + 1)]
    return {
        "complete_to": last if last >= period.from_.year else None,
        "full_year": first if full else None,
        "full_year_effect": full[0] if full else None,
        "lasting_effect": sum(full) / len(full) if full else None,
        "needs_to": None if full else date(first, 12, 31).isoformat(),
    }
