"""The log of attempts, where it is asked for: one row for each appointment of every simulated person."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from simulator.calendars import OFFICE_KINDS
from simulator.delivery import LOG_COLUMNS
from simulator.facts.read import words
from simulator.results.delivered import ARMS
from simulator.results.dictionary import ordered
from simulator.results.setting import Setting


def events_of(setting: Setting, log: npt.NDArray[np.int64], replication: int) -> pd.DataFrame:
    """Return the attempts of one replication, arm by arm and place by place, by day and office in order of service.

    Args:
        setting: The ground of the run.
        log: Rows with the columns of `LOG_COLUMNS`, shape (attempt, column).
        replication: Number of the replication.
    """
    column = dict(zip(LOG_COLUMNS, log.T, strict=True))
    dates = [setting.span.date_of(day).isoformat() for day in range(setting.span.days)]
    place = _named(setting.places, column["place"])
    group = _named(tuple(words()["groups"]), column["group"])
    return ordered(
        "events",
        pd.DataFrame(
            {
                "replication": replication,
                "arm": _named(ARMS, column["arm"]),
                "date": _named(tuple(dates), column["day"]),
                "municipality_code": place,
                "office_kind": _named(tuple(OFFICE_KINDS), column["office_kind"]),
                "person": place + "-" + group + "-" + column["person"].astype(str).astype(object),
                "type": _named(tuple(words()["types"]), column["type"]),
                "number": column["number"],
                "attempt": column["attempt"],
                "form": _named(tuple(words()["forms"]), column["form"]),
                "came": column["came"],
            }
        ),
    )


def _named(names: tuple[str, ...], index: npt.NDArray[np.int64]) -> npt.NDArray[np.object_]:
    return np.array(names, dtype=object)[index]
