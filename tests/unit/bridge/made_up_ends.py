"""Kept runs to build bridges between: by the control, or by the fast engine, on two islands."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from simulator.bridge import Bridge, course_of, end_of, figure_named, walked
from simulator.bridge.blocks import BLOCKS, pieces
from simulator.bridge.ends import End, _compared
from simulator.bridge.mixtures import Workshop
from simulator.pipeline import plan_of, simulate
from simulator.results import Asked
from simulator.results.read import KeptRun
from simulator.results.record import Occasion, seal
from simulator.results.save import Place, save
from simulator.scenario import read_scenario

SCENARIOS = Path(__file__).parents[3] / "scenarios"
ISLANDS = "places=[Samsø, Ærø]"
MOMENT = datetime(2021, 12, 17, 10, 30, 0, tzinfo=UTC)
COMMIT = "c" * 40
BOTTOM_UP, PUBLISHED = "christmas-2021-bottom-up", "christmas-2021"


def kept(folder: Path, name: str, *sets: str, engine: str = "control", replications: int | None = None) -> Path:
    """Run a shipped scenario on two islands, keep it and return its folder."""
    scenario = read_scenario(SCENARIOS / f"{name}.yaml", [ISLANDS, *sets])
    plan = plan_of(scenario, replications=replications, engine=engine)
    found = save(simulate(scenario, plan), Place(folder), Occasion("saldo run", sets, MOMENT, MOMENT)).folder
    assert found is not None
    return found


def end(name: str, *sets: str, engine: str = "control") -> End:
    """Return a shipped scenario as the end of a bridge, as if it had been run by another program and kept."""
    scenario, asked = read_scenario(SCENARIOS / f"{name}.yaml", sets), Asked(1, 1, engine)
    said = dict(pieces(scenario.resolved(everything=True)))
    kept_as = KeptRun(Path(name))
    kept_as.__dict__["record"] = {"version": "0.0.1", "run_id": "made up", "scenario": name}
    return End(kept_as, said, _compared(scenario, said, asked), asked)


def bridged(
    old: Path, new: Path, out: Path, order: tuple[str, ...] = BLOCKS, of: str = "employment_effect", **control: bool
) -> Bridge:
    """Return the bridge between two kept runs."""
    course = course_of(end_of(old), end_of(new), order, **control)
    return walked(course, figure_named(of), Workshop(out, "saldo bridge"))


def altered(folder: Path, to: Path, figure: str, mean: float, **record: Any) -> Path:
    """Copy a kept run and write another number into its headline, as another program might have found it."""
    shutil.copytree(folder, to)
    headline = json.loads((to / "headline.json").read_text(encoding="utf-8"))
    headline[figure]["mean"] = mean
    (to / "headline.json").write_text(json.dumps(headline), encoding="utf-8")
    seal(to, {**json.loads((to / "manifest.json").read_text(encoding="utf-8")), **record})
    return to


def as_made_from(patch: pytest.MonkeyPatch, commit: str | None) -> None:
    """Let this program be that of a commit."""
    for module in ("bridge.mixtures", "bridge.moved", "bridge.walk", "results.record"):
        patch.setattr(f"simulator.{module}.commit", lambda: commit)
