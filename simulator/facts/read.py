"""Reads the facts: values with unit, range, source and date; words; sources; tables.

A value file nests tables; a leaf is a table with `value` (or `values`, for several
vintages). The dotted path of a leaf is its key. Everything is read once and kept.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - `date` is also the name of a field
from functools import cache
from pathlib import Path
from typing import Any

from simulator.errors import InputError
from simulator.facts.secrets import BLACK, CONFIDENTIAL, marked
from simulator.facts.spelling import allowed, day, decimal, did_you_mean, machine_decimal
from simulator.facts.standing import FIELDS, NOTHING, Standing, with_standing
from simulator.facts.tree import Faults, Listing, Node, Place, Scalar, Table, join, read_file, read_text
from simulator.facts.units import takes_per_cent

FOLDER = Path(__file__).parent
_LISTS = ("customary", "attendance_rules", "contact_rules", "closed_groups", "orders", "law", "compensation", "priors")
NOT_VALUES = frozenset(f"{name}.yaml" for name in ("sources", "words", "grades", *_LISTS))
KINDS = ("fact", "derived", "assumption", "calibrated")
LEAF_FIELDS = (
    "value", "values", "unit", "low", "high", "kind", "source", "date", "reason", "published", "layer",
    CONFIDENTIAL, *FIELDS,
)  # fmt: skip

Cell = str | int | float | Day | None

_WHOLE = re.compile(r"-?[0-9]{1,15}")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Vintage:
    """One published state of a number; `published` is None where it was always known."""

    value: float
    published: Day | None = None
    low: float | None = None
    high: float | None = None
    source: str = ""
    date: str = ""


@dataclass(frozen=True)
class FactRow:
    """One value of the catalogue, with all its vintages, oldest first.

    Attributes:
        key: Dotted path, such as `delivery.no_show.dagpenge`.
        vintages: At least one.
        unit: Unit of the value and its range.
        kind: fact, derived, assumption or calibrated.
        source: Id in sources.yaml; in a ministry's own file, any text.
        date: Day of the source, as it is written.
        reason: Why this number; never empty for an assumption.
        place: Where it is written.
        standing: Who answers for it and who signed it off, where the file says so: the newest number.
        confidential: Whether the number is used and nowhere written.
    """

    key: str
    vintages: tuple[Vintage, ...]
    unit: str
    kind: str
    source: str
    date: str
    reason: str
    place: Place
    standing: Standing = NOTHING
    confidential: bool = False

    @property
    def newest(self) -> Vintage:
        """The vintage published last."""
        return self.vintages[-1]

    @property
    def value(self) -> float:
        """The number of the newest vintage [unit]."""
        return self.newest.value

    def known(self, as_of: Day | None) -> Vintage | None:
        """Return the newest vintage published on or before a day; None where there was none yet."""
        fitting = [one for one in self.vintages if as_of is None or one.published is None or one.published <= as_of]
        return fitting[-1] if fitting else None


@dataclass(frozen=True)
class Source:
    """Where a number comes from."""

    id: str
    title: str
    url: str
    date: str


@cache
def catalogue(folder: Path = FOLDER) -> dict[str, FactRow]:
    """Return every value of a facts folder by its key. Not to be changed by the caller.

    Raises:
        InputError: If a file cannot be read or a row is malformed.
    """
    rows: dict[str, FactRow] = {}
    faults = Faults()
    for path in sorted(folder.glob("*.yaml")):
        if path.name in NOT_VALUES:
            continue
        for key, row in value_rows(read_file(path, path.name), faults).items():
            if key in rows:
                faults.add(row.place, key, f"is written twice; the first is in {rows[key].place.where}")
            rows.setdefault(key, row)
    faults.stop_if_any()
    return rows


def value_rows(tree: Table, faults: Faults, *, by_hand: bool = False, confidential: bool = False) -> dict[str, FactRow]:
    """Return the values of one file by key.

    Args:
        tree: The file.
        faults: Receives what is wrong.
        by_hand: Whether people write the file: Danish spelling is read and `1.000` refused.
        confidential: Whether all its values are confidential but those that say otherwise.
    """
    rows: dict[str, FactRow] = {}
    pending: list[tuple[str, Node]] = [("", tree)]
    if by_hand and CONFIDENTIAL in tree.entries:
        confidential = marked(tree, "", faults, confidential)
        entries = {key: node for key, node in tree.entries.items() if key != CONFIDENTIAL}
        pending = [("", Table(entries, tree.places, tree.place))]
    while pending:
        path, node = pending.pop(0)
        if isinstance(node, Table) and not is_leaf(node):
            pending[:0] = [(join(path, key), child) for key, child in node.entries.items()]
        elif isinstance(node, Table):
            row = _Leaf(path, node, faults, by_hand, confidential).row()
            if row:
                rows[path] = row
        else:
            faults.add(node.place, path, "is a bare value; allowed: {value: ..., unit: ..., source: ...}")
    return rows


def is_leaf(node: Node) -> bool:
    """Return whether a node is a value with its unit and source, not a table of values."""
    if not isinstance(node, Table):
        return False
    return isinstance(node.entries.get("value"), Scalar) or isinstance(node.entries.get("values"), Listing)


class _Leaf:
    """Reads one leaf of a value file."""

    def __init__(self, key: str, node: Table, faults: Faults, by_hand: bool, confidential: bool) -> None:
        self.key = key
        self.node = node
        self.faults = faults
        self.by_hand = by_hand
        self.confidential = marked(node, key, faults, confidential)

    def row(self) -> FactRow | None:
        before = self.faults.count
        refuse_unknown(self.node, LEAF_FIELDS, self.key, self.faults)
        several = self.node.entries.get("values")
        nodes = several.items if isinstance(several, Listing) else (self.node,)
        vintages = sorted((self._vintage(one) for one in nodes), key=lambda one: one.published or Day.min)
        if several is not None and not vintages:
            self.faults.add(self.node.place, self.key, "has no vintage; allowed: [{value: ..., published: DATE}, ...]")
        value = vintages[-1].value if vintages else 0.0
        standing = with_standing(self.node, self.key, NOTHING, value, self.faults)
        if self.faults.count > before:
            return None
        newest = vintages[-1]
        return FactRow(
            key=self.key,
            vintages=tuple(vintages),
            unit=text_of(self.node, "unit"),
            kind=text_of(self.node, "kind") or "fact",
            source=newest.source,
            date=newest.date,
            reason=text_of(self.node, "reason"),
            place=self.node.place,
            standing=standing,
            confidential=self.confidential,
        )

    def _vintage(self, node: Node) -> Vintage:
        if not isinstance(node, Table) or "value" not in node.entries:
            self.faults.add(node.place, self.key, "is not a vintage; allowed: {value: ..., published: DATE}")
            return Vintage(0.0)
        return Vintage(
            value=self._number(node, "value") or 0.0,
            published=self._published(node),
            low=self._number(node, "low", self.node),
            high=self._number(node, "high", self.node),
            source=text_of(node, "source") or text_of(self.node, "source"),
            date=text_of(node, "date") or text_of(self.node, "date"),
        )

    def _number(self, node: Table, name: str, otherwise: Table | None = None) -> float | None:
        found = node.entries.get(name) or (otherwise.entries.get(name) if otherwise else None)
        if found is None:
            return None
        path = join(self.key, name)
        if not isinstance(found, Scalar) or found.empty:
            self.faults.add(found.place, path, "is not a number; allowed: one number")
            return None
        try:
            if self.by_hand:
                return decimal(found.text, per_cent=takes_per_cent(text_of(self.node, "unit")))
            return machine_decimal(found.text)
        except ValueError as wrong:
            said = str(wrong).replace(found.text, BLACK) if self.confidential else str(wrong)
            self.faults.add(found.place, path, said)
            return None

    def _published(self, node: Table) -> Day | None:
        found = node.entries.get("published")
        if not isinstance(found, Scalar) or found.empty:
            return None
        try:
            return day(found.text)
        except ValueError as wrong:
            self.faults.add(found.place, join(self.key, "published"), str(wrong))
            return None


def refuse_unknown(node: Table, known: tuple[str, ...], path: str, faults: Faults) -> None:
    """Note every key of a table that is not known."""
    for key in node.entries:
        if key not in known:
            message = f"unknown key; {allowed(known)}{did_you_mean(key, known)}"
            faults.add(node.places[key], join(path, key), message)


def text_of(node: Table, key: str) -> str:
    """Return the text of a key; empty where it is left out or is no text."""
    found = node.entries.get(key)
    return found.text if isinstance(found, Scalar) and not found.empty else ""


@cache
def sources(folder: Path = FOLDER) -> dict[str, Source]:
    """Return the sources by id.

    Raises:
        InputError: If sources.yaml cannot be read.
    """
    tree = read_file(folder / "sources.yaml", "sources.yaml")
    return {
        key: Source(key, text_of(node, "title"), text_of(node, "url"), text_of(node, "date"))
        for key, node in tree.entries.items()
        if isinstance(node, Table)
    }


@cache
def words(folder: Path = FOLDER) -> dict[str, dict[str, Any]]:
    """Return words.yaml as plain nested tables: `words()["types"]["cv_samtale"]["office_kind"]`.

    Whole numbers and dates are read as such, all else is text. Not to be changed by the caller.

    Raises:
        InputError: If words.yaml cannot be read.
    """
    plain = plain_of(read_file(folder / "words.yaml", "words.yaml"))
    assert isinstance(plain, dict)
    return plain


def listing(name: str, folder: Path = FOLDER) -> Node:
    """Return the tree of a facts file that is a list or a table of rules, such as `attendance_rules`.

    Raises:
        InputError: If the file cannot be read.
    """
    path = folder / f"{name}.yaml"
    if not path.is_file():
        raise InputError.one("there is no such file", path.name)
    return read_text(path.read_text(encoding="utf-8"), path.name) or Listing((), Place(path.name))


def plain_of(node: Node) -> Any:
    """Return a tree as dicts, lists and cells; quoted text stays text."""
    if isinstance(node, Table):
        return {key: plain_of(child) for key, child in node.entries.items()}
    if isinstance(node, Listing):
        return [plain_of(child) for child in node.items]
    return node.text if node.quoted else None if node.empty else _cell(node.text, "")


@cache
def table(name: str, folder: Path = FOLDER) -> tuple[dict[str, Cell], ...]:
    """Return the rows of `NAME.csv`. Not to be changed by the caller.

    Columns whose name ends in `_code` stay text; elsewhere whole numbers, decimals and ISO days
    are read as such where every filled cell of the column is one. An empty cell is None.

    Raises:
        InputError: If there is no such table.
    """
    path = folder / f"{name}.csv"
    if not path.is_file():
        raise InputError.one(f"there is no table {name}; {allowed(sorted(one.stem for one in folder.glob('*.csv')))}")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {column: _column(column, [row[column] or "" for row in rows]) for column in (rows[0] if rows else ())}
    return tuple({column: cells[number] for column, cells in columns.items()} for number in range(len(rows)))


def _column(name: str, written: list[str]) -> list[Cell]:
    typed = [_cell(text, name) if text else None for text in written]
    kinds = {type(cell) for cell in typed if cell is not None}
    if kinds == {int, float}:
        return [float(cell) if isinstance(cell, int) else cell for cell in typed]
    if len(kinds) > 1:
        return [text or None for text in written]
    return typed


def _cell(text: str, column: str) -> Cell:
    if column.endswith("_code") or (text[:1] == "0" and text.isdigit() and text != "0"):
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    for reader in (machine_decimal, Day.fromisoformat):
        try:
            return reader(text) if reader is machine_decimal or _ISO_DAY.fullmatch(text) else text
        except ValueError:
            continue
    return text


def number(cell: Cell) -> float:
    """Return a numeric cell of a table as a float; an empty cell is 0."""
    assert cell is None or isinstance(cell, int | float), f"not a number: {cell}"
    return float(cell or 0)
