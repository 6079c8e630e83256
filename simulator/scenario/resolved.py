"""Writes a scenario out in full: no `extends`, no facts file, every word and number as it was read."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from simulator.facts.secrets import all_blackened
from simulator.facts.spelling import one_reading
from simulator.facts.standing import NOTHING, SIGNED_VALUE, grades
from simulator.scenario.confidential import secrets_of
from simulator.scenario.layers import FILE_ALONE
from simulator.scenario.model import Scenario, Value
from simulator.scenario.uncertain import FIELD
from simulator.scenario.values import FACTS_LAYER
from simulator.scenario.versions import stated

KEPT_SERIES = "incidence.csv"
"""A series of incidence of the scenario's own, as a run keeps it."""
SHIPPED_SERIES = "ssi-weekly"
APART = ("\\", "!!", "'':")
"""Escapes, tags, empty keys: there the two writers do not agree to the letter, and Python's has the last word."""


def resolved_tree(scenario: Scenario, *, everything: bool = False) -> dict[str, Any]:
    """Return the scenario as plain nested data that reads back to the same outcome.

    Args:
        scenario: The scenario.
        everything: Whether to write all values; else only those that differ from the shipped facts.
    """
    tree: dict[str, Any] = {"name": scenario.name, **copy.deepcopy(scenario._structure[""])}
    for section in FILE_ALONE:
        tree.get(section, {}).pop("file", None)
    secrets = secrets_of(scenario)
    tree = all_blackened(tree, secrets)
    for key, row in scenario._shared.items():
        if everything or row.layer != FACTS_LAYER or row.standing != NOTHING:
            _put(tree, key, _leaf(row))
    for arm in scenario.arms:
        block = all_blackened(copy.deepcopy(scenario._structure[arm.name]), secrets)
        for row in arm.values.rows():
            if row != scenario._shared.get(row.key):
                _put(block, row.key, _leaf(row))
        if block:
            tree[arm.name] = block
    return tree


def resolved_text(scenario: Scenario, *, everything: bool = False) -> str:
    """Return the resolved scenario as the text of a scenario file."""
    return text_of_tree(stated(resolved_tree(scenario, everything=everything)), _head(scenario))


def _head(scenario: Scenario) -> str:
    again = "Confidential numbers are left out: it reads only with" if scenario.confidential else "Reads back to"
    last = "the facts file that holds them." if scenario.confidential else "the same scenario."
    return f"Resolved from {' < '.join(scenario.layers)}. {again} {last}"


def kept_text(scenario: Scenario) -> str:
    """Return the resolved scenario as a run keeps it: a series of its own stands in the folder of the run."""
    return text_of_tree(stated(_kept_tree(scenario, everything=True)), _head(scenario))


def identity(scenario: Scenario) -> str:
    """Return a text that is the same for a scenario and for the one that its run keeps, and different for others."""
    tree = _without_nothing(_kept_tree(scenario, everything=False))
    return json.dumps([scenario.layers, tree], sort_keys=True, default=str, ensure_ascii=False)


def _kept_tree(scenario: Scenario, *, everything: bool) -> dict[str, Any]:
    tree = resolved_tree(scenario, everything=everything)
    if series_file(scenario) is not None:
        tree["infection"]["series"] = KEPT_SERIES
    return tree


def _without_nothing(tree: Any) -> Any:
    if not isinstance(tree, dict):
        return tree
    kept = {key: _without_nothing(below) for key, below in tree.items()}
    return {key: below for key, below in kept.items() if below != {}}


def series_file(scenario: Scenario) -> Path | None:
    """Return the file of incidence that a scenario names; None where it names none or the shipped one."""
    series = scenario.sections.infection.series
    return None if series in (None, SHIPPED_SERIES) else (scenario.series_folder or Path()) / str(series)


def text_of_tree(tree: Mapping[str, Any], head: str) -> str:
    """Return nested data as the text of a scenario file, with a line of comment at its head."""
    written = _written(tree, _Quick)
    if any(sign in written for sign in APART):
        written = _written(tree, _Dumper)
    return f"# {head}\n{written}"


def _written(tree: Mapping[str, Any], dumper: type[yaml.SafeDumper]) -> str:
    text: str = yaml.dump(dict(tree), Dumper=dumper, sort_keys=False, allow_unicode=True, width=10_000)
    return text


def _leaf(row: Value) -> dict[str, Any]:
    """Return a value as it is written; of a confidential one no number, nor a hash of it, which could be guessed."""
    if row.confidential:
        return _withheld(row)
    fields = {"value": row.value, "unit": row.unit, "low": row.low, "high": row.high, "kind": row.kind,
              "source": row.source, "date": row.date, "reason": row.reason, "layer": row.layer,
              "set_as": row.set_as or None,
              FIELD: None if row.distribution is None else _distribution(row)}  # fmt: skip
    return {name: content for name, content in fields.items() if content is not None} | standing_fields(row)


def _withheld(row: Value) -> dict[str, Any]:
    fields = {"confidential": True, "unit": row.unit, "kind": row.kind, "source": row.source, "date": row.date,
              "layer": row.layer, "set_as": row.set_as or None}  # fmt: skip
    drawn = {} if row.distribution is None else {FIELD: _distribution(row) if row.distribution_open else _named(row)}
    standing = {key: said for key, said in standing_fields(row).items() if key not in (SIGNED_VALUE, "note")}
    told = {name: content for name, content in fields.items() if content is not None} | standing
    return {name: all_blackened(content, row.numbers) for name, content in told.items()} | drawn


def _named(row: Value) -> str:
    """Return the name of a distribution alone: it is taken over the range that stands in the facts file."""
    assert row.distribution is not None
    return str(row.distribution.described()["name"])


def standing_fields(row: Value) -> dict[str, Any]:
    """Return what is known of who answers for a value; what nobody said is left out."""
    standing = dict(vars(row.standing))
    standing["grade"] = next((step.name for step in grades() if step.number == row.standing.grade), "")
    return {name: content for name, content in standing.items() if content not in ("", None)}


def _distribution(row: Value) -> dict[str, Any]:
    assert row.distribution is not None
    source = {"source": row.distribution_source} if row.distribution_source else {}
    return row.distribution.described() | source


def _put(tree: dict[str, Any], key: str, leaf: dict[str, Any]) -> None:
    *path, last = key.split(".")
    for part in path:
        tree = tree.setdefault(part, {})
    tree[last] = leaf


class _Dumper(yaml.SafeDumper):
    """YAML without aliases, and with numbers that the entrance reads in one way only."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _Quick(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # absent without libyaml
    """The same in compiled code, where PyYAML has it: a run is written out in a quarter of the time."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _number(dumper: yaml.SafeDumper, number: float) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:float", one_reading(repr(number)))


_Dumper.add_representer(float, _number)
_Quick.add_representer(float, _number)
