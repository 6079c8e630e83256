"""Works out the values of an arm: facts, with every layer's numbers laid over them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from simulator.errors import InputError
from simulator.facts.checks import range_faults
from simulator.facts.files import is_file
from simulator.facts.read import KINDS, FactRow, Vintage, catalogue, is_leaf, refuse_unknown, text_of, value_rows
from simulator.facts.secrets import CONFIDENTIAL, blackened, marked, numbers_in, without_secrets
from simulator.facts.spelling import allowed, day, decimal, did_you_mean, machine_decimal
from simulator.facts.standing import FIELDS, SIGNED_VALUE, Standing, with_standing
from simulator.facts.tree import Faults, Node, Place, Scalar, Table, join, read_file
from simulator.facts.units import takes_per_cent
from simulator.scenario.model import ARMS, Value
from simulator.scenario.split import Assignment, Keys, keys_of
from simulator.scenario.uncertain import FIELD, with_distribution
from simulator.scenario.versions import Reading, in_present_version

FACTS_LAYER = "facts"
WITHHELD = (
    "is confidential, and its number was left out when the run was kept; the run can be made again only with the "
    "facts file that holds it: `saldo verify RUN --facts FILE`"
)
WRITTEN = (SIGNED_VALUE, "note")
"""Fields of a value's standing that a resolved scenario writes beside those of people."""
GIVEN_FIELDS = (
    *("value", "unit", "low", "high", "kind", "source", "date", "reason", "layer", "set_as", FIELD, CONFIDENTIAL),
    *FIELDS,
    *WRITTEN,
)
_DATED_PART = re.compile(r"(year_)?[0-9]{4}([-_].*)?")


@dataclass
class Book:
    """The rows of one arm while layers are laid on, and what was not yet known."""

    rows: dict[str, Value] = field(default_factory=dict)
    unknown: dict[str, date] = field(default_factory=dict)

    def copy(self) -> Book:
        """Return a book that can be changed apart from this one."""
        return Book(dict(self.rows), dict(self.unknown))


def read_overlay(path: Path, place: Place, faults: Faults) -> Reading | None:
    """Return a ministry's own facts file as the present version has it; None where there is none.

    Args:
        path: The file.
        place: Where the scenario names it.
        faults: Receives what is wrong.

    Raises:
        InputError: If the file cannot be read, or is of a later version.
    """
    if not is_file(path):
        faults.add(place, "facts.file", f"there is no file {path}")
        return None
    return in_present_version(read_file(path), str(path), faults)


def overlay_rows(
    tree: Table, shipped: Mapping[str, FactRow], faults: Faults, *, confidential: bool = False
) -> dict[str, FactRow]:
    """Return the rows of a ministry's own facts file.

    Args:
        tree: The file.
        shipped: The shipped catalogue.
        faults: Receives what is wrong: another unit, no source, a key in no known table.
        confidential: Whether its values are confidential but those that say otherwise.
    """
    keys = keys_of(tuple(shipped))
    rows = value_rows(tree, faults, by_hand=True, confidential=confidential)
    for key, row in rows.items():
        for message in _overlay_faults(row, shipped, keys):
            faults.add(row.place, key, blackened(message, _secrets(row)))
    return rows


def _secrets(row: FactRow) -> tuple[float, ...]:
    """Return the numbers of a confidential row."""
    numbers = (number for one in row.vintages for number in (one.value, one.low, one.high))
    return tuple(one for one in numbers if one is not None) if row.confidential else ()


def _overlay_faults(row: FactRow, shipped: Mapping[str, FactRow], keys: Keys) -> list[str]:
    found = []
    table = row.key.rpartition(".")[0]
    if row.key in shipped:
        units = [shipped[row.key].unit]
    else:
        siblings = keys.below(table) if table else ()
        units = sorted({shipped[join(table, one)].unit for one in siblings if join(table, one) in shipped})
        dated = _DATED_PART.fullmatch(row.key.rpartition(".")[2])
        hint = "" if dated else did_you_mean(row.key.rpartition(".")[2], siblings)
        if not units or hint:
            nearest = hint or did_you_mean(row.key, shipped)
            return [f"is neither a known value nor in a known table of values; see `saldo sources`{nearest}"]
    if row.unit not in units:
        found.append(f"unit `{row.unit}` is not the unit of this value; allowed: {' or '.join(units)}")
    if not row.source:
        found.append("has no source; say where the number comes from")
    if row.kind not in KINDS:
        found.append(f"kind `{row.kind}` is unknown; {allowed(KINDS)}{did_you_mean(row.kind, KINDS)}")
    for vintage in row.vintages:
        found += range_faults(vintage, row.unit)
    return found


