"""Small plans, and work that is done in no time: figures that a hand can work out from what a row sets."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from simulator.sweeps.compiling import compile_plan
from simulator.sweeps.jobs import Compiled, Task, positions_of

ROOT = Path(__file__).parents[3]
SCENARIO = ROOT / "scenarios" / "christmas-2021.yaml"
GRID = """
name: small
scenario: christmas-2021.yaml
figures: [employment_effect_kr, converted]
rows_per_part: 4
vary:
  - grid:
      demand.scale: [0.9, 1, 1.1]
      effects.params.scale: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6]
"""
"""Three jobs of six rows each, in two parts."""


def written(text: str, folder: Path) -> Path:
    """Write a plan into a folder, with its scenario beside it, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "christmas-2021.yaml").write_text(
        SCENARIO.read_text(encoding="utf-8") + "places: [Laesoe]\n", encoding="utf-8"
    )
    plan = folder / "plan.yaml"
    plan.write_text(text, encoding="utf-8")
    return plan


def compiled_of(text: str, folder: Path) -> Compiled:
    """Return a plan with its jobs."""
    return compile_plan(written(text, folder))


def easy(task: Task, parts: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The effect is the sum of what is valued and ten times the scale of demand; the number of the job is converted."""
    scale = next((float(one.split("=")[1]) for one in task.sets if one.startswith("demand.scale=")), 0.0)
    for part in parts:
        count = len(positions_of(task.rows, part))
        found = sum(task.points(part).values(), start=np.full(count, 10 * scale))
        yield part, {"employment_effect_kr": found, "converted": np.full(count, float(task.number))}


def slow(task: Task, parts: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The same, with a wait before each part."""
    for part in parts:
        time.sleep(0.05)
        yield from easy(task, [part])


def deadly(task: Task, parts: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The same, but for the second job, which always kills its worker after its first part."""
    for part in parts:
        if task.number == 1 and part > 0:
            os.kill(os.getpid(), signal.SIGKILL)
        yield from easy(task, [part])


def deadly_once(task: Task, parts: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The same, but each job kills its first worker; a file in the folder that SWEEP_TEST names tells who did."""
    mark = Path(os.environ["SWEEP_TEST"]) / f"killed-{task.number}"
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    yield from easy(task, parts)


def broken(task: Task, parts: Sequence[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The same, but for the second job, which raises an error that nobody foresaw."""
    if task.number == 1:
        raise ZeroDivisionError("no job like the others")
    yield from easy(task, parts)
