"""The sources of a scenario's values, as rows of a table; also from a saved run."""

from __future__ import annotations

import csv
from pathlib import Path

from simulator.errors import InputError
from simulator.facts.files import is_file, is_folder
from simulator.facts.secrets import CONFIDENTIAL, all_blackened
from simulator.scenario.load import read_scenario
from simulator.scenario.model import Scenario, Value

COLUMNS = ("key", "value", "unit", "low", "high", "kind", "source", "date", "layer")
RESOLVED = "scenario.resolved.yaml"
ASSUMPTIONS = Path("tables") / "assumptions.csv"


def source_rows(scenario: Scenario) -> list[dict[str, str]]:
    """Return one row for each value; two, under the names of the arms, where the arms differ."""
    rows = []
    for key in dict.fromkeys((*scenario.baseline.values, *scenario.proposal.values)):
        both = [(arm.name, arm.values.row(key)) for arm in scenario.arms if key in arm.values]
        if len(both) > 1 and both[0][1] == both[1][1]:
            rows.append(_row(key, both[0][1]))
        else:
            rows.extend(_row(f"{name}.{key}", row) for name, row in both)
    return rows


def rows_of(path: Path, sets: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """Return the rows of a scenario file or of a run folder.

    A run folder tells what it was run with, so settings cannot be laid over it.

    Raises:
        InputError: If neither can be read.
    """
    table = path / ASSUMPTIONS
    if not is_folder(path):
        return source_rows(read_scenario(path, sets, discreet=True))
    if sets:
        raise InputError.one("-S cannot change a run that is saved; give a scenario file", str(path))
    if is_file(table):
        try:
            with table.open(encoding="utf-8-sig", newline="") as file:
                return [{column: row.get(column) or "" for column in COLUMNS} for row in csv.DictReader(file)]
        except (OSError, UnicodeDecodeError, csv.Error) as wrong:
            raise InputError.one(f"cannot be read: {wrong}", str(table)) from wrong
    return source_rows(read_scenario(scenario_file(path)))


def scenario_file(path: Path) -> Path:
    """Return the scenario file that a path means: itself, or the resolved scenario of a run folder.

    Raises:
        InputError: If it is a folder that holds no run.
    """
    if not is_folder(path):
        return path
    if is_file(path / RESOLVED):
        return path / RESOLVED
    raise InputError.one(f"is a folder without {RESOLVED}; give a scenario file or the folder of a run", str(path))


def _row(key: str, row: Value) -> dict[str, str]:
    numbers = {name: _plain(number) for name, number in (("value", row.value), ("low", row.low), ("high", row.high))}
    if row.confidential:
        numbers = {"value": CONFIDENTIAL, "low": "", "high": ""}
    texts = {"unit": row.unit, "kind": row.kind, "source": row.source, "date": row.date, "layer": row.layer}
    secrets = row.numbers if row.confidential else ()
    cells = {"key": key, **numbers, **all_blackened(texts, secrets)}
    return {column: cells[column] for column in COLUMNS}


def _plain(number: float | None) -> str:
    if number is None:
        return ""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)
