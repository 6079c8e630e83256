"""Worlds for the comparison of engines: a scenario file, read through the entrance and prepared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from simulator.pipeline import World, prepare
from simulator.scenario import read_scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LAESOE, FANOE, SAMSOE, AEROE = "825", "563", "741", "492"
"""The smallest municipalities with offices of every kind."""


def world_of(folder: Path, content: dict[str, Any], series: str = "") -> World:
    """Return the world of a new scenario file with some content, and with a series of incidence beside it."""
    path = folder / "written.yaml"
    if series:
        (folder / content["infection"]["series"]).write_text(series, encoding="utf-8")
    path.write_text(json.dumps(content), encoding="utf-8")  # JSON is YAML without anchors
    return prepare(read_scenario(path))


def shipped_world(name: str, places: tuple[str, ...] = (), *sets: str) -> World:
    """Return the world of a shipped scenario in some municipalities; in all where none is named."""
    only = [f"places=[{', '.join(places)}]"] if places else []
    return prepare(read_scenario(SCENARIOS / f"{name}.yaml", [*only, *sets]))
