"""Parts a layer into structure (keys of the schema) and values (keys of the catalogue)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from pydantic import BaseModel

from simulator.facts.read import is_leaf
from simulator.facts.spelling import allowed, did_you_mean, fold
from simulator.facts.tree import Faults, Listing, Node, Place, Scalar, Table, join
from simulator.scenario.model import ARMS
from simulator.scenario.names import Names
from simulator.scenario.schema import ArmSections, ScenarioSections
from simulator.scenario.structure import fields_of, section_of
from simulator.scenario.uncertain import FIELD

# Both arms have the same persons and the same simulated days; effects and kroner value what the two delivered, and the
# control stands beside both.
SHARED = frozenset(
    {
        "control",
        "decision",
        "effects",
        "infection",
        "saldo",
        "trial",
        "closures.carry_share",
        "demand.closed_groups",
        "demand.scale",
        "demand.stock",
        "demand.stock_scale",
        "demand.stock_series",
        "demand.weekly_exit_hazard",
        "demand.longest_spell_weeks",
        "delivery.warm_up_weeks",
        "delivery.run_on_weeks",
    }
)


@dataclass(frozen=True)
class Assignment:
    """A value that a layer sets: the key (or the prefix of a table), what is written, and its path."""

    key: str
    node: Node
    path: str


@dataclass
class Parts:
    """A layer in parts; "" stands for what both arms share."""

    structure: dict[str, Table] = field(default_factory=dict)
    values: dict[str, list[Assignment]] = field(default_factory=lambda: {"": [], **{arm: [] for arm in ARMS}})


class Keys:
    """The catalogue's keys as a tree."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.leaves = dict.fromkeys(keys)
        self.children: dict[str, dict[str, str]] = {}
        for key in self.leaves:
            path = ""
            for part in key.split("."):
                self.children.setdefault(path, {}).setdefault(fold(part), part)
                path = join(path, part)

    def below(self, prefix: str) -> tuple[str, ...]:
        """Return the next parts of the keys under a prefix."""
        return tuple(self.children.get(prefix, {}).values())

    def under(self, prefix: str) -> tuple[str, ...]:
        """Return the keys under a prefix, or the key itself."""
        return (prefix,) if prefix in self.leaves else tuple(key for key in self.leaves if key.startswith(f"{prefix}."))

    def find(self, prefix: str, part: str, names: Names) -> str | None:
        """Return the part of a key as the catalogue spells it, or None; a municipality may go by its name."""
        children = self.children.get(prefix, {})
        if fold(part) in children:
            return children[fold(part)]
        return children.get(names.find("places", part) or "")


@lru_cache(maxsize=16)
def keys_of(keys: tuple[str, ...]) -> Keys:
    """Return keys as a tree, made once: every layer of a scenario is laid over the same ones."""
    return Keys(keys)


class Splitter:
    """Parts the layers of one scenario."""

    def __init__(self, keys: Keys, names: Names, faults: Faults) -> None:
        self.keys = keys
        self.names = names
        self.faults = faults

    def split(self, tree: Table) -> Parts:
        """Return a layer in parts; unknown keys are noted."""
        parts = Parts()
        common = {key: node for key, node in tree.entries.items() if key not in ARMS}
        parts.structure[""] = self._walk(Table(common, tree.places, tree.place), "", ScenarioSections, ("", parts))
        for arm in ARMS:
            node = tree.entries.get(arm)
            if isinstance(node, Table):
                parts.structure[arm] = self._walk(node, "", ArmSections, (arm, parts))
            elif node is not None and not (isinstance(node, Scalar) and node.empty):
                self.faults.add(node.place, arm, f"must be a table; {allowed(fields_of(ArmSections), 20)}")
        return parts

    def _walk(self, table: Table, path: str, model: type[BaseModel] | None, to: tuple[str, Parts]) -> Table:
        """Return the structure in a table; its values go into `to`, an arm with its parts."""
        fields = fields_of(model) if model else {}
        entries: dict[str, Node] = {}
        for key, node in table.entries.items():
            full = join(to[0], join(path, key))
            section = section_of(fields[key]) if key in fields else None
            part = self.keys.find(path, key, self.names)
            if to[0] and join(path, part or key) in SHARED:
                self.faults.add(table.places[key], full, self._shared(to[0]))
            elif section and isinstance(node, Table):
                entries[key] = self._walk(node, join(path, key), section, to)
            elif key in fields:
                entries[key] = node
            elif part is not None:
                self._value(node, join(path, part), full, to)
            elif self._written_by_program(node, path):
                to[1].values[to[0]].append(Assignment(join(path, key), node, full))
            else:
                self.faults.add(table.places[key], full, self._unknown(key, path, tuple(fields), to[0]))
        return Table(entries, {key: table.places[key] for key in entries}, table.place)

    def _value(self, node: Node, key: str, full: str, to: tuple[str, Parts]) -> None:
        if (
            key in self.keys.leaves
            or (isinstance(node, Scalar) and not node.empty)
            or (isinstance(node, Table) and (is_leaf(node) or FIELD in node.entries))
        ):
            to[1].values[to[0]].append(Assignment(key, node, full))
        elif isinstance(node, Table):
            self._walk(node, key, None, to)
        elif isinstance(node, Listing):
            message = f"must be a number or a table, not a list; {allowed(self.keys.below(key))}"
            self.faults.add(node.place, full, message)

    def _written_by_program(self, node: Node, path: str) -> bool:
        """Return whether this is a value that a facts file had added, as a resolved scenario writes it."""
        if not path or path not in self.keys.children or not isinstance(node, Table):
            return False
        return is_leaf(node) and {"layer", "unit"} <= set(node.entries)

    def _unknown(self, key: str, path: str, fields: tuple[str, ...], arm: str) -> str:
        if arm and not path and key in fields_of(ScenarioSections):
            return self._shared(arm)
        if self.faults.many:
            return "unknown key"
        here = tuple(dict.fromkeys((*fields, *self.keys.below(path), *(() if path or arm else (*ARMS, "extends")))))
        if "." in key and key.split(".")[0] in here:
            nested = f"{key.replace('.', ': {')}: ...{'}' * key.count('.')}"
            return f"dots are for -S only; in a file write tables in each other: {nested}"
        hint = did_you_mean(key, here, 0.75) or self._elsewhere(key) or did_you_mean(key, here)
        return f"unknown key; {allowed(here, 20)}{hint}"

    def _shared(self, arm: str) -> str:
        return f"stands for both arms and cannot differ; move it to the top of the file, out of `{arm}:`"

    def _elsewhere(self, key: str) -> str:
        """Return "did you mean" for a key that stands in another table, under its whole path."""
        paths = [*self.keys.children, *self.keys.leaves]
        for path in paths:
            if path.rpartition(".")[2] == fold(key):
                return f"; did you mean {path}?"
        return ""


def empty_table(place: Place) -> Table:
    """Return a table of nothing."""
    return Table({}, {}, place)
