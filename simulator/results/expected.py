"""Expected figures: what a shipped scenario is held to, read from `scenarios/expected/NAME.csv`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from simulator.errors import Fault, InputError

COLUMNS = ("name", "engine", "settings", "key", "low", "high", "why")
"""`settings` holds keys as after `-S`, parted by semicolons. `low` and `high` are a number each, or `null`."""
NULL = "null"


@dataclass(frozen=True)
class Expectation:
    """One figure of a scenario and the bounds that it must lie in, both included.

    Attributes:
        scenario: Name of the scenario.
        name: What the figure is.
        engine: Engine to run it with.
        settings: Settings laid over the scenario.
        key: Dotted path into the headline; of an estimate its mean.
        low: Lower bound; None where the figure must be null.
        high: Upper bound; None where the figure must be null.
        why: Why it must.
    """

    scenario: str
    name: str
    engine: str
    settings: tuple[str, ...]
    key: str
    low: float | None
    high: float | None
    why: str

    def fault(self, headline: Mapping[str, Any]) -> str | None:
        """Return in which way a headline does not hold; None where it does."""
        found: Any = headline
        for part in self.key.split("."):
            if not isinstance(found, Mapping) or part not in found:
                return f"the headline has no {self.key}"
            found = found[part]
        if isinstance(found, Mapping) and "mean" in found:
            found = found["mean"]
        if self.low is None or self.high is None:
            return None if found is None else f"is {found}, not null"
        if isinstance(found, bool) or not isinstance(found, (int, float)):
            return f"is {found!r}, not a number"
        return None if self.low <= found <= self.high else f"is {found:g}"

    @property
    def bounds(self) -> str:
        """The bounds in words."""
        if self.low is None or self.high is None:
            return NULL
        return f"{self.low:g}" if self.low == self.high else f"{self.low:g} to {self.high:g}"


@dataclass(frozen=True)
class Trial:
    """A run that several expectations are held to."""

    scenario: str
    engine: str
    settings: tuple[str, ...]
    expectations: tuple[Expectation, ...]


def trials_of(folder: Path) -> list[Trial]:
    """Return the runs that the expected figures of a folder of scenarios ask for.

    Raises:
        InputError: There is no such folder, no expected figure, or a file is malformed; names all faults.
    """
    files = sorted((folder / "expected").glob("*.csv"))
    if not files:
        message = "holds no expected/*.csv; give the folder of the shipped scenarios with --scenarios"
        raise InputError.one(message, str(folder))
    faults: list[Fault] = []
    expectations = [row for path in files for row in _rows(path, faults)]
    missing = {row.scenario for row in expectations if not (folder / f"{row.scenario}.yaml").is_file()}
    faults += [Fault(str(folder), 0, 0, "", f"has no {name}.yaml, but expected/{name}.csv") for name in sorted(missing)]
    if faults:
        raise InputError(faults)
    found = groupby(sorted(expectations, key=_run), key=_run)
    return [Trial(scenario, engine, settings, tuple(rows)) for (scenario, engine, settings), rows in found]


def _run(row: Expectation) -> tuple[str, str, tuple[str, ...]]:
    return row.scenario, row.engine, row.settings


def _rows(path: Path, faults: list[Fault]) -> list[Expectation]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
            columns = tuple(reader.fieldnames or ())
    except (OSError, UnicodeDecodeError, csv.Error) as wrong:
        faults.append(Fault(str(path), 0, 0, "", f"cannot be read: {wrong}"))
        return []
    if set(columns) != set(COLUMNS):
        faults.append(Fault(str(path), 1, 1, "", f"has other columns than {', '.join(COLUMNS)}"))
        return []
    found = [_row(path, line, row, faults) for line, row in enumerate(rows, start=2)]
    return [row for row in found if row is not None]


def _row(path: Path, line: int, row: Mapping[str, str | None], faults: list[Fault]) -> Expectation | None:
    cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
    before = len(faults)
    faults += [Fault(str(path), line, 1, column, "is empty") for column in ("name", "key", "why") if not cells[column]]
    bounds: list[float | None] = []
    for column in ("low", "high"):
        try:
            bounds.append(None if cells[column] == NULL else float(cells[column]))
        except ValueError:
            faults.append(Fault(str(path), line, 1, column, f"`{cells[column]}` is not a number or {NULL}"))
    if len(faults) > before:
        return None
    settings = tuple(part.strip() for part in cells["settings"].split(";") if part.strip())
    engine = cells["engine"] or "fast"
    return Expectation(path.stem, cells["name"], engine, settings, cells["key"], bounds[0], bounds[1], cells["why"])
