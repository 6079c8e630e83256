"""Reads a register: a plain file in which people write who answers for a value, and sign it off.

    attendance.take_up_scale:
      owner: the office that answers for it
      grade: judgement
      expiry: 2026-12-31
      signed_off_by: ...
      signed_off_on: 14.1.2026
      value: 0.873
      note: what the signature rests on

A signature holds for the number beside it and for no other. A key is that of `saldo sources`, with the arm before it
where the arms differ. What a scenario no longer uses stands in the list `retired`, so that nothing is lost.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from simulator.facts.read import refuse_unknown, text_of
from simulator.facts.spelling import allowed, day, decimal, did_you_mean
from simulator.facts.standing import FIELDS, NOTHING, Standing, with_standing
from simulator.facts.tree import Faults, Listing, Node, Scalar, Table, join, read_file
from simulator.facts.units import takes_per_cent
from simulator.scenario.model import ARMS, Value
from simulator.scenario.versions import Reading, in_present_version

RETIRED = "retired"
RETIRED_FIELDS = ("key", "retired_on")
ENTRY_FIELDS = (*FIELDS, "value", "note")
_SIGNED = "signed_off_by"


@dataclass(frozen=True)
class Entry:
    """What a register says of one value.

    Attributes:
        key: Key of the value, with the arm before it where it stands for one arm.
        standing: Who answers for it and who signed it off.
        value: The number that stands in the register [unit of the value]; None where none does.
        lines: First and last line of it in the file, both included, from 1; the last is 0 for the end of the file.
        value_line: Line on which the number stands; 0 where none does.
        retired_on: Day from which it was no longer used, as written; empty while it is.
    """

    key: str
    standing: Standing
    value: float | None
    lines: tuple[int, int] = (0, 0)
    value_line: int = 0
    retired_on: str = ""


@dataclass(frozen=True)
class Register:
    """The content of a register.

    Attributes:
        entries: What it says, by key.
        retired: What it said of values that are no longer used, in the order of the file.
        block_style: Whether each entry begins on a line of its own, so that the file can be continued as it is.
        retired_lines: First and last line of the retired ones; 0 and 0 where there are none.
        reading: How the file was read; None where there is none.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    retired: tuple[Entry, ...] = ()
    block_style: bool = True
    retired_lines: tuple[int, int] = (0, 0)
    reading: Reading | None = None


def read_register(path: Path, units: Mapping[str, str], faults: Faults, *, lenient: bool = False) -> Register:
    """Return what a register says.

    Args:
        path: The file.
        units: Unit of each value by key.
        faults: Receives what is wrong, all of it at once.
        lenient: Whether a key that no value has is taken too, to be retired.

    Raises:
        InputError: The file cannot be read as YAML at all, or is of a later version.
    """
    later = Faults()
    reading = in_present_version(read_file(path, None, later), str(path), later)
    tree = reading.tree
    faults.take_over(later)
    found: dict[str, Entry] = {}
    starts = sorted(place.line for place in tree.places.values())
    ends = {line: next((other - 1 for other in starts if other > line), 0) for line in starts}
    for key, node in tree.entries.items():
        unit = units.get(without_arm(key))
        if key == RETIRED:
            continue
        if unit is None and not lenient:
            near = did_you_mean(key, units) or "; write the whole key with its dots"
            faults.add(tree.places[key], key, f"is not the key of a value; see `saldo sources`{near}")
            continue
        entry = _entry(key, node, unit or "", faults)
        if entry is not None:
            line = tree.places[key].line
            found[key] = replace(entry, lines=(line, ends[line]))
    alone = {place.column for place in tree.places.values()} <= {1} and len(set(starts)) == len(starts)
    line = tree.places[RETIRED].line if RETIRED in tree.places else 0
    return Register(found, tuple(_retired(tree, faults)), alone, (line, ends.get(line, 0)), reading)


