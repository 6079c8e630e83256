"""Reads a scenario: finds its layers, parts them, lays them on each other, and checks the whole."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simulator.errors import InputError
from simulator.facts.files import is_file
from simulator.facts.read import FOLDER, FactRow, catalogue
from simulator.facts.secrets import CONFIDENTIAL, marked
from simulator.facts.tree import Faults, Node, Place, Scalar, Table
from simulator.scenario.confidential import refuse_confidential
from simulator.scenario.crossing import check_rules
from simulator.scenario.layers import Layer, command_layers, file_layers, named_file, overlay, series_folder
from simulator.scenario.memory import Built, Memory, stated_by
from simulator.scenario.model import ARMS, Arm, Scenario, Values
from simulator.scenario.names import IN_FORCE, Names, names
from simulator.scenario.register import read_register, under_register
from simulator.scenario.schema import ArmSections, ScenarioSections
from simulator.scenario.split import SHARED, Parts, Splitter, empty_table, keys_of
from simulator.scenario.statutes import orders, with_law, with_orders
from simulator.scenario.structure import Reader, fields_of
from simulator.scenario.values import (
    FACTS_LAYER,
    Book,
    lay_facts,
    lay_values,
    note_unknown,
    overlay_rows,
    read_overlay,
    shipped_facts,
)
from simulator.scenario.versions import Reading

# Lists of an arm block that are laid on top of the scenario's own instead of replacing them.
APPENDED = {
    "attendance": {"rules": "rule"},
    "closures": {"periods": "closure"},
    "demand": {"contact_changes": "contact change"},
    "delivery": {"capacity": "capacity change"},
}


@dataclass
class _Work:
    """What is known of a scenario while it is read."""

    layers: list[Layer]
    faults: Faults
    names: Names
    shipped: dict[str, FactRow]
    facts_folder: Path
    overlay_rows: dict[str, FactRow] = field(default_factory=dict)
    overlay_name: str = ""
    beside: list[Reading] = field(default_factory=list)
    parts: list[Parts] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)
    of_files: dict[str, Book] = field(default_factory=dict)

    @property
    def files(self) -> int:
        """How many layers are files; they are the lowest."""
        return sum(not layer.on_command_line for layer in self.layers)

    def layered(self) -> Iterable[tuple[Layer, Parts]]:
        return zip(self.layers, self.parts, strict=True)


def read_scenario(
    path: Path | str,
    sets: Sequence[str] = (),
    *,
    facts_folder: Path = FOLDER,
    facts: Path | None = None,
    discreet: bool = False,
    memory: Memory | None = None,
) -> Scenario:
    """Return the scenario of a file, with `key=value` settings of the command line laid on top.

    Args:
        path: The scenario file (YAML).
        sets: Settings such as `demand.scale=1.1` or `proposal.attendance.rules=[]`.
        facts_folder: Where the facts stand.
        facts: A facts file in place of the one that the scenario names.
        discreet: Whether the caller writes no confidential number, nor anything that gives one back.
        memory: What was found of the same file when it was read before, with the same facts; it is added to.

    Raises:
        InputError: If anything in the file, in a file that it names, or in a setting is wrong; with all faults. A
            value is confidential, and the caller is not discreet.
    """
    faults, memory = Faults(), Memory() if memory is None else memory
    memory.check()
    layers = _all_layers(Path(path), sets, faults, memory)
    work = _Work(layers, faults, names(facts_folder), catalogue(facts_folder), facts_folder, memory=memory)
    _take_overlay(work, facts)
    if work.overlay_name:
        work.memory = Memory(layers=memory.layers)  # what else is known is not known of these facts
    scenario = _laid(work, str(path), list(sets))
    if not discreet:
        refuse_confidential(scenario)
    return scenario


def _laid(work: _Work, path: str, sets: list[str]) -> Scenario:
    """Return the scenario that the layers make, and remember what is sound."""
    _part(work)
    stated = stated_by(work.parts[work.files :], sets)
    built = work.memory.built.get(stated)
    structure = _structure(work, Path(path)) if built is None else built.structure
    as_of = structure[""].get("known_as_of")
    as_of = as_of if isinstance(as_of, date) else None
    books = _books(work, as_of)
    _take_register(work, structure[""], books)
    work.faults.stop_if_any()
    built = _built(work, structure, path) if built is None else built
    work.memory.take((work.layers[: work.files], work.parts[: work.files]), (as_of, work.of_files))
    work.memory.take_built(stated, built)
    return _assemble(work, built, books, path)


def _all_layers(path: Path, sets: Sequence[str], later: Faults, memory: Memory) -> list[Layer]:
    """Return the layers of files and settings; the faults of both at once, or later where the text can be read."""
    faults = Faults()
    layers: list[Layer] = []
    of_files = partial(list, memory.layers) if memory.layers else partial(file_layers, path, later)
    readers: tuple[Callable[[], list[Layer]], ...] = (of_files, partial(command_layers, sets))
    for read in readers:
        try:
            layers.extend(read())
        except InputError as wrong:
            faults.take(wrong)
    if faults.found:
        faults.take_over(later)
    faults.stop_if_any()
    return layers


def _take_overlay(work: _Work, instead: Path | None) -> None:
    named = named_file(work.layers, "facts") if instead is None else (instead, Place("command line"))
    if named:
        path, place = named
        work.overlay_name = f"facts file {path.name}"
        try:
            reading = read_overlay(path, place, work.faults)
            if reading is not None:
                work.beside.append(reading)
                secret = _whole_file_is_confidential(work.layers)
                work.overlay_rows = overlay_rows(reading.tree, work.shipped, work.faults, confidential=secret)
        except InputError as wrong:
            work.faults.take(wrong)


def _whole_file_is_confidential(layers: Sequence[Layer]) -> bool:
    """Return whether the highest layer that says so calls the facts file confidential; the structure tells faults."""
    for layer in reversed(layers):
        section = layer.tree.entries.get("facts")
        if isinstance(section, Table) and CONFIDENTIAL in section.entries:
            return marked(section, "facts", Faults())
    return False


def _part(work: _Work) -> None:
    splitter = Splitter(keys_of((*work.shipped, *work.overlay_rows)), work.names, work.faults)
    known = list(work.memory.parts)
    work.parts = known + [splitter.split(layer.tree) for layer in work.layers[len(known) :]]


def _structure(work: _Work, path: Path) -> dict[str, dict[str, Any]]:
    """Return the typed structure: "" for what both arms share, and each arm's own block."""
    place = Place(str(path))
    trees: dict[str, Table] = {"": empty_table(place), **{arm: empty_table(place) for arm in ARMS}}
    for layer, parts in work.layered():
        trees[""] = overlay(trees[""], parts.structure[""])
        for arm in ARMS:
            if layer.on_command_line:
                trees[arm] = overlay(trees[arm], _of_arms(parts.structure[""]))
            if arm in parts.structure:
                trees[arm] = overlay(trees[arm], parts.structure[arm])
    if "name" not in trees[""].entries:
        named = Table({"name": Scalar(path.stem, place)}, {"name": place}, place)
        trees[""] = overlay(named, trees[""])
    reader = Reader(work.names, work.faults)
    found = {"": reader.section(ScenarioSections, trees[""], "")}
    found.update({arm: reader.section(ArmSections, trees[arm], arm) for arm in ARMS})
    check_rules(trees, found, orders(work.facts_folder), work.faults)
    return found


