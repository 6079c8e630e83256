"""What comes out of the entrance: a frozen scenario with two arms, each with its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.errors import Fault, InputError
from simulator.facts.spelling import did_you_mean
from simulator.facts.standing import NOTHING, Standing
from simulator.facts.units import outside
from simulator.scenario.schema import ArmSections, ScenarioSections
from simulator.scenario.versions import Reading

if TYPE_CHECKING:
    from simulator.distributions import Distribution

ARMS = ("baseline", "proposal")


@dataclass(frozen=True)
class Value:
    """One number with everything that a reader must know of it.

    Attributes:
        key: Dotted path in the catalogue.
        value: The number [unit].
        unit: Unit of value, low and high.
        low: Lower end of the range; None where no range is set.
        high: Upper end of the range; None where no range is set.
        kind: fact, derived, assumption or calibrated.
        source: Id in sources.yaml, or what the scenario says; the layer where it says nothing.
        date: Day of the source, as written.
        layer: Where the number was set: "facts", "facts file NAME", "scenario NAME", "baseline", "proposal" or
            "command line".
        reason: Why this number.
        set_as: The table of values that the layer named when it set this; empty where it named this key.
        distribution: What it is drawn from; None where it is not uncertain. A table set as one is drawn as one.
        distribution_source: Where the distribution comes from; empty where it is an assumption.
        standing: Who answers for it, how good its evidence is, and who signed off which number.
        confidential: Whether the number is used and nowhere written; a number laid over it is so too.
        distribution_open: Whether the distribution of a confidential number was written apart from it, openly.
    """

    key: str
    value: float
    unit: str
    low: float | None
    high: float | None
    kind: str
    source: str
    date: str
    layer: str
    reason: str
    set_as: str = ""
    distribution: Distribution | None = None
    distribution_source: str = ""
    standing: Standing = NOTHING
    confidential: bool = False
    distribution_open: bool = False

    @property
    def numbers(self) -> tuple[float, ...]:
        """The number, its range, and the number that was signed, as far as there are any [unit]."""
        found = (self.value, self.low, self.high, self.standing.signed_value)
        return tuple(one for one in found if one is not None)


@lru_cache(maxsize=16)
def _tables_of(_keys: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Return where the tables among some keys are noted, once they are looked for: the same for equal keys."""
    return {}


class Values(Mapping[str, float]):
    """The numbers of one arm by key. Reading one records its key in `used`, which both arms share."""

    def __init__(self, rows: Mapping[str, Value], unknown: Mapping[str, date], used: set[str]) -> None:
        self._rows = dict(rows)
        self._unknown = dict(unknown)
        self._tables = _tables_of(tuple(self._rows))
        self.used = used

    def __getitem__(self, key: str) -> float:
        """Return a number [unit of its row] and record that it was used.

        Raises:
            InputError: If the number was not yet published on the scenario's `known_as_of`.
            KeyError: If the catalogue has no such key: a mistake in the program.
        """
        value = self.row(key).value
        self.used.add(key)
        return value

    def row(self, key: str) -> Value:
        """Return a number with unit, range and source, without recording a use.

        Raises:
            InputError: If the number was not yet published on the scenario's `known_as_of`.
            KeyError: If the catalogue has no such key.
        """
        if key in self._rows:
            return self._rows[key]
        if key in self._unknown:
            raise InputError.one(f"was not known on the scenario's known_as_of; published {self._unknown[key]}", key)
        raise KeyError(f"no value {key}{did_you_mean(key, self._rows)}")

    def under(self, prefix: str) -> dict[str, float]:
        """Return the numbers of a table by the rest of their keys, and record all as used.

        A key that is a number itself comes back under the empty rest. Numbers not yet
        published on the scenario's `known_as_of` are left out.
        """
        rests = self.keys_under(prefix)
        self.used.update(rests.values())
        return {rest: self._rows[key].value for rest, key in rests.items()}

    def keys_under(self, prefix: str) -> Mapping[str, str]:
        """Return the keys of a table by their rest, without recording a use; looked for once."""
        if prefix not in self._tables:
            start = f"{prefix}."
            found = {key[len(start) :]: key for key in self._rows if key.startswith(start)}
            self._tables[prefix] = {"": prefix} if prefix in self._rows else found
        return self._tables[prefix]

    def numbers(self, keys: Iterable[str]) -> tuple[float | None, ...]:
        """Return the numbers of some keys, None for one that is not there, without recording a use."""
        rows = [self._rows.get(key) for key in keys]
        return tuple(None if row is None else row.value for row in rows)

    def rows(self) -> tuple[Value, ...]:
        """Return all rows in the order of the catalogue, without recording a use."""
        return tuple(self._rows.values())

    def with_numbers(self, changed: dict[str, Value], used: set[str]) -> Values:
        """Return the same values with other rows for some keys.

        Args:
            changed: Rows by key, all of keys that are there.
            used: Receives the keys that are read from now on.
        """
        found = copy(self)  # keys and what is noted of their tables stay
        found._rows, found.used = self._rows | changed, used
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@dataclass(frozen=True)
class Arm:
    """One of the two sets of rules that are compared.

    `sections.attendance.rules` holds the dated law (unless switched off), then the
    scenario's own rules, then the arm's; the last that applies wins.
    """

    name: str
    sections: ArmSections
    values: Values