def _entry(key: str, node: Node, unit: str, faults: Faults) -> Entry | None:
    """Return an entry; None where something is wrong with it."""
    if isinstance(node, Scalar) and node.empty:
        return Entry(key, NOTHING, None)
    if not isinstance(node, Table):
        faults.add(node.place, key, f"must be a table; {allowed(ENTRY_FIELDS)}")
        return None
    before = faults.count
    refuse_unknown(node, ENTRY_FIELDS, key, faults)
    value = _value(node, key, unit, faults)
    standing = with_standing(node, key, NOTHING, 0.0, faults)
    if faults.count == before and standing.signed_off_by and value is None:
        message = "is missing; a signature holds for a number, so write the one that was signed"
        faults.add(node.entries[_SIGNED].place, join(key, "value"), message)
    if faults.count > before:
        return None
    line = node.places["value"].line if "value" in node.entries else 0
    return Entry(key, replace(standing, signed_value=value if standing.signed_off_by else None), value, value_line=line)


def _value(node: Table, key: str, unit: str, faults: Faults) -> float | None:
    written = node.entries.get("value")
    if written is None or (isinstance(written, Scalar) and written.empty):
        return None
    if not isinstance(written, Scalar):
        faults.add(written.place, join(key, "value"), f"must be a number (unit: {unit})")
        return None
    try:
        return decimal(written.text, per_cent=takes_per_cent(unit))
    except ValueError as wrong:
        faults.add(written.place, join(key, "value"), str(wrong))
        return None


def _retired(tree: Table, faults: Faults) -> Iterator[Entry]:
    """Yield what the register said of values that are no longer used."""
    node = tree.entries.get(RETIRED)
    if node is None or (isinstance(node, Scalar) and node.empty):
        return
    if not isinstance(node, Listing):
        faults.add(node.place, RETIRED, "must be a list; allowed: entries that begin with `- key: ...`")
        return
    for number, item in enumerate(node.items, start=1):
        path = f"{RETIRED}[{number}]"
        if not isinstance(item, Table) or not text_of(item, "key"):
            faults.add(item.place, path, "names no key; allowed: `- key: ...` with the fields of an entry")
            continue
        refuse_unknown(item, (*RETIRED_FIELDS, *ENTRY_FIELDS), path, faults)
        if text_of(item, "retired_on"):
            try:
                day(text_of(item, "retired_on"))
            except ValueError as wrong:
                faults.add(item.entries["retired_on"].place, join(path, "retired_on"), str(wrong))
        value = _value(item, path, "", faults)
        standing = with_standing(item, path, NOTHING, 0.0, faults)
        signed = value if standing.signed_off_by else None
        retired_on = text_of(item, "retired_on")
        yield Entry(text_of(item, "key"), replace(standing, signed_value=signed), value, retired_on=retired_on)


def without_arm(key: str) -> str:
    """Return the key of a value without the arm that stands before it."""
    arm, _, rest = key.partition(".")
    return rest if arm in ARMS else key


def under_register(rows: Iterable[Value], register: Register, arm: str, apart: Collection[str]) -> dict[str, Value]:
    """Return the values of an arm with what the register says of them, by key.

    Args:
        rows: The values.
        register: The register; what it leaves open stays as the facts or the scenario say.
        arm: Name of the arm; empty for what both share.
        apart: Keys of the values in which the arms differ; only of these does an entry stand for one arm.
    """
    found = {}
    for row in rows:
        own = register.entries.get(f"{arm}.{row.key}") if row.key in apart else None
        entry = own or register.entries.get(row.key)
        found[row.key] = row if entry is None else replace(row, standing=_laid_over(row.standing, entry.standing))
    return found


def _laid_over(below: Standing, above: Standing) -> Standing:
    """Return a standing with another laid over it; a signature comes whole, with its day and its number."""
    given = {name: getattr(above, name) for name in ("owner", "grade", "expiry", "note") if getattr(above, name)}
    signed = {name: getattr(above, name) for name in (_SIGNED, "signed_off_on", "signed_value")}
    return replace(below, **given, **(signed if above.signed_off_by else {}))
