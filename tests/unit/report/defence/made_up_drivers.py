"""Drivers and turns of a made-up run, as far from its estimate as a real one's."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.unit.report.made_up_runs import write_run
from tests.unit.report.shapes import Shape

SCALE, KEPT, VALUE = "effects.params.scale", "effects.params.relative_effect", "saldo.value_per_person_year_kr"
TAKE_UP, STOCK = "attendance.take_up", "demand.stock"
DRIVERS = (
    (SCALE, 1, "factor", 0.25, 0.1, 1.0, "calibrated", "valued", 0.4, 4.0, "epidemic-note-2021"),
    (KEPT, 10, "share", 0.0, 0.0, 1.0, "assumption", "valued", 1.0, 0.0, "none-found"),
    (TAKE_UP, 12, "share", "", "", "", "fact/assumption", "closed form", 0.5, 1.5, "beu-558/none-found"),
    (VALUE, 1, "kr per person-year", 3e5, 2.5e5, 3.3e5, "fact", "valued", 2.5 / 3, 1.1, "beu-448"),
)
"""Figures as multiples of the estimate."""
TURNS = (
    (SCALE, "factor", 0.25, 0.1, 1.0, "exact", {"zero": (0.0, 0), "half": (0.125, 1), "double": (0.5, 1)}),
    (KEPT, "share", 0.0, 0.0, 1.0, "exact", {"zero": (1.0, 1), "half": (0.5, 1), "double": None}),
    (VALUE, "kr per person-year", 3e5, 2.5e5, 3.3e5, "exact", {"zero": (0, 0), "half": (15e4, 0), "double": (6e5, 0)}),
)


def write_driven(folder: Path, shape: Shape) -> Path:
    """Write a made-up run with its drivers and turns into a folder and return it; none move a run without effect."""
    write_run(folder, shape)
    mio = shape.effect_kr / 1e6
    still = not mio
    headline = json.loads((folder / "headline.json").read_text(encoding="utf-8"))
    headline["saldo_mio_kr_by_authority"] = {"state": 0.35 * mio, "municipality": 0.65 * mio, "region": 0.0}
    (folder / "headline.json").write_text(json.dumps(headline), encoding="utf-8")
    _write(folder, "drivers", [] if still else [*_drivers(mio), refused()])
    _write(folder, "turns", [] if still else _turns())
    return folder


def _drivers(mio: float) -> list[dict[str, Any]]:
    rows = []
    for order, (*told, low, high, source) in enumerate(DRIVERS, 1):
        ends = (low * mio, high * mio, mio)
        figures = {"low_figure_mio_kr": ends[0], "high_figure_mio_kr": ends[1], "swing_mio_kr": max(ends) - min(ends)}
        names = ("key", "values", "unit", "value", "low", "high", "kind", "how")
        rows.append({"order": order, **dict(zip(names, told, strict=True)), **figures, "source": source, "refused": ""})
    return rows


def refused() -> dict[str, Any]:
    """Return a driver whose ends are both refused."""
    row = dict.fromkeys(_drivers(1.0)[0], "")
    return row | {"order": 5, "key": STOCK, "values": 5, "kind": "derived", "how": "closed form", "refused": "too far"}


def _turns() -> list[dict[str, Any]]:
    rows = []
    for order, (key, unit, value, low, high, how, goals) in enumerate(TURNS, 1):
        start = {"order": order, "key": key, "unit": unit, "value": value, "low": low, "high": high, "how": how}
        for goal, found in goals.items():
            kind = {"kind": "not possible", "at": "", "inside": 0}
            if found is not None:
                kind = {"kind": "at", "at": found[0], "inside": found[1]}
            rows.append({**start, "goal": goal, **kind})
    return rows


COLUMNS = {
    "drivers": tuple(_drivers(1.0)[0]),
    "turns": ("order", "key", "unit", "value", "low", "high", "how", "goal", "kind", "at", "inside"),
}


def _write(folder: Path, name: str, rows: Sequence[dict[str, Any]]) -> None:
    with (folder / "tables" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS[name])
        writer.writeheader()
        writer.writerows(rows)