def _of_arms(tree: Table) -> Table:
    """Return what a setting for both arms says of an arm: it wins over the arm's own block.

    Lists that an arm appends are left out: such a setting replaces the scenario's own list only. So is what cannot
    differ between the arms, which no arm may say, also not in a scenario that is written out in full.
    """
    entries: dict[str, Node] = {}
    for key, node in tree.entries.items():
        if key not in fields_of(ArmSections):
            continue
        if isinstance(node, Table):
            left_out = {*APPENDED.get(key, {}), *(name for name in node.entries if f"{key}.{name}" in SHARED)}
            kept = {name: child for name, child in node.entries.items() if name not in left_out}
            node = Table(kept, node.places, node.place)
        entries[key] = node
    return Table(entries, tree.places, tree.place)


def _books(work: _Work, as_of: date | None) -> dict[str, Book]:
    """Return the values: "" for what both arms share, and each arm's."""
    units = {key: row.unit for key, row in (work.shipped | work.overlay_rows).items()}
    work.of_files = work.memory.books.get(as_of) or _books_of_files(work, as_of, units)
    books = {arm: book.copy() for arm, book in work.of_files.items()}
    for layer, parts in list(work.layered())[work.files :]:
        for arm, book in books.items():
            lay_values(book, parts.values[""], layer.name, units, work.faults)
            if arm:
                lay_values(book, parts.values[arm], layer.name, units, work.faults)
    note_unknown(books.values(), as_of, _place_of(work, "known_as_of"), work.faults)
    return books


