"""The log of attempts, where it is asked for: one row for each appointment of every simulated person."""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulator.calendars import OFFICE_KINDS
from simulator.delivery import Delivery
from simulator.demand import Demand
from simulator.facts.read import words
from simulator.results.dictionary import empty, ordered
from simulator.results.setting import Setting


def events_of(setting: Setting, delivery: Delivery, replication: int) -> pd.DataFrame:
    """Return the attempts of one replication, arm by arm and place by place, in order of service."""
    parts = []
    for arm, demand, outcomes in zip(("baseline", "proposal"), delivery.demands, delivery.outcomes, strict=True):
        start = 0
        rows = []
        for outcome in outcomes:
            assert outcome.log is not None, "a log was not asked for"
            rows += [(day, kind, start + at, attempt, form, came) for day, kind, at, attempt, form, came in outcome.log]
            start += len(outcome.state)
        if rows:
            parts.append(_frame(setting, demand, np.array(rows, dtype=np.int64)).assign(arm=arm))
    if not parts:
        return empty("events")
    return ordered("events", pd.concat(parts, ignore_index=True).assign(replication=replication))


def _frame(setting: Setting, demand: Demand, rows: np.ndarray) -> pd.DataFrame:
    day, kind, conversation, attempt, form, came = rows.T
    due, register = demand.due, demand.register
    who = due.person[conversation]
    place = np.array(setting.places, dtype=object)[register.place[who]]
    group = np.array(list(words()["groups"]), dtype=object)[register.group[who]]
    number = register.number[who].astype(str).astype(object)
    dates = np.array([setting.span.date_of(at).isoformat() for at in range(setting.span.days)], dtype=object)
    return pd.DataFrame(
        {
            "date": dates[day],
            "municipality_code": place,
            "office_kind": np.array(OFFICE_KINDS, dtype=object)[kind],
            "person": place + "-" + group + "-" + number,
            "type": np.array(list(words()["types"]), dtype=object)[due.type_index[conversation]],
            "number": due.number[conversation],
            "attempt": attempt,
            "form": np.array(list(words()["forms"]), dtype=object)[form],
            "came": came,
        }
    )
