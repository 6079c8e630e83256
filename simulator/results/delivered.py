"""The tables of conversations and of offices: what was held where, when and in which form."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from simulator.calendars import OFFICE_KINDS
from simulator.calendars.span import Span
from simulator.delivery.cells import Cells
from simulator.delivery.counts import CANCELLED, STATES, Counts
from simulator.demand import office_kind_of
from simulator.facts.read import table, words
from simulator.results.dictionary import empty, ordered
from simulator.results.setting import Setting

IntArray = npt.NDArray[np.int64]
ARMS = ("baseline", "proposal")


def conversations_table(setting: Setting, arms: tuple[Cells, ...]) -> pd.DataFrame:
    """Return the conversations inside the period by arm, week, office, type, group, spell class, form and state.

    Args:
        setting: The ground of the run.
        arms: Mean counts of each arm.
    """
    parts = [_arm_rows(setting, name, cells) for name, cells in zip(ARMS, arms, strict=True)]
    return ordered("conversations", pd.concat(parts, ignore_index=True))


def _arm_rows(setting: Setting, arm: str, cells: Cells) -> pd.DataFrame:
    weeks, week_of_segment = _weeks(setting.span)
    shape = dict(zip(cells.axes, cells.shape, strict=True))
    kept = week_of_segment[cells.column("segment")] >= 0
    week = week_of_segment[cells.column("segment")][kept]
    axes = ("place", "type", "group", "spell_class", "form", "state")
    shape_of_rows = (len(weeks), *(shape[axis] for axis in axes))
    index = np.ravel_multi_index((week, *(cells.column(axis)[kept] for axis in axes)), shape_of_rows)
    code, position = np.unique(index, return_inverse=True)
    total = np.zeros(len(code), dtype=np.int64)
    np.add.at(total, position, cells.total[kept])
    at = dict(zip(("week", *axes), np.unravel_index(code, shape_of_rows), strict=True))
    types = list(words()["types"])
    kinds = [OFFICE_KINDS[office_kind_of(index)] for index in range(len(types))]
    labels = {
        "year": [year for year, _ in weeks],
        "week": [number for _, number in weeks],
    }
    return pd.DataFrame(
        {
            "arm": arm,
            **{name: np.array(numbers, dtype=np.int64)[at["week"]] for name, numbers in labels.items()},
            "office_kind": np.array(kinds, dtype=object)[at["type"]],
            "municipality_code": np.array(setting.places, dtype=object)[at["place"]],
            "type": np.array(types, dtype=object)[at["type"]],
            "group": np.array(list(words()["groups"]), dtype=object)[at["group"]],
            "spell_class": np.array(list(words()["spell_classes"]), dtype=object)[at["spell_class"]],
            "form": np.array([*words()["forms"], ""], dtype=object)[at["form"]],
            "state": np.array(STATES, dtype=object)[at["state"]],
            "count": total / cells.replications,
        }
    )


def _weeks(span: Span) -> tuple[list[tuple[int, int]], IntArray]:
    """Return the ISO weeks of the period, and the week of each segment, -1 outside the period."""
    inside = [(segment.iso_year, segment.week) if segment.inside else None for segment in span.segments]
    weeks = list(dict.fromkeys(week for week in inside if week is not None))
    return weeks, np.array([-1 if week is None else weeks.index(week) for week in inside], dtype=np.int64)


def conversation_counts(arm: Cells, span: Span) -> dict[str, float]:
    """Return the conversations of an arm inside the period by state, held ones by form too.

    Args:
        arm: Mean counts of the arm.
        span: The simulated days.
    """
    inside = arm.only("segment", np.array([segment.inside for segment in span.segments]))
    found = {state: float(number) for state, number in zip(STATES, inside.dense("state"), strict=True)}
    cancelled = sum(found[state] for state in CANCELLED)
    forms = dict(zip(words()["forms"], inside.dense("state", "form")[STATES.index("held")].tolist(), strict=False))
    return {
        "due": found["due"],
        "held": found["held"],
        **forms,
        "no_show": found["no_show"],
        "put_off": found["put_off"],
        "lapsed": found["lapsed"],
        "cancelled": cancelled,
        "waiting_start": found["waiting_start"],
        "waiting_end": found["waiting_end"],
        "held_later": found["held_later"],
    }


def offices_table(setting: Setting, counts: Counts) -> pd.DataFrame:
    """Return each office of each arm: its minutes over the simulated days, its conversations inside the period."""
    places, number = setting.places, counts.replications
    landsdel = {str(row["municipality_code"]): str(row["landsdel"]) for row in table("municipalities")}
    parts = []
    for arm, name in enumerate(ARMS):
        states = _by_office(counts.arms[arm], setting.span)
        held, waited = counts.office_waits[arm, ..., 0], counts.office_waits[arm, ..., 1]
        for kind, office_kind in enumerate(OFFICE_KINDS):
            columns = {state: states[state][kind] for state in ("due", "held", "waiting_start", "waiting_end")}
            parts.append(
                pd.DataFrame(
                    {
                        "arm": name,
                        "office_kind": office_kind,
                        "municipality_code": places,
                        "landsdel": [landsdel[code] for code in places],
                        "capacity_minutes": counts.offered_minutes[arm, kind] / number,
                        "worked_minutes": counts.office_minutes[arm, kind] / number,
                        **columns,
                        "mean_wait_days": np.divide(
                            waited[kind], held[kind], out=np.full(len(places), np.nan), where=held[kind] > 0
                        ),
                        "last_date": [setting.span.date_of(int(day)).isoformat() for day in counts.last_days],
                        "met_share": counts.met / number,
                    }
                )
            )
    return ordered("offices", pd.concat(parts, ignore_index=True))


def no_offices() -> dict[str, pd.DataFrame]:
    """Return the tables of what was counted of a run without a simulation: columns alone."""
    return {name: empty(name) for name in ("conversations", "months", "months_by_place", "offices", "places")}


def _by_office(arm: Cells, span: Span) -> dict[str, npt.NDArray[np.float64]]:
    """Return the conversations inside the period by state, shape (office kind, place) each."""
    counts = arm.dense("state", "segment", "type", "place")
    inside = np.array([segment.inside for segment in span.segments])
    by_type = counts[:, inside].sum(axis=1)
    kinds = np.array([office_kind_of(index) for index in range(by_type.shape[1])])
    by_kind = np.stack([by_type[:, kinds == kind].sum(axis=1) for kind in range(len(OFFICE_KINDS))], axis=1)
    return {state: by_kind[row] for row, state in enumerate(STATES)}