@lru_cache(maxsize=4)
def shipped_facts(folder: Path, as_of: date | None, layer: str) -> Book:
    """Return the shipped facts as they were known on a day; a copy is laid on, since reading them takes its time."""
    book = Book()
    lay_facts(book, catalogue(folder).values(), as_of, layer)
    return book


def lay_facts(book: Book, rows: Iterable[FactRow], as_of: date | None, layer: str) -> None:
    """Lay fact rows on a book, in the vintage that was known on a day."""
    for row in rows:
        vintage = row.known(as_of)
        if vintage:
            book.rows[row.key] = _from_fact(row, vintage, layer)
        elif row.key not in book.rows:
            book.unknown[row.key] = row.vintages[0].published or date.max


def _from_fact(row: FactRow, vintage: Vintage, layer: str) -> Value:
    return Value(
        key=row.key,
        value=vintage.value,
        unit=row.unit,
        low=vintage.low,
        high=vintage.high,
        kind=row.kind,
        source=vintage.source,
        date=vintage.date,
        layer=layer,
        reason=row.reason,
        standing=row.standing,
        confidential=row.confidential,
    )


def lay_values(
    book: Book, assignments: Iterable[Assignment], layer: str, units: Mapping[str, str], faults: Faults
) -> None:
    """Lay the values of one layer on a book, in the order of the file.

    Args:
        book: Changed in place.
        assignments: What the layer sets.
        layer: Name of the layer.
        units: Unit of every key.
        faults: Receives what is wrong.
    """
    keys = keys_of(tuple(units))
    for given in assignments:
        reached = keys.under(given.key) or (given.key,)
        written = {units[key] for key in reached if key in units}
        if len(written) > 1:
            message = f"is a table of different units ({', '.join(sorted(written))}); name one of its values; "
            faults.add(given.node.place, given.path, message + allowed(keys.below(given.key)))
            continue
        unit = written.pop() if written else text_of(given.node, "unit") if isinstance(given.node, Table) else ""
        for key in reached:
            row = _discreetly(given, key, (unit, layer), book.rows.get(key), faults)
            if row:
                book.rows[key] = row


def _discreetly(
    given: Assignment, key: str, said: tuple[str, str], below: Value | None, faults: Faults
) -> Value | None:
    """Return the value laid over the one below, None where it is wrong; no fault quotes a confidential number."""
    table, otherwise = isinstance(given.node, Table), below is not None and below.confidential
    secret = marked(given.node, given.path, Faults(), otherwise) if isinstance(given.node, Table) else otherwise
    if not secret:
        return _Given(given, key, *said, faults, False).over(below)
    found = Faults(settled=faults.settled)
    row = _Given(given, key, *said, found, True).over(below)
    if found.found:
        numbers, texts = numbers_in(given.node)
        shown = ("unit", "source", "date", "layer") if table else ()
        kept = {text_of(given.node, name) for name in shown} if isinstance(given.node, Table) else set()
        below_it = () if below is None else below.numbers
        told = tuple(text for text in texts if text not in kept)
        faults.take(without_secrets(InputError(tuple(found.found)), (*numbers, *below_it), told))
    return row


