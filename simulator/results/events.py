"""The log of attempts, where it is asked for: one row for each appointment of every simulated person."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from simulator.calendars import OFFICE_KINDS
from simulator.delivery import Log
from simulator.facts.read import words
from simulator.results.delivered import ARMS
from simulator.results.dictionary import ordered
from simulator.results.setting import Setting


def events_of(setting: Setting, log: Log, replication: int) -> pd.DataFrame:
    """Return the attempts of one replication, arm by arm and place by place, by day and office in order of service.

    Args:
        setting: The ground of the run.
        log: Rows of `ATTEMPT`, shape (attempt,).
        replication: Number of the replication.
    """
    dates = [setting.span.date_of(day).isoformat() for day in range(setting.span.days)]
    place = _named(setting.places, log["place"])
    group = _named(tuple(words()["groups"]), log["group"])
    return ordered(
        "events",
        pd.DataFrame(
            {
                "replication": replication,
                "arm": _named(ARMS, log["arm"]),
                "date": _named(tuple(dates), log["day"]),
                "municipality_code": place,
                "office_kind": _named(tuple(OFFICE_KINDS), log["office_kind"]),
                "person": place + "-" + group + "-" + log["person"].astype(str).astype(object),
                "type": _named(tuple(words()["types"]), log["type"]),
                "number": log["number"].astype(np.int64),
                "attempt": log["attempt"].astype(np.int64),
                "form": _named(tuple(words()["forms"]), log["form"]),
                "came": log["came"].astype(np.int64),
            }
        ),
    )


def _named(names: tuple[str, ...], index: npt.NDArray[np.integer]) -> npt.NDArray[np.object_]:
    found: npt.NDArray[np.object_] = np.array(names, dtype=object)[index]
    return found
