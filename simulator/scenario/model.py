"""What comes out of the entrance: a frozen scenario with two arms, each with its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from simulator.errors import InputError
from simulator.facts.spelling import did_you_mean
from simulator.scenario.schema import ArmSections, ScenarioSections

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


class Values(Mapping[str, float]):
    """The numbers of one arm by key. Reading one records its key in `used`, which both arms share."""

    def __init__(self, rows: Mapping[str, Value], unknown: Mapping[str, date], used: set[str]) -> None:
        self._rows = dict(rows)
        self._unknown = dict(unknown)
        self._tables: dict[str, dict[str, str]] = {}
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
        if prefix not in self._tables:
            start = f"{prefix}."
            found = {key[len(start) :]: key for key in self._rows if key.startswith(start)}
            self._tables[prefix] = {"": prefix} if prefix in self._rows else found
        rests = self._tables[prefix]
        self.used.update(rests.values())
        return {rest: self._rows[key].value for rest, key in rests.items()}

    def rows(self) -> tuple[Value, ...]:
        """Return all rows in the order of the catalogue, without recording a use."""
        return tuple(self._rows.values())

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
    """

    sections: ScenarioSections
    baseline: Arm
    proposal: Arm
    path: str
    layers: tuple[str, ...]
    series_folder: Path | None = field(default=None, compare=False)
    _structure: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    _shared: dict[str, Value] = field(default_factory=dict, repr=False, compare=False)

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return self.sections.name

    @property
    def arms(self) -> tuple[Arm, Arm]:
        """Baseline and proposal."""
        return (self.baseline, self.proposal)

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