class _Given:
    """Reads one value that a layer gives."""

    def __init__(self, given: Assignment, key: str, unit: str, layer: str, faults: Faults, confidential: bool) -> None:
        self.node = given.node
        self.path = given.path
        self.key = key
        self.set_as = "" if given.key == key else given.key
        self.in_arm = given.path.split(".")[0] in ARMS
        self.unit = unit
        self.layer = layer
        self.faults = faults
        self.confidential = confidential

    def over(self, below: Value | None) -> Value | None:
        """Return the value laid over the one below, or None where it is wrong."""
        before = self.faults.count
        row = self._row(below)
        if self.faults.count > before or row is None:
            return None
        if self.in_arm and below is not None and below.distribution is not None and row.distribution is None:
            message = (
                "is drawn for both arms at once, so that neither can have a number of its own; allowed: leave it out, "
                "or write a number without a distribution at the top of the file"
            )
            self.faults.add(self._value_place(), self.path, message)
            return None
        for message in range_faults(Vintage(row.value, None, row.low, row.high), self.unit):
            self.faults.add(self._value_place(), self.path, message)
        return replace(row, confidential=self.confidential) if self.faults.count == before else None

    def _row(self, below: Value | None) -> Value | None:
        plain = Value(self.key, 0.0, self.unit, None, None, "assumption", self.layer, "", self.layer, "", self.set_as)
        if isinstance(self.node, Scalar):
            number = self._number(self.node, self.path)
            return None if number is None else replace(plain, value=number)
        if not isinstance(self.node, Table):
            self.faults.add(self.node.place, self.path, f"must be a number (unit: {self.unit}), not a list")
            return None
        if not is_leaf(self.node) and not set(self.node.entries) & set(GIVEN_FIELDS):
            self.faults.add(self.node.place, self.path, f"must be a number (unit: {self.unit}), not a table")
            return None
        return self._from_table(self.node, plain, below)

    def _from_table(self, node: Table, plain: Value, below: Value | None) -> Value | None:
        refuse_unknown(node, GIVEN_FIELDS, self.path, self.faults)
        self._check_words(node)
        if "value" in node.entries:
            base, number = plain, self._part(node, "value")
        else:  # the range or the reason alone is given: the number below stays
            base, number = below or plain, below.value if below else None
            if self.confidential and "layer" in node.entries and (below is None or below.layer == FACTS_LAYER):
                self.faults.add(node.place, self.path, WITHHELD)
            elif below is None:
                self.faults.add(node.place, self.path, "has no number; allowed: {value: ...}")
        if number is None:
            return None
        named = ("kind", "source", "date", "reason", "layer", "set_as")
        texts: dict[str, Any] = {name: text_of(node, name) for name in named if name in node.entries}
        row = replace(
            base,
            value=number,
            low=self._part(node, "low") if "low" in node.entries else base.low,
            high=self._part(node, "high") if "high" in node.entries else base.high,
            **{"layer": self.layer, "set_as": self.set_as} | texts,
        )
        row = replace(row, standing=self._standing(node, row))
        return self._drawn(node, row) if FIELD in node.entries else row

    def _standing(self, node: Table, row: Value) -> Standing:
        """Return who answers for a value; a resolved scenario says for itself which number was signed."""
        found = with_standing(node, self.path, row.standing, row.value, self.faults)
        signed = self._part(node, SIGNED_VALUE) if SIGNED_VALUE in node.entries else found.signed_value
        return replace(found, signed_value=signed)

    def _drawn(self, node: Table, row: Value) -> Value:
        """Return a row with its distribution; both arms and all stages share one draw."""
        given, written = node.entries[FIELD], "layer" in node.entries
        if self.in_arm:
            message = "stands for both arms; write the value and its distribution at the top of the file"
            self.faults.add(given.place, join(self.path, FIELD), message)
            return row
        found = with_distribution(given, self.path, row, self.faults, machine=written)
        apart = isinstance(given, Table) and (written or CONFIDENTIAL not in node.entries)
        return replace(found, distribution_open=self.confidential and apart)

    def _check_words(self, node: Table) -> None:
        kind, unit, written = text_of(node, "kind"), text_of(node, "unit"), text_of(node, "date")
        if kind and kind not in KINDS:
            message = f"`{kind}` is unknown; {allowed(KINDS)}{did_you_mean(kind, KINDS)}"
            self.faults.add(node.entries["kind"].place, join(self.path, "kind"), message)
        if unit and unit != self.unit:
            message = f"`{unit}` is not the unit of this value; allowed: {self.unit}"
            self.faults.add(node.entries["unit"].place, join(self.path, "unit"), message)
        if written and "layer" not in node.entries:
            try:
                day(written)
            except ValueError as wrong:
                self.faults.add(node.entries["date"].place, join(self.path, "date"), str(wrong))

    def _part(self, node: Table, name: str) -> float | None:
        found = node.entries.get(name)
        if found is None:
            return None
        if name != "value" and isinstance(found, Scalar) and found.empty:
            return None
        return self._number(found, join(self.path, name), machine="layer" in node.entries)

    def _number(self, node: Node, path: str, *, machine: bool = False) -> float | None:
        if not isinstance(node, Scalar) or node.empty:
            self.faults.add(node.place, path, f"has no number; allowed: a number (unit: {self.unit})")
            return None
        try:
            return machine_decimal(node.text) if machine else decimal(node.text, per_cent=takes_per_cent(self.unit))
        except ValueError as wrong:
            self.faults.add(node.place, path, str(wrong))
            return None

    def _value_place(self) -> Place:
        node = self.node
        return node.entries["value"].place if isinstance(node, Table) and "value" in node.entries else node.place


def note_unknown(books: Iterable[Book], as_of: date | None, place: Place, faults: Faults) -> None:
    """Note values that were not known on `known_as_of`; entries of a dated table are only left out."""
    for book in books:
        for key, published in book.unknown.items():
            if key not in book.rows and not any(_DATED_PART.fullmatch(part) for part in key.split(".")):
                message = f"on {as_of}, {key} was not yet known: it was published {published}"
                faults.add(place, "known_as_of", f"{message}; set it, or choose a later day")
