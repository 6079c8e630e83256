"""A run on a ministry's own counts of persons as it may be kept: without cells of few persons.

Where a facts file of the user's own counts persons, every count of conversations rests on it. The run is then told for
all its places and groups together: conversations by arm, type, form and state, totals, and kroner. Tables by place,
week, office and person are left out whole; of what stays, counts under five and as many others as it takes
(`results/few.py`). A row `not_told` keeps each sum that is told.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from simulator.results.checks import CANCELLED
from simulator.results.dictionary import DRIVEN, INFORMATION, empty
from simulator.results.few import is_small, left_out
from simulator.results.run import Run
from simulator.scenario.confidential import PERSONS, overlaid_persons

NOT_TOLD = "not_told"
EMPTIED = ("offices", "places", "months", "control", "control_terms")
COUNTED_STEPS = (
    *("due_baseline", "held_baseline", "digital_by_exception", "digital_by_own_choice", "digital_by_order"),
    *("physical_baseline", "share_that_changes_form", "converted", "loss_per_conversation_days", "kr_per_converted"),
    "trial_effect_share_per_meeting",
)
COUNTS_OF_HEADLINE = (
    *("caseworker_hours", "no_show_hours", "held_later", "not_held_later", "backlog", "contacts_avoided"),
    *("control_parts", "unexplained", "if_carried", "digital_share_by_year", "mean_wait_days"),
    *("identified_product", "employment_weeks", "weeks_off_benefit", "full_time_person_years"),
    *("kr_per_converted_conversation", "employment_days_per_converted_conversation", "reverse"),
    *("trial_effect_share_per_meeting", "counterfactual.converted.conversations", "counterfactual.saved.conversations"),
    *("counterfactual.lost.conversations", "counterfactual.converted.employment_weeks"),
    *("counterfactual.saved.employment_weeks", "counterfactual.lost.employment_weeks"),
)
"""Figures of the headline that count conversations or hours, or are so and so much for each of them."""
FORMS = ("physical", "phone", "video")
SIGNS = {"waiting_start": 1, "due": 1, "held": -1, "lapsed": -1, "cancelled": -1, "waiting_end": -1}
"""The law of conservation."""
ALL = ""


@dataclass(frozen=True, order=True)
class Count:
    """A count of conversations: its arm, what was counted, and by what; all of it where that is empty."""

    arm: str
    name: str
    part: str = ALL
    by: str = "type"


def without_few(run: Run) -> Run:
    """Return a run as it may be kept; the run itself where it rests on no counts of persons of the user's own."""
    used = run.scenario.baseline.values.used
    keys = [key for key in overlaid_persons(run.scenario) if key in used]
    if not keys or "small_cells" in run.headline:
        return run
    cells = counts_of(run)
    hidden = left_out(cells, sums_of(cells))
    tables = {name: table for name, table in run.tables.items() if name not in (*DRIVEN, *INFORMATION)}
    tables |= {name: empty(name) for name in EMPTIED}
    tables["conversations"] = _conversations(cells, hidden)
    steps, draws, values = (tables[name] for name in ("steps", "draws", "assumptions"))
    few = values["unit"].isin(PERSONS) & values["key"].isin(keys) & values["value"].map(is_small)
    tables["steps"] = steps.assign(value=steps["value"].where(~steps["step"].isin(COUNTED_STEPS)))
    tables["draws"] = draws[~draws["key"].isin(("converted", "employment_weeks"))]
    tables["assumptions"] = values.assign(**{name: values[name].where(~few) for name in ("value", "low", "high")})
    tables["saldo"] = _saldo(tables["saldo"])
    log = tuple(line for line in run.log if not line.startswith(("control", "replication", "simulation less")))
    return replace(run, headline=_headline(run, hidden, keys), tables=tables, log=log, events=None)


def counts_of(run: Run) -> dict[Count, float]:
    """Return every count that is told of such a run, each by type and in all."""
    table = run.tables["conversations"]
    found: dict[Count, float] = {}
    for arm, figures in run.headline["conversations"].items():
        found |= {Count(arm, name): float(count) for name, count in figures.items() if count is not None}
    if len(table):
        state = table["state"].where(~table["state"].isin(CANCELLED), "cancelled")
        held = table["state"] == "held"
        for name, rows in (*_named(table, state), *_named(table[held], table["form"][held])):
            summed = rows.groupby(["arm", "type"], as_index=False)["count"].sum()
            for arm, kind, count in zip(summed["arm"], summed["type"], summed["count"], strict=True):
                if Count(arm, name) in found:
                    found[Count(arm, name, kind)] = float(count)
    headline = run.headline
    found[Count("both", "converted")] = headline["converted"]["mean"]
    for by in ("type", "group"):
        for part, estimate in headline[f"converted_by_{by}"].items():
            found[Count("both", "converted", part, by)] = estimate["mean"]
    return found