def _books_of_files(work: _Work, as_of: date | None, units: dict[str, str]) -> dict[str, Book]:
    """Return the values as the files have them."""
    shared = shipped_facts(work.facts_folder, as_of, FACTS_LAYER).copy()
    lay_facts(shared, work.overlay_rows.values(), as_of, work.overlay_name)
    files = list(work.layered())[: work.files]
    for layer, parts in files:
        lay_values(shared, parts.values[""], layer.name, units, work.faults)
    books = {"": shared, **{arm: shared.copy() for arm in ARMS}}
    for _, parts in files:
        for arm in ARMS:
            lay_values(books[arm], parts.values[arm], arm, units, work.faults)
    return books


def _take_register(work: _Work, structure: dict[str, Any], books: dict[str, Book]) -> None:
    """Lay the register that the scenario names over the values of all arms; from then on it is in force."""
    named = named_file(work.layers, "register")
    if not named:
        return
    path, place = named
    if not is_file(path):
        message = f"there is no file {path}; `saldo sources SCENARIO --log --write FILE` writes one"
        work.faults.add(place, "register.file", message)
        return
    units = {key: row.unit for book in books.values() for key, row in book.rows.items()}
    try:
        register = read_register(path, units, work.faults)
    except InputError as wrong:
        work.faults.take(wrong)
        return
    if register.reading is not None:
        work.beside.append(register.reading)
    one, other = (books[arm].rows for arm in ARMS)
    apart = {key for key in (*one, *other) if one.get(key) != other.get(key)}
    for arm, book in books.items():
        book.rows = under_register(book.rows.values(), register, arm, apart)
    structure.setdefault("register", {})["in_force"] = True


def _place_of(work: _Work, key: str) -> Place:
    for layer in reversed(work.layers):
        if key in layer.tree.entries:
            return layer.tree.entries[key].place
    return work.layers[-1].tree.place


def _built(work: _Work, structure: dict[str, dict[str, Any]], path: str) -> Built:
    try:
        sections = ScenarioSections.model_validate(_named(structure[""], "scenario"))
        arms = {arm: ArmSections.model_validate(_arm_data(structure, arm, work.facts_folder)) for arm in ARMS}
        return Built(structure, sections, arms, _options(structure, work.facts_folder))
    except ValidationError as wrong:  # the reader checks all that the models check; this is the second lock
        first = wrong.errors()[0]
        raise InputError.one(first["msg"], path, ".".join(map(str, first["loc"]))) from wrong


