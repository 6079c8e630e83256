"""Runs in a process of their own, where the surroundings differ: the processor, the cache, what is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.engines.worlds import LAESOE, SCENARIOS

ROOT = SCENARIOS.parent
START = "import sys; from simulator.cli import main; main(sys.argv[1:])"
WITHOUT_NUMBA = "import sys; sys.modules['numba'] = None; from simulator.cli import main; main(sys.argv[1:])"
"""A program in which nobody can import numba."""


def saldo_run(out: Path, *options: str, program: str = START, **surroundings: str) -> subprocess.CompletedProcess[str]:
    """Run one replication of the published case on the smallest island; every warning is an error.

    Args:
        out: Folder of the run.
        options: Further options of `saldo run`.
        program: Program that is given the command line.
        surroundings: Variables of the environment.
    """
    scenario = str(SCENARIOS / "christmas-2021.yaml")
    asked = [scenario, "-S", f"places=[{LAESOE}]", "--replications", "1", "--no-brief", "--out", str(out), *options]
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program, "run", *asked],
        cwd=ROOT,
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def figures_in(out: Path) -> dict[str, bytes]:
    """Return the bytes of the tables and of the headline of a run."""
    paths = [out / "headline.json", *sorted((out / "tables").glob("*.csv"))]
    return {path.name: path.read_bytes() for path in paths}