def _named(table: pd.DataFrame, names: pd.Series) -> Iterator[tuple[str, pd.DataFrame]]:
    for name in names.unique():
        yield str(name), table[names == name]


def sums_of(cells: Mapping[Count, float]) -> list[dict[Count, float]]:
    """Return the sums that bind the counts, those that anybody knows: totals, forms, the law of conservation."""
    found: list[dict[Count, float]] = []
    parts = sorted({one.part for one in cells if one.by == "type"})
    for total in [one for one in cells if one.part == ALL]:
        for by in ("type", "group"):
            below = [one for one in cells if (one.arm, one.name, one.by) == (total.arm, total.name, by) and one.part]
            found.append({total: -1.0} | dict.fromkeys(below, 1.0) if below else {})
    for arm in ("baseline", "proposal"):
        for part in parts:
            found.append({Count(arm, name, part): float(sign) for name, sign in SIGNS.items()})
            found.append({Count(arm, "held", part): -1.0} | {Count(arm, form, part): 1.0 for form in FORMS})
    for part in parts:
        changed = {Count("baseline", "physical", part): 1.0, Count("proposal", "physical", part): -1.0}
        found.append({Count("both", "converted", part): -1.0} | changed)
    found += _same_in_both(cells)
    told = ({one: sign for one, sign in row.items() if one in cells} for row in found)
    return [row for row in told if len(row) > 1 and abs(sum(sign * cells[one] for one, sign in row.items())) < 1e-6]


def _same_in_both(cells: Mapping[Count, float]) -> Iterator[dict[Count, float]]:
    """Yield that counts are the same in both arms, where the proposal leaves them alone: anybody can guess that."""
    for name in SIGNS:
        pairs = [(one, replace(one, arm="proposal")) for one in cells if (one.arm, one.name) == ("baseline", name)]
        if all(other in cells and cells[one] == cells[other] for one, other in pairs):
            yield from ({one: 1.0, other: -1.0} for one, other in pairs)


def _conversations(cells: Mapping[Count, float], hidden: set[Count]) -> pd.DataFrame:
    """Return the table of conversations by arm, type, form and state; what is not told stands in a row of its sum."""
    rows, blank = [], dict.fromkeys(("office_kind", "municipality_code", "group", "spell_class"), "")
    for total in [one for one in cells if one.part == ALL and one.arm != "both" and one.name != "held"]:
        below = [one for one in cells if (one.arm, one.name) == (total.arm, total.name) and one.part]
        rest = math.fsum(cells[one] for one in below if one in hidden)
        told = [(one.part, cells[one]) for one in below if one not in hidden]
        told += [(NOT_TOLD, rest)] if rest and total not in hidden else []
        form, state = (total.name, "held") if total.name in FORMS else ("", total.name)
        head = {"arm": total.arm, "year": 0, "week": 0, **blank, "form": form, "state": state}
        rows += [{**head, "type": kind, "count": count} for kind, count in sorted(told) if count]
    frame = empty("conversations")
    return pd.DataFrame(rows, columns=list(frame.columns)) if rows else frame


def _saldo(table: pd.DataFrame) -> pd.DataFrame:
    order = list(table.columns)
    by = [name for name in order if name not in ("type", "group", "kr")]
    summed = table.groupby(by, sort=False, as_index=False)[["kr"]].sum()
    return summed.assign(type="", group="")[order]


def _headline(run: Run, hidden: set[Count], keys: list[str]) -> dict[str, Any]:
    headline: dict[str, Any] = {**run.headline, "control_line": NOT_TOLD}
    paths = [*COUNTS_OF_HEADLINE]
    for one in sorted(hidden):
        if one.arm != "both" and one.part == ALL:
            paths.append(f"conversations.{one.arm}.{one.name}")
        elif one.arm == "both":
            paths.append(f"converted_by_{one.by}.{one.part}" if one.part else "converted")
    paths += [
        f"converted_by_{by}.{part}.control" for by in ("type", "group") for part in headline[f"converted_by_{by}"]
    ]
    for path in paths:
        headline = _emptied(headline, path.split("."))
    told = {"overlaid": keys, "under": 5, "left_out": paths, "converted": Count("both", "converted") in hidden}
    return headline | {"small_cells": told}


def _emptied(tree: Any, path: list[str]) -> Any:
    """Return a tree in which every number at and below a path is nothing."""
    if isinstance(tree, dict):
        if not path:
            return {key: _emptied(below, []) for key, below in tree.items()}
        return {key: _emptied(below, path[1:]) if key == path[0] else below for key, below in tree.items()}
    return tree if path else None