def _assemble(work: _Work, built: Built, books: dict[str, Book], path: str) -> Scenario:
    used: set[str] = set()
    arms = {arm: Arm(arm, built.arms[arm], Values(books[arm].rows, books[arm].unknown, used)) for arm in ARMS}
    return Scenario(
        sections=built.sections,
        baseline=arms["baseline"],
        proposal=arms["proposal"],
        path=path,
        layers=_layer_names(work),
        series_folder=series_folder(work.layers),
        files=(*(layer.reading for layer in work.layers[::-1] if layer.reading), *work.beside),
        _structure=built.structure,
        _options=built.options,
        _shared=books[""].rows,
    )


def _options(structure: dict[str, dict[str, Any]], facts_folder: Path) -> dict[str, ArmSections]:
    """Return the rules of each option of the decision that states some, laid over what both arms share."""
    stated = [one for one in structure[""].get("decision", {}).get("options", ()) if "proposal" in one]
    blocks = {one["name"]: {**structure, "proposal": one["proposal"]} for one in stated}
    return {
        name: ArmSections.model_validate(_arm_data(laid, "proposal", facts_folder)) for name, laid in blocks.items()
    }


def _arm_data(structure: dict[str, dict[str, Any]], arm: str, facts_folder: Path) -> dict[str, Any]:
    common = {key: value for key, value in structure[""].items() if key in fields_of(ArmSections)}
    own = with_orders(_named(structure[arm], arm), facts_folder)
    merged = _merged(with_orders(_named(common, "scenario"), facts_folder), _of_period(structure[""]["period"], own))
    period, law = structure[""]["period"], structure[""].get("law", IN_FORCE)
    laws = law, structure[arm].get("law", law)
    return with_law(merged, laws, (period["from"], period["to"]), facts_folder)


def _merged(below: dict[str, Any], above: dict[str, Any], section: str = "") -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        if isinstance(value, dict):
            merged[key] = _merged(merged.get(key, {}), value, section or key)
        elif key in APPENDED.get(section, {}):
            merged[key] = [*merged.get(key, []), *value]
        else:
            merged[key] = value
    return merged


def _named(data: dict[str, Any], owner: str) -> dict[str, Any]:
    """Return a copy in which every entry of a dated list has a name, such as "proposal rule 1"."""
    named = copy.deepcopy(data)
    for section, lists in APPENDED.items():
        for key, noun in lists.items():
            for number, entry in enumerate(named.get(section, {}).get(key, []), start=1):
                entry["name"] = entry.get("name") or f"{owner} {noun} {number}"
    return named


def _of_period(period: dict[str, date], data: dict[str, Any]) -> dict[str, Any]:
    """Return an arm's own data: no rule, closure or change outlasts the period, and one without a start begins with it.

    The arms are compared over the period. In the weeks that are simulated before and after it both go on under what
    they share; else hours and volume would grow with the number of those weeks. A start that is written down holds,
    also before the period.
    """
    first, last = period["from"], period["to"]
    for section, lists in APPENDED.items():
        for key in lists:
            if key in data.get(section, {}):
                dated = [_bounded(entry, first, last) for entry in data[section][key]]
                data[section][key] = [entry for entry in dated if entry is not None]
    return data


def _bounded(entry: dict[str, Any], first: date, last: date) -> dict[str, Any] | None:
    """Return an entry that does not outlast the period; None where nothing of it is left."""
    begins, ends = ("held_from", "held_to") if entry.get("applies_by") == "called" else ("from", "to")
    bounded = {**entry, begins: entry.get(begins) or first, ends: min(entry.get(ends) or last, last)}
    return bounded if bounded[begins] <= bounded[ends] else None


def _layer_names(work: _Work) -> tuple[str, ...]:
    files = [layer.name for layer in work.layers if not layer.on_command_line]
    blocks = [parts.structure for layer, parts in work.layered() if not layer.on_command_line]
    arms = [arm for arm in ARMS if any(arm in block for block in blocks)]
    command = [layer.name for layer in work.layers if layer.on_command_line][:1]
    return (FACTS_LAYER, *filter(None, [work.overlay_name]), *files, *arms, *command)
