"""The tables of months: what fell due, was held and in which form, and what waits when the month ends.

One for all places together by kind of office, and one by municipality and conversation type, which predictions of
countable things are taken from.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from simulator.calendars import OFFICE_KINDS
from simulator.delivery.cells import Cells, IntArray
from simulator.delivery.counts import CANCELLED, STATES
from simulator.demand import office_kind_of
from simulator.facts.read import words
from simulator.results.delivered import ARMS
from simulator.results.dictionary import ordered
from simulator.results.setting import Setting


def months_table(setting: Setting, arms: tuple[Cells, ...]) -> pd.DataFrame:
    """Return the months of the period by arm and kind of office.

    Args:
        setting: The ground of the run.
        arms: Mean counts of each arm.
    """
    parts = [part.assign(arm=name) for name, cells in zip(ARMS, arms, strict=False) for part in _of_arm(setting, cells)]
    return ordered("months", pd.concat(parts, ignore_index=True))


def months_by_place_table(setting: Setting, arms: tuple[Cells, ...]) -> pd.DataFrame:
    """Return the months of the period by arm, municipality and conversation type, as far as the type occurs.

    Args:
        setting: The ground of the run.
        arms: Mean counts of each arm.
    """
    parts = [_by_place(setting, cells).assign(arm=name) for name, cells in zip(ARMS, arms, strict=False)]
    rows = pd.concat(parts, ignore_index=True)
    occurs = rows.groupby("type")[["due", "held"]].sum().sum(axis=1) > 0
    return ordered("months_by_place", rows[rows["type"].map(occurs)].reset_index(drop=True))


def _by_place(setting: Setting, cells: Cells) -> pd.DataFrame:
    """Return the rows of an arm: every month of every municipality and type, also where nothing happened."""
    months, inside, month_of = _months(setting)
    by_segment = cells.sums("segment", "state", "form", "place", "type")
    counts = np.zeros((len(months), *by_segment.shape[1:]), dtype=np.int64)
    np.add.at(counts, month_of, by_segment[inside])
    held = counts[:, STATES.index("held")]
    numbers = {"due": counts[:, STATES.index("due")].sum(axis=1), "held": held.sum(axis=1)}
    numbers |= {form: held[:, index] for index, form in enumerate(words()["forms"])}
    month, place, kind = (axis.ravel() for axis in np.indices(numbers["held"].shape))
    return pd.DataFrame(
        {
            "year": np.array([year for year, _ in months], dtype=np.int64)[month],
            "month": np.array([number for _, number in months], dtype=np.int64)[month],
            "municipality_code": np.array(setting.places, dtype=object)[place],
            "type": np.array(list(words()["types"]), dtype=object)[kind],
            **{name: total.ravel() / cells.replications for name, total in numbers.items()},
        }
    )


def _months(setting: Setting) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Return the months of the period, the segments inside it, and the number of the month of each of these."""
    segments = setting.span.segments
    inside = [at for at, segment in enumerate(segments) if segment.inside]
    months = list(dict.fromkeys((segments[at].year, segments[at].month) for at in inside))
    return months, inside, [months.index((segments[at].year, segments[at].month)) for at in inside]


def _of_arm(setting: Setting, cells: Cells) -> list[pd.DataFrame]:
    months, inside, month_of = _months(setting)
    counts = cells.sums("state", "form", "type", "segment")[..., inside]
    found = []
    for kind, name in enumerate(OFFICE_KINDS):
        types = [at for at in range(len(words()["types"])) if office_kind_of(at) == kind]
        of_kind = counts[:, :, types].sum(axis=2)
        by_month = np.zeros((*of_kind.shape[:2], len(months)), dtype=np.int64)
        np.add.at(by_month.transpose(2, 0, 1), month_of, of_kind.transpose(2, 0, 1))
        found.append(_rows(months, name, by_month, cells.replications))
    return found


def _rows(months: list[tuple[int, int]], office_kind: str, counts: IntArray, replications: int) -> pd.DataFrame:
    """Return the rows of a kind of office, from whole numbers over the replications, shape (state, form, month)."""
    state = {name: counts[row].sum(axis=0) for row, name in enumerate(STATES)}
    held = counts[STATES.index("held")]
    gone = state["held"] + state["lapsed"] + sum(state[name] for name in CANCELLED)
    waiting = state["waiting_start"].sum() + np.cumsum(state["due"] - gone)
    return pd.DataFrame(
        {
            "year": [year for year, _ in months],
            "month": [month for _, month in months],
            "office_kind": office_kind,
            "due": state["due"] / replications,
            "held": state["held"] / replications,
            **{form: held[index] / replications for index, form in enumerate(words()["forms"])},
            "waiting": waiting / replications,
        }
    )
