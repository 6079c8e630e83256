"""What a new version says otherwise than the one before, known before anything is run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.bridge.blocks import NAMES, block_of, is_value, pieces
from simulator.scenario import Scenario, read_scenario
from simulator.scenario.sources import scenario_file

METHOD = ("run.", "infection.series")
"""Keys that say how it is run, or name a file that each run keeps a copy of: nobody is asked why."""


@dataclass(frozen=True)
class Differs:
    """A piece of the scenario that a new version says otherwise.

    Attributes:
        key: Its dotted key.
        before: What was said.
        after: What is said now.
    """

    key: str
    before: Any
    after: Any


def differing(old_run: Path, scenario: Scenario, facts: Path | None) -> tuple[Differs, ...]:
    """Return what a scenario says otherwise than a kept run, before anything is run; names are left out.

    Args:
        old_run: The folder of the run.
        scenario: The scenario.
        facts: The facts file that holds what is confidential, which no run keeps; None where nothing is.
    """
    old = read_scenario(scenario_file(old_run), facts=facts, discreet=True)
    before, after = (_said(one) for one in (old, scenario))
    keys = dict.fromkeys((*before, *after))
    return tuple(Differs(key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key))


def _said(scenario: Scenario) -> Mapping[str, Any]:
    found = dict(pieces(scenario.resolved(everything=True)))
    return {
        key: content["value"] if is_value(content) else content
        for key, content in found.items()
        if block_of(key) != NAMES and not key.startswith(METHOD)
    }