@dataclass(frozen=True)
class Scenario:
    """A scenario as it was read: structure, the two arms, and where everything came from.

    Attributes:
        sections: Structure that both arms share; its lists are the scenario's own, without law and arm blocks.
        baseline: The arm that stands for the rules as they are.
        proposal: The arm that stands for the rules as they would be.
        path: The scenario file, as it was named.
        layers: Names of the layers, lowest first.
        series_folder: Folder that the file of `infection.series` is relative to; None where none is named.
        files: How each file that people write was read, the scenario first: its version, and what was converted.
    """

    sections: ScenarioSections
    baseline: Arm
    proposal: Arm
    path: str
    layers: tuple[str, ...]
    series_folder: Path | None = field(default=None, compare=False)
    files: tuple[Reading, ...] = field(default=(), repr=False, compare=False)
    _structure: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    _options: dict[str, ArmSections] = field(default_factory=dict, repr=False, compare=False)
    _shared: dict[str, Value] = field(default_factory=dict, repr=False, compare=False)

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return self.sections.name

    @property
    def arms(self) -> tuple[Arm, Arm]:
        """Baseline and proposal."""
        return (self.baseline, self.proposal)

    @property
    def confidential(self) -> tuple[Value, ...]:
        """The values that are used and nowhere written, of both arms; the number of an arm stands for itself."""
        rows = (row for arm in self.arms for row in arm.values.rows() if row.confidential)
        return tuple(dict.fromkeys(rows))

    @property
    def uncertain(self) -> tuple[str, ...]:
        """Keys of the values that carry a distribution."""
        return tuple(row.key for row in self.baseline.values.rows() if row.distribution is not None)

    def with_values(self, numbers: Mapping[str, float], layer: str = "draw") -> Scenario:
        """Return the same scenario with other numbers in both arms, and with nothing read yet.

        It runs to the same figures as the file does with each of them set on the command line.

        Args:
            numbers: Numbers by key of the catalogue [unit of its row].
            layer: Name of the layer that sets them.

        Raises:
            InputError: A number is not one that its unit can be; names all.
            KeyError: The catalogue has no such key.
        """
        faults = []
        for key, number in numbers.items():
            wrong = outside(number, self.baseline.values.row(key).unit)
            if wrong:
                faults.append(Fault(layer, 0, 0, key, wrong))
        if faults:
            raise InputError(faults)
        used: set[str] = set()
        shared = _numbered(self._shared, numbers, layer)
        moved = (arm.values.with_numbers(self._moved(arm, shared, numbers, layer), used) for arm in self.arms)
        baseline, proposal = (replace(arm, values=values) for arm, values in zip(self.arms, moved, strict=True))
        layers = (*self.layers, layer) if numbers else self.layers
        return replace(self, baseline=baseline, proposal=proposal, layers=layers, _shared=self._shared | shared)

    def _moved(
        self, arm: Arm, shared: Mapping[str, Value], numbers: Mapping[str, float], layer: str
    ) -> dict[str, Value]:
        """Return the rows of an arm at other numbers; those that it shares are made already."""
        rows = arm.values._rows
        own = {key: one for key, one in numbers.items() if rows.get(key) is not self._shared.get(key)}
        return {**{key: row for key, row in shared.items() if key in rows}, **_numbered(rows, own, layer)}

    def under_model(self, model: str) -> Scenario:
        """Return the same scenario under another effect model, with nothing read yet.

        Args:
            model: Name of a file in `effects/`.
        """
        effects = self.sections.effects.model_copy(update={"model": model})
        return replace(self.with_values({}), sections=self.sections.model_copy(update={"effects": effects}))

    def over(self, first: date, last: date) -> Scenario:
        """Return the same scenario over another period, with nothing read yet.

        Args:
            first: First day.
            last: Last day.
        """
        period = self.sections.period.model_copy(update={"from_": first, "to": last})
        return replace(self.with_values({}), sections=self.sections.model_copy(update={"period": period}))

    def under_option(self, name: str) -> Scenario:
        """Return the same scenario with an option of its decision as the proposal, and with nothing read yet.

        An option that states no rules is the scenario's own proposal.

        Args:
            name: Name of the option.
        """
        again = self.with_values({})
        if name not in self._options:
            return again
        used, rows = again.baseline.values.used, self.baseline.values
        shared = Values(again._shared, rows._unknown, used)
        block = next(one["proposal"] for one in self._structure[""]["decision"]["options"] if one["name"] == name)
        return replace(
            again,
            proposal=Arm(self.proposal.name, self._options[name], shared),
            _structure={**self._structure, self.proposal.name: block},
        )

    def resolved(self, *, everything: bool = False) -> dict[str, Any]:
        """Return the scenario as plain nested data that `read_scenario` reads to the same outcome.

        Args:
            everything: Whether to write all values; else only those that differ from the shipped facts.
        """
        from simulator.scenario.resolved import resolved_tree

        return resolved_tree(self, everything=everything)

    def resolved_text(self, *, everything: bool = False) -> str:
        """Return `resolved()` as the text of a scenario file."""
        from simulator.scenario.resolved import resolved_text

        return resolved_text(self, everything=everything)


def _numbered(rows: Mapping[str, Value], numbers: Mapping[str, float], layer: str) -> dict[str, Value]:
    """Return rows with other numbers, of the keys that are there."""
    return {
        key: replace(rows[key], value=number, layer=layer, distribution=None, distribution_source="")
        for key, number in numbers.items()
        if key in rows
    }
