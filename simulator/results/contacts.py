"""Contacts avoided: meetings in person that are not held, and how many infections that may have spared.

    infections = meetings avoided x share of persons who are infectious x 2 persons x share that a meeting infects

Everybody who is found counts for those whom tests miss. It is a range with its chain, and no kroner unless the scenario
gives a price.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from simulator.calendars.span import DAYS_A_WEEK
from simulator.delivery.cells import Cells
from simulator.delivery.counts import STATES
from simulator.delivery.rules import PHYSICAL
from simulator.infection import INHABITANTS
from simulator.results.setting import Setting

PERSONS = 2
"""Citizen and caseworker: either may infect the other."""
KEYS = {
    "infectious_days": "infection.contacts.infectious_days",
    "attack_share": "infection.contacts.attack_share",
    "found_share": "infection.illness.found_share",
}


def contacts_avoided(setting: Setting, arms: tuple[Cells, ...]) -> dict[str, Any]:
    """Return the meetings in person avoided inside the period, and the infections spared as a range.

    Args:
        setting: The ground of the run.
        arms: Mean counts of each arm.

    Source:
        facts/infection.yaml, contacts.
    """
    segments = setting.span.segments
    held = [cells.dense("state", "form", "segment")[STATES.index("held"), PHYSICAL] for cells in arms]
    avoided = (held[0] - held[1]) * [segment.inside for segment in segments]
    found: dict[str, Any] = {"meetings": float(avoided.sum()) + 0.0, "infections": None, "chain": None, "mio_kr": None}
    series = setting.outbreak.incidence
    if series is None or not series.covers(*setting.period):
        return found
    at = [max(setting.span.first + segment.first_day - series.first, 0) for segment in segments]
    incidence = np.array(
        [
            series.national[first : first + segment.days].mean() if segment.inside else 0.0
            for first, segment in zip(at, segments, strict=True)
        ]
    )
    exposed = float((avoided * incidence).sum()) / INHABITANTS / DAYS_A_WEEK
    return found | _spared(setting, exposed, found["meetings"])


def _spared(setting: Setting, exposed: float, meetings: float) -> dict[str, Any]:
    """Return the infections spared as a range, and the chain to them.

    Args:
        setting: The ground of the run.
        exposed: Meetings avoided x new cases a day and inhabitant.
        meetings: Meetings avoided.
    """
    values = setting.scenario.baseline.values
    rows = {name: values.row(key) for name, key in KEYS.items()}
    mean = _infections(exposed, {name: values[key] for name, key in KEYS.items()})
    least = {name: row.low if name != "found_share" else row.high for name, row in rows.items()}
    most = {name: row.high if name != "found_share" else row.low for name, row in rows.items()}
    price = setting.scenario.sections.infection.kr_per_infection
    return {
        "infections": {"mean": mean, "low": _infections(exposed, least), "high": _infections(exposed, most)},
        "chain": {
            "meetings": meetings,
            "cases_a_day_per_100k": exposed * INHABITANTS / meetings if meetings else None,
            **{name: row.value for name, row in rows.items()},
            "persons": PERSONS,
        },
        "mio_kr": None if price is None or mean is None else mean * price / 1e6,
    }


def _infections(exposed: float, chain: dict[str, float | None]) -> float | None:
    days, attack, found = (chain[name] for name in ("infectious_days", "attack_share", "found_share"))
    if days is None or attack is None or not found:
        return None
    return exposed * days / found * PERSONS * attack
