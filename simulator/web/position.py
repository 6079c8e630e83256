"""A position: a scenario with what the reader of the page has changed, in the words of the command line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from simulator import pipeline
from simulator.errors import InputError
from simulator.facts.tree import Node, Scalar, walk
from simulator.plan import FAST, Plan
from simulator.scenario import Scenario, read_scenario
from simulator.scenario.confidential import refuse_confidential
from simulator.scenario.layers import command_layers
from simulator.scenario.memory import Memory
from simulator.scenario.resolved import SHIPPED_SERIES, resolved_tree, series_file, text_of_tree
from simulator.scenario.versions import stated
from simulator.web.opened import Base
from simulator.web.shelf import Shelf

MOST_SETTINGS = 200
LONGEST = 20_000
"""Letters of a setting."""
FROM_FILES = ("extends", "facts", "register", "infection.series")
"""Keys that name files, which a page may not choose, in whatever block they stand."""
MOST_REPLICATIONS = 10_000
"""All of them are kept at hand, thirteen kilobytes each of the whole country, to be valued again."""
AT_HAND = 12
"""Scenarios that are kept at hand."""


@dataclass(frozen=True)
class Position:
    """A scenario and the settings that are laid over it, in the order in which they were made.

    Attributes:
        base: What was opened.
        sets: Key and value of each setting, as `-S key=value` has them; no key twice.
    """

    base: Base
    sets: tuple[tuple[str, str], ...] = ()

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings as the command line is given them."""
        return (*self.base.sets, *(f"{key}={value}" for key, value in self.sets))

    @property
    def key(self) -> str:
        """A short name of the position: the same for the same scenario, settings and plan, and for no other."""
        asked = self.base.asked
        parts = (self.base.digest, *self.settings, repr((asked.seed, asked.replications, asked.draws, asked.engine)))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]

    def plan(self, scenario: Scenario, jobs: int = 1) -> Plan:
        """Return how the position is run: as `saldo run` would with the same options.

        Raises:
            InputError: A number is out of range.
        """
        asked = self.base.asked
        plan = pipeline.plan_of(scenario, asked.seed, asked.replications, asked.engine, jobs=jobs)
        if plan.replications > MOST_REPLICATIONS:
            message = f"{plan.replications} are too many for a page; allowed: {MOST_REPLICATIONS}, or use `saldo run`"
            raise InputError.one(message, path="run.replications")
        # Where all that was drawn has been set to a point, there is nothing left to draw.
        return pipeline.with_draws(plan, scenario, asked.draws if scenario.uncertain else None)


@dataclass
class Reader:
    """Reads positions, for any thread; the latest scenarios are kept at hand."""

    _read: Shelf[Scenario] = field(default_factory=lambda: Shelf(AT_HAND))
    _memories: Shelf[Memory] = field(default_factory=lambda: Shelf(AT_HAND))
    _one_at_a_time: Lock = field(default_factory=Lock, repr=False)

    def __contains__(self, position: object) -> bool:
        """Return whether a position was read and is at hand."""
        return isinstance(position, Position) and position.key in self._read

    def __call__(self, position: Position) -> Scenario:
        """Return the scenario of a position.

        Raises:
            InputError: The scenario or a setting is wrong, or the scenario is confidential; names all faults.
        """
        with self._one_at_a_time:
            return self._read.get(position.key, lambda: self._read_anew(position))

    def _read_anew(self, position: Position) -> Scenario:
        base = position.base
        memory = self._memories.get((str(base.path), base.digest), Memory)
        scenario = read_scenario(base.path, position.settings, discreet=True, memory=memory)
        refuse_confidential(scenario)
        return scenario


def position_of(told: Any, bases: Mapping[str, Base]) -> Position:
    """Return a position from what the page sends: `{"base": ID, "sets": [[KEY, VALUE], ...]}`.

    Raises:
        InputError: It is no position, names something that is not open, or a setting that a page may not make.
    """
    if not isinstance(told, Mapping) or not isinstance(told.get("sets", []), list | tuple):
        raise InputError.one("a position is {base, sets}", path="position")
    base = bases.get(str(told.get("base", "")))
    if base is None:
        raise InputError.one("is not open; open the scenario, run or sweep first", path=str(told.get("base", "")))
    return Position(base, _sets_of(told.get("sets", [])))


def _sets_of(told: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    if len(told) > MOST_SETTINGS:
        raise InputError.one(f"{len(told)} settings are too many; allowed: {MOST_SETTINGS}", path="sets")
    found: dict[str, str] = {}
    for one in told:
        if not (isinstance(one, list | tuple) and len(one) == 2 and all(isinstance(part, str) for part in one)):
            raise InputError.one("a setting is [key, value], both texts", path="sets")
        key, value = one[0].strip(), one[1]
        if len(key) + len(value) > LONGEST:
            raise InputError.one(f"is longer than {LONGEST} letters", path=key[:80])
        if "=" in key or not key:
            raise InputError.one("is no key of a scenario", path=key[:80])
        found.pop(key, None)
        found[key] = value
    for layer in command_layers([f"{key}={value}" for key, value in found.items()]):
        refuse_files(layer.tree)
    return tuple(found.items())


def refuse_files(tree: Node) -> None:
    """Refuse a scenario, or what is laid over one, that names a file which the reader of the page did not open.

    Raises:
        InputError: It names one; says where.
    """
    for path, node in walk(tree):
        is_shipped = isinstance(node, Scalar) and node.text == SHIPPED_SERIES
        if any(f".{path}".endswith(f".{name}") for name in FROM_FILES) and not is_shipped:
            raise InputError.one("names a file, which the page cannot choose; write it into the scenario", path=path)


def told_of(position: Position) -> dict[str, Any]:
    """Return a position as the page is told it; the inverse of `position_of`."""
    return {"base": position.base.id, "sets": [list(one) for one in position.sets]}


def as_file(position: Position, scenario: Scenario) -> str:
    """Return a position as one scenario file that needs no other and says how it is run.

    `saldo run` of the file gives the headline that the page gives, byte for byte. A series of incidence of the
    scenario's own is named as it stands beside the file; an engine other than the usual one is told in the head, since
    a scenario does not choose it.
    """
    plan = position.plan(scenario)
    tree = resolved_tree(scenario)
    run = {"seed": plan.seed, "replications": plan.replications} | ({"draws": plan.draws} if scenario.uncertain else {})
    tree["run"] = {**tree.get("run", {}), **run}
    series = series_file(scenario)
    if series is not None:
        tree["infection"]["series"] = series.name
    engine = "" if plan.engine == FAST else f" Run it with --engine {plan.engine}."
    return text_of_tree(stated(tree), f"{scenario.name} as it was set on the page.{engine} {_told(position)}")


def _told(position: Position) -> str:
    """Return what was set, on one line."""
    told = "; ".join(" ".join(text.split()) for text in position.settings)
    return f"Set: {told}" if told else "Nothing was set."
