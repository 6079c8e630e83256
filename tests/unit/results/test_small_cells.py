"""A run on a ministry's own counts of persons: an attacker solves all that is told for each cell that is not."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

import simulator
from simulator.results import Run
from simulator.results.checks import CANCELLED, broken_sums

SHIPPED = Path(__file__).parents[3] / "scenarios" / "christmas-2021.yaml"
OWN = "demand:\n  stock:\n    ledighedsydelse: {value: 13111, unit: full_time_persons, source: own register}\n"
FORMS = ("physical", "phone", "video")
LAW = {"waiting_start": 1, "due": 1, "held": -1, "lapsed": -1, "cancelled": -1, "waiting_end": -1}
Name = tuple[str, str, str]
"""Arm, what was counted, and type; ALL for all of them."""
ALL = "all"


def run(folder: Path, place: str, facts: str, **how: Any) -> Run:
    (folder / "own.yaml").write_text(OWN, encoding="utf-8")
    (folder / "few.yaml").write_text(f"extends: {SHIPPED}\nname: few\n{facts}", encoding="utf-8")
    return simulator.run(folder / "few.yaml", replications=1, sets=[f"places=[{place}]"], **how)


def truth_of(open_run: Run) -> dict[Name, float]:
    """Return every count of a run that tells them all."""
    table = open_run.tables["conversations"]
    table = table.assign(name=table["state"].where(~table["state"].isin(CANCELLED), "cancelled"))
    held = table[table["state"] == "held"]
    both = pd.concat([table, held.assign(name=held["form"])])
    found = {
        (str(a), str(n), str(t)): float(c)
        for (a, n, t), c in both.groupby(["arm", "name", "type"])["count"].sum().items()
    }
    for arm, figures in open_run.headline["conversations"].items():
        found |= {(arm, name, ALL): float(count) for name, count in figures.items()}
    return found


def told_by(few: Run) -> tuple[dict[Name, float], list[tuple[str, str, float]]]:
    """Return what a run tells: its counts, and the sums of what it does not tell by type."""
    rows = few.tables["conversations"]
    told: dict[Name, float] = {}
    rests = []
    for arm, kind, form, state, count in rows[["arm", "type", "form", "state", "count"]].itertuples(index=False):
        if kind == "not_told":
            rests.append((arm, form or state, count))
        else:
            told[arm, form or state, kind] = count
    for arm, figures in few.headline["conversations"].items():
        told |= {(arm, name, ALL): count for name, count in figures.items() if count is not None}
    return told, rests


def span_of(cell: Name, truth: dict[Name, float], few: Run) -> tuple[float, float]:
    """Return what a cell can be, for who solves all that the run tells together with totals, forms and the law."""
    told, rests = told_by(few)
    names = sorted(truth)
    at = {name: index for index, name in enumerate(names)}
    types = sorted({kind for _, _, kind in names})
    rows: list[dict[Name, float]] = []
    right: list[float] = []
    for arm in ("baseline", "proposal"):
        for what in sorted({name for _, name, _ in names}):
            if (arm, what, ALL) in truth:
                rows.append({(arm, what, kind): -1.0 if kind == ALL else 1.0 for kind in types})
        for kind in types:
            rows.append({(arm, what, kind): float(sign) for what, sign in LAW.items()})
            rows.append({(arm, form, kind): 1.0 for form in FORMS} | {(arm, "held", kind): -1.0})
    right += [0.0] * len(rows)
    for arm, what, count in rests:
        rows.append({(arm, what, kind): 1.0 for kind in types if kind != ALL and (arm, what, kind) not in told})
        right.append(count)
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    bounds = [(told[name], told[name]) if name in told else (0, None) for name in names]
    aim = np.eye(len(names))[at[cell]]
    ends = [linprog(sign * aim, A_eq=matrix, b_eq=right, bounds=bounds) for sign in (1, -1)]
    assert ends[0].status == 0, "what is told contradicts itself"
    return float(ends[0].x[at[cell]]), float(ends[1].x[at[cell]]) if ends[1].status == 0 else math.inf


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    """Return a run on counts of the user's own, and one on the same numbers openly."""
    folder = tmp_path_factory.mktemp("few")
    return run(folder, "Samsø", "facts: own.yaml\n"), run(
        folder, "Samsø", "demand: {stock: {ledighedsydelse: 13111}}\n"
    )


def test_no_cell_of_few_persons_is_told_or_given_back(both: tuple[Run, Run]) -> None:
    few, truth = both[0], truth_of(both[1])
    told, rests = told_by(few)
    assert all(truth[name] == count for name, count in told.items() if name in truth), "what is told is true"
    assert not [name for name, count in told.items() if 0 < count < 5]
    assert not [rest for rest in rests if 0 < rest[2] < 5]
    small = [name for name, count in truth.items() if 0 < count < 5]
    assert small, "else the attack proves nothing"
    for name in small:
        low, high = span_of(name, truth, few)
        assert low - 1e-6 <= truth[name] <= high + 1e-6
        assert math.floor(min(high, 1e9) + 1e-6) - math.ceil(low - 1e-6) >= 1, (name, low, high)


def test_no_table_by_place_group_or_week_is_left(both: tuple[Run, Run]) -> None:
    few = both[0]
    for name in ("places", "offices", "months", "control", "control_terms"):
        assert few.tables[name].empty
    for name in ("conversations", "saldo"):
        assert set(few.tables[name]["group"]) <= {""}
    told = few.headline["small_cells"]
    assert told["overlaid"] == ["demand.stock.ledighedsydelse"] and told["under"] == 5
    for by in ("type", "group"):
        for estimate in few.headline[f"converted_by_{by}"].values():
            assert not 0 < (estimate["mean"] or 0) < 5 and estimate["control"] is None
    assert broken_sums(few.headline, few.tables) == []


def test_the_money_is_that_of_the_open_run(both: tuple[Run, Run]) -> None:
    few, open_run = both
    assert few.headline["saldo_mio_kr"] == open_run.headline["saldo_mio_kr"]
    assert math.isclose(few.tables["saldo"]["kr"].sum(), open_run.tables["saldo"]["kr"].sum(), rel_tol=1e-9)


def test_a_run_of_the_control_alone_holds_no_persons_either(tmp_path: Path) -> None:
    few = run(tmp_path, "Samsø", "facts: own.yaml\n", engine="control")
    assert few.tables["control"].empty and few.headline["small_cells"]


def test_a_run_without_counts_of_its_own_is_left_as_it_is(tmp_path: Path) -> None:
    plain = run(tmp_path, "Samsø", "", engine="control")
    assert "small_cells" not in plain.headline and "confidential" not in plain.headline
    assert not plain.tables["control"].empty
