"""Reading a finished run: its headline, its manifest and its tables, as they stand in the folder."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeVar

from simulator.errors import InputError
from simulator.report.bound import Cell, Quantity

Row: TypeAlias = Mapping[str, str]
"""A line of a table: column to text."""
TOLD_BY = (
    *("concept", "line", "step", "authority", "account", "key", "quantity", "factor"),
    *("type", "group", "arm", "year"),
    *("prior", "measure", "subject", "outcome", "check", "persons_per_arm"),
)
"""Columns that tell a row apart, for the reader of a trace."""
HEADLINE = "headline.json"
SUM = "sum"
"""In the path of a cell: the sum of all rows of which `where` holds; `Run.held` and `Run.flows` have them."""

WITHIN = 1e-9
"""Below this a figure is nothing: no sentence is chosen and no direction given."""


class HeldCell(NamedTuple):
    """What conversations held are told apart by: arm, ISO year and week, kind of office and form."""

    arm: str
    year: int
    week: int
    office_kind: str
    form: str


class FlowCell(NamedTuple):
    """What conversations of any state are told apart by: arm, ISO year and week, and state."""

    arm: str
    year: int
    week: int
    state: str


@dataclass(frozen=True)
class Estimate:
    """A figure of the headline.

    Attributes:
        mean: The estimate; 0 where the run gives none.
        low: Lower end of the range from knowledge; None where no distribution was set.
        high: Upper end of the same.
        control: The closed-form figure; None where there is none.
    """

    mean: float
    low: float | None = None
    high: float | None = None
    control: float | None = None


class TableRow(dict[str, str]):
    """A line of a table that knows where it stands.

    Attributes:
        file: File of the table, in the run folder.
        index: Number of the row, counted from 0.
    """

    def __init__(self, cells: Mapping[str, str], file: str, index: int) -> None:
        """Take the cells of a row."""
        super().__init__(cells)
        self.file, self.index = file, index


def quantity(row: Row, column: str) -> float:
    """Return the number of a cell, which knows where it comes from where its row does.

    Raises:
        KeyError: The table has no such column.
        ValueError: The cell holds no number.
    """
    value = float(row[column])
    if not isinstance(row, TableRow):
        return value
    where = tuple((name, row[name]) for name in TOLD_BY if row.get(name))
    return Quantity(value, Cell(row.file, (str(row.index), column), where))


@dataclass(frozen=True)
class Run:
    """A finished run, read from its folder and never written to.

    Attributes:
        folder: The run folder.
    """

    folder: Path

    @cached_property
    def headline(self) -> Mapping[str, Any]:
        """The content of `headline.json`."""
        return self._json("headline.json")

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """The content of `manifest.json`."""
        return self._json("manifest.json")

    @property
    def keeps_figures_back(self) -> bool:
        """Whether the run has confidential figures or cells of few persons, which no document gives back."""
        return bool(self.headline.get("confidential") or self.headline.get("small_cells"))

    def refuse_if_kept_back(self, what: str) -> None:
        """Refuse a document that would have to say what the run leaves out.

        Args:
            what: What was asked for, such as "a calculating workbook".

        Raises:
            InputError: The run keeps figures back.
        """
        if self.keeps_figures_back:
            message = f"has confidential figures or cells of few persons, and {what} needs what is left out for them"
            raise InputError.one(f"{message}; allowed: saldo brief as pdf, docx, html or md", str(self.folder))

    @cached_property
    def scenario(self) -> Mapping[str, Any]:
        """The scenario as it was resolved; empty where the folder does not hold it.

        Raises:
            InputError: It cannot be read.
        """
        import yaml

        path = self.folder / "scenario.resolved.yaml"
        if not path.is_file():
            return {}
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            found = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        except (OSError, ValueError, yaml.YAMLError) as fault:
            raise InputError.one("not readable as YAML; run the scenario again", where=str(path)) from fault
        return found if isinstance(found, dict) else {}

    @cached_property
    def _tables(self) -> dict[str, tuple[Row, ...]]:
        return {}

    def table(self, name: str) -> tuple[Row, ...]:
        """Return the rows of `tables/<name>.csv`; none where the run has no such table."""
        if name not in self._tables:
            path = self.folder / "tables" / f"{name}.csv"
            rows: tuple[Row, ...] = ()
            if path.is_file():
                with path.open(encoding="utf-8", newline="") as lines:
                    read = enumerate(csv.DictReader(lines))
                    rows = tuple(TableRow(cells, f"tables/{name}.csv", index) for index, cells in read)
            self._tables[name] = rows
        return self._tables[name]

    @cached_property
    def held(self) -> Mapping[HeldCell, float]:
        """Conversations held, summed over places, types, groups and spells; the table itself is not kept in mind."""
        return self._counted[0]

    @cached_property
    def flows(self) -> Mapping[FlowCell, float]:
        """Conversations by arm, ISO week and state, all forms and offices together."""
        return self._counted[1]

    @cached_property
    def _counted(self) -> tuple[Mapping[HeldCell, float], Mapping[FlowCell, float]]:
        """The largest table, read once from end to end."""
        path = self.folder / "tables" / "conversations.csv"
        held: defaultdict[HeldCell, float] = defaultdict(float)
        flows: defaultdict[FlowCell, float] = defaultdict(float)
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as lines:
                rows = csv.reader(lines)
                place = {name: index for index, name in enumerate(next(rows))}
                state, count = place["state"], place["count"]
                arm, year, week, kind, form = (place[name] for name in ("arm", "year", "week", "office_kind", "form"))
                for row in rows:
                    number = float(row[count])
                    flows[FlowCell(row[arm], int(row[year]), int(row[week]), row[state])] += number
                    if row[state] == "held":
                        held[HeldCell(row[arm], int(row[year]), int(row[week]), row[kind], row[form])] += number
        return _noting(held), _noting(flows)

    def estimate(self, *path: str) -> Estimate:
        """Return a figure of the headline, given as an estimate or as a plain number; 0 where it is absent."""
        if not isinstance(self._at(path), Mapping):
            found = self.number(*path)
            return Estimate(mean=0.0 if found is None else found)
        mean, low, high, control = (self.number(*path, part) for part in ("mean", "low", "high", "control"))
        return Estimate(0.0 if mean is None else mean, low, high, control)

    def number(self, *path: str | int) -> float | None:
        """Return a number of the headline, which knows where it comes from; None where there is none."""
        found = self._at(path)
        if found is None:
            self._refuse_left_out(".".join(map(str, path)))
        if not isinstance(found, (int, float)) or isinstance(found, bool):
            return None
        return Quantity(float(found), Cell(HEADLINE, tuple(map(str, path))))

    def _refuse_left_out(self, path: str) -> None:
        """Refuse to tell a figure that is left out as if it were none.

        Raises:
            InputError: The figure is one that the run keeps back.
        """
        left_out = [one for name in ("confidential", "small_cells") for one in self._left_out(name)]
        if any(f"{path}.".startswith(f"{one}.") for one in left_out):
            self.refuse_if_kept_back(f"what is asked for ({path})")

    def _left_out(self, name: str) -> Sequence[str]:
        told = self.headline.get(name)
        return tuple(told.get("left_out", ())) if isinstance(told, Mapping) else ()

    def tree(self, *path: str | int) -> Any:
        """Return what stands in the headline under a path, with numbers that know where they come from."""
        return self._known(self._at(path), path)

    def _known(self, found: Any, path: tuple[str | int, ...]) -> Any:
        if isinstance(found, Mapping):
            return {key: self._known(below, (*path, key)) for key, below in found.items()}
        if isinstance(found, list):
            return [self._known(below, (*path, at)) for at, below in enumerate(found)]
        known = self.number(*path)
        return found if known is None else known

    def _at(self, path: Sequence[str | int]) -> Any:
        found: Any = self.headline
        for part in path:
            if isinstance(found, list):
                found = found[int(part)]
            else:
                found = found.get(part) if isinstance(found, Mapping) else None
        return found

    def mean(self, *path: str) -> float:
        """Return the mean of a figure of the headline; 0 where it is absent."""
        return self.estimate(*path).mean

    @property
    def is_control_alone(self) -> bool:
        """Whether the control alone was asked and nothing was simulated."""
        return self.headline.get("engine") == "control"

    @cached_property
    def period(self) -> tuple[date, date]:
        """First and last day of the period, both included."""
        period = self.headline["period"]
        return date.fromisoformat(period["from"]), date.fromisoformat(period["to"])

    @cached_property
    def steps(self) -> Mapping[str, float]:
        """The chain from conversations to kroner: name of the step to its value; empty cells are left out."""
        return {row["step"]: quantity(row, "value") for row in self.table("steps") if row.get("value")}

    def step(self, name: str) -> float:
        """Return the value of a step; 0 where the run has no such step."""
        return self.steps.get(name, 0.0)

    def value_at(self, cell: Cell) -> float:
        """Return the number of a place in the run, looked up again.

        Raises:
            KeyError: The run has no such place, or it holds no number.
        """
        if cell.file == HEADLINE:
            found = self.number(*cell.path)
            if found is None:
                raise KeyError(str(cell))
            return float(found)
        first, column = cell.path
        if first == SUM:
            arm, year, week, *others = (value for _, value in cell.where)
            if len(others) == 1:
                return float(self.flows[FlowCell(arm, int(year), int(week), others[0])])
            return float(self.held[HeldCell(arm, int(year), int(week), others[0], others[1])])
        return float(self.table(cell.file.removeprefix("tables/").removesuffix(".csv"))[int(first)][column])

    def source_title(self, identifier: str) -> str:
        """Return the title of a source, as the manifest lists it; empty where it does not."""
        source = self.manifest.get("sources", {}).get(identifier, {})
        return str(source.get("title", "")) if isinstance(source, Mapping) else str(source)

    def _json(self, name: str) -> Mapping[str, Any]:
        path = self.folder / name
        if not path.is_file():
            raise InputError.one(f"no {name} here; give the folder of a finished run", where=str(self.folder))
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except json.JSONDecodeError as fault:
            message = f"not readable as JSON: {fault.msg}; run the scenario again"
            raise InputError.one(message, where=str(path)) from fault
        if not isinstance(content, dict):
            raise InputError.one("must hold a mapping; run the scenario again", where=str(path))
        return content


CountedCell = TypeVar("CountedCell", HeldCell, FlowCell)


def _noting(counted: Mapping[CountedCell, float]) -> dict[CountedCell, float]:
    """Return counts that know which rows they are the sum of."""
    return {
        cell: Quantity(count, Cell("tables/conversations.csv", (SUM, "count"), _where(cell)))
        for cell, count in counted.items()
    }


def _where(cell: HeldCell | FlowCell) -> tuple[tuple[str, str], ...]:
    named = tuple((name, str(value)) for name, value in zip(cell._fields, cell, strict=True))
    return named if isinstance(cell, FlowCell) else (*named, ("state", "held"))


def read_run(folder: Path) -> Run:
    """Return the run in a folder, having checked that headline and manifest can be read.

    Raises:
        InputError: The folder does not hold a finished run.
    """
    if not folder.is_dir():
        raise InputError.one("no such folder; give the folder of a finished run", where=str(folder))
    run = Run(folder)
    if "period" not in run.headline:
        raise InputError.one("has no period; run the scenario again", where=str(folder / "headline.json"))
    assert run.manifest is not None
    return run
