"""The record of an analysis: plain data from which tables and drawings are made; kroner in millions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.plan import CONTROL
from simulator.uncertainty.sensitivity import Grid, Indices, method_of
from simulator.uncertainty.sensitivity.analysis import Analysis
from simulator.uncertainty.sensitivity.beside_exact import Exact
from simulator.uncertainty.sensitivity.factors import factor_of

if TYPE_CHECKING:
    from simulator.uncertainty.levers import Lever

Record = dict[str, Any]
MIO = 1_000_000.0
UNMOVED = 1e-7
"""Share of the largest number of a column below which a number is rounding."""
LEVER = ("key", "value", "low", "high", "unit", "kind", "source", "reason", "stage")


def unit_of(figure: str) -> tuple[str, float]:
    """Return the unit in which a figure is told, and the factor that leads there."""
    if figure.endswith("_kr"):
        return "mio. kr.", 1 / MIO
    if figure.endswith("weeks"):
        return "weeks", 1.0
    return ("hours", 1.0) if figure.endswith("_hours") else ("conversations", 1.0)


def record_of(analysis: Analysis) -> Record:
    """Return an analysis as plain data, from which tables and drawings are made; kroner in millions."""
    request, found, plan = analysis.request, analysis.found, analysis.worked.plan
    unit, factor = unit_of(request.figure)
    record: Record = {
        "method": request.method,
        "scenario": analysis.worked.scenario.name,
        "figure": request.figure,
        "unit": unit,
        "today": analysis.today * factor,
        "chosen": analysis.chosen.why,
        "levers": [_lever(lever) for lever in analysis.chosen.levers],
        "no_range": list(analysis.chosen.no_range),
        "not_moved": list(analysis.chosen.left),
        "engine": plan.engine,
        "replications": 0 if plan.engine == CONTROL else plan.replications,
        "seed": request.choice.seed,
        "evaluations": found.evaluations,
        "simulations": analysis.simulations,
        "simulated_for": list(analysis.simulated),
    }
    return record | (_grid(found, factor) if isinstance(found, Grid) else _rows(analysis, found, factor))


def _lever(lever: Lever) -> Record:
    known, factor = lever.distribution, factor_of(lever)
    ends = {"low": factor.low, "high": factor.high, "distribution": known.described() if known else None}
    return {name: getattr(lever, name) for name in LEVER} | ends


def _grid(found: Grid, factor: float) -> Record:
    across, up = found.names
    # What rounding leaves of nought would turn the sign.
    rest = UNMOVED * np.abs(found.figures).max(initial=0.0)
    figures = np.where(np.abs(found.figures) <= rest, 0.0, found.figures * factor).tolist()
    return {"across": across, "up": up, "values_across": found.across.tolist(), "values_up": found.up.tolist()} | {
        "figures": figures
    }


def _rows(analysis: Analysis, found: Indices, factor: float) -> Record:
    """Return the rows from the largest down, and what else an analysis by rows has."""
    method = method_of(analysis.request.method)
    scale = factor if method.IN_FIGURE else 1.0
    rows: list[Record] = [
        {"name": name} | {column: _plain(number * scale) for column, number in found.row(name).items()}
        for name in found.ordered(method.ORDER)
    ]
    largest = float(np.abs(found.columns[method.ORDER]).max(initial=0.0)) * scale
    more: Record = {
        "mean": found.centre * factor,
        "order": method.ORDER,
        "rows": rows,
        "unmoved": [row["name"] for row in rows if abs(row[method.ORDER]) <= UNMOVED * largest],
        "refused": dict(found.refused),
        "noise": found.noise,
        "groups": _members(analysis),
        "pairs": list(_pairs(found)),
    }
    if analysis.request.method == "sobol":
        more |= {"not_exact": analysis.not_exact, "rows": [row | _exact(row, analysis.exact) for row in rows]}
    return more


def _exact(row: Record, exact: Exact | None) -> Record:
    """Return the exact indices of a row, and whether each lies within the interval of its estimate."""
    told: Record = {}
    for column in ("S1", "ST"):
        true = None if exact is None else exact[column][row["name"]]
        told[f"{column}_exact"] = true
        told[f"{column}_holds"] = None if true is None else abs(true - row[column]) <= row[f"{column}_conf"] + UNMOVED
    return told


def _members(analysis: Analysis) -> dict[str, list[str]]:
    groups = analysis.groups
    return {name: [key for key, group in groups.items() if group == name] for name in groups.values() if name}


def _pairs(found: Indices) -> Iterator[Record]:
    """Yield the pairs from the largest index down."""
    index, wide = found.pairs.get("S2", {}), found.pairs.get("S2_conf", {})
    for pair in sorted(index, key=lambda one: -index[one]):
        yield {"names": list(pair), "S2": index[pair], "S2_conf": wide[pair]}


def _plain(number: float) -> float | None:
    return number if math.isfinite(number) else None
